// One slow part makes the whole slow: what waits for many is slow as soon as any one of them is.
// Source: Dean and Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013.

import { requireWhole } from './validity';

/** Probability that at least one of `count` parts is slow, each with probability `slowShare`, independently: 1 − (1 − p)ᴺ. */
export function slowestOfMany({ slowShare, count }: { slowShare: number; count: number }): number {
  if (!(slowShare >= 0 && slowShare <= 1)) throw new RangeError(`The slow share is ${slowShare}; it must lie between 0 and 1.`);
  requireWhole('The number of parts', count, 0);
  let allFast = 1;
  for (let index = 0; index < count; index++) allFast *= 1 - slowShare;
  return 1 - allFast;
}
