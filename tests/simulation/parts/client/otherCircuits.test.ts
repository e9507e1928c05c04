import { describe, expect, test } from 'vitest';
import type { Circuit } from '../../../../src/simulation/parts/client/circuit';
import { HystrixCircuit, hystrixDefaults } from '../../../../src/simulation/parts/client/hystrixCircuit';
import { PollyCircuit, pollyCircuitDefaults } from '../../../../src/simulation/parts/client/pollyCircuit';
import { readVector } from '../../../vectors/read';

function fail(circuit: Circuit, atMs: number, count: number): void {
  for (let call = 0; call < count; call++) circuit.record(atMs, 1, true);
}
function succeed(circuit: Circuit, atMs: number, count: number): void {
  for (let call = 0; call < count; call++) circuit.record(atMs, 1, false);
}

describe('a circuit breaker as that of Hystrix', () => {
  test('has its defaults', () => {
    const { hystrix } = readVector<{ hystrix: Record<string, unknown> }>('breaker.defaults');
    const { rules, ...numbers } = hystrix;
    expect(rules).toHaveLength(3);
    expect(numbers).toEqual({
      requestVolumeThreshold: hystrixDefaults.requestVolume,
      sleepWindowMs: hystrixDefaults.sleepMs,
      errorThresholdPct: hystrixDefaults.errorPercent,
      rollingWindowMs: hystrixDefaults.windowMs,
      buckets: hystrixDefaults.statisticBuckets,
      timeoutMs: hystrixDefaults.timeoutMs,
      threadPoolCore: hystrixDefaults.poolThreads,
      queueRejection: hystrixDefaults.queueRejection,
      semaphoreMax: hystrixDefaults.semaphores,
    });
  });

  test('opens at the next look after 20 calls of which half failed, not before', () => {
    const circuit = new HystrixCircuit();
    fail(circuit, 100, 10);
    succeed(circuit, 100, 9);
    expect([circuit.tryAcquire(500), circuit.state]).toEqual([true, 'closed']);
    succeed(circuit, 600, 1);
    expect([circuit.tryAcquire(999), circuit.dueMs]).toEqual([true, 1000]);
    expect([circuit.tryAcquire(1000), circuit.state, circuit.dueMs]).toEqual([false, 'open', Infinity]);
  });

  test('cuts the percentage off: 49 failures of 99 are not half', () => {
    const circuit = new HystrixCircuit({ errorPercent: 50 });
    fail(circuit, 1, 49);
    succeed(circuit, 1, 50);
    circuit.elapse(500);
    expect(circuit.state).toBe('closed');
    const cut = new HystrixCircuit({ errorPercent: 49 });
    fail(cut, 1, 49);
    succeed(cut, 1, 50);
    cut.elapse(500);
    expect(cut.state).toBe('open');
  });

  test('forgets calls of more than ten seconds ago', () => {
    const circuit = new HystrixCircuit();
    fail(circuit, 499, 19);
    succeed(circuit, 10_000, 1);
    // At 10,000 the window reaches back to 0; the last call is in the slice that only begins.
    circuit.elapse(10_000);
    expect(circuit.state).toBe('closed');
    circuit.elapse(10_500);
    expect(circuit.state).toBe('closed');
    const other = new HystrixCircuit();
    fail(other, 499, 19);
    succeed(other, 9_999, 1);
    other.elapse(10_000);
    expect(other.state).toBe('open');
  });

  test('lets exactly one call through, strictly after the sleep; it closes and forgets, or opens and sleeps anew', () => {
    const circuit = new HystrixCircuit();
    fail(circuit, 0, 20);
    circuit.elapse(500);
    expect(circuit.tryAcquire(5500)).toBe(false);
    expect([circuit.tryAcquire(5501), circuit.state, circuit.tryAcquire(5502)]).toEqual([true, 'half-open', false]);
    circuit.record(6000, 1, true);
    expect([circuit.state, circuit.tryAcquire(11_000), circuit.tryAcquire(11_001)]).toEqual(['open', false, true]);
    circuit.release(11_100);
    expect([circuit.state, circuit.tryAcquire(16_101)]).toEqual(['open', true]);
    circuit.record(16_200, 1, false);
    expect([circuit.state, circuit.dueMs]).toEqual(['closed', Infinity]);
    fail(circuit, 16_300, 19);
    expect(circuit.dueMs).toBe(16_700);
    circuit.elapse(20_000);
    expect(circuit.state).toBe('closed');
  });

  test('looks on time wherever it began, also where rounding would have it look again for ever', () => {
    for (let start = 0; start < 2000; start++) {
      const startMs = start * 0.1 + 0.07;
      const circuit = new HystrixCircuit({ requestVolume: 1, windowMs: 40, snapshotMs: 20, sleepMs: 10 }, startMs);
      for (const looks of [1, 2, 3, 7, 1000]) circuit.elapse(startMs + looks * 20);
      circuit.record(startMs + 20_010, 1, true);
      expect(circuit.dueMs).toBe(startMs + 1001 * 20);
      circuit.elapse(circuit.dueMs);
      expect(circuit.state).toBe('open');
    }
  });

  test('can be held open or closed by hand, and lets go', () => {
    const circuit = new HystrixCircuit();
    circuit.transitionTo('forced-open', 0);
    expect(circuit.tryAcquire(1e6)).toBe(false);
    circuit.transitionTo('disabled', 1e6);
    fail(circuit, 1e6, 30);
    expect(circuit.tryAcquire(2e6)).toBe(true);
    circuit.transitionTo('closed', 2e6);
    expect([circuit.state, circuit.why()]).toEqual(['closed', '']);
    expect(() => circuit.transitionTo('half-open', 2e6)).toThrow('cannot become half-open by hand');
  });

  test('refuses numbers that are none', () => {
    expect(() => new HystrixCircuit({ errorPercent: 101 })).toThrow(
      'The error percentage of a circuit breaker is 101; it must be from 0 to 100.',
    );
    expect(() => new HystrixCircuit({ requestVolume: -1 })).toThrow(RangeError);
    expect(() => new HystrixCircuit({ sleepMs: Number.NaN })).toThrow(RangeError);
    expect(() => new HystrixCircuit({ snapshotMs: 0 })).toThrow(RangeError);
    expect(() => new HystrixCircuit({ windowMs: 1200 })).toThrow('The number of looks in a window of a circuit breaker is 2.4');
  });
});

