// Colors where no style sheet reaches: files of their own, tests. On a page the tokens of src/css/tokens.css are used.

import palette from '../css/palette.json';
import type { ColorName } from './shapes';

export type Theme = 'light' | 'dark';

/** Beyond the last of the fleet's colors they begin anew. */
const seriesCount = 12;

export function fallbackColor(name: ColorName, theme: Theme): string {
  if (name === 'none') return 'none';
  const colors: Record<string, string> = palette[theme];
  const series = /^series-(\d+)$/.exec(name);
  if (series) return colors[`series-${((Number(series[1]) - 1) % seriesCount) + 1}`];
  return colors[name] ?? colors.text;
}
