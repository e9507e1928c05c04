import { describe, expect, test } from 'vitest';
import { type Fate, fates } from '../../../../src/simulation/measure/accounts';
import type { Call } from '../../../../src/simulation/parts/call';
import { RateLimiter, type RateLimiterOptions } from '../../../../src/simulation/parts/client/rateLimiter';
import { Throttle, type ThrottleOptions } from '../../../../src/simulation/parts/client/throttle';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import type { Intervention } from '../../../../src/simulation/parts/system';
import { finish, newSystem, sendScript } from '../../scripted';
import { Echo } from './echo';

function limiterBefore(options: RateLimiterOptions, arrivals: number[], interventions: Intervention[] = []) {
  const system = newSystem();
  const echo = new Echo(system, () => 0);
  const limiter = new RateLimiter(system, options).asks(echo);
  const { endings } = sendScript(system, { arrivals, works: 1 }, limiter);
  system.intervene(interventions);
  finish(system, 2000);
  return { limiter, echo, endings: endings.map(({ request, atMs, fate }) => [request, atMs, fate]) };
}
const { completed, rejected, timedOut } = fates;

describe('a rate limiter', () => {
  test('turns away what comes without a token', () => {
    const { endings, limiter } = limiterBefore({ ratePerSecond: 10, burst: 2 }, [0, 0, 0, 50, 100, 101]);
    expect(endings).toEqual([
      [0, 0, completed],
      [1, 0, completed],
      [2, 0, rejected],
      [3, 50, rejected],
      [4, 100, completed],
      [5, 101, rejected],
    ]);
    expect([limiter.rejected, limiter.waiting]).toEqual([3, 0]);
  });

  test('or lets it wait for its turn, up to a longest wait', () => {
    const { endings } = limiterBefore({ ratePerSecond: 10, burst: 1, longestWaitMs: 200 }, [0, 0, 0, 0, 150]);
    expect(endings).toEqual([
      [0, 0, completed],
      [3, 0, rejected],
      [1, 100, completed],
      [2, 200, completed],
      [4, 300, completed],
    ]);
  });

  test('a call may take several tokens, or none', () => {
    const tokens = [5, 2, 0, 6];
    const options = { ratePerSecond: 10, burst: 5, longestWaitMs: Infinity, tokens: (call: Call) => tokens[call.request] };
    expect(limiterBefore(options, [0, 0, 600, 600]).endings).toEqual([
      [0, 0, completed],
      [1, 200, completed],
      [2, 600, completed],
      [3, 600, rejected],
    ]);
  });

  test('who is taken back while waiting returns the tokens that nobody counts on', () => {
    const system = newSystem();
    const echo = new Echo(system, () => 0);
    const limiter = new RateLimiter(system, { ratePerSecond: 10, burst: 1, longestWaitMs: Infinity }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: 30, attempts: 1, cancelsOnTimeout: true }).asks(limiter);
    const { endings } = sendScript(system, { arrivals: [0, 1, 95], works: 1 }, client);
    finish(system, 300);
    expect(endings.map(({ request, fate }) => [request, fate])).toEqual([
      [0, completed],
      [1, timedOut],
      [2, completed],
    ]);
    // The token of the second is there for the third at 100, not only at 200 (Go cuts the last ns off).
    expect(endings[2].atMs).toBeCloseTo(100, 5);
  });

  test('nobody waits past a deadline', () => {
    const system = newSystem();
    const echo = new Echo(system, () => 0);
    const limiter = new RateLimiter(system, { ratePerSecond: 10, burst: 1, longestWaitMs: Infinity }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: Infinity, attempts: 1, withinMs: 99 }).asks(limiter);
    const { endings } = sendScript(system, { arrivals: [0, 0, 2], works: 1 }, client);
    finish(system, 300);
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([
      [0, completed],
      [0, rejected],
      [100, completed],
    ]);
  });

  test('its limit can be changed for a time', () => {
    const arrivals = Array.from({ length: 20 }, (_, index) => 100 * index);
    const { endings } = limiterBefore({ ratePerSecond: 10, burst: 1 }, arrivals, [
      { atMs: 450, untilMs: 1450, verb: 'limit', targets: ['limiter'], arguments: { ratePerSecond: 5 } },
    ]);
    expect(endings.map(([, , fate]) => (fate === completed ? '.' : 'x')).join('')).toBe('.....x.x.x.x.x.x....');
  });

  test('refuses impossible limits', () => {
    const system = newSystem();
    expect(() => new RateLimiter(system, { ratePerSecond: -1, burst: 1 })).toThrow('The rate per second of a token bucket is -1');
    expect(() => new RateLimiter(system, { name: 'other', ratePerSecond: 1, burst: 1, longestWaitMs: -1 })).toThrow(
      'The longest wait in ms of other is -1',
    );
  });
});

describe('a throttle at the client', () => {
  function throttled(options: ThrottleOptions, fate: (atMs: number) => Fate, count = 20_000) {
    const system = newSystem({ detail: 'none' });
    const { simulation } = system;
    const echo = new Echo(
      system,
      () => 0,
      () => fate(simulation.nowMs),
    );
    const throttle = new Throttle(system, options).asks(echo);
    sendScript(system, { arrivals: Array.from({ length: count }, (_, index) => index), works: 1 }, throttle);
    finish(system, count);
    return { throttle, echo };
  }

  test('leaves a healthy part alone', () => {
    const { throttle, echo } = throttled({}, () => completed);
    expect([throttle.rejected, echo.asked.length]).toEqual([0, 20_000]);
  });

  test('asks a part that refuses everything ever less, and about twice as often in each window once it has recovered', () => {
    const { echo } = throttled({ windowMs: 1200 }, (atMs) => (atMs < 10_000 ? rejected : completed), 50_000);
    const askedIn = (fromMs: number, toMs: number) => echo.asked.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;
    // While nothing is accepted, one of n + 1 requests is asked, n being those of the window.
    expect(askedIn(0, 1200)).toBeGreaterThan(2);
    expect(askedIn(1200, 10_000)).toBeLessThan(25);
    expect(askedIn(10_000, 14_000)).toBeLessThan(400);
    expect(askedIn(40_000, 50_000)).toBe(10_000);
  });

  test('asks about K times what a part takes that takes one in ten', () => {
    for (const multiplier of [1.5, 2]) {
      let taken = 0;
      const { echo } = throttled({ multiplier }, (atMs) => {
        if (atMs / 10 <= taken) return rejected;
        taken++;
        return completed;
      });
      const asked = echo.asked.filter(({ atMs }) => atMs > 10_000).length;
      expect(Math.abs(asked / 1000 - multiplier)).toBeLessThan(0.2);
    }
  });

  test('refuses an impossible multiplier', () => {
    expect(() => new Throttle(newSystem(), { multiplier: 0 })).toThrow('The multiplier of a throttle is 0');
  });
});
