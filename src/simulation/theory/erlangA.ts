// Several servers and callers who hang up: each who waits gives up after an exponential patience.
// Source: Palm 1946; Garnett, Mandelbaum and Reiman, Manufacturing & Service Operations Management 4(3), 2002. Birth–death chain.

import { requirePositive, requireWhole } from './validity';

export interface ErlangA {
  arrivalsPerSecond: number;
  serviceMs: number;
  servers: number;
  /** Mean time for which somebody is ready to wait, in ms. */
  patienceMs: number;
}

export interface ErlangAResult {
  /** Share of the arrivals that must wait, and that give up. */
  waitProbability: number;
  abandonProbability: number;
  meanWaiting: number;
  /** Mean wait of all, those who give up among them, in ms. */
  waitMs: number;
  utilization: number;
}

/** Steady at any load: who waits too long leaves. Throws RangeError for numbers that are not above 0. */
export function erlangA({ arrivalsPerSecond, serviceMs, servers, patienceMs }: ErlangA): ErlangAResult {
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  requirePositive('The patience', patienceMs);
  requireWhole('The number of servers', servers, 1);
  const load = (arrivalsPerSecond * serviceMs) / 1000;
  const leaving = serviceMs / patienceMs;
  // Weights relative to the state "all busy, nobody waits", so that nothing overflows.
  let idleWeight = 0;
  let busyBelow = 0;
  let weight = 1;
  for (let busy = servers - 1; busy >= 0; busy--) {
    weight *= (busy + 1) / load;
    idleWeight += weight;
    busyBelow += busy * weight;
    if (weight < 1e-30 * idleWeight) break;
  }
  let fullWeight = 1;
  let waitingWeight = 0;
  weight = 1;
  for (let waiting = 1; ; waiting++) {
    weight *= load / (servers + waiting * leaving);
    fullWeight += weight;
    waitingWeight += waiting * weight;
    if (waiting * weight < 1e-18 * (1 + waitingWeight) && load < servers + waiting * leaving) break;
  }
  const total = idleWeight + fullWeight;
  const meanWaiting = waitingWeight / total;
  return {
    waitProbability: fullWeight / total,
    abandonProbability: (meanWaiting * leaving) / load,
    meanWaiting,
    waitMs: (meanWaiting / arrivalsPerSecond) * 1000,
    utilization: (busyBelow + servers * fullWeight) / total / servers,
  };
}
