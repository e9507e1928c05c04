import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BucketHistogram } from '../../../src/simulation/measure/bucketHistogram';
import { histogramFraction, histogramQuantile } from '../../../src/simulation/measure/bucketQuantile';
import { cases as tries } from '../../cases';
import { readVector } from '../../vectors/read';

type Bound = number | '+Inf';
interface QuantileCase {
  le: Bound[];
  cumulative: number[];
  q?: Record<string, number>;
  quantiles?: [number, number | 'NaN'][];
  edge?: Record<string, string>;
}

const toBounds = (le: readonly Bound[]) => le.map((bound) => (bound === '+Inf' ? Infinity : bound));
const cases = readVector<QuantileCase[]>('prom.quantile');

function expectClose(actual: number, expected: number): void {
  if (Number.isFinite(expected)) expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(expected), 1e-300));
  else expect(actual).toBe(expected);
}

describe('histogram_quantile', () => {
  test('gives the recorded values of Prometheus', () => {
    let checked = 0;
    for (const { le, cumulative, q, quantiles } of cases) {
      const asked = [...Object.entries(q ?? {}).map(([key, value]) => [Number(key), value] as const), ...(quantiles ?? [])];
      for (const [share, expected] of asked) {
        expectClose(histogramQuantile(share, toBounds(le), cumulative), Number(expected));
        checked++;
      }
    }
    expect(checked).toBe(33);
  });

  test('outside of 0 to 1 and for NaN as the vector says', () => {
    const edge = cases.find((one) => one.edge)?.edge ?? {};
    const value = { '-Inf': -Infinity, '+Inf': Infinity, NaN: Number.NaN };
    const ask = { 'q<0': -0.1, 'q>1': 1.1, 'q NaN': Number.NaN };
    expect(Object.keys(edge)).toEqual(Object.keys(ask));
    for (const [name, expected] of Object.entries(edge)) {
      expect(histogramQuantile(ask[name as keyof typeof ask], [1, Infinity], [1, 2])).toBe(value[expected as keyof typeof value]);
    }
  });

  test('needs +Inf, a second bucket and something counted', () => {
    expect(histogramQuantile(0.5, [1, 2], [1, 2])).toBeNaN();
    expect(histogramQuantile(0.5, [Infinity], [10])).toBeNaN();
    expect(histogramQuantile(0.5, [1, Infinity], [0, 0])).toBeNaN();
    expect(histogramQuantile(0.5, [], [])).toBeNaN();
  });

  test('in the last bucket it is the greatest finite bound, in a lowest bucket up to 0 its bound', () => {
    expect(histogramQuantile(0.99, [1, 2, Infinity], [1, 2, 100])).toBe(2);
    expect(histogramQuantile(0.1, [-1, 2, Infinity], [50, 60, 100])).toBe(-1);
    expect(histogramQuantile(0.1, [0, 2, Infinity], [50, 60, 100])).toBe(0);
    expect(histogramQuantile(0.1, [1, 2, Infinity], [50, 60, 100])).toBe(0.2);
    // Nothing in the lowest bucket: 0 / 0, as there.
    expect(histogramQuantile(0, [1, 2, Infinity], [0, 5, 5])).toBeNaN();
  });

  test('a count that falls is taken for the one before it, equal bounds are added up, order does not matter', () => {
    expect(histogramQuantile(0.5, [1, 2, 3, Infinity], [10, 5, 20, 20])).toBe(
      histogramQuantile(0.5, [1, 2, 3, Infinity], [10, 10, 20, 20]),
    );
    expect(histogramQuantile(0.7, [1, 1, 2, Infinity], [2, 3, 10, 10])).toBe(histogramQuantile(0.7, [1, 2, Infinity], [5, 10, 10]));
    expect(histogramQuantile(0.3, [Infinity, 2, 1], [10, 8, 4])).toBe(histogramQuantile(0.3, [1, 2, Infinity], [4, 8, 10]));
    // A fall by one part in 10^13 is rounding: without it the quantile would be the bound above.
    expect(histogramQuantile(1, [1, 2, Infinity], [1, 1 + 1e-13, 1 + 2e-13])).toBe(1);
  });

  test('lies within its bucket and rises with q', () => {
    const counts = fc.array(fc.nat(50), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.double({ min: -10, max: 10, noNaN: true }), (perBucket, shift) => {
        const bounds = [0, 1, 2, 3, 4].map((bound) => bound + shift).concat(Infinity);
        const cumulative: number[] = [];
        for (const count of perBucket) cumulative.push((cumulative.at(-1) ?? 0) + count);
        if (cumulative[5] === 0 || cumulative[0] === 0) return;
        let before = -Infinity;
        for (let q = 0.01; q <= 1; q += 0.05) {
          const value = histogramQuantile(q, bounds, cumulative);
          expect(value).toBeGreaterThanOrEqual(before);
          expect(value).toBeLessThanOrEqual(bounds[4]);
          before = value;
        }
      }),
      { numRuns: tries },
    );
  });

  test('refuses lists of unequal length', () => {
    expect(() => histogramQuantile(0.5, [1, Infinity], [1])).toThrow(/2 bounds and 1 counts/);
    expect(() => histogramFraction(0, 1, [1], [])).toThrow(RangeError);
  });
});

