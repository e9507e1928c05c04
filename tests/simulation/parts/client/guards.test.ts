// Random chains of guards before random servers, under crashes, cuts, cancels and verbs: the books balance, Little's law holds, no call
// is given back twice or kept for ever, and how much is recorded changes nothing. FAST_CHECK_RUNS sets how many.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential } from '../../../../src/simulation/kernel/distributions';
import type { Fate } from '../../../../src/simulation/measure/accounts';
import { Balancer } from '../../../../src/simulation/parts/balancer';
import { Cache } from '../../../../src/simulation/parts/cache';
import type { Part } from '../../../../src/simulation/parts/call';
import { awsBackoff, pollyBackoff } from '../../../../src/simulation/parts/client/backoff';
import { Breaker } from '../../../../src/simulation/parts/client/breaker';
import { Bulkhead } from '../../../../src/simulation/parts/client/bulkhead';
import { Fallback } from '../../../../src/simulation/parts/client/fallback';
import type { Guard } from '../../../../src/simulation/parts/client/guard';
import { Hedge } from '../../../../src/simulation/parts/client/hedge';
import { HystrixCircuit } from '../../../../src/simulation/parts/client/hystrixCircuit';
import { PollyCircuit } from '../../../../src/simulation/parts/client/pollyCircuit';
import { RateLimiter } from '../../../../src/simulation/parts/client/rateLimiter';
import { RetryBudget, RetryTokens } from '../../../../src/simulation/parts/client/retryBudget';
import { Throttle } from '../../../../src/simulation/parts/client/throttle';
import type { Link, LinkOptions } from '../../../../src/simulation/parts/link';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention, System } from '../../../../src/simulation/parts/system';
import { type RecordWindow, recordKinds, type Trace } from '../../../../src/simulation/record/trace';
import { poissonArrivals, replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { cases } from '../../../cases';
import { WatchedSystem } from '../../scripted';

const horizonMs = 500;

type Builder = (system: System, name: string, numbers: readonly number[], behind: Part, link: LinkOptions) => Guard;

/** A choice among several by a number from 0 to 99. */
const pick = <const T extends readonly unknown[]>(number: number, ...choices: T): T[number] => choices[number % choices.length];

const builders: Record<string, Builder> = {
  retry: (system, name, [a, b, c, d, e], behind, link) =>
    new RetryingClient(system, {
      name,
      timeoutMs: pick(a, Infinity, 5, 20, 60),
      attempts: 1 + (b % 4),
      backoff: pick(
        c,
        awsBackoff({ baseMs: 2, capMs: 40, jitter: 'decorrelated' }),
        pollyBackoff({ growth: 'exponential', hasJitter: true, baseMs: 3 }),
        () => 0,
      ),
      cancelsOnTimeout: d % 2 === 0,
      withinMs: pick(e, undefined, 30, 100),
      budget: pick(a + b, undefined, new RetryBudget({ leastPerSecond: 2 }), new RetryTokens({ most: 5, perSuccess: 0.5 })),
    }).asks(behind, link),
  breaker: (system, name, [a, b, c, d], behind, link) =>
    new Breaker(system, {
      name,
      circuit: pick(
        a,
        undefined,
        undefined,
        new HystrixCircuit({ requestVolume: 3, sleepMs: 50, windowMs: 100, snapshotMs: 20 }),
        new PollyCircuit({ minimumCalls: 2, samplingMs: 500, breakMs: 500 }),
      ),
      window: pick(b, 'calls', 'seconds'),
      windowSize: 1 + (c % 6),
      minimumCalls: 1 + (d % 5),
      halfOpenCalls: 1 + (a % 3),
      openMs: 10 + b,
      halfOpenMs: pick(c, 0, 20),
      halfOpensAlone: d % 2 === 0,
      slowMs: pick(a, 10, 1000),
      verdict: pick(b, undefined, (fate: Fate) => pick(fate, 'success', 'nothing', 'failure')),
    }).asks(behind, link),
  bulkhead: (system, name, [a, b], behind, link) =>
    new Bulkhead(system, { name, concurrency: 1 + (a % 3), longestWaitMs: pick(b, 0, 10, 50, Infinity) }).asks(behind, link),
  hedge: (system, name, [a, b, c, d], behind, link) =>
    new Hedge(system, {
      name,
      delayMs: pick(a, 0, 5, 20, Infinity),
      copies: 2 + (b % 3),
      hedgesFailures: c % 2 === 0,
      cancelsOthers: d % 3 > 0,
      budget: pick(c + d, undefined, new RetryBudget({ leastPerSecond: 0, share: 0.3 })),
    }).asks(behind, link),
  throttle: (system, name, [a], behind, link) =>
    new Throttle(system, { name, multiplier: pick(a, 1, 1.5, 2), windowMs: 240 }).asks(behind, link),
  limiter: (system, name, [a, b, c], behind, link) =>
    new RateLimiter(system, {
      name,
      ratePerSecond: pick(a, 0, 30, 80, Infinity),
      burst: b % 4,
      longestWaitMs: pick(c, undefined, 0, 20, Infinity),
    }).asks(behind, link),
  fallback: (system, name, [a, b], behind, link) => {
    const fallback = new Fallback(system, { name, answerMs: pick(a, 0, 3) }).asks(behind, link);
    if (b % 2 === 0) return fallback;
    return fallback.fallsBackTo(new Server(system, { name: `${name} copy`, queueCapacity: 1, workMs: () => 4 }), link);
  },
};

const guard = fc.record({
  kind: fc.constantFrom(...Object.keys(builders)),
  numbers: fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }),
  delayMs: fc.constantFrom(0, 0, 0, 2, 15),
});
const shop = fc.record({
  seed: fc.nat(4294967295),
  perSecond: fc.integer({ min: 20, max: 200 }),
  workMs: fc.integer({ min: 1, max: 30 }),
  guards: fc.array(guard, { minLength: 1, maxLength: 4 }),
  servers: fc.integer({ min: 1, max: 3 }),
  queueCapacity: fc.constantFrom(Infinity, 0, 2),
  cache: fc.boolean(),
  warmUpMs: fc.constantFrom(0, 0, 123),
});
type Shop = typeof shop extends fc.Arbitrary<infer T> ? T : never;

