import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Level } from '../../../../src/simulation/measure/level';
import { type OverlapPolicy, ScheduledJob, type ScheduledJobOptions } from '../../../../src/simulation/parts/control/scheduledJob';
import { unmetInstants } from '../../../../src/simulation/parts/control/unmetInstants';
import { Server, type ServerOptions } from '../../../../src/simulation/parts/server';
import { createReplay } from '../../../../src/simulation/record/replay';
import { cases } from '../../../cases';
import { finish, newSystem } from '../../scripted';
import { told } from '../../told';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];
type Wishes = Partial<ScheduledJobOptions> & { works?: number | number[]; horizonMs?: number; server?: Partial<ServerOptions> };

const hourly = (count: number, gapMs = 100): number[] => Array.from({ length: count }, (_, index) => (index + 1) * gapMs);

/** Runs the job and lists its starts: [ms, instant that it was for]. */
function run({ works = 50, horizonMs = 1000, server: serverOptions, ...options }: Wishes, interventions: Interventions = []) {
  const system = newSystem();
  const starts: [number, number][] = [];
  const workMs = (dueMs: number, number: number): number => {
    starts.push([system.simulation.nowMs, dueMs]);
    return typeof works === 'number' ? works : (works[number] ?? 1);
  };
  const job = new ScheduledJob(system, { name: 'job', instantsMs: hourly(5), workMs, ...options });
  const server = serverOptions === undefined ? undefined : new Server(system, { name: 'server', concurrency: 10, ...serverOptions });
  if (server !== undefined) job.to(server);
  system.intervene(interventions);
  finish(system, horizonMs);
  return { system, job, server, starts, instants: job.instants() };
}

describe('runs that are shorter than the gap', () => {
  test.each<OverlapPolicy>(['allow', 'forbid', 'skip', 'replace', 'queue'])('start at their instants under %s', (overlap) => {
    const { starts, instants, job } = run({ overlap });
    expect(starts).toEqual(hourly(5).map((atMs) => [atMs, atMs]));
    expect(instants).toEqual({ passed: 5, started: 5, skipped: 0, missed: 0, waiting: 0 });
    expect([job.overlaps, job.latestStartMs, job.accounts().completed]).toEqual([0, 0, 5]);
  });

  test.each<OverlapPolicy>(['allow', 'forbid', 'skip', 'replace', 'queue'])(
    'may end at the next instant, and do not stand in its way, under %s',
    (overlap) => {
      const { starts, job } = run({ overlap, works: 100 });
      expect(starts).toEqual(hourly(5).map((atMs) => [atMs, atMs]));
      expect([job.overlaps, job.accounts().completed]).toEqual([0, 5]);
    },
  );
});

describe('runs of 250 ms every 100 ms', () => {
  const long = (overlap: OverlapPolicy, more: Wishes = {}) => run({ overlap, works: 250, horizonMs: 2000, ...more });

  test('pile up when they may', () => {
    const { starts, job } = long('allow');
    expect(starts.map(([atMs]) => atMs)).toEqual([100, 200, 300, 400, 500]);
    expect([job.overlaps, job.running.highest]).toEqual([4, 3]);
  });

  test('are made up for once, for the latest instant, when overlap is forbidden', () => {
    const { starts, instants, job } = long('forbid');
    expect(starts).toEqual([
      [100, 100],
      [350, 300],
      [600, 500],
    ]);
    expect(instants).toEqual({ passed: 5, started: 3, skipped: 2, missed: 0, waiting: 0 });
    expect([job.latestStartMs, job.overlaps]).toEqual([100, 0]);
  });

  test('are not made up for when it is too late', () => {
    const { starts, instants } = long('forbid', { startingDeadlineMs: 50 });
    // At 350 the instant at 300 is just too old.
    expect(starts).toEqual([
      [100, 100],
      [400, 400],
    ]);
    expect(instants).toEqual({ passed: 5, started: 2, skipped: 3, missed: 0, waiting: 0 });
    expect(long('forbid', { startingDeadlineMs: 51 }).starts).toEqual([
      [100, 100],
      [350, 300],
    ]);
  });

  test('are let be when they are skipped', () => {
    const { starts, instants } = long('skip');
    expect(starts).toEqual([
      [100, 100],
      [400, 400],
    ]);
    expect(instants).toEqual({ passed: 5, started: 2, skipped: 3, missed: 0, waiting: 0 });
  });

  test('stop the one before when they replace it', () => {
    const { starts, job } = long('replace');
    expect(starts.map(([atMs]) => atMs)).toEqual([100, 200, 300, 400, 500]);
    expect(job.accounts()).toMatchObject({ opened: 5, abandoned: 4, completed: 1 });
    expect(job.running.highest).toBe(1);
  });

  test('run one after another when they queue', () => {
    const { starts, instants, job } = long('queue');
    expect(starts).toEqual([
      [100, 100],
      [350, 200],
      [600, 300],
      [850, 400],
      [1100, 500],
    ]);
    expect(instants.started).toBe(5);
    expect(job.latestStartMs).toBe(600);
  });

  test('that queue leave out what is too late', () => {
    // At 600 the instant at 300 is too old, at 850 the one at 500.
    expect(long('queue', { startingDeadlineMs: 260 }).starts).toEqual([
      [100, 100],
      [350, 200],
      [600, 400],
    ]);
  });

  test('wait to be made up for while a run is active', () => {
    expect(long('forbid', { horizonMs: 340 }).instants).toEqual({ passed: 3, started: 1, skipped: 1, missed: 0, waiting: 1 });
    expect(long('queue', { horizonMs: 340 }).instants).toEqual({ passed: 3, started: 1, skipped: 0, missed: 0, waiting: 2 });
  });
});

