import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { SteadyState } from '../../../src/simulation/measure/steadyState';
import { Balancer } from '../../../src/simulation/parts/balancer';
import { HealthCheck } from '../../../src/simulation/parts/healthCheck';
import { Line } from '../../../src/simulation/parts/line';
import { Monkey } from '../../../src/simulation/parts/monkey';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { replayedArrivals } from '../../../src/simulation/workload/arrivals';
import { finish, newSystem, sendScript } from '../scripted';
import { told } from '../told';

describe('interventions', () => {
  test('come before all other events of their instant, in the order of the list', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const { endings } = sendScript(system, { arrivals: [0, 10], works: 10 }, server);
    system.intervene([
      { atMs: 10, verb: 'crash', targets: ['server'] },
      { atMs: 10, verb: 'restore', targets: ['server'] },
    ]);
    finish(system, 100);
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([
      [10, fates.lost],
      [20, fates.completed],
    ]);
  });

  test('a target or a verb that does not exist is skipped, once, and reported; the other targets are reached', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    system.intervene([
      { atMs: 1, untilMs: 2, verb: 'crash', targets: ['nobody', 'server'] },
      { atMs: 3, verb: 'dance', targets: ['server'] },
      { atMs: 4, verb: 'toString', targets: ['server'] },
      { atMs: 5, verb: 'constructor', targets: ['server'] },
    ]);
    finish(system, 10);
    expect(system.skipped).toEqual(['0:nobody', '1:server', '2:server', '3:server']);
    expect(server.isUp).toBe(true);
    const said = told(system.simulation.recorder.log, system.simulation.recorder)
      .map(({ text }) => text)
      .filter((text) => text.startsWith('Skipped'));
    expect(said[0]).toBe('Skipped: crash nobody (there is no such part, or it cannot do that)');
    expect(said.length).toBe(4);
  });

  test('the past identical: an intervention at t changes nothing before t', () => {
    const traceOf = (interventions: Parameters<System['intervene']>[0]) => {
      const system = newSystem();
      const server = new Server(system, { name: 'server' });
      sendScript(system, { arrivals: [0, 3, 6, 30], works: 5 }, server);
      system.intervene(interventions);
      finish(system, 60);
      const { count, timesMs, kinds, subjects, values } = system.simulation.recorder.finish(60);
      return Array.from({ length: count }, (_, at) => [timesMs[at], kinds[at], subjects[at], values[at]]).filter(([timeMs]) => timeMs < 12);
    };
    expect(traceOf([{ atMs: 12, verb: 'crash', targets: ['server'] }])).toEqual(traceOf([]));
  });
});

describe('a source', () => {
  test('two sources draw from streams of their own', () => {
    const system = new System({ seed: 1 });
    const works: Record<string, number[]> = { a: [], b: [] };
    for (const name of ['a', 'b']) {
      const server = new Server(system, { name: `server of ${name}` });
      new Source(system, {
        name,
        arrivals: replayedArrivals([1, 2, 3]),
        workMs: (u) => u,
        onEnd: (call) => works[name].push(call.workMs),
      }).to(server);
    }
    finish(system, 100);
    expect(works.a.length).toBe(3);
    expect(works.a).not.toEqual(works.b);
  });

  test('counts as good what completed in time, and what is still inside as open', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const source = new Source(system, { arrivals: replayedArrivals([0, 0, 0]), workMs: () => 10, goodWithinMs: 20 }).to(server);
    finish(system, 25);
    expect(source.accounts()).toEqual({ opened: 3, open: 1, completed: 2, rejected: 0, abandoned: 0, timedOut: 0, failed: 0, lost: 0 });
    expect(source.good).toBe(2);
    expect(source.inside.area).toBe(10 + 20 + 25);
  });
});

