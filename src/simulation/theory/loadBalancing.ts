// Equal servers with a line each, Poisson arrivals, exponential service, by the way the arrivals are dealt out.
// Source: Kleinrock, Queueing Systems I (1975): splitting a Poisson stream (3.2); G/M/1 (6.4) for round robin.

import { exp, log1p } from '../kernel/math';
import type { SingleQueue } from './mm1';
import { mm1 } from './mm1';
import { requireNonNegative, requirePositive, requireStable, requireWhole } from './validity';

/** Arrivals shared by so many equal servers. */
export type SharedLoad = SingleQueue & { servers: number };

/** Load of each server when all share alike. Throws RangeError unless it is below 1. */
export function sharedUtilization({ servers, arrivalsPerSecond, serviceMs }: SharedLoad): number {
  requireWhole('The number of servers', servers, 1);
  requireNonNegative('The arrival rate', arrivalsPerSecond);
  requirePositive('The service time', serviceMs);
  const utilization = (arrivalsPerSecond * serviceMs) / 1000 / servers;
  requireStable(utilization);
  return utilization;
}

/** By chance: each server is an M/M/1 queue of its own. */
export function randomSplit({ servers, arrivalsPerSecond, serviceMs }: SharedLoad): { responseMs: number } {
  requireWhole('The number of servers', servers, 1);
  return { responseMs: mm1({ arrivalsPerSecond: arrivalsPerSecond / servers, serviceMs }).responseMs };
}

/**
 * In turn: a server's arrivals are Erlang-n apart, so it is a G/M/1 queue. `sigma` solves σ = (nρ / (nρ + 1 − σ))ⁿ in (0, 1).
 */
export function roundRobinSplit({ servers, arrivalsPerSecond, serviceMs }: SharedLoad): { responseMs: number; sigma: number } {
  const load = servers * sharedUtilization({ servers, arrivalsPerSecond, serviceMs });
  if (load === 0) return { responseMs: serviceMs, sigma: 0 };
  // Solved in logarithms for 1 − σ, which keeps all its digits when the servers are nearly full.
  let low = 0;
  let high = 1;
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (servers * log1p(middle / load) + log1p(-middle) > 0) low = middle;
    else high = middle;
  }
  return { responseMs: serviceMs / high, sigma: exp(-servers * log1p(high / load)) };
}
