// What retrying costs and buys, when attempts fail independently. Bought: fewer failures.
// Paid: more attempts exactly when things fail, and multiplied by every layer that retries too.

import { power } from '../kernel/math';
import { requireShare, requireWhole } from './validity';

/** Attempts failing independently with `failureProbability` (0 to 1), at most `maxAttempts` (whole, >= 1) of them. */
export interface RetryPlan {
  readonly failureProbability: number;
  readonly maxAttempts: number;
}

/** Mean number of attempts for one request: (1 - p^n) / (1 - p). */
export function expectedAttempts({ failureProbability, maxAttempts }: RetryPlan): number {
  requireShare('failureProbability', failureProbability);
  requireWhole('maxAttempts', maxAttempts, 1);
  if (failureProbability === 1) return maxAttempts;
  return (1 - power(failureProbability, maxAttempts)) / (1 - failureProbability);
}

/** Probability that at least one attempt succeeds: 1 - p^n. */
export function retrySuccess({ failureProbability, maxAttempts }: RetryPlan): number {
  requireShare('failureProbability', failureProbability);
  requireWhole('maxAttempts', maxAttempts, 1);
  return 1 - power(failureProbability, maxAttempts);
}

/**
 * Attempts that reach the bottom for one request at the top when all fail and each of `layers` layers makes `attemptsPerLayer` attempts.
 * Source: Beyer et al., Site Reliability Engineering (2016), chapter 22; Brooker, Timeouts, retries and backoff with jitter (2019).
 */
export function layeredAmplification({ attemptsPerLayer, layers }: { attemptsPerLayer: number; layers: number }): number {
  requireWhole('attemptsPerLayer', attemptsPerLayer, 1);
  requireWhole('layers', layers, 0);
  return power(attemptsPerLayer, layers);
}
