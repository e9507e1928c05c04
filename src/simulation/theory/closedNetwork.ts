// So many clients who think, ask and wait: a closed system, exactly, one client more at a time.
// Source: Reiser and Lavenberg, "Mean-Value Analysis of Closed Multichain Queuing Networks", Journal of the ACM 27(2), 1980;
// bounds: Denning and Buzen, Computing Surveys 10(3), 1978. Exponential service (or processor sharing) at each station.

import { requireNonNegative, requirePositive, requireWhole } from './validity';

export interface ClosedSystem {
  /** Clients, a whole number from 0 up. */
  clients: number;
  thinkMs: number;
  /** Work of one request at each station, in ms: visits × service time. */
  demandsMs: readonly number[];
}

export interface ClosedResult {
  requestsPerSecond: number;
  responseMs: number;
  /** Mean number at each station. */
  inside: number[];
  utilization: number[];
}

/** Throws RangeError for numbers that make no sense. */
export function meanValueAnalysis({ clients, thinkMs, demandsMs }: ClosedSystem): ClosedResult {
  requireWhole('The number of clients', clients, 0);
  requireNonNegative('The think time', thinkMs);
  if (demandsMs.length === 0) throw new RangeError('A closed system needs at least one station.');
  for (const demand of demandsMs) requirePositive('A demand', demand);
  let inside = demandsMs.map(() => 0);
  let responseMs = demandsMs.reduce((sum, demand) => sum + demand, 0);
  let perMs = 0;
  for (let count = 1; count <= clients; count++) {
    // Who arrives finds the system as it is with one client less.
    const stays = demandsMs.map((demand, station) => demand * (1 + inside[station]));
    responseMs = stays.reduce((sum, stay) => sum + stay, 0);
    perMs = count / (responseMs + thinkMs);
    inside = stays.map((stay) => perMs * stay);
  }
  return { requestsPerSecond: perMs * 1000, responseMs, inside, utilization: demandsMs.map((demand) => perMs * demand) };
}

/** The number of clients at which the busiest station is certain to fill: (thinking + all work) / largest work. */
export function saturationClients({ thinkMs, demandsMs }: Omit<ClosedSystem, 'clients'>): number {
  for (const demand of demandsMs) requirePositive('A demand', demand);
  return (thinkMs + demandsMs.reduce((sum, demand) => sum + demand, 0)) / Math.max(...demandsMs);
}

/** What no closed system can beat: throughput at most, response time at least. */
export function closedBounds({ clients, thinkMs, demandsMs }: ClosedSystem): {
  requestsPerSecondAtMost: number;
  responseMsAtLeast: number;
} {
  const all = demandsMs.reduce((sum, demand) => sum + demand, 0);
  const largest = Math.max(...demandsMs);
  return {
    requestsPerSecondAtMost: 1000 * Math.min(1 / largest, clients / (all + thinkMs)),
    responseMsAtLeast: Math.max(all, clients * largest - thinkMs),
  };
}
