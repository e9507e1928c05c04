import { expect, test } from 'vitest';
import { cassandraToken } from '../../../../src/simulation/parts/hashes/murmur';
import { evenTokens, randomTokens, tokenOwner, tokenReplicas, tokenRing } from '../../../../src/simulation/parts/partitioning/tokenRing';
import { ringShareDeviation } from '../../../../src/simulation/theory/ringBalance';

test('even tokens are those of the manual', () => {
  // Apache Cassandra documentation: python -c 'print [str(((2**64 / 3) * i) - 2**63) for i in range(3)]'
  expect(evenTokens(3).flat()).toEqual([-9223372036854775808n, -3074457345618258603n, 3074457345618258602n]);
});

test('a node owns its own token and all back to the one before', () => {
  const ring = tokenRing([[0n], [100n], [-50n]]);
  const owners = [-51n, -50n, -49n, 0n, 1n, 100n, 101n, 9223372036854775807n, -9223372036854775808n];
  expect(owners.map((token) => tokenOwner(token, ring))).toEqual([2, 2, 0, 0, 1, 1, 2, 2, 2]);
  expect(tokenOwner(5n, tokenRing([]))).toBe(-1);
});

test('replicas are the next different nodes around the ring', () => {
  const ring = tokenRing([[-6000000000000000000n, -5000000000000000000n], [0n, 6000000000000000000n], [7000000000000000000n]]);
  // abc lies at -5434086359492102041.
  expect(tokenReplicas('abc', ring, 3)).toEqual([0, 1, 2]);
  expect(tokenReplicas('abc', ring, 9)).toEqual([0, 1, 2]);
  // key42 lies at -2642114063384770910, user:2 at -4674429184654902889, "The quick …" at -2068352364225029268: all between -5e18 and 0.
  expect(tokenReplicas('key42', ring, 2)).toEqual([1, 2]);
  expect(tokenReplicas('a', tokenRing([]), 2)).toEqual([]);
});

test('a node that joins takes only its own share, a little from everybody', () => {
  const nodes = Array.from({ length: 5 }, (_, node) => randomTokens(`node ${node}`, 64));
  const before = tokenRing(nodes.slice(0, 4));
  const after = tokenRing(nodes);
  const givers = new Set<number>();
  let moved = 0;
  for (let key = 0; key < 5000; key++) {
    const token = cassandraToken(`key ${key}`);
    const owner = tokenOwner(token, after);
    if (owner === tokenOwner(token, before)) continue;
    expect(owner).toBe(4);
    givers.add(tokenOwner(token, before));
    moved++;
  }
  expect(givers.size).toBe(4);
  expect(moved / 5000).toBeGreaterThan(0.13);
  expect(moved / 5000).toBeLessThan(0.27);
});

test('random tokens are as uneven as random points are', () => {
  const [count, tokens, rings] = [10, 16, 60];
  let squares = 0;
  for (let seed = 0; seed < rings; seed++) {
    const ring = tokenRing(Array.from({ length: count }, (_, node) => randomTokens(`node ${node}`, tokens, seed)));
    const shares = new Float64Array(count);
    ring.tokens.forEach((token, index) => {
      const previous = ring.tokens[index === 0 ? ring.tokens.length - 1 : index - 1];
      shares[ring.nodes[index]] += (Number(BigInt.asUintN(64, token - previous)) / 4294967296 / 4294967296) * count;
    });
    for (const share of shares) squares += (share - 1) * (share - 1);
  }
  const measured = Math.sqrt(squares / (rings * count));
  // Nine free shares a ring: relative error of the deviation about 1/√(2·9·60) = 3 %.
  expect(Math.abs(measured / ringShareDeviation({ nodes: count, pointsPerNode: tokens }) - 1)).toBeLessThan(0.12);
});

test('a token claimed twice, and numbers that are none, are refused', () => {
  expect(() => tokenRing([[1n], [1n]])).toThrow('Token 1 is claimed twice');
  for (const count of [0, -1, 1.5, Number.NaN]) {
    expect(() => evenTokens(count)).toThrow(RangeError);
    expect(() => randomTokens('node', count)).toThrow(RangeError);
    expect(() => tokenReplicas('a', tokenRing([[1n]]), count)).toThrow(RangeError);
  }
});
