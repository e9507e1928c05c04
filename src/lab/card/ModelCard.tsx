// What a real system has and this model does not; and the formulas beside the results, with where they hold.

import type { ReactNode } from 'react';
import { useSession, useSessionState } from '../session/useSession';
import styles from './card.module.css';

export function ModelCard(): ReactNode {
  const { definition } = useSession();
  return (
    <div className={styles.card}>
      <section>
        <p className={styles.heading}>What this model leaves out</p>
        <ul>
          {definition.leavesOut.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <Formulas />
    </div>
  );
}

function Formulas(): ReactNode {
  const { definition } = useSession();
  const theory = useSessionState((state) => state.resultA?.theory) ?? {};
  const entries = Object.entries(theory).filter(([id]) => definition.metrics[id] !== undefined);
  if (entries.length === 0) return null;
  return (
    <section>
      <p className={styles.heading}>The theory beside it</p>
      <dl className={styles.formulas}>
        {entries.map(([id, { formula, source, reason }]) => (
          <div key={id}>
            <dt>{definition.metrics[id].label}</dt>
            <dd>
              <code>{formula}</code>
              <br />
              {reason ? `Not for these values: ${reason} ` : ''}
              <cite>{source}</cite>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
