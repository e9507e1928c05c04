import { describe, expect, test } from 'vitest';
import {
  type HaproxyFunction,
  type HaproxyHashOptions,
  haproxyHash,
  haproxyMap,
  haproxyNearest,
  haproxyPoints,
  haproxySourceHash,
  haproxyUriKey,
} from '../../../../src/simulation/parts/hashes/haproxyHash';
import { readVector } from '../../../vectors/read';

type HashType = 'map-based' | 'consistent';

/** The rule of a hash type for servers with these weights, of which some are down. */
function ruleOf(hashType: HashType, weights: number[], down: number[] = []): (hash: number) => number {
  const isUp = (server: number) => !down.includes(server);
  if (hashType === 'map-based') {
    const table = haproxyMap(weights, isUp);
    return (hash) => table[hash % table.length];
  }
  const points = haproxyPoints(weights, isUp);
  return (hash) => haproxyNearest(hash, points);
}

const vector = readVector<Record<string, string> & { keys: string[] }>('haproxy.hash');

test.each(Object.entries(vector).filter(([name]) => name !== 'keys'))(
  'three servers, %s: as HAProxy 2.6.12 was seen to choose',
  (name, chosen) => {
    const [, hashType, hashFunction, avalanche] = name.split(' ');
    const serverOf = ruleOf(hashType as HashType, [1, 1, 1]);
    const options = { function: hashFunction as HaproxyFunction, avalanche: avalanche !== undefined };
    expect(vector.keys.map((key) => 'abc'[serverOf(haproxyHash(key, options))]).join('')).toBe(chosen);
  },
);

interface Recorded {
  keys: string[];
  cases: { function: HaproxyFunction; hashType: HashType; avalanche: boolean; weights: number[]; down: number[]; servers: string }[];
  uris: string[];
  uriCases: { options: { whole?: boolean; length?: number; depth?: number }; servers: string }[];
  addresses: string[];
  sourceCases: { hashType: HashType; avalanche: boolean; servers: string }[];
}
const recorded = readVector<Recorded>('haproxy.hash.recorded');

describe('with weights, and servers that are down', () => {
  test.each(recorded.cases)('$hashType $function, avalanche $avalanche, weights $weights, down $down', (one) => {
    const serverOf = ruleOf(one.hashType, one.weights, one.down);
    expect(recorded.keys.map((key) => serverOf(haproxyHash(key, one))).join('')).toBe(one.servers);
  });
});

test.each(recorded.uriCases)('balance uri with $options hashes that part of the URI', ({ options, servers }) => {
  const serverOf = ruleOf('map-based', [1, 1, 1, 1, 1]);
  expect(recorded.uris.map((uri) => serverOf(haproxyHash(haproxyUriKey(uri, options), { function: 'djb2' }))).join('')).toBe(servers);
});

test.each(recorded.sourceCases)('balance source, $hashType, avalanche $avalanche', ({ hashType, avalanche, servers }) => {
  const serverOf = ruleOf(hashType, [1, 1, 1, 1, 1]);
  const hashes = recorded.addresses.map((address) => haproxySourceHash(address.split('.').map(Number), avalanche));
  expect(hashes.map(serverOf).join('')).toBe(servers);
});

test('the words of an IPv6 address are laid over each other', () => {
  const address = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  expect(haproxySourceHash(address)).toBe(0x20010db9);
});

test('a lost server leaves the keys of the others alone on the ring, and moves most keys in the table', () => {
  const keys = Array.from({ length: 2000 }, (_, key) => haproxyHash(`key ${key}`, { avalanche: true }));
  const moved = (hashType: HashType) => {
    const before = ruleOf(hashType, [1, 1, 1, 1]);
    const after = ruleOf(hashType, [1, 1, 1, 1], [3]);
    return keys.filter((key) => before(key) !== 3 && after(key) !== before(key)).length / keys.length;
  };
  expect(moved('consistent')).toBe(0);
  expect(moved('map-based')).toBeGreaterThan(0.4);
});

test('an empty key is hashed too, by default with sdbm', () => {
  const options: HaproxyHashOptions[] = [{}, { function: 'djb2' }, { function: 'crc32' }, { function: 'wt6' }];
  expect(options.map((one) => haproxyHash('', one))).toEqual([0, 5381, 0, (0xa53c965a ^ 0x5ca6953a) >>> 0]);
});

test.each([-1, 257, 1.5, Number.NaN, Infinity])('a weight of %d is refused', (weight) => {
  expect(() => haproxyPoints([1, weight])).toThrow(RangeError);
  expect(() => haproxyMap([1, weight])).toThrow(RangeError);
});

test('nobody is found when all are down', () => {
  expect(haproxyMap([1, 1], () => false).length).toBe(0);
  expect(
    haproxyNearest(
      7,
      haproxyPoints([1, 1], () => false),
    ),
  ).toBe(-1);
});
