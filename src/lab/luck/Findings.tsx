// What the seeds gave for one metric: the verdict, the dots, runs worth a look; and all metrics in a table.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId, useMemo } from 'react';
import controls from '../controls/controls.module.css';
import { Toggletip } from '../controls/Toggletip';
import { useSession } from '../session/useSession';
import styles from './luck.module.css';
import { MeasureTable } from './MeasureTable';
import type { ListedMetric } from './metrics';
import { Plots } from './Plots';
import { pairsOf } from './pairs';
import { SeedTable } from './SeedTable';
import { runsOf, spreadOf } from './spread';
import type { Study } from './study';
import { missingText, verdictOf, winsText } from './words';

interface FindingsProps {
  study: Study;
  metrics: ListedMetric[];
  metric: ListedMetric;
  isStale: boolean;
  onMetric: (id: string) => void;
}

export function Findings({ study, metrics, metric, isStale, onMetric }: FindingsProps): ReactNode {
  const session = useSession();
  const { id } = metric;
  const found = useMemo(
    () => ({
      a: spreadOf(runsOf(study.a, id), study.seeds),
      b: study.b ? spreadOf(runsOf(study.b, id), study.seeds) : null,
      pairs: study.b ? pairsOf(study.a, study.b, id) : null,
    }),
    [study, id],
  );
  const missing = missingText(study, id);
  const show = (seed: number): void => session.setSeed(seed);
  return (
    <div className={styles.findings} data-stale={isStale ? 'yes' : undefined}>
      <div className={styles.verdictRow}>
        <MetricSelect metrics={metrics} metric={metric} onMetric={onMetric} />
        <p className={styles.verdict} data-part="luck-verdict">
          <strong>{verdictOf(study, id, metric)}</strong>{' '}
          {found.pairs && found.pairs.verdict !== 'same' ? winsText(found.pairs, metric) : null} {missing}
          <Toggletip label={translate({ id: 'lab.luck.interval.label', message: 'the interval' })}>
            {translate({
              id: 'lab.luck.interval.help',
              message:
                '± gives the 95\u202f% confidence interval of the mean (Student’s t): an interval made like this holds the true mean in 95 of 100 such studies. Single runs spread wider than that.',
            })}
          </Toggletip>
        </p>
      </div>
      {found.a || found.b ? <Plots study={study} {...found} metric={metric} isStale={isStale} onSeed={show} /> : null}
      <MeasureTable study={study} metrics={metrics} chosen={id} onMetric={onMetric} />
      <SeedTable study={study} metric={metric} onSeed={show} />
    </div>
  );
}

function MetricSelect({ metrics, metric, onMetric }: Pick<FindingsProps, 'metrics' | 'metric' | 'onMetric'>): ReactNode {
  const labelId = useId();
  return (
    <label className={styles.select}>
      <span id={labelId}>{translate({ id: 'lab.luck.measure', message: 'Measure' })}</span>
      <select
        className={controls.select}
        aria-labelledby={labelId}
        name="luck-metric"
        value={metric.id}
        onChange={(event) => onMetric(event.currentTarget.value)}
      >
        {metrics.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
