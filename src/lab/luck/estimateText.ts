// A mean with its interval, written with as many digits as the interval supports: "412 ± 18 ms", "−12.4 ± 3.0 points".

import { type Interval, roundToInterval } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { formatDecimals, formatNumber, unitAfter } from '../../experiments/definition/number';

/** A difference of two percentages is in points. */
type Kind = 'value' | 'difference';

export function estimateText({ mean, halfWidth }: Interval, unit: string, kind: Kind = 'value'): string {
  const factor = unit === '%' ? 100 : 1;
  if (!Number.isFinite(halfWidth) || halfWidth === 0) return valueText(mean, unit, kind);
  const decimals = decimalsOf(mean * factor, halfWidth * factor);
  return withUnit(`${fixed(mean * factor, decimals)} ± ${fixed(halfWidth * factor, decimals)}`, unit, kind);
}

/** Two digits of the half width ("−2.3 ± 2.1" does not look like zero, as "−2 ± 2" would), but one where the mean would have more than five. */
function decimalsOf(mean: number, halfWidth: number): number {
  const whole = Math.max(1, String(Math.trunc(Math.abs(mean))).length);
  return Math.min(6, Math.max(roundToInterval(mean, halfWidth), Math.min(roundToInterval(mean, halfWidth / 10), 5 - whole)));
}

export function valueText(value: number, unit: string, kind: Kind = 'value'): string {
  return withUnit(formatNumber(unit === '%' ? value * 100 : value), unit, kind);
}

function withUnit(number: string, unit: string, kind: Kind): string {
  if (unit !== '%' || kind === 'value') return number + unitAfter(unit);
  return translate({ id: 'lab.luck.points', message: '{number}\u202fpoints', description: 'A difference of two percentages' }, { number });
}

function fixed(value: number, decimals: number): string {
  if (decimals === 0) return formatNumber(Math.round(value));
  const isZero = Number(value.toFixed(decimals)) === 0;
  return formatDecimals(isZero ? 0 : value, decimals).replace('-', '−');
}
