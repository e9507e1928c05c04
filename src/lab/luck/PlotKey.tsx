// The line over a plot: whose dots they are, and what the marks among them mean, with their numbers.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { estimateText, valueText } from './estimateText';
import styles from './luck.module.css';
import type { ListedMetric } from './metrics';
import type { Beside } from './Plots';
import type { Spread } from './spread';
import { nameOf, type PlotKind } from './words';

interface PlotKeyProps {
  kind: PlotKind;
  /** There is no other side. */
  alone?: boolean;
  spread: Spread;
  metric: ListedMetric;
  beside: Beside;
}

export function PlotKey({ kind, alone = false, spread, metric: { unit }, beside: { run, theory } }: PlotKeyProps): ReactNode {
  const numbers = kind === 'difference' ? 'difference' : 'value';
  return (
    <ul className={styles.key} data-kind={kind}>
      {alone ? null : (
        <li className={styles.side}>
          <Sign kind="dot" />
          {nameOf(kind)}
        </li>
      )}
      <li>
        <Sign kind="mean" />
        {translate({ id: 'lab.luck.key.mean', message: 'mean' })} <b>{estimateText(spread.interval, unit, numbers)}</b>
      </li>
      {run ? (
        <li>
          <Sign kind="run" />
          {translate({ id: 'lab.luck.key.run', message: 'this run (seed {seed})' }, { seed: run.seed })}{' '}
          <b>{valueText(run.value, unit, numbers)}</b>
        </li>
      ) : null}
      {theory === null ? null : (
        <li className={styles.theory}>
          <Sign kind="theory" />
          {translate({ id: 'lab.luck.key.theory', message: 'theory' })} <b>{valueText(theory, unit)}</b>
        </li>
      )}
    </ul>
  );
}

function Sign({ kind }: { kind: 'dot' | 'mean' | 'run' | 'theory' }): ReactNode {
  return (
    <svg className={styles.sign} width={18} height={14} viewBox="0 0 18 14" aria-hidden="true">
      {kind === 'dot' ? <circle className={styles.dots} cx={9} cy={7} r={4.25} /> : null}
      {kind === 'mean' ? <path className={styles.interval} d="M 2 7 H 16 M 2 4 v 6 M 16 4 v 6 M 9 2 v 10" /> : null}
      {kind === 'run' ? (
        <>
          <circle className={styles.ring} cx={9} cy={9.5} r={3.5} />
          <path className={styles.pointer} d="M 5.5 0 h 7 l -3.5 5 Z" />
        </>
      ) : null}
      {kind === 'theory' ? <path className={styles.theoryLine} d="M 9 0 V 14" /> : null}
    </svg>
  );
}
