// Runs that are worth a look: the lowest, the median and the highest; of two sides, by their difference.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { valueText } from './estimateText';
import styles from './luck.module.css';
import type { ListedMetric } from './metrics';
import type { Pairs } from './pairs';
import { SeedButton } from './SeedButton';
import type { Spread } from './spread';
import type { Study } from './study';

interface ExtremesProps {
  study: Study;
  a: Spread | null;
  pairs: Pairs | null;
  metric: ListedMetric;
  onSeed: (seed: number) => void;
}

export function Extremes({ study, a, pairs, metric, onSeed }: ExtremesProps): ReactNode {
  const { unit, id } = metric;
  // Where no seed differs, what the seeds make of side A is the more telling.
  const byDifference = pairs !== null && pairs.verdict !== 'same';
  const spread = byDifference ? pairs.difference : a;
  if (!spread) return null;
  const { runs, median } = spread;
  const rows = [
    { name: translate({ id: 'lab.luck.lowest', message: 'lowest' }), run: runs[0] },
    { name: translate({ id: 'lab.luck.median', message: 'median' }), run: median },
    { name: translate({ id: 'lab.luck.highest', message: 'highest' }), run: runs[runs.length - 1] },
  ];
  return (
    <table className={`${styles.table} ${styles.extremes}`} data-table="extremes">
      <caption>
        {byDifference
          ? translate({ id: 'lab.luck.extremes.pair', message: 'Runs to look at, by B − A' })
          : translate({ id: 'lab.luck.extremes.single', message: 'Runs to look at' })}
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{translate({ id: 'lab.luck.column.seed', message: 'Seed' })}</th>
          {byDifference && study.b ? <th scope="col">A</th> : null}
          {byDifference && study.b ? <th scope="col">B</th> : null}
          <th scope="col">{byDifference ? 'B − A' : metric.short}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, run }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <SeedButton seed={run.seed} onSeed={onSeed} />
            </td>
            {byDifference && study.b ? <td>{valueText(study.a[run.seed - 1][id] ?? Number.NaN, unit)}</td> : null}
            {byDifference && study.b ? <td>{valueText(study.b[run.seed - 1][id] ?? Number.NaN, unit)}</td> : null}
            <td>{valueText(run.value, unit, byDifference ? 'difference' : 'value')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
