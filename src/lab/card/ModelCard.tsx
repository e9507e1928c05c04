// What a real system has and this model does not; and the formulas beside the results: where they hold, where they come from,
// and what they predicted against what this run measured.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { MetricDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber } from '../../experiments/definition/number';
import type { Measured, Theory } from '../../experiments/definition/result';
import { sideName } from '../results/sideName';
import { useSession, useSessionState } from '../session/useSession';
import type { Expected } from '../worker/expectation';
import styles from './card.module.css';
import { comparison, validity } from './prediction';

export function ModelCard(): ReactNode {
  const { definition } = useSession();
  return (
    <div className={styles.card}>
      <section>
        <p className={styles.heading}>{translate({ id: 'lab.card.leavesOut', message: 'What this model leaves out' })}</p>
        <ul>
          {definition.leavesOut.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <Formulas />
    </div>
  );
}

function Formulas(): ReactNode {
  const { definition } = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const compares = useSessionState((state) => state.b !== null);
  const expected = useSessionState((state) => state.expected);
  const entries = Object.entries(resultA?.theory ?? {}).filter(([id]) => definition.metrics[id] !== undefined);
  const heading = translate({ id: 'lab.card.theory', message: 'The theory beside it' });
  return (
    <section>
      <p className={styles.heading}>{compares ? `${heading} (${sideName('a')})` : heading}</p>
      {entries.length === 0 ? (
        <p className={styles.none}>
          {translate({ id: 'lab.card.none', message: 'There is no formula for this setup; that is what the simulation is for.' })}
        </p>
      ) : (
        <dl className={styles.formulas}>
          {entries.map(([id, theory]) => (
            <Formula key={id} metric={definition.metrics[id]} theory={theory} measured={resultA?.metrics[id]} expected={expected?.[id]} />
          ))}
        </dl>
      )}
    </section>
  );
}

interface FormulaProps {
  metric: MetricDefinition;
  theory: Theory;
  measured: Measured | undefined;
  expected: Expected | undefined;
}

function Formula({ metric, theory, measured, expected }: FormulaProps): ReactNode {
  const compared = comparison(measured, theory, expected);
  return (
    <div>
      <dt>{metric.label}</dt>
      <dd>
        <code>{theory.formula}</code>
      </dd>
      {compared === null ? null : (
        <dd>
          <span className={styles.pair}>
            <span className={styles.theory}>
              {translate({ id: 'lab.card.predicted', message: 'theory {value}' }, { value: formatNumber(theory.value, metric.unit) })}
            </span>
            <span>
              {translate({ id: 'lab.card.measured', message: 'measured {value}' }, { value: formatNumber(measured?.value, metric.unit) })}
            </span>
          </span>{' '}
          {compared}
        </dd>
      )}
      <dd className={styles.small}>
        {validity(theory)} <cite>{theory.source}</cite>
      </dd>
    </div>
  );
}
