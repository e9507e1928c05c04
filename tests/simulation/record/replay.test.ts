// Replay by exact schedules, and against the plainest possible reading: all records from the first, one by one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import type { Part } from '../../../src/simulation/parts/call';
import { leastConnections } from '../../../src/simulation/parts/policies/leastConnections';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server, type ServerOptions } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { type Intervention, System } from '../../../src/simulation/parts/system';
import { createReplay, type ReplayState } from '../../../src/simulation/record/replay';
import { partStates, Recorder, type RecordWindow, recordKinds, type Trace } from '../../../src/simulation/record/trace';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { finish, newSystem, type Script, sendScript } from '../scripted';
import '../../cases';

const { open, enter, wait, start, leave, state, level, exists } = recordKinds;

function handMade(): Trace {
  const recorder = new Recorder({ detail: 'all' });
  const part = { queueCapacity: Infinity, speed: 1 };
  const source = recorder.describePart({ name: 'customers', kind: 'source', label: 'Customers', concurrency: 0, ...part });
  const server = recorder.describePart({ name: 'server', kind: 'server', label: 'Server', concurrency: 2, ...part });
  const late = recorder.describePart({ name: 'late', kind: 'server', label: 'Late', concurrency: 1, ...part });
  recorder.describeLink(source, server);
  const inRotation = recorder.levelIndex('in rotation');
  const arrive = (atMs: number, request: number, workMs: number) => {
    recorder.request(atMs, open, source, request, workMs);
    recorder.request(atMs, enter, server, request, source);
  };
  arrive(0, 0, 100);
  recorder.request(0, start, server, 0, 100);
  arrive(10, 1, 50);
  recorder.request(10, start, server, 1, 50);
  arrive(20, 2, 30);
  recorder.request(20, wait, server, 2, 1);
  arrive(25, 3, 30);
  recorder.request(25, wait, server, 3, 2);
  recorder.coarse(30, state, server, partStates.slow, 0.5);
  recorder.mark(30, 'slow', server, 'server slows down');
  recorder.coarse(40, level, server, inRotation, 0);
  recorder.request(50, leave, server, 2, fates.abandoned);
  recorder.coarse(60, exists, late, 0, 1);
  recorder.request(90, leave, server, 1, fates.completed);
  recorder.request(90, start, server, 3, 60);
  arrive(95, 4, 10);
  recorder.request(95, leave, server, 4, fates.rejected);
  recorder.coarse(100, state, server, partStates.down, 0);
  recorder.mark(100, 'crash', server, 'server crashed');
  recorder.request(100, leave, server, 0, fates.lost);
  recorder.request(100, leave, server, 3, fates.lost);
  return recorder.finish(200);
}

