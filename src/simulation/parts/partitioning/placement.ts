// Where each key lives, under each scheme, before and after a shard joins or leaves. Keys are numbered; their names are hashed.
// A placement is worked out for all keys at once, so that two of them can be compared: what differs must move.

import { hashText, keyedUniform } from '../../kernel/random';
import { jumpHash } from './jumpHash';
import { redisSlot } from './redisSlot';
import { type SystemScheme, systemPlacers } from './systemPlacement';

export const placementSchemes = ['range', 'modulo', 'ring', 'slots', 'jump', 'rendezvous', 'directory'] as const;
export type PlacementScheme = (typeof placementSchemes)[number];

export type ShardChange = 'none' | 'add' | 'remove' | 'crash';

export interface PlacementOptions {
  /** One of the ways to place keys, or a real system's. */
  scheme: PlacementScheme | SystemScheme;
  keyCount: number;
  /** Shards before the change, 1 or more. */
  shards: number;
  change: ShardChange;
  /** Points of each shard on the ring; tokens with `cassandra`. */
  pointsPerShard: number;
  /** Requests for each key; a directory places by it, and a range is split where it is most. */
  popularity: Float64Array;
  /** Changes the names of the keys and of the points on the ring. */
  seed: number;
}

export interface Placement {
  /** Shard of each key; -1 after a crash: nobody has it. */
  before: Int32Array;
  after: Int32Array;
  /** Where each key stands in the order that the scheme sees, 0 to 1. */
  positions: Float64Array;
  /** Numbers of the shards that are there after the change, ascending. */
  shardsAfter: number[];
}

/** Works out both placements. Throws RangeError when there are no shards or no keys. */
export function placeKeys(options: PlacementOptions): Placement {
  const { shards, change, keyCount, scheme } = options;
  if (!(shards >= 1) || !(keyCount >= 1))
    throw new RangeError(`There are ${shards} shards and ${keyCount} keys; a placement needs one of each at least.`);
  const hashes = Uint32Array.from({ length: keyCount }, (_, key) => hashText(`order:${options.seed}:${key}`));
  const numbers = Array.from({ length: shards }, (_, shard) => shard);
  const leaves = scheme === 'jump' ? shards - 1 : Math.floor(shards / 2);
  const shardsAfter = change === 'add' ? [...numbers, shards] : change === 'none' ? numbers : numbers.filter((shard) => shard !== leaves);
  const before = placers[scheme](options, hashes, numbers, undefined);
  if (change === 'crash') {
    return { before, after: before.map((shard) => (shard === leaves ? -1 : shard)), positions: positionsOf(options, hashes), shardsAfter };
  }
  const after = change === 'none' || shardsAfter.length === 0 ? before : placers[scheme](options, hashes, shardsAfter, before);
  return { before, after, positions: positionsOf(options, hashes), shardsAfter };
}

type Placer = (options: PlacementOptions, hashes: Uint32Array, shards: number[], before: Int32Array | undefined) => Int32Array;

const placers: Record<PlacementScheme | SystemScheme, Placer> = {
  range: placeByRange,
  modulo: (_options, hashes, shards) => Int32Array.from(hashes, (hash) => shards[hash % shards.length]),
  ring: placeOnRing,
  slots: placeBySlots,
  jump: (_options, hashes, shards) =>
    Int32Array.from(hashes, (hash) => shards[jumpHash((BigInt(hash) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn, shards.length)]),
  rendezvous: placeByScore,
  directory: placeByDirectory,
  maglev: placeAsSystem,
  kafka: placeAsSystem,
  postgres: placeAsSystem,
  cassandra: placeAsSystem,
};

function placeAsSystem(options: PlacementOptions, _hashes: Uint32Array, shards: number[]): Int32Array {
  const { scheme, seed, keyCount } = options;
  const shardOf = systemPlacers[scheme as SystemScheme].rule(shards, options);
  return Int32Array.from({ length: keyCount }, (_, key) => shards[shardOf(nameOf(seed, key))]);
}

function positionsOf({ scheme, keyCount, seed }: PlacementOptions, hashes: Uint32Array): Float64Array {
  if (scheme === 'range' || scheme === 'directory') return Float64Array.from({ length: keyCount }, (_, key) => key / keyCount);
  if (scheme === 'slots') return Float64Array.from({ length: keyCount }, (_, key) => redisSlot(nameOf(seed, key)) / 16384);
  if (scheme in systemPlacers) {
    const { position } = systemPlacers[scheme as SystemScheme];
    return Float64Array.from({ length: keyCount }, (_, key) => position(nameOf(seed, key)));
  }
  return Float64Array.from(hashes, (hash) => hash / 4294967296);
}

function nameOf(seed: number, key: number): string {
  return `order:${seed}:${key}`;
}

/** Equal stretches of the key order. A new shard takes the upper half of the busiest; a leaving one goes to its lower neighbor. */
function placeByRange(
  { keyCount, popularity }: PlacementOptions,
  _hashes: Uint32Array,
  shards: number[],
  before: Int32Array | undefined,
): Int32Array {
  if (before === undefined) return Int32Array.from({ length: keyCount }, (_, key) => shards[Math.floor((key * shards.length) / keyCount)]);
  const newest = shards[shards.length - 1];
  const known = new Set(before);
  if (known.has(newest) && shards.length < known.size) {
    const staying = new Set(shards);
    let last = shards[0];
    return before.map((shard) => {
      if (staying.has(shard)) last = shard;
      return last;
    });
  }
  const busiest = indexOfMost(sumBy(before, popularity, newest + 1));
  const first = before.indexOf(busiest);
  const end = before.lastIndexOf(busiest) + 1;
  const middle = Math.floor((first + end) / 2);
  return before.map((shard, key) => (shard === busiest && key >= middle ? newest : shard));
}

/** Consistent hashing: a key belongs to the first point at or after its hash, around the circle. Karger and others, STOC 1997. */
function placeOnRing({ pointsPerShard, seed }: PlacementOptions, hashes: Uint32Array, shards: number[]): Int32Array {
  const count = shards.length * pointsPerShard;
  const points = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const shard = shards[Math.floor(index / pointsPerShard)];
    points[index] = hashText(`ring ${seed} shard ${shard} point ${index % pointsPerShard}`) * 4096 + shard;
  }
  points.sort();
  return Int32Array.from(hashes, (hash) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (points[middle] < hash * 4096) low = middle + 1;
      else high = middle;
    }
    return points[low === count ? 0 : low] % 4096;
  });
}

