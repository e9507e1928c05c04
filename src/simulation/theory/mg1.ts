// One server, Poisson arrivals, any service time: the mean wait depends on its mean and its variance only.
// Source: Pollaczek 1930, Khinchine 1932; Kleinrock, Queueing Systems I (1975), section 5.6.

import type { SingleQueue, SingleQueueResult } from './mm1';
import { requireNonNegative, requirePositive, requireStable } from './validity';

/**
 * @param squaredVariation variance of the service time divided by the square of its mean: 0 fixed, 1 exponential; serviceVariation.ts has
 * others. It must be finite: a service time of infinite variance has no mean wait.
 * Throws RangeError outside 0 < ρ < 1.
 */
export function mg1({ arrivalsPerSecond, serviceMs, squaredVariation }: SingleQueue & { squaredVariation: number }): SingleQueueResult {
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  requireNonNegative('The squared variation', squaredVariation);
  const utilization = (arrivalsPerSecond * serviceMs) / 1000;
  requireStable(utilization);
  const waitMs = (utilization * serviceMs * (1 + squaredVariation)) / (2 * (1 - utilization));
  return {
    utilization,
    waitMs,
    responseMs: waitMs + serviceMs,
    meanWaiting: (arrivalsPerSecond * waitMs) / 1000,
    meanInSystem: (arrivalsPerSecond * (waitMs + serviceMs)) / 1000,
  };
}