describe('a circuit breaker as that of Polly', () => {
  test('has its defaults: 10 % of at least 100 calls in 30 s, open for 5 s', () => {
    expect(pollyCircuitDefaults).toEqual({ failureShare: 0.1, minimumCalls: 100, samplingMs: 30_000, breakMs: 5000 });
    const circuit = new PollyCircuit();
    succeed(circuit, 0, 90);
    fail(circuit, 0, 9);
    expect(circuit.state).toBe('closed');
    fail(circuit, 0, 1);
    expect([circuit.state, circuit.why(0)]).toEqual(['open', 'of the latest 100 calls 10 failed']);
  });

  const small = { failureShare: 0.5, minimumCalls: 4, samplingMs: 10_000, breakMs: 1000 };

  test('only a failure opens it, even when the share was reached by then', () => {
    const circuit = new PollyCircuit(small);
    fail(circuit, 0, 3);
    succeed(circuit, 0, 3);
    expect(circuit.state).toBe('closed');
    fail(circuit, 0, 1);
    expect(circuit.state).toBe('open');
  });

  test('lets one call through at the end of the wait, which alone decides', () => {
    const circuit = new PollyCircuit(small);
    fail(circuit, 0, 4);
    expect([circuit.tryAcquire(999), circuit.tryAcquire(1000), circuit.state, circuit.tryAcquire(9000)]).toEqual([
      false,
      true,
      'half-open',
      false,
    ]);
    circuit.record(1500, 1, true);
    expect([circuit.state, circuit.tryAcquire(2499), circuit.tryAcquire(2500)]).toEqual(['open', false, true]);
    circuit.record(2600, 1, false);
    expect([circuit.state, circuit.counts(2600)]).toEqual(['closed', { calls: 0, failures: 0 }]);
  });

  test('samples in tenths, each from the first call in it', () => {
    const circuit = new PollyCircuit(small);
    fail(circuit, 300, 1);
    fail(circuit, 1299, 1);
    fail(circuit, 1300, 1);
    expect(circuit.counts(10_299)).toEqual({ calls: 3, failures: 3 });
    expect(circuit.counts(10_300)).toEqual({ calls: 1, failures: 1 });
    expect(circuit.counts(11_300)).toEqual({ calls: 0, failures: 0 });
  });

  test('tells its generator of waits how bad it was', () => {
    const told: number[][] = [];
    const circuit = new PollyCircuit({
      ...small,
      breakMs: (...what) => {
        told.push(what);
        return 500;
      },
    });
    succeed(circuit, 0, 1);
    fail(circuit, 0, 3);
    circuit.tryAcquire(500);
    circuit.record(600, 1, true);
    circuit.tryAcquire(1100);
    circuit.record(1200, 1, true);
    expect(told).toEqual([
      [0.75, 3, 0],
      [0.75, 3, 1],
      [0.75, 3, 2],
    ]);
  });

  test('counts what comes late, and what is taken back as a success', () => {
    const circuit = new PollyCircuit(small);
    fail(circuit, 0, 4);
    fail(circuit, 10, 1);
    succeed(circuit, 10, 1);
    expect([circuit.state, circuit.counts(10)]).toEqual(['open', { calls: 6, failures: 5 }]);
    circuit.tryAcquire(1000);
    circuit.release(1001);
    expect(circuit.state).toBe('closed');
  });

  test('is isolated and closed by hand only', () => {
    const circuit = new PollyCircuit(small);
    circuit.transitionTo('forced-open');
    expect(circuit.tryAcquire(1e9)).toBe(false);
    circuit.transitionTo('closed');
    expect(circuit.tryAcquire(1e9)).toBe(true);
    circuit.transitionTo('disabled');
    fail(circuit, 1e9, 9);
    expect(circuit.tryAcquire(1e9)).toBe(true);
    expect(() => circuit.transitionTo('open')).toThrow('cannot become open by hand');
  });

  test('refuses what Polly refuses', () => {
    for (const options of [
      { failureShare: 1.1 },
      { failureShare: Number.NaN },
      { minimumCalls: 1 },
      { samplingMs: 499 },
      { breakMs: 499 },
      { breakMs: 1e9 },
    ]) {
      expect(() => new PollyCircuit(options)).toThrow(RangeError);
    }
    const circuit = new PollyCircuit({ ...small, breakMs: () => -1 });
    expect(() => fail(circuit, 0, 4)).toThrow('The time open in ms of a circuit breaker is -1');
  });
});
