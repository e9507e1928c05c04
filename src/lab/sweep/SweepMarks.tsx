// The drawing: axes; a band, a line and marks for each side; the closed form; the run on screen; the point that is looked at.

import { type ReactNode, useId } from 'react';
import { isNumeric, type SweptParameter } from '../../experiments/definition/sweep';
import type { SideName } from '../session/state';
import { type CurvePoint, joined, sidesOf, type TheoryPoint } from './curve';
import { endsOf, type PlotLayout } from './layout';
import type { Band } from './pointWords';
import type { OnScreen } from './SweepFindings';
import styles from './sweep.module.css';

export function SweepAxes({ layout, parameter }: { layout: PlotLayout; parameter: SweptParameter }): ReactNode {
  const { left, right, bottom, x, y, xMarks, yMarks, isSlanted, slantAngle } = layout;
  return (
    <>
      {yMarks.map(({ at, text }) => (
        <g key={text}>
          <path className={styles.grid} d={`M ${left} ${y(at)} H ${right}`} />
          <text className={styles.tick} x={left - 6} y={y(at) + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      <path className={styles.ground} d={`M ${left} ${bottom} H ${right}`} />
      {xMarks.map(({ value, text }) => (
        <g key={text} transform={`translate(${x(value)} ${bottom})`}>
          {isNumeric(parameter) ? <path className={styles.ground} d="M 0 0 v 4" /> : null}
          <text
            className={isSlanted ? styles.word : styles.tick}
            x={0}
            y={isSlanted ? 10 : 17}
            textAnchor={isSlanted ? 'end' : 'middle'}
            transform={isSlanted ? `rotate(${-slantAngle} 0 10)` : undefined}
          >
            {text}
          </text>
        </g>
      ))}
    </>
  );
}

interface SweepMarksProps {
  layout: PlotLayout;
  parameter: SweptParameter;
  theories: TheoryPoint[][];
  onScreen: OnScreen[];
  band: Band;
  at: CurvePoint | null;
  side: SideName;
}

export function SweepMarks(props: SweepMarksProps): ReactNode {
  const { layout, parameter, theories, onScreen, at, side } = props;
  const clipId = useId();
  const { left, right, top, bottom, pointsInside } = layout;
  const isPair = pointsInside.some(({ b }) => b !== null);
  const apart = isNumeric(parameter) || !isPair ? 0 : 7;
  const shift = (one: SideName): number => (one === 'a' ? -apart : apart);
  return (
    <>
      <clipPath id={clipId}>
        <path d={`M ${left} ${top - 8} H ${right} V ${bottom + 1} H ${left} Z`} />
      </clipPath>
      {at && pointsInside.includes(at) ? <path className={styles.look} d={`M ${layout.x(at.value)} ${top} V ${bottom}`} /> : null}
      <g clipPath={`url(#${clipId})`}>
        {theories.map((line, index) => (
          <Theory
            key={index === 0 ? 'first' : 'second'}
            line={line}
            layout={layout}
            isNumeric={isNumeric(parameter)}
            isSecond={index > 0}
          />
        ))}
        {isPair ? <SideCurve {...props} side="b" shift={shift('b')} /> : null}
        <SideCurve {...props} side="a" shift={shift('a')} />
      </g>
      <Oddities layout={layout} />
      {onScreen.map((run) => (
        <Pointer key={run.side} run={run} layout={layout} shift={shift(run.side)} />
      ))}
      {at ? <Looked at={at} side={side} layout={layout} shift={shift(side)} /> : null}
    </>
  );
}

function SideCurve({ layout, parameter, band, side, shift }: SweepMarksProps & { shift: number }): ReactNode {
  const { x, y, pointsInside } = layout;
  const pieces = joined(pointsInside, side);
  const known = pieces.flat();
  const px = (point: CurvePoint): number => round(x(point.value) + shift);
  const mean = (point: CurvePoint): number => round(y(point[side]?.estimate?.mean ?? 0));
  const ends = (point: CurvePoint): [number, number] | null => {
    const estimate = point[side]?.estimate;
    const found = estimate ? endsOf(estimate, band) : null;
    return found ? [round(y(found.low)), round(y(found.high))] : null;
  };
  const isLine = isNumeric(parameter);
  return (
    <g data-side={side}>
      {isLine
        ? pieces.map((piece) => <path key={px(piece[0])} className={styles.band} d={bandPath(piece, px, ends)} />)
        : known.map((point) => <path key={px(point)} className={styles.whisker} d={whiskerPath(px(point), ends(point))} />)}
      {isLine
        ? pieces.map((piece) => (
            <path key={px(piece[0])} className={styles.line} d={`M ${piece.map((point) => `${px(point)} ${mean(point)}`).join(' L ')}`} />
          ))
        : null}
      {/* B is larger: where both are the same, it is a ring around A. */}
      {known.map((point) => (
        <circle key={px(point)} className={styles.mark} cx={px(point)} cy={mean(point)} r={side === 'b' ? 5 : 3.75} />
      ))}
    </g>
  );
}

function bandPath(piece: CurvePoint[], px: (point: CurvePoint) => number, ends: (point: CurvePoint) => [number, number] | null): string {
  const banded = piece.flatMap((point) => {
    const found = ends(point);
    return found ? [{ at: px(point), low: found[0], high: found[1] }] : [];
  });
  if (banded.length === 1) return whiskerPath(banded[0].at, [banded[0].low, banded[0].high]);
  const upper = banded.map(({ at, high }) => `${at} ${high}`);
  const lower = banded.map(({ at, low }) => `${at} ${low}`).reverse();
  return banded.length === 0 ? '' : `M ${[...upper, ...lower].join(' L ')} Z`;
}

function whiskerPath(at: number, ends: [number, number] | null): string {
  return ends ? `M ${at - 4} ${ends[0]} h 8 M ${at - 4} ${ends[1]} h 8 M ${at} ${ends[0]} V ${ends[1]}` : '';
}

interface TheoryProps {
  line: TheoryPoint[];
  layout: PlotLayout;
  isNumeric: boolean;
  isSecond: boolean;
}

function Theory({ line, layout: { x, y, bottom, top }, isNumeric: isLine, isSecond }: TheoryProps): ReactNode {
  // Far outside, where it is cut off anyway, so that no number gets too large to draw.
  const within = (value: number): number => Math.min(bottom + 2000, Math.max(top - 2000, y(value)));
  let d = '';
  let isDown = false;
  for (const { value, y: height } of line) {
    if (height === null) isDown = false;
    else {
      const at = round(x(value));
      d += isLine ? `${isDown ? 'L' : 'M'} ${at} ${round(within(height))} ` : `M ${at - 17} ${round(within(height))} h 34 `;
      isDown = true;
    }
  }
  return <path className={styles.theory} data-second={isSecond ? '' : undefined} d={d} />;
}

/** Points that were changed so that they could run, and those that could not. */
function Oddities({ layout: { x, bottom, pointsInside } }: { layout: PlotLayout }): ReactNode {
  const odd = pointsInside.filter((point) => sidesOf(point).some(([, { point: own }]) => own.changes.length > 0));
  return odd.map((point) => {
    const at = round(x(point.value));
    const isOut = sidesOf(point).some(([, { point: own }]) => !own.isPossible);
    const d = isOut ? `M ${at - 4} ${bottom - 11} l 8 8 m 0 -8 l -8 8` : `M ${at} ${bottom - 11} l 5 8 h -10 Z`;
    return <path key={at} className={styles.odd} d={d} />;
  });
}

function Pointer({ run, layout, shift }: { run: OnScreen; layout: PlotLayout; shift: number }): ReactNode {
  const { left, right, top, bottom, x, y } = layout;
  const [at, height] = [round(x(run.value) + shift), round(y(run.y))];
  // NaN, too: a value that a logarithmic axis does not have.
  if (!(at >= left && at <= right)) return null;
  const isInView = height >= top - 8 && height <= bottom + 1;
  return (
    <g data-side={run.side} data-part="sweep-now">
      <path className={styles.lead} d={`M ${at} ${top - 6} V ${isInView ? height - 6 : bottom}`} />
      <path className={styles.pointer} d={`M ${at - 4.5} ${top - 13} h 9 l -4.5 7 Z`} />
      {isInView ? <circle className={styles.ring} cx={at} cy={height} r={6} /> : null}
    </g>
  );
}

function Looked({ at, side, layout, shift }: { at: CurvePoint; side: SideName; layout: PlotLayout; shift: number }): ReactNode {
  const estimate = at[side]?.estimate;
  if (!estimate || !layout.pointsInside.includes(at)) return null;
  return <circle className={styles.looked} cx={round(layout.x(at.value) + shift)} cy={round(layout.y(estimate.mean))} r={7} />;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
