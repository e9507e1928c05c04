// Colors where no style sheet reaches: files of their own, tests. On a page the tokens of src/css/tokens.css are used.

import palette from '../css/palette.json';
import type { ColorName } from './shapes';

export type Theme = 'light' | 'dark';

/** Twelve hues, light and dark in turn; each at least 3 : 1 against both pages. */
const seriesColors = [
  '#B5482E',
  '#3F7CC4',
  '#8A7A1F',
  '#8A5BC0',
  '#2F8A5B',
  '#C25488',
  '#2C8799',
  '#B06A1C',
  '#6A7A3A',
  '#7A6FD0',
  '#A8606A',
  '#5F8296',
];

export function fallbackColor(name: ColorName, theme: Theme): string {
  if (name === 'none') return 'none';
  if (name.startsWith('series-')) return seriesColors[(Number(name.slice('series-'.length)) - 1) % seriesColors.length] ?? seriesColors[0];
  const colors: Record<string, string> = palette[theme];
  return colors[name] ?? colors.text;
}