describe('replay of a known schedule', () => {
  const replay = createReplay(handMade());

  it('puts requests where they were', () => {
    const at25 = replay.stateAt(25).parts[1];
    expect([...at25.waiting.toArray()]).toEqual([2, 3]);
    expect(at25.serving).toEqual([0, 1]);
    expect(at25.busy).toBe(2);
    const at92 = replay.stateAt(92).parts[1];
    expect([...at92.waiting.toArray()]).toEqual([]);
    expect(at92.serving).toEqual([0, 3]);
  });

  it('stretches the work that is left when the part slows down', () => {
    const server = replay.stateAt(30).parts[1];
    expect(server.state).toBe(partStates.slow);
    expect(server.speedFactor).toBe(0.5);
    expect(server.endsMs).toEqual([30 + 70 * 2, 30 + 30 * 2]);
  });

  it('counts fates at the part and as the source sees them', () => {
    const end = replay.stateAt(200);
    expect(end.opened).toBe(5);
    expect([...end.fates]).toEqual([1, 1, 1, 0, 0, 2]);
    expect([...end.parts[1].counts]).toEqual([1, 1, 1, 0, 0, 2]);
    expect(end.parts[1].state).toBe(partStates.down);
    expect(end.parts[1].inside).toBe(0);
  });

  it('knows levels and what did not exist yet', () => {
    expect(replay.stateAt(39).parts[1].levels[0]).toBeNaN();
    expect(replay.stateAt(40).parts[1].levels[0]).toBe(0);
    expect(replay.stateAt(59).parts[2].exists).toBe(false);
    expect(replay.stateAt(60).parts[2].exists).toBe(true);
  });

  it('steps by events, forward and back', () => {
    expect(replay.nextEventTime(0)).toBe(10);
    expect(replay.nextEventTime(12)).toBe(20);
    expect(replay.nextEventTime(100)).toBe(200);
    expect(replay.previousEventTime(20)).toBe(10);
    expect(replay.previousEventTime(10)).toBe(0);
    expect(replay.previousEventTime(0)).toBe(0);
    expect(replay.nextNotable(0)?.atMs).toBe(30);
    expect(replay.nextNotable(30)?.kind).toBe('crash');
    expect(replay.nextNotable(100)).toBeUndefined();
  });

  it('finds records by time, and the work of a request', () => {
    const { first, end } = replay.movesBetween(10, 25);
    expect(replay.timeOfRecord(first)).toBe(20);
    expect(replay.timeOfRecord(end - 1)).toBe(25);
    expect(replay.indexAt(-1)).toBe(0);
    expect(replay.workOf(1)).toBe(50);
    expect(replay.workOf(99)).toBeNaN();
  });

  it('joins the records of one request', () => {
    const { history } = replay;
    const kinds: number[] = [];
    for (let index = 2 + 1; index >= 0; index = history.next[index]) kinds.push(replay.trace.kinds[index]);
    expect(kinds).toEqual([open, enter, start, leave]);
  });

  it('adds up how busy a part was', () => {
    expect(replay.utilization(1, 0, 10)).toBe(0.5);
    expect(replay.utilization(1, 0, 100)).toBeCloseTo((100 + 80 + 10) / 200, 12);
    expect(replay.utilization(1, 100, 200)).toBe(0);
  });
});

function shop(seed: number, interventions: Intervention[], record: RecordWindow, load = 40): Trace {
  const system = new System({ seed, record });
  const { simulation } = system;
  const servers = [1, 2, 3].map(
    (number) =>
      new Server(system, {
        name: `servers/${number}`,
        concurrency: number,
        queueCapacity: 30,
        discipline: number === 2 ? 'last-come' : 'first-come',
      }),
  );
  const balancer = new Balancer(system, servers, { policy: leastConnections() });
  const clients = new RetryingClient(system, { timeoutMs: 400, attempts: 3, backoffMs: 50, cancelsOnTimeout: seed % 2 === 0 }).asks(
    balancer,
  );
  new Source(system, { arrivals: poissonArrivals(load, simulation.random.stream('arrivals')), workMs: (u) => 60 + 180 * u }).to(clients);
  system.intervene(interventions);
  simulation.runUntil(30_000);
  simulation.audit();
  return simulation.recorder.finish(30_000);
}

/** What can be said of a state as plain data. */
function told({ opened, fates: ends, parts }: ReplayState): unknown {
  return {
    opened,
    ends: [...ends],
    parts: parts.map((part) => ({
      state: part.state,
      factor: part.speedFactor,
      waiting: [...part.waiting.toArray()],
      holding: [...part.holding.toArray()],
      serving: part.serving.filter((request) => request >= 0),
      busy: part.busy,
      counts: [...part.counts],
    })),
  };
}

