// Maglev hashing as Envoy builds it: every host walks the table by its own permutation and takes the next free slot in its turn.
// The table is even to one slot, and a lost host moves little more than its own slots.
// Sources: Eisenbud and others, "Maglev", NSDI 2016, listing 1; Envoy 1.32, maglev_lb.cc, for weights.

import { positive } from '../options';
import { utf8Bytes } from './crc32';
import type { NamedServer } from './nginxHash';
import { modulo64, word64 } from './word64';
import { xxHash64Into } from './xxHash';

export const defaultMaglevTableSize = 65537;
const largestTableSize = 5_000_011;

/**
 * The host of each slot, as an index into `hosts`; empty when there are none.
 * @param tableSize a prime, up to Envoy's 5,000,011: a hundred times the hosts or more keeps the table even to 1 %
 * @throws RangeError for a size that is not such a prime and for a weight that is not a number above 0
 */
export function maglevTable(hosts: readonly NamedServer[], tableSize = defaultMaglevTableSize): Int32Array {
  if (!isPrime(tableSize) || tableSize > largestTableSize) {
    throw new RangeError(`The Maglev table has ${tableSize} slots; it must be a prime from 2 to 5,000,011.`);
  }
  const shares = normalizedWeights(hosts);
  const largest = shares.reduce((most, share) => Math.max(most, share), 0);
  const order = hosts.map((_, host) => host).sort((a, b) => (hosts[a].name < hosts[b].name ? -1 : hosts[a].name > hosts[b].name ? 1 : 0));
  const next = new Int32Array(hosts.length);
  const skip = new Int32Array(hosts.length);
  const hash = word64();
  hosts.forEach(({ name }, host) => {
    const bytes = utf8Bytes(name);
    hash.fill(0);
    xxHash64Into(hash, bytes);
    next[host] = modulo64(hash, tableSize);
    hash[0] = 1;
    hash[1] = 0;
    xxHash64Into(hash, bytes);
    skip[host] = modulo64(hash, tableSize - 1) + 1;
  });
  const table = new Int32Array(hosts.length === 0 ? 0 : tableSize).fill(-1);
  const targets = new Float64Array(hosts.length);
  let filled = 0;
  for (let turn = 1; filled < table.length; turn++) {
    for (const host of order) {
      // A host of a third of the greatest weight has a turn in every third round.
      if (filled === table.length || turn * shares[host] < targets[host]) continue;
      targets[host] += largest;
      let slot = next[host];
      while (table[slot] >= 0) slot = (slot + skip[host]) % tableSize;
      table[slot] = host;
      next[host] = (slot + skip[host]) % tableSize;
      filled++;
    }
  }
  return table;
}

/**
 * The host of a 64-bit hash; -1 when the table is empty.
 * @param attempt 1 and up for the tries after the first, which Envoy sends elsewhere
 */
export function maglevHost(hash: bigint, table: Int32Array, attempt = 0): number {
  if (table.length === 0) return -1;
  return table[Number(BigInt.asUintN(64, attempt === 0 ? hash : hash ^ BigInt(-attempt)) % BigInt(table.length))];
}

/** Weights as shares of their sum. Throws RangeError for a weight that is not a number above 0. */
export function normalizedWeights(hosts: readonly NamedServer[]): number[] {
  let sum = 0;
  for (const { name, weight } of hosts) sum += positive(name, 'weight', weight);
  return hosts.map(({ weight }) => weight / sum);
}

function isPrime(value: number): boolean {
  if (!Number.isInteger(value) || value < 2) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false;
  return true;
}
