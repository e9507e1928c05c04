// Simulated time in words, in the unit of the experiment's clock.

import type { Clock } from '../../experiments/definition/defineExperiment';
import { formatDecimals, unitName } from '../../experiments/definition/number';

export const unitMs: Record<Clock['unit'], number> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** As many decimals for every time of a run, so that the figures stand still while they change. */
export function decimalsFor(horizonMs: number, unit: Clock['unit']): number {
  const horizon = horizonMs / unitMs[unit];
  return horizon > 0 ? Math.min(3, Math.max(0, Math.ceil(Math.log10(2000 / horizon)))) : 0;
}

export function clockNumber(ms: number, horizonMs: number, unit: Clock['unit']): string {
  return formatDecimals(ms / unitMs[unit], decimalsFor(horizonMs, unit));
}

export function clockText(ms: number, horizonMs: number, unit: Clock['unit']): string {
  return `${clockNumber(ms, horizonMs, unit)} ${unitName(unit)}`;
}
