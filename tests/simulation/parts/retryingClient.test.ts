import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import { Cache } from '../../../src/simulation/parts/cache';
import { answer } from '../../../src/simulation/parts/call';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient, type RetryOptions } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { finish, newSystem, Probe, sendScript } from '../scripted';

function clientOf(options: RetryOptions, workMs: number, arrivals: number[] = [0]) {
  const system = newSystem();
  const server = new Server(system, { name: 'server', concurrency: 1 });
  const client = new RetryingClient(system, options).asks(server);
  const { endings, source } = sendScript(system, { arrivals, works: workMs }, client);
  return { system, server, client, endings, source };
}

describe('a client with timeout and retries', () => {
  test('a timeout leaves the attempt at the server, which works on for nobody, so the next one waits behind it', () => {
    const { system, server, client, endings } = clientOf({ timeoutMs: 15, attempts: 3 }, 10, [0, 1]);
    finish(system, 200);
    // Request 1 waits 9 ms: its first attempt times out at 16, but runs until 20; the second begins then.
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [0, 10, fates.completed],
      [1, 30, fates.completed],
    ]);
    expect(client.attemptAccounts()).toMatchObject({ opened: 3, completed: 2, timedOut: 1, open: 0 });
    expect(server.accounts()).toMatchObject({ opened: 3, completed: 3 });
  });

  test('a client that cancels takes its attempt back at the timeout', () => {
    const { system, server, endings } = clientOf({ timeoutMs: 15, attempts: 2, cancelsOnTimeout: true }, 10, [0, 1]);
    finish(system, 200);
    expect(endings.map(({ atMs }) => atMs)).toEqual([10, 26]);
    expect(server.accounts()).toMatchObject({ opened: 3, completed: 2, abandoned: 1 });
  });

  test('it gives up after its attempts, each of the length of the timeout', () => {
    const { system, client, endings, server } = clientOf({ timeoutMs: 15, attempts: 3, backoffMs: 4, cancelsOnTimeout: true }, 100);
    finish(system, 500);
    // 15 + 4 + 15 + 8 + 15
    expect(endings).toMatchObject([{ atMs: 57, fate: fates.timedOut }]);
    expect(client.attemptAccounts()).toMatchObject({ opened: 3, timedOut: 3, open: 0 });
    expect(server.accounts()).toMatchObject({ opened: 3, abandoned: 3, open: 0 });
  });

  test('a completion at the very instant of the timeout wins', () => {
    const { system, endings } = clientOf({ timeoutMs: 10, attempts: 1 }, 10);
    finish(system, 100);
    expect(endings).toMatchObject([{ atMs: 10, fate: fates.completed }]);
  });

  test('gaps double up to the cap; full jitter keeps each between 0 and that, and not always the same', () => {
    const gapsOf = (jitter: 'none' | 'full', count: number) => {
      const system = newSystem();
      const asked: number[][] = [];
      const probe = new Probe(system, 'probe', (call) => {
        asked[call.request] ??= [];
        asked[call.request].push(system.simulation.nowMs);
        answer(call, fates.failed);
      });
      const client = new RetryingClient(system, { timeoutMs: 1000, attempts: 7, backoffMs: 10, backoffCapMs: 100, jitter }).asks(probe);
      sendScript(system, { arrivals: Array.from({ length: count }, (_, index) => index), works: 1 }, client);
      finish(system, 5000);
      return asked.map((times) => times.slice(1).map((time, index) => time - times[index]));
    };
    const bounds = [10, 20, 40, 80, 100, 100];
    expect(gapsOf('none', 1)).toEqual([bounds]);
    const jittered = gapsOf('full', 300);
    for (const gaps of jittered) {
      gaps.forEach((gap, index) => {
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThanOrEqual(bounds[index]);
      });
    }
    bounds.forEach((bound, index) => {
      const mean = jittered.reduce((sum, gaps) => sum + gaps[index], 0) / jittered.length;
      expect(Math.abs(mean - bound / 2)).toBeLessThan((4 * bound) / Math.sqrt(12 * jittered.length));
    });
  });

  test('no timeout at all waits for ever', () => {
    const { system, endings, client } = clientOf({ timeoutMs: Infinity, attempts: 2 }, 400);
    finish(system, 300);
    expect(endings).toEqual([]);
    expect(client.attemptAccounts()).toMatchObject({ opened: 1, open: 1 });
  });

  test('a cache right behind the client keeps its own timer: an answer in time is never followed by a timeout', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database' });
    const cache = new Cache(system, { capacity: 10, hitMs: 2 }).fillsFrom(database);
    const client = new RetryingClient(system, { timeoutMs: 20, attempts: 2 }).asks(cache);
    const { endings } = sendScript(system, { arrivals: [0, 15, 30, 34, 45], works: 5 }, client);
    finish(system, 200);
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([5, 17, 32, 36, 47].map((atMs) => [atMs, fates.completed]));
    expect(client.attemptAccounts()).toMatchObject({ opened: 5, completed: 5 });
  });

  test('clients behind a balancer leave its notes alone, and clients behind clients each keep their own timer', () => {
    const system = newSystem();
    const probe = new Probe(system, 'probe', (call) => {
      if (call.request % 2 === 0) system.simulation.at(system.simulation.nowMs + 3, () => answer(call, fates.failed));
      else system.simulation.at(system.simulation.nowMs + 3, () => answer(call, fates.completed));
    });
    const inner = [1, 2].map((index) =>
      new RetryingClient(system, { name: `inner/${index}`, timeoutMs: 50, attempts: 3, backoffMs: 2 }).asks(probe),
    );
    const balancer = new Balancer(system, inner, { policy: roundRobin });
    const outer = new RetryingClient(system, { name: 'outer', timeoutMs: 12, attempts: 2, cancelsOnTimeout: true }).asks(balancer);
    const { endings } = sendScript(system, { arrivals: [0, 1, 2, 3], works: 1 }, outer);
    finish(system, 300);
    expect([...balancer.rotation.outstanding]).toEqual([0, 0]);
    // Failing inside takes 3 + 2 + 3 + 4 + 3 = 15 ms, more than the outer timeout of 12: twice.
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [1, 4, fates.completed],
      [3, 6, fates.completed],
      [0, 24, fates.timedOut],
      [2, 26, fates.timedOut],
    ]);
  });

  test('refuses an impossible timeout and number of attempts', () => {
    const system = newSystem();
    expect(() => new RetryingClient(system, { timeoutMs: 0, attempts: 1 })).toThrow('The timeout of clients is 0 ms');
    expect(() => new RetryingClient(system, { timeoutMs: 1, attempts: 0 })).toThrow('clients may make 0 attempts');
  });
});
