// How much load a number of lines carries at a given loss: Erlang's formula read backwards.
// Source: Erlang 1917; solved by bisection on Erlang B, which only grows with the load.

import { erlangB } from './mmc';
import { requireWhole } from './validity';

/**
 * Offered load in erlangs at which `servers` (1 or more) turn away the share `blocked` (above 0, below 1) of all arrivals, to 1e-12 of its
 * value. Throws RangeError outside.
 */
export function erlangBLoad(servers: number, blocked: number): number {
  requireWhole('The number of servers', servers, 1);
  if (!(blocked > 0 && blocked < 1)) throw new RangeError(`The blocked share is ${blocked}; it must lie between 0 and 1, both excluded.`);
  let low = 0;
  let high = 1;
  while (erlangB(servers, high) < blocked) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (erlangB(servers, middle) < blocked) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Fewest servers (whole) with which at most the share `waiting` (0 to 1) of the arrivals must wait, by Erlang C, for a load in erlangs. */
export function serversForWait(offeredLoad: number, waiting: number): number {
  if (!(offeredLoad >= 0 && offeredLoad < 1e6))
    throw new RangeError(`The offered load is ${offeredLoad}; it must be from 0 to a million erlangs.`);
  if (!(waiting > 0 && waiting <= 1)) throw new RangeError(`The share that may wait is ${waiting}; it must be above 0 and at most 1.`);
  let blocked = 1;
  for (let servers = 1; ; servers++) {
    blocked = (offeredLoad * blocked) / (servers + offeredLoad * blocked);
    const utilization = offeredLoad / servers;
    if (utilization < 1 && blocked / (1 - utilization * (1 - blocked)) <= waiting) return servers;
  }
}
