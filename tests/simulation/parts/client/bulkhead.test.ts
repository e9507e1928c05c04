import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Bulkhead, type BulkheadOptions, bulkheadDefaults } from '../../../../src/simulation/parts/client/bulkhead';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { finish, newSystem, sendScript } from '../../scripted';
import { Echo } from './echo';

function bulkheadBefore(options: BulkheadOptions, answerMs: number, arrivals: number[], horizonMs = 1000) {
  const system = newSystem();
  const echo = new Echo(system, () => answerMs);
  const bulkhead = new Bulkhead(system, options).asks(echo);
  const { endings } = sendScript(system, { arrivals, works: 1 }, bulkhead);
  finish(system, horizonMs);
  return { system, echo, bulkhead, endings: endings.map(({ request, atMs, fate }) => [request, atMs, fate]) };
}
const { completed, rejected, timedOut } = fates;

describe('a bulkhead', () => {
  test('lets so many through at once and turns the rest away', () => {
    const { endings, bulkhead } = bulkheadBefore({ concurrency: 2 }, 10, [0, 1, 2, 10, 11, 12]);
    expect(endings).toEqual([
      [2, 2, rejected],
      [0, 10, completed],
      [1, 11, completed],
      [5, 12, rejected],
      [3, 20, completed],
      [4, 21, completed],
    ]);
    expect(bulkhead.accounts()).toMatchObject({ opened: 6, completed: 4, rejected: 2 });
    // Four calls of 10 ms in 1000 ms.
    expect(bulkhead.books.busy.mean(1000)).toBeCloseTo(0.04, 12);
  });

  test('has the defaults of resilience4j: 25 at once, no waiting', () => {
    expect(bulkheadDefaults).toEqual({ concurrency: 25, longestWaitMs: 0 });
    const { bulkhead } = bulkheadBefore({}, 100, Array(30).fill(0));
    expect(bulkhead.accounts()).toMatchObject({ completed: 25, rejected: 5 });
  });

  test('lets calls wait for a place, first come first served, for as long as allowed', () => {
    const { endings, bulkhead } = bulkheadBefore({ concurrency: 1, longestWaitMs: 15 }, 10, [0, 1, 2, 3]);
    expect(endings).toEqual([
      [0, 10, completed],
      [2, 17, rejected],
      [3, 18, rejected],
      [1, 20, completed],
    ]);
    expect([bulkhead.waited, bulkhead.rejected, bulkhead.waiting]).toEqual([3, 2, 0]);
  });

  test('a place that becomes free at the last instant is taken', () => {
    const { endings } = bulkheadBefore({ concurrency: 1, longestWaitMs: 10 }, 10, [0, 0]);
    expect(endings).toEqual([
      [0, 10, completed],
      [1, 20, completed],
    ]);
  });

  test('a call taken back gives its place, or its place in the line, to the next', () => {
    const system = newSystem();
    const echo = new Echo(system, (call) => (call.request === 0 ? 1000 : 10));
    const bulkhead = new Bulkhead(system, { concurrency: 1, longestWaitMs: Infinity }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: 20, attempts: 1, cancelsOnTimeout: true }).asks(bulkhead);
    const { endings } = sendScript(system, { arrivals: [0, 1, 15], works: 1 }, client);
    finish(system, 300);
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      // 1 takes the place at 20, and is taken back at 21; 2 takes it then.
      [0, 20, timedOut],
      [1, 21, timedOut],
      [2, 31, completed],
    ]);
    expect([echo.asked.map(({ atMs }) => atMs), echo.canceled]).toEqual([[0, 20, 21], 2]);
    expect(bulkhead.accounts()).toMatchObject({ abandoned: 2, completed: 1, open: 0 });
  });

  test('nobody waits past a deadline', () => {
    const system = newSystem();
    const echo = new Echo(system, () => 30);
    const bulkhead = new Bulkhead(system, { concurrency: 1, longestWaitMs: Infinity }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: Infinity, attempts: 1, withinMs: 20 }).asks(bulkhead);
    const late = new RetryingClient(system, { name: 'late', timeoutMs: Infinity, attempts: 1 }).asks(client);
    const { endings } = sendScript(system, { arrivals: [0, 5], works: 1 }, late);
    finish(system, 300);
    // The client does not tell, so the first is worked on until 30; the second left the line at its own deadline of 25.
    expect(endings.map(({ atMs, fate }) => [atMs, fate])).toEqual([
      [20, timedOut],
      [25, timedOut],
    ]);
    expect(bulkhead.accounts()).toMatchObject({ opened: 2, completed: 1, timedOut: 1 });
    expect(echo.asked).toHaveLength(1);
  });

  test('a long line before a part that answers at once is worked off without nesting', () => {
    const system = newSystem();
    const echo = new Echo(system, (call) => (call.request === 0 ? 10 : Number.NaN));
    const bulkhead = new Bulkhead(system, { concurrency: 1, longestWaitMs: Infinity }).asks(echo);
    const { endings } = sendScript(system, { arrivals: Array(30_000).fill(0), works: 1 }, bulkhead);
    finish(system, 100);
    expect(endings).toHaveLength(30_000);
    expect(endings.every(({ atMs, request }, index) => atMs === 10 && request === index)).toBe(true);
  });

  test('refuses impossible numbers', () => {
    const system = newSystem();
    expect(() => new Bulkhead(system, { concurrency: 0 })).toThrow('The concurrency of bulkhead is 0');
    expect(() => new Bulkhead(system, { longestWaitMs: -1 })).toThrow('The longest wait in ms of bulkhead is -1; it must be 0 or more.');
    expect(() => new Bulkhead(system, { longestWaitMs: Number.NaN })).toThrow(RangeError);
  });
});
