// Several servers and a limited number in the system: who finds it full is rejected. Steady at any load.
// Source: birth–death equations; Kleinrock, Queueing Systems I (1975), section 3.6.

import { birthDeathShares } from './birthDeath';
import type { SingleQueue } from './mm1';
import { requirePositive, requireWhole } from './validity';

/** @param capacity most in the system, in service included; at least `servers`, at most a million */
export function mmck({ arrivalsPerSecond, serviceMs, servers, capacity }: SingleQueue & { servers: number; capacity: number }) {
  requireWhole('The number of servers', servers, 1);
  requireWhole('The capacity', capacity, servers, 1_000_000);
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  const offeredLoad = (arrivalsPerSecond * serviceMs) / 1000;
  const shares = birthDeathShares(capacity, (count) => offeredLoad / Math.min(count, servers));
  let meanBusy = 0;
  let meanWaiting = 0;
  for (let count = 1; count <= capacity; count++) {
    meanBusy += Math.min(count, servers) * shares[count];
    if (count > servers) meanWaiting += (count - servers) * shares[count];
  }
  const throughputPerSecond = (1000 * meanBusy) / serviceMs;
  return {
    emptyProbability: shares[0],
    blockingProbability: shares[capacity],
    throughputPerSecond,
    meanInSystem: meanBusy + meanWaiting,
    meanWaiting,
    /** Of those who are let in. */
    waitMs: (1000 * meanWaiting) / throughputPerSecond,
    responseMs: (1000 * (meanBusy + meanWaiting)) / throughputPerSecond,
  };
}
