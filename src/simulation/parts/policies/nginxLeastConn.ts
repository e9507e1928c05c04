// nginx 1.22's `least_conn` and `random two least_conn` on the state of its weighted round robin, passive failure count included.
// Sources: ngx_http_upstream_least_conn_module.c, ngx_http_upstream_random_module.c; least_conn is held by sequences recorded from nginx.

import { isResting, noteTried, pickSmoothWeighted, type SmoothWeighted } from './smoothWeighted';

type MayUse = (server: number) => boolean;

/** The server with the fewest connections by weight; ties go round by smooth weights among the tied. -1 when all rest or are left out. */
export function pickLeastConn(state: SmoothWeighted, connections: ArrayLike<number>, mayUse: MayUse, nowMs = 0): number {
  const { weights, current, effective, tied } = state;
  const countsFailures = state.maxFails > 0;
  let best = -1;
  let fewest = 0;
  let bestWeight = 0;
  let tiedCount = 0;
  for (let server = 0; server < weights.length; server++) {
    if (!mayUse(server) || (countsFailures && isResting(state, server, nowMs))) continue;
    const difference = best < 0 ? -1 : connections[server] * bestWeight - fewest * weights[server];
    if (difference < 0) {
      best = server;
      fewest = connections[server];
      bestWeight = weights[server];
      tiedCount = 0;
    }
    if (difference <= 0) tied[tiedCount++] = server;
  }
  if (best < 0) return -1;
  let total = 0;
  for (let index = 0; tiedCount > 1 && index < tiedCount; index++) {
    const server = tied[index];
    current[server] += effective[server];
    total += effective[server];
    if (effective[server] < weights[server]) effective[server]++;
    if (current[server] > current[best]) best = server;
  }
  current[best] -= total;
  noteTried(state, best, nowMs);
  return best;
}

const mostTries = 20;

/**
 * Two different servers by chance and weight; the one with fewer connections by weight, the second on a tie.
 * When so many tries did not find two that may be used, weighted round robin decides.
 * @param draw the uniform number in (0, 1) of a try, counted from 0
 */
export function pickRandomTwo(
  state: SmoothWeighted,
  connections: ArrayLike<number>,
  mayUse: MayUse,
  draw: (attempt: number) => number,
  nowMs = 0,
): number {
  const { weights } = state;
  let total = 0;
  for (let server = 0; server < weights.length; server++) total += weights[server];
  let first = -1;
  for (let tries = 0; tries <= mostTries && weights.length > 1; tries++) {
    let point = Math.floor(draw(tries) * total);
    let server = 0;
    while (point >= weights[server]) point -= weights[server++];
    if (server === first || !mayUse(server) || isResting(state, server, nowMs)) continue;
    if (first < 0) {
      first = server;
      continue;
    }
    if (connections[server] * weights[first] > connections[first] * weights[server]) server = first;
    noteTried(state, server, nowMs);
    return server;
  }
  return pickSmoothWeighted(state, mayUse, nowMs);
}
