import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book, fates } from '../../../src/simulation/measure/accounts';
import { Level } from '../../../src/simulation/measure/level';
import { LevelSeries } from '../../../src/simulation/measure/levelSeries';
import { IntervalSeries } from '../../../src/simulation/measure/series';
import { StationBooks } from '../../../src/simulation/measure/station';
import { Tally } from '../../../src/simulation/measure/tally';
import { cases } from '../../cases';

describe('a tally', () => {
  test('has the mean, spread and ends of its values, also far from zero', () => {
    const tally = new Tally();
    for (const value of [1e8 + 4, 1e8 + 7, 1e8 + 13, 1e8 + 16]) tally.record(value);
    expect([tally.count, tally.min, tally.max, tally.mean, tally.variance]).toEqual([4, 1e8 + 4, 1e8 + 16, 1e8 + 10, 30]);
    expect(tally.sum).toBe(4e8 + 40);
  });

  test('gives percentiles within 0.1 %, and never above the largest value', () => {
    const tally = new Tally();
    for (let value = 1; value <= 10_000; value++) tally.record(value * 1.37);
    for (const percent of [1, 25, 50, 90, 99, 99.9]) expect(Math.abs(tally.percentile(percent) / (percent * 137) - 1)).toBeLessThan(0.0011);
    expect(tally.percentile(100)).toBe(tally.max);
  });

  test('supports a percentile from ten samples beyond it: p50 from 20, p99 from 1,000, p99.9 from 10,000', () => {
    const tally = new Tally();
    const first: Record<number, number> = {};
    for (let count = 1; count <= 10_000; count++) {
      tally.record(count);
      for (const percent of [50, 99, 99.9])
        if (first[percent] === undefined && !Number.isNaN(tally.supportedPercentile(percent))) first[percent] = count;
    }
    expect(first).toEqual({ 50: 20, 99: 1000, 99.9: 10_000 });
  });

  test('without values there is no number', () => {
    const tally = new Tally();
    expect([tally.mean, tally.variance, tally.percentile(50)].every(Number.isNaN)).toBe(true);
  });
});

describe('a level', () => {
  test('is weighted by how long it lasted, from the start of its window', () => {
    const level = new Level();
    level.set(2, 3);
    level.add(4, -1);
    level.set(10, 0);
    level.close(20);
    expect([level.area, level.mean(20), level.highest]).toEqual([3 * 2 + 2 * 6, 18 / 20, 3]);
    const late = new Level(5);
    late.set(2, 4);
    late.set(7, 0);
    expect([late.area, late.mean(10)]).toEqual([8, 8 / 5]);
  });

  test('followed over time, its intervals hold exactly its area, whatever the steps', () => {
    const step = fc.record({ gap: fc.double({ min: 0, max: 40, noNaN: true }), value: fc.nat(9) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 37 }),
        fc.constantFrom(100, 0.7, 333.3),
        (steps, intervals, horizonMs) => {
          const level = new Level();
          const series = new LevelSeries(horizonMs, intervals);
          level.series = series;
          let nowMs = 0;
          for (const { gap, value } of steps) {
            nowMs += gap;
            if (nowMs > horizonMs) break;
            level.set(nowMs, value);
          }
          level.close(horizonMs);
          const means = series.means();
          const area = means.reduce((sum, mean) => sum + (mean * horizonMs) / intervals, 0);
          expect(Math.abs(area - level.area)).toBeLessThanOrEqual(1e-9 * Math.max(1, level.area));
          for (const mean of means) expect(mean).toBeLessThanOrEqual(level.highest * (1 + 1e-9));
        },
      ),
    );
  });

  test('a step at a boundary falls between the intervals', () => {
    const series = new LevelSeries(40, 4);
    series.set(10, 2);
    series.set(30, 4);
    series.set(40, 4);
    expect(series.means()).toEqual([0, 2, 2, 4]);
  });
});

describe('a series', () => {
  test('sorts values into intervals of the run, the end into the last', () => {
    const series = new IntervalSeries(100, 4);
    for (const [atMs, value] of [
      [0, 10],
      [24.9, 20],
      [25, 30],
      [100, 40],
    ] as const)
      series.add(atMs, value);
    expect([...series.counts]).toEqual([2, 1, 0, 1]);
    expect(series.means()).toEqual([15, 30, null, 40]);
    expect(series.perSecond()).toEqual([80, 40, 0, 40]);
    expect(series.middlesMs()).toEqual([12.5, 37.5, 62.5, 87.5]);
    expect(series.percentiles(50, 2)[1]).toBeNull();
  });

  test('its percentiles do not depend on the order in which small and large values came', () => {
    const value = fc.double({ min: -4, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), value), { minLength: 1, maxLength: 40 }), (values) => {
        const percentilesOf = (listed: typeof values) => {
          const series = new IntervalSeries(5, 5);
          for (const [interval, valueMs] of listed) series.add(interval, valueMs);
          return [series.counts, ...[0, 50, 95, 100].map((percent) => series.percentiles(percent))];
        };
        const rising = [...values].sort((a, b) => a[1] - b[1]);
        expect(percentilesOf(values)).toEqual(percentilesOf(rising));
        expect(percentilesOf(values)).toEqual(percentilesOf(rising.reverse()));
      }),
      { numRuns: cases },
    );
  });

  test('its percentiles are within 2.2 %', () => {
    const series = new IntervalSeries(1, 1);
    for (let value = 1; value <= 1000; value++) series.add(0.5, value);
    for (const percent of [10, 50, 95, 99])
      expect(Math.abs((series.percentiles(percent)[0] as number) / (percent * 10) - 1)).toBeLessThan(0.023);
    expect(() => new IntervalSeries(1, 401)).toThrow('401');
  });
});

describe('books', () => {
  test('say by how much they do not balance', () => {
    const book = new Book('till');
    book.opened = 3;
    book.close(fates.completed);
    expect(book.accounts(2)).toMatchObject({ opened: 3, completed: 1, open: 2 });
    expect(() => book.accounts(1)).toThrow('The accounts of till do not balance: 3 opened, 1 closed and 1 still open.');
  });

  test('of a station find a call that left at the wrong time', () => {
    const books = new StationBooks('oven');
    books.enter(0);
    books.enter(5);
    books.leave(7, 0, fates.completed);
    books.close(10, [{ enteredMs: 5 }]);
    books.audit();
    expect([books.timeInsideMs, books.inside.area, books.spanMs]).toEqual([12, 12, 10]);
    const wrong = new StationBooks('oven');
    wrong.enter(0);
    wrong.leave(7, 1, fates.completed);
    wrong.close(10, []);
    expect(() => wrong.audit()).toThrow("Little's law fails at oven: the level's area is 7 ms, the times inside add up to 6 ms.");
  });
});
