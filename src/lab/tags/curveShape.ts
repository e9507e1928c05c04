// The shape of a curve in words: which way it goes, and where it bends. Scale does not matter, so that a reader who drew the right
// shape at the wrong height hears so.

type Way = 'flat' | 'rising' | 'falling' | 'peak' | 'dip';

export interface Shape {
  way: Way;
  /** Where it turns or bends most, as an index; -1 where it goes evenly. */
  at: number;
  /** Of a curve that rises or falls: little happens first, or little happens last. */
  bend: 'none' | 'late' | 'early';
}

/** Less movement than this share of the grid's height is none. */
const flatShare = 0.06;
/** Back and forth of less than this share of the whole movement is a trembling hand. */
const tremble = 0.2;
/** How far from the straight line, as a share of the height, a bend begins. */
const bendShare = 0.18;

export function shapeOf(x: readonly number[], y: readonly number[], top: number): Shape {
  const last = y.length - 1;
  const low = Math.min(...y);
  const high = Math.max(...y);
  if (high - low < flatShare * top) return { way: 'flat', at: -1, bend: 'none' };
  let up = 0;
  let down = 0;
  for (let index = 1; index <= last; index++) {
    const step = y[index] - y[index - 1];
    if (step > 0) up += step;
    else down -= step;
  }
  if (down <= tremble * up) return { way: 'rising', ...bendOf(x, y) };
  if (up <= tremble * down) return { way: 'falling', ...bendOf(x, y) };
  const peak = y.indexOf(high);
  const isPeak = Math.min(high - y[0], high - y[last]) >= Math.min(y[0] - low, y[last] - low);
  return { way: isPeak ? 'peak' : 'dip', at: isPeak ? peak : y.indexOf(low), bend: 'none' };
}

/** The point farthest from the straight line between the ends. */
function bendOf(x: readonly number[], y: readonly number[]): Omit<Shape, 'way'> {
  const last = y.length - 1;
  const acrossAll = x[last] - x[0];
  const upAll = y[last] - y[0];
  let at = -1;
  let most = 0;
  for (let index = 1; index < last; index++) {
    const passed = (y[index] - y[0]) / upAll;
    const expected = (x[index] - x[0]) / acrossAll;
    if (Math.abs(expected - passed) <= Math.abs(most)) continue;
    most = expected - passed;
    at = index;
  }
  if (Math.abs(most) < bendShare) return { at: -1, bend: 'none' };
  return { at, bend: most > 0 ? 'late' : 'early' };
}

/** Whether two curves have the same shape, a bend two columns apart included. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.way === b.way && a.bend === b.bend && (a.at < 0 || b.at < 0 || Math.abs(a.at - b.at) <= 2);
}
