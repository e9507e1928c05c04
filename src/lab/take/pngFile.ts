// A drawing as pixels, at twice its size. Drawn straight on a canvas with the page's own fonts: nothing from elsewhere comes near it,
// so no browser has a reason to refuse. One that refuses all the same is told to take the SVG.

import { fallbackColor, type Theme } from '../../picture/palette';
import { paint } from '../stage/paint';
import { readPaints } from '../stage/paints';
import type { Drawing } from './drawing';

const scale = 2;

/** Rejects when the browser does not hand the pixels over. */
export async function pngFile({ shapes, size }: Drawing, theme: Theme): Promise<Blob> {
  await document.fonts?.ready;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  // The file's own colors: with forced colors the page's are the reader's.
  const { sans, mono } = readPaints(document.documentElement);
  paint(context, shapes, { sans, mono, color: (name) => fallbackColor(name, theme) });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The canvas gave nothing.');
  return blob;
}

export function themeOfPage(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}
