// A picture to be taken along: shapes and their size, with the words that stand for it. The same list becomes an SVG file, whose
// colors and fonts depend on no page, and a PNG.

import { fallbackColor, type Theme } from '../../picture/palette';
import type { Shape, Size } from '../../picture/shapes';
import { toSvg } from '../../picture/svg';

export interface Drawing {
  shapes: Shape[];
  size: Size;
  title: string;
  description: string;
}

const fonts = {
  text: "'Source Sans 3', 'Source Sans 3 Variable', 'Source Sans Pro', system-ui, sans-serif",
  number: "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, 'Liberation Mono', monospace",
} as const;

export function ground({ width, height }: Size): Shape {
  return { type: 'rectangle', x: 0, y: 0, width, height, fill: 'raised' };
}

/** A file of its own: the tokens are replaced by what they stand for. */
export function svgFile({ shapes, size, title, description }: Drawing, theme: Theme): string {
  const svg = toSvg(shapes, size, { title, description, idPrefix: 'picture' })
    .replace(/var\(--slice-font-(text|number)[^)]*\)/g, (_, font: keyof typeof fonts) => fonts[font])
    .replace(/var\(--slice-([a-z0-9-]+)[^)]*\)/g, (_, name) => fallbackColor(name, theme));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
}

/** Into lines of about `width`, by the mean width of a letter: near enough for captions, and the same everywhere. */
export function wrapped(text: string, width: number, fontSize: number): string[] {
  const most = Math.max(8, Math.floor(width / (fontSize * 0.49)));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** About how wide a text is, in the sans font. */
export function widthOf(text: string, fontSize: number): number {
  return text.length * fontSize * 0.5;
}
