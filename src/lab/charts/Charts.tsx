// The charts of a run, one under the other. Their drawing library is fetched when the first one is shown.

import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import type { ChartDefinition, ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { ChartData, Result } from '../../experiments/definition/result';
import { type ChartClock, ChartCursor } from './ChartCursor';
import { ChartTable } from './ChartTable';
import { type ChartLine, chartRows } from './chartLines';
import styles from './charts.module.css';

const RechartsChart = lazy(() => import('./RechartsChart'));

export interface ChartsProps {
  definition: ExperimentDefinition;
  a: Result;
  b: Result | null;
  clock: ChartClock;
  onSeek: (ms: number) => void;
}

export function Charts({ definition, a, b, clock, onSeek }: ChartsProps): ReactNode {
  const horizonMs = Math.max(a.horizonMs, b?.horizonMs ?? 0);
  return (
    <div className={styles.charts}>
      {Object.entries(definition.charts).map(([id, chart]) =>
        a.charts[id] ? (
          <Chart
            key={id}
            definition={chart}
            a={a.charts[id]}
            b={b?.charts[id] ?? null}
            horizonMs={horizonMs}
            clock={clock}
            onSeek={onSeek}
          />
        ) : null,
      )}
    </div>
  );
}

interface ChartProps {
  definition: ChartDefinition;
  a: ChartData;
  b: ChartData | null;
  horizonMs: number;
  clock: ChartClock;
  onSeek: (ms: number) => void;
}

function Chart({ definition, a, b, horizonMs, clock, onSeek }: ChartProps): ReactNode {
  const data = useMemo(() => chartRows(definition, a, b), [definition, a, b]);
  const { title, caption, x, y, followsClock } = definition;
  const domain = useMemo((): [number, number] | undefined => (followsClock ? [0, horizonMs / 1000] : undefined), [followsClock, horizonMs]);
  return (
    <figure className={styles.chart}>
      <h4 className={styles.title}>{title}</h4>
      <Legend lines={data.lines} />
      <div className={styles.plot} role="img" aria-label={`${title}. ${caption}`}>
        <Suspense fallback={null}>
          <RechartsChart data={data} x={x} y={y} domain={domain} />
        </Suspense>
        {followsClock && <ChartCursor clock={clock} onSeek={onSeek} />}
      </div>
      <figcaption>{caption}</figcaption>
      <ChartTable title={title} data={data} x={x} y={y} />
    </figure>
  );
}

function Legend({ lines }: { lines: ChartLine[] }): ReactNode {
  return (
    <ul className={styles.legend}>
      {lines.map((line) => (
        <li key={line.key}>
          <svg width="26" height="10" aria-hidden="true" focusable="false">
            {line.isSparse ? (
              <circle cx="13" cy="5" r="4" fill={line.isHollow ? 'none' : line.color} stroke={line.color} strokeWidth="2" />
            ) : (
              <line x1="1" y1="5" x2="25" y2="5" stroke={line.color} strokeWidth="2.5" strokeDasharray={line.dash} />
            )}
          </svg>
          {line.label}
        </li>
      ))}
    </ul>
  );
}