const slotCount = 16384;

/** Redis Cluster's slots in equal stretches; a change moves as few slots as will make the shards equal again. */
function placeBySlots(
  { seed, keyCount, shards: shardCount }: PlacementOptions,
  _hashes: Uint32Array,
  shards: number[],
  before: Int32Array | undefined,
): Int32Array {
  const owners = Int32Array.from({ length: slotCount }, (_, slot) => Math.floor((slot * shardCount) / slotCount));
  if (before !== undefined) moveSlots(owners, shards);
  return Int32Array.from({ length: keyCount }, (_, key) => owners[redisSlot(nameOf(seed, key))]);
}

function moveSlots(owners: Int32Array, shards: number[]): void {
  const held = new Map<number, number>(shards.map((shard) => [shard, 0]));
  for (const owner of owners) if (held.has(owner)) held.set(owner, (held.get(owner) as number) + 1);
  const fair = Math.floor(slotCount / shards.length);
  const takers = shards.filter((shard) => (held.get(shard) as number) < fair);
  for (let slot = 0; slot < slotCount && takers.length > 0; slot++) {
    const owner = owners[slot];
    const has = held.get(owner);
    if (has !== undefined && has <= fair) continue;
    const taker = takers[0];
    owners[slot] = taker;
    if (has !== undefined) held.set(owner, has - 1);
    held.set(taker, (held.get(taker) as number) + 1);
    if ((held.get(taker) as number) >= fair) takers.shift();
  }
  const [first] = shards;
  for (let slot = 0; slot < slotCount; slot++) if (!held.has(owners[slot])) owners[slot] = first;
}

/** Rendezvous hashing: the shard with the highest score for this key. Thaler and Ravishankar 1998. */
function placeByScore(_options: PlacementOptions, hashes: Uint32Array, shards: number[]): Int32Array {
  return Int32Array.from(hashes, (hash) => {
    let best = shards[0];
    let highest = -1;
    for (const shard of shards) {
      const score = keyedUniform(hash, shard);
      if (score > highest) {
        highest = score;
        best = shard;
      }
    }
    return best;
  });
}

/** A table: each key, the most popular first, to the shard with the least load so far. After a change only as many move as must. */
function placeByDirectory(
  { popularity }: PlacementOptions,
  hashes: Uint32Array,
  shards: number[],
  before: Int32Array | undefined,
): Int32Array {
  const order = Array.from(hashes, (_, key) => key).sort((a, b) => popularity[b] - popularity[a] || a - b);
  const owners = new Int32Array(hashes.length);
  const loads = new Map<number, number>(shards.map((shard) => [shard, 0]));
  let total = 0;
  for (const weight of popularity) total += weight;
  const fair = total / shards.length;
  for (const key of order) {
    const home = before?.[key];
    const load = home === undefined ? undefined : loads.get(home);
    const stays = load !== undefined && load + popularity[key] <= fair;
    const shard = stays ? (home as number) : leastLoaded(loads);
    owners[key] = shard;
    loads.set(shard, (loads.get(shard) as number) + popularity[key]);
  }
  return owners;
}

function leastLoaded(loads: Map<number, number>): number {
  let best = -1;
  let least = Infinity;
  for (const [shard, load] of loads) {
    if (load < least) {
      least = load;
      best = shard;
    }
  }
  return best;
}

/** Sum of `weights` by owner; owners of -1 are left out. */
export function sumBy(owners: Int32Array, weights: Float64Array | undefined, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let key = 0; key < owners.length; key++) if (owners[key] >= 0) sums[owners[key]] += weights === undefined ? 1 : weights[key];
  return sums;
}

function indexOfMost(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}
