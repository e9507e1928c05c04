// One dot for each run, as plain SVG: the mean and its interval under them, the run on screen and theory among them.
// A tap takes the nearest dot; by keyboard it is a slider from the lowest run to the highest, and Enter takes the run.

import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useState } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import { roundTicks } from '../charts/chartModel';
import { circlePath, nearestDot, type Stacks, stackDots } from './dots';
import styles from './luck.module.css';
import type { Run, Spread } from './spread';
import { nameOf, type PlotKind, runText } from './words';

interface DotPlotProps {
  kind: PlotKind;
  spread: Spread;
  domain: [number, number];
  /** 0: not known yet. */
  width: number;
  /** Of the dots alone. */
  height: number;
  hasAxis: boolean;
  unit: string;
  run: Run | null;
  theory: number | null;
  onSeed: (seed: number) => void;
  onPoint: (text: string) => void;
}

/** In px: around the dots, and the rows for the interval and for the axis under them. */
const [side, top, intervalRow, axisRow] = [22, 12, 16, 18];
/** How far from a dot a tap may be. */
const reach = 24;

export function DotPlot(props: DotPlotProps): ReactNode {
  const { kind, spread, domain, height, width, hasAxis, unit, run, onSeed, onPoint } = props;
  const { runs } = spread;
  const inner = Math.max(0, width - 2 * side);
  const stacks = useMemo(
    () =>
      stackDots(
        runs.map(({ value }) => value),
        domain,
        { width: inner, height },
      ),
    [runs, domain[0], domain[1], inner, height],
  );
  const own = run ? runs.findIndex(({ seed }) => seed === run.seed) : -1;
  const [chosen, setChosen] = useState<number | null>(null);
  const [isPointed, setPointed] = useState(false);
  const at = Math.min(runs.length - 1, chosen ?? (own >= 0 ? own : Math.floor((runs.length - 1) / 2)));
  const text = (rank: number): string => runText(runs[rank], rank, runs.length, unit, kind);
  const point = (rank: number): void => {
    setChosen(rank);
    setPointed(true);
    onPoint(text(rank));
  };
  const leave = (): void => {
    setPointed(false);
    onPoint('');
  };
  const nearest = (event: PointerEvent<HTMLDivElement> | React.MouseEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearestDot(stacks.dots, event.clientX - box.left - side, top + height - (event.clientY - box.top), reach);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = rankAfter(event.key, at, runs.length);
    if (next === null && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (next === null) onSeed(runs[at].seed);
    else point(next);
  };
  const whole = top + height + intervalRow + (hasAxis ? axisRow : 0);
  return (
    <div
      className={styles.plot}
      data-kind={kind}
      data-own-keys=""
      role="slider"
      tabIndex={0}
      aria-label={translate(
        { id: 'lab.luck.dots', message: '{side}: runs from the lowest to the highest. Enter shows the run.' },
        { side: nameOf(kind) },
      )}
      aria-valuemin={1}
      aria-valuemax={runs.length}
      aria-valuenow={at + 1}
      aria-valuetext={text(at)}
      style={{ blockSize: whole }}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && point(at)}
      onBlur={leave}
      onPointerMove={(event) => {
        const rank = nearest(event);
        if (rank >= 0) point(rank);
        else leave();
      }}
      onPointerLeave={leave}
      onClick={(event) => {
        const rank = nearest(event);
        if (rank >= 0) onSeed(runs[rank].seed);
      }}
    >
      {inner > 0 ? (
        <svg width={width} height={whole} aria-hidden="true">
          <g transform={`translate(${side} ${top})`}>
            <Marks {...props} inner={inner} stacks={stacks} own={own} pointed={isPointed ? at : -1} />
          </g>
        </svg>
      ) : null}
    </div>
  );
}

function rankAfter(key: string, at: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const next = key === 'Home' ? 0 : key === 'End' ? count - 1 : key in steps ? at + steps[key] : null;
  return next === null ? null : Math.min(count - 1, Math.max(0, next));
}

function Marks(props: DotPlotProps & { inner: number; stacks: Stacks; own: number; pointed: number }): ReactNode {
  const { kind, spread, domain, height, inner, stacks, hasAxis, unit, run, theory, own, pointed } = props;
  const { diameter, dots } = stacks;
  const radius = Math.max(1, diameter / 2 - 0.75);
  const x = (value: number): number => ((value - domain[0]) / (domain[1] - domain[0])) * inner;
  const isInside = (value: number): boolean => value >= domain[0] && value <= domain[1];
  const { low, high, mean } = spread.interval;
  const [from, to] = [Math.max(0, x(low)), Math.min(inner, x(high))];
  const row = height + intervalRow / 2;
  const ring = (rank: number, className: string): ReactNode =>
    dots[rank] ? <circle className={className} cx={dots[rank].x} cy={height - dots[rank].y} r={radius + 2.5} /> : null;
  const ownX = run ? (dots[own]?.x ?? x(run.value)) : 0;
  return (
    <>
      <path className={styles.ground} d={`M 0 ${height} H ${inner}`} />
      {kind === 'difference' && isInside(0) ? <path className={styles.zero} d={`M ${x(0)} -8 V ${height + intervalRow}`} /> : null}
      {theory !== null && isInside(theory) ? (
        <path className={styles.theoryLine} d={`M ${x(theory)} -8 V ${height + intervalRow}`} />
      ) : null}
      <path className={styles.dots} d={dots.map((dot) => circlePath(dot.x, height - dot.y, radius)).join('')} />
      {run && isInside(run.value) ? (
        <>
          <path className={styles.lead} d={`M ${ownX} -6 V ${own < 0 ? height : height - dots[own].y - radius - 2}`} />
          <path className={styles.pointer} d={`M ${ownX - 4.5} -11 h 9 l -4.5 6 Z`} />
          {ring(own, styles.ring)}
        </>
      ) : null}
      {ring(pointed, styles.pointedRing)}
      <path
        className={styles.interval}
        d={`M ${from} ${row} H ${to} M ${from} ${row - 3} v 6 M ${to} ${row - 3} v 6 M ${x(mean)} ${row - 6} v 12`}
      />
      {hasAxis ? <Axis domain={domain} inner={inner} at={height + intervalRow} unit={unit} x={x} /> : null}
    </>
  );
}

interface AxisProps {
  domain: [number, number];
  inner: number;
  at: number;
  unit: string;
  x: (value: number) => number;
}

function Axis({ domain, inner, at, unit, x }: AxisProps): ReactNode {
  const factor = unit === '%' ? 100 : 1;
  const ticks = roundTicks([domain[0] * factor, domain[1] * factor], Math.max(2, Math.floor(inner / 90)));
  return (
    <g transform={`translate(0 ${at})`}>
      {ticks.map((tick) => (
        <text key={tick} className={styles.tick} x={x(tick / factor)} y={axisRow - 5} textAnchor="middle">
          {formatNumber(tick)}
        </text>
      ))}
    </g>
  );
}
