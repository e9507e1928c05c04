// Random small shops, random values, random interventions: the books balance, nothing is used twice, time never runs back,
// and the same seed gives the same trace however much of it is recorded. FAST_CHECK_RUNS sets how many.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential } from '../../src/simulation/kernel/distributions';
import { Balancer } from '../../src/simulation/parts/balancer';
import { Cache } from '../../src/simulation/parts/cache';
import type { Part } from '../../src/simulation/parts/call';
import { HealthCheck } from '../../src/simulation/parts/healthCheck';
import type { Link } from '../../src/simulation/parts/link';
import { Monkey } from '../../src/simulation/parts/monkey';
import { leastConnections } from '../../src/simulation/parts/policies/leastConnections';
import type { PolicyOf } from '../../src/simulation/parts/policies/policy';
import { powerOfTwo, randomChoice, weightedRandom } from '../../src/simulation/parts/policies/random';
import { roundRobin } from '../../src/simulation/parts/policies/roundRobin';
import { RetryingClient } from '../../src/simulation/parts/retryingClient';
import { Server } from '../../src/simulation/parts/server';
import { SharedProcessor } from '../../src/simulation/parts/sharedProcessor';
import { Source } from '../../src/simulation/parts/source';
import type { Intervention, System } from '../../src/simulation/parts/system';
import { type RecordWindow, recordKinds, type Trace } from '../../src/simulation/record/trace';
import { poissonArrivals } from '../../src/simulation/workload/arrivals';
import { cases } from '../cases';
import { WatchedSystem } from './scripted';

const horizonMs = 3000;

const policies: Record<string, (key: number) => PolicyOf> = {
  'round robin': () => roundRobin,
  'least connections': () => leastConnections(),
  'least connections, lowest': () => leastConnections('lowest'),
  'least connections, by chance': (randomKey) => leastConnections({ randomKey }),
  random: randomChoice,
  'weighted random': weightedRandom,
  'two choices': powerOfTwo,
};

const delay = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }));
const shop = fc.record({
  seed: fc.nat(4294967295),
  perSecond: fc.integer({ min: 1, max: 200 }),
  workMs: fc.integer({ min: 1, max: 60 }),
  client: fc.option(
    fc.record({
      timeoutMs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 5, max: 300 })),
      attempts: fc.integer({ min: 1, max: 4 }),
      backoffMs: fc.integer({ min: 0, max: 50 }),
      jitter: fc.constantFrom('none' as const, 'full' as const),
      cancelsOnTimeout: fc.boolean(),
    }),
  ),
  policy: fc.option(fc.constantFrom(...Object.keys(policies))),
  servers: fc.integer({ min: 1, max: 4 }),
  shared: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 3 }),
  queueCapacity: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 5 })),
  lastCome: fc.boolean(),
  healthCheck: fc.boolean(),
  cache: fc.option(
    fc.record({ capacity: fc.integer({ min: 0, max: 20 }), timeToLiveMs: fc.constantFrom(undefined, 100, 1000), fifo: fc.boolean() }),
  ),
  delays: fc.tuple(delay, delay, delay, delay),
  monkey: fc.boolean(),
});
type Shop = typeof shop extends fc.Arbitrary<infer T> ? T : never;

const target = fc.constantFrom('servers/1', 'servers/2', 'servers/4', 'cache', 'database', 'nobody');
const intervention: fc.Arbitrary<Intervention> = fc
  .record({
    atMs: fc.integer({ min: 0, max: horizonMs }),
    lastsMs: fc.option(fc.integer({ min: 1, max: 1000 })),
    verb: fc.constantFrom('crash', 'restore', 'slow', 'flush', 'toString', 'dance'),
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    factor: fc.constantFrom(0.1, 0.5, 1, 3),
  })
  .map(({ atMs, lastsMs, verb, targets, factor }) => ({
    atMs,
    untilMs: lastsMs === null ? undefined : atMs + lastsMs,
    verb,
    targets,
    arguments: { factor },
  }));
const cuts = fc.array(
  fc.record({ link: fc.nat(20), atMs: fc.integer({ min: 0, max: horizonMs }), lastsMs: fc.integer({ min: 0, max: 500 }) }),
  { maxLength: 4 },
);

interface Run {
  system: System;
  source: Source;
  requests: { workMs: number; client: number; key: number }[];
}

