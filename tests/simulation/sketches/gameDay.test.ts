// Sketch of the experiment game-day: a shop that the reader drew, given as data, through a day with faults.

import { describe, expect, test } from 'vitest';
import {
  Balancer,
  type Builder,
  buildTopology,
  Cache,
  curveArrivals,
  dayCurve,
  exponentialDraw,
  leastConnections,
  type PartPlan,
  RetryingClient,
  requestMix,
  roundRobin,
  Server,
  Source,
  System,
  zipfKeys,
} from '../../../src/simulation/index';

const number = (value: unknown, usual: number) => (typeof value === 'number' ? value : usual);

const builders: Record<string, Builder> = {
  server({ system, name, options, asked }) {
    const server = new Server(system, {
      name,
      concurrency: number(options.concurrency, 1),
      speed: number(options.speed, 1),
      queueCapacity: number(options.queueCapacity, Infinity),
    });
    return asked.length > 0 ? server.asks(asked[0]) : server;
  },
  balancer: ({ system, name, options, asked }) =>
    new Balancer(system, asked, { name, policy: options.policy === 'least-connections' ? leastConnections() : roundRobin }),
  cache: ({ system, name, options, asked }) =>
    new Cache(system, { name, capacity: number(options.capacity, 100), hitMs: number(options.hitMs, 1) }).fillsFrom(asked[0]),
  client: ({ system, name, options, asked }) =>
    new RetryingClient(system, { name, timeoutMs: number(options.timeoutMs, 1000), attempts: number(options.attempts, 1) }).asks(asked[0]),
};

const shop: PartPlan[] = [
  { name: 'phones', kind: 'client', asks: ['balancer'], options: { attempts: 2, timeoutMs: 800 } },
  { name: 'balancer', kind: 'balancer', asks: ['kitchens'], options: { policy: 'least-connections' } },
  { name: 'kitchens', kind: 'server', count: 3, asks: ['menu'], options: { concurrency: 4 } },
  { name: 'menu', kind: 'cache', asks: ['database'], options: { capacity: 50 } },
  { name: 'database', kind: 'server', options: { concurrency: 8 } },
];

const hourMs = 3_600_000 / 60;

function run(seed: number, plans: PartPlan[] = shop) {
  const system = new System({ seed });
  const parts = buildTopology(system, plans, builders);
  const day = dayCurve({ quietPerSecond: 1, peakPerSecond: 10, lengthMs: 24 * hourMs });
  const source = new Source(system, {
    arrivals: curveArrivals(day, system.simulation.random.stream('arrivals')),
    workMs: requestMix([
      { name: 'slice', share: 4, workMs: exponentialDraw(100) },
      { name: 'party', share: 1, workMs: exponentialDraw(400) },
    ]),
    key: zipfKeys(500, 0.9),
    goodWithinMs: 1000,
  }).to(parts.get(plans[0].name)?.[0] as Server);
  system.intervene([
    { atMs: 12 * hourMs, untilMs: 13 * hourMs, verb: 'crash', targets: ['kitchens/2'] },
    { atMs: 18 * hourMs, untilMs: 18.5 * hourMs, verb: 'flush', targets: ['menu'] },
    { atMs: 20 * hourMs, untilMs: 20.2 * hourMs, verb: 'pause', targets: ['database'] },
  ]);
  system.simulation.runUntil(24 * hourMs);
  system.simulation.audit();
  return { source, digest: system.simulation.recorder.digest(), good: source.good / source.accounts().opened };
}

describe('game-day, a topology given as data', () => {
  test('runs a drawn shop through a day with faults, the same for the same seed', () => {
    const first = run(3);
    expect(first.source.accounts().opened).toBeGreaterThan(5000);
    expect(first.good).toBeGreaterThan(0.9);
    expect(first.good).toBeLessThan(1);
    expect(run(3).digest).toBe(first.digest);
    expect(run(4).digest).not.toBe(first.digest);
  });

  test('says which part asks nobody known, which kinds there are, and where a circle is', () => {
    const build = (plans: PartPlan[]) => () => buildTopology(new System({ seed: 1 }), plans, builders);
    expect(build([{ name: 'a', kind: 'server', asks: ['b'] }])).toThrow('a asks b, which is no part; known are a.');
    expect(build([{ name: 'a', kind: 'oven' }])).toThrow('a is a oven, which nobody can build; known are server');
    expect(
      build([
        { name: 'a', kind: 'server', asks: ['b'] },
        { name: 'b', kind: 'server', asks: ['a'] },
      ]),
    ).toThrow('in a circle: a → b → a');
    expect(
      build([
        { name: 'a', kind: 'server' },
        { name: 'a', kind: 'server' },
      ]),
    ).toThrow('Two parts are named a');
    expect(build([{ name: 'a', kind: 'server', count: 2000 }])).toThrow('at most 1000');
  });
});
