import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LeaderCandidate, type LeaderCandidateOptions, LeaderLock } from '../../../../src/simulation/parts/control/leaderLock';
import { ScheduledJob } from '../../../../src/simulation/parts/control/scheduledJob';
import { cases } from '../../../cases';
import { finish, newSystem } from '../../scripted';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];

/** Candidates a, b, …; and who believed to lead, whenever that changed: [ms, names]. */
function elect(options: Partial<LeaderCandidateOptions>[], interventions: Interventions = [], horizonMs = 100_000, seed = 1) {
  const system = newSystem({ detail: 'all' }, seed);
  const lock = new LeaderLock();
  const candidates = options.map((each, index) => new LeaderCandidate(system, lock, { name: 'abcdef'[index], ...each }));
  const leaders: [number, string][] = [];
  system.simulation.every(
    10,
    () => {
      const names = candidates.map(({ name, isLeading }) => (isLeading ? name : '')).join('');
      if (names !== (leaders.at(-1)?.[1] ?? '')) leaders.push([system.simulation.nowMs, names]);
    },
    0,
  );
  system.intervene(interventions);
  finish(system, horizonMs);
  return { system, lock, candidates, leaders };
}

const two = [{}, { startMs: 500 }];
const act = (verb: string, atMs: number, untilMs?: number, target = 'a') => ({ verb, atMs, untilMs, targets: [target] });

describe('a leader lock', () => {
  test('goes to whoever comes first, and stays there while it is renewed', () => {
    const { leaders, lock } = elect(two);
    expect(leaders).toEqual([[0, 'a']]);
    expect([lock.transitions, [...lock.leadingMs]]).toEqual([1, [0, 100_000, 0]]);
    // The first write, one right after it, and one every two seconds.
    expect(lock.version).toBe(1 + 1 + 50);
  });

  test('passes on only after a whole lease by the watch of the next, and one try', () => {
    const { leaders, lock, candidates } = elect(two, [act('crash', 20_001)]);
    expect(leaders.map(([, names]) => names)).toEqual(['a', '', 'b']);
    // The last renewal was at 20 s. b saw it at its next try, up to 4.4 s later, and waits 15 s from there, and for a try.
    const takenMs = leaders[2][0];
    expect(takenMs).toBeGreaterThanOrEqual(35_000);
    expect(takenMs).toBeLessThan(20_000 + 4400 + 15_000 + 4400);
    expect([lock.transitions, candidates[1].terms]).toEqual([2, 1]);
    expect(lock.leadingMs[0]).toBeGreaterThan(15_000 - 10);
    expect(lock.leadingMs[2]).toBe(0);
  });

  test('comes free at once when the leader stops in good order', () => {
    const { leaders } = elect(two, [act('stop', 20_001)]);
    expect(leaders.map(([, names]) => names)).toEqual(['a', '', 'b']);
    expect(leaders[2][0]).toBeLessThan(20_000 + 4410);
  });

  test('is not held for the same process when it starts again: it is another one', () => {
    const { leaders } = elect([{}], [act('crash', 20_001, 34_000)]);
    expect(leaders.map(([, names]) => names)).toEqual(['a', '', 'a']);
    // It knows nothing of the lease, and waits a whole one.
    expect(leaders[2][0]).toBeGreaterThanOrEqual(49_000);
  });

  test('is given up by a leader that cannot renew: ten seconds after the first try that failed', () => {
    const { leaders } = elect(two, [act('cut', 20_001, 60_000)]);
    // Tries at 22, 24, … 30 s fail; at 32 s it gives up, three seconds before anybody else may take over.
    expect(leaders[1]).toEqual([32_000, '']);
    expect(leaders[2][1]).toBe('b');
    expect(leaders[2][0]).toBeGreaterThanOrEqual(35_000);
    expect(leaders.length).toBe(3);
  });

  test('is kept by a leader that can renew again in time', () => {
    expect(elect(two, [act('cut', 20_001, 29_999)]).leaders).toEqual([[0, 'a']]);
  });

  test('does not fence: a leader that was paused believes on, for up to ten seconds after the other took over', () => {
    const { leaders, lock } = elect(two, [act('pause', 20_001, 45_000)]);
    expect(leaders.map(([, names]) => names)).toEqual(['a', 'ab', 'b']);
    // It wakes, tries at 45, 47, … 53 s, finds the lock taken every time, and gives up at 55 s.
    expect(leaders[2][0]).toBe(55_000);
    expect(lock.leadingMs[2]).toBeCloseTo(55_000 - leaders[1][0], -2);
    // But whoever checks the token can tell: it grew.
    expect(lock.transitions).toBe(2);
  });

  test('a pause that nobody used does no harm', () => {
    expect(elect(two, [act('pause', 20_001, 30_000)]).leaders).toEqual([[0, 'a']]);
  });

  test('a crash ends a pause, and a candidate that is down does nothing', () => {
    const { leaders } = elect([{}], [act('pause', 5000, 9000), act('crash', 6000, 50_000), act('pause', 7000, 8000), act('crash', 7500)]);
    expect(leaders.map(([, names]) => names)).toEqual(['a', '', 'a']);
    expect(leaders[1][0]).toBe(6000);
  });
});

