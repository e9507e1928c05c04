import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maglevHost, maglevTable } from '../../../../src/simulation/parts/hashes/envoyMaglev';
import { type EnvoyRing, envoyRing, envoyRingHost } from '../../../../src/simulation/parts/hashes/envoyRing';
import { xxHash64 } from '../../../../src/simulation/parts/hashes/xxHash';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

const hostsOf = (...weights: number[]) => weights.map((weight, index) => ({ name: `127.0.0.1:${90 + index}`, weight }));
const count = (table: Int32Array, host: number) => table.filter((one) => one === host).length;

describe('Maglev', () => {
  const tables = readVector<{ hosts: [string, number][]; tableSize: number; table: number[]; counts?: number[] }[]>('envoy.maglev');

  test.each(tables)('fills $tableSize slots as Envoy does for $hosts', ({ hosts, tableSize, table, counts }) => {
    const filled = maglevTable(
      hosts.map(([name, weight]) => ({ name, weight })),
      tableSize,
    );
    expect([...filled]).toEqual(table);
    if (counts !== undefined) expect(counts.map((_, host) => count(filled, host))).toEqual(counts);
  });

  // maglev_lb_test.cc, LocalityWeightedSameLocalityWeights and LocalityWeightedDifferentLocalityWeights: weights of whole places.
  test.each([
    [hostsOf(1, 1), '10010110010100101'],
    [hostsOf(8, 2), '10000010010100000'],
  ])("gives Envoy's table to hosts in places of their own", (hosts, table) => {
    expect(maglevTable(hosts, 17).join('')).toBe(table);
  });

  test('sends a second and a third try elsewhere, as in BasicWithRetryHostPredicate', () => {
    const table = maglevTable(hostsOf(1, 1, 1, 1, 1, 1), 7);
    expect([0, 1, 2].map((attempt) => maglevHost(10n, table, attempt))).toEqual([1, 0, 5]);
  });

  const losses =
    readVector<{ n: number; M: number; min: number; max: number; slotsOfRemoved: number; slotsChanged: number }[]>('maglev.disruption');

  test.each(losses)('of $n hosts on $M slots loses the middle one at the recorded price', (expected) => {
    const hosts = Array.from({ length: expected.n }, (_, host) => ({ name: `10.1.${host >> 8}.${host & 255}:8080`, weight: 1 }));
    hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
    const before = maglevTable(hosts, expected.M);
    const lost = Math.floor(expected.n / 2);
    const left = hosts.filter((_, host) => host !== lost);
    const after = maglevTable(left, expected.M);
    const held = hosts.map((_, host) => count(before, host));
    expect([Math.min(...held), Math.max(...held), held[lost]]).toEqual([expected.min, expected.max, expected.slotsOfRemoved]);
    expect(before.filter((host, slot) => hosts[host] !== left[after[slot]]).length).toBe(expected.slotsChanged);
  });

  test('does not ask in which order the hosts are listed', () => {
    const hosts = hostsOf(3, 1, 2, 5);
    const reversed = [...hosts].reverse();
    const names = (list: typeof hosts) => Array.from(maglevTable(list, 251), (host) => list[host].name);
    expect(names(reversed)).toEqual(names(hosts));
  });

  test('fills every slot, evenly to one with equal weights and in proportion otherwise', () => {
    const size = 1009;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (weights) => {
        const table = maglevTable(hostsOf(...weights), size);
        const sum = weights.reduce((total, weight) => total + weight, 0);
        weights.forEach((weight, host) => {
          expect(Math.abs(count(table, host) - (size * weight) / sum)).toBeLessThan(
            weights.every((one) => one === weight) ? 1 : weights.length + 1,
          );
        });
      }),
      { numRuns: cases },
    );
  });

  test('has no host for anybody when there are none', () => {
    expect(maglevHost(5n, maglevTable([], 7))).toBe(-1);
  });

  test.each([0, 1, 4, 8, 65536, 2.5, Number.NaN, Infinity, -7, 5_000_077])('refuses a table of %d slots', (size) => {
    expect(() => maglevTable(hostsOf(1), size)).toThrow('must be a prime');
  });
  test.each([0, -1, Number.NaN, Infinity])('refuses a weight of %d', (weight) => {
    expect(() => maglevTable(hostsOf(1, weight), 7)).toThrow('The weight of 127.0.0.1:91');
    expect(() => envoyRing(hostsOf(1, weight))).toThrow('The weight of 127.0.0.1:91');
  });

  test('deals out the default table to a thousand hosts, 65 or 66 slots each', () => {
    const hosts = Array.from({ length: 1000 }, (_, host) => ({ name: `10.1.${host >> 8}.${host & 255}:8080`, weight: 1 }));
    const held = new Array(1000).fill(0);
    for (const host of maglevTable(hosts)) held[host]++;
    expect([Math.min(...held), Math.max(...held)]).toEqual([65, 66]);
  });
});