describe('histogram_fraction', () => {
  test.each(readVector<[string, number][]>('prom.fraction'))('%s', (text, expected) => {
    const [limits, buckets] = text.split(' on ');
    const [lower, upper] = limits.split(',').map(Number);
    const number = (word: string) => (/inf/i.test(word) ? Infinity : Number(word));
    const pairs = buckets.startsWith('le ')
      ? ((lists) => lists[0].map((bound, index) => [bound, lists[1][index]]))(
          buckets
            .slice(3)
            .split(' = ')
            .map((list) => list.split(',').map(number)),
        )
      : buckets.split(' ').map((pair) => pair.split(':').map(number));
    const bounds = pairs.map(([bound]) => bound);
    const counts = pairs.map(([, count]) => count);
    expect(Math.abs(histogramFraction(lower, upper, bounds, counts) - expected)).toBeLessThan(1e-12);
  });

  test('of everything is 1, of nothing 0, and NaN where Prometheus has it', () => {
    const bounds = [1, 2, Infinity];
    const counts = [2, 6, 10];
    expect(histogramFraction(-Infinity, Infinity, bounds, counts)).toBe(1);
    expect(histogramFraction(2, 2, bounds, counts)).toBe(0);
    expect(histogramFraction(3, 1, bounds, counts)).toBe(0);
    expect(histogramFraction(-5, -1, bounds, counts)).toBe(0);
    // Above the greatest finite bound: nothing can be said inside the bucket.
    expect(histogramFraction(0, 1000, bounds, counts)).toBe(0.6);
    expect(histogramFraction(1000, Infinity, bounds, counts)).toBe(0.4);
    for (const [lower, upper] of [
      [Number.NaN, 1],
      [0, Number.NaN],
    ])
      expect(histogramFraction(lower, upper, bounds, counts)).toBeNaN();
    expect(histogramFraction(0, 1, bounds, [0, 0, 0])).toBeNaN();
    expect(histogramFraction(0, 1, [1, 2], [1, 2])).toBeNaN();
    expect(histogramFraction(0, 1, [], [])).toBeNaN();
  });

  test('a lowest bucket without a lower end counts in whole for any limit inside', () => {
    expect(histogramFraction(-Infinity, -3, [-2, 0, Infinity], [5, 10, 10])).toBe(0.5);
    expect(histogramFraction(-3, 0, [-2, 0, Infinity], [5, 10, 10])).toBe(0.5);
  });

  test('undoes histogram_quantile inside the finite buckets', () => {
    const bounds = [1, 2, 5, Infinity];
    const counts = [3, 10, 18, 20];
    for (const q of [0.05, 0.15, 0.4, 0.5, 0.9]) {
      expect(histogramFraction(-Infinity, histogramQuantile(q, bounds, counts), bounds, counts)).toBeCloseTo(q, 12);
    }
  });
});

describe('a bucket histogram', () => {
  test('counts a value at a bound below it, and what is above all bounds last', () => {
    const histogram = new BucketHistogram([1, 2, 5]);
    for (const value of [0, 1, 1.5, 2, 2.0001, 5, 6, Infinity]) histogram.record(value);
    expect([...histogram.counts]).toEqual([2, 2, 2, 2]);
    expect(histogram.count).toBe(8);
  });

  test('refuses bounds that do not rise, and NaN', () => {
    expect(() => new BucketHistogram([])).toThrow(/1 to 1,000/);
    expect(() => new BucketHistogram([1, 1])).toThrow(/rise/);
    expect(() => new BucketHistogram([1, Infinity])).toThrow(/finite/);
    expect(() => new BucketHistogram([1]).record(Number.NaN)).toThrow(RangeError);
  });
});
