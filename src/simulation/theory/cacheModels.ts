// How often a cache has what is asked for, when every question is independent of the last (the independent reference model).
// Sources: King, IFIP 1971 (least recently used); Gelenbe, IEEE Transactions on Computers 22(6), 1973 (first in first out equals random);
// Che, Tung and Wang, IEEE Journal on Selected Areas in Communications 20(7), 2002; Fricker, Robert and Roberts, ITC 24, 2012 (estimates).

import { exp, expm1 } from '../kernel/math';
import { askedKeys, type Popularity } from './popularity';
import { requireNonNegative, requireWhole } from './validity';

export { type Popularity, zipfPopularity } from './popularity';

/** The keys that are asked for, or the ratio where there is nothing to work out: room for none, or for all of them. */
function contested(popularity: Popularity, capacity: number): Float64Array | number {
  const keys = askedKeys(popularity);
  requireWhole('The capacity', capacity, 0);
  if (capacity >= keys.length) return 1;
  return capacity === 0 ? 0 : keys;
}

function requireWork(keys: number, capacity: number, most: number): void {
  if (keys * capacity <= most) return;
  throw new RangeError(
    `${keys} keys and room for ${capacity}: their product must be at most ${most} for the exact formula; use the estimate.`,
  );
}

/** The best that a cache without foresight can do: it keeps the most popular keys (what LFU comes to). */
export function topHitRatio(popularity: Popularity, capacity: number): number {
  const keys = contested(popularity, capacity);
  if (typeof keys === 'number') return keys;
  return keys
    .sort()
    .subarray(keys.length - capacity)
    .reduce((sum, share) => sum + share, 0);
}

/**
 * First in, first out, and random eviction, exactly: both have the same ratio. A set of keys is held in proportion to the product of their
 * shares, so a miss is to a hold as products of C + 1 keys are to those of C. Keys × capacity at most 100 million.
 */
export function firstInFirstOutHitRatio(popularity: Popularity, capacity: number): number {
  const keys = contested(popularity, capacity);
  if (typeof keys === 'number') return keys;
  requireWork(keys.length, capacity, 100_000_000);
  // As if each key were held by itself, with chances that make `capacity` of them likely: sums of chances can neither overflow nor cancel.
  const scale = scaleFor(keys, capacity);
  const held = new Float64Array(capacity + 2);
  held[0] = 1;
  for (const share of keys) {
    const odds = scale * share;
    for (let count = capacity + 1; count > 0; count--) held[count] = (held[count] + odds * held[count - 1]) / (1 + odds);
    held[0] /= 1 + odds;
  }
  return 1 - ((capacity + 1) * held[capacity + 1]) / (scale * held[capacity]);
}

/** The same for any number of keys, as if each were held by itself with chance T·share / (1 + T·share). */
export function firstInFirstOutEstimate(popularity: Popularity, capacity: number): number {
  const keys = contested(popularity, capacity);
  if (typeof keys === 'number') return keys;
  const scale = scaleFor(keys, capacity);
  return keys.reduce((sum, share) => sum + (share * scale * share) / (1 + scale * share), 0);
}

/** T, for which chances T·share / (1 + T·share) add up to the capacity. */
function scaleFor(keys: Float64Array, capacity: number): number {
  return solveFromBelow(capacity, (scale) => {
    let held = 0;
    let slope = 0;
    for (const share of keys) {
      const free = 1 / (1 + scale * share);
      held += scale * share * free;
      slope += share * free * free;
    }
    return { held, slope };
  });
}

/** Newton's steps from `capacity` up: as `held` bends downward and never exceeds its argument, they climb to the root, not past it. */
function solveFromBelow(capacity: number, at: (value: number) => { held: number; slope: number }): number {
  let value = capacity;
  for (;;) {
    const { held, slope } = at(value);
    const next = value + (capacity - held) / slope;
    if (!(next > value * (1 + 1e-15))) return value;
    value = next;
  }
}

