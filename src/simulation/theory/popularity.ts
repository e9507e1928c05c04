// How often each key is asked for, as a share of all questions.

import { power } from '../kernel/math';
import { requireNonNegative, requireWhole } from './validity';

/** Popularity of keys: shares that add up to 1. */
export type Popularity = readonly number[] | Float64Array;

/** Zipf: key r (from 1) in proportion to r^−exponent. `count` from 1 to 10 million, exponent from 0 (all alike). */
export function zipfPopularity(count: number, exponent: number): Float64Array {
  requireWhole('The number of keys', count, 1, 10_000_000);
  requireNonNegative('The exponent', exponent);
  const shares = Float64Array.from({ length: count }, (_, rank) => power(rank + 1, -exponent));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** The keys that are ever asked for. Throws RangeError unless all are shares that add up to 1, to 1e-9. */
export function askedKeys(popularity: Popularity): Float64Array {
  if (popularity.length === 0) throw new RangeError('There is no key: a popularity needs at least one.');
  let total = 0;
  for (const share of popularity) {
    requireNonNegative('A popularity', share);
    total += share;
  }
  if (Math.abs(total - 1) > 1e-9) throw new RangeError(`The popularities add up to ${total}; they must add up to 1.`);
  return Float64Array.from(popularity).filter((share) => share > 0);
}
