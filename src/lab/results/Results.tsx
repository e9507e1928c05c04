// The panel of all numbers: a sentence, the metrics, the accounts, the members.

import type { ReactNode } from 'react';
import { useSessionState } from '../session/useSession';
import { AccountsTable } from './AccountsTable';
import { FleetTable } from './FleetTable';
import { MetricTable } from './MetricTable';
import styles from './results.module.css';

export function Results(): ReactNode {
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  if (!resultA) return <p className={styles.waiting}>There is no result yet.</p>;
  return (
    <div className={styles.results}>
      <p className={styles.summary}>{resultA.summary}</p>
      {resultB ? <p className={styles.summary}>Side B: {resultB.summary}</p> : null}
      {[...resultA.notices, ...(resultB?.notices ?? [])].map((notice) => (
        <p key={notice.text} className={styles.notice}>
          △ {notice.text}
        </p>
      ))}
      <MetricTable resultA={resultA} resultB={resultB} />
      {resultA.table ? <FleetTable table={resultA.table} side={resultB ? 'Side A' : undefined} /> : null}
      {resultB?.table ? <FleetTable table={resultB.table} side="Side B" /> : null}
      <AccountsTable resultA={resultA} resultB={resultB} />
    </div>
  );
}
