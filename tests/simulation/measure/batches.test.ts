import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { Stream } from '../../../src/simulation/kernel/random';
import { autocorrelation, batchMeansInterval } from '../../../src/simulation/measure/batches';
import { meanInterval } from '../../../src/simulation/measure/confidence';

/** Each value a share of the last one and the rest new. */
function correlated(seed: number, count: number, share: number): Float64Array {
  const stream = new Stream(seed, 'noise');
  const values = new Float64Array(count);
  let value = 0.5;
  for (let index = 0; index < count; index++) {
    value = share * value + (1 - share) * stream.next();
    values[index] = value;
  }
  return values;
}

describe('batch means', () => {
  test('cut a run into equal pieces and give the interval of their means', () => {
    const values = Array.from({ length: 65 }, (_, index) => index);
    const interval = batchMeansInterval(values);
    expect([interval.batchSize, interval.count]).toEqual([2, 30]);
    // Five values are left out at the start.
    expect(interval.mean).toBe((5 + 64) / 2);
    expect(interval.isIndependent).toBe(false);
    expect(interval.autocorrelation).toBeGreaterThan(0.8);
  });

  test('hold the mean of a correlated run as often as they say, over 300 seeds, where the plain interval does not', () => {
    let held = 0;
    let heldPlainly = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const values = correlated(seed, 6000, 0.9);
      const interval = batchMeansInterval(values);
      if (interval.low <= 0.5 && 0.5 <= interval.high) held++;
      const plain = meanInterval(values);
      if (plain.low <= 0.5 && 0.5 <= plain.high) heldPlainly++;
    }
    expect(Math.abs(held / 300 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 300));
    expect(heldPlainly / 300).toBeLessThan(0.6);
  });

  test('of independent values 95 % pass the test of independence', () => {
    let believed = 0;
    for (let seed = 1; seed <= 1000; seed++) if (batchMeansInterval(correlated(seed, 120, 0), 40).isIndependent) believed++;
    expect(Math.abs(believed / 1000 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 1000));
  });

  test('batches that are too short for the correlation are found out', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(batchMeansInterval(correlated(seed, 600, 0.99)).isIndependent).toBe(false);
    }
  });

  test('refuse fewer than 30 batches, and fewer than two values in each', () => {
    const values = new Float64Array(100);
    expect(() => batchMeansInterval(values, 20)).toThrow(/from 30/);
    expect(() => batchMeansInterval(values, 51)).toThrow(/half of the 100/);
    expect(() => batchMeansInterval(values, 30.5)).toThrow(RangeError);
    expect(batchMeansInterval(values, 50)).toMatchObject({ mean: 0, halfWidth: 0, autocorrelation: 0, isIndependent: true });
  });
});

describe('autocorrelation', () => {
  test('of a worked example', () => {
    // Deviations of 1, 2, 3, 4: -1.5, -0.5, 0.5, 1.5; their products 0.75 - 0.25 + 0.75 over 5.
    expect(autocorrelation([1, 2, 3, 4])).toBeCloseTo(1.25 / 5, 14);
    expect(autocorrelation([1, 2, 3, 4], 3)).toBeCloseTo(-2.25 / 5, 14);
    expect(autocorrelation([5, 5, 5])).toBe(0);
  });

  test('is the share kept from value to value', () => {
    const values = correlated(7, 100_000, 0.8);
    for (const lag of [1, 2, 3]) expect(Math.abs(autocorrelation(values, lag) - 0.8 ** lag)).toBeLessThan(0.02);
    const stream = new Stream(3, 'independent');
    const independent = Float64Array.from({ length: 10_000 }, () => exponential(stream.next(), 1));
    expect(Math.abs(autocorrelation(independent))).toBeLessThan(4 / Math.sqrt(10_000));
  });

  test('refuses a lag without pairs', () => {
    for (const lag of [0, 4, 1.5, Number.NaN]) expect(() => autocorrelation([1, 2, 3, 4], lag)).toThrow(RangeError);
  });
});