const intervention: fc.Arbitrary<Intervention> = fc
  .record({
    atMs: fc.integer({ min: 0, max: horizonMs }),
    lastsMs: fc.option(fc.integer({ min: 1, max: 200 })),
    verb: fc.constantFrom('crash', 'restore', 'slow', 'force open', 'disable', 'limit', 'pause'),
    targets: fc.array(fc.constantFrom('servers/1', 'servers/2', 'cache', 'guards/1', 'guards/2', 'guards/3'), {
      minLength: 1,
      maxLength: 3,
    }),
    number: fc.constantFrom(0.2, 1, 3),
  })
  .map(({ atMs, lastsMs, verb, targets, number }) => ({
    atMs,
    untilMs: lastsMs === null ? undefined : atMs + lastsMs,
    verb,
    targets,
    arguments: { factor: number, ratePerSecond: 20 * number, burst: Math.floor(number) },
  }));
const cuts = fc.array(fc.record({ link: fc.nat(20), atMs: fc.nat(horizonMs), lastsMs: fc.nat(150) }), { maxLength: 3 });
type Cut = typeof cuts extends fc.Arbitrary<(infer T)[]> ? T : never;

function build(values: Shop, record: RecordWindow, arrivalsMs?: readonly number[]) {
  const system = new WatchedSystem({ seed: values.seed, record, warmUpMs: values.warmUpMs });
  const links: Link[] = [];
  const makeLink = system.link.bind(system);
  system.link = (...given) => {
    links.push(makeLink(...given));
    return links[links.length - 1];
  };
  const { queueCapacity } = values;
  const servers = Array.from({ length: values.servers }, (_, index) => new Server(system, { name: `servers/${index + 1}`, queueCapacity }));
  let front: Part = new Balancer(system, servers, { policy: roundRobin });
  if (values.cache) front = new Cache(system, { capacity: 5, hitMs: 1 }).fillsFrom(front);
  const guards = values.guards.map(({ kind, numbers, delayMs }, index) => {
    const made = builders[kind](system, `guards/${index + 1}`, numbers, front, { delayMs });
    front = made;
    return made;
  });
  const source = new Source(system, {
    arrivals: arrivalsMs ? replayedArrivals(arrivalsMs) : poissonArrivals(values.perSecond, system.simulation.random.stream('arrivals')),
    workMs: (u) => exponential(u, values.workMs),
    key: (u) => Math.floor(u * 9),
  }).to(front);
  return { system, links, guards, source };
}

