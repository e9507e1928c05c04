// The main results at a glance: at most six numbers, each with what theory says and what runs of this length give.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { ExperimentDefinition, MetricDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber } from '../../experiments/definition/number';
import type { Measured, Theory } from '../../experiments/definition/result';
import { useSession, useSessionState } from '../session/useSession';
import type { Expected } from '../worker/expectation';
import { bareRangeText, changeWord, difference } from './compareText';
import styles from './results.module.css';

export function mainMetrics(definition: ExperimentDefinition): [string, MetricDefinition][] {
  return Object.entries(definition.metrics)
    .filter(([, metric]) => metric.main)
    .slice(0, 6);
}

export function Strip(): ReactNode {
  const { definition } = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const expected = useSessionState((state) => state.expected);
  return (
    <dl className={styles.strip} aria-label={translate({ id: 'lab.results.main', message: 'Main results' })}>
      {mainMetrics(definition).map(([id, metric]) => (
        <div key={id} className={styles.cell} data-metric={id}>
          <dt className={styles.short} title={metric.help ? `${metric.label}. ${metric.help}` : metric.label}>
            {metric.short}
          </dt>
          {resultB ? (
            <ComparedCell metric={metric} a={resultA?.metrics[id]} b={resultB.metrics[id]} />
          ) : (
            <SingleCell metric={metric} measured={resultA?.metrics[id]} theory={resultA?.theory[id]} expected={expected?.[id]} />
          )}
        </div>
      ))}
    </dl>
  );
}

interface SingleProps {
  metric: MetricDefinition;
  measured: Measured | undefined;
  theory: Theory | undefined;
  expected: Expected | undefined;
}

function SingleCell({ metric, measured, theory, expected }: SingleProps): ReactNode {
  return (
    <>
      <dd className={styles.value} title={measured?.reason}>
        {formatNumber(measured?.value, metric.unit)}
      </dd>
      <dd className={styles.small}>
        {theory && theory.value !== null ? (
          <span className={styles.theory}>
            {translate({ id: 'lab.results.byTheory', message: 'theory {value}' }, { value: formatNumber(theory.value, metric.unit) })}
          </span>
        ) : (
          (measured?.reason ?? '')
        )}
      </dd>
      <dd className={styles.small} title={expected ? rangeTitle(expected.runs) : undefined}>
        {expected && expected.low !== expected.high ? shortRange(expected, metric.unit) : ''}
      </dd>
    </>
  );
}

function rangeTitle(runs: number): string {
  return translate(
    { id: 'lab.results.rangeTitle', message: 'Lowest and highest of {runs} runs of this length with other seeds' },
    { runs },
  );
}

/** Without "20 runs:" where that would not fit; the words stand in the title and in the table. */
function shortRange({ low, high, runs }: Expected, unit: string): string {
  const range = bareRangeText(low, high, unit);
  return range.length > 10 ? range : translate({ id: 'lab.results.runs', message: '{runs} runs: {range}' }, { runs, range });
}

function ComparedCell({ metric, a, b }: { metric: MetricDefinition; a: Measured | undefined; b: Measured | undefined }): ReactNode {
  const change = difference(metric, a?.value ?? null, b?.value ?? null);
  return (
    <>
      <dd className={styles.pair}>
        <span className={styles.sideA}>A</span> {formatNumber(a?.value, metric.unit)}
      </dd>
      <dd className={styles.pair}>
        <span className={styles.sideB}>B</span> {formatNumber(b?.value, metric.unit)}
      </dd>
      <dd className={styles.small}>{change ? <ChangeWords change={change} short /> : ''}</dd>
    </>
  );
}

export function ChangeWords({ change, short = false }: { change: NonNullable<ReturnType<typeof difference>>; short?: boolean }): ReactNode {
  return (
    <span className={styles.change} data-change={change.word}>
      {short ? null : `${change.text} `}
      <span aria-hidden="true">{change.arrow}</span> {changeWord(change.word)}
    </span>
  );
}
