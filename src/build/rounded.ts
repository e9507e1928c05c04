// Numbers of the prose: a mean, rounded so that its last digit is worth no more than its uncertainty.

import { roundToInterval, spoken } from '@by-the-slice/simulation';
import { formatDigits, formatNumber, unitName } from '../experiments/definition/number';
import type { Estimate } from '../experiments/definition/replicate';
import type { ComputedNumber } from '../experiments/definition/twin';
import { buildSentences } from './sentences';

/** Between a number and its unit: they stay on one line. */
const unitSpace = '\u00a0';

export function computedNumber(estimate: Estimate, unit: string, what: 'mean' | 'meanRatio' | 'meanDifference' = 'mean'): ComputedNumber {
  const scale = unit === '%' ? 100 : 1;
  const mean = estimate.mean * scale;
  const halfWidth = estimate.halfWidth * scale;
  const text = roundedText(mean, halfWidth);
  const basis =
    halfWidth === 0
      ? spoken(buildSentences.sameInAll, { runs: estimate.count })
      : spoken(buildSentences[what], { runs: estimate.count, halfWidth: withUnit(formatNumber(halfWidth), unitName(unit)) });
  return { text, unit: unitName(unit), basis, mean: estimate.mean, halfWidth: estimate.halfWidth };
}

/** A number that a formula gives: three significant digits, as everywhere on the page. */
export function formulaNumber(value: number, unit: string, formula: string): ComputedNumber {
  const basis = spoken(buildSentences.byFormula, { formula: spoken(formula) });
  return { text: formatNumber(unit === '%' ? value * 100 : value), unit: unitName(unit), basis, mean: value, halfWidth: 0 };
}

/** 23.3417 ± 0.2 is 23.3; 312.7 ± 14 is 310; without any spread, what six significant digits show. */
export function roundedText(mean: number, halfWidth: number): string {
  let step = 1;
  while (step * 10 <= halfWidth) step *= 10;
  const value = step > 1 ? Math.round(mean / step) * step : mean;
  const decimals = step > 1 ? 0 : Math.min(roundToInterval(mean, halfWidth), 12);
  const text = value.toFixed(decimals);
  const shortest = halfWidth === 0 && text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return formatDigits(Number(shortest) === 0 ? shortest.replace('-', '') : shortest);
}

export function withUnit(text: string, unit: string): string {
  return unit === '' || unit === '×' ? text + unit : `${text}${unitSpace}${unit}`;
}
