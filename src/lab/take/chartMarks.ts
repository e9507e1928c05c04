// Lines, bars and samples of a chart's series as shapes. Told apart without color, as on screen: filled and solid for side A, hollow and
// dotted for side B, a mark of its own for each of a side; theory is dashed and has none.

import type { ColorName, Shape } from '../../picture/shapes';
import type { ChartModel, Series } from '../charts/chartModel';
import { barPlace, heightOf, isMarked, lineThrough, type Plot, pointsOf } from '../charts/plotting';

const colors = { a: ['tomato', 'text', 'crust'], b: ['plum', 'quiet', 'blueprint'] } as const;
const half = 3.75;

export function lineShapes({ series, rows, isBridged }: ChartModel, plot: Plot, across: (x: number) => number): Shape[] {
  const shapes: Shape[] = [];
  const marks: Shape[] = [];
  series.forEach((one, order) => {
    const points = pointsOf(one, rows, plot, across);
    points.forEach((point, index) => {
      if (point && isMarked(points, index, order, series.length, isBridged)) marks.push(...markShapes(one, point.x, point.y));
    });
    const d = lineThrough(points, isBridged);
    if (d !== '') shapes.push({ type: 'path', d, ...lineLook(one) });
  });
  return [...shapes, ...marks];
}

export function barShapes(model: ChartModel, plot: Plot): Shape[] {
  return model.rows.flatMap((row, index) =>
    model.series.flatMap((one, order): Shape[] => {
      const value = row[one.id];
      if (typeof value !== 'number' || !(value > 0)) return [];
      const y = heightOf(plot, value);
      return [{ type: 'rectangle', ...barPlace(model, plot, index, order), y, height: plot.bottom - y, ...barLook(one) }];
    }),
  );
}

/** For the legend: about 30 wide, around the height `y`. */
export function sampleShapes(series: Series, type: ChartModel['type'], x: number, y: number): Shape[] {
  if (type === 'bars' && series.rank >= 0) return [{ type: 'rectangle', x: x + 4, y: y - 5, width: 22, height: 10, ...barLook(series) }];
  return [{ type: 'line', x1: x, y1: y, x2: x + 30, y2: y, ...lineLook(series) }, ...markShapes(series, x + 15, y)];
}

function markShapes(series: Series, x: number, y: number): Shape[] {
  if (series.rank < 0) return [];
  const stroke = colorOf(series);
  const look = { fill: series.side === 'a' ? stroke : 'raised', stroke, strokeWidth: 1.75 } as const;
  if (series.rank % 3 === 0) return [{ type: 'circle', x, y, radius: half, ...look }];
  if (series.rank % 3 === 1) return [{ type: 'rectangle', x: x - half, y: y - half, width: 2 * half, height: 2 * half, ...look }];
  return [{ type: 'triangle', x, y, radius: half + 1, ...look }];
}

function lineLook(series: Series): { stroke: ColorName; strokeWidth: number; dash?: number[] } {
  const dash = series.rank < 0 ? [8, 5] : series.side === 'b' ? [2, 4] : undefined;
  return { stroke: colorOf(series), strokeWidth: 2.25, ...(dash ? { dash } : {}) };
}

function barLook(series: Series): Pick<Extract<Shape, { type: 'rectangle' }>, 'fill' | 'stroke' | 'strokeWidth' | 'dash' | 'opacity'> {
  const color = colorOf(series);
  if (series.rank < 0) return { stroke: color, strokeWidth: 1.5, dash: [5, 3] };
  if (series.side === 'b') return { fill: 'raised', stroke: color, strokeWidth: 1.5, dash: series.rank % 2 === 0 ? [2, 2] : [7, 3] };
  return { fill: color, opacity: series.rank % 2 === 0 ? 1 : 0.55 };
}

function colorOf({ rank, side }: Series): ColorName {
  return rank < 0 ? 'blueprint' : colors[side][rank % 3];
}
