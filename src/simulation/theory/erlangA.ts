// Several servers and callers who hang up: each who waits gives up after an exponential patience.
// Source: Palm 1946; Garnett, Mandelbaum and Reiman, Manufacturing & Service Operations Management 4(3), 2002. Birth–death chain,
// summed from its likeliest state outward until nothing more is added.

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

/** States that are looked at before giving up: at most some tenths of a second. */
const mostStates = 50_000_000;

/**
 * Steady at any load: who waits too long leaves. Throws RangeError for numbers that are not above 0, and where load and patience leave too
 * many states to count: 50 million.
 */
export function erlangA({ arrivalsPerSecond, serviceMs, servers, patienceMs }: ErlangA): ErlangAResult {
  requirePositive('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  requirePositive('The patience', patienceMs);
  requireWhole('The number of servers', servers, 1);
  const load = (arrivalsPerSecond * serviceMs) / 1000;
  const leaving = serviceMs / patienceMs;
  const ratio = (count: number) => load / (count <= servers ? count : servers + (count - servers) * leaving);
  const peak = Math.floor(load <= servers ? load : servers + (load - servers) / leaving);
  if (peak > Number.MAX_SAFE_INTEGER) throw tooMany(load, servers);
  let below = 0;
  let busyBelow = 0;
  let full = 0;
  let waiting = 0;
  const add = (count: number, weight: number) => {
    if (count < servers) {
      below += weight;
      busyBelow += count * weight;
    } else {
      full += weight;
      waiting += (count - servers) * weight;
    }
  };
  add(peak, 1);
  let steps = 0;
  let weight = 1;
  for (let count = peak; count > 0 && weight * count > 1e-18; count--) {
    weight /= ratio(count);
    add(count - 1, weight);
    if (++steps > mostStates) throw tooMany(load, servers);
  }
  weight = 1;
  for (let count = peak + 1; ; count++) {
    const step = ratio(count);
    weight *= step;
    add(count, weight);
    // What is still to come adds less than a geometric series would.
    if (count > servers && weight * (count - servers) <= 1e-17 * waiting * (1 - step) * (1 - step)) break;
    if (++steps > mostStates) throw tooMany(load, servers);
  }
  const total = below + full;
  const meanWaiting = waiting / total;
  return {
    waitProbability: full / total,
    abandonProbability: (meanWaiting * leaving) / load,
    meanWaiting,
    waitMs: (meanWaiting / arrivalsPerSecond) * 1000,
    utilization: (busyBelow / servers + full) / total,
  };
}

function tooMany(load: number, servers: number): RangeError {
  return new RangeError(`A load of ${load} erlangs at ${servers} servers with so much patience has too many states to count; use M/M/c.`);
}
