// The plot: one stop for the keyboard, with arrow keys along the points (up and down: between the sides) and Enter to see the run.
// A click opens the nearest point; a finger first chooses it, and a button under the plot opens it. Other keys are the frame’s.

import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { SweepPoint, SweepRange, SweptParameter, SweptValue } from '../../experiments/definition/sweep';
import type { ListedMetric } from '../luck/metrics';
import type { SideName } from '../session/state';
import { useSize } from '../stage/useSize';
import { type CurvePoint, sidesOf, type TheoryPoint } from './curve';
import { layoutOf, type PlotLayout } from './layout';
import { type Band, pointWords } from './pointWords';
import type { OnScreen } from './SweepFindings';
import { SweepAxes, SweepMarks } from './SweepMarks';
import styles from './sweep.module.css';

interface SweepChartProps {
  parameter: SweptParameter;
  range: SweepRange;
  metric: ListedMetric;
  points: CurvePoint[];
  theories: TheoryPoint[][];
  onScreen: OnScreen[];
  band: Band;
  /** The point that is looked at. */
  at: CurvePoint | null;
  onPoint: (value: SweptValue) => void;
  onOpen: (side: SideName, point: SweepPoint) => void;
}

export function SweepChart(props: SweepChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useSize(box)?.width ?? 0;
  const layout = layoutOf(props, width);
  const points = layout.pointsInside;
  return (
    <div ref={box} className={styles.plot} style={{ blockSize: layout.height }}>
      {points.length > 0 ? (
        <Points {...props} points={points} layout={layout} />
      ) : (
        <div role="img" aria-label={emptyWords(props)}>
          <Drawing {...props} layout={layout} side="a" />
        </div>
      )}
    </div>
  );
}

function emptyWords({ metric, parameter, theories }: SweepChartProps): string {
  const words = { metric: metric.label, parameter: parameter.label };
  return theories.length > 0
    ? translate({ id: 'lab.sweep.emptyTheory', message: '{metric} by {parameter}: theory only, no runs yet.' }, words)
    : translate({ id: 'lab.sweep.empty', message: '{metric} by {parameter}: no runs yet.' }, words);
}

/** In steps of points. */
const keySteps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageUp: 5, PageDown: -5, Home: -1e6, End: 1e6 };

function Points(props: SweepChartProps & { layout: PlotLayout }): ReactNode {
  const { parameter, metric, points, onScreen, band, at, layout, onPoint, onOpen } = props;
  const [side, setSide] = useState<SideName>('a');
  const byFinger = useRef(false);
  const isPair = points.some(({ b }) => b !== null);
  const chosen: SideName = isPair ? side : 'a';
  const index = Math.max(0, points.indexOf(at ?? nearestTo(points, layout, layout.x(onScreen[0]?.value ?? points[0].value))));
  const open = (point: CurvePoint, which: SideName): void => {
    const found = point[which]?.point;
    if (found?.isPossible) onOpen(which, found);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isTurn = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (isTurn) setSide(isPair && event.key === 'ArrowDown' ? 'b' : 'a');
    else if (event.key in keySteps) onPoint(points[Math.min(points.length - 1, Math.max(0, index + keySteps[event.key]))].value);
    else if (event.key === 'Enter' || event.key === ' ') open(points[index], chosen);
    else return;
    event.preventDefault();
  };
  const pointAt = (event: PointerEvent | MouseEvent): { point: CurvePoint; which: SideName } => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const point = nearestTo(points, layout, event.clientX - left);
    return { point, which: nearestSide(point, layout, event.clientY - top) };
  };
  const look = (event: PointerEvent | MouseEvent): void => {
    const { point, which } = pointAt(event);
    onPoint(point.value);
    setSide(which);
  };
  return (
    <div
      className={styles.points}
      data-part="sweep-chart"
      role="slider"
      tabIndex={0}
      aria-label={labelWords(metric, isPair)}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={index + 1}
      aria-valuetext={pointWords(points[index], parameter, metric, band) + sideWords(isPair, chosen)}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && onPoint(points[index].value)}
      onPointerDown={(event) => {
        byFinger.current = event.pointerType !== 'mouse';
      }}
      onPointerMove={(event) => event.pointerType === 'mouse' && look(event)}
      onClick={(event) => {
        look(event);
        const { point, which } = pointAt(event);
        if (!byFinger.current) open(point, which);
      }}
    >
      <Drawing {...props} side={chosen} />
    </div>
  );
}

function labelWords({ label }: ListedMetric, isPair: boolean): string {
  return isPair
    ? translate(
        {
          id: 'lab.sweep.chartPair',
          message: '{metric}: points from left to right, up for side A, down for side B. Enter shows the run.',
        },
        { metric: label },
      )
    : translate({ id: 'lab.sweep.chart', message: '{metric}: points from left to right. Enter shows the run.' }, { metric: label });
}

function sideWords(isPair: boolean, side: SideName): string {
  if (!isPair) return '';
  return `. ${
    side === 'a'
      ? translate({ id: 'lab.sweep.enterA', message: 'Enter shows it on side A' })
      : translate({ id: 'lab.sweep.enterB', message: 'Enter shows it on side B' })
  }`;
}

function nearestTo(points: readonly CurvePoint[], { x }: PlotLayout, px: number): CurvePoint {
  return points.reduce((best, one) => (Math.abs(x(one.value) - px) < Math.abs(x(best.value) - px) ? one : best));
}

function nearestSide(point: CurvePoint, { y }: PlotLayout, py: number): SideName {
  const sides = sidesOf(point).filter(([, { estimate }]) => estimate !== null);
  const distance = (at: (typeof sides)[number]): number => Math.abs(y(at[1].estimate?.mean ?? 0) - py);
  return sides.reduce((best, one) => (distance(one) < distance(best) ? one : best), sides[0])?.[0] ?? 'a';
}

interface DrawingProps extends SweepChartProps {
  layout: PlotLayout;
  /** The side that Enter opens. */
  side: SideName;
}

function Drawing({ parameter, theories, onScreen, band, at, layout, side }: DrawingProps): ReactNode {
  if (layout.width === 0) return null;
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true">
      <SweepAxes layout={layout} parameter={parameter} />
      <SweepMarks layout={layout} parameter={parameter} theories={theories} onScreen={onScreen} band={band} at={at} side={side} />
    </svg>
  );
}
