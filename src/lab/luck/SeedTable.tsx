// Every run of the chosen metric as a row: for screen readers, for copying, for those who want to know exactly.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useState } from 'react';
import charts from '../charts/charts.module.css';
import { valueText } from './estimateText';
import type { ListedMetric } from './metrics';
import { SeedButton } from './SeedButton';
import type { Study } from './study';

interface SeedTableProps {
  study: Study;
  metric: ListedMetric;
  onSeed: (seed: number) => void;
}

export function SeedTable(props: SeedTableProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={charts.data} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{translate({ id: 'lab.luck.numbers', message: 'Every run as a table' })}</summary>
      {isOpen ? <Rows {...props} /> : null}
    </details>
  );
}

function Rows({ study, metric, onSeed }: SeedTableProps): ReactNode {
  const { a, b } = study;
  const cell = (value: number | null, kind: 'value' | 'difference' = 'value'): string =>
    value === null ? '–' : valueText(value, metric.unit, kind);
  return (
    <section
      className={charts.tableBox}
      aria-label={translate({ id: 'lab.luck.numbersOf', message: 'Every run: {metric}' }, { metric: metric.label })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table className={charts.table}>
        <caption>{metric.label}</caption>
        <thead>
          <tr>
            <th scope="col">{translate({ id: 'lab.luck.column.seed', message: 'Seed' })}</th>
            <th scope="col">{b ? translate({ id: 'lab.luck.sideA', message: 'Side A' }) : metric.short}</th>
            {b ? <th scope="col">{translate({ id: 'lab.luck.sideB', message: 'Side B' })}</th> : null}
            {b ? <th scope="col">B − A</th> : null}
          </tr>
        </thead>
        <tbody>
          {a.map((values, index) => {
            const [left, right] = [values[metric.id] ?? null, b ? (b[index][metric.id] ?? null) : null];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the seed
              <tr key={index}>
                <th scope="row">
                  <SeedButton seed={index + 1} onSeed={onSeed} />
                </th>
                <td>{cell(left)}</td>
                {b ? <td>{cell(right)}</td> : null}
                {b ? <td>{cell(left === null || right === null ? null : right - left, 'difference')}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
