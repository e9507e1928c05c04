// One row for each member of a fleet.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import type { ResultTable } from '../../experiments/definition/result';
import styles from './results.module.css';

export function FleetTable({ table, side }: { table: ResultTable; side?: string }): ReactNode {
  return (
    <table className={styles.table} data-table="fleet">
      <caption>
        {side ? `${side}: ` : ''}
        {table.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">{translate({ id: 'lab.results.member', message: 'Member' })}</th>
          {table.columns.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ label, cells }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {table.columns.map(({ key, unit }, index) => (
              <td key={key}>{formatNumber(cells[index], unit)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
