// Names of tokens turned into colors and fonts that a canvas can use: read once, and again when the theme changes.

import { fallbackColor } from '../../picture/palette';
import type { ColorName } from '../../picture/shapes';

export interface Paints {
  color(name: ColorName): string;
  sans: string;
  mono: string;
}

/** With forced colors the reader's own few are used. Shapes, words and dashes tell the rest. */
const systemColors: Record<string, string> = {
  surface: 'Canvas',
  raised: 'Canvas',
  // What only decorates or is empty: in gray text's color, which may be a loud one, it would be seen first.
  line: 'color-mix(in srgb, CanvasText 25%, Canvas)',
  text: 'CanvasText',
  quiet: 'CanvasText',
  tomato: 'CanvasText',
  plum: 'LinkText',
  basil: 'LinkText',
  crust: 'CanvasText',
  char: 'CanvasText',
  blueprint: 'LinkText',
};

export function readPaints(element: Element): Paints {
  const style = getComputedStyle(element);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const theme = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
  const known = new Map<ColorName, string>();
  const color = (name: ColorName): string => {
    let found = known.get(name);
    if (found === undefined) {
      const token = style.getPropertyValue(`--slice-${name}`).trim();
      found = isForced ? (systemColors[name] ?? 'CanvasText') : token || fallbackColor(name, theme);
      known.set(name, found);
    }
    return found;
  };
  return {
    color,
    sans: style.getPropertyValue('--slice-font-text').trim() || 'system-ui, sans-serif',
    mono: style.getPropertyValue('--slice-font-number').trim() || 'ui-monospace, monospace',
  };
}

/** Calls back when what `readPaints` gives may have changed. Returns how to stop. */
export function watchPaints(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', onChange);
  // A canvas does not wait for a font: it is drawn again when one has come.
  document.fonts?.addEventListener('loadingdone', onChange);
  return () => {
    document.fonts?.removeEventListener('loadingdone', onChange);
    observer.disconnect();
    forced.removeEventListener('change', onChange);
  };
}
