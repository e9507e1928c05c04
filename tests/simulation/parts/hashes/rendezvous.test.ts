import { expect, test } from 'vitest';
import { rendezvousServer } from '../../../../src/simulation/parts/hashes/rendezvous';

const serversOf = (...weights: number[]) => weights.map((weight, index) => ({ name: `server ${index}`, weight }));
const keys = Array.from({ length: 20_000 }, (_, key) => `key ${key}`);

function shares(weights: number[]): number[] {
  const counts = weights.map(() => 0);
  for (const key of keys) counts[rendezvousServer(key, serversOf(...weights))]++;
  return counts.map((count) => count / keys.length);
}

test.each([[[1, 1, 1, 1]], [[1, 2, 5]], [[0.5, 3]]])('servers of weights %j have keys in proportion', (weights) => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  shares(weights).forEach((share, server) => {
    const expected = weights[server] / sum;
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / keys.length));
  });
});

test('a lost server, or a lower weight, moves its own keys only', () => {
  const servers = serversOf(3, 1, 2, 1);
  for (const key of keys.slice(0, 3000)) {
    const before = rendezvousServer(key, servers);
    const without = rendezvousServer(key, servers, (server) => server !== 2);
    const lighter = rendezvousServer(key, serversOf(3, 1, 1, 1));
    expect(without).not.toBe(2);
    if (before !== 2) expect([without, lighter]).toEqual([before, before]);
  }
});

test('the scale of the weights does not matter', () => {
  for (const key of keys.slice(0, 500)) expect(rendezvousServer(key, serversOf(2, 4, 6))).toBe(rendezvousServer(key, serversOf(1, 2, 3)));
});

test('nobody is found when none is up, and a weight must be a number above 0', () => {
  expect(rendezvousServer('a', serversOf(1, 1), () => false)).toBe(-1);
  for (const weight of [0, -1, Number.NaN, Infinity]) expect(() => rendezvousServer('a', serversOf(1, weight))).toThrow(RangeError);
});
