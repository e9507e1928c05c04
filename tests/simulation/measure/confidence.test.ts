import { describe, expect, test } from 'vitest';
import {
  batchMeans,
  mean,
  meanInterval,
  pairedInterval,
  roundToInterval,
  sampleVariance,
  studentT,
} from '../../../src/simulation/measure/confidence';
import table from '../../vectors/studentT.json';

describe('confidence intervals', () => {
  test('Student-t quantiles agree with the table for every degree of freedom', () => {
    for (const [level, degreesOfFreedom, expected] of table.data) {
      expect(Math.abs(studentT(level, degreesOfFreedom) / expected - 1)).toBeLessThan(1e-11);
    }
  });

  test('Student-t refuses impossible levels and degrees of freedom', () => {
    expect(() => studentT(1, 5)).toThrow(RangeError);
    expect(() => studentT(0.95, 0)).toThrow(RangeError);
  });

  test('mean and variance keep their digits far from zero', () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    expect(mean(values)).toBe(1e9 + 10);
    expect(sampleVariance(values)).toBe(30);
  });

  test('the interval of a worked example', () => {
    const interval = meanInterval([10, 12, 14, 16, 18]);
    expect(interval.mean).toBe(14);
    expect(interval.halfWidth).toBeCloseTo(2.7764451051977987 * Math.sqrt(10 / 5), 10);
    expect(interval.low).toBe(interval.mean - interval.halfWidth);
    expect(interval.high).toBe(interval.mean + interval.halfWidth);
    expect(interval.count).toBe(5);
    expect(meanInterval([10, 12, 14, 16, 18], 0.99).halfWidth).toBeGreaterThan(interval.halfWidth);
  });

  test('one value says nothing about the spread', () => {
    expect(meanInterval([3])).toEqual({ mean: 3, halfWidth: Infinity, low: -Infinity, high: Infinity, count: 1 });
    expect(() => meanInterval([])).toThrow(RangeError);
  });

  test('pairing cancels what both sides share', () => {
    const a = [1, 5, 9, 2, 7];
    const b = a.map((value, i) => value + 1 + (i % 2) * 0.01);
    const interval = pairedInterval(a, b);
    expect(interval.mean).toBeCloseTo(1.004, 12);
    expect(interval.low).toBeGreaterThan(0.99);
    expect(() => pairedInterval([1], [1, 2])).toThrow(/one length/);
  });

  test('batch means leave out a remainder at the start', () => {
    expect([...batchMeans([99, 1, 2, 3, 4, 5, 6], 3)]).toEqual([1.5, 3.5, 5.5]);
    expect(() => batchMeans([1, 2], 3)).toThrow(RangeError);
  });

  test('a displayed mean has no digits that its interval does not support', () => {
    expect(roundToInterval(23.3417, 0.2)).toBe(1);
    expect(roundToInterval(23.3417, 0.012)).toBe(2);
    expect(roundToInterval(23.3417, 4)).toBe(0);
    expect(roundToInterval(23.3417, 1)).toBe(0);
    expect(roundToInterval(0.00123, 0.00004)).toBe(5);
    expect(roundToInterval(23.3417, Infinity)).toBe(0);
    expect(roundToInterval(1234.5, 0)).toBe(2);
    expect(() => roundToInterval(1, NaN)).toThrow(RangeError);
  });

  test('about 95 of 100 intervals hold the true mean', () => {
    let state = 12345;
    const uniform = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 4294967296;
    };
    let held = 0;
    for (let trial = 0; trial < 2000; trial += 1) {
      const values = Array.from({ length: 10 }, () => uniform() + uniform() + uniform() + uniform());
      const { low, high } = meanInterval(values);
      if (low <= 2 && 2 <= high) held += 1;
    }
    expect(Math.abs(held / 2000 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 2000));
  });
});
