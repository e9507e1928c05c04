// How soon a failure is noticed, how often a healthy server is taken for a failed one, how candidates for the lead get in each other's way.
// Quicker detection means more false alarms: fewer failed checks must suffice.
// Source: uniform order statistics and runs of failures, Feller, An Introduction to Probability Theory I, chapter XIII.

import { expm1, log, log1p } from '../kernel/math';
import { requireNonNegative, requirePositive, requireShare, requireWhole } from './validity';

/** Checks every `intervalMs` (above 0); `threshold` (1 or more) failed ones in a row mean failed. */
export interface CheckPlan {
  intervalMs: number;
  threshold: number;
  /** Until a check counts as failed, 0 or more. Default 0. */
  timeoutMs?: number;
}

/**
 * Time from a failure to its detection, the failure being as likely at any moment between two checks. At the latest it is
 * interval × threshold + timeout. Each check begins an interval after the last one began.
 */
export function detectionMs({ intervalMs, threshold, timeoutMs = 0 }: CheckPlan): { soonest: number; mean: number; latest: number } {
  requirePositive('The interval', intervalMs);
  requireWhole('The threshold', threshold, 1);
  requireNonNegative('The timeout', timeoutMs);
  const after = (checks: number) => intervalMs * checks + timeoutMs;
  return { soonest: after(threshold - 1), mean: after(threshold - 0.5), latest: after(threshold) };
}

/**
 * Mean number of checks until `threshold` (1 or more) in a row have failed, when each fails with `failureProbability` (0 to 1) though
 * nothing is wrong: (p^−k − 1) / (1 − p). Infinity for 0. Source: Feller, An Introduction to Probability Theory I (1968), section XIII.7.
 */
export function checksToFalseAlarm({ failureProbability, threshold }: { failureProbability: number; threshold: number }): number {
  requireShare('The probability that a check fails', failureProbability);
  requireWhole('The threshold', threshold, 1);
  return failureProbability === 1 ? threshold : expm1(-threshold * log(failureProbability)) / (1 - failureProbability);
}

/** So many candidates whose timeouts lie anywhere between `leastMs` and `mostMs`, and who hear of each other after `messageMs`. */
export interface ElectionTimeouts {
  candidates: number;
  leastMs: number;
  mostMs: number;
  messageMs: number;
}

/**
 * Probability that a second candidate stands before the first is heard: the vote may then split, and all must time out again.
 * Source: smallest gap of uniform order statistics, 1 − (1 − message/range)ⁿ; the setting is Ongaro's thesis on Raft (2014), chapter 9.
 */
export function rivalProbability({ candidates, leastMs, mostMs, messageMs }: ElectionTimeouts): number {
  check({ candidates, leastMs, mostMs, messageMs });
  if (candidates === 1 || messageMs === 0) return 0;
  return messageMs >= mostMs - leastMs ? 1 : -expm1(candidates * log1p(-messageMs / (mostMs - leastMs)));
}

/** Mean time until the first candidate stands: the least of n uniform timeouts. */
export function firstTimeoutMs({ candidates, leastMs, mostMs, messageMs }: ElectionTimeouts): number {
  check({ candidates, leastMs, mostMs, messageMs });
  return leastMs + (mostMs - leastMs) / (candidates + 1);
}

function check({ candidates, leastMs, mostMs, messageMs }: ElectionTimeouts): void {
  requireWhole('The number of candidates', candidates, 1);
  requireNonNegative('The least timeout', leastMs);
  requireNonNegative('The largest timeout', mostMs);
  requireNonNegative('The time of a message', messageMs);
  if (mostMs < leastMs) throw new RangeError(`The largest timeout is ${mostMs}; it must not be below the least, ${leastMs}.`);
}
