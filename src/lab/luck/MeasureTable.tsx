// All metrics of the study in one table: means with their intervals, and of two sides which differences are not luck.

import { translate } from '@docusaurus/Translate';
import { memo, type ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import { estimateText, valueText } from './estimateText';
import styles from './luck.module.css';
import type { ListedMetric } from './metrics';
import { type Pairs, pairsOf, winsOf } from './pairs';
import { runsOf, type Spread, spreadOf } from './spread';
import type { Study } from './study';

interface MeasureTableProps {
  study: Study;
  metrics: ListedMetric[];
  chosen: string;
  onMetric: (id: string) => void;
}

export function MeasureTable({ study, metrics, chosen, onMetric }: MeasureTableProps): ReactNode {
  const columns = study.b ? pairColumns() : singleColumns();
  const title = translate(
    { id: 'lab.luck.table', message: 'Every measure over {seeds} seeds: mean with its 95\u202f% interval' },
    { seeds: formatNumber(study.seeds) },
  );
  return (
    <div>
      <p className={styles.caption} aria-hidden="true">
        {title}
      </p>
      <section
        className={styles.wide}
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={styles.table} data-table="luck" aria-label={title}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <tr key={metric.id} data-metric={metric.id}>
                <th scope="row">
                  <button type="button" className={styles.choose} aria-pressed={metric.id === chosen} onClick={() => onMetric(metric.id)}>
                    {metric.label}
                  </button>
                </th>
                <Cells study={study} id={metric.id} unit={metric.unit} better={metric.better} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function singleColumns(): string[] {
  return [
    translate({ id: 'lab.luck.measure', message: 'Measure' }),
    translate({ id: 'lab.luck.column.mean', message: 'Mean' }),
    translate({ id: 'lab.luck.column.median', message: 'Median' }),
    translate({ id: 'lab.luck.column.lowest', message: 'Lowest' }),
    translate({ id: 'lab.luck.column.highest', message: 'Highest' }),
    translate({ id: 'lab.luck.column.runs', message: 'Runs' }),
  ];
}

function pairColumns(): string[] {
  return [
    translate({ id: 'lab.luck.measure', message: 'Measure' }),
    translate({ id: 'lab.luck.sideA', message: 'Side A' }),
    translate({ id: 'lab.luck.sideB', message: 'Side B' }),
    'B − A',
    translate({ id: 'lab.luck.column.verdict', message: 'Is it luck?' }),
    translate({ id: 'lab.luck.column.wins', message: 'B wins' }),
    translate({ id: 'lab.luck.column.pairs', message: 'Seeds' }),
  ];
}

interface CellsProps {
  study: Study;
  id: string;
  unit: string;
  better: 'lower' | 'higher' | undefined;
}

/** The arithmetic of a thousand seeds is done once, not at every move of the pointer. */
const Cells = memo(function Cells({ study, id, unit, better }: CellsProps): ReactNode {
  const a = spreadOf(runsOf(study.a, id), study.seeds);
  if (!study.b)
    return (
      <>
        <td>{meanText(a, unit)}</td>
        {[a?.median, a?.runs[0], a?.runs[a.runs.length - 1]].map((run, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: three cells in their order
          <td key={at}>{run ? valueText(run.value, unit) : '–'}</td>
        ))}
        <td>{a?.runs.length ?? 0}</td>
      </>
    );
  const b = spreadOf(runsOf(study.b, id), study.seeds);
  const pairs = pairsOf(study.a, study.b, id);
  return (
    <>
      <td>{meanText(a, unit)}</td>
      <td>{meanText(b, unit)}</td>
      <td>{pairs ? estimateText(pairs.difference.interval, unit, 'difference') : '–'}</td>
      <td className={styles.words}>{pairs ? shortVerdict(pairs) : '–'}</td>
      <td>{pairs ? shareText(pairs, better) : '–'}</td>
      <td>{pairs?.difference.runs.length ?? 0}</td>
    </>
  );
});

function meanText(spread: Spread | null, unit: string): string {
  return spread ? estimateText(spread.interval, unit) : '–';
}

function shortVerdict({ verdict }: Pairs): string {
  if (verdict === 'clear') return translate({ id: 'lab.luck.short.clear', message: 'not luck' });
  if (verdict === 'unclear') return translate({ id: 'lab.luck.short.unclear', message: 'could be' });
  if (verdict === 'same') return translate({ id: 'lab.luck.short.same', message: 'no difference' });
  return translate({ id: 'lab.luck.short.few', message: 'too few' });
}

/** "97 % (2 equal)" */
function shareText(pairs: Pairs, better: CellsProps['better']): string {
  const wins = winsOf(pairs, better);
  if (!wins) return '–';
  const share = valueText(wins.b / pairs.difference.runs.length, '%');
  if (pairs.ties === 0) return share;
  return translate({ id: 'lab.luck.share', message: '{share} ({ties} equal)' }, { share, ties: pairs.ties });
}
