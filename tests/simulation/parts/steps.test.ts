import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { fates } from '../../../src/simulation/measure/accounts';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { Steps } from '../../../src/simulation/parts/steps';
import type { Intervention } from '../../../src/simulation/parts/system';
import { jacksonNetwork } from '../../../src/simulation/theory/jackson';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { cases } from '../../cases';
import { newSystem, sendScript } from '../scripted';

function machine(interventions: Intervention[] = [], queueCapacity = Infinity) {
  const system = newSystem();
  const cpu = new Server(system, { name: 'cpu' });
  const disk = new Server(system, { name: 'disk', queueCapacity });
  const steps = new Steps(
    system,
    [
      { part: cpu, workMs: () => 10 },
      { part: disk, workMs: () => 30, isNeeded: (call) => call.request % 2 === 0 },
      { part: cpu, workMs: () => 5 },
    ],
    { name: 'machine', resources: [cpu, disk] },
  );
  system.intervene(interventions);
  return { system, cpu, disk, steps };
}

describe('steps', () => {
  test('ask one part after the other, leave out what a call does not need, and may come back to a part', () => {
    const { system, steps, cpu } = machine();
    const { endings } = sendScript(system, { arrivals: [0, 1], works: 1 }, steps);
    system.simulation.runUntil(1000);
    system.simulation.audit();
    // Request 1 takes the processor at 10, and again at 20 for its last step, since it needs no disk; request 0 comes back at 40.
    expect(endings.map(({ request, atMs }) => [request, atMs])).toEqual([
      [1, 25],
      [0, 45],
    ]);
    expect(cpu.accounts().completed).toBe(4);
  });

  test('end at the first step that fails', () => {
    const { system, steps, cpu } = machine([], 0);
    const { endings } = sendScript(system, { arrivals: [0, 1, 2], works: 1 }, steps);
    system.simulation.runUntil(1000);
    system.simulation.audit();
    // Request 2 finds the disk taken by request 0 at 30, and nobody may wait there.
    expect(endings.map(({ request, fate }) => [request, fate])).toContainEqual([2, fates.rejected]);
    expect(cpu.accounts().opened).toBe(5);
  });

  test('lose all that is inside when the machine crashes, and refuse until it is back', () => {
    const { system, steps, disk } = machine([{ atMs: 36, untilMs: 100, verb: 'crash', targets: ['machine'] }]);
    const { endings, source } = sendScript(system, { arrivals: [0, 1, 2, 50, 100], works: 1 }, steps);
    system.simulation.runUntil(1000);
    system.simulation.audit();
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [1, 35, fates.completed],
      [0, 36, fates.lost],
      [2, 36, fates.lost],
      [3, 50, fates.failed],
      [4, 145, fates.completed],
    ]);
    expect(source.accounts()).toMatchObject({ opened: 5, completed: 2, lost: 2, failed: 1, open: 0 });
    expect(disk.accounts()).toMatchObject({ abandoned: 2 });
  });

  test('slow the resources of the machine down with it', () => {
    const { system, steps } = machine([{ atMs: 5, untilMs: 25, verb: 'slow', targets: ['machine'], arguments: { factor: 0.5 } }]);
    const { endings } = sendScript(system, { arrivals: [1], works: 1 }, steps);
    system.simulation.runUntil(1000);
    // 4 of 10 done at 5; the other 6 take 12, until 17; the disk does 4 of its 30 until 25 and the rest until 51; then 5.
    expect(endings[0].atMs).toBe(56);
  });

  test('refuse to be nothing', () => {
    expect(() => new Steps(newSystem(), [], { name: 'machine' })).toThrow(/machine has no steps/);
  });

  test('take as long as a network of stations does, by its formula', () => {
    const perSecond = 60;
    const means: number[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const system = newSystem({ detail: 'none' }, seed);
      const cpu = new Server(system, { name: 'cpu', concurrency: 2 });
      const network = new Server(system, { name: 'network' });
      const stream = system.simulation.random.stream('works');
      const steps = new Steps(system, [
        { part: cpu, workMs: () => exponential(stream.next(), 20) },
        { part: network, workMs: () => exponential(stream.next(), 10) },
      ]);
      const arrivals = poissonArrivals(perSecond, system.simulation.random.stream('arrivals'));
      const source = new Source(system, { arrivals, workMs: () => 0 }).to(steps);
      system.simulation.runUntil(600_000);
      system.simulation.audit();
      means.push(source.response.mean);
    }
    const formula = jacksonNetwork([
      { arrivalsPerSecond: perSecond, serviceMs: 20, servers: 2, next: [0, 1] },
      { arrivalsPerSecond: 0, serviceMs: 10 },
    ]).responseMs;
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
    const variance = means.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (means.length - 1);
    expect(Math.abs(mean - formula)).toBeLessThan(4 * Math.sqrt(variance / means.length));
  });

  test('balance their books under random faults, and hash alike however much is recorded', () => {
    const fault = fc
      .record({
        verb: fc.constantFrom('crash', 'slow', 'pause', 'restart'),
        target: fc.constantFrom('machine', 'cpu', 'disk'),
        atMs: fc.integer({ min: 0, max: 900 }),
        lastsMs: fc.integer({ min: 1, max: 300 }),
      })
      .map(({ verb, target, atMs, lastsMs }): Intervention => ({ atMs, untilMs: atMs + lastsMs, verb, targets: [target] }));
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 5 }), fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 }), (faults, times) => {
        const run = (detail: 'all' | 'none'): string => {
          const system = newSystem({ detail });
          const cpu = new Server(system, { name: 'cpu' });
          const disk = new Server(system, { name: 'disk', queueCapacity: 3 });
          const steps = new Steps(
            system,
            [
              { part: cpu, workMs: () => 10 },
              { part: disk, workMs: () => 30 },
            ],
            { name: 'machine', resources: [cpu, disk] },
          );
          system.intervene(faults);
          sendScript(system, { arrivals: [...times].sort((a, b) => a - b), works: 1 }, steps);
          system.simulation.runUntil(2000);
          system.simulation.audit();
          return system.simulation.recorder.digest();
        };
        expect(run('all')).toBe(run('none'));
      }),
      { numRuns: cases },
    );
  });
});