describe('a scheduler that was down', () => {
  const down = (untilMs: number, fromMs = 150): Interventions => [{ atMs: fromMs, untilMs, verb: 'crash', targets: ['job'] }];

  test('makes up for the latest instant that it missed, once', () => {
    const { starts, instants } = run({}, down(450));
    expect(starts).toEqual([
      [100, 100],
      [450, 400],
      [500, 500],
    ]);
    expect(instants).toEqual({ passed: 5, started: 3, skipped: 0, missed: 2, waiting: 0 });
  });

  test('makes up for nothing that is too late, nor when it does not look back', () => {
    for (const more of [{ startingDeadlineMs: 50 }, { catchesUp: false }]) {
      const { starts, instants } = run(more, down(450));
      expect(starts.map(([atMs]) => atMs)).toEqual([100, 500]);
      expect(instants).toEqual({ passed: 5, started: 2, skipped: 0, missed: 3, waiting: 0 });
    }
  });

  test('makes up for all of them when they queue', () => {
    expect(run({ overlap: 'queue', works: 20 }, down(450)).starts).toEqual([
      [100, 100],
      [450, 200],
      [470, 300],
      [490, 400],
      [510, 500],
    ]);
  });

  test('leaves runs alone that had begun', () => {
    const { job } = run({ works: 300 }, down(900, 110));
    expect(job.accounts()).toMatchObject({ opened: 2, completed: 1, open: 1 });
  });

  test('that comes back at the very instant starts it once', () => {
    expect(run({}, down(300)).starts.map(([atMs]) => atMs)).toEqual([100, 300, 400, 500]);
  });

  const minutes = hourly(200, 10);
  test.each([
    [100, 1],
    [101, 0],
  ])('and missed %i instants starts %i when it refuses more than 100, as Kubernetes did before 1.21', (missed, late) => {
    const untilMs = missed * 10 + 5;
    const wishes: Wishes = { instantsMs: minutes, works: 1, horizonMs: untilMs, afterManyMissed: 'refuse' };
    const { starts, instants } = run(wishes, down(untilMs, 0));
    expect(starts.length).toBe(late);
    expect(instants).toEqual({ passed: missed, started: late, skipped: 0, missed: missed - late, waiting: 0 });
  });

  test('and refuses starts nothing ever again, unless a deadline shortens what it looks back on', () => {
    const wishes: Wishes = { instantsMs: minutes, works: 1, horizonMs: 2500, afterManyMissed: 'refuse' };
    expect(run(wishes, down(1505, 0)).starts).toEqual([]);
    expect(run({ ...wishes, startingDeadlineMs: 200 }, down(1505, 0)).starts.length).toBe(51);
  });

  test('and missed more than 100 starts the latest and says so, as Kubernetes does today', () => {
    const { starts, system } = run({ instantsMs: minutes, works: 1, horizonMs: 1506 }, down(1505, 0));
    expect(starts).toEqual([[1505, 1500]]);
    expect(told(system.simulation.recorder.log, system.simulation.recorder).map(({ text }) => text)).toContain(
      'job: more than 100 start times missed',
    );
  });
});

