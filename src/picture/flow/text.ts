// Words and numbers in a picture. Nothing can be measured here, so widths are estimates on the safe side.

import { readersDigits } from '../digits';
import type { ColorName, Shape } from '../shapes';
import type { Point } from './geometry';

interface Style {
  size?: number;
  anchor?: 'start' | 'middle' | 'end';
  weight?: 400 | 600 | 700;
  font?: 'sans' | 'mono';
  fill?: ColorName;
  part?: string;
}

export function words(
  at: Point,
  text: string,
  { size = 13, anchor = 'start', weight = 400, font = 'sans', fill = 'text', part }: Style = {},
): Shape {
  const shape: Shape = { type: 'text', x: at.x, y: at.y, text, size, anchor, weight, font, fill };
  if (part !== undefined) shape.part = part;
  return shape;
}

export function widthOf(text: string, size: number, font: 'sans' | 'mono' = 'sans'): number {
  return text.length * size * (font === 'mono' ? 0.61 : 0.53);
}

/** As much as fits, with … for the rest. */
export function fitted(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * 0.53));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

/** 12304 as 12 304, with thin spaces. */
export function counted(value: number): string {
  const written = readersDigits();
  if (written) return written(Math.round(value), 0);
  const digits = String(Math.round(value));
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** 0.5 as 0.5, 0.333… as 0.33: two digits are enough on a picture. */
export function brief(value: number): string {
  if (value >= 10) return counted(value);
  const text = String(Math.round(value * (value >= 1 ? 10 : 100)) / (value >= 1 ? 10 : 100));
  return readersDigits()?.(Number(text), text.split('.')[1]?.length ?? 0) ?? text;
}
