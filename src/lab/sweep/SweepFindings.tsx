// The curve with all that belongs to it: the sentence that says what it shows, the key, the chart, the point that is looked at,
// points that could not be as asked, and the numbers as a table.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useMemo, useState } from 'react';
import { isNumeric, type SweepPoint, type SweptParameter, type SweptValue } from '../../experiments/definition/sweep';
import { axisName } from '../charts/chartModel';
import { DataTable } from '../charts/DataTable';
import bar from '../frame/bar.module.css';
import type { ListedMetric } from '../luck/metrics';
import type { SideName } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';
import { type CurvePoint, curveOf, isSameLine, type SweepStudy, sidesOf, type TheoryPoint, theoryLine } from './curve';
import { curveWords, gapWords } from './curveWords';
import { openRun } from './openRun';
import type { SweepPlan } from './plan';
import { type Band, changedPoints, changedWords, pointWords } from './pointWords';
import { SweepChart } from './SweepChart';
import { SweepKey } from './SweepKey';
import styles from './sweep.module.css';
import { tableOf } from './table';

interface SweepFindingsProps {
  plan: SweepPlan;
  study: SweepStudy | null;
  parameter: SweptParameter;
  metric: ListedMetric;
  band: Band;
  isStale: boolean;
}

/** The run on screen, as one point of the plot. */
export interface OnScreen {
  side: SideName;
  value: SweptValue;
  y: number;
}

export function SweepFindings({ plan, study, parameter, metric, band, isStale }: SweepFindingsProps): ReactNode {
  const session = useSession();
  const { definition } = session;
  const points = useMemo(() => (study ? curveOf(definition, study, metric.id) : []), [definition, study, metric.id]);
  const theories = useTheories(plan, study, metric.id);
  const onScreen = useOnScreen(plan.parameter, metric.id);
  const [pointed, setPointed] = useState<CurvePoint['value'] | null>(null);
  const at = points.find(({ value }) => value === pointed) ?? null;
  const isPair = points.some(({ b }) => b !== null);
  const found = points.some((point) => sidesOf(point).some(([, { estimate }]) => estimate !== null));
  const open = (side: SideName, point: SweepPoint): void => openRun(session, side, point);
  return (
    <div className={styles.findings} data-stale={isStale ? 'yes' : undefined}>
      <figure className={styles.figure}>
        <SweepKey isPair={isPair} band={found ? band : null} seeds={study?.plan.seeds ?? 0} theories={theories.length} />
        <p className={styles.axis}>{axisName({ label: metric.short, unit: metric.unit })}</p>
        <SweepChart
          parameter={parameter}
          range={plan.range}
          metric={metric}
          points={points}
          theories={theories}
          onScreen={onScreen}
          band={band}
          at={at}
          onPoint={setPointed}
          onOpen={open}
        />
        <p className={styles.axisBelow}>{axisName({ label: parameter.label, unit: isNumeric(parameter) ? parameter.unit : '' })}</p>
        <Readout at={at} isPair={isPair} hasPoints={found} parameter={parameter} metric={metric} band={band} onOpen={open} />
        <figcaption className={styles.caption} data-part="sweep-words">
          {found ? (
            (isPair ? (['a', 'b'] as const) : (['a'] as const)).map((side) => (
              <span key={side} data-side={side}>
                {isPair ? <b>{side === 'a' ? '● A: ' : '○ B: '}</b> : null}
                {curveWords(points, parameter, metric, side)} {gapWords(points, side)}
              </span>
            ))
          ) : (
            <span>
              {translate({
                id: 'lab.sweep.about',
                message:
                  'One run is one point of a curve. Run the sweep to see this measure at every value of the parameter, over several seeds; choose a point then to see that run above.',
              })}
            </span>
          )}
        </figcaption>
      </figure>
      {study ? <Changes study={study} parameter={parameter} /> : null}
      {found && study ? <DataTable {...tableOf(points, parameter, metric)} /> : null}
    </div>
  );
}

/** Of the curve's setup where there is a curve, else of the one on screen; of side B only where it differs. */
function useTheories(plan: SweepPlan, study: SweepStudy | null, metric: string): TheoryPoint[][] {
  const { definition } = useSession();
  const { parameter, range } = plan;
  const base = study?.plan.base ?? plan.base;
  return useMemo(() => {
    const a = theoryLine(definition, base.a, parameter, range, metric);
    const b = base.b ? theoryLine(definition, base.b, parameter, range, metric) : [];
    return [a, isSameLine(a, b) ? [] : b].filter((line) => line.length > 0);
  }, [definition, base, parameter, range, metric]);
}

function useOnScreen(parameter: string, metric: string): OnScreen[] {
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  return useMemo(
    () =>
      (['a', 'b'] as const).flatMap((side) => {
        const result = side === 'a' ? resultA : resultB;
        const y = result?.metrics[metric]?.value ?? null;
        return result && y !== null && Number.isFinite(y) ? [{ side, value: result.values[parameter] as SweptValue, y }] : [];
      }),
    [resultA, resultB, parameter, metric],
  );
}

interface ReadoutProps extends Pick<SweepFindingsProps, 'parameter' | 'metric' | 'band'> {
  at: CurvePoint | null;
  /** With two sides there is more to say: its room is kept. */
  isPair: boolean;
  hasPoints: boolean;
  onOpen: (side: SideName, point: SweepPoint) => void;
}

function Readout({ at, isPair, hasPoints, parameter, metric, band, onOpen }: ReadoutProps): ReactNode {
  const possible = at ? sidesOf(at).filter(([, { point }]) => point.isPossible) : [];
  return (
    <div className={styles.readout} data-part="sweep-point" data-pair={isPair ? '' : undefined}>
      {/* The chart itself says the same to those who listen. */}
      <span aria-hidden="true">
        {at
          ? pointWords(at, parameter, metric, band)
          : hasPoints
            ? translate({ id: 'lab.sweep.hint', message: 'Each point is the mean of several runs. Choose one to see its run above.' })
            : ''}
      </span>
      <span className={styles.open}>
        {possible.map(([side, { point }]) => (
          <button key={side} type="button" className={bar.button} data-open={side} onClick={() => onOpen(side, point)}>
            {openWords(possible.length > 1 || side === 'b' ? side : null)}
          </button>
        ))}
      </span>
    </div>
  );
}

function openWords(side: SideName | null): string {
  if (side === 'a') return translate({ id: 'lab.sweep.openA', message: 'Show on A' });
  if (side === 'b') return translate({ id: 'lab.sweep.openB', message: 'Show on B' });
  return translate({ id: 'lab.sweep.open', message: 'Show this run' });
}

function Changes({ study, parameter }: { study: SweepStudy; parameter: SweptParameter }): ReactNode {
  const changed = changedPoints(study, parameter);
  if (changed.length === 0) return null;
  return (
    <ul className={styles.changes} data-part="sweep-changes">
      {changed.map((change) => (
        <li key={change.at[0] + change.text}>
          {change.isLeftOut ? '×' : '△'} {changedWords(change)}
        </li>
      ))}
    </ul>
  );
}
