// What is swept and what is measured, over which range, how finely; the button that starts and cancels; and how it stands.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId } from 'react';
import { unitAfter } from '../../experiments/definition/number';
import { isNumeric, type SweptParameter } from '../../experiments/definition/sweep';
import controls from '../controls/controls.module.css';
import { NumberField } from '../controls/NumberField';
import bar from '../frame/bar.module.css';
import type { ListedMetric } from '../luck/metrics';
import { useSession } from '../session/useSession';
import { fieldText } from '../words/typedNumber';
import type { SweepStudy } from './curve';
import { plainNumber } from './names';
import { isOtherPlan, type SweepPlan } from './plan';
import { SweepStanding } from './SweepStanding';
import type { Sweep, SweepState } from './sweep';
import styles from './sweep.module.css';

const pointCounts = [5, 9, 17, 33];
const seedCounts = [5, 10, 20];

export interface SweepControlsProps {
  sweep: Sweep;
  state: SweepState;
  names: string[];
  plan: SweepPlan;
  parameter: SweptParameter;
  metrics: ListedMetric[];
  metric: ListedMetric;
  study: SweepStudy | null;
  isStale: boolean;
  secondsNeeded: number;
  onStart: () => void;
}

export function SweepControls(props: SweepControlsProps): ReactNode {
  const { sweep, state, names, plan, parameter, metrics, metric, study, isStale, onStart } = props;
  const { parameters } = useSession().definition;
  const standingId = useId();
  const runs = state.phase === 'running';
  const isWanted = runs || isStale || study === null || isOtherPlan(plan, study.plan);
  return (
    <div className={styles.head}>
      <fieldset className={styles.controls} aria-label={translate({ id: 'lab.sweep.controls', message: 'What to sweep' })}>
        <Select
          label={translate({ id: 'lab.sweep.along', message: 'Along' })}
          name="sweep-parameter"
          value={plan.parameter}
          options={names.map((name) => [name, parameters[name].label])}
          onValue={(name) => sweep.store.set({ parameter: name })}
        />
        <Select
          label={translate({ id: 'lab.sweep.measure', message: 'Measure' })}
          name="sweep-metric"
          value={metric.id}
          options={metrics.map(({ id, label }) => [id, label])}
          onValue={(id) => sweep.store.set({ metric: id })}
        />
        <Range key={plan.parameter} sweep={sweep} plan={plan} parameter={parameter} />
        <div className={styles.counts}>
          {isNumeric(parameter) ? (
            <Select
              label={translate({ id: 'lab.sweep.points', message: 'Points' })}
              name="sweep-points"
              value={String(state.points)}
              options={pointCounts.map((count) => [String(count), String(count)])}
              onValue={(count) => sweep.store.set({ points: Number(count) })}
            />
          ) : null}
          <Select
            label={translate({ id: 'lab.sweep.seeds', message: 'Seeds each' })}
            name="sweep-seeds"
            value={String(state.seeds)}
            options={seedCounts.map((count) => [String(count), String(count)])}
            onValue={(count) => sweep.store.set({ seeds: Number(count) })}
          />
          <Select
            label={translate({ id: 'lab.sweep.band', message: 'Band' })}
            name="sweep-band"
            value={state.band}
            options={[
              ['interval', translate({ id: 'lab.sweep.band.interval', message: '95 %' })],
              ['range', translate({ id: 'lab.sweep.band.range', message: 'all runs' })],
            ]}
            onValue={(band) => sweep.store.set({ band: band === 'range' ? 'range' : 'interval' })}
          />
        </div>
        {/* One button in one place: whoever started can cancel without looking for it, and keeps the focus. */}
        <button
          type="button"
          className={`${bar.button} ${styles.start}`}
          data-action={runs ? 'sweep-cancel' : 'sweep-start'}
          data-wanted={isWanted ? '' : undefined}
          aria-describedby={standingId}
          onClick={() => (runs ? sweep.cancel() : onStart())}
        >
          {runs ? translate({ id: 'lab.sweep.cancel', message: 'Cancel' }) : startWords(props)}
        </button>
      </fieldset>
      <SweepStanding {...props} id={standingId} />
    </div>
  );
}

function startWords({ isStale, study }: SweepControlsProps): string {
  if (isStale) return translate({ id: 'lab.sweep.again', message: 'Run again with this setup' });
  return study
    ? translate({ id: 'lab.sweep.rerun', message: 'Run again' })
    : translate({ id: 'lab.sweep.start', message: 'Run the sweep' });
}

function Range({ sweep, plan, parameter }: Pick<SweepControlsProps, 'sweep' | 'plan' | 'parameter'>): ReactNode {
  if (!isNumeric(parameter))
    return (
      <p className={styles.all}>
        {translate({ id: 'lab.sweep.allOptions', message: 'Each of {count} options.' }, { count: plan.points.length })}
      </p>
    );
  const { from, to } = plan.range;
  const { min, max, step, unit, type } = parameter;
  const common = { step, whole: type === 'integer', unit, width: Math.max(4, fieldText(max).length) };
  return (
    <div className={styles.range}>
      <span aria-hidden="true">{translate({ id: 'lab.sweep.from', message: 'from' })}</span>
      <NumberField
        {...common}
        label={translate({ id: 'lab.sweep.fromLabel', message: 'From' })}
        name="sweep-from"
        value={from}
        min={min}
        max={to}
        onValue={(value) => sweep.setRange(plan.parameter, { from: value, to })}
      />
      <span aria-hidden="true">{translate({ id: 'lab.sweep.to', message: 'to' })}</span>
      <NumberField
        {...common}
        label={translate({ id: 'lab.sweep.toLabel', message: 'To' })}
        name="sweep-to"
        value={to}
        min={from}
        max={max}
        onValue={(value) => sweep.setRange(plan.parameter, { from, to: value })}
      />
      <span>{unitAfter(unit)}</span>
      {from > min || to < max ? (
        <button type="button" className={styles.whole} onClick={() => sweep.setRange(plan.parameter, { from: min, to: max })}>
          {translate({ id: 'lab.sweep.whole', message: 'all: {min} to {max}' }, { min: plainNumber(min), max: plainNumber(max) })}
        </button>
      ) : null}
    </div>
  );
}

interface SelectProps {
  label: string;
  name: string;
  value: string;
  options: (readonly [value: string, words: string])[];
  onValue: (value: string) => void;
}

function Select({ label, name, value, options, onValue }: SelectProps): ReactNode {
  const id = useId();
  return (
    <div className={styles.select}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className={controls.select} name={name} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
