// Several primaries: nothing waits, conflicts are found by version vectors and decided by clocks, and in the end all hold the same.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import { PeerStore, type PeerStoreOptions } from '../../../../src/simulation/parts/replication/peerStore';
import { ReplicaFront } from '../../../../src/simulation/parts/replication/replicaFront';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention } from '../../../../src/simulation/parts/system';
import { replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { requestMix } from '../../../../src/simulation/workload/requestClasses';
import { cases } from '../../../cases';
import { finish, newSystem, WatchedSystem } from '../../scripted';

const onlyReads = requestMix([
  { name: 'write', share: 0, workMs: () => 0 },
  { name: 'read', share: 1, workMs: () => 0 },
]);

/** Two primaries with a front each; writes of key 0 at given times. */
function pair(writesMs: readonly (readonly number[])[], options: Partial<PeerStoreOptions> = {}) {
  const system = newSystem();
  const store = new PeerStore(system, { nodes: 2, wire: { delayMs: 50 }, ...options });
  const responses: number[] = [];
  const fronts = writesMs.map((arrivals, index) => {
    const front = new ReplicaFront(system, store, { name: `fronts/${index + 1}`, writes: index, reads: index });
    const onEnd = (_call: unknown, _fate: number, ms: number) => responses.push(ms);
    new Source(system, { name: `writers/${index + 1}`, arrivals: replayedArrivals(arrivals), workMs: () => 0, onEnd }).to(front);
    return front;
  });
  return { system, store, fronts, responses };
}

const openedMs = (store: PeerStore, writes: Iterable<number>): number[] => [...writes].map((write) => store.history.openedMs[write]);

describe('two primaries', () => {
  test('answer at once, and each has the write of the other a way later', () => {
    const { system, store, responses } = pair([[100], [300]]);
    const seen: number[] = [];
    for (const atMs of [149, 151, 349, 351]) system.simulation.at(atMs, () => seen.push(store.nodes[atMs < 300 ? 1 : 0].read(0)));
    finish(system, 1000);
    expect(responses).toEqual([0, 0]);
    expect(seen).toEqual([-1, 0, 0, 1]);
    expect([...store.lostToConflicts, ...store.lostToClocks]).toEqual([]);
  });

  test('conflict when both write before either has heard of the other: one acknowledged write is lost, the same one on both', () => {
    const { system, store } = pair([[100], [120]]);
    finish(system, 1000);
    expect(openedMs(store, store.lostToConflicts)).toEqual([100]);
    expect(store.nodes.map((node) => openedMs(store, [node.read(0)])[0])).toEqual([120, 120]);
    expect(store.history.acknowledged).toBe(2);
  });

  test('do not conflict over different keys', () => {
    const system = newSystem();
    const store = new PeerStore(system, { nodes: 2, wire: { delayMs: 50 } });
    [0, 1].forEach((index) => {
      const front = new ReplicaFront(system, store, { name: `fronts/${index + 1}`, writes: index, reads: index });
      const arrivals = replayedArrivals([100, 110, 120]);
      new Source(system, { name: `writers/${index}`, arrivals, workMs: () => 0, key: () => index }).to(front);
    });
    finish(system, 1000);
    expect(store.lostToConflicts.size).toBe(0);
    expect(store.differences(1)).toEqual([]);
  });

  test('let a wrong clock undo what was written after it, unless stamps are never earlier than what they replace', () => {
    const run = (stamps: 'clock' | 'hybrid') => {
      // The first node is a second ahead. The second writes at 300, knowing of the write at 100.
      const { system, store } = pair([[100], [300]], { nodes: [{ clock: { offsetMs: 1000 } }, {}], stamps });
      finish(system, 2000);
      return {
        lost: openedMs(store, store.lostToClocks),
        kept: openedMs(store, [store.nodes[0].read(0)]),
        overruled: openedMs(store, store.history.overruled()),
      };
    };
    expect(run('clock')).toEqual({ lost: [300], kept: [100], overruled: [300] });
    expect(run('hybrid')).toEqual({ lost: [], kept: [300], overruled: [] });
  });

  test('go on through a cut, and come to agree after it', () => {
    const everyTen = Array.from({ length: 100 }, (_, index) => 5 + 10 * index);
    const { system, store } = pair([everyTen, everyTen.map((atMs) => atMs + 2)], { resendMs: 200 });
    new NetworkPartition(system, { name: 'ocean', between: ['database/1', 'fronts/1', 'writers/1'] });
    system.intervene([{ atMs: 200, untilMs: 700, verb: 'partition', targets: ['ocean'] }]);
    const differences: number[] = [];
    system.simulation.at(690, () => differences.push(store.differences(1).length));
    finish(system, 3000);
    expect(differences).toEqual([1]);
    expect(store.differences(1)).toEqual([]);
    expect(store.history.acknowledged).toBe(200);
    expect(store.lostToConflicts.size).toBeGreaterThan(100);
  });

  test('a reader of one misses what was written at the other', () => {
    const { system, store, fronts } = pair([[100], []]);
    new Source(system, { name: 'readers', arrivals: replayedArrivals([120, 140, 160]), workMs: onlyReads }).to(fronts[1]);
    finish(system, 1000);
    expect(store.history).toMatchObject({ reads: 3, staleReads: 2 });
  });
});

describe('random primaries under faults', () => {
  const scenario = fc.record({
    seed: fc.nat(4294967295),
    nodes: fc.integer({ min: 1, max: 4 }),
    delayMs: fc.constantFrom(0, 5, 60),
    jitterMs: fc.constantFrom(0, 40),
    lossShare: fc.constantFrom(0, 0.3),
    duplicateShare: fc.constantFrom(0, 0.3),
    stamps: fc.constantFrom('clock' as const, 'hybrid' as const),
    offsets: fc.array(fc.constantFrom(0, 0, 100, -300), { minLength: 4, maxLength: 4 }),
    gapMs: fc.integer({ min: 3, max: 60 }),
    keys: fc.integer({ min: 1, max: 4 }),
  });
  const fault = fc
    .record({
      verb: fc.constantFrom('crash', 'pause', 'partition', 'skew', 'drift'),
      node: fc.integer({ min: 1, max: 4 }),
      atMs: fc.integer({ min: 0, max: 900 }),
      lastsMs: fc.integer({ min: 20, max: 900 }),
    })
    .map(
      ({ verb, node, atMs, lastsMs }): Intervention => ({
        atMs,
        untilMs: atMs + lastsMs,
        verb,
        targets: [verb === 'partition' ? 'border' : `database/${node}`],
      }),
    );

  test('agree in the end, whatever order things came in, and the latest stamp of each key is kept', () => {
    fc.assert(
      fc.property(scenario, fc.array(fault, { maxLength: 4 }), (given, interventions) => {
        const { seed, nodes, delayMs, jitterMs, lossShare, duplicateShare, stamps, offsets, gapMs, keys } = given;
        const run = (detail: 'none' | 'all') => {
          const system = new WatchedSystem({ seed, record: { detail }, eventLimit: 300_000 });
          const store = new PeerStore(system, {
            nodes: Array.from({ length: nodes }, (_, index) => ({ clock: { offsetMs: offsets[index] } })),
            wire: { delayMs, jitterMs: jitterMs > 0 ? (u) => u * jitterMs : undefined, lossShare, duplicateShare },
            stamps,
            resendMs: 100,
          });
          for (let index = 0; index < nodes; index++) {
            const front = new ReplicaFront(system, store, { name: `fronts/${index}`, writes: index, reads: index });
            const arrivals = replayedArrivals(Array.from({ length: 20 }, (_, number) => index + gapMs * number));
            new Source(system, { name: `writers/${index}`, arrivals, workMs: () => 0, key: (u) => Math.floor(u * keys) }).to(front);
          }
          new NetworkPartition(system, { name: 'border', between: ['database/1', 'database/2'], isOneWay: seed % 2 === 0 });
          system.intervene(interventions);
          finish(system, 12_000);
          return { system, store };
        };
        const { system, store } = run('all');
        const { history } = store;
        for (let index = 1; index < nodes; index++) expect(store.differences(index)).toEqual([]);
        for (let key = 0; key < keys; key++) {
          const taken = history.requests.flatMap((_, write) =>
            history.keys[write] === key && history.takenMs[write] < Infinity ? [write] : [],
          );
          const kept = store.nodes[0].read(key);
          if (taken.length > 0) expect(history.versions[kept]).toBe(Math.max(...taken.map((write) => history.versions[write])));
        }
        if (stamps === 'hybrid') expect(store.lostToClocks.size).toBe(0);
        expect(run('none').system.simulation.recorder.digest()).toBe(system.simulation.recorder.digest());
      }),
      { numRuns: cases },
    );
  }, 600_000);
});

test('a store refuses impossible numbers', () => {
  const build = (options: Partial<PeerStoreOptions>) => () => new PeerStore(newSystem(), { nodes: 2, ...options });
  for (const nodes of [0, -1, Number.NaN, 101]) expect(build({ nodes })).toThrow(RangeError);
  expect(build({ resendMs: 0 })).toThrow('time to send again');
  expect(build({ wire: { lossShare: 2 } })).toThrow('share of lost messages');
  expect(build({ nodes: [{ clock: { offsetMs: Number.NaN } }] })).toThrow('ms off');
});
