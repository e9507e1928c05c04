// What a chart shows, ready to draw: rows with a value for each series of each side, in the units that are written on the axes.

import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber, unitName } from '../../experiments/definition/number';
import type { BarData, ChartData, LineData } from '../../experiments/definition/result';

type Side = 'a' | 'b';

/** One line or one set of bars. */
export interface Series {
  /** Name of its column in the rows. */
  id: string;
  label: string;
  side: Side;
  /** Among the measured series of its side: decides tone and mark. -1: theory. */
  rank: number;
}

/** `x` is a number for lines, a category for bars. */
export type Row = { x: number | string } & Record<string, number | string | null>;

export interface ChartModel {
  type: 'lines' | 'bars';
  series: Series[];
  rows: Row[];
  /** For lines: ends of the x axis. */
  domain: [number, number];
  /** Rows of the two sides lie at different x: gaps are bridged. */
  isBridged: boolean;
  /** Where side B leaves side A, in the unit of the x axis. */
  forkX?: number;
}

const unitMs: Record<string, number> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Simulated ms in one unit of the x axis of a chart that follows the clock. */
function msPerUnit({ x }: ChartDefinition): number {
  return unitMs[x.unit] ?? 1000;
}

/** @param forkMs up to when both sides are one: side B is drawn from there, in a chart that follows the clock */
export function modelOf(
  definition: ChartDefinition,
  a: ChartData,
  b: ChartData | undefined,
  horizonMs: number,
  forkMs: number | null = null,
): ChartModel {
  if (a.type === 'bars') return barModel(definition, a, b?.type === 'bars' ? b : undefined);
  const second = b?.type === 'lines' ? b : undefined;
  if (!second || forkMs === null || definition.followsClock !== true) return lineModel(definition, a, second, horizonMs);
  const forkX = forkMs / msPerUnit(definition);
  return { ...lineModel(definition, a, fromFork(a, second, forkX), horizonMs), forkX };
}

/** Side B's lines without what they have in common with side A's, but for the last point of it: there they branch off. */
function fromFork(a: LineData, b: LineData, forkX: number): LineData {
  let start = b.x.findLastIndex((x) => x < forkX);
  const differs = (at: number): boolean =>
    b.lines.some(({ values }, line) => a.x[at] !== b.x[at] || a.lines[line]?.values[at] !== values[at]);
  while (start > 0 && differs(start)) start--;
  if (start <= 0) return b;
  return { ...b, lines: b.lines.map((line) => ({ ...line, values: line.values.map((value, at) => (at < start ? null : value)) })) };
}

/** Two sets of bars that do not stand over the same categories are two charts. */
export function sharesCategories(a: ChartData, b: ChartData | undefined): boolean {
  if (a.type !== 'bars' || b?.type !== 'bars') return true;
  return a.categories.length === b.categories.length && a.categories.every((category, index) => category === b.categories[index]);
}

function lineModel(definition: ChartDefinition, a: LineData, b: LineData | undefined, horizonMs: number): ChartModel {
  const factor = definition.x.unit === '%' ? 100 : 1;
  const sides: [Side, LineData][] = b
    ? [
        ['a', a],
        ['b', b],
      ]
    : [['a', a]];
  const series = sides.flatMap(([side, { lines }]) =>
    seriesOf(
      definition,
      lines.map(({ key }) => key),
      side,
      b !== undefined,
    ),
  );
  const rowsAt = new Map<number, Row>();
  for (const [side, { x, lines }] of sides) {
    x.forEach((at, index) => {
      const row = rowsAt.get(at) ?? { x: at * factor };
      rowsAt.set(at, row);
      for (const { key, values } of lines) {
        if (isDrawn(definition, key, side)) row[`${side} ${key}`] = shown(values[index], definition.y.unit);
      }
    });
  }
  const rows = [...rowsAt.values()].sort((left, right) => Number(left.x) - Number(right.x));
  const last = rows.length > 0 ? Number(rows[rows.length - 1].x) : 1;
  const first = rows.length > 0 ? Number(rows[0].x) : 0;
  const domain: [number, number] = definition.followsClock ? [0, horizonMs / msPerUnit(definition)] : [Math.min(0, first), last];
  return { type: 'lines', series, rows, domain, isBridged: b !== undefined && rows.length > a.x.length };
}

function barModel(definition: ChartDefinition, a: BarData, b: BarData | undefined): ChartModel {
  const sides: [Side, BarData][] = b
    ? [
        ['a', a],
        ['b', b],
      ]
    : [['a', a]];
  const series = sides.flatMap(([side, { bars }]) =>
    seriesOf(
      definition,
      bars.map(({ key }) => key),
      side,
      b !== undefined,
    ),
  );
  const rows = a.categories.map((category, index) => {
    const row: Row = { x: category };
    for (const [side, { bars }] of sides) {
      for (const { key, values } of bars)
        if (isDrawn(definition, key, side)) row[`${side} ${key}`] = shown(values[index], definition.y.unit);
    }
    return row;
  });
  return { type: 'bars', series, rows, domain: [0, 1], isBridged: false };
}

function seriesOf(definition: ChartDefinition, keys: string[], side: Side, isPair: boolean): Series[] {
  let rank = 0;
  return keys
    .filter((key) => isDrawn(definition, key, side))
    .map((key) => {
      const words = definition.series[key];
      const label = words?.label ?? key;
      return {
        id: `${side} ${key}`,
        label: isPair && !words?.theory ? `${side.toUpperCase()}: ${label}` : label,
        side,
        rank: words?.theory ? -1 : rank++,
      };
    });
}

/** Theory is drawn once, for side A. */
function isDrawn(definition: ChartDefinition, key: string, side: Side): boolean {
  return side === 'a' || definition.series[key]?.theory !== true;
}

function shown(value: number | null | undefined, unit: string): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return unit === '%' ? value * 100 : value;
}

/** A value as it stands in the rows, with its unit. */
export function withUnit(value: number | string | null | undefined, unit: string): string {
  if (typeof value === 'string') return unit ? `${value} ${unitName(unit)}` : value;
  const text = formatNumber(value);
  return unit && text !== '–' ? `${text} ${unitName(unit)}` : text;
}

/** "response time (ms)" */
export function axisName({ label, unit }: { label: string; unit: string }): string {
  return unit ? `${label} (${unitName(unit)})` : label;
}

/** Round numbers from one end to the other, about `count` of them. */
export function roundTicks([from, to]: readonly [number, number], count: number): number[] {
  const raw = (to - from) / Math.max(1, count);
  if (!(raw > 0)) return [from];
  let unit = 1;
  while (unit * 10 <= raw) unit *= 10;
  while (unit > raw) unit /= 10;
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((one) => one >= raw * 0.999) ?? 10 * unit;
  const ticks: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index++)
    ticks.push(Math.round(index * step * 1e9) / 1e9 + 0);
  return ticks;
}
