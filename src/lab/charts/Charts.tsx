// All charts of an experiment, side A and, when comparing, side B in the same ones: both futures from where the past forks.

import type { ReactNode } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Result } from '../../experiments/definition/result';
import { useForkMs } from '../compare/Fork';
import type { Clock } from '../stage/clock';
import { Chart } from './Chart';
import styles from './charts.module.css';

interface ChartsProps {
  definition: Pick<ExperimentDefinition, 'charts'>;
  a: Result;
  b?: Result | null;
  /** The cursor is drawn on charts that follow the clock. */
  clock?: Clock;
  /** The reader clicked on a time. */
  onSeek?: (toMs: number) => void;
}

export function Charts({ definition, a, b, clock, onSeek }: ChartsProps): ReactNode {
  const forkMs = useForkMs();
  const horizonMs = Math.max(a.horizonMs, b?.horizonMs ?? 0);
  return (
    <div className={styles.charts}>
      {Object.entries(definition.charts).map(([id, chart]) =>
        a.charts[id] ? (
          <Chart
            key={id}
            definition={chart}
            a={a.charts[id]}
            b={b?.charts[id]}
            forkMs={forkMs}
            horizonMs={horizonMs}
            clock={clock}
            onSeek={onSeek}
          />
        ) : null,
      )}
    </div>
  );
}