/** The plainest reading: arrays, from the first record on. */
function naive(trace: Trace, tMs: number): unknown {
  const parts = trace.partList.map((part) => ({
    part,
    state: 0,
    factor: 1,
    waiting: [] as number[],
    holding: [] as number[],
    serving: [] as number[],
    counts: [0, 0, 0, 0, 0, 0],
  }));
  const ends = [0, 0, 0, 0, 0, 0];
  let opened = 0;
  const take = (list: number[], request: number): boolean => {
    const at = list.indexOf(request);
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  };
  const outermost = trace.links.find((link) => trace.partList[link.from].kind === 'source')?.to;
  for (let index = 0; index < trace.count && trace.timesMs[index] <= tMs; index++) {
    const part = parts[trace.parts[index]];
    const subject = trace.subjects[index];
    const value = trace.values[index];
    const holds = part.part.kind !== 'balancer';
    switch (trace.kinds[index]) {
      case open:
        opened++;
        break;
      case enter:
        if (holds) part.holding.push(subject);
        break;
      case wait:
        take(part.holding, subject);
        part.waiting.push(subject);
        break;
      case start: {
        if (!take(part.holding, subject)) take(part.waiting, subject);
        const place = part.serving.indexOf(-1);
        if (place >= 0) part.serving[place] = subject;
        else part.serving.push(subject);
        break;
      }
      case leave: {
        part.counts[value]++;
        if (part.part.id === outermost) ends[value]++;
        if (!holds || take(part.holding, subject)) break;
        if ((value === fates.abandoned || value === fates.rejected) && take(part.waiting, subject)) break;
        const place = part.serving.indexOf(subject);
        if (place >= 0) part.serving[place] = -1;
        else take(part.waiting, subject);
        break;
      }
      case state:
        part.state = subject;
        part.factor = subject === partStates.down ? 0 : value;
        break;
    }
  }
  return {
    opened,
    ends,
    parts: parts.map(({ state: code, factor, waiting, holding, serving, counts }) => {
      const served = serving.filter((request) => request >= 0);
      return { state: code, factor, waiting, holding, serving: served, busy: served.length, counts };
    }),
  };
}

interface Crowd {
  waiting: number;
  busy: number;
}

/** Who is at a server as the server itself says, between all instants at which something happens, and as the replay tells it. */
function crowds(makeDoor: (system: System, server: Server) => Part, options: Partial<ServerOptions>, script: Script): [Crowd[], Crowd[]] {
  const system = newSystem();
  const { simulation } = system;
  const server = new Server(system, { name: 'server', ...options });
  sendScript(system, script, makeDoor(system, server));
  const said: Crowd[] = [];
  for (let atMs = 0.5; atMs < 400; atMs++) {
    simulation.at(atMs, () => said.push({ waiting: server.waiting, busy: server.inside - server.waiting }));
  }
  finish(system, 400);
  const replay = createReplay(simulation.recorder.finish(400));
  const shown = said.map((_, index): Crowd => {
    const { waiting, busy } = replay.stateAt(index + 0.5).parts[server.id];
    return { waiting: waiting.length, busy };
  });
  expect(replay.utilization(server.id, 0, 400)).toBeCloseTo(server.utilization(), 12);
  return [said, shown];
}

const most = (crowd: readonly Crowd[]): number => Math.max(...crowd.map(({ waiting }) => waiting));

describe('an attempt that has timed out', () => {
  const untold = { timeoutMs: 30, attempts: 2 };

  it('leaves its place when it is done for nobody, and not the line in which its own retry waits', () => {
    const door = (system: System, server: Server) => new RetryingClient(system, untold).asks(server);
    const [said, shown] = crowds(door, {}, { arrivals: [0], works: 100 });
    expect([most(said), said[120]]).toEqual([1, { waiting: 0, busy: 1 }]);
    expect(shown).toEqual(said);
  });

  it('leaves the line when it is taken back, and not the place at which its own first attempt is served', () => {
    const door = (system: System, server: Server) => {
      const inner = new RetryingClient(system, { name: 'inner', ...untold }).asks(server);
      return new RetryingClient(system, { name: 'outer', timeoutMs: 50, attempts: 1, cancelsOnTimeout: true }).asks(inner);
    };
    const [said, shown] = crowds(door, {}, { arrivals: [0], works: 100 });
    expect([said[40], said[60]]).toEqual([
      { waiting: 1, busy: 1 },
      { waiting: 0, busy: 1 },
    ]);
    expect(shown).toEqual(said);
  });

  it('leaves the line when its turn comes too late', () => {
    const door = (system: System, server: Server) => new RetryingClient(system, { ...untold, attempts: 1, withinMs: 30 }).asks(server);
    const [said, shown] = crowds(door, { dropsExpired: true }, { arrivals: [0, 10, 20, 90], works: [100, 50, 50, 50] });
    expect([said[50], said[120]]).toEqual([
      { waiting: 2, busy: 1 },
      { waiting: 0, busy: 1 },
    ]);
    expect(shown).toEqual(said);
  });
});

