import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { msPerDay, msPerHour } from '../../../../src/simulation/kernel/civil';
import { BackupPlan, type BackupPlanOptions } from '../../../../src/simulation/parts/backup/backupPlan';
import type { BackupKind } from '../../../../src/simulation/parts/backup/recovery';
import { steadyWrites } from '../../../../src/simulation/parts/backup/writes';
import { createReplay } from '../../../../src/simulation/record/replay';
import { cases } from '../../../cases';
import { finish, newSystem } from '../../scripted';
import { told } from '../../told';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];

const slots = (times: number[], kind: BackupKind = 'incremental'): { atMs: number; kind: BackupKind }[] =>
  times.map((atMs) => ({ atMs, kind }));
const daily = (count: number, kind?: BackupKind) =>
  slots(
    Array.from({ length: count }, (_, day) => day * msPerDay + 2 * msPerHour),
    kind,
  );
/** Full on Sundays (the run begins on a Monday), incremental on the other days. */
const weekly = (weeks: number) => daily(7 * weeks).map((slot, day) => ({ ...slot, kind: day % 7 === 6 ? ('full' as const) : slot.kind }));

/** 3,600 MB, written at 1 MB a second; copied and fetched at 10 MB a second. */
function plan(options: Partial<BackupPlanOptions>, interventions: Interventions = [], horizonMs = 10 * msPerDay) {
  const system = newSystem();
  const backups = new BackupPlan(system, {
    schedule: [],
    sizeMb: 3600,
    written: steadyWrites(3600),
    backupMbPerSecond: 10,
    restoreMbPerSecond: 10,
    ...options,
  });
  system.intervene(interventions);
  finish(system, horizonMs);
  return { system, plan: backups };
}

const act = (verb: string, atMs: number, untilMs?: number) => ({ verb, atMs, untilMs, targets: ['backups'] });
const minute = 60_000;

describe('a backup', () => {
  test('takes as long as there is to copy: everything first, then what changed', () => {
    const { plan: done } = plan({ schedule: slots([msPerHour, 2 * msPerHour, 2.5 * msPerHour, 9 * msPerHour]) });
    expect(done.backups.map(({ kind, doneMs, takenMs, sizeMb, base }) => [kind, (doneMs - takenMs) / minute, sizeMb, base])).toEqual([
      ['full', 6, 3600, -1],
      ['incremental', 6, 3600, 0],
      ['incremental', 3, 1800, 1],
      // Written over more than once: never more than all there is.
      ['incremental', 6, 3600, 2],
    ]);
    expect(done.storedMb.value).toBe(3600 * 3 + 1800);
  });

  test('builds on the last full one when it is differential, and on nothing in a repository', () => {
    const schedule = slots([msPerHour, 1.5 * msPerHour, 1.75 * msPerHour]);
    const shape = (incremental: BackupPlanOptions['incremental']) =>
      plan({ schedule, incremental }).plan.backups.map(({ base, sizeMb }) => [base, sizeMb]);
    expect(shape('chain')).toEqual([
      [-1, 3600],
      [0, 1800],
      [1, 900],
    ]);
    expect(shape('differential')).toEqual([
      [-1, 3600],
      [0, 1800],
      [0, 2700],
    ]);
    expect(shape('repository')).toEqual([
      [-1, 3600],
      [-1, 1800],
      [-1, 900],
    ]);
  });

  test('is skipped while another runs', () => {
    const { plan: done, system } = plan({ schedule: slots([msPerHour, msPerHour + 5 * minute, msPerHour + 6 * minute + 1]) });
    expect([done.backups.length, done.skipped]).toEqual([2, 1]);
    expect(told(system.simulation.recorder.log, system.simulation.recorder)[0].text).toBe('Backups: a backup was due, but another ran');
  });

  test('costs its fixed time too', () => {
    const { plan: done } = plan({ schedule: slots([0], 'full'), fixedMs: 1234 });
    expect(done.backups[0].doneMs).toBe(6 * minute + 1234);
  });
});

