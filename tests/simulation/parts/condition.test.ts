import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Server, type ServerOptions } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import type { Intervention } from '../../../src/simulation/parts/system';
import { createReplay } from '../../../src/simulation/record/replay';
import { partStates } from '../../../src/simulation/record/trace';
import { finish, newSystem, type Script, sendScript } from '../scripted';

function serve(script: Script, interventions: Intervention[], options: Partial<ServerOptions> = {}) {
  const system = newSystem();
  const server = new Server(system, { name: 'server', ...options });
  const { endings } = sendScript(system, script, server);
  system.intervene(interventions);
  finish(system, 1000);
  return { system, server, ends: endings.map(({ request, atMs, fate }) => [request, atMs, fate]) };
}
const done = fates.completed;

describe('the condition of a machine', () => {
  test('a pause holds what is inside and what comes, and loses nothing', () => {
    const { ends } = serve({ arrivals: [0, 5], works: 4 }, [{ atMs: 3, untilMs: 13, verb: 'pause', targets: ['server'] }]);
    expect(ends).toEqual([
      [0, 14, done],
      [1, 18, done],
    ]);
  });

  test('who arrives at a free place during a pause begins with its end', () => {
    const { ends } = serve({ arrivals: [5], works: 4 }, [{ atMs: 3, untilMs: 13, verb: 'pause', targets: ['server'] }]);
    expect(ends).toEqual([[0, 17, done]]);
  });

  test('slowness that comes during a pause counts from its end', () => {
    const { ends } = serve({ arrivals: [0], works: 8 }, [
      { atMs: 4, untilMs: 10, verb: 'pause', targets: ['server'] },
      { atMs: 6, verb: 'slow', targets: ['server'], arguments: { factor: 0.5 } },
    ]);
    expect(ends).toEqual([[0, 18, done]]);
  });

  test('a crash ends a pause: what was held is lost, and a restored server runs', () => {
    const { ends } = serve({ arrivals: [0, 20], works: 4 }, [
      { atMs: 1, verb: 'pause', targets: ['server'] },
      { atMs: 5, untilMs: 15, verb: 'crash', targets: ['server'] },
    ]);
    expect(ends).toEqual([
      [0, 5, fates.lost],
      [1, 24, done],
    ]);
  });

  test('a restart is a crash that ends by itself', () => {
    const { ends } = serve({ arrivals: [0, 12, 30], works: 20 }, [
      { atMs: 10, verb: 'restart', targets: ['server'], arguments: { downMs: 15 } },
    ]);
    expect(ends).toEqual([
      [0, 10, fates.lost],
      [1, 12, fates.failed],
      [2, 50, done],
    ]);
  });

  test('a supervised server comes back so long after any crash, once', () => {
    const { server } = serve(
      { arrivals: [], works: 1 },
      [
        { atMs: 10, verb: 'crash', targets: ['server'] },
        { atMs: 20, verb: 'restore', targets: ['server'] },
        { atMs: 30, verb: 'crash', targets: ['server'] },
      ],
      { restartAfterMs: 15 },
    );
    // The plan of the first crash (25) is void: it must not raise the server at 40 twice, nor hide the second crash.
    expect(server.isUp).toBe(true);
  });

  test('a server that has just started warms up in ten steps', () => {
    const { ends } = serve({ arrivals: [10], works: 10.25 }, [{ atMs: 0, untilMs: 10, verb: 'crash', targets: ['server'] }], {
      warmUp: { fromFactor: 0.5, overMs: 10 },
    });
    // Work done in the ten ms of warming: 0.5 + 0.55 + … + 0.95 = 7.25; then 3 at full speed.
    expect(ends[0][1]).toBeCloseTo(23, 9);
    expect(ends[0][2]).toBe(done);
  });

  test('the replay tells paused and warming, and shows the true end of a service after a pause', () => {
    const { system } = serve({ arrivals: [0], works: 8 }, [{ atMs: 4, untilMs: 10, verb: 'pause', targets: ['server'] }]);
    const replay = createReplay(system.simulation.recorder.finish(1000));
    const at = (tMs: number) => replay.stateAt(tMs).parts.find(({ part }) => part.name === 'server');
    expect(at(5)?.state).toBe(partStates.paused);
    expect(at(5)?.endsMs[0]).toBe(Infinity);
    expect(at(11)?.state).toBe(partStates.up);
    expect(at(11)?.endsMs[0]).toBe(14);
  });

  test('a shared processor pauses too', () => {
    const system = newSystem();
    const processor = new SharedProcessor(system, { name: 'processor' });
    const { endings } = sendScript(system, { arrivals: [0, 0], works: 4 }, processor);
    system.intervene([{ atMs: 2, untilMs: 12, verb: 'pause', targets: ['processor'] }]);
    finish(system, 1000);
    expect(endings.map(({ atMs }) => atMs)).toEqual([18, 18]);
  });

  test('a recording that opens in a pause reads like the whole one', () => {
    const traceOf = (fromMs: number) => {
      const system = newSystem({ detail: 'all', fromMs });
      const server = new Server(system, { name: 'server' });
      sendScript(system, { arrivals: [0, 1], works: 8 }, server);
      system.intervene([{ atMs: 4, untilMs: 10, verb: 'pause', targets: ['server'] }]);
      finish(system, 100);
      return { hash: system.simulation.recorder.digest(), trace: system.simulation.recorder.finish(100) };
    };
    const whole = traceOf(0);
    const late = traceOf(6);
    expect(late.hash).toBe(whole.hash);
    for (const tMs of [11, 13.9, 14.1, 20]) {
      const [a, b] = [whole, late].map(({ trace }) =>
        createReplay(trace)
          .stateAt(tMs)
          .parts.find(({ part }) => part.name === 'server'),
      );
      expect(b?.serving).toEqual(a?.serving);
      expect(b?.endsMs[0]).toBe(a?.endsMs[0]);
      expect(b?.waiting.length).toBe(a?.waiting.length);
    }
  });

  test('refuses a warm-up or a restart that makes no sense, by name', () => {
    expect(() => serve({ arrivals: [], works: 1 }, [], { warmUp: { fromFactor: 0, overMs: 10 } })).toThrow('server warms up from 0');
    expect(() => serve({ arrivals: [], works: 1 }, [], { restartAfterMs: -1 })).toThrow('The time to restart of server is -1');
  });
});
