// Replica groups by exact schedule: who is told what when, what a reader may see, what a crash costs.

import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import type { Part } from '../../../../src/simulation/parts/call';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import {
  type Acknowledgement,
  asynchronous,
  semiSynchronous,
  synchronous,
} from '../../../../src/simulation/parts/replication/acknowledgement';
import type { Fencing } from '../../../../src/simulation/parts/replication/elections';
import { ReplicaFront, type ReplicaFrontOptions } from '../../../../src/simulation/parts/replication/replicaFront';
import { ReplicaGroup, type ReplicaGroupOptions } from '../../../../src/simulation/parts/replication/replicaGroup';
import { standbys } from '../../../../src/simulation/parts/replication/standby';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import { createReplay } from '../../../../src/simulation/record/replay';
import { spansOf } from '../../../../src/simulation/record/spans';
import { recordKinds } from '../../../../src/simulation/record/trace';
import { replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { requestMix } from '../../../../src/simulation/workload/requestClasses';
import { type Ending, finish, newSystem, sendScript, WatchedSystem } from '../../scripted';
import { told } from '../../told';

const every = (gapMs: number, fromMs: number, toMs: number): number[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / gapMs) + 1 }, (_, index) => fromMs + index * gapMs);

/** A group with a front, and writes of key 0 at given times. */
function written(arrivals: readonly number[], options: ReplicaGroupOptions, frontOptions: ReplicaFrontOptions = {}) {
  const system = newSystem();
  const group = new ReplicaGroup(system, options);
  const front = new ReplicaFront(system, group, frontOptions);
  const { endings } = sendScript(system, { arrivals, works: 0 }, front);
  return { system, group, front, endings };
}

const times = (endings: readonly Ending[]): number[] => endings.map(({ responseMs }) => responseMs);

/** Sends reads of key 0 at given times; of the client's own number. */
function readsAt(system: ReturnType<typeof newSystem>, arrivals: readonly number[], front: Part, name = 'readers'): Source {
  const onlyReads = requestMix([
    { name: 'write', share: 0, workMs: () => 0 },
    { name: 'read', share: 1, workMs: () => 0 },
  ]);
  return new Source(system, { name, arrivals: replayedArrivals(arrivals), workMs: onlyReads }).to(front);
}

describe('a write is answered', () => {
  const answeredAfter = (acknowledgement: Acknowledgement, options: Partial<ReplicaGroupOptions> = {}): number[] => {
    const { system, endings } = written([100, 200], {
      nodes: 3,
      wire: (_, other) => ({ delayMs: other === 1 ? 5 : 40 }),
      acknowledgement,
      ...options,
    });
    finish(system, 1000);
    return times(endings);
  };

  test('at once when replication is asynchronous', () => {
    expect(answeredAfter(asynchronous)).toEqual([0, 0]);
  });

  test('when the nearest replica has it, when it waits for one', () => {
    expect(answeredAfter(semiSynchronous())).toEqual([10, 10]);
  });

  test('when the farthest replica has it, when it waits for all', () => {
    expect(answeredAfter(synchronous(2))).toEqual([80, 80]);
  });

  test('only when it is applied there, if readers of replicas are to see it', () => {
    expect(answeredAfter(synchronous(1, 'applied'), { applyMs: 15 })).toEqual([25, 25]);
    expect(answeredAfter(synchronous(1, 'stored'), { applyMs: 15 })).toEqual([10, 10]);
  });

  test('never, while too few replicas are there: synchronous replication trades availability', () => {
    const { system, endings, front } = written([100], { nodes: 2, acknowledgement: synchronous(1) });
    system.intervene([{ atMs: 50, verb: 'crash', targets: ['database/2'] }]);
    finish(system, 5000);
    expect(endings).toEqual([]);
    expect(front.books.writes()).toMatchObject({ opened: 1, open: 1 });
  });

  test('after the work of the server that stands before the node, which keeps its place meanwhile', () => {
    const system = newSystem();
    const group = new ReplicaGroup(system, { nodes: 2, wire: { delayMs: 10 }, acknowledgement: synchronous(1) });
    const targets = group.nodes.map((node) => new Server(system, { name: `machines/${node.index + 1}`, workMs: () => 7 }).asks(node));
    const { endings } = sendScript(system, { arrivals: [100, 100], works: 0 }, new ReplicaFront(system, group, { targets }));
    finish(system, 1000);
    expect(times(endings)).toEqual([27, 54]);
    expect(group.history.acknowledged).toBe(2);
  });
});

