// Availability: the fraction of time that something works. Parts in a row multiply their availabilities;
// copies side by side multiply their absences. All of it assumes that parts fail independently, which they rarely do.
// Source: Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications, 2nd edition, 2002.

import { log1p } from '../kernel/math';
import { birthDeathShares } from './birthDeath';
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
  return availability === 0 ? 0 : -log1p(-availability) / Math.LN10;
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

/** So many equal parts, of which at least `needed` (0 <= needed <= total, at most a million) must work. */
export interface EqualParts {
  needed: number;
  total: number;
  availability: number;
}

/** Availability of `total` equal parts of which at least `needed` must work (binomial). */
export function kOfN(parts: EqualParts): number {
  return Math.min(1, upTo(parts.total - parts.needed, failedShares(parts)));
}

/** Share of time with fewer than `needed` parts working: 1 - `kOfN`, with all its digits even where that rounds to 1. */
export function kOfNAbsence(parts: EqualParts): number {
  return upTo(parts.needed - 1, failedShares(parts).reverse());
}

/** Share of time by number of failed parts. */
function failedShares({ needed, total, availability }: EqualParts): Float64Array {
  requireWhole('total', total, 1, 1_000_000);
  requireWhole('needed', needed, 0);
  requireShare('availability', availability);
  if (needed > total) throw new RangeError(`needed (${needed}) of total (${total}): more parts are needed than there are.`);
  if (availability === 0) return new Float64Array(total + 1).fill(1, total);
  const odds = (1 - availability) / availability;
  return birthDeathShares(total, (failed) => ((total - failed + 1) / failed) * odds);
}

function upTo(last: number, shares: Float64Array): number {
  return shares.subarray(0, last + 1).reduce((sum, share) => sum + share, 0);
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

/**
 * Availability of `total` equal units (1 to a million) of which at least `needed` must work, when only `repairers` (1 or more) can be
 * mended at a time. As many repairers as units make them independent. All that work may fail, also while too few work.
 * Source: the same chain with states 0 to `total` down (machine repair model); Trivedi (2001), chapter 8.
 */
export function repairableGroup(given: { needed: number; total: number; repairers: number; mtbfHours: number; mttrHours: number }): {
  availability: number;
  absence: number;
} {
  const { needed, total, repairers, mtbfHours, mttrHours } = given;
  requireWhole('total', total, 1, 1_000_000);
  requireWhole('needed', needed, 0, total);
  requireWhole('repairers', repairers, 1);
  requirePositive('mtbfHours', mtbfHours);
  requireNonNegative('mttrHours', mttrHours);
  const ratio = mttrHours / mtbfHours;
  const shares = birthDeathShares(total, (down) => ((total - down + 1) / Math.min(down, repairers)) * ratio);
  return { availability: Math.min(1, upTo(total - needed, shares)), absence: upTo(needed - 1, shares.reverse()) };
}
