// One slow part makes the whole slow: what waits for many is slow as soon as any one of them is.
// Source: Dean and Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013.

import { expm1, log1p } from '../kernel/math';
import { requireWhole } from './validity';

/** Probability that at least one of `count` parts is slow, each with probability `slowShare`, independently: 1 − (1 − p)ᴺ. */
export function slowestOfMany({ slowShare, count }: { slowShare: number; count: number }): number {
  if (!(slowShare >= 0 && slowShare <= 1)) throw new RangeError(`The slow share is ${slowShare}; it must lie between 0 and 1.`);
  requireWhole('The number of parts', count, 0);
  // In this form a tiny share keeps all its digits.
  if (count === 0 || slowShare === 0) return 0;
  return -expm1(count * log1p(-slowShare));
}