/** Least recently used by Che's approximation: each key is held for the same time, that in which `capacity` keys are asked for. */
export function cheHitRatio(popularity: Popularity, capacity: number): number {
  const keys = contested(popularity, capacity);
  if (typeof keys === 'number') return keys;
  const time = solveFromBelow(capacity, (value) => {
    let held = 0;
    let slope = 0;
    for (const share of keys) {
      const gone = expm1(-share * value);
      held -= gone;
      slope += share * (1 + gone);
    }
    return { held, slope };
  });
  return keys.reduce((sum, share) => sum - share * expm1(-share * time), 0);
}

/**
 * Least recently used, exactly: a question is a hit when fewer than `capacity` other keys came since the key's last one. Keys × capacity at
 * most 200,000. King's sum over all orders of keys, as an integral over the time since (Flajolet, Gardy and Thimonier, Discrete Applied
 * Mathematics 39(3), 1992), by the double exponential rule: steps are halved until nothing changes.
 */
export function leastRecentlyUsedHitRatio(popularity: Popularity, capacity: number): number {
  const keys = contested(popularity, capacity);
  if (typeof keys === 'number') return keys;
  requireWork(keys.length, capacity, 200_000);
  const end = 45 / keys.reduce((least, share) => Math.min(least, share), 1);
  let width = 0.25;
  let sum = samples(keys, capacity, -4, width, end);
  for (;;) {
    const before = sum * width;
    sum += samples(keys, capacity, -4 + width / 2, width, end);
    width /= 2;
    // Each halving squares the error.
    if (Math.abs(sum * width - before) < 1e-8 * before) return Math.min(1, sum * width);
  }
}

/** Sum of the integrand, every `width` from `first`, with time = exp(x − exp(−x)). */
function samples(keys: Float64Array, capacity: number, first: number, width: number, end: number): number {
  let sum = 0;
  for (let x = first; ; x += width) {
    const time = exp(x - exp(-x));
    const { again, room } = askedAgain(keys, capacity, time);
    sum += again * time * (1 + exp(-x));
    if (time > end || room < 1e-18) return sum;
  }
}

/** Rate at which a key is asked for again after this time with fewer than `capacity` others between, and the chance that so few came. */
function askedAgain(keys: Float64Array, capacity: number, time: number): { again: number; room: number } {
  // By number of different keys that came: among the keys so far, without and with the one that is asked for again.
  const others = new Float64Array(capacity);
  const withIt = new Float64Array(capacity);
  others[0] = 1;
  for (const share of keys) {
    const came = -expm1(-share * time);
    const stayed = 1 - came;
    for (let count = capacity - 1; count >= 0; count--) {
      withIt[count] = withIt[count] * stayed + share * share * stayed * others[count] + (count > 0 ? withIt[count - 1] * came : 0);
      others[count] = others[count] * stayed + (count > 0 ? others[count - 1] * came : 0);
    }
  }
  return { again: withIt.reduce((sum, part) => sum + part, 0), room: others.reduce((sum, part) => sum + part, 0) };
}

/**
 * A key that is kept for `timeToLiveMs` and asked for `asksPerSecond` times (Poisson): share of hits. The time runs from when it was
 * fetched, or anew from each question when `renewed`. Source: Jung, Berger and Balakrishnan, INFOCOM 2003; Fofack et al., ValueTools 2012.
 */
export function timeToLiveHitRatio(given: { asksPerSecond: number; timeToLiveMs: number; renewed?: boolean }): number {
  const { asksPerSecond, timeToLiveMs, renewed = false } = given;
  requireNonNegative('The rate', asksPerSecond);
  requireNonNegative('The time to live', timeToLiveMs);
  const expected = (asksPerSecond * timeToLiveMs) / 1000;
  return renewed ? -expm1(-expected) : expected / (1 + expected);
}
