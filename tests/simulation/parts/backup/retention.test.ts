import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDuration, msPerHour, utcMs } from '../../../../src/simulation/kernel/civil';
import { applyRetention, durationText, parseDuration, type RetentionPolicy } from '../../../../src/simulation/parts/backup/retention';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

interface Golden {
  snapshots: [string, string[]][];
  cases: { i: number; policy: Record<string, number | string | string[][]>; keepCount: number; keep: string[] | null }[];
}
const golden = readVector<Golden>('restic.golden');
const snapshots = golden.snapshots.map(([at, tags]) => ({ atMs: Date.parse(at), tags }));

/** restic's names for what ours begin small. */
function policyOf(recorded: Golden['cases'][number]['policy']): RetentionPolicy {
  const entries = Object.entries(recorded).map(([name, value]) => [
    name[0].toLowerCase() + name.slice(1),
    typeof value === 'string' ? parseDuration(value) : value,
  ]);
  return Object.fromEntries(entries);
}

const keptTimes = (policy: RetentionPolicy, of = snapshots, version?: '0.14.0'): number[] =>
  applyRetention(of, policy, { version }).keep.map(({ snapshot }) => snapshot.atMs);

describe('retention keeps what restic keeps', () => {
  test.each(golden.cases.map((each) => [JSON.stringify(each.policy), each] as const))('under %s', (_, { policy, keepCount, keep }) => {
    const times = keptTimes(policyOf(policy));
    expect(times.length).toBe(keepCount);
    if (keep !== null) expect(times).toEqual(keep.map((at) => Date.parse(at)));
  });

  const timeline = readVector<Record<'daily7' | 'gfs_7_4_3', string[]>>('restic.timeline');
  const everyEightHours: { atMs: number; tags: string[] }[] = [];
  for (let atMs = utcMs(2024, 1, 1, 3); atMs < utcMs(2024, 3, 15); atMs += 8 * msPerHour) {
    if (atMs < utcMs(2024, 2, 10) || atMs >= utcMs(2024, 2, 15)) everyEightHours.push({ atMs, tags: [] });
  }
  const oldestFirst = (policy: RetentionPolicy): string[] =>
    keptTimes(policy, everyEightHours)
      .map((atMs) => new Date(atMs).toISOString().slice(0, 16))
      .toReversed();

  test('of 207 snapshots, every eight hours with a gap', () => {
    expect(everyEightHours.length).toBe(207);
    expect(oldestFirst({ daily: 7 })).toEqual(timeline.daily7);
    expect(oldestFirst({ daily: 7, weekly: 4, monthly: 3 })).toEqual(timeline.gfs_7_4_3);
  });
});

describe('while a count is left, the oldest snapshot', () => {
  const threeADay = [0, 8, 16, 24, 32, 40].map((hour) => ({ atMs: utcMs(2024, 5, 1, hour), tags: [] }));

  test('is kept, and the reason says so', () => {
    const { keep } = applyRetention(threeADay, { daily: 5 });
    expect(keep.map(({ snapshot, reasons }) => [snapshot.atMs, reasons])).toEqual([
      [utcMs(2024, 5, 2, 16), ['daily snapshot']],
      [utcMs(2024, 5, 1, 16), ['daily snapshot']],
      [utcMs(2024, 5, 1, 0), ['oldest daily snapshot']],
    ]);
  });

  test('is not kept once the count is used up, nor by restic 0.14.0', () => {
    expect(keptTimes({ daily: 2 }, threeADay)).toEqual([utcMs(2024, 5, 2, 16), utcMs(2024, 5, 1, 16)]);
    expect(keptTimes({ daily: 5 }, threeADay, '0.14.0')).toEqual([utcMs(2024, 5, 2, 16), utcMs(2024, 5, 1, 16)]);
  });

  test('an empty policy keeps nothing; in 0.14.0 it kept everything, and -1 meant nothing yet', () => {
    expect(keptTimes({}, threeADay)).toEqual([]);
    expect(keptTimes({}, threeADay, '0.14.0').length).toBe(6);
    expect(keptTimes({ last: 1, daily: -1 }, threeADay, '0.14.0')).toEqual([utcMs(2024, 5, 2, 16)]);
    expect(keptTimes({ last: -1 }, threeADay).length).toBe(6);
  });
});

test('reasons are those of restic, in its order', () => {
  const policy = { last: 1, weekly: 1, within: { days: 2 }, withinMonthly: { years: 1, hours: 3 }, tags: [['a', 'b']] };
  const { keep } = applyRetention([{ atMs: utcMs(2024, 6, 3), tags: ['b', 'a'] }], policy);
  expect(keep[0].reasons).toEqual(['has tags [a, b]', 'within 2d', 'last snapshot', 'weekly snapshot', 'monthly within 1y3h']);
});

