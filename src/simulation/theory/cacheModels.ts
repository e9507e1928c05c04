// How often a cache has what is asked for, when every question is independent of the last (the independent reference model).
// Sources: King, IFIP 1971 (least recently used); Gelenbe, IEEE Transactions on Computers 22(6), 1973 (first in first out equals random);
// Che, Tung and Wang, IEEE Journal on Selected Areas in Communications 20(7), 2002 (approximation for many keys).

import { expm1, power } from '../kernel/math';
import { requireNonNegative, requireWhole } from './validity';

/** Popularity of keys: shares that add up to 1. */
export type Popularity = readonly number[] | Float64Array;

/** Zipf: key r (from 1) in proportion to r^−exponent. */
export function zipfPopularity(count: number, exponent: number): Float64Array {
  requireWhole('The number of keys', count, 1);
  requireNonNegative('The exponent', exponent);
  const shares = Float64Array.from({ length: count }, (_, rank) => (exponent === 0 ? 1 : power(rank + 1, -exponent)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

function check(popularity: Popularity, capacity: number): void {
  requireWhole('The capacity', capacity, 0);
  if (popularity.length === 0) throw new RangeError('There is no key: a popularity needs at least one.');
  let total = 0;
  for (const share of popularity) {
    requireNonNegative('A popularity', share);
    total += share;
  }
  if (Math.abs(total - 1) > 1e-9) throw new RangeError(`The popularities add up to ${total}; they must add up to 1.`);
}

/** The best that a cache without foresight can do: it keeps the most popular keys (what LFU comes to). */
export function topHitRatio(popularity: Popularity, capacity: number): number {
  check(popularity, capacity);
  const sorted = Float64Array.from(popularity).sort().reverse();
  return sorted.subarray(0, capacity).reduce((sum, share) => sum + share, 0);
}

const mostSums = 20_000_000;

/**
 * First in, first out, and random eviction, exactly: both have the same ratio, and a set of keys is held in proportion to the product of
 * their shares. Cost and memory: keys × capacity, at most 20 million.
 */
export function firstInFirstOutHitRatio(popularity: Popularity, capacity: number): number {
  check(popularity, capacity);
  const keys = popularity.length;
  if (capacity >= keys) return 1;
  if (capacity === 0) return 0;
  if (keys * capacity > mostSums) {
    throw new RangeError(`${keys} keys and room for ${capacity}: their product must be at most ${mostSums} for the exact formula.`);
  }
  // The same as: each key is held by itself with its own chance, and just `capacity` of them are. Chances of sums stay between 0 and 1,
  // and nothing is subtracted, so no digits are lost. `before`: chance that so many of the keys before this one are held.
  const held = independentChances(popularity, capacity);
  const before = new Float64Array(keys * capacity);
  before[0] = 1;
  for (let key = 1; key < keys; key++) {
    const chance = held[key - 1];
    const row = key * capacity;
    before[row] = (1 - chance) * before[row - capacity];
    for (let k = 1; k < capacity; k++)
      before[row + k] = (1 - chance) * before[row - capacity + k] + chance * before[row - capacity + k - 1];
  }
  const behind = new Float64Array(capacity + 1);
  behind[0] = 1;
  let hit = 0;
  for (let key = keys - 1; key >= 0; key--) {
    let others = 0;
    for (let k = 0; k < capacity; k++) others += before[key * capacity + k] * behind[capacity - 1 - k];
    hit += popularity[key] * held[key] * others;
    for (let k = capacity; k >= 1; k--) behind[k] = (1 - held[key]) * behind[k] + held[key] * behind[k - 1];
    behind[0] *= 1 - held[key];
  }
  return hit / behind[capacity];
}

/** Chances in proportion to share / (1 + share) of scaled shares, that add up to the capacity. */
function independentChances(popularity: Popularity, capacity: number): Float64Array {
  const chances = (scale: number) => Float64Array.from(popularity, (share) => (scale * share) / (1 + scale * share));
  const sum = (scale: number) => chances(scale).reduce((total, chance) => total + chance, 0);
  let low = 0;
  let high = 1;
  while (sum(high) < capacity && high < 1e300) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (sum(middle) < capacity) low = middle;
    else high = middle;
  }
  return chances(high);
}

const mostExactKeys = 22;

/** Least recently used, exactly, for up to 22 keys: every set of keys that can be held is looked at. */
export function leastRecentlyUsedHitRatio(popularity: Popularity, capacity: number): number {
  check(popularity, capacity);
  const keys = popularity.length;
  if (keys > mostExactKeys) {
    throw new RangeError(`${keys} keys are too many for the exact formula (at most ${mostExactKeys}); use cheHitRatio.`);
  }
  if (capacity >= keys) return 1;
  if (capacity === 0) return 0;
  // weight[set]: probability that the keys asked for last, without repeats, are this set, in any order.
  const weight = new Float64Array(1 << keys);
  const share = new Float64Array(1 << keys);
  weight[0] = 1;
  let hit = 0;
  for (let set = 0; set < weight.length; set++) {
    const size = onesIn(set);
    if (set > 0) {
      const low = 31 - Math.clz32(set & -set);
      share[set] = share[set & (set - 1)] + popularity[low];
    }
    if (size === capacity) hit += weight[set] * share[set];
    else if (size < capacity && weight[set] > 0) {
      for (let key = 0; key < keys; key++) {
        if (set & (1 << key)) continue;
        weight[set | (1 << key)] += (weight[set] * popularity[key]) / (1 - share[set]);
      }
    }
  }
  return hit;
}

function onesIn(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** Least recently used by Che's approximation: each key is held for the same time, that in which `capacity` keys are asked for. */
export function cheHitRatio(popularity: Popularity, capacity: number): number {
  check(popularity, capacity);
  const asked = [...popularity].filter((share) => share > 0);
  if (capacity >= asked.length) return 1;
  if (capacity === 0) return 0;
  const held = (time: number): number => asked.reduce((sum, share) => sum - expm1(-share * time), 0);
  let low = 0;
  let high = 1;
  while (held(high) < capacity) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (held(middle) < capacity) low = middle;
    else high = middle;
  }
  return asked.reduce((sum, share) => sum - share * expm1(-share * high), 0);
}

/** A key that is kept for `timeToLiveMs` after it was fetched and asked for `asksPerSecond` times (Poisson): share of hits. */
export function timeToLiveHitRatio({ asksPerSecond, timeToLiveMs }: { asksPerSecond: number; timeToLiveMs: number }): number {
  requireNonNegative('The rate', asksPerSecond);
  requireNonNegative('The time to live', timeToLiveMs);
  const expected = (asksPerSecond * timeToLiveMs) / 1000;
  return expected / (1 + expected);
}