describe('a disaster', () => {
  test('loses what was written since the last finished backup began, and takes a restore of its chain', () => {
    const schedule = slots([msPerHour, 1.5 * msPerHour]);
    const { plan: done } = plan({ schedule }, [act('destroy', 2 * msPerHour)]);
    expect(done.recoveries).toEqual([
      {
        atMs: 2 * msPerHour,
        lostMs: 0.5 * msPerHour,
        lostMb: 1800,
        restoreMs: 9 * minute,
        usedBackup: done.backups[1],
        reason: 'newest',
        cause: 'destroyed',
        isDamaged: false,
      },
    ]);
  });

  test('in the middle of a backup finds it unfinished, and ends it', () => {
    const { plan: done } = plan({ schedule: slots([msPerHour, 2 * msPerHour]) }, [act('destroy', 2 * msPerHour + 5 * minute)]);
    expect(done.recoveries[0]).toMatchObject({ lostMs: msPerHour + 5 * minute, reason: 'unfinished' });
    expect(done.backups[1].doneMs).toBe(Infinity);
  });

  test('comes before a backup of the same instant begins or ends', () => {
    const begins = plan({ schedule: slots([msPerHour, 2 * msPerHour]) }, [act('destroy', 2 * msPerHour)]).plan;
    expect(begins.recoveries[0]).toMatchObject({ lostMs: msPerHour, reason: 'newest' });
    const ends = plan({ schedule: slots([msPerHour]) }, [act('destroy', msPerHour + 6 * minute)]).plan;
    expect(ends.recoveries[0]).toMatchObject({ usedBackup: null, lostMs: Infinity, lostMb: Infinity, reason: 'unfinished' });
  });

  test('skips the backups due during the restore, and makes the next one full', () => {
    const schedule = slots([msPerHour, 2 * msPerHour + 3 * minute, 2 * msPerHour + 20 * minute]);
    const { plan: done } = plan({ schedule }, [act('destroy', 2 * msPerHour)]);
    expect(done.skipped).toBe(1);
    expect(done.backups.map(({ kind, base, takenMs }) => [kind, base, takenMs])).toEqual([
      ['full', -1, msPerHour],
      ['full', -1, 2 * msPerHour + 20 * minute],
    ]);
  });

  test('that strikes before there is a backup is survived, with everything lost', () => {
    const { plan: done } = plan({ schedule: slots([msPerHour]) }, [act('destroy', 5)]);
    expect(done.recoveries[0]).toMatchObject({ usedBackup: null, reason: 'none' });
    expect(done.backups[0].doneMs).toBeLessThan(Infinity);
  });

  test('is drawn: down until the restore is done, with its signs on the timeline', () => {
    const { plan: done, system } = plan({ schedule: slots([msPerHour]) }, [act('destroy', 2 * msPerHour)]);
    const trace = system.simulation.recorder.finish(10 * msPerDay);
    const replay = createReplay(trace);
    expect([2 * msPerHour, 2 * msPerHour + 6 * minute].map((atMs) => replay.stateAt(atMs).parts[done.id].state)).toEqual([1, 0]);
    expect(told(trace.marks, trace).map(({ text }) => text)).toEqual(['Data destroyed: 60 minutes of data are lost', 'Data restored']);
    expect(replay.stateAt(2 * msPerHour).parts[done.id].levels[trace.levelNames.indexOf('backups kept')]).toBe(1);
  });
});

describe('damage', () => {
  test('that is found later costs all since the last backup from before it', () => {
    const { plan: done } = plan({ schedule: daily(9) }, [act('damage', 4 * msPerDay, 8 * msPerDay)]);
    // The backup of the fourth night is the last clean one: 3 days and 2 hours.
    expect(done.recoveries[0]).toMatchObject({
      cause: 'damaged',
      lostMs: 8 * msPerDay - (3 * msPerDay + 2 * msPerHour),
      reason: 'damaged',
    });
    expect(done.recoveries[0].usedBackup?.index).toBe(3);
  });

  test('that is found after every clean backup was removed costs everything', () => {
    const { plan: done } = plan({ schedule: daily(9, 'full'), retention: { daily: 3 } }, [act('damage', 4 * msPerDay, 8 * msPerDay)]);
    expect(done.recoveries[0]).toMatchObject({ usedBackup: null, lostMs: Infinity, reason: 'damaged' });
    const longer = plan({ schedule: daily(9, 'full'), retention: { daily: 5 } }, [act('damage', 4 * msPerDay, 8 * msPerDay)]).plan;
    expect(longer.recoveries[0]).toMatchObject({ lostMs: 8 * msPerDay - (3 * msPerDay + 2 * msPerHour) });
  });

  test('that nobody knows of is restored with the data', () => {
    const { plan: done } = plan({ schedule: daily(9) }, [act('damage', 4 * msPerDay, 8 * msPerDay), act('destroy', 6 * msPerDay)]);
    expect(done.recoveries.map(({ cause, isDamaged, usedBackup }) => [cause, isDamaged, usedBackup?.index])).toEqual([
      ['destroyed', true, 5],
      ['damaged', false, 3],
    ]);
  });

  test('is over once a clean backup was restored', () => {
    const { plan: done } = plan({ schedule: daily(9) }, [act('damage', 2.5 * msPerDay, 8 * msPerDay), act('destroy', 3 * msPerDay)]);
    expect(done.recoveries.map(({ isDamaged }) => isDamaged)).toEqual([false]);
  });

  test('of the very instant of a backup is in it', () => {
    const { plan: done } = plan({ schedule: daily(3) }, [act('damage', msPerDay + 2 * msPerHour, 3 * msPerDay)]);
    expect(done.recoveries[0].usedBackup?.index).toBe(0);
  });
});

