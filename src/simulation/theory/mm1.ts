// One server, Poisson arrivals, exponential service, endless line.
// Source: Kleinrock, Queueing Systems I (1975), section 3.2; response time is exponential with rate μ − λ.

import { log1p, power } from '../kernel/math';
import { requirePositive, requireShare, requireStable, requireWhole } from './validity';

export interface SingleQueue {
  arrivalsPerSecond: number;
  /** Mean service time in ms. */
  serviceMs: number;
}

export interface SingleQueueResult {
  utilization: number;
  /** L: mean number waiting or in service. */
  meanInSystem: number;
  /** Lq: mean number waiting. */
  meanWaiting: number;
  /** Wq and W, in ms. */
  waitMs: number;
  responseMs: number;
}

/** Throws RangeError outside 0 < ρ < 1. */
export function mm1({
  arrivalsPerSecond,
  serviceMs,
}: SingleQueue): SingleQueueResult & { responseMsAt(share: number): number; shareWithAtLeast(count: number): number } {
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  const utilization = (arrivalsPerSecond * serviceMs) / 1000;
  requireStable(utilization);
  const responseMs = serviceMs / (1 - utilization);
  return {
    utilization,
    meanInSystem: utilization / (1 - utilization),
    meanWaiting: (utilization * utilization) / (1 - utilization),
    waitMs: utilization * responseMs,
    responseMs,
    /** The response time below which this share (0 to 1) of the requests lies, in ms. */
    responseMsAt(share) {
      requireShare('The share', share);
      return share === 0 ? 0 : -log1p(-share) * responseMs;
    },
    /** Share of time with `count` or more in the system: ρ to the power of `count`. */
    shareWithAtLeast(count) {
      requireWhole('The count', count, 0);
      return power(utilization, count);
    },
  };
}
