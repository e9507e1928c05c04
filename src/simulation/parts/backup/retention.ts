// Which backups to keep: the rules of restic's `forget`. Newest first, each rule keeps the first of every hour, day, week, … that it
// meets until its count is used up; what no rule keeps is removed. Calendar in UTC, ISO weeks.
// Source: restic internal/data/snapshot_policy.go (a80be14); 0.14.0 lacks "also keep the oldest while a count is left".

import { addCalendar, type CalendarDuration, civilDate, msPerDay, msPerHour, weekday } from '../../kernel/civil';

export interface BackupSnapshot {
  /** When it was taken, in ms since 1970-01-01T00:00Z. */
  atMs: number;
  tags?: readonly string[];
}

/** How many to keep of each kind: 0 or absent for none, -1 for all. Every duration counts back from the newest snapshot. */
export interface RetentionPolicy {
  last?: number;
  hourly?: number;
  daily?: number;
  weekly?: number;
  monthly?: number;
  yearly?: number;
  within?: CalendarDuration;
  withinHourly?: CalendarDuration;
  withinDaily?: CalendarDuration;
  withinWeekly?: CalendarDuration;
  withinMonthly?: CalendarDuration;
  withinYearly?: CalendarDuration;
  /** Keeps whatever has all tags of one of the lists; the empty tag stands for having none. */
  tags?: readonly (readonly string[])[];
}

export interface RetentionRules {
  /** 0.14.0: without keeping the oldest, without -1, and an empty policy keeps everything. Default: current. */
  version?: 'current' | '0.14.0';
  /** Snapshots from now on are of the future: durations do not count back from them. Default: none is. */
  nowMs?: number;
}

export interface Retained<S> {
  /** Newest first. */
  keep: { snapshot: S; reasons: string[] }[];
  remove: S[];
}

type Period = 'last' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
/** Number of the hour, day, week, … that an instant lies in. */
const periods: readonly [Period, keyof RetentionPolicy, (atMs: number, place: number) => number][] = [
  ['last', 'within', (_, place) => place],
  ['hourly', 'withinHourly', (atMs) => Math.floor(atMs / msPerHour)],
  ['daily', 'withinDaily', (atMs) => Math.floor(atMs / msPerDay)],
  ['weekly', 'withinWeekly', (atMs) => weekOf(Math.floor(atMs / msPerDay))],
  ['monthly', 'withinMonthly', (atMs) => monthOf(atMs)],
  ['yearly', 'withinYearly', (atMs) => civilDate(Math.floor(atMs / msPerDay)).year],
];

/** The Sunday before: each ISO week has its own. */
function weekOf(day: number): number {
  return day - weekday(day);
}

function monthOf(atMs: number): number {
  const { year, month } = civilDate(Math.floor(atMs / msPerDay));
  return year * 12 + month;
}

/** One rule as it goes along the snapshots. */
interface Counter {
  periodOf: (atMs: number, place: number) => number;
  /** Snapshots at or before this instant do not concern the rule. */
  afterMs: number;
  left: number;
  reason: string;
  /** What stands behind the reason: the duration. */
  suffix: string;
  /** Period of the snapshot that it kept last. */
  last: number;
}

