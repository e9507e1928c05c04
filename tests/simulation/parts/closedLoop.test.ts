import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { mean, sampleVariance } from '../../../src/simulation/measure/confidence';
import { ClosedLoop } from '../../../src/simulation/parts/closedLoop';
import { Server } from '../../../src/simulation/parts/server';
import { System } from '../../../src/simulation/parts/system';
import closed from '../../vectors/q.closed.json';
import { finish, newSystem } from '../scripted';

describe('a closed loop', () => {
  test('each client waits for its answer before it thinks again', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const ends: [number, number][] = [];
    const loop = new ClosedLoop(system, {
      clients: 2,
      thinkMs: () => 10,
      workMs: () => 4,
      onEnd: (call) => ends.push([call.client, system.simulation.nowMs]),
    }).to(server);
    finish(system, 50);
    expect(ends).toEqual([
      [0, 14],
      [1, 18],
      [0, 28],
      [1, 32],
      [0, 42],
      [1, 46],
    ]);
    expect(loop.accounts()).toMatchObject({ opened: 6, completed: 6, open: 0 });
  });

  test('never has more requests inside than it has clients', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const loop = new ClosedLoop(system, { clients: 5, thinkMs: (u) => exponential(u, 1), workMs: (u) => exponential(u, 4) }).to(server);
    finish(system, 10_000);
    expect(loop.inside.highest).toBe(5);
  });

  test.each(closed.data.map((row) => [row.N, row.Z, row.S, row] as const))(
    '%d clients who think %d and need %d: throughput and response as mean value analysis says',
    (clients, think, work, row) => {
      const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
      const horizonMs = 20_000;
      const runs = seeds.map((seed) => {
        const system = new System({ seed });
        let sum = 0;
        let count = 0;
        new ClosedLoop(system, {
          clients,
          thinkMs: (u) => exponential(u, think),
          workMs: (u) => exponential(u, work),
          onEnd: (_call, _fate, responseMs) => {
            if (system.simulation.nowMs < horizonMs / 10) return;
            sum += responseMs;
            count++;
          },
        }).to(new Server(system, { name: 'server' }));
        system.simulation.runUntil(horizonMs);
        system.simulation.audit();
        return { responseMs: sum / count, perMs: count / (0.9 * horizonMs) };
      });
      const near = (values: number[], expected: number) => {
        const error = Math.sqrt(sampleVariance(values) / values.length);
        expect(Math.abs(mean(values) - expected)).toBeLessThan(4 * error);
        expect(error / expected).toBeLessThan(0.03);
      };
      near(
        runs.map(({ responseMs }) => responseMs),
        row.R,
      );
      near(
        runs.map(({ perMs }) => perMs),
        row.X,
      );
    },
  );

  test('a think time that is no time is refused with the name of the clients', () => {
    const system = newSystem();
    const loop = new ClosedLoop(system, { name: 'phones', clients: 1, thinkMs: () => Number.NaN, workMs: () => 1 });
    expect(() => loop.to(new Server(system, { name: 'server' }))).toThrow('A client of phones thinks for NaN ms');
  });
});