describe('semi-synchronous replication', () => {
  test('lets all who wait go when one has waited too long, goes on alone, and waits again once the replica has everything', () => {
    const { system, endings, group } = written([100, 300, 700, 2000], {
      nodes: 2,
      wire: { delayMs: 10 },
      acknowledgement: semiSynchronous(1, 500),
    });
    system.intervene([{ atMs: 50, untilMs: 1000, verb: 'crash', targets: ['database/2'] }]);
    finish(system, 3000);
    expect(times(endings)).toEqual([500, 300, 0, 20]);
    expect(group.fallBacks).toBe(1);
    expect(group.nodes[1].log.length).toBe(4);
  });

  test('falls back again and again only when there is a new wait', () => {
    const { system, endings, group } = written([100, 5000], { nodes: 2, acknowledgement: semiSynchronous(1, 500) });
    system.intervene([{ atMs: 50, verb: 'crash', targets: ['database/2'] }]);
    finish(system, 6000);
    expect(times(endings)).toEqual([500, 0]);
    expect(group.fallBacks).toBe(1);
  });
});

describe('reads', () => {
  /** One write at 100 ms; reads from the replica, which has it at 110. */
  const readFromReplica = (readsMs: readonly number[], client = 0) => {
    const system = newSystem();
    const group = new ReplicaGroup(system, { nodes: 2, wire: { delayMs: 10 } });
    sendScript(system, { arrivals: [100], works: 0 }, new ReplicaFront(system, group));
    const readers = readsAt(system, readsMs, new ReplicaFront(system, group, { name: 'readers front', reads: 1 }), `readers ${client}`);
    finish(system, 1000);
    expect(readers.accounts().completed).toBe(readsMs.length);
    return group.history;
  };

  test('of a replica are stale while what was acknowledged is on its way there', () => {
    expect(readFromReplica([50, 99, 101, 105, 109.9, 110.1, 500])).toMatchObject({
      reads: 7,
      staleReads: 3,
      ownWritesMissed: 3,
      backwardReads: 0,
    });
  });

  test('go backwards when a client reads from a fresh node and then from one that lags', () => {
    const system = newSystem();
    const group = new ReplicaGroup(system, { nodes: 2, wire: { delayMs: 10 } });
    sendScript(system, { arrivals: [100], works: 0 }, new ReplicaFront(system, group));
    // In turn from node 1, 2, 1, 2.
    readsAt(system, [101, 102, 103, 120], new ReplicaFront(system, group, { name: 'readers front', reads: 'all' }));
    finish(system, 1000);
    expect(group.history).toMatchObject({ reads: 4, staleReads: 1, backwardReads: 1 });
  });

  test('of the primary see everything', () => {
    const system = newSystem();
    const group = new ReplicaGroup(system, { nodes: 3, wire: { delayMs: 30 } });
    const front = new ReplicaFront(system, group, { reads: 'primary' });
    sendScript(system, { arrivals: every(5, 0, 500), works: 0 }, front);
    readsAt(system, every(3, 1, 500), front);
    finish(system, 1000);
    expect(group.history).toMatchObject({ staleReads: 0, ownWritesMissed: 0, backwardReads: 0 });
    expect(group.history.reads).toBeGreaterThan(100);
  });

  test('of a replica that is no longer primary are refused when they were meant for the primary', () => {
    const { system, group } = written([100], { nodes: 2 });
    const front = new ReplicaFront(system, group, { name: 'old front', switchMs: 10_000 });
    const readers = readsAt(system, [200, 400], front);
    system.intervene([{ atMs: 300, verb: 'promote', targets: ['database/2'] }]);
    finish(system, 1000);
    expect(readers.accounts()).toMatchObject({ completed: 1, failed: 1 });
  });
});

