import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Server } from '../../../src/simulation/parts/server';
import { SharedLine, type SharedLineOptions } from '../../../src/simulation/parts/sharedLine';
import type { Intervention } from '../../../src/simulation/parts/system';
import { cases } from '../../cases';
import { newSystem, type Script, sendScript } from '../scripted';

function run(
  script: Script,
  count: number,
  options: SharedLineOptions = {},
  interventions: Intervention[] = [],
  detail: 'all' | 'none' = 'all',
) {
  const system = newSystem({ detail });
  const servers = Array.from({ length: count }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
  const line = new SharedLine(system, servers, options);
  system.intervene(interventions);
  const { endings, source } = sendScript(system, script, line);
  system.simulation.runUntil(100_000);
  system.simulation.audit();
  return { system, servers, line, endings, source };
}

describe('one line for several servers', () => {
  test('lets whoever is free take the next call, first come first served', () => {
    const { endings, line } = run({ arrivals: [0, 1, 2, 3], works: [30, 10, 10, 10] }, 2);
    expect(endings.map(({ request, atMs }) => [request, atMs])).toEqual([
      [1, 11],
      [2, 21],
      [0, 30],
      [3, 31],
    ]);
    expect(line.longestLine).toBe(2);
  });

  test('gives idle servers work in turns', () => {
    const { servers } = run({ arrivals: [0, 100, 200, 300], works: 10 }, 2);
    expect(servers.map((server) => server.accounts().completed)).toEqual([2, 2]);
  });

  test('turns away who finds the line full', () => {
    const { endings } = run({ arrivals: [0, 1, 2], works: 10 }, 1, { queueCapacity: 1 });
    expect(endings.map(({ request, fate }) => [request, fate])).toEqual([
      [2, fates.rejected],
      [0, fates.completed],
      [1, fates.completed],
    ]);
  });

  test('sends nothing to a server that is down, and loses only what it held', () => {
    const down: Intervention = { atMs: 5, untilMs: 100, verb: 'crash', targets: ['servers/1'] };
    const { endings, servers } = run({ arrivals: [0, 1, 6, 7], works: 20 }, 2, {}, [down]);
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [0, 5, fates.failed],
      [1, 21, fates.completed],
      [2, 41, fates.completed],
      [3, 61, fates.completed],
    ]);
    expect(servers[0].accounts().opened).toBe(1);
  });

  test('waits while all are down, and goes on in the instant in which one is back', () => {
    const down: Intervention = { atMs: 0, untilMs: 50, verb: 'crash', targets: ['servers/1'] };
    const { endings } = run({ arrivals: [10], works: 20 }, 1, {}, [down]);
    expect(endings).toMatchObject([{ atMs: 70, fate: fates.completed }]);
  });

  test('is, with equal servers, the server with as many places: every response takes as long', () => {
    const script = fc
      .array(fc.record({ gapMs: fc.integer({ min: 0, max: 30 }), workMs: fc.integer({ min: 1, max: 100 }) }), {
        minLength: 1,
        maxLength: 60,
      })
      .map((requests): Script => {
        let atMs = 0;
        return { arrivals: requests.map(({ gapMs }) => (atMs += gapMs)), works: requests.map(({ workMs }) => workMs) };
      });
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 5 }), (given, count) => {
        const system = newSystem({ detail: 'none' });
        const whole = new Server(system, { name: 'server', concurrency: count });
        const { endings } = sendScript(system, given, whole);
        system.simulation.runUntil(100_000);
        const byRequest = (list: typeof endings) => [...list].sort((a, b) => a.request - b.request).map(({ responseMs }) => responseMs);
        expect(byRequest(run(given, count).endings)).toEqual(byRequest(endings));
      }),
      { numRuns: Math.ceil(cases / 2) },
    );
  });

  test('balances its books under random crashes, and hashes alike however much is recorded', () => {
    const fault = fc
      .record({
        verb: fc.constantFrom('crash', 'slow', 'pause'),
        server: fc.integer({ min: 1, max: 3 }),
        atMs: fc.integer({ min: 0, max: 900 }),
        lastsMs: fc.integer({ min: 1, max: 300 }),
      })
      .map(({ verb, server, atMs, lastsMs }): Intervention => ({ atMs, untilMs: atMs + lastsMs, verb, targets: [`servers/${server}`] }));
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 6 }), fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 }), (faults, times) => {
        const script: Script = { arrivals: [...times].sort((a, b) => a - b), works: 40 };
        const hash = (detail: 'all' | 'none') => run(script, 3, { queueCapacity: 5 }, faults, detail).system.simulation.recorder.digest();
        expect(hash('all')).toBe(hash('none'));
      }),
      { numRuns: Math.ceil(cases / 2) },
    );
  });

  test('refuses to be without servers', () => {
    expect(() => new SharedLine(newSystem(), [])).toThrow(/has no servers/);
  });
});
