// Envoy's ring hash (ketama with 64-bit hashes): each host has points in proportion to its weight; a hash belongs to the first at or after it.
// Sources: Envoy 1.32, ring_hash_lb.cc; Karger and others, "Consistent Hashing and Random Trees", STOC 1997.

import { utf8Bytes } from './crc32';
import { normalizedWeights } from './envoyMaglev';
import { murmur64Into } from './murmur';
import type { NamedServer } from './nginxHash';
import { firstAtOrAfter } from './ring';
import { unsigned64, word64 } from './word64';
import { xxHash64Into } from './xxHash';

/** Points ascending, each with the index of its host. */
export interface EnvoyRing {
  hashes: BigUint64Array;
  hosts: Int32Array;
}

export interface EnvoyRingOptions {
  /** The least points in all, unless the largest ring is smaller. Default: 1024. */
  minimumSize?: number;
  /** Default and most: 8,388,608. */
  maximumSize?: number;
  hash?: keyof typeof hashInto;
}

const hashInto = { xxHash64: xxHash64Into, murmur64: murmur64Into };
const largestRing = 8_388_608;

/**
 * The least heavy host gets a whole number of points, the others in proportion; fractions of points are carried to the next host.
 * @throws RangeError for sizes that are not whole, out of 1 to 8,388,608 or crossed, and for a weight that is not a number above 0
 */
export function envoyRing(hosts: readonly NamedServer[], options: EnvoyRingOptions = {}): EnvoyRing {
  const { minimumSize = 1024, maximumSize = largestRing, hash = 'xxHash64' } = options;
  for (const size of [minimumSize, maximumSize]) {
    if (!Number.isInteger(size) || size < 1 || size > largestRing || minimumSize > maximumSize) {
      throw new RangeError(
        `The ring has ${minimumSize} to ${maximumSize} points; both must be whole numbers from 1 to 8,388,608, the first not above the second.`,
      );
    }
  }
  const shares = normalizedWeights(hosts);
  const least = shares.reduce((smallest, share) => Math.min(smallest, share), 1);
  const scale = Math.min(Math.ceil(least * minimumSize) / least, maximumSize);
  const points: bigint[] = [];
  const owners: number[] = [];
  const word = word64();
  let target = 0;
  hosts.forEach(({ name }, host) => {
    target += scale * shares[host];
    for (let point = 0; owners.length < target; point++) {
      word.fill(0);
      hashInto[hash](word, utf8Bytes(`${name}_${point}`));
      points.push(unsigned64(word));
      owners.push(host);
    }
  });
  const order = Float64Array.from(owners, (_, index) => index).sort((a, b) =>
    points[a] < points[b] ? -1 : points[a] > points[b] ? 1 : a - b,
  );
  return { hashes: BigUint64Array.from(order, (index) => points[index]), hosts: Int32Array.from(order, (index) => owners[index]) };
}

/**
 * The host of a 64-bit hash: that of the first point at or after it, around the ring; -1 when the ring is empty.
 * @param attempt 1 and up for the tries after the first: so many points further on
 */
export function envoyRingHost(hash: bigint, { hashes, hosts }: EnvoyRing, attempt = 0): number {
  if (hosts.length === 0) return -1;
  return hosts[(firstAtOrAfter(hashes, hash) + attempt) % hosts.length];
}
