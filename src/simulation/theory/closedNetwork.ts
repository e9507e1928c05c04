// So many clients who think, ask and wait: a closed system, exactly, one client more at a time.
// Source: Reiser and Lavenberg, "Mean-Value Analysis of Closed Multichain Queuing Networks", Journal of the ACM 27(2), 1980;
// bounds: Denning and Buzen, Computing Surveys 10(3), 1978. Exponential service (or processor sharing) at each station.

import { birthDeathShares } from './birthDeath';
import { requireNonNegative, requirePositive, requireWhole } from './validity';

export interface ClosedSystem {
  /** Clients, a whole number from 0 to 10 million. */
  clients: number;
  /** Mean time between an answer and the next request of the same client; 0 or more, of any distribution. */
  thinkMs: number;
  /** Work of one request at each station, in ms: visits × service time. 0 or more, not all 0. */
  demandsMs: readonly number[];
}

export interface ClosedResult {
  requestsPerSecond: number;
  responseMs: number;
  /** Mean number at each station. */
  inside: number[];
  utilization: number[];
}

function check({ clients, thinkMs, demandsMs }: ClosedSystem): { all: number; largest: number } {
  requireWhole('The number of clients', clients, 0, 10_000_000);
  requireNonNegative('The think time', thinkMs);
  for (const demand of demandsMs) requireNonNegative('A demand', demand);
  const all = demandsMs.reduce((sum, demand) => sum + demand, 0);
  requirePositive('The work of one request at all stations', all);
  return { all, largest: demandsMs.reduce((most, demand) => Math.max(most, demand), 0) };
}

/** Throws RangeError for numbers that make no sense. */
export function meanValueAnalysis(system: ClosedSystem): ClosedResult {
  let { all: responseMs } = check(system);
  const { clients, thinkMs, demandsMs } = system;
  const inside = demandsMs.map(() => 0);
  let perMs = 0;
  for (let count = 1; count <= clients; count++) {
    // Who arrives finds the system as it is with one client less.
    responseMs = 0;
    for (let station = 0; station < inside.length; station++) responseMs += demandsMs[station] * (1 + inside[station]);
    perMs = count / (responseMs + thinkMs);
    for (let station = 0; station < inside.length; station++) inside[station] = perMs * demandsMs[station] * (1 + inside[station]);
  }
  return { requestsPerSecond: perMs * 1000, responseMs, inside, utilization: demandsMs.map((demand) => perMs * demand) };
}

/** The number of clients at which the busiest station is certain to fill: (thinking + all work) / largest work. */
export function saturationClients({ thinkMs, demandsMs }: Omit<ClosedSystem, 'clients'>): number {
  const { all, largest } = check({ clients: 0, thinkMs, demandsMs });
  return (thinkMs + all) / largest;
}

/** What no closed system can beat (throughput at most, response at least), and what even the unluckiest reaches: all in one line. */
export function closedBounds(system: ClosedSystem): {
  requestsPerSecondAtMost: number;
  requestsPerSecondAtLeast: number;
  responseMsAtLeast: number;
  responseMsAtMost: number;
} {
  const { all, largest } = check(system);
  const { clients, thinkMs } = system;
  return {
    requestsPerSecondAtMost: 1000 * Math.min(1 / largest, clients / (all + thinkMs)),
    requestsPerSecondAtLeast: clients === 0 ? 0 : (1000 * clients) / (clients * all + thinkMs),
    responseMsAtLeast: Math.max(all, clients * largest - thinkMs),
    responseMsAtMost: Math.max(1, clients) * all,
  };
}

/**
 * The same for one station with several servers and one line; exponential service, think time of any distribution. `clients` up to a
 * million. Source: machine repair model, Palm 1947; Kleinrock, Queueing Systems I (1975), section 3.10.
 */
export function finiteClients(given: { clients: number; thinkMs: number; serviceMs: number; servers: number }): {
  requestsPerSecond: number;
  responseMs: number;
  waitMs: number;
  utilization: number;
} {
  const { clients, thinkMs, serviceMs, servers } = given;
  requireWhole('The number of clients', clients, 1, 1_000_000);
  requirePositive('The think time', thinkMs);
  requirePositive('The service time', serviceMs);
  requireWhole('The number of servers', servers, 1);
  const ratio = serviceMs / thinkMs;
  const shares = birthDeathShares(clients, (count) => ((clients - count + 1) / Math.min(count, servers)) * ratio);
  let busy = 0;
  let waiting = 0;
  for (let count = 1; count <= clients; count++) {
    busy += Math.min(count, servers) * shares[count];
    waiting += Math.max(0, count - servers) * shares[count];
  }
  const waitMs = (waiting / busy) * serviceMs;
  return { requestsPerSecond: (1000 * busy) / serviceMs, responseMs: waitMs + serviceMs, waitMs, utilization: busy / servers };
}
