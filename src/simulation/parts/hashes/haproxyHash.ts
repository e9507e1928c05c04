// How HAProxy 2.6 finds a server from a key (`balance uri`, `url_param`, `hdr`, `source`) for each `hash-type`, as plain functions.
// map-based: a table with a place for each unit of weight; consistent: a ring with 16 points for each, and the nearest point wins.
// Sources: HAProxy 2.6 configuration manual, hash.c, lb_map.c and lb_chash.c; held by sequences recorded from HAProxy 2.6.12.

import { createHaproxyStatic, setHaproxyStaticUp } from '../policies/haproxyStatic';
import { crc32, utf8Bytes } from './crc32';
import type { IsUp, KetamaPoints } from './nginxHash';
import { firstAtOrAfter } from './ring';

export type HaproxyFunction = keyof typeof functions;

const functions = { sdbm, djb2, wt6, crc32 };

export interface HaproxyHashOptions {
  /** HAProxy's default is sdbm. */
  function?: HaproxyFunction;
  /** The modifier that stirs the hash once more: near keys come out far apart. */
  avalanche?: boolean;
}

/** The 32-bit hash of a key. */
export function haproxyHash(key: string, options: HaproxyHashOptions = {}): number {
  const hash = functions[options.function ?? 'sdbm'](key);
  return options.avalanche ? haproxyAvalanche(hash) : hash;
}

function sdbm(key: string): number {
  let hash = 0;
  for (const byte of utf8Bytes(key)) hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  return hash >>> 0;
}

/** Daniel J. Bernstein's. */
function djb2(key: string): number {
  let hash = 5381;
  for (const byte of utf8Bytes(key)) hash = (Math.imul(hash, 33) + byte) | 0;
  return hash >>> 0;
}

/** Willy Tarreau's sixth: turns by as much as the last byte left it. */
function wt6(key: string): number {
  let a = 0xa53c965a;
  let b = 0x5ca6953a;
  let turnA = 6;
  let turnB = 18;
  for (const byte of utf8Bytes(key)) {
    const nextB = ~(a ^ byte);
    const nextA = ~(b + byte);
    a = (nextA << turnA) | (nextA >>> (32 - turnA));
    b = (nextB << turnB) | (nextB >>> (32 - turnB));
    const turns = (a >>> 16) ^ b;
    turnA = turns & 31;
    turnB = (turns & 0xffff) >>> 11;
  }
  return (a ^ b) >>> 0;
}

/** Bob Jenkins' mixer of 32 bits, spread by a large prime. HAProxy also lays the points of its ring by it. */
export function haproxyAvalanche(value: number): number {
  let a = value | 0;
  a = (a + 0x7ed55d16 + (a << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = (a + 0xd3a2646c) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 0xc0000001) >>> 0;
}

/** `balance source`: the address, 4 bytes (or 16), folded to 32 bits. */
export function haproxySourceHash(octets: ArrayLike<number>, avalanche = false): number {
  let hash = 0;
  for (let at = 0; at + 4 <= octets.length; at += 4) {
    hash ^= (octets[at] << 24) | (octets[at + 1] << 16) | (octets[at + 2] << 8) | octets[at + 3];
  }
  return avalanche ? haproxyAvalanche(hash) : hash >>> 0;
}

/** What `balance uri` hashes of a URI: up to the question mark (unless `whole`), `length` bytes, and `depth` directories; 0 is no limit. */
export function haproxyUriKey(uri: string, { whole = false, length = 0, depth = 0 } = {}): string {
  let slashes = 0;
  let end = 0;
  const most = length > 0 ? Math.min(length, uri.length) : uri.length;
  for (; end < most; end++) {
    if (uri[end] === '/') {
      if (depth > 0 && ++slashes === depth + 1) break;
    } else if (uri[end] === '?' && !whole) break;
  }
  return uri.slice(0, end);
}

/**
 * The table of `hash-type map-based`: a place for each unit of weight of the servers that are up, in the order of static round robin.
 * A hash belongs to `table[hash % table.length]`. Weights are divided by what all of them share.
 * @throws RangeError for a weight that is not a whole number from 0 to 256
 */
export function haproxyMap(weights: readonly number[], isUp: IsUp = () => true): Int32Array {
  const round = createHaproxyStatic(weights);
  for (let server = 0; server < weights.length; server++) setHaproxyStaticUp(round, server, isUp(server));
  return round.map.slice(0, round.length);
}

const pointsPerWeight = 16;
/** Room on the ring for the points of a server with the greatest weight. */
const pointsPerServer = 4096;

/**
 * The ring of `hash-type consistent`, for the servers that are up. Points depend on the number of a server in the configuration, from 1.
 * @throws RangeError for a weight that is not a whole number from 0 to 256
 */
export function haproxyPoints(weights: readonly number[], isUp: IsUp = () => true): KetamaPoints {
  const points: { hash: number; server: number }[] = [];
  weights.forEach((weight, server) => {
    if (!isUp(server)) return;
    for (let point = 0; point < checkedWeight(weight) * pointsPerWeight; point++) {
      points.push({ hash: haproxyAvalanche((server + 1) * pointsPerServer + point), server });
    }
  });
  points.sort((a, b) => a.hash - b.hash);
  return { hashes: Uint32Array.from(points, ({ hash }) => hash), servers: Int32Array.from(points, ({ server }) => server) };
}

/** The server of the point that is nearest to a hash, the one before it on a tie; -1 when there is none. */
export function haproxyNearest(hash: number, { hashes, servers }: KetamaPoints): number {
  if (hashes.length === 0) return -1;
  const after = firstAtOrAfter(hashes, hash);
  const before = after === 0 ? hashes.length - 1 : after - 1;
  return servers[(hash - hashes[before]) >>> 0 <= (hashes[after] - hash) >>> 0 ? before : after];
}

function checkedWeight(weight: number): number {
  if (!Number.isInteger(weight) || weight < 0 || weight > 256) {
    throw new RangeError(`A weight is ${weight}; HAProxy takes whole numbers from 0 to 256.`);
  }
  return weight;
}
