// What changes in the middle of a run: by whom it is set, and what each part makes of it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import type { Call } from '../../../src/simulation/parts/call';
import { HealthCheck } from '../../../src/simulation/parts/healthCheck';
import { leastConnections } from '../../../src/simulation/parts/policies/leastConnections';
import { smoothWeighted } from '../../../src/simulation/parts/policies/nginx';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { type Intervention, System } from '../../../src/simulation/parts/system';
import { constantArrivals, poissonArrivals, replayedArrivals, steppedArrivals } from '../../../src/simulation/workload/arrivals';
import { cases } from '../../cases';
import { finish, newSystem, sendScript } from '../scripted';

const set = (value: number, atMs: number, untilMs?: number, name = 'rate'): Intervention => ({
  atMs,
  verb: 'set',
  targets: [name],
  arguments: { value },
  ...(untilMs === undefined ? {} : { untilMs }),
});

describe('a setting', () => {
  function followed(...interventions: Intervention[]): { heard: [number, number][]; skipped: string[]; events: number } {
    const system = new System({ seed: 1 });
    const heard: [number, number][] = [];
    system.setting('rate', 5, (value) => heard.push([system.simulation.nowMs, value]));
    system.intervene(interventions);
    system.simulation.runUntil(100);
    return { heard, skipped: system.skipped, events: system.simulation.events };
  }

  test('is changed when its time comes, and hears nothing when the value stays', () => {
    expect(followed(set(7, 10), set(7, 20), set(5, 30)).heard).toEqual([
      [10, 7],
      [30, 5],
    ]);
    expect(followed(set(5, 10)).heard).toEqual([]);
  });

  test('goes back, when a change ends, to the change before it, and takes nothing later back', () => {
    expect(followed(set(7, 10, 40), set(9, 20, 30)).heard).toEqual([
      [10, 7],
      [20, 9],
      [30, 7],
      [40, 5],
    ]);
    expect(followed(set(7, 10, 40), set(9, 20)).heard).toEqual([
      [10, 7],
      [20, 9],
    ]);
  });

  test('that is not there, or gets no value, is skipped', () => {
    const { heard, skipped } = followed(set(7, 10, 20, 'other'), { atMs: 10, verb: 'set', targets: ['rate'] });
    expect(heard).toEqual([]);
    expect(skipped).toEqual(['0:other', '1:rate']);
  });

  test('has a name of its own', () => {
    const system = new System({ seed: 1 });
    system.setting('rate', 1, () => {});
    expect(() => system.setting('rate', 1, () => {})).toThrow('Two settings are named rate');
  });
});

/** Arrival times of a source whose rate changes. */
function arrivalTimes(kind: 'poisson' | 'constant', first: number, changes: [number, number][], horizonMs: number): number[] {
  const system = new System({ seed: 9 });
  const stream = system.simulation.random.stream('arrivals');
  const times: number[] = [];
  const server = new Server(system, { name: 'server' });
  const source = new Source(system, {
    arrivals: kind === 'poisson' ? poissonArrivals(first, stream) : constantArrivals(first),
    workMs: () => 0,
    onEnd: (call) => times.push(call.openedMs),
  }).to(server);
  for (const [atMs, rate] of changes) system.simulation.at(atMs, () => source.setRate(rate));
  system.simulation.runUntil(horizonMs);
  return times;
}

