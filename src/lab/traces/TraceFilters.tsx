// Above the list: side, order, outcome, least duration, and the chips of what log and traces keep to.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatNumber, unitName } from '../../experiments/definition/number';
import controls from '../controls/controls.module.css';
import { NumberField } from '../controls/NumberField';
import { LensChips } from '../frame/LensChips';
import { useLens } from '../frame/lens';
import { SideSelect } from '../frame/SideSelect';
import type { Store } from '../session/store';
import { useSession } from '../session/useSession';
import type { Filters } from './filters';
import type { RequestTable } from './requestTable';
import { type OutcomeFilter, outcomesIn, type Sort, sorts } from './rowsInOrder';
import { labelOf } from './sentence';
import styles from './traces.module.css';
import { outcomeFilterWord, requestsWord } from './words';

interface TraceFiltersProps {
  table: RequestTable;
  shown: number;
  filters: Store<Filters>;
}

export function TraceFilters({ table, shown, filters }: TraceFiltersProps): ReactNode {
  const { definition, playback } = useSession();
  const { sort, outcome, leastMs } = filters.getState();
  const lens = useLens();
  const found = outcomesIn(table);
  const choices: OutcomeFilter[] = ['all', 'not completed', ...found.map((one) => one.outcome)];
  if (!choices.includes(outcome)) choices.push(outcome);
  return (
    <div className={styles.filters}>
      <SideSelect />
      <select
        className={controls.select}
        aria-label={translate({ id: 'lab.traces.order', message: 'Order of the requests' })}
        value={sort}
        onChange={(event) => filters.set({ sort: event.currentTarget.value as Sort })}
      >
        {sorts.map((one) => (
          <option key={one} value={one}>
            {sortWord(one)}
          </option>
        ))}
      </select>
      <select
        className={controls.select}
        aria-label={translate({ id: 'lab.traces.outcomes', message: 'Outcomes shown' })}
        value={outcome}
        onChange={(event) => filters.set({ outcome: event.currentTarget.value as OutcomeFilter })}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {outcomeFilterWord(one)}
          </option>
        ))}
      </select>
      <span className={styles.least}>
        <span aria-hidden="true">{translate({ id: 'lab.traces.least', message: 'from' })}</span>
        <NumberField
          label={translate({ id: 'lab.traces.leastLong', message: 'Shortest duration shown, in milliseconds' })}
          name="traces-least"
          value={leastMs}
          min={0}
          max={1e12}
          step={10}
          width={5}
          onValue={(next) => filters.set({ leastMs: next })}
        />
        {unitName('ms')}
      </span>
      <button
        type="button"
        className={controls.button}
        data-action="in-flight"
        onClick={() => {
          playback.pause();
          lens.open({ fromMs: playback.cursorMs(), part: lens.store.getState().part ?? undefined });
        }}
      >
        {translate({ id: 'lab.traces.inFlightNow', message: 'In flight now' })}
      </button>
      <LensChips labelOfPart={(name) => labelOf(table.trace, name)} />
      <span className={styles.count} data-part="traces-count">
        {translate(
          { id: 'lab.traces.count', message: '{shown} of {count} {requests}' },
          { shown: formatNumber(shown), count: formatNumber(table.count), requests: requestsWord(definition) },
        )}
      </span>
    </div>
  );
}

function sortWord(sort: Sort): string {
  switch (sort) {
    case 'slowest':
      return translate({ id: 'lab.traces.slowest', message: 'slowest first' });
    case 'fastest':
      return translate({ id: 'lab.traces.fastest', message: 'fastest first' });
    case 'earliest':
      return translate({ id: 'lab.traces.earliest', message: 'earliest first' });
    case 'latest':
      return translate({ id: 'lab.traces.latest', message: 'latest first' });
    case 'outcome':
      return translate({ id: 'lab.traces.byOutcome', message: 'by outcome' });
  }
}
