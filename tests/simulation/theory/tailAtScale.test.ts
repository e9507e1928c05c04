import { describe, expect, test } from 'vitest';
import { kOfN } from '../../../src/simulation/theory/availability';
import { hedgedExtraLoad, hedgedSurvival } from '../../../src/simulation/theory/hedging';
import { meanUntilAnswered, slowestOfMany, slowShareAllowed } from '../../../src/simulation/theory/tailAtScale';
import { readVector } from '../../vectors/read';

describe('asking many', () => {
  test('with one in a hundred slow, 63 % of those who ask a hundred wait for a slow one', () => {
    expect(slowestOfMany({ slowShare: 0.01, count: 100 })).toBeCloseTo(0.6339676587267709, 14);
  });

  test('the share allowed to be slow is the inverse', () => {
    for (const slowShare of [0, 1e-12, 0.01, 0.5, 1]) {
      const allowed = slowShareAllowed({ slowShare, count: 100 });
      expect(Math.abs(slowestOfMany({ slowShare: allowed, count: 100 }) - slowShare)).toBeLessThanOrEqual(1e-12 * slowShare);
    }
  });

  test('all answers of ten take 2.93 means, the quickest a tenth, and a quorum stays below the mean', () => {
    expect(meanUntilAnswered({ needed: 10, total: 10, meanMs: 1 })).toBeCloseTo(7381 / 2520, 14);
    expect(meanUntilAnswered({ needed: 1, total: 10, meanMs: 1 })).toBeCloseTo(0.1, 14);
    expect(meanUntilAnswered({ needed: 3, total: 5, meanMs: 1 })).toBeCloseTo(47 / 60, 14);
  });
});

describe('the tables of the paper have the shape that the formulas give', () => {
  const { table1 } = readVector<{ table1: Record<string, number[]> }>('tail.paper');
  const [one, most, all] = ['one random leaf', '95% of leaves', '100% of leaves'].map((name) => table1[name]);

  test('the more leaves are waited for, the longer; the last twentieth is half of the 99th percentile', () => {
    one.forEach((ms, at) => {
      expect(most[at]).toBeGreaterThan(ms);
      expect(all[at]).toBeGreaterThan(most[at]);
    });
    expect(most[2] / all[2]).toBe(0.5);
  });

  test('the median of all lies beyond the 99th percentile of one, as it must from 69 leaves on', () => {
    expect(slowestOfMany({ slowShare: 0.01, count: 68 })).toBeLessThan(0.5);
    expect(slowestOfMany({ slowShare: 0.01, count: 69 })).toBeGreaterThan(0.5);
    expect(all[0]).toBeGreaterThan(one[2]);
    // Waiting for 95 of 100 makes a leaf that is slow one time in a hundred harmless.
    expect(kOfN({ needed: 95, total: 100, availability: 0.99 })).toBeGreaterThan(0.999);
  });

  test('a hedge after the 95th percentile costs 5 % more questions, and squares what comes later', () => {
    const survival = (ms: number) => (ms < 10 ? 1 : ms < 1800 ? 0.05 : 0);
    expect(hedgedExtraLoad(survival, 10)).toBe(0.05);
    expect(hedgedSurvival(survival, 10)(20)).toBeCloseTo(0.0025, 15);
    expect(hedgedSurvival(survival, 10)(1805)).toBe(0);
    expect(hedgedSurvival(survival, 10)(10)).toBe(0.05);
  });
});