describe('an arrival rate that changes', () => {
  test('gives the very arrivals of a rate that was known beforehand to step so', () => {
    const rate = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(rate, fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), rate), { maxLength: 4 }), (first, given) => {
        const changes = [...new Map(given).entries()].sort(([a], [b]) => a - b);
        const found = arrivalTimes('poisson', first, changes, 1000);
        const steps = [[0, first], ...changes].map(([fromMs, arrivalsPerSecond]) => ({ fromMs, arrivalsPerSecond }));
        const process = steppedArrivals(steps, new System({ seed: 9 }).simulation.random.stream('arrivals'));
        const expected: number[] = [];
        for (let atMs = process.nextMs(); atMs <= 1000; atMs = process.nextMs()) expected.push(atMs);
        expect(found.length).toBe(expected.length);
        found.forEach((atMs, index) => void expect(Math.abs(atMs - expected[index])).toBeLessThan(1e-6));
      }),
      { numRuns: cases },
    );
  });

  test('stretches the gap under way and goes on evenly, where arrivals are even', () => {
    expect(arrivalTimes('constant', 10, [[250, 20]], 450)).toEqual([100, 200, 275, 325, 375, 425]);
    expect(
      arrivalTimes(
        'constant',
        10,
        [
          [150, 0],
          [400, 10],
        ],
        600,
      ),
    ).toEqual([100, 450, 550]);
  });

  test('is the same run until then, to the last digit', () => {
    const plain = arrivalTimes('poisson', 30, [], 5000);
    const changed = arrivalTimes('poisson', 30, [[2000, 90]], 5000);
    const before = plain.filter((atMs) => atMs < 2000);
    expect(changed.slice(0, before.length)).toEqual(before);
    expect(changed.length).toBeGreaterThan(plain.length);
  });

  test('is refused where there is none, or when it is no rate', () => {
    const system = new System({ seed: 1 });
    const server = new Server(system, { name: 'server' });
    const fixed = new Source(system, { name: 'fixed', arrivals: replayedArrivals([1]), workMs: () => 1 }).to(server);
    const even = new Source(system, { name: 'even', arrivals: constantArrivals(1), workMs: () => 1 }).to(server);
    expect(() => fixed.setRate(5)).toThrow('have no rate');
    for (const rate of [-1, Number.NaN, Infinity]) expect(() => even.setRate(rate)).toThrow(RangeError);
  });
});

describe('work that changes', () => {
  test('is that of the requests to come, from the same draws', () => {
    const works = (changeAtMs: number): number[] => {
      const system = new System({ seed: 4 });
      const found: number[] = [];
      const workMs = (call: Call): number => {
        found.push(call.workMs);
        return 1;
      };
      const server = new Server(system, { name: 'server', concurrency: 100, workMs });
      const source = new Source(system, { arrivals: constantArrivals(1000), workMs: (u) => u }).to(server);
      system.simulation.at(changeAtMs, () => source.setWork((u) => 10 * u));
      system.simulation.runUntil(100);
      return found;
    };
    const plain = works(1000);
    // In the middle of a batch, at its end, and at the start.
    for (const changeAtMs of [40.5, 64.5, 0]) {
      expect(works(changeAtMs)).toEqual(plain.map((work, index) => (index + 1 < changeAtMs ? work : 10 * work)));
    }
  });
});

describe('a line', () => {
  test('with less room turns new ones away and keeps those who wait', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const { endings } = sendScript(system, { arrivals: [0, 1, 2, 10, 45], works: 20 }, server);
    system.simulation.at(5, () => server.setQueueCapacity(1));
    finish(system, 200);
    expect(endings.map(({ request, fate }) => [request, fate])).toEqual([
      [3, fates.rejected],
      [0, fates.completed],
      [1, fates.completed],
      [2, fates.completed],
      [4, fates.completed],
    ]);
    expect(() => server.setQueueCapacity(-1)).toThrow('queue capacity');
  });
});

