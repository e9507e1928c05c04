// What retrying costs and buys. When attempts fail independently it buys fewer failures, and pays with more attempts exactly when
// things fail, multiplied by every layer that retries too. When failing depends on the load, retries may keep up the load they came from.
// Source: the geometric distribution; layers after Site Reliability Engineering (2016), chapter 22, Addressing Cascading Failures.

import { expm1, log, power } from '../kernel/math';
import { requirePositive, requireShare, requireWhole } from './validity';

/** Attempts failing independently with `failureProbability` (0 to 1), at most `maxAttempts` (whole, >= 1) of them. */
export interface RetryPlan {
  readonly failureProbability: number;
  readonly maxAttempts: number;
}

/** Mean number of attempts for one request: (1 - p^n) / (1 - p). */
export function expectedAttempts({ failureProbability, maxAttempts }: RetryPlan): number {
  const success = retrySuccess({ failureProbability, maxAttempts });
  return failureProbability === 1 ? maxAttempts : success / (1 - failureProbability);
}

/** Probability that at least one attempt succeeds: 1 - p^n. */
export function retrySuccess({ failureProbability, maxAttempts }: RetryPlan): number {
  requireShare('failureProbability', failureProbability);
  requireWhole('maxAttempts', maxAttempts, 1);
  return failureProbability === 1 ? 0 : -expm1(maxAttempts * log(failureProbability));
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

/** Requests that are retried at once, where an attempt fails the more often the more attempts there are. */
export interface RetryLoad {
  /** Requests that arrive, > 0. */
  readonly requestsPerSecond: number;
  readonly maxAttempts: number;
  /** Share of attempts that fail (0 to 1) at so many attempts a second; it must not fall as they grow. */
  readonly failureAt: (attemptsPerSecond: number) => number;
}

/**
 * Attempts per second at which retries bring forth just as many: reached from calm, and after a storm in which all were retried.
 * If the two differ the system is metastable: the storm outlives its cause. An approximation that takes attempts for Poisson arrivals.
 * Source: fixed point of λ = requests × expectedAttempts(failureAt(λ)); Bronson et al., "Metastable Failures", HotOS 2021.
 */
export function attemptsUnderLoad(load: RetryLoad): { calmPerSecond: number; stormPerSecond: number } {
  const { requestsPerSecond, maxAttempts } = load;
  requirePositive('requestsPerSecond', requestsPerSecond);
  requireWhole('maxAttempts', maxAttempts, 1);
  return { calmPerSecond: settle(load, requestsPerSecond), stormPerSecond: settle(load, requestsPerSecond * maxAttempts) };
}

/** From below all fixed points the iteration climbs to the least of them, from above it falls to the greatest, and passes neither. */
function settle({ requestsPerSecond, maxAttempts, failureAt }: RetryLoad, from: number): number {
  let rate = from;
  for (let step = 0; step < 100_000; step++) {
    const next = requestsPerSecond * expectedAttempts({ failureProbability: failureAt(rate), maxAttempts });
    if (Math.abs(next - rate) <= 1e-14 * rate) return next;
    rate = next;
  }
  return rate;
}
