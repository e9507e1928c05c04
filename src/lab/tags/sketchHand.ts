// How a hand draws a sketch: a stroke of the pointer fills every column that it passes, a key moves one column.

/** Height of each column; null where nothing is drawn yet. */
export type Heights = readonly (number | null)[];

export interface HandAt {
  /** Share of the grid's width and height, from the lower left. */
  across: number;
  up: number;
}

/** A grid of so many steps is fine enough for a hand. */
const steps = 100;
const keySteps: Record<string, number> = { ArrowUp: 5, ArrowRight: 5, ArrowDown: -5, ArrowLeft: -5, PageUp: 20, PageDown: -20 };

/** Room left and right of the columns, as a share of the width. */
const margin = 0.04;

/** Where each column stands, as a share of the grid's width. */
export function columnsAcross(x: readonly number[]): number[] {
  const [first, last] = [x[0], x[x.length - 1]];
  return x.map((value) => margin + ((1 - 2 * margin) * (value - first)) / (last - first));
}

/** The sketch after a stroke from one place to another: straight between them, or one touch where both are the same. */
export function afterStroke(heights: Heights, columns: readonly number[], top: number, from: HandAt, to: HandAt): Heights {
  const touched = nearestColumn(columns, to.across);
  return heights.map((height, index) => {
    if (index === touched) return snapped(to.up, top);
    const between = (columns[index] - from.across) * (columns[index] - to.across) < 0;
    if (!between) return height;
    const share = (columns[index] - from.across) / (to.across - from.across);
    return snapped(from.up + share * (to.up - from.up), top);
  });
}

/** The height after a key, or undefined when the key is not for this. A column without height starts beside its neighbor. */
export function afterKey(heights: Heights, index: number, key: string, top: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return top;
  if (!Object.hasOwn(keySteps, key)) return undefined;
  const start = heights[index] ?? heights.slice(0, index).findLast((height) => height !== null) ?? 0;
  return snapped(start / top + keySteps[key] / steps, top);
}

/** Columns that have no height yet, counted from 0. */
export function missingIn(heights: Heights): number[] {
  return heights.flatMap((height, index) => (height === null ? [index] : []));
}

function nearestColumn(columns: readonly number[], across: number): number {
  let nearest = 0;
  for (const [index, column] of columns.entries()) if (Math.abs(column - across) < Math.abs(columns[nearest] - across)) nearest = index;
  return nearest;
}

function snapped(share: number, top: number): number {
  const height = (Math.round(Math.min(1, Math.max(0, share)) * steps) / steps) * top;
  // 0.1 + 0.2 is nothing to show to a reader.
  return Number(height.toPrecision(6));
}
