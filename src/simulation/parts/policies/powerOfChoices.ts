// The power of d choices: look at d by chance and take the least busy. Two are enough to take the edge off the tail.
// Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE TPDS 12(10), 2001;
// for balls into bins: Azar, Broder, Karlin and Upfal, SIAM Journal on Computing 29(1), 1999.

import { keyedUniform } from '../../kernel/random';
import { wholeNumber } from '../options';
import { Available } from './available';
import type { PolicyOf } from './policy';

export interface ChoicesOptions {
  /** d, from 1 up. Default 2. */
  choices?: number;
  /** Whether the same server may be looked at twice for one call. Default false: d different ones, as far as there are so many. */
  withReplacement?: boolean;
}

/**
 * Of `choices` servers by chance the one with the fewest outstanding calls; the first of them on a tie.
 * @param key from `RandomSource.key`
 */
export function powerOfChoices(key: number, { choices = 2, withReplacement = false }: ChoicesOptions = {}): PolicyOf {
  wholeNumber('a balancing policy', 'number of choices', choices, 1);
  return ({ inRotation, outstanding }) => {
    const available = new Available(inRotation);
    const sample = new Sample(choices);
    return {
      pick(call) {
        available.refresh();
        sample.clear();
        const looks = withReplacement ? choices : Math.min(choices, available.count);
        let best = -1;
        for (let look = 0; look < looks && available.count > 0; look++) {
          const uniform = keyedUniform(key, call.request, call.attempt * choices + look);
          const place = withReplacement ? Math.floor(uniform * available.count) : sample.next(uniform, available.count);
          const server = available.list[place];
          if (best < 0 || outstanding[server] < outstanding[best]) best = server;
        }
        return best;
      },
    };
  };
}

/** Places drawn without replacement: each uniform among those that are left. */
export class Sample {
  /** Those drawn, ascending. */
  private readonly drawn: Int32Array;
  private size = 0;

  constructor(most: number) {
    this.drawn = new Int32Array(most);
  }

  clear(): void {
    this.size = 0;
  }

  /** Another place of `count`, by a uniform number in (0, 1). */
  next(uniform: number, count: number): number {
    const { drawn } = this;
    let place = Math.floor(uniform * (count - this.size));
    let at = 0;
    while (at < this.size && drawn[at] <= place) {
      place++;
      at++;
    }
    for (let index = this.size; index > at; index--) drawn[index] = drawn[index - 1];
    drawn[at] = place;
    this.size++;
    return place;
  }
}

/**
 * Balls into bins: `balls` are thrown one after the other, each into the emptiest of `choices` bins drawn with replacement
 * (the first of them on a tie). The load of each bin.
 * @param stream uniform numbers in (0, 1), `choices` for each ball
 */
export function ballsIntoBins(
  { balls, bins, choices }: { balls: number; bins: number; choices: number },
  stream: { next(): number },
): Int32Array {
  wholeNumber('balls into bins', 'number of balls', balls, 0);
  wholeNumber('balls into bins', 'number of bins', bins, 1);
  wholeNumber('balls into bins', 'number of choices', choices, 1);
  if (balls === Infinity) throw new RangeError('Balls into bins need a number of balls that is finite.');
  const loads = new Int32Array(bins);
  for (let ball = 0; ball < balls; ball++) {
    let best = Math.floor(stream.next() * bins);
    for (let look = 1; look < choices; look++) {
      const bin = Math.floor(stream.next() * bins);
      if (loads[bin] < loads[best]) best = bin;
    }
    loads[best]++;
  }
  return loads;
}