function build(values: Shop, record: RecordWindow): Run & { links: Link[] } {
  const system = new WatchedSystem({ seed: values.seed, record });
  const links: Link[] = [];
  const makeLink = system.link.bind(system);
  system.link = (...given) => {
    links.push(makeLink(...given));
    return links[links.length - 1];
  };
  const { simulation } = system;
  const [toFront, toServer, toCache, toDatabase] = values.delays;
  let behind: Part | undefined;
  if (values.cache) {
    const { capacity, timeToLiveMs, fifo } = values.cache;
    const database = new Server(system, { name: 'database', concurrency: 2, workMs: () => 9 });
    behind = new Cache(system, {
      capacity,
      timeToLiveMs,
      hitMs: 1,
      eviction: fifo ? 'first-in-first-out' : 'least-recently-used',
    }).fillsFrom(database, { delayMs: toDatabase });
  }
  const servers = Array.from({ length: values.servers }, (_, index) => {
    const name = `servers/${index + 1}`;
    if (values.shared) return new SharedProcessor(system, { name, capacity: values.queueCapacity });
    const { concurrency, queueCapacity } = values;
    const server = new Server(system, { name, concurrency, queueCapacity, discipline: values.lastCome ? 'last-come' : 'first-come' });
    return behind ? server.asks(behind, { delayMs: toCache }) : server;
  });
  let front: Part = servers[0];
  if (values.policy !== null) {
    const weights = servers.map((_, index) => index + 1);
    const balancer = new Balancer(
      system,
      servers,
      { policy: policies[values.policy](simulation.random.key('balancer')), weights },
      { delayMs: toServer },
    );
    if (values.healthCheck) new HealthCheck(system, balancer, servers, { intervalMs: 70, failuresToRemove: 2 });
    front = balancer;
  }
  if (values.client) front = new RetryingClient(system, values.client).asks(front, { delayMs: toFront });
  if (values.monkey) new Monkey(system, { targets: ['servers/1', 'cache', 'nobody'], meanBetweenMs: 300, repairMs: 100 });
  const requests: Run['requests'] = [];
  const source = new Source(system, {
    arrivals: poissonArrivals(values.perSecond, simulation.random.stream('arrivals')),
    workMs: (u) => exponential(u, values.workMs),
    key: (u) => Math.floor(u * 30),
    clients: 5,
    onEnd: ({ request, workMs, client, key }) => {
      requests[request] = { workMs, client, key };
    },
  }).to(front);
  return { system, source, requests, links };
}

function run(
  values: Shop,
  interventions: readonly Intervention[],
  wires: { link: number; atMs: number; lastsMs: number }[],
  record: RecordWindow,
): Run & { trace: Trace; hash: string } {
  const { system, source, requests, links } = build(values, record);
  const { simulation } = system;
  for (const wire of wires) {
    const link = links[wire.link % links.length];
    simulation.at(wire.atMs, () => link.cut());
    simulation.at(wire.atMs + wire.lastsMs, () => link.mend());
  }
  system.intervene(interventions);
  simulation.runUntil(horizonMs);
  simulation.audit();
  return { system, source, requests, trace: simulation.recorder.finish(horizonMs), hash: simulation.recorder.digest() };
}

/** (part, request) pairs inside at the end of a trace, with how often; and checks that nobody leaves who did not enter. */
function insideAt(trace: Trace, untilMs: number): Record<string, number> {
  const inside: Record<string, number> = {};
  for (let at = 0; at < trace.count; at++) {
    if (trace.timesMs[at] > untilMs) break;
    const isEnter = trace.kinds[at] === recordKinds.enter;
    const kind = trace.partList[trace.parts[at]]?.kind;
    if ((!isEnter && trace.kinds[at] !== recordKinds.leave) || kind === 'balancer' || kind === 'source') continue;
    const name = `${trace.partList[trace.parts[at]].name} ${trace.subjects[at]}`;
    inside[name] = (inside[name] ?? 0) + (isEnter ? 1 : -1);
    if (inside[name] < 0) throw new Error(`${name} left without having entered.`);
    if (inside[name] === 0) delete inside[name];
  }
  return inside;
}

describe('random shops under random interventions', () => {
  test('balance their books, never run back in time, and hash alike however much is recorded', () => {
    fc.assert(
      fc.property(shop, fc.array(intervention, { maxLength: 6 }), cuts, (values, interventions, wires) => {
        const all = run(values, interventions, wires, { detail: 'all' });
        for (let at = 1; at < all.trace.count; at++) expect(all.trace.timesMs[at]).toBeGreaterThanOrEqual(all.trace.timesMs[at - 1]);
        const end = insideAt(all.trace, horizonMs);
        expect(Object.keys(end).length).toBeGreaterThanOrEqual(0);
        const none = run(values, interventions, wires, { detail: 'none' });
        expect(none.hash).toBe(all.hash);
        expect(none.system.simulation.events).toBe(all.system.simulation.events);
        expect(none.source.accounts()).toEqual(all.source.accounts());
        const { response } = none.source;
        expect(response.count === 0 || response.min >= 0).toBe(true);
        expect(none.source.inside.value).toBeGreaterThanOrEqual(0);
        const window = run(values, interventions, wires, { detail: 'all', fromMs: 1000, toMs: 2000 });
        expect(window.hash).toBe(all.hash);
        expect(window.system.simulation.events).toBe(all.system.simulation.events);
        for (const atMs of [1000, 1234, 2000]) expect(insideAt(window.trace, atMs)).toEqual(insideAt(all.trace, atMs));
      }),
      { numRuns: cases },
    );
  }, 600_000_000);

  test('another seed is another run', () => {
    const values = { ...fc.sample(shop, { numRuns: 1, seed: 1 })[0], perSecond: 100 };
    expect(run({ ...values, seed: 1 }, [], [], { detail: 'none' }).hash).not.toBe(
      run({ ...values, seed: 2 }, [], [], { detail: 'none' }).hash,
    );
  });

  test('common random numbers: request k has the same work, client and key whatever the policy, servers and interventions', () => {
    fc.assert(
      fc.property(shop, shop, fc.array(intervention, { maxLength: 4 }), (a, b, interventions) => {
        const { seed, perSecond, workMs } = a;
        const left = run(a, [], [], { detail: 'none' }).requests;
        const right = run({ ...b, seed, perSecond, workMs }, interventions, [], { detail: 'none' }).requests;
        left.forEach((request, number) => {
          if (right[number] !== undefined) expect(right[number]).toEqual(request);
        });
      }),
      { numRuns: Math.ceil(cases / 4) },
    );
  }, 600_000_000);
});