/** Throws RangeError for a count that is not whole or below -1, and for an instant that is not a number. */
export function applyRetention<S extends BackupSnapshot>(
  snapshots: readonly S[],
  policy: RetentionPolicy,
  { version = 'current', nowMs = Infinity }: RetentionRules = {},
): Retained<S> {
  for (const { atMs } of snapshots) {
    if (!Number.isFinite(atMs)) throw new RangeError(`A snapshot was taken at ${atMs} ms; it must be a finite number.`);
  }
  const isOld = version === '0.14.0';
  const newestFirst = snapshots.toSorted((a, b) => b.atMs - a.atMs);
  const latestMs = newestFirst.find(({ atMs }) => atMs < nowMs)?.atMs ?? 0;
  const counters = countersOf(policy, latestMs, isOld);
  const keepsAll = isOld && counters.length === 0 && !policy.tags?.length;
  const retained: Retained<S> = { keep: [], remove: [] };
  newestFirst.forEach((snapshot, place) => {
    const reasons = keepsAll ? ['policy is empty'] : [];
    for (const list of policy.tags ?? []) if (hasTags(snapshot, list)) reasons.push(`has tags [${list.join(', ')}]`);
    for (const counter of counters) count(counter, snapshot.atMs, place, !isOld && place === newestFirst.length - 1, reasons);
    if (reasons.length > 0) retained.keep.push({ snapshot, reasons });
    else retained.remove.push(snapshot);
  });
  return retained;
}

function count(counter: Counter, atMs: number, place: number, keepsOldest: boolean, reasons: string[]): void {
  if (counter.left === 0 || !(atMs > counter.afterMs)) return;
  const period = counter.periodOf(atMs, place);
  const isSame = period === counter.last;
  if (isSame && !keepsOldest) return;
  counter.last = period;
  if (counter.left > 0) counter.left--;
  reasons.push((isSame ? 'oldest ' : '') + counter.reason + counter.suffix);
}

/** In the order in which restic tells its reasons. */
function countersOf(policy: RetentionPolicy, latestMs: number, isOld: boolean): Counter[] {
  const within: Counter[] = [];
  const counted: Counter[] = [];
  for (const [name, withinName, periodOf] of periods) {
    const left = policy[name] ?? 0;
    if (!Number.isInteger(left) || left < -1) {
      throw new RangeError(`The policy keeps ${left} ${name} snapshots; it must be a whole number from 0 up, or -1 for all.`);
    }
    const counter = { periodOf, afterMs: -Infinity, left, reason: `${name} snapshot`, suffix: '', last: Number.NaN };
    if (left > 0 || (left === -1 && !isOld)) counted.push(counter);
    const duration = policy[withinName] as CalendarDuration | undefined;
    const suffix = durationText(duration ?? {});
    if (duration === undefined || suffix === '') continue;
    const afterMs = addCalendar(latestMs, negative(duration));
    within.push({ ...counter, afterMs, left: -1, reason: name === 'last' ? 'within ' : `${name} within `, suffix });
  }
  const plain = within[0]?.reason === 'within ' ? within.splice(0, 1) : [];
  return [...plain, ...counted, ...within];
}

function hasTags({ tags = [] }: BackupSnapshot, wanted: readonly string[]): boolean {
  for (const tag of wanted) {
    if (tag === '' && tags.length === 0) return true;
    if (!tags.includes(tag)) return false;
  }
  return true;
}

function negative({ years = 0, months = 0, days = 0, hours = 0 }: CalendarDuration): CalendarDuration {
  return { years: -years, months: -months, days: -days, hours: -hours };
}

const units = { y: 'years', m: 'months', d: 'days', h: 'hours' } as const;

/** As restic writes it: 1y2m3d4h. Nothing for no time at all. */
export function durationText(duration: CalendarDuration): string {
  let text = '';
  for (const [unit, name] of Object.entries(units)) if (duration[name]) text += `${duration[name]}${unit}`;
  return text;
}

/** Reads 1y2m3d4h, in any order; of a unit given twice the last counts, as in restic. Throws RangeError for anything else. */
export function parseDuration(text: string): CalendarDuration {
  const duration: CalendarDuration = {};
  const trimmed = text.trim();
  if (!/^(-?\d{1,5}[ymdh])*$/.test(trimmed)) {
    throw new RangeError(`The duration is "${text}"; it must be numbers with the units y, m, d or h, such as 1y6m or 14d.`);
  }
  for (const [, number, unit] of trimmed.matchAll(/(-?\d+)([ymdh])/g)) duration[units[unit as keyof typeof units]] = Number(number);
  return duration;
}
