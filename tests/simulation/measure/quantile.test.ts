import { describe, expect, test } from 'vitest';
import { interpolatedQuantile, nearestRankQuantile } from '../../../src/simulation/measure/quantile';

const sorted = [1, 2, 4, 8, 16];

describe('exact quantiles', () => {
  test('between neighbors as R does by default (type 7)', () => {
    // quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1)) and quantile(1:4, .4)
    expect([0, 0.1, 0.25, 0.5, 0.9, 1].map((q) => interpolatedQuantile(sorted, q))).toEqual([1, 1.4, 2, 4, 12.8, 16]);
    expect(interpolatedQuantile([1, 2, 3, 4], 0.4)).toBeCloseTo(2.2, 14);
    expect(interpolatedQuantile([3], 0.7)).toBe(3);
  });

  test('by nearest rank: the example of five scores', () => {
    const scores = [15, 20, 35, 40, 50];
    expect([0, 0.05, 0.3, 0.4, 0.5, 1].map((q) => nearestRankQuantile(scores, q))).toEqual([15, 15, 20, 20, 35, 50]);
  });

  test('a rank is not missed by a rounding of q', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    for (let percent = 1; percent <= 100; percent++) expect(nearestRankQuantile(hundred, percent / 100)).toBe(percent);
  });

  test('refuse an empty list and a q that is no share', () => {
    for (const rule of [interpolatedQuantile, nearestRankQuantile]) {
      expect(() => rule([], 0.5)).toThrow(/at least 1 value/);
      for (const q of [-0.01, 1.01, Number.NaN]) expect(() => rule(sorted, q)).toThrow(RangeError);
    }
  });
});
