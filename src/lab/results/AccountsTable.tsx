// What became of everything that was opened: the books balance, and the reader can check it.

import type { Accounts, FateName } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import type { Result } from '../../experiments/definition/result';
import { spokenLabel } from '../../experiments/definition/spokenParts';
import styles from './results.module.css';

const fateNames: FateName[] = ['completed', 'rejected', 'abandoned', 'timedOut', 'failed', 'lost'];

function fateWord(fate: FateName): string {
  switch (fate) {
    case 'completed':
      return translate({ id: 'lab.results.completed', message: 'completed' });
    case 'rejected':
      return translate({ id: 'lab.results.rejected', message: 'rejected' });
    case 'abandoned':
      return translate({ id: 'lab.results.abandoned', message: 'abandoned' });
    case 'timedOut':
      return translate({ id: 'lab.results.timedOut', message: 'timed out' });
    case 'failed':
      return translate({ id: 'lab.results.failed', message: 'failed' });
    case 'lost':
      return translate({ id: 'lab.results.lost', message: 'lost' });
  }
}

export function AccountsTable({ resultA, resultB }: { resultA: Result; resultB: Result | null }): ReactNode {
  const books = Object.entries(resultA.accounts);
  if (books.length === 0) return null;
  const rows = books.flatMap(([name, accounts]) => {
    const label = spokenLabel(name);
    const accountsB = resultB?.accounts[name];
    return [{ label: resultB ? `${label}, A` : label, accounts }, ...(accountsB ? [{ label: `${label}, B`, accounts: accountsB }] : [])];
  });
  const fates = fateNames.filter((fate) => fate === 'completed' || rows.some(({ accounts }) => accounts[fate] > 0));
  return (
    <table className={styles.table} data-table="accounts">
      <caption>
        {translate({ id: 'lab.results.accounts', message: 'Accounts: opened = the sum of what became of them + still open' })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{translate({ id: 'lab.results.book', message: 'Book' })}</th>
          <th scope="col">{translate({ id: 'lab.results.opened', message: 'opened' })}</th>
          {fates.map((fate) => (
            <th key={fate} scope="col">
              {fateWord(fate)}
            </th>
          ))}
          <th scope="col">{translate({ id: 'lab.results.open', message: 'still open' })}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, accounts }) => (
          <AccountsRow key={label} label={label} accounts={accounts} fates={fates} />
        ))}
      </tbody>
    </table>
  );
}

function AccountsRow({ label, accounts, fates }: { label: string; accounts: Accounts; fates: FateName[] }): ReactNode {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{formatNumber(accounts.opened)}</td>
      {fates.map((fate) => (
        <td key={fate}>{formatNumber(accounts[fate])}</td>
      ))}
      <td>{formatNumber(accounts.open)}</td>
    </tr>
  );
}
