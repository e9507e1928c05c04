// What became of everything that was opened: the books balance, and the reader can check it.

import type { Accounts, FateName } from '@by-the-slice/simulation';
import type { ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import type { Result } from '../../experiments/definition/result';
import styles from './results.module.css';

const fateWords: [FateName, string][] = [
  ['completed', 'completed'],
  ['rejected', 'rejected'],
  ['abandoned', 'abandoned'],
  ['timedOut', 'timed out'],
  ['failed', 'failed'],
  ['lost', 'lost'],
];

export function AccountsTable({ resultA, resultB }: { resultA: Result; resultB: Result | null }): ReactNode {
  const names = Object.keys(resultA.accounts);
  if (names.length === 0) return null;
  const rows = names.flatMap((name) => [
    { label: resultB ? `${name}, A` : name, accounts: resultA.accounts[name] },
    ...(resultB?.accounts[name] ? [{ label: `${name}, B`, accounts: resultB.accounts[name] }] : []),
  ]);
  const fates = fateWords.filter(([fate]) => fate === 'completed' || rows.some(({ accounts }) => accounts[fate] > 0));
  return (
    <table className={styles.table} data-table="accounts">
      <caption>Accounts: opened = the sum of what became of them + still open</caption>
      <thead>
        <tr>
          <th scope="col">Book</th>
          <th scope="col">opened</th>
          {fates.map(([fate, words]) => (
            <th key={fate} scope="col">
              {words}
            </th>
          ))}
          <th scope="col">still open</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, accounts }) => (
          <AccountsRow key={label} label={label} accounts={accounts} fates={fates.map(([fate]) => fate)} />
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
