// Which key a request asks for: each takes one uniform number, so both sides of a comparison ask for the same keys.

import { zipfRank, zipfTable } from '../kernel/distributions';

/** @param uniform in (0, 1) @param request number of the request, from 0 */
export type KeyDraw = (uniform: number, request: number) => number;

function requireCount(what: string, count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000) {
    throw new RangeError(`${what} is ${count}; it must be a whole number from 1 to 10,000,000.`);
  }
}

/** Keys 0 to count - 1, each equally likely. */
export function uniformKeys(count: number): KeyDraw {
  requireCount('The number of keys', count);
  return (uniform) => Math.floor(uniform * count);
}

/** Key r (from 0) is asked for in proportion to (r + 1)^-exponent: key 0 is the most popular. Exponent 0 or more. */
export function zipfKeys(count: number, exponent: number): KeyDraw {
  const table = zipfTable(count, exponent);
  return (uniform) => zipfRank(uniform, table);
}

/** One after the other, then again from 0: the worst case of a cache that is a little too small, and of a range partition. */
export function sequentialKeys(count: number): KeyDraw {
  requireCount('The number of keys', count);
  return (_uniform, request) => request % count;
}

/** The first `hotCount` keys get `hotShare` of all requests, evenly; the others share the rest. */
export function hotSetKeys(count: number, hotCount: number, hotShare: number): KeyDraw {
  requireCount('The number of keys', count);
  requireCount('The number of hot keys', hotCount);
  if (hotCount >= count) throw new RangeError(`${hotCount} hot keys of ${count}: at least one key must be cold.`);
  if (!(hotShare >= 0 && hotShare < 1)) throw new RangeError(`The hot keys' share is ${hotShare}; it must be at least 0 and below 1.`);
  return (uniform) => {
    if (uniform < hotShare) return Math.min(hotCount - 1, Math.floor((uniform / hotShare) * hotCount));
    return Math.min(count - 1, hotCount + Math.floor(((uniform - hotShare) / (1 - hotShare)) * (count - hotCount)));
  };
}
