// The same setup under many seeds: is what is on screen more than luck? Asked for, followed, and shown.

import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import hidden from '../announce/announce.module.css';
import type { Session } from '../session/session';
import { useSession, useSessionState } from '../session/useSession';
import { usePool } from '../worker/usePool';
import { Before } from './Before';
import { Findings } from './Findings';
import { LuckControls } from './LuckControls';
import { Luck } from './luck';
import styles from './luck.module.css';
import { metricsOf } from './metrics';
import { keyOf } from './study';
import { verdictOf } from './words';

/** What was found stays while the reader looks at another panel. */
const studies = new WeakMap<Session, Luck>();

function luckOf(session: Session): Luck {
  const luck = studies.get(session) ?? new Luck(session.definition.id, () => performance.now());
  studies.set(session, luck);
  return luck;
}

export default function LuckPlace(): ReactNode {
  const session = useSession();
  const luck = luckOf(session);
  const state = useSyncExternalStore(luck.store.subscribe, luck.store.getState, luck.store.getState);
  const pool = usePool();
  const a = useSessionState((now) => now.a);
  const b = useSessionState((now) => now.b);
  useEffect(() => () => luck.cancel(), [luck]);
  const metrics = metricsOf(session.definition);
  const metric = metrics.find(({ id }) => id === state.metric) ?? metrics[0];
  const start = (): void =>
    luck.start(pool(), { a, b }, (study) => {
      const chosen = metrics.find(({ id }) => id === luck.store.getState().metric) ?? metric;
      return `${chosen.label}: ${verdictOf(study, chosen.id, chosen)}`;
    });
  const isStale = state.study !== null && state.study.key !== keyOf({ a, b });
  return (
    <div className={styles.luck} data-part="luck" data-phase={state.phase} data-stale={isStale ? 'yes' : 'no'}>
      <LuckControls luck={luck} state={state} isStale={isStale} compares={b !== null} onStart={start} />
      {state.study ? (
        <Findings
          study={state.study}
          metrics={metrics}
          metric={metric}
          isStale={isStale}
          onMetric={(id) => luck.store.set({ metric: id })}
        />
      ) : (
        <Before metric={metric} />
      )}
      <div className={hidden.hidden} role="status" aria-live="polite" data-part="luck-status">
        {state.said}
      </div>
    </div>
  );
}
