import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../src/simulation/kernel/random';
import { nearestRankQuantile } from '../../../src/simulation/measure/quantile';
import { type ScaleFunction, TDigest } from '../../../src/simulation/measure/tdigest';
import { cases } from '../../cases';
import { readVector } from '../../vectors/read';

interface Recorded {
  comp: number;
  sf: ScaleFunction;
  n: number;
  shape: number;
  seed: number;
  split: number;
  compress: boolean;
  q: [number, number | null][];
  cdf: [number, number][];
  size: number;
}

const { bigJump } = readVector<{ bigJump: { compression: number; quantile: Record<string, number>; cdf: Record<string, number> } }>(
  'tdigest',
);

/** The digest that the real program was asked about. */
function recordedDigest({ comp, sf, n, shape, seed, split, compress }: Recorded): TDigest {
  let state = seed;
  const newDigest = () => new TDigest({ compression: comp, scale: sf, workingFactor: 2 });
  const digest = newDigest();
  const parts = Array.from({ length: split }, newDigest);
  for (let index = 0; index < n; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const u = ((state >>> 0) + 0.5) / 4294967296;
    const value = shape === 1 ? Math.floor(u * 10) : shape === 2 ? u * u * u * u * 1000 - 5 : shape === 3 ? index * 0.001 : u;
    (split > 1 ? parts[index % split] : digest).add(value);
  }
  if (split > 1) digest.merge(...parts);
  if (compress) digest.compress();
  return digest;
}

describe('a t-digest', () => {
  test.each([2, 16])('jumps where the values jump, exactly (working factor %d)', (workingFactor) => {
    const digest = new TDigest({ compression: bigJump.compression, workingFactor });
    for (let value = 1; value <= 19; value++) digest.add(value);
    digest.add(1_000_000);
    for (const [q, value] of Object.entries(bigJump.quantile)) expect([q, digest.quantile(Number(q))]).toEqual([q, value]);
    for (const [value, share] of Object.entries(bigJump.cdf)) expect(Math.abs(digest.cdf(Number(value)) - share)).toBeLessThan(1e-11);
  });

  test('gives the values of the Java MergingDigest, for every scale function, after merging and compressing', () => {
    for (const recorded of readVector<Recorded[]>('tdigest.java')) {
      const digest = recordedDigest(recorded);
      expect(digest.count).toBe(recorded.size);
      for (const [q, value] of recorded.q) {
        if (value === null) expect(digest.quantile(q)).toBeNaN();
        else expect(Math.abs(digest.quantile(q) - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
      }
      for (const [value, share] of recorded.cdf) expect(Math.abs(digest.cdf(value) - share)).toBeLessThan(1e-12);
    }
  });

  test('of a million uniform values knows the median to 1e-3 and the 99.9th percentile to 1e-5 of rank', () => {
    for (const seed of [1, 2, 3]) {
      const stream = new Stream(seed, 'uniform');
      const digest = new TDigest({ compression: 100 });
      const values = new Float64Array(1_000_000);
      for (let index = 0; index < values.length; index++) {
        values[index] = stream.next();
        digest.add(values[index]);
      }
      for (const [q, least] of [
        [0.5, 1e-3],
        [0.999, 1e-5],
      ] as const) {
        const asked = digest.quantile(q);
        const below = values.reduce((count, value) => count + (value <= asked ? 1 : 0), 0);
        expect(Math.abs(below - q * values.length) / values.length).toBeLessThanOrEqual(least);
      }
    }
  });

  test('of few values is exact, and rises', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const digest = new TDigest();
        for (const one of values) digest.add(one);
        const sorted = Float64Array.from(values).sort();
        // Its rank at a step is the next one up.
        const exact = sorted[Math.min(values.length - 1, Math.floor(q * values.length))];
        const near = [exact, nearestRankQuantile(sorted, q)];
        expect(near).toContain(digest.quantile(q));
        expect([digest.min, digest.max]).toEqual([sorted[0], sorted[values.length - 1]]);
      }),
      { numRuns: cases },
    );
  });

  test('keeps its promises for any values: quantiles rise, stay between the ends, and cdf undoes them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom('k0', 'k1', 'k2', 'k3'),
        fc.integer({ min: 1, max: 4000 }),
        (seed, scale, count) => {
          const stream = new Stream(seed, 'values');
          const digest = new TDigest({ compression: 20, scale, workingFactor: 1 });
          for (let index = 0; index < count; index++) digest.add(Math.floor(stream.next() * 1000) / 7);
          let before = digest.min;
          for (let q = 0; q <= 1; q += 1 / 64) {
            const value = digest.quantile(q);
            expect(value).toBeGreaterThanOrEqual(before);
            before = value;
          }
          expect(before).toBe(digest.max);
          const share = digest.cdf(digest.quantile(0.5));
          expect(Math.abs(share - 0.5)).toBeLessThan(0.2 + 1 / count);
          const weight = digest.centroids().reduce((sum, centroid) => sum + centroid.weight, 0);
          expect(weight).toBe(count);
          expect(digest.centroids().length).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: cases },
    );
  });

  test('takes many digests, also while values wait in it', () => {
    const all = new TDigest({ compression: 50, workingFactor: 2 });
    for (let index = 0; index < 500; index++) all.add(index);
    const other = new TDigest({ compression: 50, workingFactor: 2 });
    for (let index = 500; index < 100_000; index++) other.add(index);
    all.merge(other, new TDigest());
    expect([all.count, all.min, all.max]).toEqual([100_000, 0, 99_999]);
    expect(Math.abs(all.quantile(0.5) / 50_000 - 1)).toBeLessThan(0.01);
    expect(all.cdf(-1)).toBe(0);
    expect(all.cdf(100_000)).toBe(1);
  });

  test('counts weights', () => {
    const digest = new TDigest();
    digest.add(1, 3);
    digest.add(5);
    digest.add(9, 3);
    expect([digest.count, digest.quantile(0.5)]).toEqual([7, 5]);
  });

  test('empty it has no quantile, and with one value only that', () => {
    const digest = new TDigest();
    expect([digest.quantile(0.5), digest.cdf(1), digest.centroids()]).toEqual([Number.NaN, Number.NaN, []]);
    digest.add(7);
    expect([digest.quantile(0), digest.quantile(1), digest.cdf(7), digest.cdf(6), digest.cdf(8)]).toEqual([7, 7, 0.5, 0, 1]);
  });

  test('refuses what is no number, and options out of range', () => {
    const digest = new TDigest();
    for (const value of [Number.NaN, Infinity, -Infinity]) expect(() => digest.add(value)).toThrow(RangeError);
    for (const weight of [0, -1, Number.NaN, Infinity]) expect(() => digest.add(1, weight)).toThrow(/weight/);
    for (const q of [-0.1, 1.1, Number.NaN]) expect(() => digest.quantile(q)).toThrow(/between 0 and 1/);
    expect(() => digest.cdf(Number.NaN)).toThrow(RangeError);
    for (const compression of [0, -5, Number.NaN, 1e9]) expect(() => new TDigest({ compression })).toThrow(/compression/);
    expect(() => new TDigest({ workingFactor: 0 })).toThrow(/working factor/);
    expect(() => new TDigest({ scale: 'k9' as never })).toThrow(/k0, k1, k2 or k3/);
    expect(digest.count).toBe(0);
  });
});
