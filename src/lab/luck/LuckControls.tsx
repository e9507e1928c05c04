// How many seeds, the button that starts and cancels, and a line that says how it stands.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatDecimals, formatNumber, unitAfter } from '../../experiments/definition/number';
import { NumberField } from '../controls/NumberField';
import bar from '../frame/bar.module.css';
import { fewestSeeds, type Luck, type LuckState, mostSeeds } from './luck';
import styles from './luck.module.css';
import { remainingWords } from './remaining';

const presets = [20, 100, 300, 1000];

interface LuckControlsProps {
  luck: Luck;
  state: LuckState;
  isStale: boolean;
  compares: boolean;
  onStart: () => void;
}

export function LuckControls({ luck, state, isStale, compares, onStart }: LuckControlsProps): ReactNode {
  const { seeds, phase, study } = state;
  const runs = phase === 'running';
  const label = translate({ id: 'lab.luck.seeds', message: 'How many seeds' });
  const start =
    study && seeds === study.seeds
      ? translate({ id: 'lab.luck.again', message: 'Run {seeds} seeds again' }, { seeds: formatNumber(seeds) })
      : translate({ id: 'lab.luck.start', message: 'Run {seeds} seeds' }, { seeds: formatNumber(seeds) });
  return (
    <div className={styles.head}>
      <fieldset className={styles.controls} aria-label={label}>
        <span aria-hidden="true">{translate({ id: 'lab.luck.seedsShort', message: 'Seeds' })}</span>
        <span className={styles.presets}>
          {presets.map((count) => (
            <button key={count} type="button" className={bar.button} aria-pressed={count === seeds} onClick={() => luck.setSeeds(count)}>
              {formatNumber(count)}
            </button>
          ))}
        </span>
        <NumberField
          label={label}
          name="luck-seeds"
          value={seeds}
          min={fewestSeeds}
          max={mostSeeds}
          step={10}
          whole
          width={5}
          onValue={(count) => luck.setSeeds(count)}
        />
        {/* One button in one place: whoever started can cancel without looking for it, and keeps the focus. */}
        <button
          type="button"
          className={`${bar.button} ${styles.start}`}
          data-action="luck"
          data-wanted={!runs && (study === null || isStale) ? '' : undefined}
          onClick={runs ? () => luck.cancel() : onStart}
        >
          {runs ? translate({ id: 'lab.luck.cancel', message: 'Cancel' }) : start}
        </button>
      </fieldset>
      <div className={styles.line}>
        {runs ? <Progress state={state} /> : <Standing state={state} isStale={isStale} compares={compares} />}
      </div>
    </div>
  );
}

function Progress({ state: { done, of, leftStep } }: { state: LuckState }): ReactNode {
  return (
    <>
      <progress
        className={styles.progress}
        value={done}
        max={of}
        aria-label={translate({ id: 'lab.luck.progress', message: 'Runs done' })}
      />
      <span className={styles.count}>
        {translate({ id: 'lab.luck.count', message: '{done} of {of} runs' }, { done: formatNumber(done), of: formatNumber(of) })}
      </span>
      <span>{remainingWords(leftStep)}</span>
    </>
  );
}

function Standing({ state, isStale, compares }: { state: LuckState; isStale: boolean; compares: boolean }): ReactNode {
  const { phase, failure, study, seeds } = state;
  if (phase === 'failed')
    return (
      <span className={styles.warning}>
        △{' '}
        {translate(
          { id: 'lab.luck.failed', message: 'The runs stopped: {failure} Nothing else has changed; you can run them again.' },
          { failure: failure ?? '' },
        )}
      </span>
    );
  if (isStale)
    return (
      <span className={styles.warning}>
        △ {translate({ id: 'lab.luck.stale', message: 'The setup has changed; these results are of the old one.' })}
      </span>
    );
  if (phase === 'cancelled') return <span>{translate({ id: 'lab.luck.cancelled', message: 'Cancelled; nothing has changed.' })}</span>;
  if (study)
    return (
      <span>
        {translate(
          { id: 'lab.luck.done', message: 'Seeds 1 to {seeds}, done in {seconds}.' },
          { seeds: formatNumber(study.seeds), seconds: formatDecimals(Math.max(0.1, study.tookMs / 1000), 1) + unitAfter('s') },
        )}
      </span>
    );
  const words = { seeds: formatNumber(seeds) };
  return (
    <span>
      {compares
        ? translate(
            { id: 'lab.luck.planPair', message: 'Seeds 1 to {seeds}, each on both sides: the same setups, on {seeds} different days.' },
            words,
          )
        : translate({ id: 'lab.luck.plan', message: 'Seeds 1 to {seeds}: the same setup, on {seeds} different days.' }, words)}
    </span>
  );
}
