import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { mean, sampleVariance } from '../../../src/simulation/measure/confidence';
import { type Discipline, Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { createReplay } from '../../../src/simulation/record/replay';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { requestMix } from '../../../src/simulation/workload/requestClasses';
import priority from '../../vectors/q.priority.json';
import { finish, newSystem, sendScript } from '../scripted';

/** When each request left. The key of a request is its urgency. */
function departures(discipline: Discipline, arrivals: number[], works: number[], keys?: number[], options: object = {}) {
  const system = newSystem();
  const server = new Server(system, { name: 'server', discipline, priority: (call) => call.key, ...options });
  const { endings } = sendScript(system, { arrivals, works, keys }, server);
  finish(system, 1000);
  const ends: number[] = [];
  for (const { request, atMs } of endings) ends[request] = atMs;
  return { ends, server, system };
}

describe('who is served next', () => {
  test('shortest first takes the least work in line, and interrupts nobody', () => {
    expect(departures('shortest-first', [0, 1, 2, 3], [10, 7, 2, 2]).ends).toEqual([10, 21, 12, 14]);
  });

  test('shortest remaining interrupts for less work than is left, and keeps what was done', () => {
    const { ends, server } = departures('shortest-remaining', [0, 1, 2, 3], [10, 7, 2, 2]);
    // At 1 the first has 9 left and gives way to 7; at 2 that has 6 left and gives way to 2; at 3 one ms is left: nobody gives way.
    expect(ends).toEqual([21, 12, 4, 6]);
    expect(server.interrupted).toBe(2);
    // Waited: 0 → 11 ms after being put back, 1 → 4 ms after being put back, 2 → none, 3 → 1 ms.
    expect(server.waitedMs).toBe(11 + 4 + 0 + 1);
    expect(server.started).toBe(4);
  });

  test('an equal remaining work does not interrupt', () => {
    expect(departures('shortest-remaining', [0, 5], [10, 5]).ends).toEqual([10, 15]);
  });

  test('priority serves the most urgent class next and those of a class as they came', () => {
    expect(departures('priority', [0, 1, 2, 3, 4], [5, 5, 5, 5, 5], [1, 1, 0, 1, 0]).ends).toEqual([5, 20, 10, 25, 15]);
  });

  test('an interrupting priority takes the place of the less urgent at once; the interrupted goes on before others of its class', () => {
    const { ends } = departures('priority-interrupting', [0, 1, 2], [5, 5, 5], [1, 1, 0]);
    expect(ends).toEqual([10, 15, 7]);
  });

  test('of several services the least urgent is interrupted', () => {
    const { ends } = departures('priority-interrupting', [0, 0, 1], [6, 6, 4], [1, 2, 0], { concurrency: 2 });
    expect(ends).toEqual([6, 10, 5]);
  });

  test('a full line rejects the urgent too: what was accepted is kept', () => {
    const { server } = departures('priority-interrupting', [0, 1, 2], [5, 5, 5], [1, 1, 0], { queueCapacity: 1 });
    expect(server.accounts()).toMatchObject({ completed: 2, rejected: 1 });
  });

  test('a slow spell stretches the work that is left of interrupted services as well', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', discipline: 'shortest-remaining' });
    const { endings } = sendScript(system, { arrivals: [0, 2], works: [10, 4] }, server);
    system.intervene([{ atMs: 4, verb: 'slow', targets: ['server'], arguments: { factor: 0.5 } }]);
    finish(system, 1000);
    // 2 ms of 4 are left at 4 and take 4; 8 ms of 10 are left and take 16.
    expect(endings.map(({ request, atMs }) => [request, atMs])).toEqual([
      [1, 8],
      [0, 24],
    ]);
  });

  test('the replay shows the interrupted in line and the urgent in service, and the busy time is one server', () => {
    const { system } = departures('shortest-remaining', [0, 1, 2, 3], [10, 7, 2, 2]);
    const replay = createReplay(system.simulation.recorder.finish(1000));
    const server = replay.stateAt(2.5).parts.find(({ part }) => part.name === 'server');
    expect(server?.serving).toEqual([2]);
    expect(server?.waiting.length).toBe(2);
    expect(replay.utilization(server?.part.id ?? -1, 0, 21)).toBeCloseTo(1, 12);
  });

  test('work in place under crowding goes at the speed of the crowd, changed at every coming and going', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 2, speedWith: (busy) => (busy === 2 ? 0.5 : 1) });
    const { endings } = sendScript(system, { arrivals: [0, 4], works: [8, 8] }, server);
    finish(system, 1000);
    // 4 done by 4, then half speed: 4 left take 8 (until 12), in which the second does 4; the rest at full speed.
    expect(endings.map(({ atMs }) => atMs)).toEqual([12, 16]);
  });
});

describe('two classes at one server', () => {
  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

  function waits(discipline: Discipline, rates: [number, number], seed: number): { waitMs: number[]; responseMs: number[] } {
    const system = new System({ seed });
    const arrivalsPerSecond = (rates[0] + rates[1]) * 1000;
    const horizonMs = 60_000;
    const sums = [0, 0];
    const counts = [0, 0];
    const typical = (u: number) => exponential(u, 1);
    const server = new Server(system, { name: 'server', discipline });
    new Source(system, {
      arrivals: poissonArrivals(arrivalsPerSecond, system.simulation.random.stream('arrivals')),
      workMs: requestMix([
        { name: 'urgent', share: rates[0], workMs: typical },
        { name: 'patient', share: rates[1], workMs: typical },
      ]),
      onEnd(call, _fate, responseMs) {
        if (call.openedMs < horizonMs / 10) return;
        sums[call.requestClass] += responseMs;
        counts[call.requestClass]++;
      },
    }).to(server);
    system.simulation.runUntil(horizonMs);
    system.simulation.audit();
    const responseMs = sums.map((sum, index) => sum / counts[index]);
    return { responseMs, waitMs: responseMs.map((value) => value - 1) };
  }

  /** T2: the mean of the seeds within four standard errors, which must be small enough to see a bias. */
  function expectMean(values: readonly number[], expected: number): void {
    const error = Math.sqrt(sampleVariance(values) / values.length);
    expect(Math.abs(mean(values) - expected)).toBeLessThan(4 * error);
    expect(error / expected).toBeLessThan(0.06);
  }

  const row = priority.data[0];

  test(`wait as Cobham says without interruption (λ = ${row.l1}, ${row.l2})`, () => {
    const runs = seeds.map((seed) => waits('priority', [row.l1, row.l2], seed).waitMs);
    expectMean(
      runs.map(([urgent]) => urgent),
      row.np_Wq1,
    );
    expectMean(
      runs.map(([, patient]) => patient),
      row.np_Wq2,
    );
  });

  test(`stay as the formula says with interruption (λ = ${row.l1}, ${row.l2})`, () => {
    const runs = seeds.map((seed) => waits('priority-interrupting', [row.l1, row.l2], seed).responseMs);
    expectMean(
      runs.map(([urgent]) => urgent),
      row.pr_T1,
    );
    expectMean(
      runs.map(([, patient]) => patient),
      row.pr_T2,
    );
  });
});
