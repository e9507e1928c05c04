// Faults: by schedule, by chance, in groups, half-hearted ones, and clocks that are wrong.

import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { SteadyState } from '../../../../src/simulation/measure/steadyState';
import { Clock, type ClockOptions } from '../../../../src/simulation/parts/faults/clock';
import { FaultDomain } from '../../../../src/simulation/parts/faults/faultDomain';
import { repeatedFault } from '../../../../src/simulation/parts/faults/faultSchedule';
import { FaultyPart, type FaultyPartOptions } from '../../../../src/simulation/parts/faults/faultyPart';
import { RandomFailures, type RandomFailuresOptions } from '../../../../src/simulation/parts/faults/randomFailures';
import { Monkey, type MonkeyOptions } from '../../../../src/simulation/parts/monkey';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention } from '../../../../src/simulation/parts/system';
import { fromFailuresAndRepairs, kOfN } from '../../../../src/simulation/theory/availability';
import { replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { finish, newSystem, sendScript } from '../../scripted';
import { told } from '../../told';

const every = (gapMs: number, count: number): number[] => Array.from({ length: count }, (_, index) => gapMs * index);

function servers(count: number, seed = 1) {
  const system = newSystem({ detail: 'coarse' }, seed);
  return {
    system,
    servers: Array.from({ length: count }, (_, index) => new Server(system, { name: `servers/${index + 1}`, concurrency: 1000 })),
  };
}

describe('a fault schedule', () => {
  test('repeats a fault at multiples of its interval, each with its end', () => {
    const fault = { atMs: 100, verb: 'slow', targets: ['servers/1'], arguments: { factor: 0.5 } };
    expect(repeatedFault({ ...fault, everyMs: 1000, times: 3, lastsMs: 50 })).toEqual([
      { ...fault, untilMs: 150 },
      { ...fault, atMs: 1100, untilMs: 1150 },
      { ...fault, atMs: 2100, untilMs: 2150 },
    ]);
    expect(repeatedFault({ ...fault, everyMs: 1000, times: 1 })).toEqual([fault]);
  });

  test('is carried out as interventions are', () => {
    const { system, servers: all } = servers(1);
    system.intervene(repeatedFault({ atMs: 100, verb: 'crash', targets: ['servers/1'], everyMs: 100, times: 3, lastsMs: 30 }));
    const seen: boolean[] = [];
    for (const atMs of [99, 101, 131, 215, 231, 329, 331, 401]) system.simulation.at(atMs, () => seen.push(all[0].isUp));
    finish(system, 500);
    expect(seen).toEqual([true, false, true, false, true, false, true, true]);
  });

  test('refuses impossible times', () => {
    const fault = { atMs: 0, verb: 'crash', targets: ['a'], everyMs: 10, times: 1 };
    expect(() => repeatedFault({ ...fault, everyMs: 0 })).toThrow('time between two faults');
    expect(() => repeatedFault({ ...fault, times: 0.5 })).toThrow('number of faults');
    expect(() => repeatedFault({ ...fault, lastsMs: -1 })).toThrow('length');
  });
});

describe('random failures', () => {
  const [mttf, mttr] = [9000, 1000];
  const failing = (targets: readonly string[], seed: number, options: Partial<RandomFailuresOptions> = {}, count = 6) => {
    const built = servers(count, seed);
    const failures = new RandomFailures(built.system, { targets, untilFailureMs: mttf, untilRepairMs: mttr, ...options });
    return { ...built, failures };
  };

  test('leave a part up for MTTF / (MTTF + MTTR) of the time', () => {
    const expected = fromFailuresAndRepairs({ mtbfHours: mttf, mttrHours: mttr });
    const cycles = 400;
    const horizonMs = cycles * (mttf + mttr);
    const measured = Array.from({ length: 10 }, (_, seed) => {
      const { system, failures } = failing(['servers/1'], seed);
      system.simulation.runUntil(horizonMs);
      return failures.availability();
    });
    // Alternating renewal with exponential times: variance 2 a² (1 - a)² / cycles, to first order.
    const sigma = Math.sqrt(2 / cycles) * expected * (1 - expected);
    for (const availability of measured) expect(Math.abs(availability - expected)).toBeLessThan(4 * sigma);
    const mean = measured.reduce((sum, value) => sum + value, 0) / 10;
    expect(Math.abs(mean - expected)).toBeLessThan((4 * sigma) / Math.sqrt(10));
  });

  test('are independent: two of three are up as often as the binomial says', () => {
    const expected = kOfN({ needed: 2, total: 3, availability: 0.9 });
    const horizonMs = 3_000_000;
    let upMs = 0;
    const targets = ['servers/1', 'servers/2', 'servers/3'];
    const { system, servers: all } = failing(targets, 7, {}, 3);
    system.simulation.every(250, () => {
      if (all.filter(({ isUp }) => isUp).length >= 2) upMs += 250;
    });
    system.simulation.runUntil(horizonMs);
    expect(Math.abs(upMs / horizonMs - expected)).toBeLessThan(0.012);
  });

  test('of one part are the same whatever else fails: its stream bears its name', () => {
    const times = (targets: readonly string[]) => {
      const { system } = failing(targets, 3);
      system.simulation.runUntil(100_000);
      const { recorder } = system.simulation;
      return told(recorder.log, recorder)
        .filter(({ text }) => text.includes('servers/1 crashed'))
        .map(({ atMs }) => atMs);
    };
    const alone = times(['servers/1']);
    expect(alone.length).toBeGreaterThan(4);
    expect(times(['servers/2', 'servers/1', 'servers/5'])).toEqual(alone);
  });

  test('can be of any kind and any law', () => {
    const {
      system,
      failures,
      servers: all,
    } = failing(['servers/1'], 1, {
      verb: 'slow',
      given: { factor: 0.1 },
      untilFailureMs: () => 100,
      untilRepairMs: () => 20,
      startMs: 1000,
    });
    const seen: number[] = [];
    for (const atMs of [1099, 1101, 1119, 1121, 1221]) system.simulation.at(atMs, () => seen.push(all[0].slowness));
    finish(system, 2200);
    expect(seen).toEqual([1, 0.1, 0.1, 1, 0.1]);
    expect(failures.failures()).toBe(10);
    expect(failures.availability('servers/1')).toBeCloseTo(100 / 120, 12);
  });

  test('stop when they are told to, and everything is mended', () => {
    const { system, failures, servers: all } = failing(['servers/1', 'servers/2', 'servers/3'], 1, { untilRepairMs: 1e9 });
    system.simulation.at(60_000, () => failures.stop());
    let before = 0;
    system.simulation.at(59_999, () => {
      before = all.filter(({ isUp }) => !isUp).length;
    });
    finish(system, 200_000);
    expect(before).toBe(3);
    expect(all.every(({ isUp }) => isUp)).toBe(true);
    expect(failures.failures()).toBe(3);
  });

  test('of parts that do not exist are skipped with a line in the log', () => {
    const { system } = failing(['nobody'], 1);
    finish(system, 30_000);
    expect(told(system.simulation.recorder.log, system.simulation.recorder)[0].text).toContain('Skipped: crash nobody');
  });

  test('refuse times that are none', () => {
    expect(() => failing([], 1, { untilFailureMs: 0 })).toThrow('mean time to failure');
    expect(() => failing([], 1, { untilRepairMs: Number.NaN })).toThrow('mean time to repair');
    for (const bad of [-5, Number.NaN])
      expect(() => failing(['servers/1'], 1, { untilFailureMs: () => bad })).toThrow('A time drawn for servers/1');
  });
});

describe('a fault domain', () => {
  test('takes all its members in one instant, domains among them', () => {
    const { system, servers: all } = servers(4);
    new FaultDomain(system, { name: 'racks/1', members: ['servers/1', 'servers/2'] });
    new FaultDomain(system, { name: 'zone', members: ['racks/1', 'servers/3'] });
    system.intervene([
      { atMs: 10, untilMs: 20, verb: 'crash', targets: ['racks/1'] },
      { atMs: 30, untilMs: 40, verb: 'slow', targets: ['zone'], arguments: { factor: 0.5 } },
    ]);
    const seen: number[][] = [];
    for (const atMs of [15, 25, 35, 45]) system.simulation.at(atMs, () => seen.push(all.map(({ slowness }) => slowness)));
    finish(system, 100);
    expect(seen).toEqual([
      [0, 0, 1, 1],
      [1, 1, 1, 1],
      [0.5, 0.5, 0.5, 1],
      [1, 1, 1, 1],
    ]);
  });

  test('passes over members that cannot, and says so of those that do not exist', () => {
    const { system } = servers(1);
    new FaultDomain(system, { name: 'rack', members: ['servers/1', 'ghost'], verbs: ['flush', 'crash'] });
    system.intervene([{ atMs: 1, verb: 'flush', targets: ['rack'] }]);
    finish(system, 10);
    expect(told(system.simulation.recorder.log, system.simulation.recorder).map(({ text }) => text)).toEqual([
      'Skipped: flush ghost (there is no such part, or it cannot do that)',
    ]);
    expect(() => new FaultDomain(system, { name: 'empty', members: [] })).toThrow('empty has no members');
  });
});

describe('a faulty part', () => {
  function faulty(options: Partial<FaultyPartOptions>, interventions: readonly Intervention[] = [], count = 2000) {
    const { system, servers: all } = servers(1);
    const part = new FaultyPart(system, all[0], { name: 'proxy', ...options });
    const { endings, source } = sendScript(system, { arrivals: every(10, count), works: 4 }, part);
    system.intervene(interventions);
    finish(system, 10 * count + 1000);
    return { system, part, endings, source, server: all[0] };
  }

  test('with nothing to spoil is not there', () => {
    const { endings, part } = faulty({});
    expect(endings.every(({ fate, responseMs }) => fate === fates.completed && Math.abs(responseMs - 4) < 1e-9)).toBe(true);
    expect(part.accounts()).toMatchObject({ opened: 2000, completed: 2000 });
  });

  test('fails a share of the calls before anybody works on them', () => {
    const { part, server, endings } = faulty({ failShare: 0.3 });
    const failed = endings.filter(({ fate }) => fate === fates.failed);
    expect(Math.abs(failed.length - 600)).toBeLessThan(4 * Math.sqrt(2000 * 0.3 * 0.7));
    expect(failed.every(({ responseMs }) => responseMs === 0)).toBe(true);
    expect(server.accounts().opened).toBe(2000 - failed.length);
    expect(part.hits).toEqual({ fail: failed.length, spoil: 0, delay: 0 });
  });

  test('spoils a share of the answers after the work is done', () => {
    const { server, endings } = faulty({ spoilShare: 0.3 });
    const failed = endings.filter(({ fate }) => fate === fates.failed);
    expect(Math.abs(failed.length - 600)).toBeLessThan(4 * Math.sqrt(2000 * 0.3 * 0.7));
    expect(failed.every(({ responseMs }) => Math.abs(responseMs - 4) < 1e-9)).toBe(true);
    expect(server.accounts().completed).toBe(2000);
  });

  test('holds up a share of the calls', () => {
    const { endings } = faulty({ delayShare: 0.1, delayMs: (u) => 100 + u });
    const late = endings.filter(({ responseMs }) => responseMs > 50);
    expect(Math.abs(late.length - 200)).toBeLessThan(4 * Math.sqrt(2000 * 0.1 * 0.9));
    expect(late.every(({ responseMs }) => responseMs > 104 && responseMs < 105)).toBe(true);
  });

  test('does so only as long as it is told to', () => {
    const { endings } = faulty({}, [{ atMs: 95, untilMs: 195, verb: 'fail', targets: ['proxy'], arguments: { share: 1 } }], 30);
    expect(endings.filter(({ fate }) => fate === fates.failed).map(({ request }) => request)).toEqual(
      every(1, 10).map((index) => 10 + index),
    );
  });

  test('hits the same requests on both sides of a comparison, and another try of one again by chance', () => {
    const hit = (share: number) =>
      new Set(faulty({ failShare: share }).endings.flatMap(({ request, fate }) => (fate === fates.failed ? [request] : [])));
    const [few, many] = [hit(0.1), hit(0.4)];
    expect([...few].every((request) => many.has(request))).toBe(true);
    const { system, servers: all } = servers(1);
    const part = new FaultyPart(system, all[0], { name: 'proxy', failShare: 0.5 });
    const client = new RetryingClient(system, { timeoutMs: 1000, attempts: 4 }).asks(part);
    const { source } = sendScript(system, { arrivals: every(10, 2000), works: 1 }, client);
    finish(system, 30_000);
    const share = source.accounts().failed / 2000;
    expect(Math.abs(share - 0.5 ** 4)).toBeLessThan(4 * Math.sqrt((0.0625 * 0.9375) / 2000));
  });

  test('lets go of what its caller no longer wants, also while it holds it up', () => {
    const { system, servers: all } = servers(1);
    const part = new FaultyPart(system, all[0], { name: 'proxy', delayShare: 0.5, delayMs: () => 100 });
    const client = new RetryingClient(system, { timeoutMs: 50, attempts: 3, cancelsOnTimeout: true }).asks(part);
    const { source } = sendScript(system, { arrivals: every(10, 500), works: 45 }, client);
    finish(system, 20_000);
    expect(source.accounts().open).toBe(0);
    expect(part.accounts().abandoned).toBeGreaterThan(100);
  });

  test('refuses shares that are none, and delays without a length', () => {
    const { system, servers: all } = servers(1);
    const build = (options: Partial<FaultyPartOptions>) => () => new FaultyPart(system, all[0], { name: 'p', ...options });
    expect(build({ failShare: -0.1 })).toThrow('share of calls to fail of p is -0.1');
    expect(build({ spoilShare: Number.NaN })).toThrow('spoil');
    expect(build({ delayShare: 0.5 })).toThrow('does not say how long');
  });
});

describe('a clock', () => {
  const clock = (options?: ClockOptions) => {
    const simulation = { nowMs: 0 };
    return { simulation, clock: new Clock(simulation, 'node', options) };
  };

  test('shows the true time unless it is wrong', () => {
    const { simulation, clock: right } = clock();
    simulation.nowMs = 1234;
    expect(right.nowMs()).toBe(1234);
    const wrong = clock({ offsetMs: -200, rate: 1.5 });
    wrong.simulation.nowMs = 1000;
    expect(wrong.clock.nowMs()).toBe(1300);
    expect(wrong.clock.truly(300)).toBe(200);
  });

  test('can be set off and put right, and made to drift from what it shows', () => {
    const { simulation, clock: one } = clock();
    simulation.nowMs = 100;
    one.verbs.skew({ offsetMs: 50 });
    simulation.nowMs = 200;
    expect(one.nowMs()).toBe(250);
    one.verbs.drift({ rate: 2 });
    simulation.nowMs = 300;
    expect(one.nowMs()).toBe(450);
    one.verbs['end drift']({});
    simulation.nowMs = 400;
    expect(one.nowMs()).toBe(550);
    one.verbs['end skew']({});
    expect(one.nowMs()).toBe(400);
  });

  test('refuses rates and offsets that are none', () => {
    for (const rate of [0, -1, Number.NaN, Infinity]) expect(() => clock({ rate })).toThrow('rate of the clock');
    expect(() => clock({ offsetMs: Infinity })).toThrow('ms off');
    expect(() => clock().clock.verbs.drift({ rate: 0 })).toThrow(RangeError);
  });
});

describe('a monkey', () => {
  const strikes = (options: Partial<MonkeyOptions>) => {
    const { system } = servers(3);
    new Monkey(system, { targets: ['servers/1', 'servers/2', 'servers/3'], meanBetweenMs: 500, repairMs: 100, ...options });
    finish(system, 100_000);
    return told(system.simulation.recorder.log, system.simulation.recorder);
  };
  const repertoire = [{ verb: 'crash' }, { verb: 'slow', given: { factor: 0.5 }, weight: 3 }];

  test('with a repertoire does each thing as often as its weight says', () => {
    const log = strikes({ repertoire });
    const crashes = log.filter(({ text }) => text.includes('crashed')).length;
    const slows = log.filter(({ text }) => text.includes('runs at 50 %')).length;
    expect(crashes + slows).toBeGreaterThan(120);
    expect(Math.abs(crashes / (crashes + slows) - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / (crashes + slows)));
    // What was done is undone.
    const back = log.filter(({ text }) => text.includes('is back')).length;
    expect(crashes - back).toBeLessThanOrEqual(1);
  });

  test('strikes at the same moments and parts whatever its repertoire', () => {
    const moments = (options: Partial<MonkeyOptions>) =>
      strikes(options)
        .filter(({ level }) => level !== 'info')
        .map(({ atMs, part }) => [atMs, part]);
    expect(moments({ repertoire })).toEqual(moments({}));
  });

  test('stops for an abort rule, and the steady state returns', () => {
    const { system, servers: all } = servers(1);
    const monkey = new Monkey(system, { targets: ['servers/1'], meanBetweenMs: 200, repairMs: 10_000 });
    const steady = new SteadyState(system.simulation, { windowMs: 500, leastGoodShare: 0.9, onAbort: () => monkey.stop() });
    new Source(system, {
      arrivals: replayedArrivals(every(10, 1000)),
      workMs: () => 1,
      onEnd: (_call, fate) => steady.end(fate === fates.completed),
    }).to(all[0]);
    finish(system, 10_000);
    expect(steady.abortedAtMs).not.toBeNull();
    expect(all[0].isUp).toBe(true);
    expect(steady.shares[steady.shares.length - 1]).toBe(1);
  });

  test('refuses an empty repertoire and weights that are none', () => {
    expect(() => strikes({ repertoire: [] })).toThrow('has nothing to do');
    expect(() => strikes({ repertoire: [{ verb: 'crash', weight: 0 }] })).toThrow('weight of crash');
  });
});
