// Where the dots stand: one for each run, put on top of each other where values are alike, as large as the room allows.

interface Room {
  width: number;
  height: number;
}

interface Dot {
  x: number;
  /** From the bottom up. */
  y: number;
}

export interface Stacks {
  diameter: number;
  /** In the order of the values. */
  dots: Dot[];
}

const [largest, smallest, finer] = [11, 3, 0.5];

/** `values` lie in `domain`, whose ends are the ends of the room. */
export function stackDots(values: readonly number[], [from, to]: readonly [number, number], room: Room): Stacks {
  for (let diameter = largest; ; diameter -= finer) {
    const columns = Math.max(1, Math.floor(room.width / diameter));
    const places = values.map((value) => columnOf(value, from, to, columns));
    const highest = Math.max(1, ...countsOf(places, columns));
    const fits = highest * diameter <= room.height;
    if (!fits && diameter > smallest) continue;
    // Where even the smallest do not fit, they overlap.
    const rise = fits ? diameter : Math.max(0, (room.height - diameter) / Math.max(1, highest - 1));
    const heights = new Array<number>(columns).fill(0);
    const dots = places.map((column) => ({
      x: ((column + 0.5) * room.width) / columns,
      y: diameter / 2 + heights[column]++ * rise,
    }));
    return { diameter, dots };
  }
}

function columnOf(value: number, from: number, to: number, columns: number): number {
  const share = to > from ? (value - from) / (to - from) : 0.5;
  return Math.min(columns - 1, Math.max(0, Math.floor(share * columns)));
}

function countsOf(places: readonly number[], columns: number): number[] {
  const counts = new Array<number>(columns).fill(0);
  for (const place of places) counts[place]++;
  return counts;
}

/** Index of the dot nearest to a point (y from the bottom up), or -1 when none is within `reach`. */
export function nearestDot(dots: readonly Dot[], x: number, y: number, reach: number): number {
  let [best, bestSquare] = [-1, reach * reach];
  for (const [index, dot] of dots.entries()) {
    const square = (dot.x - x) * (dot.x - x) + (dot.y - y) * (dot.y - y);
    if (square <= bestSquare) [best, bestSquare] = [index, square];
  }
  return best;
}

/** Ends of the axis: all values, with a little air. `extras` (theory, zero) are taken in unless they would squeeze the rest. */
export function domainOf(values: readonly number[], extras: readonly number[] = []): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const span = high - low;
  for (const extra of extras) {
    if (span === 0 || (extra >= low - span && extra <= high + span)) [low, high] = [Math.min(low, extra), Math.max(high, extra)];
  }
  const air = high > low ? (high - low) * 0.04 : Math.max(Math.abs(low) * 0.1, 1e-3);
  return [low - air, high + air];
}

/** A piece of an SVG path: many dots in one element. */
export function circlePath(x: number, y: number, radius: number): string {
  const [r, width] = [radius.toFixed(2), (2 * radius).toFixed(2)];
  return `M${(x - radius).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${width} 0a${r} ${r} 0 1 0 -${width} 0`;
}
