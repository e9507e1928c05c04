// Availability: the fraction of time that something works. Parts in a row multiply their availabilities;
// copies side by side multiply their absences. All of it assumes that parts fail independently, which they rarely do.

import { log, power } from '../kernel/math';
import { requireNonNegative, requirePositive, requireShare, requireWhole } from './validity';

/** Seconds in the periods that downtime is quoted for. A year has 365 days. */
export const periodSeconds = { day: 86_400, week: 604_800, month30Days: 2_592_000, year: 31_536_000, julianYear: 31_557_600 } as const;

/** Expected seconds of downtime in a period. `availability` from 0 to 1, `seconds` >= 0 is the length of the period. */
export function downtimeSeconds({ availability, seconds }: { availability: number; seconds: number }): number {
  requireShare('availability', availability);
  requireNonNegative('seconds', seconds);
  return (1 - availability) * seconds;
}

/** "Number of nines", -log10(1 - availability): 0.999 gives 3, 0.9995 gives 3.3; Infinity for 1. */
export function nines(availability: number): number {
  requireShare('availability', availability);
  return -log(1 - availability) / Math.LN10;
}

/** Availability of parts that are all needed. Each from 0 to 1; an empty list gives 1. */
export function series(availabilities: readonly number[]): number {
  let product = 1;
  for (const availability of availabilities) {
    requireShare('availability', availability);
    product *= availability;
  }
  return product;
}

/** Availability of parts of which one is enough. Each from 0 to 1; an empty list gives 0. */
export function parallel(availabilities: readonly number[]): number {
  let absent = 1;
  for (const availability of availabilities) {
    requireShare('availability', availability);
    absent *= 1 - availability;
  }
  return 1 - absent;
}

/** Availability of `total` equal parts of which at least `needed` must work, 0 <= needed <= total (binomial). */
export function kOfN({ needed, total, availability }: { needed: number; total: number; availability: number }): number {
  requireWhole('total', total, 1);
  requireWhole('needed', needed, 0);
  requireShare('availability', availability);
  if (needed > total) throw new RangeError(`needed (${needed}) of total (${total}): more parts are needed than there are.`);
  let sum = 0;
  let ways = 1;
  for (let failed = 0; failed <= total - needed; failed += 1) {
    sum += ways * power(availability, total - failed) * power(1 - availability, failed);
    ways = (ways * (total - failed)) / (failed + 1);
  }
  return Math.min(1, sum);
}

/** Availability from mean time between failures (> 0) and mean time to repair (>= 0), in one unit: MTBF / (MTBF + MTTR). */
export function fromFailuresAndRepairs({ mtbfHours, mttrHours }: { mtbfHours: number; mttrHours: number }): number {
  requirePositive('mtbfHours', mtbfHours);
  requireNonNegative('mttrHours', mttrHours);
  return mtbfHours / (mtbfHours + mttrHours);
}

/**
 * Availability of two equal units, one enough, with one repairer: while it mends the first, the second may fail and must wait.
 * Exponential times, mtbfHours > 0, mttrHours >= 0. Source: Markov chain with states 0, 1, 2 down; Trivedi (2001), section 8.5.
 */
export function repairablePair({ mtbfHours, mttrHours }: { mtbfHours: number; mttrHours: number }): number {
  requirePositive('mtbfHours', mtbfHours);
  requireNonNegative('mttrHours', mttrHours);
  const ratio = mttrHours / mtbfHours;
  return 1 - (2 * ratio * ratio) / (1 + 2 * ratio + 2 * ratio * ratio);
}
