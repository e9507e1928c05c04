// Where things lie in a plot: round heights at its left edge, which points of a line get a mark, which names fit below the bars. For the
// chart on screen and for the one that is saved.

import { type ChartModel, type Row, roundTicks, type Series } from './chartModel';

/** A plot's place, in px, and what lies at its edges. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Value at the top edge; 0 is at the bottom. */
  highest: number;
}

interface Point {
  x: number;
  y: number;
}

const marksOnALine = 7;
/** Width of a digit of the axes, at their size. */
const digitWidth = 7.4;

export function heightOf({ top, bottom, highest }: Plot, value: number): number {
  return bottom - (value / highest) * (bottom - top);
}

/** Round heights from 0 to above the highest value, about `count` of them. */
export function heightTicks({ rows, series }: ChartModel, count: number): number[] {
  let highest = 0;
  for (const row of rows) for (const { id } of series) highest = Math.max(highest, Number(row[id] ?? 0));
  if (!(highest > 0)) return [0, 1];
  const ticks = roundTicks([0, highest], count);
  const step = ticks[1] - ticks[0] || highest;
  if (ticks[ticks.length - 1] < highest * 0.999) ticks.push(ticks[ticks.length - 1] + step);
  return ticks;
}

/** From the unit of the x axis to px. */
export function acrossOf({ domain: [from, to] }: ChartModel, { left, right }: Plot): (x: number) => number {
  return (x) => left + ((x - from) / (to - from || 1)) * (right - left);
}

/** The series at each row; nothing where it has no value. */
export function pointsOf({ id }: Series, rows: readonly Row[], plot: Plot, across: (x: number) => number): (Point | null)[] {
  return rows.map((row) => {
    const value = row[id];
    return typeof value === 'number' ? { x: across(Number(row.x)), y: heightOf(plot, value) } : null;
  });
}

/** A line through the points; over gaps only where `isBridged`. Empty without any point. */
export function lineThrough(points: readonly (Point | null)[], isBridged: boolean): string {
  let path = '';
  let isOn = false;
  for (const point of points) {
    if (point) path += `${isOn ? ' L' : `${path === '' ? '' : ' '}M`} ${digits(point.x)} ${digits(point.y)}`;
    isOn = point !== null || (isOn && isBridged);
  }
  return path;
}

/** Now and then, and wherever a value stands alone and would not show as a line. */
export function isMarked(points: readonly unknown[], index: number, order: number, series: number, isBridged: boolean): boolean {
  const hasNeighbor = isBridged
    ? points.some((point, other) => point !== null && other !== index)
    : (points[index - 1] ?? null) !== null || (points[index + 1] ?? null) !== null;
  const every = Math.max(1, Math.round(points.length / marksOnALine));
  return !hasNeighbor || index % every === Math.floor((every * (order + 1)) / (series + 1));
}

/** Wider ones would weigh more than what they say. */
const widestBar = 48;

/** The place of a bar among those of its row. */
export function barPlace({ rows, series }: ChartModel, { left, right }: Plot, row: number, order: number): { x: number; width: number } {
  const step = (right - left) / Math.max(1, rows.length);
  const gap = rows.length > 24 ? 1 : step * 0.18;
  const count = Math.max(1, series.length);
  const width = Math.max(0.5, Math.min(widestBar, (step - gap) / count - 1));
  const inset = Math.max(gap, step - count * (width + 1)) / 2;
  return { x: left + row * step + inset + order * (width + 1), width };
}

/** Of so many rows each is named; the others have no room for it. */
export function namesEvery({ rows }: ChartModel, { left, right }: Plot): number {
  const longest = Math.max(1, ...rows.map(({ x }) => String(x).length));
  return Math.max(1, Math.ceil(((longest + 2) * digitWidth * rows.length) / (right - left)));
}

function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}
