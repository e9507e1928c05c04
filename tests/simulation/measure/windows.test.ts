import { describe, expect, test } from 'vitest';
import { timeWindows } from '../../../src/simulation/measure/windows';

describe('windows of time', () => {
  test('hold the rate, mean and percentiles of what ended in each', () => {
    const windows = timeWindows([0, 400, 999, 1000, 2500, 3000], [10, 20, 30, 40, 50, 60], {
      windowMs: 1000,
      toMs: 3000,
      percents: [50, 100],
    });
    expect(windows).toEqual([
      { fromMs: 0, toMs: 1000, count: 3, perSecond: 3, mean: 20, percentiles: [20, 30] },
      { fromMs: 1000, toMs: 2000, count: 1, perSecond: 1, mean: 40, percentiles: [40, 40] },
      { fromMs: 2000, toMs: 3000, count: 2, perSecond: 2, mean: 55, percentiles: [50, 60] },
    ]);
  });

  test('begin after a warm-up, and the last may be shorter', () => {
    const windows = timeWindows([10, 150, 290], [1, 2, 3], { windowMs: 100, fromMs: 100, toMs: 250 });
    expect(windows.map(({ fromMs, toMs, count, perSecond }) => [fromMs, toMs, count, perSecond])).toEqual([
      [100, 200, 1, 10],
      [200, 250, 0, 0],
    ]);
    expect(windows[1].mean).toBeNaN();
    expect(windows[1].percentiles).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('lose nothing: the counts add up', () => {
    const times = Float64Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_007);
    const windows = timeWindows(times, times, { windowMs: 333.3, toMs: 10_007 });
    expect(windows.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
  });

  test('refuse windows that make no sense', () => {
    for (const options of [
      { windowMs: 0, toMs: 10 },
      { windowMs: -1, toMs: 10 },
      { windowMs: Number.NaN, toMs: 10 },
      { windowMs: 1, fromMs: 10, toMs: 10 },
      { windowMs: 1, toMs: Infinity },
      { windowMs: 0.001, toMs: 1000 },
    ])
      expect(() => timeWindows([], [], options)).toThrow(RangeError);
    expect(() => timeWindows([1], [], { windowMs: 1, toMs: 2 })).toThrow(/Every value needs a time/);
    expect(() => timeWindows([1], [1], { windowMs: 1, toMs: 2, percents: [101] })).toThrow(RangeError);
  });
});