describe('a health check', () => {
  /** Requests every 10 ms to two servers in turn; server 2 crashes. Tells when requests met the dead server. */
  function deadTraffic(crashMs: number, intervalMs: number, failuresToRemove: number) {
    const system = newSystem();
    const servers = [1, 2].map((index) => new Server(system, { name: `servers/${index}` }));
    const balancer = new Balancer(system, servers, { policy: roundRobin });
    const check = new HealthCheck(system, balancer, servers, { intervalMs, failuresToRemove, successesToReturn: 2 });
    const { endings } = sendScript(system, { arrivals: Array.from({ length: 1000 }, (_, index) => index * 10), works: 1 }, balancer);
    system.intervene([{ atMs: crashMs, untilMs: 6000, verb: 'crash', targets: ['servers/2'] }]);
    finish(system, 10_000);
    const failed = endings.filter(({ fate }) => fate === fates.failed).map(({ atMs }) => atMs);
    const changes = system.simulation.recorder.marks.filter(({ kind }) => kind === 'health').map(({ atMs }) => atMs);
    return { failed, changes, check };
  }

  test('a server that dies right after its probe still gets traffic for interval × threshold, and none after', () => {
    // Server 2 is probed at 500, 1000, 1500, …
    const { failed, changes, check } = deadTraffic(1000.001, 500, 3);
    expect(changes).toEqual([2500, 6500]);
    expect(failed[0]).toBeLessThanOrEqual(1020);
    expect(failed[failed.length - 1]).toBeGreaterThanOrEqual(2480);
    expect(failed[failed.length - 1]).toBeLessThanOrEqual(2500);
    expect(check.removals).toBe(1);
  });

  test('one that dies right before its probe gets it for one interval less', () => {
    expect(deadTraffic(1000, 500, 3).changes).toEqual([2000, 6500]);
    expect(deadTraffic(1000.001, 500, 1).changes).toEqual([1500, 6500]);
  });

  test('a server too slow for its timeout is taken out as well', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin });
    new HealthCheck(system, balancer, [server], { intervalMs: 100, timeoutMs: 20, probeMs: 5, failuresToRemove: 2 });
    system.intervene([
      { atMs: 150, verb: 'slow', targets: ['server'], arguments: { factor: 0.25 } },
      { atMs: 450, untilMs: 650, verb: 'slow', targets: ['server'], arguments: { factor: 0.2 } },
    ]);
    finish(system, 1000);
    // At a quarter of its speed a probe takes 20 ms, just in time; at a fifth 25. Probes come at 100, 200, …
    expect(system.simulation.recorder.marks.filter(({ kind }) => kind === 'health').map(({ atMs }) => atMs)).toEqual([600, 800]);
    expect(() => new HealthCheck(system, balancer, [server], { intervalMs: 100, failuresToRemove: 0 })).toThrow(
      'must be a whole number from 1',
    );
  });
});

