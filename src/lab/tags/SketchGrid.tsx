// The grid on which a curve is drawn. Each column is a slider; a stroke of the pointer fills the columns that it passes. Once the
// reader has committed, the computed curve lies over the sketch: solid and filled, the reader's dotted and hollow.

import { translate } from '@docusaurus/Translate';
import { type CSSProperties, type PointerEvent, type ReactNode, type RefObject, useRef } from 'react';
import { formatNumber, formatShort, unitAfter } from '../../experiments/definition/number';
import type { SketchAnswer } from '../../experiments/definition/twin';
import styles from './sketch.module.css';
import { afterKey, afterStroke, columnsAcross, type HandAt, type Heights } from './sketchHand';

interface SketchGridProps {
  answer: SketchAnswer;
  heights: Heights;
  /** The answer is given: nothing moves, and the computed curve is shown. */
  locked: boolean;
  alive: boolean;
  firstField: RefObject<HTMLElement | null>;
  onDraw: (heights: Heights) => void;
}

export function SketchGrid({ answer, heights, locked, alive, firstField, onDraw }: SketchGridProps): ReactNode {
  const { points, x, y } = answer;
  const columns = columnsAcross(points.map((point) => point.x));
  const hand = useHand(columns, heights, y.top, onDraw);
  const truth = points.map((point) => point.y);
  return (
    <div className={styles.sketch} data-own-keys="" data-sketch={locked ? 'locked' : 'open'}>
      <p className={styles.yTitle}>{titleOf(y)}</p>
      <div className={styles.yTicks} aria-hidden="true">
        {[1, 0.75, 0.5, 0.25, 0].map((share) => (
          <span key={share} style={{ insetBlockEnd: `${share * 100}%` }}>
            {formatShort(share * y.top)}
          </span>
        ))}
      </div>
      <div className={styles.box} {...(alive && !locked ? hand : {})} data-drawable={alive && !locked ? '' : undefined}>
        <Lines columns={columns} heights={heights} truth={locked ? truth : null} top={y.top} />
        {locked
          ? truth.map((height, index) => (
              <span key={points[index].x} className={styles.truthDot} style={spot(columns[index], height, y.top)} />
            ))
          : null}
        {points.map((point, index) =>
          locked ? (
            <span key={point.x} className={styles.dot} style={spot(columns[index], heights[index] ?? 0, y.top)} />
          ) : (
            <ColumnSlider
              key={point.x}
              ref={index === 0 ? firstField : undefined}
              label={`${x.label} ${formatShort(point.x)}${unitAfter(x.unit)}`}
              unit={y.unit}
              height={heights[index]}
              top={y.top}
              alive={alive}
              style={spot(columns[index], heights[index] ?? 0, y.top)}
              onKey={(key) => {
                const height = afterKey(heights, index, key, y.top);
                if (height === undefined) return false;
                onDraw(heights.map((old, other) => (other === index ? height : old)));
                return true;
              }}
            />
          ),
        )}
        {locked ? null : <p className={styles.hint}>{hintFor(heights)}</p>}
      </div>
      <div className={styles.xTicks} aria-hidden="true">
        {points.map((point, index) => (
          <span key={point.x} style={{ insetInlineStart: `${columns[index] * 100}%` }}>
            {formatShort(point.x)}
          </span>
        ))}
      </div>
      <p className={styles.xTitle}>{titleOf(x)}</p>
      {locked ? <Legend /> : null}
    </div>
  );
}

export function titleOf({ label, unit }: { label: string; unit: string }): string {
  return unit === '' ? label : `${label}, ${unit}`;
}

function hintFor(heights: Heights): string {
  if (heights.some((height) => height !== null)) return '';
  return translate({ id: 'lab.tags.drawHere', message: 'Draw your curve here, from left to right.' });
}

function spot(column: number, height: number, top: number): CSSProperties {
  return { insetInlineStart: `${column * 100}%`, insetBlockEnd: `${Math.min(1, height / top) * 100}%` };
}

function Legend(): ReactNode {
  return (
    <p className={styles.legend}>
      <span className={styles.yours}>{translate({ id: 'lab.tags.yourSketch', message: 'your sketch' })}</span>
      <span className={styles.computed}>{translate({ id: 'lab.tags.theExperiment', message: 'the experiment' })}</span>
    </p>
  );
}

interface LinesProps {
  columns: readonly number[];
  heights: Heights;
  truth: readonly number[] | null;
  top: number;
}

/** In a box of 100 by 100 that is stretched to its place; strokes keep their width. */
function Lines({ columns, heights, truth, top }: LinesProps): ReactNode {
  const path = (values: Heights): string =>
    values.flatMap((height, index) => (height === null ? [] : [`${columns[index] * 100},${100 - (height / top) * 100}`])).join(' ');
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {[0, 25, 50, 75, 100].map((level) => (
        <line key={level} className={styles.level} x1="0" x2="100" y1={level} y2={level} />
      ))}
      {columns.map((column) => (
        <line key={column} className={styles.column} x1={column * 100} x2={column * 100} y1="0" y2="100" />
      ))}
      {truth ? <polyline className={styles.truth} points={path(truth)} /> : null}
      <polyline className={styles.drawn} points={path(heights)} />
    </svg>
  );
}

interface ColumnSliderProps {
  ref: RefObject<HTMLElement | null> | undefined;
  label: string;
  unit: string;
  height: number | null;
  top: number;
  alive: boolean;
  style: CSSProperties;
  /** Whether the key was for it. */
  onKey: (key: string) => boolean;
}

function ColumnSlider({ ref, label, unit, height, top, alive, style, onKey }: ColumnSliderProps): ReactNode {
  return (
    <div
      ref={ref as RefObject<HTMLDivElement | null> | undefined}
      role="slider"
      tabIndex={alive ? 0 : -1}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={top}
      aria-valuenow={height ?? 0}
      aria-valuetext={
        height === null ? translate({ id: 'lab.tags.notDrawn', message: 'not drawn yet' }) : formatNumber(height) + unitAfter(unit)
      }
      aria-disabled={alive ? undefined : true}
      className={styles.handle}
      data-empty={height === null ? '' : undefined}
      style={style}
      onKeyDown={(event) => {
        if (!event.metaKey && !event.ctrlKey && !event.altKey && onKey(event.key)) event.preventDefault();
      }}
    />
  );
}

type PointerHandlers = Pick<React.DOMAttributes<HTMLDivElement>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'>;

/** A stroke: from where the pointer went down, through where it moves, until it goes up. */
function useHand(columns: readonly number[], heights: Heights, top: number, onDraw: (heights: Heights) => void): PointerHandlers {
  const last = useRef<HandAt | null>(null);
  const latest = useRef(heights);
  latest.current = heights;
  const stroke = (event: PointerEvent<HTMLDivElement>, from: HandAt | null): void => {
    const { left, bottom, width, height } = event.currentTarget.getBoundingClientRect();
    const to = { across: (event.clientX - left) / width, up: (bottom - event.clientY) / height };
    latest.current = afterStroke(latest.current, columns, top, from ?? to, to);
    last.current = to;
    onDraw(latest.current);
  };
  const stop = (): void => {
    last.current = null;
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      stroke(event, null);
    },
    onPointerMove: (event) => {
      if (last.current) stroke(event, last.current);
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
