// Calendar dates in UTC by arithmetic alone: no clock, no time zones, the same in every engine.
// A day is its number, with 0 for 1970-01-01, in the proleptic Gregorian calendar.
// Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013; weeks as in ISO 8601.

export const msPerHour = 3_600_000;
export const msPerDay = 86_400_000;

export interface CivilDate {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
}

/** A length of calendar time: how long a month is depends on where it is counted from. */
export interface CalendarDuration {
  years?: number;
  months?: number;
  days?: number;
  hours?: number;
}

/** Days by which a year that begins in March precedes 1970-01-01, for year 0; and days in 400 years. */
const daysBeforeEpoch = 719_468;
const daysOfEra = 146_097;

function refuse(what: string, value: number): never {
  throw new RangeError(`The ${what} is ${value}; it must be a whole number, within 200,000 years of 1970.`);
}

/**
 * Number of a day. Months and days beyond their range carry over: month 13 is January of the next year, day 0 the last of the month before.
 * Throws RangeError for what is not a whole number.
 */
export function dayNumber(year: number, month: number, day: number): number {
  if (!Number.isInteger(year) || Math.abs(year) > 200_000) refuse('year', year);
  if (!Number.isInteger(month) || Math.abs(month) > 2_400_000) refuse('month', month);
  if (!Number.isInteger(day) || Math.abs(day) > 73_000_000) refuse('day', day);
  // Years begin in March here, so that the leap day is the last of its year.
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leaps + dayOfYear - daysBeforeEpoch;
}

export function civilDate(dayNumber: number): CivilDate {
  if (!Number.isInteger(dayNumber) || Math.abs(dayNumber) > 73_000_000) refuse('number of the day', dayNumber);
  const shifted = dayNumber + daysBeforeEpoch;
  const era = Math.floor(shifted / daysOfEra);
  const dayOfEra = shifted - era * daysOfEra;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(dayNumber: number): number {
  const sinceMonday = (dayNumber + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/** The ISO week of a day: weeks begin on Monday and belong to the year that has their Thursday. */
export function isoWeek(day: number): { year: number; week: number } {
  const thursday = day - weekday(day) + 4;
  const { year } = civilDate(thursday);
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

/** Milliseconds since 1970-01-01T00:00:00Z. What is beyond its range carries over. */
export function utcMs(year: number, month: number, day: number, hours = 0, minutes = 0, seconds = 0): number {
  return dayNumber(year, month, day) * msPerDay + hours * msPerHour + minutes * 60_000 + seconds * 1000;
}

/**
 * The instant so much later (earlier, for negative numbers), by the rule of Go's AddDate: years, months and days first, with what is
 * beyond a month carried over (October 31 plus one month is December 1), then hours.
 */
export function addCalendar(atMs: number, { years = 0, months = 0, days = 0, hours = 0 }: CalendarDuration): number {
  const date = Math.floor(atMs / msPerDay);
  const { year, month, day } = civilDate(date);
  return (dayNumber(year + years, month + months, day + days) - date) * msPerDay + atMs + hours * msPerHour;
}
