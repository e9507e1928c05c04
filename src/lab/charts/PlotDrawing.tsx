// The inside of a plot as plain SVG: axes, lines or bars, and the numbers of the place under the pointer. All around it (legend,
// words, cursor, table) is the chart's.

import { type PointerEvent, type ReactNode, useState } from 'react';
import { type ChartModel, type Row, roundTicks, withUnit } from './chartModel';
import styles from './charts.module.css';
import { barPaint, colorOf, dashOf, Mark, Sample } from './marks';
import { plot as edges } from './plot';
import { acrossOf, barPlace, heightOf, heightTicks, isMarked, lineThrough, namesEvery, type Plot, pointsOf } from './plotting';

interface PlotDrawingProps {
  model: ChartModel;
  xUnit: string;
  yUnit: string;
  width: number;
  height: number;
}

/** Half of the widest number that may stand at the right end of the x axis without being moved. */
const halfName = 14;

export function PlotDrawing({ model, xUnit, yUnit, width, height }: PlotDrawingProps): ReactNode {
  const [pointed, setPointed] = useState<number | null>(null);
  const ticks = heightTicks(model, 4);
  const plot: Plot = {
    left: edges.left,
    right: Math.max(edges.left + 1, width - edges.right),
    top: edges.top,
    bottom: height - edges.bottom,
    highest: ticks[ticks.length - 1],
  };
  const point = ({ currentTarget, clientX }: PointerEvent): void =>
    setPointed(rowAt(model, plot, clientX - currentTarget.getBoundingClientRect().left));
  const row = pointed === null ? undefined : model.rows[pointed];
  return (
    <>
      <svg
        className={styles.drawing}
        width={width}
        height={height}
        aria-hidden="true"
        onPointerDown={point}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        <Heights plot={plot} ticks={ticks} />
        {row && pointed !== null ? <Pointed model={model} plot={plot} index={pointed} /> : null}
        {model.type === 'bars' ? <Bars model={model} plot={plot} /> : <Lines model={model} plot={plot} width={width} />}
      </svg>
      {row && pointed !== null ? <Told row={row} at={middleOf(model, plot, pointed)} {...{ model, xUnit, yUnit, width }} /> : null}
    </>
  );
}

function Heights({ plot, ticks }: { plot: Plot; ticks: readonly number[] }): ReactNode {
  return ticks.map((tick, index) => {
    const y = heightOf(plot, tick);
    return (
      <g key={tick}>
        <line x1={plot.left} x2={plot.right} y1={y} y2={y} stroke={index === 0 ? 'var(--slice-edge)' : 'var(--slice-line)'} />
        <text x={plot.left - 8} y={y + 4} textAnchor="end">
          {withUnit(tick, '')}
        </text>
      </g>
    );
  });
}

function Lines({ model, plot, width }: { model: ChartModel; plot: Plot; width: number }): ReactNode {
  const { rows, series, domain, isBridged } = model;
  const across = acrossOf(model, plot);
  return (
    <>
      {roundTicks(domain, width < 420 ? 4 : 7).map((tick) => {
        const x = across(tick);
        const name = withUnit(tick, '');
        const isLast = name.length > 3 && x + halfName > plot.right;
        return (
          <text key={tick} x={isLast ? width - 1 : x} y={plot.bottom + 17} textAnchor={isLast ? 'end' : 'middle'}>
            {name}
          </text>
        );
      })}
      {series.map((one, order) => {
        const points = pointsOf(one, rows, plot, across);
        return (
          <g key={one.id}>
            <path
              d={lineThrough(points, isBridged)}
              fill="none"
              stroke={colorOf(one)}
              strokeWidth={one.rank < 0 ? 2 : 2.25}
              strokeDasharray={dashOf(one)}
              strokeLinecap="round"
            />
            {points.map((place, index) =>
              place && isMarked(points, index, order, series.length, isBridged) ? (
                <Mark key={rows[index].x} series={one} x={place.x} y={place.y} />
              ) : null,
            )}
          </g>
        );
      })}
    </>
  );
}

function Bars({ model, plot }: { model: ChartModel; plot: Plot }): ReactNode {
  const every = namesEvery(model, plot);
  return model.rows.map((row, index) => (
    <g key={row.x}>
      {index % every === 0 ? (
        <text x={middleOf(model, plot, index)} y={plot.bottom + 17} textAnchor="middle">
          {row.x}
        </text>
      ) : null}
      {model.series.map((one, order) => {
        const value = row[one.id];
        if (typeof value !== 'number' || !(value > 0)) return null;
        const y = heightOf(plot, value);
        return <rect key={one.id} {...barPlace(model, plot, index, order)} y={y} height={plot.bottom - y} {...barPaint(one)} />;
      })}
    </g>
  ));
}

/** What the pointer is over: a line at a point of the x axis, or a band behind the bars. */
function Pointed({ model, plot, index }: { model: ChartModel; plot: Plot; index: number }): ReactNode {
  const x = middleOf(model, plot, index);
  if (model.type === 'lines')
    return <line x1={x} x2={x} y1={plot.top} y2={plot.bottom} stroke="var(--slice-quiet)" strokeDasharray="2 3" />;
  const step = (plot.right - plot.left) / model.rows.length;
  return <rect x={x - step / 2} y={plot.top} width={step} height={plot.bottom - plot.top} fill="var(--slice-line)" fillOpacity={0.5} />;
}

interface ToldProps extends Pick<PlotDrawingProps, 'model' | 'xUnit' | 'yUnit' | 'width'> {
  row: Row;
  /** Where it is told about, in px from the left. */
  at: number;
}

/** The numbers, on that side of the place where there is more room. */
function Told({ row, at, model, xUnit, yUnit, width }: ToldProps): ReactNode {
  const place = at < width / 2 ? { insetInlineStart: at + 12 } : { insetInlineEnd: width - at + 12 };
  return (
    <div className={styles.tooltip} style={place}>
      <p className={styles.tooltipHead}>{withUnit(row.x, xUnit)}</p>
      {model.series.map((one) => (
        <p key={one.id} className={styles.tooltipRow}>
          <Sample series={one} type={model.type} />
          <span>{one.label}</span>
          <b>{withUnit(row[one.id], yUnit)}</b>
        </p>
      ))}
    </div>
  );
}

function middleOf(model: ChartModel, plot: Plot, index: number): number {
  if (model.type === 'lines') return acrossOf(model, plot)(Number(model.rows[index].x));
  return plot.left + ((index + 0.5) * (plot.right - plot.left)) / model.rows.length;
}

/** Row under the pointer, or nearest to it. */
function rowAt(model: ChartModel, plot: Plot, px: number): number | null {
  const { rows, type } = model;
  if (rows.length === 0 || px < plot.left - 4 || px > plot.right + 4) return null;
  const share = (px - plot.left) / (plot.right - plot.left);
  if (type === 'bars') return Math.min(rows.length - 1, Math.max(0, Math.floor(share * rows.length)));
  let nearest = 0;
  const across = acrossOf(model, plot);
  rows.forEach(({ x }, index) => {
    if (Math.abs(across(Number(x)) - px) < Math.abs(across(Number(rows[nearest].x)) - px)) nearest = index;
  });
  return nearest;
}