const pointsOf = (ring: EnvoyRing, hosts: { name: string }[]) =>
  Array.from(ring.hashes, (hash, index) => [hosts[ring.hosts[index]].name, String(hash)]);

describe("Envoy's ring", () => {
  const vector = readVector<{ pointsPerHost: number; ring: [string, string][]; lookups: [string, string][] }>('envoy.ring');
  const six = hostsOf(1, 1, 1, 1, 1, 1);
  const ring = envoyRing(six, { minimumSize: 6 * vector.pointsPerHost });

  test('has its points where Envoy has them', () => {
    expect(pointsOf(ring, six)).toEqual(vector.ring);
  });
  test.each(vector.lookups)('sends hash %s to %s', (hash, host) => {
    expect(six[envoyRingHost(BigInt(hash), ring)].name).toBe(host);
  });

  test('tries the next points in turn, around the ring, as in BasicWithRetryHostPredicate', () => {
    expect([0, 1, 2, 13].map((attempt) => envoyRingHost(0n, ring, attempt))).toEqual([4, 2, 0, 2]);
  });

  test('has the points of BasicWithMurmur2', () => {
    const hosts = [80, 81, 82, 83, 84, 85].map((port) => ({ name: `127.0.0.1:${port}`, weight: 1 }));
    const murmur = envoyRing(hosts, { minimumSize: 12, hash: 'murmur64' });
    expect(Array.from(murmur.hosts, (host) => 80 + host)).toEqual([85, 83, 84, 81, 82, 84, 81, 82, 83, 80, 85, 80]);
    expect([murmur.hashes[0], murmur.hashes[7], murmur.hashes[11]]).toEqual([
      1358027074129602068n,
      10150910876324007731n,
      17613279263364193813n,
    ]);
  });

  test('has the points of HostWeightedTinyRing', () => {
    const tiny = envoyRing(hostsOf(1, 2, 3), { minimumSize: 6, maximumSize: 6 });
    expect(pointsOf(tiny, hostsOf(1, 2, 3)).map(([name, hash]) => [name.slice(-1), hash])).toEqual([
      ['2', '928266305478181108'],
      ['2', '4443673547860492590'],
      ['1', '5583722120771150861'],
      ['1', '6311230543546372928'],
      ['2', '13444792449719432967'],
      ['0', '16117243373044804889'],
    ]);
  });

  test('gives the lightest host whole points, so two hosts on a ring of three or more have four (UnevenHosts)', () => {
    expect(envoyRing(hostsOf(1, 1), { minimumSize: 3 }).hosts.length).toBe(4);
    expect(envoyRing(hostsOf(1, 1), { minimumSize: 3, maximumSize: 3 }).hosts.length).toBe(3);
    expect(envoyRing(hostsOf(1, 1, 1, 1), { minimumSize: 6, maximumSize: 6 }).hosts.length).toBe(6);
    expect(envoyRing(hostsOf(1, 1, 1)).hosts.length).toBe(1026);
  });

  test('finds for any hash the first point at or after it', () => {
    const large = envoyRing(hostsOf(1, 3, 2), { minimumSize: 50 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }), (hash) => {
        const after = large.hashes.findIndex((point) => point >= hash);
        expect(envoyRingHost(hash, large)).toBe(large.hosts[Math.max(0, after)]);
      }),
    );
  });

  test('moves only the keys of a host that leaves', () => {
    const left = six.slice(0, 5);
    const smaller = envoyRing(left, { minimumSize: 1020 });
    const whole = envoyRing(six, { minimumSize: 1224 });
    for (let key = 0; key < 2000; key++) {
      const before = envoyRingHost(xxHash64(`key ${key}`), whole);
      if (before !== 5) expect(envoyRingHost(xxHash64(`key ${key}`), smaller)).toBe(before);
    }
  });

  test('has no host for anybody when there are none', () => {
    expect(envoyRingHost(5n, envoyRing([]))).toBe(-1);
  });
  test.each([
    [20, 10],
    [0, 10],
    [1.5, 10],
    [Number.NaN, 10],
    [10, 8_388_609],
    [10, Infinity],
  ])('refuses a ring of %d to %d points', (minimumSize, maximumSize) => {
    expect(() => envoyRing(hostsOf(1), { minimumSize, maximumSize })).toThrow(RangeError);
  });
});
