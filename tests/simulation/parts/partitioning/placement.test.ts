import { describe, expect, test } from 'vitest';
import { kafkaPartition } from '../../../../src/simulation/parts/partitioning/kafkaPartition';
import {
  type PlacementScheme,
  placeKeys,
  placementSchemes,
  type ShardChange,
  sumBy,
} from '../../../../src/simulation/parts/partitioning/placement';
import { postgresPartition } from '../../../../src/simulation/parts/partitioning/postgresPartition';
import { type SystemScheme, systemSchemes } from '../../../../src/simulation/parts/partitioning/systemPlacement';
import { ringShareDeviation } from '../../../../src/simulation/theory/ringBalance';

const keyCount = 20_000;

function place(
  scheme: PlacementScheme | SystemScheme,
  shards: number,
  change: ShardChange,
  more: { pointsPerShard?: number; seed?: number; popularity?: Float64Array } = {},
) {
  return placeKeys({
    scheme,
    shards,
    change,
    keyCount,
    pointsPerShard: 100,
    seed: 1,
    popularity: new Float64Array(keyCount).fill(1),
    ...more,
  });
}

function movedShare({ before, after }: { before: Int32Array; after: Int32Array }): number {
  return before.filter((shard, key) => shard !== after[key]).length / before.length;
}

describe.each(placementSchemes)('%s', (scheme) => {
  test.each([1, 2, 5, 32])('gives every key a shard that exists, with %i shards', (shards) => {
    for (const change of ['none', 'add', 'remove'] as const) {
      const { before, after, shardsAfter } = place(scheme, shards, change);
      expect(before.every((shard) => shard >= 0 && shard < shards)).toBe(true);
      if (shardsAfter.length > 0) expect(after.every((shard) => shardsAfter.includes(shard))).toBe(true);
    }
  });

  test('moves nothing when nothing changes', () => {
    expect(movedShare(place(scheme, 5, 'none'))).toBe(0);
  });

  test('leaves only the keys of a crashed shard with nobody', () => {
    const { before, after, shardsAfter } = place(scheme, 5, 'crash');
    const gone = [0, 1, 2, 3, 4].find((shard) => !shardsAfter.includes(shard));
    expect(after.every((shard, key) => (before[key] === gone ? shard === -1 : shard === before[key]))).toBe(true);
  });

  test('moves the keys of a leaving shard, whatever else it moves', () => {
    const { before, after, shardsAfter } = place(scheme, 5, 'remove');
    const gone = [0, 1, 2, 3, 4].find((shard) => !shardsAfter.includes(shard)) as number;
    expect(after.includes(gone)).toBe(false);
    expect(before.includes(gone)).toBe(true);
  });
});

describe('a fifth shard', () => {
  test('makes hash modulo N move four keys in five', () => {
    expect(movedShare(place('modulo', 4, 'add'))).toBeCloseTo(0.8, 1);
  });

  test.each(['ring', 'slots', 'jump', 'rendezvous'] as const)(
    'makes %s move about one key in five, and only to the new shard',
    (scheme) => {
      const placement = place(scheme, 4, 'add');
      expect(movedShare(placement)).toBeGreaterThan(0.14);
      expect(movedShare(placement)).toBeLessThan(0.26);
      expect(placement.after.every((shard, key) => shard === placement.before[key] || shard === 4)).toBe(true);
    },
  );

  test('takes the upper half of the busiest range', () => {
    const popularity = new Float64Array(keyCount).fill(1).fill(5, 0, keyCount / 4);
    const { before, after } = place('range', 4, 'add', { popularity });
    const moved = [...before.keys()].filter((key) => before[key] !== after[key]);
    expect(moved).toEqual(Array.from({ length: keyCount / 8 }, (_, index) => keyCount / 8 + index));
  });
});

test('a ring with V points for each of N shards is as uneven as the formula says', () => {
  const shards = 10;
  const pointsPerShard = 10;
  const deviations = Array.from({ length: 40 }, (_, seed) => {
    const { before } = place('ring', shards, 'none', { pointsPerShard, seed });
    const shares = Array.from(sumBy(before, undefined, shards), (count) => (count * shards) / keyCount);
    return shares.reduce((sum, share) => sum + (share - 1) * (share - 1), 0) / shards;
  });
  const measured = Math.sqrt(deviations.reduce((sum, variance) => sum + variance, 0) / deviations.length);
  const expected = ringShareDeviation({ nodes: shards, pointsPerNode: pointsPerShard });
  // Forty rings of nine free shares each: the relative error of the deviation is about 1/√(2·360); allow four of those.
  expect(Math.abs(measured / expected - 1)).toBeLessThan(0.15);
});

test('a directory puts the most popular keys on different shards', () => {
  const popularity = new Float64Array(keyCount).fill(1);
  popularity[0] = popularity[1] = popularity[2] = popularity[3] = 1000;
  const { before } = place('directory', 4, 'none', { popularity });
  expect(new Set([before[0], before[1], before[2], before[3]]).size).toBe(4);
});

describe.each(systemSchemes)('as %s places keys', (scheme) => {
  test('every key has a shard that exists, a place in the order, and all shards their share', () => {
    const { before, positions } = place(scheme, 5, 'none', { pointsPerShard: 64 });
    for (const keys of sumBy(before, undefined, 5))
      expect(Math.abs((keys * 5) / keyCount - 1)).toBeLessThan(scheme === 'cassandra' ? 0.5 : 0.08);
    expect(positions.every((position) => position >= 0 && position < 1)).toBe(true);
    expect(Math.abs(positions.reduce((sum, position) => sum + position, 0) / keyCount - 0.5)).toBeLessThan(4 / Math.sqrt(12 * keyCount));
  });

  test('a fifth shard moves as much as the system makes it move', () => {
    const placement = place(scheme, 4, 'add');
    const isRemainder = scheme === 'kafka' || scheme === 'postgres';
    expect(movedShare(placement)).toBeCloseTo(isRemainder ? 0.8 : 0.2, isRemainder ? 1 : 0.9);
    const toOthers = placement.after.filter((shard, key) => shard !== placement.before[key] && shard !== 4).length / keyCount;
    if (scheme === 'cassandra') expect(toOthers).toBe(0);
    if (scheme === 'maglev') expect(toOthers).toBeLessThan(0.02);
  });
});

test('Kafka and PostgreSQL place a key as their own rules say', () => {
  const owners = (scheme: SystemScheme) => place(scheme, 7, 'none').before;
  const [kafka, postgres] = [owners('kafka'), owners('postgres')];
  for (let key = 0; key < 100; key++) {
    expect(kafka[key]).toBe(kafkaPartition(`order:1:${key}`, 7));
    expect(postgres[key]).toBe(postgresPartition(`order:1:${key}`, 7));
  }
});

test('no shards, or no keys, is refused in words', () => {
  expect(() => place('ring', 0, 'none')).toThrow('There are 0 shards');
});
