import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../src/simulation/kernel/random';
import { createEviction, type EvictionKind, fewestMisses, missesOf } from '../../../src/simulation/parts/eviction';
import {
  firstInFirstOutHitRatio,
  leastRecentlyUsedHitRatio,
  topHitRatio,
  zipfPopularity,
} from '../../../src/simulation/theory/cacheModels';
import { zipfKeys } from '../../../src/simulation/workload/keys';
import { cases } from '../../cases';
import { readVector } from '../../vectors/read';

const kinds: Record<string, EvictionKind> = {
  LRU: 'least-recently-used',
  FIFO: 'first-in-first-out',
  LFU: 'least-frequently-used',
  CLOCK: 'clock',
};
const { seqs, misses } = readVector<{
  seqs: Record<string, number[]>;
  misses: Record<string, Record<string, Record<string, number>>>;
}>('cache.miss');

describe('published reference strings', () => {
  const rows = Object.entries(misses).flatMap(([name, byCapacity]) =>
    Object.entries(byCapacity).flatMap(([capacity, byKind]) =>
      Object.entries(byKind).map(([kind, expected]) => [name, Number(capacity), kind, expected] as const),
    ),
  );
  test.each(rows)('%s with room for %d under %s: %d misses', (name, capacity, kind, expected) => {
    const found = kind === 'OPT' ? fewestMisses(seqs[name], capacity) : missesOf(seqs[name], createEviction(kinds[kind], capacity));
    expect(found).toBe(expected);
  });
});

describe('eviction', () => {
  const every: EvictionKind[] = ['least-recently-used', 'first-in-first-out', 'least-frequently-used', 'clock', 'random'];

  test('never holds more than there is room for, knows what it holds, and never beats foresight', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...every),
        fc.integer({ min: 0, max: 6 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 80 }),
        (kind, capacity, steps) => {
          const eviction = createEviction(kind, capacity, new Stream(1, 'eviction'));
          const held = new Set<number>();
          for (const [key, isRemoval] of steps) {
            if (isRemoval) expect(eviction.remove(key)).toBe(held.delete(key));
            else if (eviction.has(key)) eviction.touch(key);
            else {
              const gone = eviction.add(key);
              if (gone >= 0) expect(held.delete(gone)).toBe(true);
              if (capacity > 0) held.add(key);
            }
            expect(eviction.size).toBe(held.size);
            expect(held.size).toBeLessThanOrEqual(capacity);
            for (let other = 0; other < 10; other++) expect(eviction.has(other)).toBe(held.has(other));
          }
          const keys = steps.map(([key]) => key);
          expect(missesOf(keys, createEviction(kind, capacity, new Stream(2, 'again')))).toBeGreaterThanOrEqual(
            fewestMisses(keys, capacity),
          );
        },
      ),
      { numRuns: cases },
    );
  });

  test('under independent questions the hit ratios are those of theory', () => {
    const popularity = zipfPopularity(10, 1);
    const draw = zipfKeys(10, 1);
    const expected: [EvictionKind, number][] = [
      ['least-recently-used', leastRecentlyUsedHitRatio(popularity, 3)],
      ['first-in-first-out', firstInFirstOutHitRatio(popularity, 3)],
      ['random', firstInFirstOutHitRatio(popularity, 3)],
    ];
    const count = 1_000_000;
    for (const [kind, ratio] of expected) {
      const stream = new Stream(7, 'questions');
      const keys = Array.from({ length: count }, (_, request) => draw(stream.next(), request));
      const found = 1 - missesOf(keys, createEviction(kind, 3, new Stream(8, 'eviction'))) / count;
      expect(Math.abs(found - ratio)).toBeLessThan(0.002);
    }
    const stream = new Stream(9, 'questions');
    const keys = Array.from({ length: count }, (_, request) => draw(stream.next(), request));
    expect(1 - missesOf(keys, createEviction('least-frequently-used', 3)) / count).toBeLessThan(topHitRatio(popularity, 3));
  });

  test('refuses a capacity that is none', () => {
    expect(() => createEviction('clock', -1)).toThrow('The capacity of a cache is -1');
    expect(() => createEviction('random', 2)).toThrow('needs a stream');
  });
});
