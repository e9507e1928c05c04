// The numbers behind a chart, as a table: made only when it is opened.

import { type ReactNode, useState } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import type { ChartRows } from './chartLines';
import styles from './charts.module.css';

export function ChartTable({
  title,
  data,
  x,
  y,
}: {
  title: string;
  data: ChartRows;
  x: { label: string; unit: string };
  y: { unit: string };
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.numbers} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The numbers</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={`Numbers of the chart ${title}`}>
          <table>
            <caption>
              {title}
              {y.unit === '' ? '' : `, in ${y.unit}`}
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  {x.label} {x.unit}
                </th>
                {data.lines.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={String(row.x)}>
                  <th scope="row">{typeof row.x === 'number' ? formatNumber(row.x) : row.x}</th>
                  {data.lines.map(({ key }) => (
                    <td key={key}>{formatNumber(typeof row[key] === 'number' ? row[key] : null)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
