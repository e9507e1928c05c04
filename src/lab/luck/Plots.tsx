// The dots of side A with those of side B under them on the same axis; beside them the difference, on one of its own.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useRef, useState } from 'react';
import { useSessionState } from '../session/useSession';
import { useSize } from '../stage/useSize';
import { DotPlot } from './DotPlot';
import { domainOf } from './dots';
import { Extremes } from './Extremes';
import styles from './luck.module.css';
import type { ListedMetric } from './metrics';
import { PlotKey } from './PlotKey';
import type { Pairs } from './pairs';
import type { Run, Spread } from './spread';
import type { Study } from './study';

interface PlotsProps {
  study: Study;
  a: Spread | null;
  b: Spread | null;
  pairs: Pairs | null;
  metric: ListedMetric;
  isStale: boolean;
  onSeed: (seed: number) => void;
}

/** What stands beside the dots of a side. */
export interface Beside {
  run: Run | null;
  theory: number | null;
}

interface ColumnProps extends PlotsProps {
  besideA: Beside;
  besideB: Beside;
  onPoint: (text: string) => void;
}

const [alone, paired] = [128, 72];

export function Plots(props: PlotsProps): ReactNode {
  const { study, a, pairs, metric, isStale, onSeed } = props;
  const [pointed, setPointed] = useState('');
  const besideA = useBeside('a', metric.id, isStale);
  const besideB = useBeside('b', metric.id, isStale);
  const column = { ...props, besideA, besideB, onPoint: setPointed };
  return (
    <div className={styles.look} data-pair={study.b ? '' : undefined}>
      <div className={styles.plots}>
        <Sides {...column} />
        <p className={styles.pointed} aria-hidden="true">
          {pointed || translate({ id: 'lab.luck.hint', message: 'Each dot is one run. Choose one to see that run above.' })}
        </p>
      </div>
      <div className={styles.beside}>
        <DifferencePlot {...column} />
        <Extremes study={study} a={a} pairs={pairs} metric={metric} onSeed={onSeed} />
      </div>
    </div>
  );
}

function Sides({ a, b, metric, besideA, besideB, onSeed, onPoint }: ColumnProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useSize(box)?.width ?? 0;
  const values = [...(a?.runs ?? []), ...(b?.runs ?? [])].map(({ value }) => value);
  const runs = [besideA.run, besideB.run].flatMap((run) => (run ? [run.value] : []));
  const theories = [besideA.theory, besideB.theory].filter((theory) => theory !== null);
  const common = { width, unit: metric.unit, onSeed, onPoint, domain: domainOf([...values, ...runs], theories) };
  const height = b ? paired : alone;
  return (
    <div ref={box}>
      {a ? (
        <>
          <PlotKey kind="a" alone={b === null} spread={a} metric={metric} beside={besideA} />
          <DotPlot {...common} kind="a" spread={a} height={height} hasAxis={b === null} {...besideA} />
        </>
      ) : null}
      {b ? (
        <>
          <PlotKey kind="b" spread={b} metric={metric} beside={besideB} />
          <DotPlot {...common} kind="b" spread={b} height={height} hasAxis {...besideB} />
        </>
      ) : null}
    </div>
  );
}

function DifferencePlot({ pairs, metric, besideA, besideB, onSeed, onPoint }: ColumnProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useSize(box)?.width ?? 0;
  const run = besideA.run && besideB.run ? { seed: besideA.run.seed, value: besideB.run.value - besideA.run.value } : null;
  const beside = { run, theory: null };
  const spread = pairs && pairs.verdict !== 'same' ? pairs.difference : null;
  const values = [...(spread?.runs ?? []), ...(run ? [run] : [])].map(({ value }) => value);
  return (
    <div ref={box}>
      {spread ? (
        <>
          <PlotKey kind="difference" spread={spread} metric={metric} beside={beside} />
          <DotPlot
            {...{ width, onSeed, onPoint, spread, ...beside }}
            kind="difference"
            unit={metric.unit}
            domain={domainOf(values, [0])}
            height={paired}
            hasAxis
          />
        </>
      ) : null}
    </div>
  );
}

/** The run on screen and theory, unless they belong to another setup than the dots. */
function useBeside(side: 'a' | 'b', metric: string, isStale: boolean): Beside {
  const result = useSessionState((state) => (side === 'a' ? state.resultA : state.resultB));
  const status = useSessionState((state) => state.status);
  if (!result || isStale || status === 'starting' || status === 'failed') return { run: null, theory: null };
  const value = result.metrics[metric]?.value ?? null;
  const theory = result.theory[metric]?.value ?? null;
  return {
    run: value === null || !Number.isFinite(value) ? null : { seed: result.seed, value },
    theory: theory === null || !Number.isFinite(theory) ? null : theory,
  };
}