describe('replication lag', () => {
  test('grows without bound when a replica applies slower than the primary writes, on the fastest network', () => {
    const { system, group } = written(every(10, 0, 999), { nodes: 2, applyMs: 15 });
    const lags: number[] = [];
    for (const atMs of [250, 500, 1000]) system.simulation.at(atMs, () => lags.push(group.lag(1).entries));
    finish(system, 2000);
    // Of the writes at 0, 10, … (the one of that instant is still to come) one is applied every 15 ms.
    expect(lags).toEqual([25 - 16, 50 - 33, 100 - 66]);
    expect(group.lag(1)).toEqual({ entries: 0, ms: 0 });
    expect(group.lag(0)).toEqual({ entries: 0, ms: 0 });
  });

  test('is as old as the first write that is missing', () => {
    const { system, group } = written([100, 150], { nodes: 2, wire: { delayMs: 500 } });
    let lag = { entries: 0, ms: 0 };
    system.simulation.at(300, () => {
      lag = group.lag(1);
    });
    finish(system, 1000);
    expect(lag).toEqual({ entries: 2, ms: 200 });
  });

  test('grows while a replica is slow, and shrinks when it is not', () => {
    const { system, group } = written(every(10, 0, 999), { nodes: 2, applyMs: 5 });
    system.intervene([{ atMs: 200, untilMs: 600, verb: 'slow', targets: ['database/2'], arguments: { factor: 0.25 } }]);
    const lags: number[] = [];
    for (const atMs of [195, 599, 1100]) system.simulation.at(atMs, () => lags.push(group.lag(1).entries));
    finish(system, 2000);
    expect(lags[0]).toBeLessThanOrEqual(1);
    expect(lags[1]).toBeGreaterThan(15);
    expect(lags[2]).toBe(0);
  });
});

