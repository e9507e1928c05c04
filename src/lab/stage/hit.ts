// What a point of the picture means: the request whose dot is nearest within reach, or else the part of the topmost shape there.

import type { Shape } from '../../picture/shapes';

const tolerance = 6;

export function partAt(shapes: readonly Shape[], x: number, y: number): string | undefined {
  for (let index = shapes.length - 1; index >= 0; index--) {
    const shape = shapes[index];
    if (shape.part !== undefined && covers(shape, x, y)) return shape.part;
  }
  return undefined;
}

/** The nearest dot counts, so that in a crowd one gets what one aims at. */
export function requestAt(shapes: readonly Shape[], x: number, y: number, reachPx: number): number | undefined {
  let request: number | undefined;
  let least = reachPx * reachPx;
  for (const shape of shapes) {
    if (shape.request === undefined || !isDot(shape)) continue;
    const distance = (x - shape.x) * (x - shape.x) + (y - shape.y) * (y - shape.y);
    if (distance > least) continue;
    least = distance;
    request = shape.request;
  }
  return request;
}

export function isDot(shape: Shape): shape is Shape & { type: 'circle' | 'cross' } {
  return shape.type === 'circle' || shape.type === 'cross';
}

function covers(shape: Shape, x: number, y: number): boolean {
  switch (shape.type) {
    case 'rectangle':
      return x >= shape.x - 2 && x <= shape.x + shape.width + 2 && y >= shape.y - 2 && y <= shape.y + shape.height + 2;
    case 'circle':
    case 'cross':
    case 'triangle':
      return Math.abs(x - shape.x) <= shape.radius + tolerance && Math.abs(y - shape.y) <= shape.radius + tolerance;
    default:
      return false;
  }
}