describe('retention', () => {
  test('keeps what the kept backups build on, unless a script deletes it', () => {
    const careful = plan({ schedule: weekly(4), retention: { last: 3 } }, [], 28 * msPerDay).plan;
    const careless = plan({ schedule: weekly(4), retention: { last: 3 }, keepsBases: false }, [], 28 * msPerDay).plan;
    const keptOf = ({ backups }: BackupPlan): number[] =>
      backups.filter(({ removedMs }) => removedMs === Infinity).map(({ index }) => index);
    // Sunday's full backup of the fourth week is the last; the two before it hang on the chain of the third.
    expect(keptOf(careful)).toEqual([20, 21, 22, 23, 24, 25, 26, 27]);
    expect(keptOf(careless)).toEqual([25, 26, 27]);
    const friday = 25 * msPerDay;
    expect(careful.recoveryAt(friday)).toMatchObject({ reason: 'newest', lostMs: 22 * msPerHour });
    expect(careless.recoveryAt(friday)).toMatchObject({ reason: 'chain broken', usedBackup: null });
    expect(careless.recoveryAt(28 * msPerDay)).toMatchObject({ reason: 'newest' });
  });

  test('counts days by the calendar from the beginning of the run', () => {
    const schedule = slots([10 * msPerHour, 20 * msPerHour, 30 * msPerHour], 'full');
    const keptOf = (epochMs: number) => {
      const { backups } = plan({ schedule, retention: { daily: 2 }, epochMs }).plan;
      return backups.filter(({ removedMs }) => removedMs === Infinity).map(({ index }) => index);
    };
    expect(keptOf(0)).toEqual([1, 2]);
    // Begun at noon, the first and second fall on different days, the second and third on one.
    expect(keptOf(12 * msPerHour)).toEqual([0, 2]);
  });

  test('bounds what is stored: 8 weeks of nightly backups under 7 daily, 4 weekly', () => {
    const { plan: done, system } = plan({ schedule: daily(56, 'full'), retention: { daily: 7, weekly: 4 } }, [], 56 * msPerDay);
    expect([done.kept.value, done.kept.highest, done.storedMb.value]).toEqual([10, 11, 36_000]);
    expect(system.simulation.events).toBeLessThan(200);
  });
});

test('what a disaster would cost is known for every instant of the run, and is what it costs', () => {
  const options: Partial<BackupPlanOptions> = { schedule: weekly(3), retention: { daily: 4, weekly: 2 } };
  const asked = plan(options, [], 21 * msPerDay).plan;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 21 * msPerDay }),
      fc.option(fc.integer({ min: 0, max: 21 * msPerDay }), { nil: undefined }),
      (atMs, damagedMs) => {
        const isFound = damagedMs !== undefined && damagedMs < atMs;
        const interventions = isFound ? [act('damage', damagedMs, atMs)] : [act('destroy', atMs)];
        const { cause, lostMb, isDamaged, usedBackup, ...struck } = plan(options, interventions, 21 * msPerDay).plan.recoveries[0];
        const { usedBackup: expected, ...would } = asked.recoveryAt(atMs, isFound ? damagedMs : undefined);
        expect([struck, usedBackup?.index]).toEqual([would, expected?.index]);
        expect([cause, isDamaged]).toEqual([isFound ? 'damaged' : 'destroyed', false]);
        expect(lostMb).toBeCloseTo(struck.lostMs / 1000, 3);
      },
    ),
    { numRuns: cases },
  );
});

test('never is more lost than a gap between backups and the time that one takes, while nothing is damaged', () => {
  const { plan: done } = plan({ schedule: daily(20), retention: { last: 2 } }, [], 20 * msPerDay);
  for (let atMs = 3 * msPerHour; atMs < 20 * msPerDay; atMs += 7 * minute) {
    expect(done.recoveryAt(atMs).lostMs).toBeLessThanOrEqual(msPerDay + 6 * minute);
  }
});

describe('what makes no sense is refused', () => {
  test.each([0, -1, Number.NaN, Infinity])('a size or speed of %s', (bad) => {
    expect(() => plan({ sizeMb: bad })).toThrow('size of the data');
    expect(() => plan({ backupMbPerSecond: bad })).toThrow('speed of backups');
    expect(() => plan({ restoreMbPerSecond: bad })).toThrow('speed of restores');
  });

  test('a schedule out of order, a fixed time below 0, a policy that keeps half a backup', () => {
    expect(() => plan({ schedule: slots([5, 5]) })).toThrow('Backup 2 of backups is due at 5 ms');
    expect(() => plan({ fixedMs: -1 })).toThrow('takes -1 ms besides');
    expect(() => plan({ retention: { daily: 0.5 } })).toThrow('keeps 0.5 daily snapshots');
  });
});
