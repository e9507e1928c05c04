import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server, type ServerOptions } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import { finish, newSystem, Probe, type Script, sendScript } from '../scripted';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];

function serve(script: Script, interventions: Interventions = [], options: Partial<ConstructorParameters<typeof Server>[1]> = {}) {
  const system = newSystem();
  const server = new Server(system, { name: 'server', ...options });
  const { source, endings } = sendScript(system, script, server);
  system.intervene(interventions);
  finish(system, 1000);
  return { system, server, source, ends: endings.map(({ request, atMs, fate }) => [request, atMs, fate]) };
}

describe('a server', () => {
  test('a crash loses who is inside, in service first, refuses who comes, and a restored server starts empty', () => {
    const { ends, server } = serve({ arrivals: [0, 1, 2, 12, 25], works: 10 }, [
      { atMs: 11, untilMs: 20, verb: 'crash', targets: ['server'] },
    ]);
    expect(ends).toEqual([
      [0, 10, fates.completed],
      [1, 11, fates.lost],
      [2, 11, fates.lost],
      [3, 12, fates.failed],
      [4, 35, fates.completed],
    ]);
    expect(server.accounts()).toMatchObject({ opened: 5, completed: 2, lost: 2, failed: 1, open: 0 });
  });

  test('a crash comes before a completion of the same instant, and before an arrival', () => {
    const { ends } = serve({ arrivals: [0, 10], works: 10 }, [{ atMs: 10, verb: 'crash', targets: ['server'] }]);
    expect(ends).toEqual([
      [0, 10, fates.lost],
      [1, 10, fates.failed],
    ]);
  });

  test('slow stretches what is in service by exactly the work that is left, and full speed shrinks it back', () => {
    const { ends } = serve({ arrivals: [0], works: 16 }, [
      { atMs: 8, untilMs: 16, verb: 'slow', targets: ['server'], arguments: { factor: 0.25 } },
    ]);
    // 8 ms of work by 8, 2 more by 16, 6 left.
    expect(ends).toEqual([[0, 22, fates.completed]]);
  });

  test('one slowness replaces another, and applies to whoever begins in it', () => {
    const { ends } = serve({ arrivals: [0, 0], works: 8 }, [
      { atMs: 4, verb: 'slow', targets: ['server'], arguments: { factor: 0.5 } },
      { atMs: 8, verb: 'slow', targets: ['server'], arguments: { factor: 2 } },
    ]);
    expect(ends).toEqual([
      [0, 9, fates.completed],
      [1, 13, fates.completed],
    ]);
  });

  test('the end of a slow spell does not raise a server that crashed in it', () => {
    const { ends, server } = serve({ arrivals: [0, 30], works: 5 }, [
      { atMs: 10, verb: 'crash', targets: ['server'] },
      { atMs: 12, untilMs: 20, verb: 'slow', targets: ['server'] },
    ]);
    expect(ends[1]).toEqual([1, 30, fates.failed]);
    expect(server.isUp).toBe(false);
  });

  test('with a queue capacity of 0 nobody waits; of 1, one does', () => {
    expect(serve({ arrivals: [0, 1, 2], works: 10 }, [], { queueCapacity: 0 }).ends.map(([, , fate]) => fate)).toEqual([
      fates.rejected,
      fates.rejected,
      fates.completed,
    ]);
    const { server, ends } = serve({ arrivals: [0, 1, 2], works: 10 }, [], { queueCapacity: 1 });
    expect(ends).toEqual([
      [2, 2, fates.rejected],
      [0, 10, fates.completed],
      [1, 20, fates.completed],
    ]);
    expect([server.rejected, server.longestLine, server.started, server.waitedMs]).toEqual([1, 1, 2, 9]);
  });

  test('speed divides the work, and last come first served takes the youngest', () => {
    const { ends } = serve({ arrivals: [0, 1, 2], works: 10 }, [], { speed: 2, discipline: 'last-come' });
    expect(ends.map(([request, atMs]) => [request, atMs])).toEqual([
      [0, 5],
      [2, 10],
      [1, 15],
    ]);
  });

  test('a request keeps its place while the server asks downstream', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database', workMs: () => 20 });
    const server = new Server(system, { name: 'server' }).asks(database);
    const { endings } = sendScript(system, { arrivals: [0, 0], works: 5 }, server);
    finish(system, 200);
    expect(endings.map(({ atMs }) => atMs)).toEqual([25, 50]);
    expect(server.utilization()).toBe(50 / 200);
    expect(database.utilization()).toBe(40 / 200);
  });

  test('a crash drops the question downstream; a crash of downstream fails the request and frees the place', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database', workMs: () => 20 });
    const server = new Server(system, { name: 'server' }).asks(database);
    const { endings } = sendScript(system, { arrivals: [0, 40, 42], works: 5 }, server);
    system.intervene([
      { atMs: 10, untilMs: 12, verb: 'crash', targets: ['server'] },
      { atMs: 50, untilMs: 52, verb: 'crash', targets: ['database'] },
    ]);
    finish(system, 200);
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [0, 10, fates.lost],
      [1, 50, fates.failed],
      [2, 75, fates.completed],
    ]);
    expect(database.accounts()).toMatchObject({ opened: 3, abandoned: 1, lost: 1, completed: 1 });
  });

  test('a canceled call leaves its place in service, or in the line, and the next begins at once', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const answered: [number, number][] = [];
    const caller = { reply: (call: { request: number }) => answered.push([call.request, system.simulation.nowMs]) };
    const front = new Probe(system, 'front');
    const link = system.link(front.id, server);
    const calls = [0, 1, 2, 3].map((request) => Object.assign(system.newCall(), { request, workMs: 10, caller }));
    system.simulation.at(0, () => {
      for (const call of calls) link.send(call);
    });
    system.simulation.at(4, () => link.cancel(calls[2]));
    system.simulation.at(5, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(answered).toEqual([
      [1, 15],
      [3, 25],
    ]);
    expect(server.accounts()).toMatchObject({ opened: 4, completed: 2, abandoned: 2, open: 0 });
  });

  test('refuses an impossible concurrency, capacity and speed with a sentence', () => {
    const system = newSystem();
    expect(() => new Server(system, { name: 'a', concurrency: 0 })).toThrow('The concurrency of a is 0; it must be a whole number from 1');
    expect(() => new Server(system, { name: 'a', queueCapacity: -1 })).toThrow('The queue capacity of a is -1');
    expect(() => new Server(system, { name: 'a', speed: 0 })).toThrow('The speed of a is 0; it must be a number above 0.');
    new Server(system, { name: 'a' });
    expect(() => new Server(system, { name: 'a' })).toThrow('Two parts are named a');
  });
});

