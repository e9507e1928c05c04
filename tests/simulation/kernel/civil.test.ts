import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCalendar, civilDate, dayNumber, isoWeek, msPerDay, msPerHour, utcMs, weekday } from '../../../src/simulation/kernel/civil';
import { cases } from '../../cases';

/** The years 0 to 9999 and some before: the language's own dates are the other opinion. */
const days = fc.integer({ min: -800_000, max: 2_932_896 });

describe('a civil date', () => {
  test('is that of the language, for any day', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * msPerDay);
        expect(civilDate(day)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
        expect(weekday(day) % 7).toBe(date.getUTCDay());
      }),
      { numRuns: cases },
    );
  });

  test('leads back to its day', () => {
    fc.assert(
      fc.property(days, (number) => {
        const { year, month, day } = civilDate(number);
        expect(dayNumber(year, month, day)).toBe(number);
      }),
      { numRuns: cases },
    );
  });

  test('carries over what is beyond a month or a year, as the language does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 9000 }),
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: -800, max: 800 }),
        (y, m, d) => {
          expect(dayNumber(y, m, d)).toBe(Date.UTC(y, m - 1, d) / msPerDay);
        },
      ),
      { numRuns: cases },
    );
    expect(dayNumber(2023, 13, 1)).toBe(dayNumber(2024, 1, 1));
    expect(civilDate(dayNumber(2024, 3, 0))).toEqual({ year: 2024, month: 2, day: 29 });
  });

  test('knows the leap years', () => {
    expect([1900, 2000, 2023, 2024].map((year) => dayNumber(year, 3, 1) - dayNumber(year, 2, 28))).toEqual([1, 2, 1, 2]);
  });

  test.each([Number.NaN, Infinity, 1.5, 1e9])('refuses %s', (bad) => {
    expect(() => dayNumber(bad, 1, 1)).toThrow(RangeError);
    expect(() => dayNumber(2024, bad, 1)).toThrow(RangeError);
    expect(() => dayNumber(2024, 1, bad)).toThrow(RangeError);
    expect(() => civilDate(bad)).toThrow(`The number of the day is ${bad}`);
  });
});

describe('an ISO week', () => {
  // The examples of ISO 8601 as Wikipedia's "ISO week date" lists them.
  test.each([
    [1977, 1, 1, 1976, 53],
    [1977, 1, 2, 1976, 53],
    [1977, 12, 31, 1977, 52],
    [1978, 1, 1, 1977, 52],
    [1978, 1, 2, 1978, 1],
    [1979, 12, 31, 1980, 1],
    [1980, 12, 28, 1980, 52],
    [1980, 12, 29, 1981, 1],
    [1981, 12, 31, 1981, 53],
    [1982, 1, 3, 1981, 53],
    [1982, 1, 4, 1982, 1],
  ])('of %i-%i-%i is %i-W%i', (year, month, day, weekYear, week) => {
    expect(isoWeek(dayNumber(year, month, day))).toEqual({ year: weekYear, week });
  });

  test('changes on Mondays only', () => {
    for (let day = dayNumber(2015, 1, 1); day < dayNumber(2027, 1, 1); day++) {
      const isSame = JSON.stringify(isoWeek(day)) === JSON.stringify(isoWeek(day - 1));
      expect(isSame).toBe(weekday(day) !== 1);
    }
  });
});

test('an instant is that of the language', () => {
  expect(utcMs(2024, 2, 29, 13, 5, 7)).toBe(Date.UTC(2024, 1, 29, 13, 5, 7));
  expect(utcMs(1969, 12, 31, 23, 59, 59)).toBe(-1000);
});

test('calendar time is added as Go adds it: what is beyond the month carries over, hours come last', () => {
  expect(addCalendar(utcMs(2023, 10, 31, 8), { months: 1 })).toBe(utcMs(2023, 12, 1, 8));
  expect(addCalendar(utcMs(2024, 3, 31), { months: -1 })).toBe(utcMs(2024, 3, 2));
  expect(addCalendar(utcMs(2024, 2, 29, 1) + 250, { years: 1, hours: -2 })).toBe(utcMs(2025, 2, 28, 23) + 250);
  expect(addCalendar(-1, { days: 1 })).toBe(msPerDay - 1);
  expect(addCalendar(5, { hours: 3 })).toBe(3 * msPerHour + 5);
});
