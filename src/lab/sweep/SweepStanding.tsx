// How the sweep stands: what will be run and how long that takes, what is under way, what came of it.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import { remainingStep, remainingWords } from '../luck/remaining';
import { isOtherPlan, placesOf } from './plan';
import type { SweepControlsProps } from './SweepControls';
import styles from './sweep.module.css';

/** A sweep that takes longer says so before it starts. */
const longSeconds = 20;

export function SweepStanding(props: SweepControlsProps & { id: string }): ReactNode {
  const { id, state, secondsNeeded } = props;
  return (
    <div id={id} className={styles.standing}>
      {state.phase === 'running' ? (
        <Progress {...props} />
      ) : (
        <>
          <Standing {...props} />
          {secondsNeeded > longSeconds ? <span className={styles.warning}>△ {neededWords(secondsNeeded)}</span> : null}
        </>
      )}
    </div>
  );
}

function neededWords(seconds: number): string {
  const step = remainingStep(seconds, null);
  if (step < 60)
    return translate({ id: 'lab.sweep.takes.seconds', message: 'It will take about {seconds} seconds here.' }, { seconds: step });
  if (step < 3600)
    return translate(
      { id: 'lab.sweep.takes.minutes', message: 'It will take about {minutes} min here.' },
      { minutes: formatNumber(Math.ceil(step / 60)) },
    );
  return translate({ id: 'lab.sweep.takes.hour', message: 'It will take an hour or more here: fewer points, seeds or seconds help.' });
}

function Progress({ state: { done, of, leftStep } }: SweepControlsProps): ReactNode {
  return (
    <>
      <progress
        className={styles.progress}
        value={done}
        max={Math.max(1, of)}
        aria-label={translate({ id: 'lab.sweep.progress', message: 'Runs done' })}
      />
      <span className={styles.count}>
        {translate({ id: 'lab.sweep.count', message: '{done} of {of} runs' }, { done: formatNumber(done), of: formatNumber(of) })}
      </span>
      <span>{remainingWords(leftStep)}</span>
    </>
  );
}

function Standing({ state, plan, study, isStale }: SweepControlsProps): ReactNode {
  const { phase, failure } = state;
  if (phase === 'failed')
    return (
      <span className={styles.warning}>
        △{' '}
        {translate(
          { id: 'lab.sweep.failed', message: 'The sweep stopped: {failure} What had come stays; you can run it again.' },
          { failure: failure ?? '' },
        )}
      </span>
    );
  if (isStale)
    return (
      <span className={styles.warning}>
        △ {translate({ id: 'lab.sweep.stale', message: 'The setup has changed; the curve is of an older one.' })}
      </span>
    );
  if (study === null || isOtherPlan(plan, study.plan)) return <span>{planWords(plan)}</span>;
  if (phase === 'cancelled') return <span>{translate({ id: 'lab.sweep.cancelled', message: 'Cancelled; what had come stays.' })}</span>;
  return (
    <span>
      {translate(
        { id: 'lab.sweep.finished', message: '{runs} runs in {seconds}: {points} points, seeds 1 to {seeds} at each.' },
        {
          runs: formatNumber(placesOf(study.plan).length),
          seconds: formatNumber(Math.max(0.1, Math.round(study.tookMs / 100) / 10), 's'),
          points: study.plan.points.length,
          seeds: study.plan.seeds,
        },
      )}
    </span>
  );
}

function planWords(plan: SweepControlsProps['plan']): string {
  const words = { points: plan.points.length, seeds: plan.seeds, runs: formatNumber(placesOf(plan).length) };
  return plan.base.b
    ? translate({ id: 'lab.sweep.planPair', message: '{points} points with {seeds} seeds each, on both sides: {runs} runs.' }, words)
    : translate({ id: 'lab.sweep.plan', message: '{points} points with {seeds} seeds each: {runs} runs.' }, words);
}
