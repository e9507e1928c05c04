// The numbers of a twin: summary, metrics beside theory, members of a fleet, accounts, values, and what the model leaves out.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Twin } from '../../experiments/definition/twin';
import styles from './tags.module.css';

export function TwinTables({ twin }: { twin: Twin }): ReactNode {
  const { summary, summaryB, interventions, leavesOut, setup, values } = twin;
  return (
    <div className={styles.twinTables}>
      <p>{summary}</p>
      {summaryB ? <p>{translate({ id: 'lab.tags.twinSideB', message: 'Side B: {summary}' }, { summary: summaryB })}</p> : null}
      {interventions.length > 0 ? (
        <p>{translate({ id: 'lab.tags.twinInterventions', message: 'Interventions: {list}.' }, { list: interventions.join('; ') })}</p>
      ) : null}
      <MetricTable twin={twin} />
      {twin.table ? <FleetTable table={twin.table} /> : null}
      <AccountsTable twin={twin} />
      <p>
        <b>{translate({ id: 'lab.tags.twinValues', message: 'Values:' })}</b>{' '}
        {values.map(({ label, text }) => `${label} ${text}`).join(' · ')} ·{' '}
        {translate({ id: 'lab.tags.twinSeed', message: 'seed {seed}' }, { seed: setup.seed })}.
      </p>
      <p>
        <b>{translate({ id: 'lab.tags.twinLeavesOut', message: 'What this model leaves out:' })}</b>
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
      <caption>{translate({ id: 'lab.tags.twinCaption', message: 'Results of one run, seed {seed}' }, { seed: twin.setup.seed })}</caption>
      <thead>
        <tr>
          <th scope="col">{translate({ id: 'lab.tags.twinMeasure', message: 'Measure' })}</th>
          <th scope="col">
            {compares
              ? translate({ id: 'lab.tags.twinColumnA', message: 'Side A' })
              : translate({ id: 'lab.tags.twinMeasured', message: 'Measured' })}
          </th>
          {compares ? <th scope="col">{translate({ id: 'lab.tags.twinColumnB', message: 'Side B' })}</th> : null}
          {hasTheory ? <th scope="col">{translate({ id: 'lab.tags.twinFormula', message: 'By formula' })}</th> : null}
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
  ['opened', () => translate({ id: 'lab.tags.opened', message: 'opened' })],
  ['completed', () => translate({ id: 'lab.tags.completed', message: 'completed' })],
  ['rejected', () => translate({ id: 'lab.tags.rejected', message: 'rejected' })],
  ['abandoned', () => translate({ id: 'lab.tags.abandoned', message: 'abandoned' })],
  ['timedOut', () => translate({ id: 'lab.tags.timedOut', message: 'timed out' })],
  ['failed', () => translate({ id: 'lab.tags.failed', message: 'failed' })],
  ['lost', () => translate({ id: 'lab.tags.lost', message: 'lost' })],
  ['open', () => translate({ id: 'lab.tags.stillOpen', message: 'still open' })],
] as const;

function AccountsTable({ twin }: { twin: Twin }): ReactNode {
  const books = Object.entries(twin.accounts);
  if (books.length === 0) return null;
  const columns = accountWords.filter(([fate]) => fate === 'opened' || fate === 'open' || books.some(([, accounts]) => accounts[fate] > 0));
  return (
    <table>
      <caption>{translate({ id: 'lab.tags.twinAccounts', message: 'Accounts: what became of everything that was opened' })}</caption>
      <thead>
        <tr>
          <td />
          {columns.map(([fate, words]) => (
            <th key={fate} scope="col">
              {words()}
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