const intervention = fc.record({
  atMs: fc.integer({ min: 0, max: 29_000 }),
  verb: fc.constantFrom('crash', 'slow', 'restore'),
  targets: fc.constantFrom<string[]>(['servers/1'], ['servers/2', 'servers/3']),
});

describe('replay in any order', () => {
  it('equals the plainest reading, wherever the cursor comes from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.array(intervention, { maxLength: 4 }),
        fc.array(fc.integer({ min: -10, max: 30_500 }), { minLength: 4, maxLength: 12 }),
        (seed, interventions, cursors) => {
          const trace = shop(seed, interventions, { detail: 'all' });
          const replay = createReplay(trace);
          for (const tMs of cursors) expect(told(replay.stateAt(tMs))).toEqual(naive(trace, tMs));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('agrees with the accounts at the horizon', () => {
    const trace = shop(3, [{ atMs: 9000, untilMs: 15_000, verb: 'crash', targets: ['servers/3'] }], { detail: 'all' });
    const { opened, fates: ends, parts } = createReplay(trace).stateAt(30_000);
    const clients = parts.find(({ part }) => part.kind === 'client');
    expect(ends.reduce((sum, count) => sum + count, 0) + (clients?.inside ?? 0)).toBe(opened);
  });

  it('reads a window that opens mid-run as the whole recording tells it', () => {
    const whole = createReplay(shop(5, [], { detail: 'all' }, 30));
    const windowed = createReplay(shop(5, [], { detail: 'all', fromMs: 12_000, toMs: 20_000 }, 30));
    for (const tMs of [20_000, 12_500, 15_000, 12_001]) {
      const expected = whole
        .stateAt(tMs)
        .parts.filter(({ part }) => part.kind === 'server')
        .map((part) => [[...part.waiting.toArray()].sort(), part.serving.filter((request) => request >= 0).sort()]);
      const found = windowed
        .stateAt(tMs)
        .parts.filter(({ part }) => part.kind === 'server')
        .map((part) => [[...part.waiting.toArray()].sort(), part.serving.filter((request) => request >= 0).sort()]);
      expect(found).toEqual(expected);
    }
  });

  it('adds up the same busy time as the state shows, also when an attempt meets its own retry', () => {
    const trace = shop(7, [{ atMs: 8000, untilMs: 12_000, verb: 'slow', targets: ['servers/2'] }], { detail: 'all' });
    const replay = createReplay(trace);
    const areas = trace.partList.map(() => 0);
    for (let index = 0; index + 1 < trace.count; index++) {
      const spanMs = trace.timesMs[index + 1] - trace.timesMs[index];
      if (spanMs === 0) continue;
      for (const { part, busy } of replay.stateAt(trace.timesMs[index]).parts) areas[part.id] += busy * spanMs;
    }
    const lastMs = trace.timesMs[trace.count - 1];
    for (const { id, concurrency } of trace.partList) {
      if (concurrency > 0) expect(replay.utilization(id, 0, lastMs)).toBeCloseTo(areas[id] / (lastMs * concurrency), 9);
    }
  });
});
