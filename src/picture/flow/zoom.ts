// The same shape, larger: a system of few parts fills its picture.

import type { Shape } from '../shapes';

export function zoomed(shape: Shape, factor: number): Shape {
  const painted = shape.strokeWidth === undefined ? shape : { ...shape, strokeWidth: shape.strokeWidth * factor };
  switch (painted.type) {
    case 'rectangle':
      return {
        ...painted,
        x: painted.x * factor,
        y: painted.y * factor,
        width: painted.width * factor,
        height: painted.height * factor,
        radius: (painted.radius ?? 0) * factor,
      };
    case 'circle':
    case 'cross':
    case 'triangle':
      return { ...painted, x: painted.x * factor, y: painted.y * factor, radius: painted.radius * factor };
    case 'line':
      return { ...painted, x1: painted.x1 * factor, y1: painted.y1 * factor, x2: painted.x2 * factor, y2: painted.y2 * factor };
    case 'path':
      return { ...painted, d: painted.d.replace(/-?\d+(\.\d+)?/g, (digits) => String(Math.round(Number(digits) * factor * 100) / 100)) };
    case 'text':
      return { ...painted, x: painted.x * factor, y: painted.y * factor, size: painted.size * factor };
  }
}
