// Several servers, one shared line, Poisson arrivals, exponential service.
// Source: Erlang 1917; Kleinrock, Queueing Systems I (1975), section 3.5. Computed by the recursion for Erlang B, which never overflows.

import { exp, log } from '../kernel/math';
import type { SingleQueue, SingleQueueResult } from './mm1';
import { requireNonNegative, requirePositive, requireShare, requireStable, requireWhole } from './validity';

/** The recursion takes one step for each server. */
const mostServers = 10_000_000;

/** Probability that all of `servers` (0 to 10 million) are busy when nobody may wait. `offeredLoad` in erlangs, 0 or more. */
export function erlangB(servers: number, offeredLoad: number): number {
  requireWhole('The number of servers', servers, 0, mostServers);
  requireNonNegative('The offered load', offeredLoad);
  let blocked = 1;
  for (let index = 1; index <= servers; index++) blocked = (offeredLoad * blocked) / (index + offeredLoad * blocked);
  return blocked;
}

/** Probability that an arrival must wait. `servers` 1 to 10 million, `offeredLoad` in erlangs, from 0 up to, not including, `servers`. */
export function erlangC(servers: number, offeredLoad: number): number {
  requireWhole('The number of servers', servers, 1, mostServers);
  requireStable(offeredLoad / servers);
  const blocked = erlangB(servers, offeredLoad);
  const utilization = offeredLoad / servers;
  return blocked / (1 - utilization * (1 - blocked));
}

/** Throws RangeError outside 0 < ρ < 1. */
export function mmc({ arrivalsPerSecond, serviceMs, servers }: SingleQueue & { servers: number }): SingleQueueResult & {
  waitProbability: number;
  /** The wait below which this share (0 to 1) of the requests lies, in ms. */
  waitMsAt(share: number): number;
  shareWaitingLonger(thanMs: number): number;
} {
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  const offeredLoad = (arrivalsPerSecond * serviceMs) / 1000;
  const waitProbability = erlangC(servers, offeredLoad);
  const spare = servers - offeredLoad;
  const waitMs = (waitProbability * serviceMs) / spare;
  return {
    utilization: offeredLoad / servers,
    waitProbability,
    waitMs,
    responseMs: waitMs + serviceMs,
    meanWaiting: (arrivalsPerSecond * waitMs) / 1000,
    meanInSystem: (arrivalsPerSecond * (waitMs + serviceMs)) / 1000,
    waitMsAt(share) {
      requireShare('The share', share);
      return 1 - share >= waitProbability ? 0 : (log(waitProbability / (1 - share)) * serviceMs) / spare;
    },
    shareWaitingLonger(thanMs) {
      requireNonNegative('The wait', thanMs);
      return waitProbability * exp((-spare * thanMs) / serviceMs);
    },
  };
}
