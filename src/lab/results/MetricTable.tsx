// Every metric of the run: measured, what runs of this length give, theory; and side B with the difference.

import { translate } from '@docusaurus/Translate';
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
import { sideName } from './sideName';

export function MetricTable({ resultA, resultB }: { resultA: Result; resultB: Result | null }): ReactNode {
  const { definition } = useSession();
  const expected = useSessionState((state) => state.expected);
  const hasTheory = Object.keys(resultA.theory).length > 0;
  return (
    <table className={styles.table} data-table="metrics">
      <caption>
        {resultB
          ? translate(
              { id: 'lab.results.captionBoth', message: 'Results, seed {seed}. Both sides meet the same requests.' },
              { seed: resultA.seed },
            )
          : translate({ id: 'lab.results.caption', message: 'Results, seed {seed}' }, { seed: resultA.seed })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{translate({ id: 'lab.results.measure', message: 'Measure' })}</th>
          <th scope="col">{resultB ? sideName('a') : translate({ id: 'lab.results.measured', message: 'Measured' })}</th>
          {resultB ? <th scope="col">{sideName('b')}</th> : null}
          {resultB ? <th scope="col">B − A</th> : null}
          <th scope="col">
            {translate({ id: 'lab.results.range', message: 'Range of 20 runs' })}
            <Toggletip label={translate({ id: 'lab.results.rangeLabel', message: 'the range of 20 runs' })}>
              {rangeHelp(resultB !== null)}
            </Toggletip>
          </th>
          {hasTheory ? <th scope="col">{translate({ id: 'lab.results.theory', message: 'Theory' })}</th> : null}
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

function rangeHelp(compares: boolean): string {
  return compares
    ? translate({
        id: 'lab.results.rangeHelpBoth',
        message:
          'The lowest and the highest value of 20 runs of this length, with the values of side A, under seeds 1 to 20. One run is one draw from what is possible.',
      })
    : translate({
        id: 'lab.results.rangeHelp',
        message:
          'The lowest and the highest value of 20 runs of this length under seeds 1 to 20. One run is one draw from what is possible.',
      });
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
  const range = rangeText(low, high, unit);
  return runs < of ? translate({ id: 'lab.results.someRuns', message: '{range} ({runs} of {of})' }, { range, runs, of }) : range;
}

function MeasuredCell({ measured, unit }: { measured: Measured; unit: string }): ReactNode {
  if (measured.value === null) return <td className={styles.none}>{measured.reason ?? '–'}</td>;
  return <td title={samplesText(measured)}>{formatNumber(measured.value, unit)}</td>;
}

function samplesText({ samples }: Measured): string | undefined {
  if (samples === undefined) return undefined;
  return translate({ id: 'lab.results.samples', message: 'from {count} samples' }, { count: formatNumber(samples) });
}

function TheoryCell({ metric, theory }: { metric: MetricDefinition; theory: Theory | null }): ReactNode {
  if (!theory) return <td />;
  const none = theory.value === null || theory.reason !== undefined;
  return (
    <td>
      <span className={none ? styles.quiet : styles.theory}>
        {none ? translate({ id: 'lab.results.noTheory', message: 'none' }) : formatNumber(theory.value, metric.unit)}
      </span>
      <Toggletip label={translate({ id: 'lab.results.theoryOf', message: 'the theory of: {metric}' }, { metric: metric.label })} sign="ƒ">
        {theory.reason ? <>{theory.reason} </> : null}
        <code>{theory.formula}</code>
        <br />
        {theory.source}
      </Toggletip>
    </td>
  );
}
