// Random groups under random crashes, pauses, cuts, losses and duplicates. Whatever happens: the books balance, logs that share an entry
// share all before it, the same seed gives the same trace; and where quorums of writing and voting meet, nothing acknowledged is lost.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import type { Fencing } from '../../../../src/simulation/parts/replication/elections';
import { agreeUpTo } from '../../../../src/simulation/parts/replication/logs';
import { ReplicaFront } from '../../../../src/simulation/parts/replication/replicaFront';
import { ReplicaGroup } from '../../../../src/simulation/parts/replication/replicaGroup';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention } from '../../../../src/simulation/parts/system';
import type { RecordWindow } from '../../../../src/simulation/record/trace';
import { poissonArrivals } from '../../../../src/simulation/workload/arrivals';
import { requestMix } from '../../../../src/simulation/workload/requestClasses';
import { cases } from '../../../cases';
import { WatchedSystem } from '../../scripted';

const horizonMs = 2500;
/** Class 0 writes. */
const readsAndWrites = requestMix([
  { name: 'write', share: 1, workMs: () => 0 },
  { name: 'read', share: 1, workMs: () => 0 },
]);

const scenario = fc.record({
  seed: fc.nat(4294967295),
  nodes: fc.integer({ min: 1, max: 5 }),
  delayMs: fc.constantFrom(0, 1, 7, 30),
  jitterMs: fc.constantFrom(0, 0, 20),
  lossShare: fc.constantFrom(0, 0, 0.05, 0.3),
  duplicateShare: fc.constantFrom(0, 0, 0.2),
  keepsOrder: fc.boolean(),
  sendMs: fc.constantFrom(0, 0, 2),
  replicas: fc.nat(4),
  after: fc.constantFrom('stored' as const, 'applied' as const),
  fallBackAfterMs: fc.constantFrom(undefined, undefined, 80),
  votes: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  fencing: fc.constantFrom<Fencing>('none', 'epoch', 'lease', 'kill'),
  asksFirst: fc.boolean(),
  ignoresLogs: fc.constantFrom(false, false, true),
  isAutomatic: fc.constantFrom(true, true, true, false),
  restMs: fc.constantFrom(0, 500),
  failBackAfterMs: fc.constantFrom(undefined, undefined, 200),
  shipEveryMs: fc.constantFrom(0, 0, 90),
  isApplying: fc.constantFrom(true, true, false),
  promotionMs: fc.constantFrom(0, 60),
  applyMs: fc.constantFrom(0, 0, 4),
  reads: fc.constantFrom('primary' as const, 'replicas' as const, 'all' as const, 0),
  switchMs: fc.constantFrom(0, 40),
  fronts: fc.integer({ min: 1, max: 2 }),
  retries: fc.boolean(),
  cancelTravels: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

const west = ['fronts/1', 'clients/1', 'customers/1'];
const east = ['fronts/2', 'clients/2', 'customers/2'];
const sides = fc
  .uniqueArray(fc.constantFrom(['database/1'], ['database/2'], ['database/3'], ['database/4'], west, east), { minLength: 1, maxLength: 3 })
  .map((names) => names.flat());
const partitions = fc.array(fc.record({ between: sides, isOneWay: fc.boolean() }), { minLength: 2, maxLength: 2 });
const fault = (verbs: readonly string[]): fc.Arbitrary<Intervention> =>
  fc
    .record({
      verb: fc.constantFrom(...verbs),
      node: fc.constantFrom(1, 1, 1, 2, 3, 4, 5),
      border: fc.integer({ min: 1, max: 2 }),
      atMs: fc.integer({ min: 0, max: horizonMs }),
      lastsMs: fc.option(fc.integer({ min: 50, max: 1200 }), { nil: undefined }),
    })
    .map(({ verb, node, border, atMs, lastsMs }) => ({
      atMs,
      untilMs: lastsMs === undefined ? undefined : atMs + lastsMs,
      verb,
      targets: [['partition', 'delay', 'lose'].includes(verb) ? `borders/${border}` : `database/${node}`],
    }));
const mildVerbs = ['crash', 'restart', 'slow', 'partition', 'delay', 'lose', 'promote'];
const verbs = [...mildVerbs, 'pause'];
const rudeVerbs = [...verbs, 'destroy', 'skew', 'drift'];
/** Something that a primary does not survive as such, in most runs. */
const firstBlow: fc.Arbitrary<Intervention> = fc
  .record({
    verb: fc.constantFrom('crash', 'pause'),
    atMs: fc.integer({ min: 200, max: 900 }),
    lastsMs: fc.integer({ min: 350, max: 1200 }),
  })
  .map(({ verb, atMs, lastsMs }) => ({ verb, atMs, untilMs: atMs + lastsMs, targets: ['database/1'] }));
const faults = (of: readonly string[]) => fc.array(fault(of), { maxLength: 6 });

function run(
  given: Scenario,
  borders: { between: string[]; isOneWay: boolean }[],
  interventions: readonly Intervention[],
  record: RecordWindow,
) {
  const { seed, nodes, jitterMs, votes, fencing, isAutomatic, fallBackAfterMs } = given;
  const system = new WatchedSystem({ seed, record, eventLimit: 300_000 });
  const { simulation } = system;
  const jitter = jitterMs > 0 ? (u: number) => u * jitterMs : undefined;
  const { delayMs, lossShare, duplicateShare, keepsOrder, sendMs } = given;
  const group = new ReplicaGroup(system, {
    nodes,
    wire: { delayMs, jitterMs: jitter, lossShare, duplicateShare, keepsOrder, sendMs },
    acknowledgement: { replicas: Math.min(given.replicas, nodes - 1), after: given.after, fallBackAfterMs },
    standby: { isApplying: given.isApplying, shipEveryMs: given.shipEveryMs, promotionMs: given.promotionMs },
    applyMs: given.applyMs,
    heartbeatMs: 30,
    failover: isAutomatic
      ? {
          timeoutMs: [150, 300],
          votes: votes === undefined ? undefined : Math.min(votes, nodes),
          fencing,
          killMs: 20,
          asksFirst: given.asksFirst,
          ignoresLogs: given.ignoresLogs,
          restMs: given.restMs,
          failBackAfterMs: given.failBackAfterMs,
        }
      : undefined,
  });
  const sources = Array.from({ length: given.fronts }, (_, index) => {
    const front = new ReplicaFront(system, group, {
      name: `fronts/${index + 1}`,
      reads: given.reads,
      switchMs: given.switchMs,
      link: { delayMs: Math.min(delayMs, 5), lossShare: lossShare / 3, duplicateShare, cancelTravels: given.cancelTravels },
    });
    const client = new RetryingClient(system, {
      name: `clients/${index + 1}`,
      timeoutMs: 200,
      attempts: given.retries ? 2 : 1,
      backoffMs: 20,
      cancelsOnTimeout: true,
    }).asks(front);
    return new Source(system, {
      name: `customers/${index + 1}`,
      arrivals: poissonArrivals(60, simulation.random.stream(`arrivals ${index}`)),
      workMs: readsAndWrites,
      key: (u) => Math.floor(u * 6),
      clients: 4,
    }).to(client);
  });
  borders.forEach((border, index) => void new NetworkPartition(system, { name: `borders/${index + 1}`, ...border }));
  system.intervene(interventions);
  simulation.runUntil(horizonMs);
  simulation.audit();
  return { system, group, sources, hash: simulation.recorder.digest() };
}

/** Acknowledged writes meet every later election, so a new primary has them all. */
function meets({ nodes, replicas, votes, fencing, ignoresLogs, isAutomatic, fallBackAfterMs }: Scenario): boolean {
  const needed = votes === undefined ? Math.floor(nodes / 2) + 1 : Math.min(votes, nodes);
  const writers = Math.min(replicas, nodes - 1) + 1;
  return isAutomatic && fencing !== 'none' && !ignoresLogs && fallBackAfterMs === undefined && writers + needed > nodes;
}

/** The first node wins by late votes while it asks who would vote for it: answers to that question must not make it stand again. */
const electedWhileItAsked: [Scenario, { between: string[]; isOneWay: boolean }[], Intervention[]] = [
  {
    seed: 2601702971,
    nodes: 4,
    delayMs: 30,
    jitterMs: 20,
    lossShare: 0,
    duplicateShare: 0,
    keepsOrder: true,
    sendMs: 0,
    replicas: 0,
    after: 'stored',
    fallBackAfterMs: undefined,
    votes: undefined,
    fencing: 'lease',
    asksFirst: true,
    ignoresLogs: false,
    isAutomatic: true,
    restMs: 0,
    failBackAfterMs: undefined,
    shipEveryMs: 0,
    isApplying: false,
    promotionMs: 0,
    applyMs: 4,
    reads: 'primary',
    switchMs: 0,
    fronts: 1,
    retries: false,
    cancelTravels: false,
  },
  [
    { between: ['database/1'], isOneWay: false },
    { between: ['database/2', 'database/1'], isOneWay: false },
  ],
  [
    { atMs: 446, untilMs: 820, verb: 'crash', targets: ['database/1'] },
    { atMs: 1236, untilMs: 1737, verb: 'delay', targets: ['borders/2'] },
    { atMs: 1543, untilMs: undefined, verb: 'promote', targets: ['database/1'] },
  ],
];

describe('a replica group under faults', () => {
  test('balances its books, keeps its logs consistent, and hashes alike however much is recorded', () => {
    fc.assert(
      fc.property(scenario, partitions, faults(rudeVerbs), (given, borders, interventions) => {
        const { group, hash, sources, system } = run(given, borders, interventions, { detail: 'all' });
        const again = run(given, borders, interventions, { detail: 'none' });
        expect(again.hash).toBe(hash);
        expect(again.system.simulation.events).toBe(system.simulation.events);
        expect(again.sources.map((source) => source.accounts())).toEqual(sources.map((source) => source.accounts()));
        const total = group.servingMs.reduce((sum, ms) => sum + ms, 0);
        expect(total).toBeCloseTo(horizonMs, 6);
      }),
      { numRuns: cases },
    );
  }, 600_000);

  test('two logs with the same write of the same term at a position are the same up to there', () => {
    fc.assert(
      fc.property(scenario, partitions, faults(verbs), (given, borders, interventions) => {
        const { group } = run(given, borders, interventions, { detail: 'none' });
        for (const a of group.nodes) {
          for (const b of group.nodes) {
            const common = agreeUpTo(a.log.writes, b.log.writes);
            for (let at = common; at < Math.min(a.log.length, b.log.length); at++) {
              expect(a.log.writes[at] === b.log.writes[at] && a.log.terms[at] === b.log.terms[at]).toBe(false);
            }
          }
        }
      }),
      { numRuns: cases },
    );
  }, 600_000);

  test('loses no acknowledged write where the quorums of writing and voting meet', () => {
    let changes = 0;
    fc.assert(
      fc.property(scenario, firstBlow, partitions, faults(verbs), (given, blow, borders, interventions) => {
        fc.pre(meets(given));
        const { group } = run(given, borders, [blow, ...interventions], { detail: 'none' });
        expect(group.lostWrites()).toEqual([]);
        expect(group.failovers.every(({ lost }) => lost === 0)).toBe(true);
        changes += group.failovers.length;
      }),
      { numRuns: cases },
    );
    // The property says something only if primaries do change.
    expect(changes).toBeGreaterThan(cases / 3);
  }, 600_000);

  test('loses some without meeting quorums, fencing or waiting: each is needed', () => {
    const base = fc.sample(scenario, { numRuns: 1, seed: 1 })[0];
    const cutOff: Intervention[] = [{ atMs: 500, untilMs: 1800, verb: 'partition', targets: ['borders/1'] }];
    const borders = [{ between: ['database/1', ...west], isOneWay: false }];
    const lost = (change: Partial<Scenario>): number => {
      const given: Scenario = {
        ...base,
        seed: 5,
        nodes: 3,
        delayMs: 1,
        jitterMs: 0,
        lossShare: 0,
        duplicateShare: 0,
        sendMs: 0,
        replicas: 1,
      };
      Object.assign(given, { votes: undefined, fencing: 'epoch', ignoresLogs: false, isAutomatic: true, fallBackAfterMs: undefined });
      Object.assign(given, {
        shipEveryMs: 0,
        promotionMs: 0,
        applyMs: 0,
        fronts: 2,
        restMs: 0,
        failBackAfterMs: undefined,
        reads: 'primary',
      });
      return run({ ...given, ...change }, borders, cutOff, { detail: 'none' }).group.lostWrites().length;
    };
    expect(lost({})).toBe(0);
    expect(lost({ replicas: 0 })).toBeGreaterThan(0);
    expect(lost({ fallBackAfterMs: 80 })).toBeGreaterThan(0);
    expect(lost({ replicas: 0, fencing: 'lease' })).toBeLessThan(lost({ replicas: 0 }));
  });

  test('with leases never has two that take writes, and its primary never answers a read with what is stale', () => {
    fc.assert(
      fc.property(scenario, partitions, faults(mildVerbs), (drawn, borders, interventions) => {
        const given: Scenario = { ...drawn, fencing: 'lease', votes: undefined, ignoresLogs: false, isAutomatic: true, reads: 'primary' };
        given.replicas = Math.max(given.replicas, Math.floor(given.nodes / 2));
        given.fallBackAfterMs = undefined;
        const { group } = run(given, borders, interventions, { detail: 'none' });
        expect(group.servingMs[2]).toBe(0);
        expect(group.history.staleReads).toBe(0);
        expect(group.history.ownWritesMissed).toBe(0);
      }),
      { numRuns: cases, examples: [electedWhileItAsked] },
    );
  }, 600_000);

  test('a primary that stood still finds its lease over: nobody reads what is stale from it', () => {
    fc.assert(
      fc.property(scenario, partitions, faults(verbs), (drawn, borders, interventions) => {
        const given: Scenario = { ...drawn, fencing: 'lease', votes: undefined, ignoresLogs: false, isAutomatic: true, reads: 'primary' };
        given.replicas = Math.max(given.replicas, Math.floor(given.nodes / 2));
        given.fallBackAfterMs = undefined;
        expect(run(given, borders, interventions, { detail: 'none' }).group.history.staleReads).toBe(0);
      }),
      { numRuns: cases },
    );
  }, 600_000);
});
