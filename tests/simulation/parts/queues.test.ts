// The parts against theory, over replications: every seed within 4 standard errors of a run of its length, and the mean of the
// seeds within 4 of theirs, which catches a small bias that single runs hide. The standard error comes from the replications
// themselves; where q.runlength applies (M/M/1) it bounds them too. Each run measures after a warm-up.

import { describe, expect, test } from 'vitest';
import { bimodal, deterministic, exponential, hyperexponential2 } from '../../../src/simulation/kernel/distributions';
import { mean, sampleVariance } from '../../../src/simulation/measure/confidence';
import { Level } from '../../../src/simulation/measure/level';
import { Balancer } from '../../../src/simulation/parts/balancer';
import type { Part } from '../../../src/simulation/parts/call';
import { leastConnections } from '../../../src/simulation/parts/policies/leastConnections';
import type { PolicyOf } from '../../../src/simulation/parts/policies/policy';
import { randomChoice } from '../../../src/simulation/parts/policies/random';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import type { Draw } from '../../../src/simulation/workload/draws';
import jsq from '../../vectors/q.jsq.json';
import lb from '../../vectors/q.lb.json';
import mg1 from '../../vectors/q.mg1.json';
import bimodalVector from '../../vectors/q.mg1_bimodal.json';
import mm1 from '../../vectors/q.mm1.json';
import mmc from '../../vectors/q.mmc.json';
import runLength from '../../vectors/q.runlength.json';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

interface Setting {
  arrivalsPerMs: number;
  work: Draw;
  part: (system: System) => Part;
  requests: number;
}

/** Mean response of the requests that arrived after the warm-up, the mean number inside after it, and the number that was served. */
function measure({ arrivalsPerMs, work, part, requests }: Setting, seed: number) {
  const horizonMs = requests / arrivalsPerMs;
  const warmUpMs = horizonMs / 10;
  const system = new System({ seed });
  let sum = 0;
  let count = 0;
  const source = new Source(system, {
    arrivals: poissonArrivals(arrivalsPerMs * 1000, system.simulation.random.stream('arrivals')),
    workMs: work,
    onEnd(call, _fate, responseMs) {
      if (call.openedMs < warmUpMs) return;
      sum += responseMs;
      count++;
    },
  }).to(part(system));
  const inside = new Level(warmUpMs);
  source.inside.series = { set: (nowMs: number, value: number) => inside.set(nowMs, value) } as never;
  system.simulation.runUntil(horizonMs);
  system.simulation.audit();
  return { responseMs: sum / count, inside: inside.mean(horizonMs) };
}

/** T2: each replication at 4σ and their mean at 4σ/√n. */
function expectAround(values: readonly number[], expected: number): void {
  const sigma = Math.sqrt(sampleVariance(values));
  for (const value of values) expect(Math.abs(value - expected)).toBeLessThan(4 * sigma);
  expect(Math.abs(mean(values) - expected)).toBeLessThan((4 * sigma) / Math.sqrt(values.length));
  // A gate that is too wide to see a bias is no gate.
  expect(sigma / Math.sqrt(values.length) / expected).toBeLessThan(0.04);
}

const typical: Draw = (u) => exponential(u, 1);
const station = (concurrency: number) => (system: System) => new Server(system, { name: 'server', concurrency });

