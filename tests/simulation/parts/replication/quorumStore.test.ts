// Quorums without a primary: R + W > N sees every write that ended before, less does not; clocks decide, and may be wrong.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import { QuorumFront } from '../../../../src/simulation/parts/replication/quorumFront';
import { QuorumStore, type QuorumStoreOptions } from '../../../../src/simulation/parts/replication/quorumStore';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention } from '../../../../src/simulation/parts/system';
import { poissonArrivals, replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { requestMix } from '../../../../src/simulation/workload/requestClasses';
import { cases } from '../../../cases';
import { finish, newSystem, WatchedSystem } from '../../scripted';

const mix = (writeShare: number) =>
  requestMix([
    { name: 'write', share: writeShare, workMs: () => 0 },
    { name: 'read', share: 1 - writeShare, workMs: () => 0 },
  ]);

/** Scripted writes and reads of key 0 through one front; replica k is k times the delay away. */
function scripted(
  options: Partial<QuorumStoreOptions>,
  writes: readonly number[],
  reads: readonly number[],
  delayMs = 10,
  timeoutMs?: number,
) {
  const system = newSystem();
  const store = new QuorumStore(system, { replicas: 3, readers: 2, writers: 2, ...options });
  const front = new QuorumFront(system, store, { link: (node) => ({ delayMs: delayMs * (node + 1) }), timeoutMs });
  const endings: { kind: number; atMs: number; ms: number; fate: number }[] = [];
  const source = (name: string, arrivals: readonly number[], share: number) =>
    new Source(system, {
      name,
      arrivals: replayedArrivals(arrivals),
      workMs: mix(share),
      onEnd: ({ requestClass }, fate, ms) => endings.push({ kind: requestClass, atMs: system.simulation.nowMs, ms, fate }),
    }).to(front);
  source('writers', writes, 1);
  source('readers', reads, 0);
  return { system, store, front, endings };
}

describe('a quorum', () => {
  test.each([
    [1, 20],
    [2, 40],
    [3, 60],
  ])('of %i is answered by its slowest member, after %i ms', (quorum, ms) => {
    const { system, endings } = scripted({ readers: quorum, writers: quorum }, [100], [500]);
    finish(system, 1000);
    expect(endings).toEqual([
      { kind: 0, atMs: 100 + ms, ms, fate: fates.completed },
      { kind: 1, atMs: 500 + ms, ms, fate: fates.completed },
    ]);
  });

  test('fails as soon as too few are left to answer, and not before', () => {
    const { system, endings } = scripted({}, [100], []);
    system.intervene([{ atMs: 50, verb: 'crash', targets: ['store/1', 'store/2'] }]);
    finish(system, 1000);
    // Two refusals: from the nearest after 20 ms, from the next after 40.
    expect(endings).toMatchObject([{ ms: 40, fate: fates.failed }]);
  });

  test('with one replica down works as ever', () => {
    const { system, endings, store } = scripted({}, [100], [500]);
    system.intervene([{ atMs: 50, verb: 'crash', targets: ['store/1'] }]);
    finish(system, 1000);
    expect(endings.map(({ fate }) => fate)).toEqual([fates.completed, fates.completed]);
    expect(store.history.staleReads).toBe(0);
  });

  test('gives up after its timeout, and what it sent is kept all the same', () => {
    const { system, endings, store, front } = scripted({ writers: 3 }, [100], [], 10, 50);
    finish(system, 1000);
    expect(endings).toMatchObject([{ ms: 50, fate: fates.timedOut }]);
    expect(store.nodes.map((node) => node.version(0)?.write)).toEqual([0, 0, 0]);
    expect(store.history.acknowledged).toBe(0);
    expect(front.books.writes()).toMatchObject({ timedOut: 1, open: 0 });
  });

  test('asks machines that stand before the replicas, and finds what those hold', () => {
    const system = newSystem();
    const store = new QuorumStore(system, { replicas: 2, readers: 1, writers: 2 });
    const targets = store.nodes.map((node) => new Server(system, { name: `machines/${node.index + 1}`, workMs: () => 5 }).asks(node));
    const front = new QuorumFront(system, store, { targets });
    new Source(system, { name: 'writers', arrivals: replayedArrivals([100]), workMs: mix(1) }).to(front);
    new Source(system, { name: 'readers', arrivals: replayedArrivals([200]), workMs: mix(0) }).to(front);
    finish(system, 1000);
    expect(store.history).toMatchObject({ reads: 1, staleReads: 0, acknowledged: 1 });
  });
});

describe('read repair', () => {
  test('brings those up to date that a read finds behind, also those that answer late', () => {
    const repaired = (repairsReads: boolean) => {
      const { system, store } = scripted({ readers: 2, writers: 1, repairsReads }, [100], [500]);
      system.intervene([{ atMs: 50, untilMs: 400, verb: 'crash', targets: ['store/2', 'store/3'] }]);
      finish(system, 1000);
      return { versions: store.nodes.map((node) => node.version(0)?.write), repairs: store.repairs };
    };
    expect(repaired(false)).toEqual({ versions: [0, undefined, undefined], repairs: 0 });
    expect(repaired(true)).toEqual({ versions: [0, 0, 0], repairs: 2 });
  });
});

describe('a wrong clock', () => {
  test('undoes writes that came later: acknowledged, and never seen', () => {
    const overruled = (offsetMs: number) => {
      const system = newSystem();
      const store = new QuorumStore(system, { replicas: 3, readers: 2, writers: 2 });
      const fronts = [offsetMs, 0].map(
        (offset, index) => new QuorumFront(system, store, { name: `fronts/${index + 1}`, clock: { offsetMs: offset } }),
      );
      new Source(system, { name: 'a', arrivals: replayedArrivals([100]), workMs: mix(1) }).to(fronts[0]);
      new Source(system, { name: 'b', arrivals: replayedArrivals([200, 700]), workMs: mix(1) }).to(fronts[1]);
      new Source(system, { name: 'c', arrivals: replayedArrivals([300, 800]), workMs: mix(0) }).to(fronts[1]);
      finish(system, 1000);
      return { overruled: store.history.overruled().map((write) => store.history.openedMs[write]), stale: store.history.staleReads };
    };
    expect(overruled(0)).toEqual({ overruled: [], stale: 0 });
    // Half a second ahead: what the other wrote at 200 counts for less than what came before it.
    expect(overruled(500)).toEqual({ overruled: [200], stale: 1 });
  });
});

const scenario = fc.record({
  seed: fc.nat(4294967295),
  replicas: fc.integer({ min: 1, max: 5 }),
  readers: fc.nat(4),
  writers: fc.nat(4),
  repairsReads: fc.boolean(),
  delayMs: fc.constantFrom(0, 3, 20),
  jitterMs: fc.constantFrom(0, 30),
  lossShare: fc.constantFrom(0, 0.1),
  duplicateShare: fc.constantFrom(0, 0.2),
  timeoutMs: fc.constantFrom(undefined, 60),
  cancelTravels: fc.boolean(),
  offsetMs: fc.constantFrom(0, 0, 40),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;
const fault = fc
  .record({
    verb: fc.constantFrom('crash', 'pause', 'slow', 'partition', 'restart'),
    node: fc.integer({ min: 1, max: 5 }),
    atMs: fc.integer({ min: 0, max: 1500 }),
    lastsMs: fc.integer({ min: 20, max: 800 }),
  })
  .map(
    ({ verb, node, atMs, lastsMs }): Intervention => ({
      atMs,
      untilMs: atMs + lastsMs,
      verb,
      targets: [verb === 'partition' ? 'border' : `store/${node}`],
    }),
  );

function run(given: Scenario, interventions: readonly Intervention[], readers: number, writers: number, detail: 'all' | 'none') {
  const { seed, replicas, repairsReads, delayMs, jitterMs, lossShare, duplicateShare, timeoutMs, cancelTravels, offsetMs } = given;
  const system = new WatchedSystem({ seed, record: { detail }, eventLimit: 300_000 });
  const store = new QuorumStore(system, { replicas, readers, writers, repairsReads });
  const jitter = jitterMs > 0 ? (u: number) => u * jitterMs : undefined;
  const link = { delayMs, jitterMs: jitter, lossShare, duplicateShare, cancelTravels };
  const sources = [0, 1].map((index) => {
    const front = new QuorumFront(system, store, { name: `fronts/${index}`, link, timeoutMs, clock: { offsetMs: index * offsetMs } });
    const client = new RetryingClient(system, {
      name: `clients/${index}`,
      timeoutMs: 150,
      attempts: 2,
      backoffMs: 5,
      cancelsOnTimeout: true,
    }).asks(front);
    const arrivals = poissonArrivals(80, system.simulation.random.stream(`arrivals ${index}`));
    return new Source(system, { name: `customers/${index}`, arrivals, workMs: mix(0.5), key: (u) => Math.floor(u * 3), clients: 3 }).to(
      client,
    );
  });
  new NetworkPartition(system, { name: 'border', between: ['store/1', 'store/2', 'fronts/0'] });
  system.intervene(interventions);
  finish(system, 2000);
  return { system, store, sources };
}

describe('random quorums under faults', () => {
  test('where R + W > N no read misses a write that was acknowledged before it began, and no write is overruled', () => {
    let reads = 0;
    fc.assert(
      fc.property(scenario, fc.array(fault, { maxLength: 4 }), (given, interventions) => {
        const { replicas } = given;
        const readers = 1 + (given.readers % replicas);
        const writers = Math.max(1 + (given.writers % replicas), replicas - readers + 1);
        const { store } = run({ ...given, offsetMs: 0 }, interventions, readers, writers, 'none');
        expect(store.history.staleReads).toBe(0);
        expect(store.history.overruled()).toEqual([]);
        reads += store.history.reads;
      }),
      { numRuns: cases },
    );
    expect(reads).toBeGreaterThan(20 * cases);
  }, 600_000);

  test('where they need not meet, reads do miss writes', () => {
    // Some copies are lost on their way, and nobody notices.
    const lossy: Scenario = {
      ...fc.sample(scenario, { numRuns: 1, seed: 3 })[0],
      seed: 1,
      replicas: 3,
      delayMs: 3,
      jitterMs: 30,
      lossShare: 0.1,
    };
    Object.assign(lossy, { duplicateShare: 0, timeoutMs: undefined, offsetMs: 0, repairsReads: false });
    expect(run(lossy, [], 1, 1, 'none').store.history.staleReads).toBeGreaterThan(0);
    expect(run(lossy, [], 2, 2, 'none').store.history.staleReads).toBe(0);
  });

  test('balance their books, and hash alike however much is recorded', () => {
    fc.assert(
      fc.property(scenario, fc.array(fault, { maxLength: 4 }), (given, interventions) => {
        const readers = 1 + (given.readers % given.replicas);
        const writers = 1 + (given.writers % given.replicas);
        const all = run(given, interventions, readers, writers, 'all');
        const none = run(given, interventions, readers, writers, 'none');
        expect(none.system.simulation.recorder.digest()).toBe(all.system.simulation.recorder.digest());
        expect(none.sources.map((source) => source.accounts())).toEqual(all.sources.map((source) => source.accounts()));
      }),
      { numRuns: Math.ceil(cases / 2) },
    );
  }, 600_000);
});

test('impossible quorums are refused', () => {
  const build =
    (readers: number, writers: number, replicas = 3) =>
    () =>
      new QuorumStore(newSystem(), { replicas, readers, writers });
  expect(build(4, 1)).toThrow('A quorum of 4 is more than the 3 members');
  expect(build(0, 1)).toThrow(RangeError);
  expect(build(1, Number.NaN)).toThrow(RangeError);
  expect(build(1, 1, 0)).toThrow(RangeError);
  const system = newSystem();
  const store = new QuorumStore(system, { replicas: 3, readers: 2, writers: 2 });
  expect(() => new QuorumFront(system, store, { name: 'a', targets: [] })).toThrow('a has 0 targets; it needs one for each of 3');
  expect(() => new QuorumFront(system, store, { name: 'b', timeoutMs: 0 })).toThrow('timeout');
});
