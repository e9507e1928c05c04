// One chart's data for both sides, made ready for drawing: rows of values, and how each line looks. Framework-free.

import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import type { ChartData } from '../../experiments/definition/result';

export interface ChartLine {
  key: string;
  label: string;
  /** CSS color of the token. */
  color: string;
  /** SVG dash pattern; undefined is solid. */
  dash?: string;
  width: number;
  /** Hollow bars and marks: side B. */
  isHollow: boolean;
  /** A few lone points, which a line would not show. */
  isSparse: boolean;
}

export interface ChartRows {
  kind: ChartData['type'];
  rows: Record<string, number | string | null>[];
  lines: ChartLine[];
}

const colorsOfA = ['var(--slice-tomato)', 'var(--slice-crust)', 'var(--slice-char)'];
const dashesOfB = ['1.5 3', '5 3', '8 3 1.5 3'];

/** Shares become percent here, once: axes, tooltips and tables then show plain numbers with their unit. */
export function scaleOf(unit: string): number {
  return unit === '%' ? 100 : 1;
}

export function chartRows(definition: ChartDefinition, a: ChartData, b: ChartData | null): ChartRows {
  const rows = new Map<number | string, Record<string, number | string | null>>();
  const lines: ChartLine[] = [];
  addSide(definition, a, '', rows, lines);
  if (b) addSide(definition, b, 'b.', rows, lines);
  const sorted = [...rows.values()];
  if (a.type === 'lines') sorted.sort((first, second) => Number(first.x) - Number(second.x));
  return { kind: a.type, rows: sorted, lines };
}

function addSide(
  definition: ChartDefinition,
  data: ChartData,
  prefix: string,
  rows: Map<number | string, Record<string, number | string | null>>,
  lines: ChartLine[],
): void {
  const xs: (number | string)[] = data.type === 'lines' ? data.x.map((x) => x * scaleOf(definition.x.unit)) : data.categories;
  const series = data.type === 'lines' ? data.lines : data.bars;
  series.forEach(({ key, values }, index) => {
    const words = definition.series[key];
    if (prefix !== '' && words?.theory) return;
    const name = prefix + key;
    lines.push(lookOf(name, words?.label ?? key, index, words?.theory === true, prefix !== '', values));
    values.forEach((value, at) => {
      const x = xs[at];
      const row = rows.get(x) ?? { x };
      row[name] = value === null ? null : value * scaleOf(definition.y.unit);
      rows.set(x, row);
    });
  });
}

function lookOf(key: string, label: string, index: number, isTheory: boolean, isB: boolean, values: (number | null)[]): ChartLine {
  const isSparse = values.reduce<number>((count, value) => (value === null ? count : count + 1), 0) <= 3 && values.length > 3;
  if (isTheory) return { key, label, color: 'var(--slice-blueprint)', dash: '6 4', width: 2, isHollow: false, isSparse: false };
  if (isB)
    return {
      key,
      label: `B: ${label}`,
      color: 'var(--slice-plum)',
      dash: dashesOfB[index % dashesOfB.length],
      width: 2,
      isHollow: true,
      isSparse,
    };
  return { key, label, color: colorsOfA[index % colorsOfA.length], width: 2, isHollow: false, isSparse };
}
