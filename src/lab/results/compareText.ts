// B − A in words: how much, and whether that is better, so that color is never needed to know.

import { translate } from '@docusaurus/Translate';
import type { MetricDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber, unitAfter } from '../../experiments/definition/number';

type ChangeWord = 'better' | 'worse' | 'more' | 'less' | 'the same';

interface Difference {
  /** With its sign and unit. */
  text: string;
  word: ChangeWord;
  arrow: '▲' | '▼' | '=';
}

export function difference(
  { unit, better }: Pick<MetricDefinition, 'unit' | 'better'>,
  a: number | null,
  b: number | null,
): Difference | null {
  if (a === null || b === null || !Number.isFinite(a) || !Number.isFinite(b)) return null;
  // Without the last digits, where 0.9 − 0.8 is not 0.1.
  const change = Number((b - a).toPrecision(12));
  if (Math.abs(change) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))) return { text: '0', word: 'the same', arrow: '=' };
  const size = unit === '%' ? pointsText(Math.abs(change) * 100) : formatNumber(Math.abs(change), unit);
  const rises = change > 0;
  const word = better === undefined ? (rises ? 'more' : 'less') : rises === (better === 'higher') ? 'better' : 'worse';
  return { text: `${rises ? '+' : '−'}${size}`, word, arrow: rises ? '▲' : '▼' };
}

function pointsText(points: number): string {
  return translate(
    { id: 'lab.results.points', message: '{number} points', description: 'A difference of two percentages' },
    { number: formatNumber(points) },
  );
}

export function changeWord(word: ChangeWord): string {
  if (word === 'better') return translate({ id: 'lab.results.better', message: 'better' });
  if (word === 'worse') return translate({ id: 'lab.results.worse', message: 'worse' });
  if (word === 'more') return translate({ id: 'lab.results.more', message: 'more' });
  if (word === 'less') return translate({ id: 'lab.results.less', message: 'less' });
  return translate({ id: 'lab.results.same', message: 'the same' });
}

/** "340–520", in the metric's unit but without it: for where it stands beside. */
export function bareRangeText(low: number, high: number, unit: string): string {
  const factor = unit === '%' ? 100 : 1;
  const [from, to] = [formatNumber(low * factor), formatNumber(high * factor)];
  return from === to ? from : `${from}–${to}`;
}

/** "340–520 ms" */
export function rangeText(low: number, high: number, unit: string): string {
  return bareRangeText(low, high, unit) + unitAfter(unit);
}
