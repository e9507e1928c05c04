// One slow part makes the whole slow: what waits for many is slow as soon as any one of them is.
// Source: Dean and Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013.

import { expm1, log1p } from '../kernel/math';
import { requirePositive, requireShare, requireWhole } from './validity';

/** Probability that at least one of `count` parts is slow, each with probability `slowShare`, independently: 1 − (1 − p)ᴺ. */
export function slowestOfMany({ slowShare, count }: { slowShare: number; count: number }): number {
  requireShare('The slow share', slowShare);
  requireWhole('The number of parts', count, 0);
  // In this form a tiny share keeps all its digits.
  return count === 0 || slowShare === 0 ? 0 : -expm1(count * log1p(-slowShare));
}

/** The other way round: how rarely each of `count` parts (1 or more) may be slow, so that the whole is so for no more than `slowShare`. */
export function slowShareAllowed({ slowShare, count }: { slowShare: number; count: number }): number {
  requireShare('The slow share', slowShare);
  requireWhole('The number of parts', count, 1);
  return slowShare === 0 ? 0 : -expm1(log1p(-slowShare) / count);
}

/**
 * Mean time in ms until `needed` of `total` answers are there (1 <= needed <= total <= 10 million), asked for at once, each after an
 * exponential time of mean `meanMs`: what waits for all waits for the slowest, a quorum only for the quick.
 * Source: spacings of exponential order statistics, Rényi 1953: mean · (1/total + … + 1/(total − needed + 1)).
 */
export function meanUntilAnswered({ needed, total, meanMs }: { needed: number; total: number; meanMs: number }): number {
  requireWhole('The number asked', total, 1, 10_000_000);
  requireWhole('The number of answers needed', needed, 1, total);
  requirePositive('The mean time', meanMs);
  let sum = 0;
  for (let left = total; left > total - needed; left--) sum += 1 / left;
  return sum * meanMs;
}
