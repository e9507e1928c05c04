import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import { HealthCheck, type HealthCheckOptions } from '../../../src/simulation/parts/healthCheck';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { Server, type ServerOptions } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import type { Intervention } from '../../../src/simulation/parts/system';
import { createReplay } from '../../../src/simulation/record/replay';
import { finish, newSystem, sendScript } from '../scripted';

/** One server that is checked every 100 ms by probes that are calls of 5 ms. */
function checked(
  options: Partial<HealthCheckOptions> = {},
  interventions: Intervention[] = [],
  script: { arrivals: number[]; works: number } = { arrivals: [], works: 0 },
  serverOptions: Partial<ServerOptions> = {},
) {
  const system = newSystem();
  const server = new Server(system, { name: 'server', ...serverOptions });
  const balancer = new Balancer(system, [server], { policy: roundRobin });
  const check = new HealthCheck(system, balancer, [server], { intervalMs: 100, probeMs: 5, asTraffic: {}, ...options });
  const verdicts: string[] = [];
  check.listeners.push((_server, isWell) => verdicts.push(`${system.simulation.nowMs} ${isWell ? 'well' : 'not'}`));
  const { source, endings } = sendScript(system, script, balancer);
  system.intervene(interventions);
  finish(system, 1000);
  const changes = system.simulation.recorder.marks.filter(({ kind }) => kind === 'health').map(({ atMs }) => atMs);
  return { system, server, balancer, check, verdicts, changes, source, endings };
}

describe('probes that are traffic', () => {
  test('take time and a place at the server, and count in no books but its own', () => {
    const { verdicts, server, source, balancer } = checked();
    expect(verdicts).toEqual([105, 205, 305, 405, 505, 605, 705, 805, 905].map((atMs) => `${atMs} well`));
    expect(server.accounts()).toMatchObject({ opened: 10, completed: 9, open: 1 });
    expect(server.utilization()).toBeCloseTo(0.045, 12);
    expect(source.accounts().opened).toBe(0);
    expect(balancer.accounts().opened).toBe(0);
  });

  test('wait in line like customers: an overloaded server is taken for dead', () => {
    const arrivals = Array.from({ length: 100 }, (_, index) => index);
    const { verdicts, changes, check } = checked({ failuresToRemove: 2 }, [], { arrivals, works: 7 });
    // 700 ms of work are before the first probe, and then the probes that were given up: that of 700 is the first in time.
    expect(verdicts.slice(0, 2)).toEqual(['200 not', '300 not']);
    expect(changes).toEqual([300, 805]);
    expect(check.removals).toBe(1);
    expect(verdicts.slice(-4)).toEqual(['700 not', '735 well', '805 well', '905 well']);
  });

  test('are refused at the door of a full or a dead server, and lost in one that crashes', () => {
    const full = checked({}, [], { arrivals: [0], works: 450 }, { queueCapacity: 0 });
    expect(full.verdicts.slice(0, 5)).toEqual(['100 not', '200 not', '300 not', '400 not', '505 well']);
    const crash: Intervention[] = [{ atMs: 102, untilMs: 250, verb: 'crash', targets: ['server'] }];
    expect(checked({}, crash).verdicts.slice(0, 3)).toEqual(['102 not', '200 not', '305 well']);
  });

  test('that are not answered in time have failed; the server works on them all the same', () => {
    const pause: Intervention[] = [{ atMs: 150, untilMs: 420, verb: 'pause', targets: ['server'] }];
    const { verdicts, server } = checked({ timeoutMs: 30 }, pause);
    expect(verdicts.slice(0, 5)).toEqual(['105 well', '230 not', '330 not', '430 not', '505 well']);
    expect(server.accounts().completed).toBe(9);
  });

  test('cross a link of their own, which may be slow', () => {
    expect(checked({ asTraffic: { delayMs: 20 } }).verdicts[0]).toBe('145 well');
    expect(checked({ asTraffic: { delayMs: 20 }, timeoutMs: 44 }).verdicts[0]).toBe('144 not');
  });

  test('reach servers of every kind, but not what takes no calls', () => {
    const system = newSystem();
    const shared = new SharedProcessor(system, { name: 'shared' });
    const balancer = new Balancer(system, [shared], { policy: roundRobin });
    const check = new HealthCheck(system, balancer, [shared], { intervalMs: 100, asTraffic: {} });
    const verdicts: boolean[] = [];
    check.listeners.push((_server, isWell) => verdicts.push(isWell));
    finish(system, 350);
    expect(verdicts).toEqual([true, true, true]);
    const stub = { id: 0, name: 'stub', isUp: true, slowness: 1 };
    expect(() => new HealthCheck(system, balancer, [stub], { intervalMs: 100, asTraffic: {} })).toThrow('takes no calls');
  });

  test('leave customers as they were when the server is idle otherwise', () => {
    const script = { arrivals: [10, 210, 410], works: 20 };
    const with_ = checked({}, [], script).endings;
    const without = checked({ asTraffic: undefined }, [], script).endings;
    expect(with_).toEqual(without);
    expect(with_.map(({ fate }) => fate)).toEqual([fates.completed, fates.completed, fates.completed]);
  });

  test('can be watched in the replay', () => {
    const { system } = checked({}, [], { arrivals: [50], works: 20 });
    const replay = createReplay(system.simulation.recorder.finish(1000));
    expect(replay.stateAt(102).parts.map(({ inside }) => inside)).toContain(1);
    expect(replay.stateAt(107).parts.every(({ inside }) => inside === 0)).toBe(true);
    expect(replay.history.landings.at(-1)).toBeGreaterThan(9);
  });
});

test('a check refuses times and thresholds that make no sense', () => {
  for (const wrong of [0, -1, Number.NaN, Infinity]) {
    expect(() => checked({ timeoutMs: wrong })).toThrow(RangeError);
    expect(() => checked({ probeMs: wrong })).toThrow(RangeError);
    expect(() => checked({ intervalMs: wrong })).toThrow(RangeError);
    expect(() => checked({ failuresToRemove: wrong })).toThrow(RangeError);
    expect(() => checked({ successesToReturn: wrong })).toThrow(RangeError);
  }
});