describe('clocks', () => {
  test('may be wrong by any amount; their rates may differ by less than lease to renew deadline', () => {
    // A leader whose watch is slow gives up late; a follower whose watch is fast takes over early.
    const overlapMs = (leaderRate: number, followerRate: number): number => {
      const { lock } = elect([{ clockRate: leaderRate }, { clockRate: followerRate, startMs: 500 }], [act('cut', 20_001)], 200_000);
      return lock.leadingMs[2];
    };
    expect(overlapMs(1, 1)).toBe(0);
    expect(overlapMs(1, 1.2)).toBe(0);
    expect(overlapMs(0.8, 0.95)).toBe(0);
    expect(overlapMs(1, 2)).toBeGreaterThan(0);
    expect(overlapMs(0.5, 1)).toBeGreaterThan(0);
  });
});

test('however candidates crash and are cut off, never two believe to lead', () => {
  const trouble = fc.record({
    verb: fc.constantFrom('crash', 'cut'),
    atMs: fc.integer({ min: 0, max: 90_000 }),
    forMs: fc.integer({ min: 1, max: 40_000 }),
    target: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(trouble, { maxLength: 8 }), fc.nat(1000), (troubles, seed) => {
      const interventions = troubles.map(({ verb, atMs, forMs, target }) => act(verb, atMs, atMs + forMs, target));
      const { lock } = elect([{}, { startMs: 1 }, { startMs: 2 }], interventions, 150_000, seed);
      expect(lock.leadingMs[2]).toBe(0);
      expect(lock.leadingMs[0] + lock.leadingMs[1]).toBeCloseTo(150_000, 6);
    }),
    { numRuns: cases },
  );
});

describe('two schedulers with one lock', () => {
  const hourly = Array.from({ length: 20 }, (_, index) => (index + 1) * 5000);

  function schedule(isShared: boolean, interventions: Interventions) {
    const system = newSystem();
    const lock = new LeaderLock();
    const candidates = two.map((each, index) => new LeaderCandidate(system, lock, { name: 'ab'[index], ...each }));
    const starts: number[] = [];
    const workMs = (dueMs: number): number => {
      starts.push(dueMs);
      return 100;
    };
    const common = { instantsMs: hourly, workMs };
    const jobs = isShared
      ? [new ScheduledJob(system, { name: 'job', ...common, schedulers: candidates })]
      : candidates.map(
          (candidate) =>
            new ScheduledJob(system, { name: `job of ${candidate.name}`, ...common, schedulers: [candidate], catchesUp: false }),
        );
    system.intervene(interventions);
    finish(system, 101_000);
    return { starts, missed: hourly.filter((atMs) => !starts.includes(atMs)), jobs };
  }

  test('run everything once while nothing happens', () => {
    for (const isShared of [true, false]) expect(schedule(isShared, []).starts).toEqual(hourly);
  });

  test('that share what was run make up for the latest instant when the other takes over', () => {
    const { starts, missed, jobs } = schedule(true, [act('crash', 21_000)]);
    expect(new Set(starts).size).toBe(starts.length);
    expect(missed).toEqual([25_000, 30_000]);
    expect(jobs[0].instants()).toMatchObject({ started: 18, missed: 2 });
    expect(jobs[0].latestStartMs).toBeGreaterThan(0);
  });

  test('that share nothing miss what fell between, and both run while both believe to lead', () => {
    const crashed = schedule(false, [act('crash', 21_000)]);
    expect(crashed.missed).toEqual([25_000, 30_000, 35_000]);
    const paused = schedule(false, [act('pause', 21_000, 45_001)]);
    const twice = hourly.filter((atMs) => paused.starts.filter((each) => each === atMs).length === 2);
    expect(twice.length).toBeGreaterThan(0);
    expect(Math.max(...twice)).toBeLessThan(56_000);
  });
});

describe('what makes no sense is refused', () => {
  test.each<Partial<LeaderCandidateOptions>>([
    { leaseMs: 10_000 },
    { renewDeadlineMs: 2400 },
    { leaseMs: Number.NaN },
    { renewDeadlineMs: 0 },
    { retryMs: -1 },
    { clockRate: 0 },
    { clockRate: Infinity },
  ])('%j', (options) => {
    expect(() => elect([options])).toThrow(RangeError);
  });

  test('and the message says what the rule is', () => {
    expect(() => elect([{ leaseMs: 9000 }])).toThrow('the lease must be longer than the deadline, and that longer than 1.2 times the gap');
  });
});
