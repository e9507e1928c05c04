// One parameter over its range, one metric over it: the curve that a single run is one point of. Asked for, followed, and shown.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { firstMeasured, firstRange, firstSwept, isNumeric, sweptParameters } from '../../experiments/definition/sweep';
import hidden from '../announce/announce.module.css';
import { metricsOf } from '../luck/metrics';
import type { Session } from '../session/session';
import { useSession, useSessionState } from '../session/useSession';
import { poolSize } from '../worker/batch';
import { usePool } from '../worker/usePool';
import { curveOf } from './curve';
import { curveWords } from './curveWords';
import { parameterNamed } from './names';
import { isOlder, msPerWork, planOf, type Sides, workOfPlan } from './plan';
import { SweepControls } from './SweepControls';
import { SweepFindings } from './SweepFindings';
import { Sweep } from './sweep';
import styles from './sweep.module.css';

/** Curves stay while the reader looks at another panel. */
const sweeps = new WeakMap<Session, Sweep>();

function sweepOf(session: Session): Sweep {
  const sweep = sweeps.get(session) ?? new Sweep(session.definition, () => performance.now());
  sweeps.set(session, sweep);
  return sweep;
}

export default function SweepPlace(): ReactNode {
  const { definition } = useSession();
  const a = useSessionState((state) => state.a);
  const b = useSessionState((state) => state.b);
  const sides = useMemo(() => ({ a, b }), [a, b]);
  const names = useMemo(() => {
    const shown = [a, ...(b ? [b] : [])].map(({ values }) => sweptParameters(definition, values));
    return Object.keys(definition.parameters).filter((name) => shown.some((own) => own.includes(name)));
  }, [definition, a, b]);
  if (names.length === 0)
    return <p className={styles.about}>{translate({ id: 'lab.sweep.nothing', message: 'This experiment has nothing to sweep.' })}</p>;
  return <SweepPanel names={names} sides={sides} />;
}

function SweepPanel({ names, sides }: { names: string[]; sides: Sides }): ReactNode {
  const session = useSession();
  const { definition } = session;
  const sweep = sweepOf(session);
  const state = useSyncExternalStore(sweep.store.subscribe, sweep.store.getState, sweep.store.getState);
  const pool = usePool();
  useEffect(() => () => sweep.cancel(), [sweep]);
  const metrics = metricsOf(definition);
  const metric = metrics.find(({ id }) => id === (state.metric ?? firstMeasured(definition))) ?? metrics[0];
  const name = state.parameter !== null && names.includes(state.parameter) ? state.parameter : (firstSwept(definition, names) as string);
  const parameter = parameterNamed(definition, name);
  const { from, to } = state.ranges[name] ?? (isNumeric(parameter) ? firstRange(definition, name, parameter) : { from: 0, to: 0 });
  const { points, seeds } = state;
  const range = useMemo(() => ({ from, to, points }), [from, to, points]);
  const plan = useMemo(() => planOf(definition, sides, name, range, seeds), [definition, sides, name, range, seeds]);
  const study = state.studies[name] ?? null;
  const isStale = study !== null && isOlder(definition, study.plan, sides);
  const workMs = Math.min(sweep.msPerWork ?? Infinity, msPerWork(definition, sides.a, session.lastRunMs, workers()));
  const start = (): void =>
    sweep.start(pool(), plan, (done) => {
      const chosen = metrics.find(({ id }) => id === sweep.store.getState().metric) ?? metric;
      return curveWords(curveOf(definition, done, chosen.id), parameter, chosen, 'a');
    });
  return (
    <div className={styles.sweep} data-part="sweep" data-phase={state.phase} data-stale={isStale ? 'yes' : 'no'}>
      <SweepControls
        sweep={sweep}
        state={state}
        names={names}
        plan={plan}
        parameter={parameter}
        metrics={metrics}
        metric={metric}
        study={study}
        isStale={isStale}
        secondsNeeded={(workOfPlan(definition, plan) * workMs) / 1000}
        onStart={start}
      />
      <SweepFindings plan={plan} study={study} parameter={parameter} metric={metric} band={state.band} isStale={isStale} />
      <div className={hidden.hidden} role="status" aria-live="polite" data-part="sweep-status">
        {state.said}
      </div>
    </div>
  );
}

function workers(): number {
  return poolSize(typeof navigator === 'undefined' ? undefined : navigator.hardwareConcurrency);
}
