// The numbers of a twin: summary, metrics beside theory, members of a fleet, accounts, values, and what the model leaves out.

import type { ReactNode } from 'react';
import type { Twin } from '../../experiments/definition/twin';
import styles from './tags.module.css';

export function TwinTables({ twin }: { twin: Twin }): ReactNode {
  const { summary, summaryB, interventions, leavesOut, setup, values } = twin;
  return (
    <div className={styles.twinTables}>
      <p>{summary}</p>
      {summaryB ? <p>Side B: {summaryB}</p> : null}
      {interventions.length > 0 ? <p>Interventions: {interventions.join('; ')}.</p> : null}
      <MetricTable twin={twin} />
      {twin.table ? <FleetTable table={twin.table} /> : null}
      <AccountsTable twin={twin} />
      <p>
        <b>Values:</b> {values.map(({ label, text }) => `${label} ${text}`).join(' · ')} · seed {setup.seed}.
      </p>
      <p>
        <b>What this model leaves out:</b>
      </p>
      <ul>
        {leavesOut.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function MetricTable({ twin }: { twin: Twin }): ReactNode {
  const compares = twin.metrics.some(({ textB }) => textB !== undefined);
  const hasTheory = twin.metrics.some(({ theory }) => theory && !theory.reason);
  return (
    <table>
      <caption>Results of one run, seed {twin.setup.seed}</caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">{compares ? 'Side A' : 'Measured'}</th>
          {compares ? <th scope="col">Side B</th> : null}
          {hasTheory ? <th scope="col">By formula</th> : null}
        </tr>
      </thead>
      <tbody>
        {twin.metrics.map(({ id, label, text, textB, theory }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>{text}</td>
            {compares ? <td>{textB}</td> : null}
            {hasTheory ? <td title={theory?.reason ?? theory?.formula}>{theory && !theory.reason ? theory.text : ''}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FleetTable({ table }: { table: NonNullable<Twin['table']> }): ReactNode {
  return (
    <table>
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          <td />
          {table.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ label, cells }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {cells.map((cell, index) => (
              <td key={table.columns[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In the order in which accounts are told; fates that nobody met are left out. */
const accountWords = [
  ['opened', 'opened'],
  ['completed', 'completed'],
  ['rejected', 'rejected'],
  ['abandoned', 'abandoned'],
  ['timedOut', 'timed out'],
  ['failed', 'failed'],
  ['lost', 'lost'],
  ['open', 'still open'],
] as const;

function AccountsTable({ twin }: { twin: Twin }): ReactNode {
  const books = Object.entries(twin.accounts);
  if (books.length === 0) return null;
  const columns = accountWords.filter(([fate]) => fate === 'opened' || fate === 'open' || books.some(([, accounts]) => accounts[fate] > 0));
  return (
    <table>
      <caption>Accounts: what became of everything that was opened</caption>
      <thead>
        <tr>
          <td />
          {columns.map(([fate, words]) => (
            <th key={fate} scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {books.map(([name, accounts]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {columns.map(([fate]) => (
              <td key={fate}>{accounts[fate]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
