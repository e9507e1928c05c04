// Chance. Uniform, by weight, and the power of two choices: look at two by chance and take the less busy one.
// Two choices: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE TPDS 12(10), 2001.
// The uniform numbers are keyed by request and attempt, so both sides of a comparison draw the same ones.

import { keyedUniform } from '../../kernel/random';
import type { PolicyOf, Rotation } from './policy';

/** @param key from `RandomSource.key` */
export function randomChoice(key: number): PolicyOf {
  return (rotation) => ({
    pick: (call) => nthInRotation(rotation, keyedUniform(key, call.request, call.attempt)),
  });
}

/** In proportion to the weights. */
export function weightedRandom(key: number): PolicyOf {
  return ({ count, inRotation, weights }) => ({
    pick(call) {
      let total = 0;
      for (let server = 0; server < count; server++) if (inRotation[server]) total += weights[server];
      let point = keyedUniform(key, call.request, call.attempt) * total;
      let last = -1;
      for (let server = 0; server < count; server++) {
        if (!inRotation[server]) continue;
        last = server;
        point -= weights[server];
        if (point < 0) return server;
      }
      return last;
    },
  });
}

/** Two different servers by chance; the one with fewer outstanding calls, the first of the two on a tie. */
export function powerOfTwo(key: number): PolicyOf {
  return (rotation) => {
    const { outstanding } = rotation;
    return {
      pick(call) {
        const first = nthInRotation(rotation, keyedUniform(key, call.request, call.attempt * 2));
        const second = nthInRotation(rotation, keyedUniform(key, call.request, call.attempt * 2 + 1), first);
        if (second < 0) return first;
        return outstanding[second] < outstanding[first] ? second : first;
      },
    };
  };
}

/** The server at a uniform place among those in rotation, leaving one out; -1 when there is none. */
function nthInRotation({ count, inRotation }: Rotation, uniform: number, without = -1): number {
  let available = 0;
  for (let server = 0; server < count; server++) if (inRotation[server] && server !== without) available++;
  let place = Math.floor(uniform * available);
  for (let server = 0; server < count; server++) {
    if (inRotation[server] && server !== without && place-- === 0) return server;
  }
  return -1;
}
