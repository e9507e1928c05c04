// Several servers and a limited number in the system: who finds it full is rejected. Steady at any load.
// Source: birth–death equations; Kleinrock, Queueing Systems I (1975), section 3.6.

import type { SingleQueue } from './mm1';
import { requirePositive, requireWhole } from './validity';

/** @param capacity most in the system, in service included; at least `servers` */
export function mmck({ arrivalsPerSecond, serviceMs, servers, capacity }: SingleQueue & { servers: number; capacity: number }) {
  requireWhole('The number of servers', servers, 1);
  requireWhole('The capacity', capacity, servers);
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  const offeredLoad = (arrivalsPerSecond * serviceMs) / 1000;
  // Relative to each other; made small again on the way, so that no load overflows them.
  const weights = [1];
  let sum = 1;
  for (let count = 1; count <= capacity; count++) {
    weights.push((weights[count - 1] * offeredLoad) / Math.min(count, servers));
    sum += weights[count];
    if (sum > 1e200) {
      for (let index = 0; index <= count; index++) weights[index] /= sum;
      sum = 1;
    }
  }
  let meanInSystem = 0;
  let meanWaiting = 0;
  for (let count = 1; count <= capacity; count++) {
    meanInSystem += (count * weights[count]) / sum;
    if (count > servers) meanWaiting += ((count - servers) * weights[count]) / sum;
  }
  const blockingProbability = weights[capacity] / sum;
  const throughputPerSecond = arrivalsPerSecond * (1 - blockingProbability);
  return {
    emptyProbability: weights[0] / sum,
    blockingProbability,
    throughputPerSecond,
    meanInSystem,
    meanWaiting,
    /** Of those who are let in. */
    waitMs: (1000 * meanWaiting) / throughputPerSecond,
    responseMs: (1000 * meanInSystem) / throughputPerSecond,
  };
}
