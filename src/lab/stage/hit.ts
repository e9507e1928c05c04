// Which part a point of the picture belongs to: the topmost shape there that belongs to one, within a finger's tolerance.

import type { Shape } from '../../picture/shapes';

const tolerance = 6;

export function partAt(shapes: readonly Shape[], x: number, y: number): string | undefined {
  for (let index = shapes.length - 1; index >= 0; index--) {
    const shape = shapes[index];
    if (shape.part !== undefined && covers(shape, x, y)) return shape.part;
  }
  return undefined;
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
