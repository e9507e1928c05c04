// Sketch of the experiment replication: a primary and replicas, how a write is acknowledged, a crash of the primary, reads from replicas.

import { describe, expect, test } from 'vitest';
import {
  type Acknowledgement,
  asynchronous,
  poissonArrivals,
  ReplicaFront,
  ReplicaGroup,
  requestMix,
  Source,
  System,
  standbys,
  synchronous,
} from '../../../src/simulation/index';

function run({ acknowledgement, reads = 'primary' }: { acknowledgement: Acknowledgement; reads?: 'primary' | 'replicas' }, seed: number) {
  const system = new System({ seed });
  const group = new ReplicaGroup(system, {
    nodes: 3,
    acknowledgement,
    wire: { delayMs: 20 },
    // The log goes out five times a second; a write that must be acknowledged is not held back for that.
    standby: { ...standbys.hot, shipEveryMs: acknowledgement.replicas === 0 ? 200 : 0 },
    failover: { timeoutMs: [150, 300] },
  });
  const front = new ReplicaFront(system, group, { reads });
  const source = new Source(system, {
    arrivals: poissonArrivals(200, system.simulation.random.stream('arrivals')),
    workMs: requestMix([
      { name: 'write', share: 1, workMs: () => 0 },
      { name: 'read', share: 1, workMs: () => 0 },
    ]),
    clients: 20,
  }).to(front);
  system.intervene([{ atMs: 5000, verb: 'crash', targets: ['database/1'] }]);
  system.simulation.runUntil(10_000);
  system.simulation.audit();
  return { group, source, lost: group.lostWrites().length, writeMs: source.responseByClass[0].percentile(50), books: front.books };
}

describe('replication', () => {
  test('asynchronous writes are quick, and those not yet shipped are lost with the primary', () => {
    const { lost, writeMs, group } = run({ acknowledgement: asynchronous }, 1);
    expect(writeMs).toBeLessThan(1);
    expect(lost).toBeGreaterThan(0);
    expect(group.failovers.length).toBeGreaterThan(0);
  });

  test('writes that wait for a majority cost a round trip and survive', () => {
    for (const seed of [1, 2, 3]) {
      const { lost, writeMs } = run({ acknowledgement: synchronous(1) }, seed);
      expect(writeMs).toBeGreaterThanOrEqual(40);
      expect(lost).toBe(0);
    }
  });
});