describe('what a crash costs', () => {
  test('asynchronous replication loses exactly what had not left the primary', () => {
    // A narrow wire: each message takes 10 ms to send, writes come every 4 ms, and the first heartbeat goes before them.
    const arrivals = every(4, 2, 300);
    const crashMs = 151;
    const { system, group } = written(arrivals, { nodes: 2, wire: { delayMs: 20, sendMs: 10 }, heartbeatMs: 100_000 });
    system.intervene([
      { atMs: crashMs, verb: 'crash', targets: ['database/1'] },
      { atMs: 500, verb: 'promote', targets: ['database/2'] },
    ]);
    finish(system, 1000);
    let leavesMs = 10;
    const unsent = arrivals.filter((atMs) => {
      leavesMs = Math.max(leavesMs, atMs) + 10;
      return atMs <= crashMs && leavesMs > crashMs;
    });
    const lost = group.lostWrites();
    expect(lost.map((write) => group.history.openedMs[write])).toEqual(unsent);
    expect(unsent.length).toBeGreaterThan(10);
    expect(group.failovers).toMatchObject([{ node: 1, lost: lost.length, firstLostMs: unsent[0], electedMs: 500, silentSinceMs: crashMs }]);
  });

  test('copies at an interval lose what came since the last', () => {
    const arrivals = every(7, 1, 400);
    const { system, group } = written(arrivals, {
      nodes: 2,
      heartbeatMs: 50,
      standby: { isApplying: false, shipEveryMs: 100, promotionMs: 0 },
    });
    system.intervene([
      { atMs: 275, verb: 'crash', targets: ['database/1'] },
      { atMs: 300, verb: 'promote', targets: ['database/2'] },
    ]);
    finish(system, 500);
    const expected = arrivals.filter((atMs) => atMs > 200 && atMs < 275);
    expect(group.lostWrites().map((write) => group.history.openedMs[write])).toEqual(expected);
  });

  test('without failover nothing is lost, and nothing is written until the primary is back', () => {
    const { system, group, endings } = written(every(10, 5, 995), { nodes: 2, wire: { delayMs: 30 } });
    system.intervene([{ atMs: 300, untilMs: 700, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 2000);
    expect(endings.filter(({ fate }) => fate === fates.failed)).toHaveLength(40);
    expect(group.lostWrites()).toEqual([]);
    expect(group.nodes[1].log.writes).toEqual(group.nodes[0].log.writes);
    expect([...group.servingMs]).toEqual([400, 1600, 0]);
  });

  test('those who wait for replicas hear that the primary is gone; the write may be kept all the same', () => {
    const { system, group, endings } = written([100], { nodes: 2, wire: { delayMs: 10 }, acknowledgement: synchronous(1) });
    system.intervene([{ atMs: 105, untilMs: 200, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 1000);
    expect(endings).toMatchObject([{ atMs: 105, fate: fates.lost }]);
    expect(group.nodes[1].log.length).toBe(1);
    expect(group.history.acknowledged).toBe(0);
  });

  test('a disk that is lost is filled again by the primary', () => {
    const { system, group } = written(every(10, 0, 990), { nodes: 3, wire: { delayMs: 5 }, acknowledgement: synchronous(1) });
    system.intervene([
      { atMs: 400, verb: 'destroy', targets: ['database/2'] },
      { atMs: 600, verb: 'restore', targets: ['database/2'] },
    ]);
    const lengths: number[] = [];
    system.simulation.at(599, () => lengths.push(group.nodes[1].log.length));
    finish(system, 2000);
    expect(lengths).toEqual([0]);
    expect(group.nodes[1].log.writes).toEqual(group.nodes[0].log.writes);
  });
});

describe('failover', () => {
  const west = ['database/1', 'west', 'west customers'];
  const failover = { timeoutMs: [150, 300] as const };

  /** Five seconds of writes through two fronts; the first node and the west are cut off from 1 to 3 s. */
  function split(options: Partial<ReplicaGroupOptions> & { fencing?: Fencing }) {
    const system = newSystem();
    const { fencing } = options;
    const group = new ReplicaGroup(system, {
      nodes: 3,
      wire: { delayMs: 2 },
      heartbeatMs: 50,
      failover: { ...failover, fencing },
      ...options,
    });
    const sources = ['west', 'east'].map((name) => {
      const front = new ReplicaFront(system, group, { name });
      return new Source(system, { name: `${name} customers`, arrivals: replayedArrivals(every(10, 5, 4995)), workMs: () => 0 }).to(front);
    });
    new NetworkPartition(system, { name: 'ocean', between: west });
    system.intervene([{ atMs: 1000, untilMs: 3000, verb: 'partition', targets: ['ocean'] }]);
    finish(system, 5500);
    return { system, group, west: sources[0], east: sources[1] };
  }

  test('a majority elects a new primary soon after the timeout, and the old one follows when the network is whole', () => {
    const { group } = split({ acknowledgement: synchronous(1) });
    const [first] = group.failovers;
    expect(group.failovers).toHaveLength(1);
    // Heartbeats stopped at 1,000 ms or just before.
    expect(first.electedMs).toBeGreaterThan(1000 + 150 - 50);
    expect(first.electedMs).toBeLessThan(1000 + 300 + 20);
    expect(group.nodes.map(({ election }) => election.role)).toEqual([
      'replica',
      first.node === 1 ? 'primary' : 'replica',
      first.node === 2 ? 'primary' : 'replica',
    ]);
    expect(group.nodes[0].log.writes).toEqual(group.nodes[first.node].log.writes);
    expect(group.lostWrites()).toEqual([]);
    expect(group.nodes[0].cutOff).toBeGreaterThan(0);
  });

  test('asynchronous, both sides take writes until the cut ends, and those of the old primary are lost', () => {
    const { group, west: westSource } = split({});
    const [first] = group.failovers;
    expect(westSource.accounts().completed).toBeGreaterThan(480);
    // All that the west wrote during the cut was acknowledged, and is gone.
    const lost = group.lostWrites().map((write) => group.history.openedMs[write]);
    expect(lost.filter((atMs) => atMs > 1000 && atMs < 3000)).toEqual(every(10, 1005, 2995));
    expect(group.servingMs[2]).toBeGreaterThan(1600);
    expect(group.servingMs[2]).toBeLessThan(3000 - first.electedMs + 100);
  });

  test('without fencing both go on for ever: split brain', () => {
    const { group } = split({ fencing: 'none' });
    expect(group.nodes.filter((node) => node.primary.isServing)).toHaveLength(2);
    expect(group.servingMs[2]).toBeGreaterThan(4000);
  });

  test('with a lease the old primary stops by itself before another is elected', () => {
    const { group, west: westSource } = split({ fencing: 'lease' });
    expect(group.servingMs[2]).toBe(0);
    expect(group.failovers.filter(({ electedMs }) => electedMs < 3000)).toHaveLength(1);
    const lost = group.lostWrites().map((write) => group.history.openedMs[write]);
    // Only what it took in its last lease.
    expect(Math.max(...lost)).toBeLessThan(1000 + 150);
    expect(westSource.accounts().failed).toBeGreaterThan(150);
  });

  test('one that was cut off comes back with a later term and disturbs the others, unless it asks first', () => {
    const failovers = (asksFirst: boolean) => split({ failover: { ...failover, fencing: 'lease', asksFirst } }).group.failovers.length;
    expect(failovers(false)).toBe(2);
    expect(failovers(true)).toBe(1);
  });

  test('switched off, the old primary is down until somebody starts it', () => {
    const { group, system } = split({ fencing: 'kill' });
    expect(group.nodes[0].isUp).toBe(false);
    expect(group.servingMs[2]).toBe(0);
    expect(told(system.simulation.recorder.log, system.simulation.recorder).some(({ text }) => text.includes('Node 1 crashed'))).toBe(true);
  });

  test('where each decides for itself, a cut makes two primaries of two nodes', () => {
    const { group } = split({ nodes: 2, failover: { ...failover, votes: 1 } });
    expect(group.servingMs[2]).toBeGreaterThan(1500);
    expect(group.failovers.length).toBeGreaterThan(0);
  });

  test('of two nodes with a majority of two, neither replaces the other', () => {
    const { group } = split({ nodes: 2 });
    expect(group.failovers.filter(({ electedMs }) => electedMs < 3000)).toEqual([]);
  });

  test('a slow clock makes a lease too long: two take writes', () => {
    const { group } = split({ fencing: 'lease', nodes: [{ clock: { rate: 0.2 } }, {}, {}] });
    expect(group.servingMs[2]).toBeGreaterThan(0);
  });

  test('a primary that stood still acknowledges writes that are lost, unless leases or waiting prevent it', () => {
    const paused = (acknowledgement: Acknowledgement, fencing: Fencing) => {
      const { system, group } = written(
        every(10, 5, 2995),
        { nodes: 3, heartbeatMs: 50, acknowledgement, failover: { ...failover, fencing } },
        { switchMs: 100 },
      );
      system.intervene([{ atMs: 1000, untilMs: 2000, verb: 'pause', targets: ['database/1'] }]);
      finish(system, 4000);
      expect(group.failovers).toHaveLength(1);
      return group.lostWrites().length;
    };
    expect(paused(asynchronous, 'epoch')).toBeGreaterThan(0);
    expect(paused(asynchronous, 'lease')).toBe(0);
    expect(paused(synchronous(1), 'epoch')).toBe(0);
  });

  test('quicker detection means more false alarms when the network is slow', () => {
    const alarms = (timeoutMs: readonly [number, number]) => {
      const { system, group } = written([], {
        nodes: 3,
        heartbeatMs: 50,
        wire: { delayMs: 2, jitterMs: (u) => (u > 0.9 ? 250 : 0) },
        failover: { timeoutMs },
      });
      finish(system, 60_000);
      expect(group.falseAlarms).toBe(group.suspicions);
      return group.falseAlarms;
    };
    const counts = [alarms([100, 120]), alarms([250, 350]), alarms([1000, 1500])];
    expect(counts[0]).toBeGreaterThan(2 * counts[1]);
    expect(counts[2]).toBe(0);
  });

  test('a real failure is no false alarm', () => {
    const { system, group } = written([], { nodes: 3, failover });
    system.intervene([{ atMs: 1000, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 3000);
    expect(group.suspicions).toBeGreaterThan(0);
    expect(group.falseAlarms).toBe(0);
  });

  test('a rest after each change keeps a flapping primary from taking the others along', () => {
    const changes = (restMs: number) => {
      const { system, group } = written([], { nodes: 3, failover: { ...failover, restMs } });
      const crashes = [1, 2, 3].flatMap((node) =>
        every(3000, 1000 * node, 20_000).map((atMs) => ({ atMs, untilMs: atMs + 700, verb: 'crash', targets: [`database/${node}`] })),
      );
      system.intervene(crashes);
      finish(system, 22_000);
      return group.failovers.length;
    };
    expect(changes(0)).toBeGreaterThan(8);
    expect(changes(10_000)).toBeLessThanOrEqual(3);
  });

  test('the first node gets its place back in good order: nobody else takes writes meanwhile, and nothing is lost', () => {
    const { system, group, endings } = written(every(10, 5, 5995), {
      nodes: 3,
      wire: { delayMs: 2 },
      heartbeatMs: 50,
      failover: { ...failover, failBackAfterMs: 1000 },
    });
    system.intervene([{ atMs: 1000, untilMs: 2000, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 7000);
    expect(group.failovers.map(({ node }) => node === 0)).toEqual([false, true]);
    const [, back] = group.failovers;
    expect(back.electedMs).toBeGreaterThan(3000);
    expect(back.electedMs).toBeLessThan(3200);
    expect(group.servingMs[2]).toBe(0);
    // The handover itself costs no more than a few round trips.
    expect(back.servingMs - back.silentSinceMs).toBeLessThan(20);
    expect(group.lostWrites()).toEqual([]);
    expect(endings.filter(({ atMs, fate }) => atMs > 2500 && fate !== fates.completed).length).toBeLessThan(15);
  });

  test.each(['hot', 'warm', 'cold'] as const)('a %s standby serves after its time to promote and what it has yet to apply', (kind) => {
    const standby = standbys[kind];
    const applyMs = 3;
    const { system, group } = written(every(100, 50, 950), { nodes: 2, standby, applyMs, heartbeatMs: 50 });
    system.intervene([
      { atMs: 1000, verb: 'crash', targets: ['database/1'] },
      { atMs: 2000, verb: 'promote', targets: ['database/2'] },
    ]);
    finish(system, 400_000);
    const [{ servingMs, electedMs, lost }] = group.failovers;
    expect(servingMs - electedMs).toBe(standby.promotionMs + (kind === 'warm' ? 10 * applyMs : 0));
    expect(lost).toBe(kind === 'cold' ? 10 : 0);
  });

  test('clients that remember the name go on asking the old primary until the time to live is over', () => {
    const names = { timeToLiveMs: 500 };
    const { system, endings, group } = written(every(10, 5, 2995), { nodes: 3, heartbeatMs: 50, failover }, { names });
    system.intervene([{ atMs: 1100, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 4000);
    const failed = endings.filter(({ fate }) => fate === fates.failed);
    expect(group.failovers[0].servingMs).toBeLessThan(1500);
    // Looked up at 5 ms, 505 (the first request then), 1,005, and at 1,505: that one hears of the new primary.
    expect(failed[0].atMs).toBe(1105);
    expect(failed[failed.length - 1].atMs).toBe(1495);
    expect(failed).toHaveLength(40);
  });

  test('a front takes its time to switch', () => {
    const lastFailure = (switchMs: number): number => {
      const { system, endings } = written(every(10, 5, 2995), { nodes: 3, heartbeatMs: 50, failover }, { switchMs });
      system.intervene([{ atMs: 1000, verb: 'crash', targets: ['database/1'] }]);
      finish(system, 4000);
      return Math.max(...endings.filter(({ fate }) => fate === fates.failed).map(({ atMs }) => atMs));
    };
    expect(lastFailure(700) - lastFailure(0)).toBe(700);
  });

  test('by hand: whoever is told to becomes primary, and the old one steps down when it hears of it', () => {
    const { system, group, endings } = written(every(10, 5, 995), { nodes: 3, wire: { delayMs: 2 } });
    system.intervene([{ atMs: 500, verb: 'promote', targets: ['database/3'] }]);
    finish(system, 2000);
    expect(group.primary?.name).toBe('database/3');
    expect(group.servingMs[2]).toBe(2);
    expect(endings.filter(({ fate }) => fate !== fates.completed).length).toBeLessThan(3);
    expect(group.nodes.map(({ log }) => log.length)).toEqual([
      group.nodes[2].log.length,
      group.nodes[2].log.length,
      group.nodes[2].log.length,
    ]);
  });
});

describe('what is measured and shown', () => {
  test('begins anew when the warm-up ends', () => {
    const system = new WatchedSystem({ seed: 1, warmUpMs: 500 });
    const group = new ReplicaGroup(system, { nodes: 2, wire: { delayMs: 10 } });
    const front = new ReplicaFront(system, group, { reads: 1 });
    sendScript(system, { arrivals: [100, 200, 700], works: 0 }, front);
    readsAt(system, [105, 205, 600, 705], front);
    system.intervene([{ atMs: 300, untilMs: 400, verb: 'crash', targets: ['database/1'] }]);
    finish(system, 1000);
    expect(front.books.writes()).toMatchObject({ opened: 1, completed: 1 });
    expect(group.history).toMatchObject({ reads: 2, staleReads: 1 });
    expect([...group.servingMs]).toEqual([0, 500, 0]);
  });

  test('shows a copy that reaches a replica as a visit of its request, after a flight', () => {
    const { system, group } = written([100], { nodes: 2, wire: { delayMs: 10 }, acknowledgement: synchronous(1) });
    finish(system, 1000);
    const trace = system.simulation.recorder.finish(1000);
    const [, replica] = group.nodes;
    const atReplica = [...trace.kinds.keys()].filter((at) => trace.parts[at] === replica.id && trace.kinds[at] !== recordKinds.exists);
    expect(atReplica.map((at) => [trace.timesMs[at], trace.kinds[at], trace.subjects[at], trace.values[at]])).toEqual([
      [100, recordKinds.flight, 0, 110],
      [110, recordKinds.enter, 0, group.nodes[0].id],
      [110, recordKinds.leave, 0, fates.completed],
    ]);
    const visits = spansOf(trace, { seed: 1 }).filter(({ part }) => part === replica.name);
    expect(visits.map(({ step, startMs, endMs, fate }) => [step, startMs, endMs, fate])).toContainEqual(['visit', 110, 110, 'completed']);
    expect(createReplay(trace).stateAt(1000).parts[replica.id].inside).toBe(0);
  });
});

describe('a group refuses', () => {
  const build = (options: Partial<ReplicaGroupOptions>) => () => new ReplicaGroup(newSystem(), { nodes: 3, ...options });

  test('impossible numbers, with what was given and what is allowed', () => {
    for (const nodes of [0, -1, 2.5, Number.NaN, 101]) expect(build({ nodes })).toThrow(RangeError);
    expect(build({ nodes: [] })).toThrow('database has 0 nodes');
    expect(build({ acknowledgement: synchronous(3) })).toThrow('waits for 3 replicas; of 3 nodes at most 2 are');
    expect(build({ acknowledgement: synchronous(-1) })).toThrow(RangeError);
    expect(build({ acknowledgement: semiSynchronous(1, 0) })).toThrow('time to fall back');
    expect(build({ applyMs: -1 })).toThrow('time to apply a write');
    expect(build({ heartbeatMs: 0 })).toThrow('time between heartbeats');
    expect(build({ standby: { isApplying: true, shipEveryMs: Number.NaN, promotionMs: 0 } })).toThrow('interval of shipping');
    expect(build({ failover: { timeoutMs: [300, 150] } })).toThrow('An election timeout lies between 300 and 150 ms');
    expect(build({ failover: { timeoutMs: [150, 300], votes: 4 } })).toThrow('needs 4 votes; there are only 3 nodes');
    expect(build({ failover: { timeoutMs: [150, 300], votes: 0 } })).toThrow(RangeError);
    expect(build({ failover: { timeoutMs: [150, 300], killMs: -1 } })).toThrow('time to kill');
    expect(build({ failover: { timeoutMs: [150, 300], restMs: Infinity } })).toThrow('rest');
    expect(build({ failover: { timeoutMs: [150, 300], leaseMs: 0 } })).toThrow('lease');
    expect(build({ wire: { delayMs: -1 } })).toThrow('delay');
    expect(build({ nodes: [{ clock: { rate: 0 } }] })).toThrow('rate of the clock');
  });

  test('a front with the wrong number of targets, or that reads from nowhere', () => {
    const system = newSystem();
    const group = new ReplicaGroup(system, { nodes: 2 });
    expect(() => new ReplicaFront(system, group, { name: 'a', targets: [group.nodes[0]] })).toThrow(
      'a has 1 targets; it needs one for each of 2',
    );
    expect(() => new ReplicaFront(system, group, { name: 'b', reads: 2 })).toThrow('b goes to node 2; there are 2, from 0');
    expect(() => new ReplicaFront(system, group, { name: 'c', writes: -1 })).toThrow(RangeError);
    expect(() => new ReplicaFront(system, group, { name: 'd', switchMs: -1 })).toThrow('time to switch');
  });
});
