// Shapes as SVG text: the picture in the HTML without JavaScript, on paper, and as a file. Colors stay tokens, so that
// the picture follows the theme of the page around it; a file of its own gets the light ones.

import { fallbackColor } from './palette';
import type { ColorName, Shape, Size } from './shapes';

interface SvgOptions {
  title: string;
  description: string;
  /** Unique on the page: `<title>` and `<desc>` get ids from it. */
  idPrefix: string;
}

export function toSvg(shapes: readonly Shape[], { width, height }: Size, { title, description, idPrefix }: SvgOptions): string {
  const id = escaped(idPrefix);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" role="img" aria-labelledby="${id}-title ${id}-desc">` +
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>` +
    `${shapes.map(element).join('')}</svg>`
  );
}

function element(shape: Shape): string {
  const paint = paintOf(shape);
  switch (shape.type) {
    case 'rectangle':
      return `<rect x="${number(shape.x)}" y="${number(shape.y)}" width="${number(shape.width)}" height="${number(shape.height)}"${shape.radius ? ` rx="${number(shape.radius)}"` : ''}${paint}/>`;
    case 'circle':
      return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="${number(shape.radius)}"${paint}/>`;
    case 'line':
      return `<line x1="${number(shape.x1)}" y1="${number(shape.y1)}" x2="${number(shape.x2)}" y2="${number(shape.y2)}"${paint}/>`;
    case 'path':
      return `<path d="${escaped(shape.d)}"${paint}/>`;
    case 'cross':
      return `<path d="${crossPath(shape)}" stroke-linecap="round"${paint}/>`;
    case 'triangle':
      return `<path d="${trianglePath(shape)}" stroke-linejoin="round"${paint}/>`;
    case 'text':
      return `<text x="${number(shape.x)}" y="${number(shape.y)}" font-size="${number(shape.size)}"${shape.anchor && shape.anchor !== 'start' ? ` text-anchor="${shape.anchor}"` : ''}${shape.weight && shape.weight !== 400 ? ` font-weight="${shape.weight}"` : ''}${paint}>${escaped(shape.text)}</text>`;
  }
}

/** A cross in a square of side 2 × radius. */
function crossPath({ x, y, radius }: { x: number; y: number; radius: number }): string {
  const [left, right, top, bottom] = [x - radius, x + radius, y - radius, y + radius].map(number);
  return `M ${left} ${top} L ${right} ${bottom} M ${right} ${top} L ${left} ${bottom}`;
}

/** Point up, around its center. */
function trianglePath({ x, y, radius }: { x: number; y: number; radius: number }): string {
  return `M ${number(x)} ${number(y - radius)} L ${number(x + radius * 0.95)} ${number(y + radius * 0.7)} L ${number(x - radius * 0.95)} ${number(y + radius * 0.7)} Z`;
}

function paintOf(shape: Shape): string {
  const { type, fill, stroke, strokeWidth, dash, opacity } = shape;
  const styles = [`fill:${fill ? colorOf(fill) : type === 'text' ? colorOf('text') : 'none'}`];
  if (stroke) styles.push(`stroke:${colorOf(stroke)}`);
  if (type === 'text') styles.push(`font-family:${fontOf(shape.font)}`);
  if (type === 'text' && shape.font === 'mono') styles.push('font-variant-numeric:tabular-nums');
  let text = ` style="${styles.join(';')}"`;
  if (stroke && strokeWidth !== undefined) text += ` stroke-width="${number(strokeWidth)}"`;
  if (dash) text += ` stroke-dasharray="${dash.map(number).join(' ')}"`;
  if (opacity !== undefined) text += ` opacity="${number(opacity)}"`;
  return text;
}

function colorOf(name: ColorName): string {
  return name === 'none' ? 'none' : `var(--slice-${name}, ${fallbackColor(name, 'light')})`;
}

function fontOf(font: 'sans' | 'mono' | undefined): string {
  return font === 'mono'
    ? "var(--slice-font-number, ui-monospace, 'Liberation Mono', monospace)"
    : 'var(--slice-font-text, system-ui, sans-serif)';
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
