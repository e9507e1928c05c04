// HAProxy 2.6's `balance static-rr`: the order of a whole round is written down beforehand and gone through in circles.
// Source: lb_map.c; held by sequences recorded from HAProxy 2.6.12.

import type { PolicyOf } from './policy';

export interface HaproxyStatic {
  /** Divided by their greatest common divisor. */
  readonly weights: readonly number[];
  readonly isUp: Uint8Array;
  readonly scores: Float64Array;
  /** The order of a round; only the first `length` are meant. */
  readonly map: Int32Array;
  length: number;
  next: number;
}

/** @param weights whole numbers from 0 to 256; 0 takes no requests */
export function createHaproxyStatic(weights: readonly number[]): HaproxyStatic {
  let divisor = 0;
  let total = 0;
  for (const weight of weights) {
    if (!Number.isInteger(weight) || weight < 0 || weight > 256) {
      throw new RangeError(`A weight is ${weight}; HAProxy's static-rr takes whole numbers from 0 to 256.`);
    }
    divisor = commonDivisor(divisor, weight);
    total += weight;
  }
  const state: HaproxyStatic = {
    weights: weights.map((weight) => weight / Math.max(1, divisor)),
    isUp: new Uint8Array(weights.length).fill(1),
    scores: new Float64Array(weights.length),
    map: new Int32Array(total / Math.max(1, divisor)),
    length: 0,
    next: 0,
  };
  drawMap(state);
  return state;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Each place goes to the server that is owed a turn, to the first in order among several. */
function drawMap(state: HaproxyStatic): void {
  const { weights, isUp, scores, map } = state;
  let total = 0;
  for (let server = 0; server < weights.length; server++) if (isUp[server]) total += weights[server];
  scores.fill(0);
  state.length = total;
  for (let place = 0; place < total; place++) {
    let best = -1;
    let most = 0;
    for (let server = 0; server < weights.length; server++) {
      if (!isUp[server] || weights[server] === 0) continue;
      scores[server] += weights[server];
      const owed = Math.trunc((scores[server] + total) / total);
      if (best >= 0 && owed <= most) continue;
      best = server;
      most = owed;
    }
    map[place] = best;
    scores[best] -= total;
  }
}

/** A server goes down or comes back: the round is written anew, and goes on at the place where it was. */
export function setHaproxyStaticUp(state: HaproxyStatic, server: number, isUp: boolean): void {
  if (state.isUp[server] === Number(isUp)) return;
  state.isUp[server] = Number(isUp);
  drawMap(state);
}

/** The next server, passing over those that are full; -1 when there is none. `avoid` is taken only when there is no other. */
export function pickHaproxyStatic(state: HaproxyStatic, isFull?: (server: number) => boolean, avoid = -1): number {
  const { map, length } = state;
  if (state.next >= length) state.next = 0;
  const first = state.next;
  let avoidedAt = -1;
  for (let step = 0; step < length; step++) {
    const place = (first + step) % length;
    if (isFull?.(map[place])) continue;
    // HAProxy goes on after the last place that it saw, also when it comes back to an avoided server.
    avoidedAt = place;
    if (map[place] !== avoid) break;
  }
  if (avoidedAt < 0) return -1;
  state.next = avoidedAt + 1;
  return map[avoidedAt];
}

/** Weights are as at the start: a static round knows no slow start. */
export const haproxyStatic: PolicyOf = ({ count, inRotation, weights }) => {
  const state = createHaproxyStatic(weights);
  return {
    pick() {
      for (let server = 0; server < count; server++) setHaproxyStaticUp(state, server, inRotation[server] === 1);
      return pickHaproxyStatic(state);
    },
  };
};
