import { describe, expect, test } from 'vitest';
import type { CircuitState } from '../../../../src/simulation/parts/client/circuit';
import { CircuitBreaker, type CircuitOptions, resilience4jDefaults } from '../../../../src/simulation/parts/client/circuitBreaker';
import { readVector } from '../../../vectors/read';

/** Calls one after another: when, and whether it failed. What came of it: the state after it, in lower case when it was not let through. */
function play(breaker: CircuitBreaker, stepMs: number, calls: string): { out: string; rates: number[] } {
  const letters: Partial<Record<CircuitState, string>> = { closed: 'C', open: 'O', 'half-open': 'H' };
  let out = '';
  const rates: number[] = [];
  [...calls].forEach((call, index) => {
    const nowMs = (index + 1) * stepMs;
    const isLetThrough = breaker.tryAcquire(nowMs);
    if (isLetThrough) breaker.record(nowMs, call < 'a' ? 3000 : 0, call.toLowerCase() === 'f');
    const letter = letters[breaker.state] as string;
    out += isLetThrough ? letter : letter.toLowerCase();
    if (index % 10 === 9) rates.push(breaker.failureRate(nowMs));
  });
  return { out, rates };
}

describe('a circuit breaker as that of resilience4j', () => {
  test('has its defaults', () => {
    const { resilience4j } = readVector<{ resilience4j: Record<string, unknown> }>('breaker.defaults');
    expect(resilience4jDefaults).toEqual({
      failureRatePercent: resilience4j.failureRateThresholdPct,
      slowRatePercent: resilience4j.slowCallRateThresholdPct,
      slowMs: (resilience4j.slowCallDurationS as number) * 1000,
      window: resilience4j.slidingWindowType === 'COUNT_BASED' ? 'calls' : 'seconds',
      windowSize: resilience4j.slidingWindowSize,
      minimumCalls: resilience4j.minimumNumberOfCalls,
      halfOpenCalls: resilience4j.permittedCallsHalfOpen,
      openMs: (resilience4j.waitDurationInOpenStateS as number) * 1000,
      halfOpenMs: (resilience4j.maxWaitDurationInHalfOpenS as number) * 1000,
      halfOpensAlone: false,
    });
  });

  test('does as recorded, call by call', () => {
    const traces = readVector<{ name: string; stepMs: number; in: string; out: string; failureRateEvery10: number[] }[]>('breaker.trace');
    const options: CircuitOptions[] = [
      { windowSize: 10, minimumCalls: 5, failureRatePercent: 50, openMs: 1000, halfOpenCalls: 3, slowMs: 2000 },
      { windowSize: 4, minimumCalls: 4, failureRatePercent: 100, openMs: 1000, halfOpenCalls: 1, slowMs: 2000 },
    ];
    expect(traces.map(({ name }) => name)).toEqual(['count10-min5-50pct-open1s-half3', 'count4-min4-100pct-open1s-half1']);
    traces.forEach((trace, index) => {
      const { out, rates } = play(new CircuitBreaker(options[index]), trace.stepMs, trace.in);
      expect(out).toBe(trace.out);
      expect(rates).toEqual(trace.failureRateEvery10.map(Math.fround));
    });
  });

  type Op = [
    what: string,
    atMs: number,
    ms: number,
    isLetThrough: boolean,
    state: CircuitState,
    failureRate: number,
    slowRate: number,
    calls: number,
    notPermitted: number,
  ];
  interface Script extends Required<Omit<CircuitOptions, 'openMs'>> {
    startMs: number;
    openMs: number;
    openGrows: boolean;
    ops: Op[];
  }

  /** False when the operation was refused. */
  function carryOut(breaker: CircuitBreaker, [what, atMs, ms]: Op): boolean {
    switch (what) {
      case 'call':
        return breaker.tryAcquire(atMs);
      case 'ignore':
        breaker.release(atMs);
        return true;
      case 's':
      case 'f':
        breaker.record(atMs, ms, what === 'f');
        return true;
    }
    try {
      if (what === 'open-for') breaker.transitionTo('open', atMs, ms);
      else breaker.transitionTo(what as CircuitState, atMs);
      return true;
    } catch {
      return false;
    }
  }

  test('does as the real one in recorded random runs: windows of calls and of seconds, slow calls, overlapping ones, timers, by hand', () => {
    let checked = 0;
    for (const { startMs, openGrows, ops, ...options } of readVector<Script[]>('breaker.java')) {
      const { openMs } = options;
      const breaker = new CircuitBreaker({ ...options, openMs: openGrows ? (times) => times * openMs : openMs }, startMs);
      for (const op of ops) {
        const [, atMs, , ...expected] = op;
        const isLetThrough = carryOut(breaker, op);
        const { state, notPermitted } = breaker;
        const found = [isLetThrough, state, breaker.failureRate(atMs), breaker.slowRate(atMs), breaker.counts(atMs).calls, notPermitted];
        expect(found).toEqual(expected.map((value) => (typeof value === 'number' ? Math.fround(value) : value)));
        checked++;
      }
    }
    expect(checked).toBe(25 * 70);
  });

  const small = { windowSize: 4, minimumCalls: 4, openMs: 1000, halfOpenCalls: 2, slowMs: 100 };

  /** Opened at 0 ms. */
  function opened(options: CircuitOptions = {}): CircuitBreaker {
    const breaker = new CircuitBreaker({ ...small, ...options });
    for (const _ of [1, 2, 3, 4]) breaker.record(0, 1, true);
    expect(breaker.state).toBe('open');
    return breaker;
  }

  test('opens at the threshold, not only above it, and knows no rate before the minimum', () => {
    const breaker = new CircuitBreaker(small);
    breaker.record(0, 1, true);
    breaker.record(0, 1, false);
    breaker.record(0, 1, true);
    expect([breaker.failureRate(0), breaker.slowRate(0), breaker.state]).toEqual([-1, -1, 'closed']);
    breaker.record(0, 1, false);
    expect([breaker.failureRate(0), breaker.state]).toEqual([50, 'open']);
  });

  test('takes a call for slow only above the threshold', () => {
    const breaker = new CircuitBreaker(small);
    for (const durationMs of [100, 100, 100, 100]) breaker.record(0, durationMs, false);
    expect([breaker.slowRate(0), breaker.state]).toEqual([0, 'closed']);
    for (const durationMs of [101, 100.001, 5000, 101]) breaker.record(0, durationMs, false);
    expect([breaker.slowRate(0), breaker.failureRate(0), breaker.state]).toEqual([100, 0, 'open']);
    expect(breaker.counts(0)).toEqual({ calls: 4, failed: 0, slow: 4, slowFailed: 0 });
  });

  test('becomes half-open strictly after the wait, for as many calls as it permits', () => {
    const breaker = opened();
    expect([breaker.tryAcquire(1000), breaker.state]).toEqual([false, 'open']);
    expect([breaker.tryAcquire(1000.001), breaker.state]).toEqual([true, 'half-open']);
    expect([breaker.tryAcquire(1001), breaker.tryAcquire(1002)]).toEqual([true, false]);
    expect(breaker.notPermitted).toBe(1);
    breaker.release(1003);
    expect(breaker.tryAcquire(1003)).toBe(true);
    breaker.record(1004, 1, true);
    expect(breaker.state).toBe('half-open');
    breaker.record(1004, 1, false);
    expect([breaker.state, breaker.timesOpened]).toEqual(['open', 2]);
  });

  test('alone, it becomes half-open when the wait is over, and open again when half-open lasts too long', () => {
    const breaker = opened({ halfOpensAlone: true, halfOpenMs: 300 });
    expect(breaker.dueMs).toBe(1000);
    breaker.elapse(999);
    expect(breaker.state).toBe('open');
    breaker.elapse(1000);
    expect([breaker.state, breaker.dueMs]).toEqual(['half-open', 1300]);
    breaker.elapse(1300);
    expect([breaker.state, breaker.dueMs, breaker.timesOpened]).toEqual(['open', 2300, 2]);
    // A long sleep: 2300 half-open, 2600 open, 3600 half-open, 3900 open.
    breaker.elapse(4000);
    expect([breaker.state, breaker.dueMs, breaker.timesOpened]).toEqual(['open', 4900, 4]);
  });

  test('a late answer to a call from before counts in whatever state it is now', () => {
    const breaker = opened();
    breaker.record(10, 1, false);
    expect([breaker.state, breaker.failureRate(10)]).toEqual(['open', 75]);
    expect(breaker.tryAcquire(1001)).toBe(true);
    breaker.record(1002, 1, false);
    breaker.record(1003, 1, false);
    expect(breaker.state).toBe('closed');
  });

  test('says what it went by', () => {
    expect(opened().why(0)).toBe('of the latest 4 calls 100 % failed and 0 % were slow');
    expect(new CircuitBreaker().why(0)).toBe('');
  });

  test.each([
    [{ failureRatePercent: 0 }, 'The failure rate of a circuit breaker is 0 %; it must be above 0 and at most 100.'],
    [{ failureRatePercent: Number.NaN }, 'NaN'],
    [{ slowRatePercent: 101 }, 'The slow call rate of a circuit breaker is 101 %'],
    [{ slowMs: 0 }, 'The slow call time of a circuit breaker is 0 ms'],
    [{ window: 'hours' as 'calls' }, 'The window of a circuit breaker counts hours; it must be calls or seconds.'],
    [{ windowSize: 0 }, 'The window size of a circuit breaker is 0; it must be a whole number from 1 to 1000000.'],
    [{ minimumCalls: 1.5 }, 'The least number of calls of a circuit breaker is 1.5'],
    [{ halfOpenCalls: Infinity }, 'The number of calls half-open of a circuit breaker is Infinity'],
    [{ openMs: 0 }, 'The time open in ms of a circuit breaker is 0'],
    [{ halfOpenMs: -1 }, 'The longest time half-open in ms of a circuit breaker is -1'],
  ])('refuses %j', (options, message) => {
    expect(() => new CircuitBreaker(options)).toThrow(RangeError);
    expect(() => new CircuitBreaker(options)).toThrow(message);
  });

  test('refuses a wait that its function makes up of nothing', () => {
    const breaker = new CircuitBreaker({ ...small, openMs: () => Number.NaN });
    expect(() => breaker.transitionTo('open', 0)).toThrow('The time open in ms of a circuit breaker is NaN');
  });
});
