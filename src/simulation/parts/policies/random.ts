// Chance: uniform, by weight, or the less busy of two.
// The uniform numbers are keyed by request and attempt, so both sides of a comparison draw the same ones.

import { keyedUniform } from '../../kernel/random';
import { Available } from './available';
import type { PolicyOf } from './policy';
import { powerOfChoices } from './powerOfChoices';

/** @param key from `RandomSource.key` */
export function randomChoice(key: number): PolicyOf {
  return ({ inRotation }) => {
    const available = new Available(inRotation);
    return {
      pick(call) {
        available.refresh();
        if (available.count === 0) return -1;
        return available.list[Math.floor(keyedUniform(key, call.request, call.attempt) * available.count)];
      },
    };
  };
}

/** In proportion to the weights, by inversion of their running sum. */
export function weightedRandom(key: number): PolicyOf {
  return ({ inRotation, weights }) => ({
    pick: (call) => inversion(keyedUniform(key, call.request, call.attempt), weights, inRotation),
  });
}

/** Two different servers by chance; the one with fewer outstanding calls, the first of the two on a tie. */
export function powerOfTwo(key: number): PolicyOf {
  return powerOfChoices(key);
}

/** The server at a share (0 to 1) of the running sum of the weights of those in rotation; -1 when there is none. */
export function inversion(share: number, weights: ArrayLike<number>, inRotation: Uint8Array): number {
  let total = 0;
  for (let server = 0; server < inRotation.length; server++) if (inRotation[server]) total += weights[server];
  let point = share * total;
  let last = -1;
  for (let server = 0; server < inRotation.length; server++) {
    if (!inRotation[server]) continue;
    last = server;
    point -= weights[server];
    if (point < 0) return server;
  }
  return last;
}