function balanced(servers: number, policy: (system: System) => PolicyOf): Setting['part'] {
  return (system) => {
    const targets = Array.from({ length: servers }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
    return new Balancer(system, targets, { policy: policy(system) });
  };
}

describe('the parts against theory', () => {
  test.each(mm1.data.filter(({ rho }) => rho <= 0.85).map((row) => [row.rho, row] as const))(
    'M/M/1 at ρ = %s: mean response and mean number inside',
    (rho, row) => {
      const requests = rho > 0.8 ? 120_000 : 40_000;
      const results = seeds.map((seed) => measure({ arrivalsPerMs: rho, work: typical, part: station(1), requests }, seed));
      expectAround(
        results.map(({ responseMs }) => responseMs),
        row.W,
      );
      const inside = results.map((result) => result.inside);
      expectAround(inside, row.L);
      // The spread of the replications is the one that the asymptotic variance foretells, within what 10 of them can tell.
      const foretold = Math.sqrt(row.asymVarL / ((0.9 * requests) / rho));
      expect(Math.sqrt(sampleVariance(inside)) / foretold).toBeGreaterThan(0.35);
      expect(Math.sqrt(sampleVariance(inside)) / foretold).toBeLessThan(2);
      for (const value of inside) expect(Math.abs(value - row.L)).toBeLessThan(4.5 * foretold);
    },
  );

  test('the asymptotic variance used as a gate is that of the table of run lengths', () => {
    for (const { rho, halfwidth_rel, service_times } of runLength.data) {
      const halfWidth = (2.576 * Math.sqrt((2 * rho * (1 + rho)) / (1 - rho) ** 4 / service_times)) / (rho / (1 - rho));
      expect(Math.abs(halfWidth / halfwidth_rel - 1)).toBeLessThan(0.001);
    }
  });

  test.each(mmc.data.filter(({ c, rho }) => rho <= 0.9 && c > 1 && c <= 16).map((row) => [row.c, row.rho, row] as const))(
    'M/M/%s at ρ = %s: mean response',
    (c, rho, row) => {
      const results = seeds.map((seed) =>
        measure({ arrivalsPerMs: c * rho, work: typical, part: station(c), requests: rho > 0.8 ? 60_000 : 25_000 }, seed),
      );
      expectAround(
        results.map(({ responseMs }) => responseMs),
        row.W,
      );
    },
  );

  const services: Record<string, Draw> = {
    deterministic: (u) => deterministic(u, 1),
    exponential: typical,
    'hyperexp cv2=4': (u) => hyperexponential2(u, 1, 4),
  };
  test.each(mg1.data.rows.filter(([, , rho]) => (rho as number) <= 0.8) as [string, number, number, number, number, number, number][])(
    'M/G/1, %s service (cs² = %s) at ρ = %s: mean response',
    (service, _cs2, rho, _lq, _wq, responseMs) => {
      const requests = service.startsWith('hyper') ? 100_000 : 40_000;
      const results = seeds.map((seed) => measure({ arrivalsPerMs: rho, work: services[service], part: station(1), requests }, seed));
      expectAround(
        results.map((result) => result.responseMs),
        responseMs,
      );
    },
  );

  test('M/G/1 with a few long jobs', () => {
    const row = bimodalVector.data[1];
    const work: Draw = (u) => bimodal(u, row.p, row.s1, row.s2);
    const results = seeds.map((seed) => measure({ arrivalsPerMs: row.lambda_, work, part: station(1), requests: 40_000 }, seed));
    expectAround(
      results.map(({ responseMs }) => responseMs),
      row.W,
    );
  });

  test('a shared processor has the mean response of M/M/1 whatever the distribution of work', () => {
    for (const work of [typical, services['hyperexp cv2=4']]) {
      const part = (system: System) => new SharedProcessor(system, { name: 'processor' });
      const results = seeds.map((seed) => measure({ arrivalsPerMs: 0.7, work, part, requests: 20_000 }, seed));
      expectAround(
        results.map(({ responseMs }) => responseMs),
        1 / 0.3,
      );
    }
  });

  test.each(lb.data.rows.filter(([, rho]) => rho <= 0.8))('%s servers at ρ = %s: random split and round robin', (n, rho, random, robin) => {
    const requests = rho > 0.6 ? 25_000 * Math.sqrt(n) : 12_000;
    const run = (policy: (system: System) => PolicyOf) =>
      seeds.map((seed) => measure({ arrivalsPerMs: n * rho, work: typical, part: balanced(n, policy), requests }, seed).responseMs);
    const byChance = run((system) => randomChoice(system.simulation.random.key('balancer')));
    const inTurn = run(() => roundRobin);
    expectAround(byChance, random);
    expectAround(inTurn, robin);
    expect(mean(inTurn)).toBeLessThan(mean(byChance));
  });

  test.each(jsq.data.rows)('join the shortest of %s queues at ρ = %s, ties by chance', (n, rho, expected) => {
    const policy = (system: System) => leastConnections({ randomKey: system.simulation.random.key('ties') });
    const results = seeds.map((seed) =>
      measure({ arrivalsPerMs: n * rho, work: typical, part: balanced(n, policy), requests: rho > 0.8 ? 80_000 : 20_000 }, seed),
    );
    expectAround(
      results.map(({ responseMs }) => responseMs),
      expected,
    );
  });
});