test('the empty tag stands for snapshots without tags', () => {
  const [tagged, untagged] = [{ atMs: 1, tags: ['x'] }, { atMs: 2 }];
  expect(applyRetention([tagged, untagged], { tags: [['']] }).keep.map(({ snapshot }) => snapshot)).toEqual([untagged]);
});

test('a duration reaches back from the newest snapshot that is not of the future, and leaves out its very edge', () => {
  const list = [0, 1, 2, 3].map((day) => ({ atMs: utcMs(2024, 1, 1 + day) }));
  const kept = applyRetention(list, { within: { days: 1 } }, { nowMs: utcMs(2024, 1, 3, 12) }).keep;
  expect(kept.map(({ snapshot }) => snapshot.atMs)).toEqual([utcMs(2024, 1, 4), utcMs(2024, 1, 3)]);
});

test('snapshots of one instant stay in the order given', () => {
  const twins = ['a', 'b', 'c'].map((tag) => ({ atMs: 5, tags: [tag] }));
  expect(applyRetention(twins, { last: 2 }).keep.map(({ snapshot }) => snapshot.tags[0])).toEqual(['a', 'b']);
});

describe('whatever the policy and the snapshots', () => {
  const count = fc.option(fc.integer({ min: -1, max: 8 }), { nil: undefined });
  const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
    last: count,
    hourly: count,
    daily: count,
    weekly: count,
    monthly: count,
    yearly: count,
    within: fc.option(fc.record({ days: fc.integer({ min: 0, max: 40 }), hours: fc.integer({ min: 0, max: 30 }) }), { nil: undefined }),
    withinWeekly: fc.option(fc.record({ months: fc.integer({ min: 0, max: 5 }) }), { nil: undefined }),
  });
  const lists = fc
    .array(fc.integer({ min: 0, max: 1500 }), { maxLength: 60 })
    .map((hours) => hours.map((hour) => ({ atMs: hour * 7 * msPerHour })));

  test('every snapshot is either kept or removed, and the newest is kept by any rule', () => {
    fc.assert(
      fc.property(lists, policies, (list, policy) => {
        const { keep, remove } = applyRetention(list, policy);
        expect(new Set([...keep.map(({ snapshot }) => snapshot), ...remove])).toEqual(new Set(list));
        expect(keep.length + remove.length).toBe(list.length);
        for (const { reasons } of keep) expect(reasons.length).toBeGreaterThan(0);
        if (keep.length > 0) expect(keep[0].snapshot.atMs).toBe(Math.max(...list.map(({ atMs }) => atMs)));
      }),
      { numRuns: cases },
    );
  });

  test('what was kept is kept again: a second look removes nothing', () => {
    fc.assert(
      fc.property(lists, policies, (list, policy) => {
        const kept = applyRetention(list, policy).keep.map(({ snapshot }) => snapshot);
        expect(applyRetention(kept, policy).remove).toEqual([]);
      }),
      { numRuns: cases },
    );
  });

  test('counts bound what is kept', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (list, daily, weekly) => {
        expect(applyRetention(list, { daily, weekly }).keep.length).toBeLessThanOrEqual(daily + weekly);
      }),
      { numRuns: cases },
    );
  });
});

describe('a duration', () => {
  test.each<[string, CalendarDuration]>([
    ['1y2m3d4h', { years: 1, months: 2, days: 3, hours: 4 }],
    ['3d2m', { days: 3, months: 2 }],
    [' 14d ', { days: 14 }],
    ['1d2d', { days: 2 }],
    ['-1d', { days: -1 }],
    ['', {}],
  ])('"%s" is read', (text, duration) => {
    expect(parseDuration(text)).toEqual(duration);
  });

  test.each(['5', 'd', '5x', '1.5d', '1y 2m', '999999d', 'toString'])('"%s" is refused', (text) => {
    expect(() => parseDuration(text)).toThrow('numbers with the units y, m, d or h');
  });

  test('is written as restic writes it', () => {
    expect(durationText({ hours: 4, years: 1, days: 0 })).toBe('1y4h');
    expect(durationText({})).toBe('');
  });
});

test.each([-2, 1.5, Number.NaN, Infinity])('a count of %s is refused', (count) => {
  expect(() => applyRetention([], { weekly: count })).toThrow(`keeps ${count} weekly snapshots`);
});

test('an instant that is no number is refused', () => {
  expect(() => applyRetention([{ atMs: Number.NaN }], { last: 1 })).toThrow('taken at NaN ms');
});
