// A request's time in one small bar: how long, and what of it was waiting, service, network. The words beside it say the same.

import type { ReactNode } from 'react';
import type { Doing, RequestSpans } from './requestSpans';
import styles from './traces.module.css';

const order: readonly Doing[] = ['wait', 'service', 'flight', 'other'];

export function TimeBar({ spans: { stretches }, share }: { spans: RequestSpans; share: number }): ReactNode {
  const sums = order.map((doing) => ({ doing, ms: stretches.reduce((sum, one) => (one.doing === doing ? sum + one.ms : sum), 0) }));
  return (
    <span className={styles.timeBar} aria-hidden="true">
      <span className={styles.timeFill} style={{ inlineSize: `${Math.max(2, 100 * share)}%` }}>
        {sums.map(({ doing, ms }) => (ms > 0 ? <span key={doing} data-doing={doing} style={{ flexGrow: ms }} /> : null))}
      </span>
    </span>
  );
}