describe('a server and deadlines', () => {
  /** The deadline of each request, by its number. */
  const run = (deadlines: number[], options: Partial<ServerOptions>, works: number | number[] = 10, arrivals = deadlines.map(() => 0)) => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', ...options });
    const accept = server.accept.bind(server);
    server.accept = (call) => {
      call.deadlineMs = deadlines[call.request];
      accept(call);
    };
    const { endings } = sendScript(system, { arrivals, works }, server);
    finish(system, 1000);
    return { server, endings: endings.map(({ request, atMs, fate }) => [request, atMs, fate]).sort(([a], [b]) => a - b) };
  };
  const { completed, timedOut } = fates;

  test('does not begin what is past its deadline, and says so when its turn has come', () => {
    const { server, endings } = run([100, 5, 10, 11, 21], { dropsExpired: true });
    expect(endings).toEqual([
      [0, 10, completed],
      [1, 10, timedOut],
      [2, 10, timedOut],
      [3, 20, completed],
      [4, 30, completed],
    ]);
    expect(server.accounts()).toMatchObject({ completed: 3, timedOut: 2, open: 0 });
    expect([server.started, server.waitedMs]).toEqual([3, 30]);
    expect(server.utilization()).toBe(0.03);
  });

  test('serves it for nobody unless told otherwise', () => {
    const { endings } = run([100, 5, 10], {});
    expect(endings.map(([, atMs, fate]) => [atMs, fate])).toEqual([
      [10, completed],
      [20, completed],
      [30, completed],
    ]);
  });

  test('finishes what it has begun, and turns away at once what comes too late', () => {
    const { endings } = run([5, 40], { dropsExpired: true, queueCapacity: 0 }, 10, [0, 40]);
    expect(endings).toEqual([
      [0, 10, completed],
      [1, 40, timedOut],
    ]);
  });

  test('frees its places when nobody in line is in time, whatever the discipline', () => {
    for (const discipline of ['first-come', 'last-come', 'shortest-first', 'priority-interrupting', 'shortest-remaining'] as const) {
      const { server, endings } = run([900, 30, 30, 30, 900], { dropsExpired: true, discipline, concurrency: 1 }, 50, [0, 1, 2, 3, 60]);
      expect(endings).toEqual([[0, 50, completed], ...[1, 2, 3].map((request) => [request, 50, timedOut]), [4, 110, completed]]);
      expect(server.books.busy.value).toBe(0);
    }
  });

  test('it is over a burst at once, where another works on for callers who have gone while the next ones go', () => {
    const every = Array.from({ length: 160 }, (_, index) => 20 + index * 12.5);
    const good = (dropsExpired: boolean) => {
      const system = newSystem({ detail: 'none' });
      const server = new Server(system, { name: 'server', dropsExpired });
      const client = new RetryingClient(system, { timeoutMs: 50, attempts: 1, withinMs: 50, cancelsOnTimeout: false }).asks(server);
      const { source } = sendScript(system, { arrivals: [...new Array(40).fill(0), ...every], works: 10 }, client);
      finish(system, 5000);
      expect(server.accounts().open).toBe(0);
      return source.accounts().completed;
    };
    expect(good(true)).toBeGreaterThan(155);
    expect(good(false)).toBeLessThan(60);
  });
});

describe('a shared processor', () => {
  test('crash, slow, restore and capacity', () => {
    const system = newSystem();
    const processor = new SharedProcessor(system, { name: 'processor', capacity: 2 });
    const { endings } = sendScript(system, { arrivals: [0, 0, 1, 50, 60, 100], works: 10 }, processor);
    system.intervene([
      { atMs: 10, untilMs: 20, verb: 'slow', targets: ['processor'], arguments: { factor: 0.5 } },
      { atMs: 55, untilMs: 65, verb: 'crash', targets: ['processor'] },
    ]);
    finish(system, 200);
    // Two share: 5 each by 10, 2.5 more by 20, the rest takes 5.
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [2, 1, fates.rejected],
      [0, 25, fates.completed],
      [1, 25, fates.completed],
      [3, 55, fates.lost],
      [4, 60, fates.failed],
      [5, 110, fates.completed],
    ]);
    expect(processor.utilization()).toBe((25 + 5 + 10) / 200);
  });

  test('a call taken back leaves its share to the others', () => {
    const system = newSystem();
    const processor = new SharedProcessor(system, { name: 'processor' });
    const answered: number[] = [];
    const link = system.link(new Probe(system).id, processor);
    const calls = [0, 1].map((request) =>
      Object.assign(system.newCall(), { request, workMs: 10, caller: { reply: () => answered.push(system.simulation.nowMs) } }),
    );
    system.simulation.at(0, () => {
      for (const call of calls) link.send(call);
    });
    system.simulation.at(8, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(answered).toEqual([14]);
  });
});
