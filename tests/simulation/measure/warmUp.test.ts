import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../src/simulation/kernel/random';
import { mser5 } from '../../../src/simulation/measure/warmUp';
import { cases } from '../../cases';

/** The rule word for word: the squared deviations of what is left, over the square of how many, for every place. */
function byDefinition(values: readonly number[]): number[] {
  const means: number[] = [];
  for (let start = 0; start + 5 <= values.length; start += 5)
    means.push(values.slice(start, start + 5).reduce((sum, value) => sum + value, 0) / 5);
  return means.slice(0, -4).map((_, start) => {
    const rest = means.slice(start);
    const average = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    return rest.reduce((sum, value) => sum + (value - average) ** 2, 0) / rest.length ** 2;
  });
}

describe('MSER-5', () => {
  test('cuts off the part that is unlike the rest', () => {
    const stream = new Stream(1, 'noise');
    const values = Array.from({ length: 1000 }, (_, index) => (index < 120 ? 50 - index / 4 : 10) + stream.next());
    const { count, isSettled } = mser5(values);
    expect(isSettled).toBe(true);
    expect(count).toBeGreaterThanOrEqual(110);
    expect(count).toBeLessThanOrEqual(130);
  });

  test('cuts off little of a run that is steady from the start', () => {
    let cut = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const stream = new Stream(seed, 'steady');
      cut += mser5(Array.from({ length: 2000 }, () => stream.next())).count;
    }
    expect(cut / 20).toBeLessThan(400);
    expect(mser5(new Float64Array(50))).toEqual({ count: 0, isSettled: true, statistic: 0 });
  });

  test('says so when a run never settles', () => {
    expect(mser5(Array.from({ length: 500 }, (_, index) => index)).isSettled).toBe(false);
  });

  test('is what the definition says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 50, maxLength: 120 }), (values) => {
        const { count, statistic } = mser5(values);
        const statistics = byDefinition(values);
        expect(Math.abs(statistic - Math.min(...statistics))).toBeLessThan(1e-9 * (1 + statistic));
        expect(Math.abs(statistics[count / 5] - statistic)).toBeLessThan(1e-9 * (1 + statistic));
      }),
      { numRuns: cases },
    );
  });

  test('refuses runs that are too short, and what is no number', () => {
    expect(() => mser5(new Float64Array(49))).toThrow(/at least 50/);
    expect(() => mser5(new Float64Array(60).fill(Number.NaN))).toThrow(/finite/);
    expect(() => mser5(Array.from({ length: 60 }, (_, index) => (index === 30 ? Infinity : 1)))).toThrow(/finite/);
  });
});