describe('a monkey', () => {
  const strikesOf = (
    targets: string[],
    options: Partial<ConstructorParameters<typeof Monkey>[1]> = {},
    act?: (system: System, monkey: Monkey) => void,
  ) => {
    const system = newSystem();
    const servers = [1, 2, 3].map((index) => new Server(system, { name: `servers/${index}` }));
    const monkey = new Monkey(system, { targets, meanBetweenMs: 1000, repairMs: 300, ...options });
    act?.(system, monkey);
    finish(system, 20_000);
    const marks = system.simulation.recorder.marks.filter(({ kind }) => kind !== 'note');
    return { system, monkey, servers, marks };
  };
  const all = ['servers/1', 'servers/2', 'servers/3'];

  test('puts back what it struck exactly after the time to repair', () => {
    const { marks, monkey } = strikesOf(all);
    const crashes = marks.filter(({ kind }) => kind === 'crash');
    expect(monkey.strikes).toBe(crashes.length);
    expect(crashes.length).toBeGreaterThan(10);
    for (const crash of crashes) {
      expect(marks.some(({ kind, part, atMs }) => kind === 'restore' && part === crash.part && atMs === crash.atMs + 300)).toBe(
        crash.atMs + 300 <= 20_000,
      );
    }
  });

  test('strikes at the same moments whatever it does, and not before its start', () => {
    const times = (options: Parameters<typeof strikesOf>[1]) =>
      strikesOf(all, options)
        .marks.filter(({ kind }) => kind === 'crash' || kind === 'slow')
        .map(({ atMs }) => atMs);
    expect(times({ verb: 'slow', given: { factor: 0.5 }, repairMs: 1 })).toEqual(times({ repairMs: 1 }));
    expect(times({ startMs: 5000 })[0]).toBeGreaterThan(5000);
  });

  test('a shared cause takes neighbors at once', () => {
    const { marks } = strikesOf(all, { atOnce: 2, repairMs: 1 });
    const crashes = marks.filter(({ kind }) => kind === 'crash').map(({ atMs }) => atMs);
    for (let index = 0; index < crashes.length; index += 2) expect(crashes[index + 1]).toBe(crashes[index]);
  });

  test('when it is stopped everything is put back at once and nothing is struck again', () => {
    const { marks, servers } = strikesOf(all, { meanBetweenMs: 100, repairMs: 100_000 }, (system, monkey) =>
      system.simulation.at(5000, () => monkey.stop()),
    );
    expect(marks.filter(({ kind }) => kind === 'restore').map(({ atMs }) => atMs)).toEqual([5000, 5000, 5000]);
    expect(marks.every(({ atMs }) => atMs <= 5000)).toBe(true);
    expect(servers.every(({ isUp }) => isUp)).toBe(true);
  });

  test('a target that is not there is no strike, and is reported', () => {
    const { monkey, system } = strikesOf(['nobody']);
    expect(monkey.strikes).toBe(0);
    expect(told(system.simulation.recorder.log, system.simulation.recorder)[0].text).toContain('Skipped: crash nobody');
  });
});

describe('a hypothesis about steady state', () => {
  function check(goodPerWindow: (number | null)[], failuresToAbort?: number) {
    const system = newSystem();
    const aborted: number[] = [];
    const steady = new SteadyState(system.simulation, {
      windowMs: 100,
      leastGoodShare: 0.9,
      failuresToAbort,
      onAbort: () => aborted.push(system.simulation.nowMs),
    });
    goodPerWindow.forEach((good, window) => {
      for (let index = 0; good !== null && index < 10; index++) system.simulation.at(window * 100 + 50, () => steady.end(index < good));
    });
    // The last event of a window still counts in it: windows close after all else of their instant.
    finish(system, goodPerWindow.length * 100 + 50);
    return { steady, aborted };
  }

  test('closes a window at each multiple of its length, and fails below the least share, not at it', () => {
    const { steady } = check([10, 9, 8, null, 10]);
    expect(steady.shares).toEqual([1, 0.9, 0.8, null, 1]);
    expect([steady.windows, steady.failedWindows, steady.worstShare, steady.holds]).toEqual([5, 1, 0.8, false]);
  });

  test('aborts once, after so many failures in a row', () => {
    expect(check([8, 10, 8, 8, 8, 8]).aborted).toEqual([400]);
    expect(check([8, 10, 8, 10, 8]).aborted).toEqual([]);
    expect(check([8, 8, 8], 3).aborted).toEqual([300]);
    expect(check([10, 8], 1).aborted).toEqual([200]);
  });

  test('a window in which nothing ended does not end a row of failures', () => {
    expect(check([8, null, 8]).aborted).toEqual([300]);
  });
});

describe('a line', () => {
  test('keeps its order through growing, wrapping and removal from the middle', () => {
    const system = new System({ seed: 1 });
    const calls = Array.from({ length: 100 }, () => system.newCall());
    const line = new Line();
    for (let index = 0; index < 12; index++) line.push(calls[index]);
    for (let index = 0; index < 10; index++) expect(line.shift()).toBe(calls[index]);
    for (let index = 12; index < 100; index++) line.push(calls[index]);
    expect(line.remove(calls[50])).toBe(true);
    expect(line.remove(calls[50])).toBe(false);
    const expected = [...calls.slice(10, 50), ...calls.slice(51)];
    expect([...line]).toEqual(expected);
    expect(line.pop()).toBe(calls[99]);
    while (line.length > 0) expect(line.shift()).toBe(expected.shift());
  });
});