describe('runs at a server', () => {
  test('take as long as the server does, and end as it says', () => {
    const { starts, job, server } = run({ overlap: 'forbid', works: 80, server: { concurrency: 1, speed: 0.5 } });
    expect(starts.map(([atMs]) => atMs)).toEqual([100, 260, 420, 580]);
    expect(job.accounts()).toMatchObject({ opened: 4, completed: 4 });
    expect(server?.accounts().completed).toBe(4);
  });

  test('are taken back when they are replaced', () => {
    const { job, server } = run({ overlap: 'replace', works: 250, server: {} });
    expect(job.accounts()).toMatchObject({ opened: 5, abandoned: 4, completed: 1 });
    expect(server?.accounts()).toMatchObject({ opened: 5, abandoned: 4, completed: 1 });
  });

  test('that the server loses or refuses are counted as that, and make way for the next', () => {
    const { job, starts } = run({ overlap: 'forbid', works: 350, server: {} }, [
      { atMs: 150, untilMs: 450, verb: 'crash', targets: ['server'] },
    ]);
    expect(starts.map(([atMs]) => atMs)).toEqual([100, 200, 300, 400, 500]);
    expect(job.accounts()).toMatchObject({ lost: 1, failed: 3, completed: 1 });
  });

  test('are requests with numbers of their own in the trace', () => {
    const { system, job } = run({ works: 10, server: {}, firstRequest: 1000 });
    const trace = system.simulation.recorder.finish(1000);
    const replay = createReplay(trace);
    expect(replay.stateAt(205).opened).toBe(2);
    expect(replay.workOf(1001)).toBe(10);
    expect(trace.partList[job.id].kind).toBe('source');
  });
});

test('the time runs were active is what they took', () => {
  const { job } = run({ works: [30, 150, 10, 20, 40], overlap: 'allow' });
  expect(job.running).toBeInstanceOf(Level);
  expect(job.running.area).toBe(250);
});

describe('the instants that a scheduler would look at', () => {
  const instantsMs = [10, 20, 30, 40];

  test.each([
    [-Infinity, 5, undefined, 0, 0],
    [-Infinity, 10, undefined, 0, 1],
    [10, 35, undefined, 1, 3],
    [40, 99, undefined, 4, 4],
    [10, 40, 10, 3, 4],
    [10, 41, 1, 4, 4],
    [30, 15, undefined, 3, 3],
  ])('after a start at %s, at %i, with a deadline of %s', (lastStartMs, nowMs, startingDeadlineMs, first, end) => {
    expect(unmetInstants(instantsMs, { lastStartMs, nowMs, startingDeadlineMs })).toEqual({ first, end });
  });
});

test('whatever the policy, instants and runs balance, and only allow lets runs overlap', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });
  const works = fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 40, maxLength: 40 });
  const overlaps = fc.constantFrom<OverlapPolicy>('allow', 'forbid', 'skip', 'replace', 'queue');
  fc.assert(
    fc.property(
      gaps,
      works,
      overlaps,
      fc.boolean(),
      fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      fc.nat(900),
      (list, each, overlap, hasServer, startingDeadlineMs, downMs) => {
        let atMs = 0;
        const instantsMs = list.map((gap) => {
          atMs += gap;
          return atMs;
        });
        const { job, starts, instants } = run(
          { instantsMs, works: each, overlap, startingDeadlineMs, server: hasServer ? {} : undefined, horizonMs: 1500 },
          [{ atMs: downMs, untilMs: downMs + 150, verb: 'crash', targets: ['job'] }],
        );
        const { passed, started, skipped, missed, waiting } = instants;
        expect(started + skipped + missed + waiting).toBe(passed);
        expect(new Set(starts.map(([, dueMs]) => dueMs)).size).toBe(starts.length);
        if (overlap !== 'allow') expect([job.overlaps, job.running.highest <= 1]).toEqual([0, true]);
        for (const [startMs, dueMs] of starts) {
          expect(startMs - dueMs).toBeGreaterThanOrEqual(0);
          if (startMs !== dueMs) expect(startMs - dueMs).toBeLessThan(startingDeadlineMs ?? Infinity);
        }
      },
    ),
    { numRuns: cases },
  );
});

describe('what makes no sense is refused', () => {
  test.each([[[5, 5]], [[5, 4]], [[-1]], [[Number.NaN]], [[1, Infinity]]])('instants %j', (instantsMs) => {
    expect(() => run({ instantsMs })).toThrow('instants begin from 0, and each comes after the one before');
  });

  test.each([-1, Number.NaN])('a deadline of %s', (startingDeadlineMs) => {
    expect(() => run({ startingDeadlineMs })).toThrow('The starting deadline of job');
  });

  test.each([-1, Number.NaN, Infinity])('work of %s', (works) => {
    expect(() => run({ works })).toThrow(`Run 1 of job takes ${works} ms`);
  });
});
