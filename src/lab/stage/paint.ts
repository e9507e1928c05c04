// Shapes on a canvas. Settings of the canvas are only touched when they change: that is most of the cost.

import type { Shape } from '../../picture/shapes';
import type { Paints } from './paints';

const paths = new Map<string, Path2D>();
const mostPaths = 600;
const noDash: number[] = [];

function pathOf(d: string): Path2D {
  let path = paths.get(d);
  if (!path) {
    if (paths.size >= mostPaths) paths.clear();
    path = new Path2D(d);
    paths.set(d, path);
  }
  return path;
}

/** In a picture squeezed to nothing, as while a second side is put beside it, a box can be narrower than nothing. */
function cornerOf(radius: number, { width, height }: { width: number; height: number }): number {
  return Math.max(0, Math.min(radius, width / 2, height / 2));
}

export function paint(canvas: CanvasRenderingContext2D, shapes: readonly Shape[], paints: Paints): void {
  let fill = '';
  let stroke = '';
  let width = -1;
  let opacity = 1;
  let font = '';
  let anchor: CanvasTextAlign = 'start';
  let isDashed = false;
  canvas.globalAlpha = 1;
  canvas.setLineDash(noDash);
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  canvas.textAlign = anchor;
  canvas.textBaseline = 'alphabetic';
  for (const shape of shapes) {
    const hasFill = shape.fill !== undefined && shape.fill !== 'none';
    const hasStroke = shape.stroke !== undefined && shape.stroke !== 'none';
    if ((shape.opacity ?? 1) !== opacity) {
      opacity = shape.opacity ?? 1;
      canvas.globalAlpha = opacity;
    }
    if (hasFill || shape.type === 'text') {
      const color = paints.color(shape.fill ?? 'text');
      if (color !== fill) {
        fill = color;
        canvas.fillStyle = color;
      }
    }
    if (hasStroke && shape.stroke !== undefined) {
      const color = paints.color(shape.stroke);
      if (color !== stroke) {
        stroke = color;
        canvas.strokeStyle = color;
      }
      if ((shape.strokeWidth ?? 1) !== width) {
        width = shape.strokeWidth ?? 1;
        canvas.lineWidth = width;
      }
      if (shape.dash || isDashed) {
        isDashed = shape.dash !== undefined;
        canvas.setLineDash((shape.dash as number[] | undefined) ?? noDash);
      }
    }
    switch (shape.type) {
      case 'rectangle':
        canvas.beginPath();
        if (shape.radius) canvas.roundRect(shape.x, shape.y, shape.width, shape.height, cornerOf(shape.radius, shape));
        else canvas.rect(shape.x, shape.y, shape.width, shape.height);
        break;
      case 'circle':
        canvas.beginPath();
        canvas.arc(shape.x, shape.y, Math.max(0, shape.radius), 0, 2 * Math.PI);
        break;
      case 'line':
        canvas.beginPath();
        canvas.moveTo(shape.x1, shape.y1);
        canvas.lineTo(shape.x2, shape.y2);
        break;
      case 'cross':
        canvas.beginPath();
        canvas.moveTo(shape.x - shape.radius, shape.y - shape.radius);
        canvas.lineTo(shape.x + shape.radius, shape.y + shape.radius);
        canvas.moveTo(shape.x + shape.radius, shape.y - shape.radius);
        canvas.lineTo(shape.x - shape.radius, shape.y + shape.radius);
        break;
      case 'triangle':
        canvas.beginPath();
        canvas.moveTo(shape.x, shape.y - shape.radius);
        canvas.lineTo(shape.x + shape.radius * 0.95, shape.y + shape.radius * 0.7);
        canvas.lineTo(shape.x - shape.radius * 0.95, shape.y + shape.radius * 0.7);
        canvas.closePath();
        break;
      case 'path': {
        const path = pathOf(shape.d);
        if (hasFill) canvas.fill(path);
        if (hasStroke) canvas.stroke(path);
        continue;
      }
      case 'text': {
        const wanted = `${shape.weight ?? 400} ${shape.size}px ${shape.font === 'mono' ? paints.mono : paints.sans}`;
        if (wanted !== font) {
          font = wanted;
          canvas.font = wanted;
        }
        const align = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
        if (align !== anchor) {
          anchor = align;
          canvas.textAlign = align;
        }
        canvas.fillText(shape.text, shape.x, shape.y);
        continue;
      }
    }
    if (hasFill) canvas.fill();
    if (hasStroke) canvas.stroke();
  }
}
