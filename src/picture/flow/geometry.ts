// Points, boxes and curves, with + − × ÷ and √ only, so that a picture is the same in every browser.

export interface Point {
  x: number;
  y: number;
}
export interface Rect extends Point {
  width: number;
  height: number;
}
/** A cubic Bézier curve; a straight piece has its control points on the line. */
export interface Curve {
  from: Point;
  c1: Point;
  c2: Point;
  to: Point;
  length: number;
}

export function straight(from: Point, to: Point): Curve {
  const c1 = { x: from.x + (to.x - from.x) / 3, y: from.y + (to.y - from.y) / 3 };
  const c2 = { x: from.x + ((to.x - from.x) * 2) / 3, y: from.y + ((to.y - from.y) * 2) / 3 };
  return { from, c1, c2, to, length: distance(from, to) };
}

/** Leaves and arrives along the axis of the flow. */
export function bend(from: Point, to: Point, isVertical: boolean): Curve {
  const c1 = isVertical ? { x: from.x, y: (from.y + to.y) / 2 } : { x: (from.x + to.x) / 2, y: from.y };
  const c2 = isVertical ? { x: to.x, y: (from.y + to.y) / 2 } : { x: (from.x + to.x) / 2, y: to.y };
  const chord = distance(from, to);
  const frame = distance(from, c1) + distance(c1, c2) + distance(c2, to);
  return { from, c1, c2, to, length: (chord + frame) / 2 };
}

export function reversed({ from, c1, c2, to, length }: Curve): Curve {
  return { from: to, c1: c2, c2: c1, to: from, length };
}

export function pointOn({ from, c1, c2, to }: Curve, share: number): Point {
  const rest = 1 - share;
  const a = rest * rest * rest;
  const b = 3 * rest * rest * share;
  const c = 3 * rest * share * share;
  const d = share * share * share;
  return { x: a * from.x + b * c1.x + c * c2.x + d * to.x, y: a * from.y + b * c1.y + c * c2.y + d * to.y };
}

export function curvePath({ from, c1, c2, to }: Curve): string {
  return `M ${short(from.x)} ${short(from.y)} C ${short(c1.x)} ${short(c1.y)} ${short(c2.x)} ${short(c2.y)} ${short(to.x)} ${short(to.y)}`;
}

/** Slanted lines across a box: something that is out of order. */
export function hatchPath({ x, y, width, height }: Rect, gap: number): string {
  const pieces: string[] = [];
  for (let offset = gap; offset < width + height; offset += gap) {
    const x1 = Math.min(offset, width);
    const y1 = offset - x1;
    const y2 = Math.min(offset, height);
    const x2 = offset - y2;
    pieces.push(`M ${short(x + x1)} ${short(y + y1)} L ${short(x + x2)} ${short(y + y2)}`);
  }
  return pieces.join(' ');
}

export function distance(a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return Math.sqrt(dx * dx + dy * dy);
}

export function centerOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Two decimals are finer than any screen. */
function short(value: number): number {
  return Math.round(value * 100) / 100;
}
