// Every metric of the run: measured, what runs of this length give, theory; and side B with the difference.

import type { ReactNode } from 'react';
import type { MetricDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber } from '../../experiments/definition/number';
import type { Measured, Result, Theory } from '../../experiments/definition/result';
import { Toggletip } from '../controls/Toggletip';
import { useSession, useSessionState } from '../session/useSession';
import type { Expected } from '../worker/expectation';
import { difference, rangeText } from './compareText';
import styles from './results.module.css';
import { ChangeWords } from './Strip';

export function MetricTable({ resultA, resultB }: { resultA: Result; resultB: Result | null }): ReactNode {
  const { definition } = useSession();
  const expected = useSessionState((state) => state.expected);
  const hasTheory = Object.keys(resultA.theory).length > 0;
  return (
    <table className={styles.table} data-table="metrics">
      <caption>
        Results, seed {resultA.seed}
        {resultB ? '. Both sides meet the same requests.' : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">{resultB ? 'Side A' : 'Measured'}</th>
          {resultB ? <th scope="col">Side B</th> : null}
          {resultB ? <th scope="col">B − A</th> : null}
          <th scope="col">
            Range of 20 runs
            <Toggletip label="the range of 20 runs">
              The lowest and the highest value of 20 runs of this length{resultB ? ', with the values of side A,' : ''} under seeds 1 to 20.
              One run is one draw from what is possible.
            </Toggletip>
          </th>
          {hasTheory ? <th scope="col">Theory</th> : null}
        </tr>
      </thead>
      <tbody>
        {Object.entries(definition.metrics).map(([id, metric]) => (
          <Row
            key={id}
            id={id}
            metric={metric}
            a={resultA.metrics[id]}
            b={resultB ? resultB.metrics[id] : null}
            expected={expected === null ? null : expected[id]}
            theory={hasTheory ? (resultA.theory[id] ?? null) : undefined}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  id: string;
  metric: MetricDefinition;
  a: Measured;
  b: Measured | null;
  /** null: not known yet. undefined: there is none. */
  expected: Expected | undefined | null;
  /** undefined: the table has no such column. */
  theory: Theory | null | undefined;
}

function Row({ id, metric, a, b, expected, theory }: RowProps): ReactNode {
  const change = b ? difference(metric, a.value, b.value) : null;
  return (
    <tr data-metric={id}>
      <th scope="row">
        {metric.label}
        {metric.help ? <Toggletip label={metric.label}>{metric.help}</Toggletip> : null}
      </th>
      <MeasuredCell measured={a} unit={metric.unit} />
      {b ? <MeasuredCell measured={b} unit={metric.unit} /> : null}
      {b ? <td>{change ? <ChangeWords change={change} /> : '–'}</td> : null}
      <td className={styles.quiet}>{expectedText(expected, metric.unit)}</td>
      {theory === undefined ? null : <TheoryCell metric={metric} theory={theory} />}
    </tr>
  );
}

function expectedText(expected: Expected | undefined | null, unit: string): string {
  if (!expected) return expected === null ? '…' : '–';
  const { low, high, runs, of } = expected;
  return runs < of ? `${rangeText(low, high, unit)} (${runs} of ${of})` : rangeText(low, high, unit);
}

function MeasuredCell({ measured, unit }: { measured: Measured; unit: string }): ReactNode {
  if (measured.value === null) return <td className={styles.none}>{measured.reason ?? '–'}</td>;
  return (
    <td title={measured.samples === undefined ? undefined : `from ${measured.samples} samples`}>{formatNumber(measured.value, unit)}</td>
  );
}

function TheoryCell({ metric, theory }: { metric: MetricDefinition; theory: Theory | null }): ReactNode {
  if (!theory) return <td />;
  const none = theory.value === null || theory.reason !== undefined;
  return (
    <td>
      <span className={none ? styles.quiet : styles.theory}>{none ? 'none' : formatNumber(theory.value, metric.unit)}</span>
      <Toggletip label={`the theory of: ${metric.label}`} sign="ƒ">
        {theory.reason ? <>{theory.reason} </> : null}
        <code>{theory.formula}</code>
        <br />
        {theory.source}
      </Toggletip>
    </td>
  );
}
