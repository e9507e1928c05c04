// The panel of all numbers: a sentence, the metrics, the accounts, the members.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useSessionState } from '../session/useSession';
import { AccountsTable } from './AccountsTable';
import { FleetTable } from './FleetTable';
import { MetricTable } from './MetricTable';
import styles from './results.module.css';
import { sideName } from './sideName';

export function Results(): ReactNode {
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  if (!resultA) return <p className={styles.waiting}>{translate({ id: 'lab.results.none', message: 'There is no result yet.' })}</p>;
  return (
    <div className={styles.results}>
      <p className={styles.summary}>{resultA.summary}</p>
      {resultB ? (
        <p className={styles.summary}>{translate({ id: 'lab.results.onB', message: 'Side B: {summary}' }, { summary: resultB.summary })}</p>
      ) : null}
      {[...resultA.notices, ...(resultB?.notices ?? [])].map((notice) => (
        <p key={notice.text} className={styles.notice}>
          △ {notice.text}
        </p>
      ))}
      <MetricTable resultA={resultA} resultB={resultB} />
      {resultA.table ? <FleetTable table={resultA.table} side={resultB ? sideName('a') : undefined} /> : null}
      {resultB?.table ? <FleetTable table={resultB.table} side={sideName('b')} /> : null}
      <AccountsTable resultA={resultA} resultB={resultB} />
    </div>
  );
}
