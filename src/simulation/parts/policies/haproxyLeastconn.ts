// HAProxy 2.6's `balance leastconn`: the least (connections + 1) / weight. Idle servers come before all others, whatever their weight,
// and equals go round: whoever changed last is behind.
// Source: lb_fwlc.c; held by sequences recorded from HAProxy 2.6.12.

import { haproxyWeight } from './haproxyRoundRobin';
import type { PolicyOf } from './policy';

export interface HaproxyLeastconn {
  /** In sixteenths. */
  readonly weights: Int32Array;
  readonly isUp: Uint8Array;
  readonly keys: Float64Array;
  /** Number of its insertion: the first goes first among equal keys. */
  readonly inserted: Float64Array;
  insertions: number;
}

/** @param weights 0 to 256 each; 0 takes no requests */
export function createHaproxyLeastconn(weights: readonly number[]): HaproxyLeastconn {
  return {
    weights: Int32Array.from(weights, haproxyWeight),
    isUp: new Uint8Array(weights.length).fill(1),
    keys: new Float64Array(weights.length),
    inserted: Float64Array.from(weights, (_, server) => server),
    insertions: weights.length,
  };
}

/** Call it when a server got or finished a connection. */
export function countHaproxyConnections(state: HaproxyLeastconn, server: number, connections: number): void {
  const { isUp, weights, keys } = state;
  if (!isUp[server] || weights[server] === 0) return;
  if (keys[server] !== keyOf(connections, weights[server])) insert(state, server, connections);
}

/** A server goes down, comes back, or gets another weight (in sixteenths). */
export function changeHaproxyLeastconn(state: HaproxyLeastconn, server: number, isUp: boolean, weight: number, connections: number): void {
  if (state.isUp[server] === Number(isUp) && state.weights[server] === weight) return;
  state.isUp[server] = Number(isUp);
  state.weights[server] = weight;
  if (isUp && weight > 0) insert(state, server, connections);
}

/** The next server, passing over those that are full; -1 when there is none. `avoid` is taken only when there is no other. */
export function pickHaproxyLeastconn(state: HaproxyLeastconn, isFull?: (server: number) => boolean, avoid = -1): number {
  const { weights, isUp, keys, inserted } = state;
  let best = -1;
  for (let server = 0; server < weights.length; server++) {
    if (!isUp[server] || weights[server] === 0 || isFull?.(server)) continue;
    if (best < 0 || best === avoid) best = server;
    else if (server === avoid) continue;
    else if (keys[server] < keys[best] || (keys[server] === keys[best] && inserted[server] < inserted[best])) best = server;
  }
  return best;
}

const mostWeight = 256 * 16;

function keyOf(connections: number, weight: number): number {
  return connections === 0 ? 0 : Math.floor(((connections + 1) * mostWeight) / weight);
}

function insert(state: HaproxyLeastconn, server: number, connections: number): void {
  state.keys[server] = keyOf(connections, state.weights[server]);
  state.inserted[server] = state.insertions++;
}

export const haproxyLeastconn: PolicyOf = ({ count, inRotation, outstanding, weights }) => {
  const state = createHaproxyLeastconn(weights);
  return {
    pick() {
      for (let server = 0; server < count; server++) {
        changeHaproxyLeastconn(state, server, inRotation[server] === 1, haproxyWeight(weights[server]), outstanding[server]);
      }
      const server = pickHaproxyLeastconn(state);
      if (server >= 0) countHaproxyConnections(state, server, outstanding[server] + 1);
      return server;
    },
    heard: (server) => countHaproxyConnections(state, server, outstanding[server]),
  };
};
