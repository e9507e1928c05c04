import { describe, expect, test } from 'vitest';
import { keyedUniform } from '../../../src/simulation/kernel/random';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import { Cache } from '../../../src/simulation/parts/cache';
import { answer } from '../../../src/simulation/parts/call';
import { awsBackoff, gapsOf, pollyBackoff } from '../../../src/simulation/parts/client/backoff';
import { RetryBudget, RetryTokens } from '../../../src/simulation/parts/client/retryBudget';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient, type RetryOptions } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { type RecordWindow, recordKinds } from '../../../src/simulation/record/trace';
import { replayedArrivals } from '../../../src/simulation/workload/arrivals';
import { finish, newSystem, Probe, sendScript } from '../scripted';
import { told } from '../told';

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

describe('a client with other gaps, limits and deadlines', () => {
  /** When a part that always fails was asked, request by request. */
  function asked(options: Partial<RetryOptions>, arrivals: number[], record: RecordWindow = { detail: 'none' }) {
    const system = newSystem(record);
    const { simulation } = system;
    const times: number[][] = arrivals.map(() => []);
    const probe = new Probe(system, 'probe', (call) => {
      times[call.request].push(simulation.nowMs);
      simulation.at(simulation.nowMs + 1, () => answer(call, fates.failed));
    });
    const client = new RetryingClient(system, { timeoutMs: 1000, attempts: 6, ...options }).asks(probe);
    const { endings } = sendScript(system, { arrivals, works: 1 }, client);
    finish(system, 200_000);
    return {
      times,
      client,
      endings,
      probe,
      jitterKey: simulation.random.key('clients jitter'),
      trace: simulation.recorder.finish(200_000),
    };
  }

  test('waits as its backoff says, whatever it goes by', () => {
    const backoffs = [
      awsBackoff({ baseMs: 5, capMs: 300, jitter: 'decorrelated' }),
      awsBackoff({ baseMs: 5, jitter: 'equal' }),
      pollyBackoff({ baseMs: 10, growth: 'exponential', hasJitter: true }),
      pollyBackoff({ baseMs: 10, growth: 'linear' }),
    ];
    for (const backoff of backoffs) {
      const { times, jitterKey } = asked({ backoff }, [0, 3, 7, 1000]);
      times.forEach((one, request) => {
        const uniforms = [1, 2, 3, 4, 5].map((retry) => keyedUniform(jitterKey, request, retry));
        const gaps = gapsOf(backoff, uniforms);
        one.slice(1).forEach((atMs, index) => {
          expect(atMs - one[index] - 1).toBeCloseTo(gaps[index], 9);
        });
        expect(one).toHaveLength(6);
      });
    }
  });

  test('equal jitter lies between half the gap and the gap', () => {
    const { times } = asked({ backoffMs: 10, backoffCapMs: 60, jitter: 'equal' }, [0, 1, 2, 3]);
    for (const one of times) {
      [10, 20, 40, 60, 60].forEach((most, index) => {
        const gap = one[index + 1] - one[index] - 1;
        expect(gap).toBeGreaterThanOrEqual(most / 2 - 1e-9);
        expect(gap).toBeLessThanOrEqual(most + 1e-9);
      });
    }
  });

  test('tries again only after the ends that are worth it', () => {
    const { times, endings } = asked({ retries: (fate) => fate === fates.timedOut }, [0]);
    expect([times, endings[0].fate]).toEqual([[[0]], fates.failed]);
    const slow = asked({ timeoutMs: 0.5, attempts: 3, retries: (fate) => fate === fates.timedOut }, [0]);
    expect([slow.times, slow.endings[0].fate]).toEqual([[[0, 0.5, 1]], fates.timedOut]);
  });

  test('a budget keeps the retries of all its requests to a share when everything fails', () => {
    const arrivals = Array.from({ length: 1000 }, (_, index) => 5 * index);
    const unlimited = asked({ attempts: 3 }, arrivals);
    expect(unlimited.client.attemptAccounts().opened).toBe(3000);
    const budget = new RetryBudget({ leastPerSecond: 0, share: 0.2 });
    const { client, trace } = asked({ attempts: 3, budget }, arrivals, { detail: 'coarse' });
    expect(client.attemptAccounts().opened).toBe(1200);
    expect(client.refusedRetries).toBe(1000);
    expect(told(trace.marks, trace).map(({ text }) => text)).toEqual(['The retry budget of Clients is spent']);
    const tokens = new RetryTokens({ most: 10, perSuccess: 0.1 });
    // Five failures use up half of the tokens: those of two requests and their retries, and that of the third request.
    expect(asked({ attempts: 2, budget: tokens }, arrivals).client.attemptAccounts().opened).toBe(1002);
  });

  test('is through within its time, in whatever it is then, and tells those it asks', () => {
    const system = newSystem();
    const { simulation } = system;
    const probe = new Probe(system);
    const client = new RetryingClient(system, { timeoutMs: 15, attempts: 9, backoffMs: 4, withinMs: 40, cancelsOnTimeout: true }).asks(
      probe,
    );
    const { endings } = sendScript(system, { arrivals: [0, 100], works: 1 }, client);
    finish(system, 300);
    // 15 + 4 + 15, then a gap of 8 would end after 40: no use waiting for it.
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([
      [34, fates.timedOut],
      [134, fates.timedOut],
    ]);
    expect(probe.accepted.map(({ atMs }) => atMs)).toEqual([0, 19, 100, 119]);
    expect(client.pastDeadline).toBe(2);
    expect(simulation.nowMs).toBe(300);
  });

  test('the last attempt ends at the deadline, and a call that comes after its own is not asked at all', () => {
    const system = newSystem();
    const deadlines: number[] = [];
    const probe = new Probe(system, 'probe', (call) => deadlines.push(call.deadlineMs));
    const inner = new RetryingClient(system, { name: 'inner', timeoutMs: Infinity, attempts: 3 }).asks(probe, { delayMs: 5 });
    const gate = new RetryingClient(system, { name: 'gate', timeoutMs: Infinity, attempts: 1 }).asks(inner, { delayMs: 20 });
    const outer = new RetryingClient(system, { name: 'outer', timeoutMs: Infinity, attempts: 1, withinMs: 50 }).asks(gate);
    const short = new RetryingClient(system, { name: 'short', timeoutMs: Infinity, attempts: 1, withinMs: 20 }).asks(gate);
    const first = sendScript(system, { arrivals: [0], works: 1 }, outer);
    const balanced = new Source(system, { name: 'others', arrivals: replayedArrivals([100]), workMs: () => 1 }).to(short);
    finish(system, 300);
    expect(first.endings).toMatchObject([{ atMs: 50, fate: fates.timedOut }]);
    expect(deadlines).toEqual([50]);
    expect(balanced.accounts().timedOut).toBe(1);
    // Its question reached the inner client at 120, when nobody wanted an answer any more.
    expect(inner.accounts()).toMatchObject({ opened: 2, timedOut: 2 });
    expect([inner.attemptAccounts().opened, inner.pastDeadline]).toEqual([1, 2]);
  });

  test('a call from the pool has no deadline of an earlier life', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const hasty = new RetryingClient(system, { timeoutMs: Infinity, attempts: 1, withinMs: 10 }).asks(server);
    const { endings } = sendScript(system, { arrivals: [0], works: 5 }, hasty);
    const patient = new RetryingClient(system, { name: 'patient', timeoutMs: Infinity, attempts: 1 }).asks(server);
    const source = new Source(system, { name: 'others', arrivals: replayedArrivals([100]), workMs: () => 50 }).to(patient);
    finish(system, 300);
    expect([endings[0].fate, source.accounts().completed]).toEqual([fates.completed, 1]);
  });

  test('records its attempts', () => {
    const { trace } = asked({ attempts: 2, backoffMs: 3 }, [5], { detail: 'all' });
    const attempts: number[][] = [];
    for (let at = 0; at < trace.count; at++) {
      if (trace.kinds[at] === recordKinds.attempt) attempts.push([trace.timesMs[at], trace.subjects[at], trace.values[at]]);
    }
    expect(attempts).toEqual([
      [5, 0, 0],
      [6, 0, 1 + fates.failed],
      [9, 0, 16],
      [10, 0, 17 + fates.failed],
    ]);
  });

  test('begins its books anew when the warm-up ends', () => {
    const system = new System({ seed: 1, warmUpMs: 50 });
    const server = new Server(system, { name: 'server', concurrency: 9 });
    const client = new RetryingClient(system, { timeoutMs: 20, attempts: 3 }).asks(server);
    sendScript(system, { arrivals: [0, 10, 45, 60], works: [5, 100, 10, 1] }, client);
    finish(system, 200);
    // Request 0 is over by then; 1 has timed out at 30 and 50, 2 is answered at 55, 3 at 61.
    expect(client.accounts()).toMatchObject({ opened: 3, completed: 2, timedOut: 1, open: 0 });
    expect(client.attemptAccounts()).toMatchObject({ completed: 2, open: 0 });
  });

  test.each([
    [{ withinMs: 0 }, 'The time limit of clients is 0 ms; it must be more than 0.'],
    [{ withinMs: Number.NaN }, 'NaN'],
    [{ backoffMs: -1 }, 'a backoff'],
    [{ backoffCapMs: -1 }, 'The cap in ms of a backoff is -1'],
  ])('refuses %j', (options, message) => {
    expect(() => new RetryingClient(newSystem(), { timeoutMs: 1, attempts: 1, ...options })).toThrow(message);
  });
});
