// Jump consistent hash: the bucket of a 64-bit key, with no memory. When a bucket is added, a key stays or moves to the new one.
// Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.

const multiplier = 2862933555777941757n;
const mask = 0xffffffffffffffffn;

/** @param key 64 bits, unsigned  @param buckets a whole number from 1 up */
export function jumpHash(key: bigint, buckets: number): number {
  if (!Number.isInteger(buckets) || buckets < 1) throw new RangeError(`There are ${buckets} buckets; it must be a whole number from 1 up.`);
  let bucket = -1;
  let next = 0;
  let state = key & mask;
  while (next < buckets) {
    bucket = next;
    state = (state * multiplier + 1n) & mask;
    next = Math.floor((bucket + 1) * (2147483648 / (Number(state >> 33n) + 1)));
  }
  return bucket;
}