describe('a balancer', () => {
  test('goes on by another policy, and other weights', () => {
    const system = newSystem();
    const servers = [1, 2].map((number) => new Server(system, { name: `servers/${number}`, concurrency: 100 }));
    const balancer = new Balancer(system, servers, { policy: roundRobin });
    const arrivals = Array.from({ length: 16 }, (_, index) => index);
    sendScript(system, { arrivals, works: 1000 }, balancer);
    system.simulation.at(7.5, () => balancer.setPolicy(smoothWeighted, [3, 1]));
    const sentAt = (atMs: number, sent: number[]): void => void system.simulation.at(atMs, () => sent.push(...balancer.sent));
    const before: number[] = [];
    sentAt(7.5, before);
    finish(system, 100);
    expect(before).toEqual([4, 4]);
    expect([...balancer.sent]).toEqual([10, 6]);
    expect(() => balancer.setPolicy(roundRobin, [1])).toThrow('one weight above 0');
  });

  test('knows under its new policy what is under way', () => {
    const system = newSystem();
    const servers = [1, 2].map((number) => new Server(system, { name: `servers/${number}`, concurrency: 100 }));
    const balancer = new Balancer(system, servers, { policy: () => ({ pick: () => 0 }) });
    sendScript(system, { arrivals: [0, 1, 2, 3, 4, 5], works: 1000 }, balancer);
    system.simulation.at(2.5, () => balancer.setPolicy(leastConnections()));
    finish(system, 100);
    expect([...balancer.sent]).toEqual([3, 3]);
  });
});

describe('a health check', () => {
  function checked(change: (check: HealthCheck, at: (atMs: number, act: () => void) => void) => void, isOn = true) {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin });
    const check = new HealthCheck(system, balancer, [server], { intervalMs: 100, failuresToRemove: 2, isOn });
    const probes: number[] = [];
    check.listeners.push(() => probes.push(system.simulation.nowMs));
    change(check, (atMs, act) => void system.simulation.at(atMs, act));
    system.intervene([{ atMs: 150, verb: 'crash', targets: ['server'] }]);
    const inRotation: number[] = [];
    for (const atMs of [250, 350, 450, 550]) system.simulation.at(atMs, () => inRotation.push(balancer.rotation.inRotation[0]));
    finish(system, 600);
    return { probes, inRotation, removals: check.removals };
  }

  test('that is turned off lets those it took out come back', () => {
    expect(checked((check, at) => at(420, () => check.turn(false)))).toEqual({
      probes: [100, 200, 300, 400],
      inRotation: [1, 0, 1, 1],
      removals: 1,
    });
  });

  test('that is off from the start asks nobody, until it is turned on', () => {
    expect(checked(() => {}, false).probes).toEqual([]);
    expect(checked((check, at) => at(330, () => check.turn(true)), false)).toEqual({
      probes: [430, 530],
      inRotation: [1, 1, 1, 0],
      removals: 1,
    });
  });

  test('begins a new round with another interval, and counts failures anew', () => {
    const { probes } = checked((check, at) => at(220, () => check.setInterval(50)));
    expect(probes).toEqual([100, 200, 270, 320, 370, 420, 470, 520, 570]);
    expect(checked((check) => check.setFailuresToRemove(4)).inRotation).toEqual([1, 1, 1, 0]);
    expect(() => checked((check) => check.setInterval(0))).toThrow('interval');
    expect(() => checked((check) => check.setFailuresToRemove(0.5))).toThrow('number of failures');
  });
});

describe('a client', () => {
  test('waits, tries and backs off in other ways from now on', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 10 });
    const client = new RetryingClient(system, { timeoutMs: 10, attempts: 2, backoffMs: 4, jitter: 'none' }).asks(server);
    const { endings } = sendScript(system, { arrivals: [0, 100], works: 50 }, client);
    // The attempt that is under way keeps its timeout; the third attempt is new.
    system.simulation.at(5, () => client.change({ timeoutMs: 20, attempts: 3 }));
    system.simulation.at(90, () => client.change({ timeoutMs: 60 }));
    finish(system, 1000);
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([
      [10 + 4 + 20 + 8 + 20, fates.timedOut],
      [150, fates.completed],
    ]);
    expect(() => client.change({ attempts: 0 })).toThrow('attempts');
    expect(() => client.change({ timeoutMs: Number.NaN })).toThrow('timeout');
  });
});
