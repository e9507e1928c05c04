// How much load a number of lines carries at a given loss: Erlang's formula read backwards.
// Source: Erlang 1917; solved by bisection on Erlang B, which only grows with the load.

import { erlangB } from './mmc';
import { requireBetween, requireNonNegative, requirePositive, requireShare, requireWhole } from './validity';

/**
 * Offered load in erlangs at which `servers` (1 to 10 million) turn away the share `blocked` (above 0, below 1) of all arrivals, to the
 * last digits. Throws RangeError outside.
 */
export function erlangBLoad(servers: number, blocked: number): number {
  requireWhole('The number of servers', servers, 1);
  requireBetween('The blocked share', blocked);
  // One server turns away more than that, and no number of them serves more than one request each.
  let low = blocked / (1 - blocked);
  let high = servers / (1 - blocked);
  for (;;) {
    const middle = low * Math.sqrt(high / low);
    if (!(middle > low && middle < high)) return middle;
    if (erlangB(servers, middle) < blocked) low = middle;
    else high = middle;
  }
}

/** Fewest servers (whole) with which at most the share `waiting` (0 to 1) of the arrivals must wait, by Erlang C, for a load in erlangs. */
export function serversForWait(offeredLoad: number, waiting: number): number {
  requireNonNegative('The offered load', offeredLoad);
  requireWhole('The number of servers to begin with', Math.ceil(offeredLoad), 0, 1_000_000);
  requireShare('The share that may wait', waiting);
  requirePositive('The share that may wait', waiting);
  let blocked = 1;
  for (let servers = 1; ; servers++) {
    blocked = (offeredLoad * blocked) / (servers + offeredLoad * blocked);
    const utilization = offeredLoad / servers;
    if (utilization < 1 && blocked / (1 - utilization * (1 - blocked)) <= waiting) return servers;
  }
}
