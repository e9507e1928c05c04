// Before the first study: the one run that there is, and the question that the seeds answer.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useSessionState } from '../session/useSession';
import { circlePath } from './dots';
import { valueText } from './estimateText';
import styles from './luck.module.css';
import type { ListedMetric } from './metrics';

/** Heights of the stacks of runs that are not there yet. */
const ghosts = [1, 0, 1, 2, 1, 3, 2, 4, 3, 5, 4, 5, 3, 4, 2, 3, 2, 1, 1, 0, 1];
const [size, middle, ground, radius] = [12, 10, 76, 4.75];
const ghostPath = ghosts
  .flatMap((count, column) => Array.from({ length: count }, (_, row) => [column, row]))
  .filter(([column, row]) => column !== middle || row > 0)
  .map(([column, row]) => circlePath((column + 0.5) * size, ground - (row + 0.5) * size, radius))
  .join('');

export function Before({ metric }: { metric: ListedMetric }): ReactNode {
  const value = useSessionState((state) => state.resultA?.metrics[metric.id]?.value ?? null);
  const seed = useSessionState((state) => state.resultA?.seed ?? state.seed);
  return (
    <div className={styles.before}>
      <div className={styles.about}>
        {value === null ? null : (
          <p>
            <strong>
              {translate(
                { id: 'lab.luck.before', message: '{metric}: {value} with seed {seed}. And with other seeds?' },
                { metric: metric.label, value: valueText(value, metric.unit), seed },
              )}
            </strong>
          </p>
        )}
        <p>
          {translate({
            id: 'lab.luck.about',
            message:
              'One run is one draw of chance. Run this setup under many seeds to see how far its results spread, how sure their mean is, and where the run on screen stands among them. With two sides (A | B), each seed is run on both, and their difference is told apart from luck.',
          })}
        </p>
      </div>
      <svg className={styles.ghosts} width={ghosts.length * size} height={84} viewBox={`0 0 ${ghosts.length * size} 84`} aria-hidden="true">
        <path className={styles.ground} d={`M 0 ${ground} H ${ghosts.length * size}`} />
        <path className={styles.ghost} d={ghostPath} />
        <circle className={styles.dots} cx={(middle + 0.5) * size} cy={ground - size / 2} r={radius} />
      </svg>
    </div>
  );
}
