// Jump consistent hash: the bucket of a 64-bit key, with no memory. When a bucket is added, a key stays or moves to the new one.
// Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.

import { add64, multiply64, word64 } from '../hashes/word64';

const multiplier = word64(2862933555777941757n);
const one = word64(1n);

/** @param key 64 bits, unsigned  @param buckets a whole number from 1 to 2^31, else RangeError */
export function jumpHash(key: bigint, buckets: number): number {
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > 2147483648) {
    throw new RangeError(`There are ${buckets} buckets; it must be a whole number from 1 up, to 2,147,483,648.`);
  }
  const state = word64(key);
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    multiply64(state, multiplier);
    add64(state, one);
    next = Math.floor((bucket + 1) * (2147483648 / ((state[1] >>> 1) + 1)));
  }
  return bucket;
}