function run(values: Shop, interventions: readonly Intervention[], wires: readonly Cut[], record: RecordWindow) {
  const { system, links, guards, source } = build(values, record);
  const { simulation } = system;
  for (const wire of wires) {
    const link = links[wire.link % links.length];
    simulation.at(wire.atMs, () => link.cut());
    simulation.at(wire.atMs + wire.lastsMs, () => link.mend());
  }
  system.intervene(interventions);
  simulation.runUntil(horizonMs);
  simulation.audit();
  for (const made of guards) expect(made.accounts().open).toBe(made.inside);
  return { source, guards, trace: simulation.recorder.finish(horizonMs), hash: simulation.recorder.digest(), events: simulation.events };
}

/** Requests inside each guard at an instant, by what the trace tells. */
function insideAt(trace: Trace, untilMs: number): Record<string, number> {
  const inside: Record<string, number> = {};
  for (let at = 0; at < trace.count && trace.timesMs[at] <= untilMs; at++) {
    const kind = trace.kinds[at];
    const part = trace.partList[trace.parts[at]];
    if ((kind !== recordKinds.enter && kind !== recordKinds.leave) || part.kind !== 'client') continue;
    const who = `${part.name} ${trace.subjects[at]}`;
    inside[who] = (inside[who] ?? 0) + (kind === recordKinds.enter ? 1 : -1);
    if (inside[who] < 0) throw new Error(`${who} left without having entered.`);
    if (inside[who] === 0) delete inside[who];
  }
  return inside;
}

describe('random chains of guards', () => {
  test('balance their books and obey Little under crashes, cuts, cancels and verbs, however much is recorded', () => {
    fc.assert(
      fc.property(shop, fc.array(intervention, { maxLength: 4 }), cuts, (values, interventions, wires) => {
        const all = run(values, interventions, wires, { detail: 'all' });
        const window = run(values, interventions, wires, { detail: 'all', fromMs: 200, toMs: 350 });
        expect([window.hash, window.events]).toEqual([all.hash, all.events]);
        expect(window.source.accounts()).toEqual(all.source.accounts());
        for (const atMs of [200, 300, 350]) expect(insideAt(window.trace, atMs)).toEqual(insideAt(all.trace, atMs));
        const inside = Object.values(insideAt(all.trace, horizonMs)).reduce((sum, count) => sum + count, 0);
        expect(inside).toBe(all.guards.reduce((sum, made) => sum + made.inside, 0));
      }),
      { numRuns: cases },
    );
  }, 600_000_000);

  test('give every call back once all is answered', () => {
    const ended = fc.array(
      intervention.map((one) => ({ ...one, untilMs: one.untilMs ?? one.atMs + 50 })),
      { maxLength: 4 },
    );
    let emptied = 0;
    fc.assert(
      fc.property(shop, ended, (values, interventions) => {
        const arrivalsMs = Array.from({ length: 40 }, (_, index) => 7 * index);
        const { system, source, guards } = build({ ...values, warmUpMs: 0 }, { detail: 'none' }, arrivalsMs);
        system.intervene(interventions);
        system.simulation.runUntil(60_000);
        system.simulation.audit();
        // A limit of nothing a second holds whoever waits for it to the end of time, as Go's does.
        const isHolding = guards.some((made) => made instanceof RateLimiter && made.waiting > 0);
        if (source.accounts().open > 0 || isHolding) return;
        emptied++;
        const { calls, freeCount } = system as unknown as { calls: unknown[]; freeCount: number };
        expect(freeCount).toBe(calls.length);
      }),
      { numRuns: Math.ceil(cases / 2) },
    );
    expect(emptied).toBeGreaterThan(cases / 4);
  }, 600_000_000);

  test('a fault-free chain completes everything that its limits let through', () => {
    fc.assert(
      fc.property(shop, (values) => {
        const plain = values.guards.map((one) => ({ ...one, kind: pick(one.numbers[0], 'breaker', 'fallback', 'throttle') }));
        const { source } = run({ ...values, guards: plain, queueCapacity: Infinity, warmUpMs: 0 }, [], [], { detail: 'none' });
        const accounts = source.accounts();
        // A breaker may open because answers are slow; then all others still end as completed.
        expect(accounts.failed + accounts.lost + accounts.timedOut + accounts.abandoned).toBe(0);
        expect(accounts.completed + accounts.rejected + accounts.open).toBe(accounts.opened);
      }),
      { numRuns: Math.ceil(cases / 4) },
    );
  }, 600_000_000);
});
