import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer, type BalancerOptions, outReasons } from '../../../src/simulation/parts/balancer';
import { HealthCheck } from '../../../src/simulation/parts/healthCheck';
import { OutlierEjection, type OutlierEjectionOptions } from '../../../src/simulation/parts/outlierEjection';
import { leastConnections } from '../../../src/simulation/parts/policies/leastConnections';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../src/simulation/parts/server';
import { finish, newSystem, sendScript } from '../scripted';
import { told } from '../told';

interface Given {
  servers?: number;
  balancer?: Partial<BalancerOptions>;
  ejection?: OutlierEjectionOptions;
  check?: boolean;
  crashes: { atMs: number; untilMs?: number; targets: string[] }[];
  horizonMs?: number;
}

/** A request every 100 ms, 10 ms of work each; servers crash. */
function shop({ servers: count = 4, balancer: balancerOptions, ejection, check, crashes, horizonMs = 100_000 }: Given) {
  const system = newSystem();
  const servers = Array.from({ length: count }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
  const balancer = new Balancer(system, servers, { policy: roundRobin, ...balancerOptions });
  const healthCheck = check ? new HealthCheck(system, balancer, servers, { intervalMs: 2000 }) : undefined;
  const { detector } = new OutlierEjection(system, balancer, { ...ejection, healthCheck });
  const arrivals = Array.from({ length: horizonMs / 100 }, (_, index) => index * 100);
  const { endings } = sendScript(system, { arrivals, works: 10 }, balancer);
  system.intervene(crashes.map((crash) => ({ verb: 'crash', ...crash })));
  finish(system, horizonMs);
  const failed = endings.filter(({ fate }) => fate === fates.failed).map(({ atMs }) => atMs);
  const { marks, levelNames } = system.simulation.recorder;
  const health = told(marks, system.simulation.recorder)
    .filter(({ kind }) => kind === 'health')
    .map(({ atMs, text }) => `${atMs} ${text}`);
  return { failed, health, detector, balancer, levelNames, system };
}

describe('outlier ejection', () => {
  test('takes a dead server out after five failed requests, and tries it again after 30 s, then 60 s', () => {
    const { failed, health } = shop({ crashes: [{ atMs: 1050, targets: ['servers/3'] }] });
    // Server 3 of 4 gets every 400 ms from 200 ms on: its failures are at 1400, …, 3000; sweeps are every 10 s.
    expect(health[0]).toBe('3000 servers/3 ejected: failures in a row');
    expect(health[1]).toBe('40000 servers/3 may return from ejection');
    expect(health[2]).toMatch(/^41\d00 servers\/3 ejected/);
    expect(health.length).toBe(3);
    expect(failed.filter((atMs) => atMs < 40_000)).toEqual([1400, 1800, 2200, 2600, 3000]);
    expect(failed.length).toBe(10);
  });

  test('lets a server that works again stay', () => {
    const { health, failed, detector } = shop({ crashes: [{ atMs: 1050, untilMs: 20_000, targets: ['servers/3'] }] });
    expect(health.length).toBe(2);
    expect(failed.length).toBe(5);
    expect(detector.ejectedNow).toBe(0);
  });

  test('ends the black hole: the idlest server is the one that answers at once with an error', () => {
    const run = (ejection: OutlierEjectionOptions) =>
      shop({
        balancer: { policy: leastConnections('lowest') },
        ejection,
        crashes: [{ atMs: 1050, targets: ['servers/1'] }],
        horizonMs: 30_000,
      }).failed.length;
    expect(run({})).toBe(5);
    expect(run({ enforcingConsecutive: 0 })).toBe(289);
  });

  test('ejects one of many that are dead, and leaves the others to the customers', () => {
    const crashes = [{ atMs: 1050, targets: ['servers/1', 'servers/2', 'servers/3'] }];
    expect(shop({ crashes, horizonMs: 30_000 }).detector.ejectedNow).toBe(1);
    const { balancer } = shop({ crashes, ejection: { maxEjectionPercent: 100 }, horizonMs: 30_000 });
    expect([...balancer.rotation.inRotation]).toEqual([0, 0, 0, 1]);
  });

  test('panics when too few are left: all are used again, ejected or not', () => {
    const crashes = [{ atMs: 1050, targets: ['servers/1', 'servers/2', 'servers/3'] }];
    const { balancer, health } = shop({
      balancer: { panicBelowPercent: 50 },
      crashes,
      ejection: { maxEjectionPercent: 100 },
      horizonMs: 30_000,
    });
    expect(balancer.isInPanic).toBe(true);
    expect([...balancer.rotation.inRotation]).toEqual([1, 1, 1, 1]);
    expect([0, 1, 2, 3].map((server) => balancer.isOut(server, outReasons.ejected))).toEqual([true, true, true, false]);
    expect(health.some((line) => line.endsWith('Balancer panics and uses all servers'))).toBe(true);
  });

  test('with an active check: the first success brings back, as in Envoy; a server that fails its checks stays out', () => {
    const crashes = [{ atMs: 1050, untilMs: 3100, targets: ['servers/3'] }];
    const soon = shop({ crashes, check: true, horizonMs: 20_000 }).health;
    // Server 3 is probed at 1500, 3500, …: it has failed one check of three when it is well again.
    expect(soon).toEqual(['3000 servers/3 ejected: failures in a row', '3500 servers/3 may return from ejection']);
    const dead = shop({ crashes: [{ atMs: 1050, targets: ['servers/3'] }], check: true, horizonMs: 60_000 });
    expect(dead.health).toEqual([
      '3000 servers/3 ejected: failures in a row',
      '5500 servers/3 taken out of rotation',
      '40000 servers/3 may return from ejection',
    ]);
    expect([...dead.balancer.rotation.inRotation]).toEqual([1, 1, 0, 1]);
  });

  test('calls that were taken back say nothing about the server', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin });
    const ejection = new OutlierEjection(system, balancer, { consecutiveFailures: 1 });
    for (let time = 0; time < 5; time++) ejection.heard(0, fates.abandoned);
    expect(ejection.detector.ejections).toBe(0);
    ejection.heard(0, fates.rejected);
    expect(ejection.detector.ejections).toBe(1);
  });
});
