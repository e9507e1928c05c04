import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Breaker, type BreakerOptions, circuitLevels } from '../../../../src/simulation/parts/client/breaker';
import { HystrixCircuit } from '../../../../src/simulation/parts/client/hystrixCircuit';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import type { Intervention } from '../../../../src/simulation/parts/system';
import * as sentences from '../../../../src/simulation/record/sentences';
import { partStates, recordKinds } from '../../../../src/simulation/record/trace';
import { finish, newSystem, sendScript } from '../../scripted';
import { told } from '../../told';
import { Echo } from './echo';

const small: BreakerOptions = { windowSize: 4, minimumCalls: 4, openMs: 100, halfOpenCalls: 2, slowMs: 50 };
const every10Ms = (count: number) => Array.from({ length: count }, (_, index) => 10 * index);

/** Calls every 10 ms; those from `wellFromMs` on succeed. */
function breakerBefore(options: BreakerOptions, wellFromMs: number, count: number, answerMs = 1, interventions: Intervention[] = []) {
  const system = newSystem();
  const { simulation } = system;
  const echo = new Echo(
    system,
    () => answerMs,
    () => (simulation.nowMs >= wellFromMs ? fates.completed : fates.failed),
  );
  const breaker = new Breaker(system, options).asks(echo);
  const { endings } = sendScript(system, { arrivals: every10Ms(count), works: 1 }, breaker);
  system.intervene(interventions);
  finish(system, 10 * count + 100);
  const trace = simulation.recorder.finish(simulation.nowMs);
  return { breaker, echo, endings, trace, fatesOf: endings.map(({ fate }) => fate) };
}

describe('a circuit breaker in front of a part', () => {
  test('opens after too many failures, turns calls away at once, tries again after the wait, and closes', () => {
    const { breaker, echo, endings, fatesOf, trace } = breakerBefore(small, 60, 20);
    const { failed, rejected, completed } = fates;
    // Calls 0 to 3 fail, the last at 31; open until 131; 14 (at 140) and 15 are on trial and well.
    expect(fatesOf).toEqual([...Array(4).fill(failed), ...Array(10).fill(rejected), ...Array(6).fill(completed)]);
    expect(endings.slice(3, 6).map(({ atMs }) => atMs)).toEqual([31, 40, 50]);
    expect(echo.asked).toHaveLength(10);
    expect(breaker.accounts()).toMatchObject({ opened: 20, failed: 4, rejected: 10, completed: 6, open: 0 });
    expect([breaker.rejected, breaker.opened, breaker.circuit.state]).toEqual([10, 1, 'closed']);
    expect(told(trace.marks, trace).map(({ atMs, text }) => `${atMs} ${text}`)).toEqual([
      '31 Circuit breaker is open',
      '40 First request turned away by Circuit breaker',
      '140 Circuit breaker is half-open',
      '151 Circuit breaker is closed',
    ]);
    expect(told(trace.log, trace).map(({ text }) => text)[0]).toBe(
      'Circuit breaker is open: of the latest 4 calls 100 % failed and 0 % were slow',
    );
    const states: number[][] = [];
    for (let at = 0; at < trace.count; at++) {
      if (trace.kinds[at] === recordKinds.state) states.push([trace.timesMs[at], trace.subjects[at], trace.values[at]]);
    }
    expect(states).toEqual([
      [31, partStates.removedFromRotation, 0],
      [140, partStates.warming, 1],
      [151, partStates.up, 1],
    ]);
    expect(trace.levelNames).toContain('circuit');
    expect(circuitLevels).toEqual({ closed: 0, open: 1, 'half-open': 2, disabled: 3, 'forced-open': 4, 'metrics-only': 5 });
  });

  test('slow answers open it too, when it is told so', () => {
    const { breaker, fatesOf } = breakerBefore({ ...small, slowRatePercent: 50, slowMs: 30 }, 0, 12, 35);
    // The first answer comes at 35, the fourth at 65: calls 0 to 6 were let through.
    expect(fatesOf.filter((fate) => fate === fates.completed)).toHaveLength(7);
    expect([breaker.circuit.state, breaker.opened]).toEqual(['open', 1]);
  });

  test('shows the changes that come with time when they come', () => {
    const { trace } = breakerBefore({ ...small, halfOpensAlone: true, halfOpenMs: 7, halfOpenCalls: 9 }, 1e9, 12);
    expect(
      told(trace.marks, trace)
        .filter(({ kind }) => kind === 'health')
        .map(({ atMs, text }) => `${atMs} ${text}`),
    ).toEqual(['31 Circuit breaker is open', '131 Circuit breaker is half-open', '138 Circuit breaker is open']);
  });

  test('a call taken back half-open gives its trial to the next', () => {
    const system = newSystem();
    const { simulation } = system;
    const echo = new Echo(
      system,
      () => (simulation.nowMs < 100 ? 1 : 1000),
      () => fates.failed,
    );
    const breaker = new Breaker(system, { ...small, halfOpenCalls: 1 }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: 5, attempts: 1, cancelsOnTimeout: true }).asks(breaker);
    const { endings } = sendScript(system, { arrivals: [0, 1, 2, 3, 200, 201, 210], works: 1 }, client);
    finish(system, 300);
    expect(endings.slice(4).map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [5, 201, fates.rejected],
      [4, 205, fates.timedOut],
      [6, 215, fates.timedOut],
    ]);
    expect([breaker.circuit.state, echo.canceled]).toEqual(['half-open', 2]);
    expect(breaker.accounts()).toMatchObject({ abandoned: 2, rejected: 1, failed: 4 });
  });

  test('an answer that says nothing is not counted', () => {
    const { breaker, fatesOf } = breakerBefore({ ...small, verdict: (fate) => (fate === fates.failed ? 'nothing' : 'success') }, 1e9, 10);
    expect(fatesOf).toEqual(Array(10).fill(fates.failed));
    expect(breaker.circuit.state).toBe('closed');
  });

  test('is forced open and disabled by hand, for a time or until it is restored', () => {
    const { fatesOf, breaker } = breakerBefore(small, 0, 10, 1, [
      { atMs: 15, untilMs: 35, verb: 'force open', targets: ['breaker'] },
      { atMs: 55, verb: 'force open', targets: ['breaker'] },
      { atMs: 75, verb: 'restore', targets: ['breaker'] },
    ]);
    expect(fatesOf.map((fate) => (fate === fates.rejected ? 'x' : '.')).join('')).toBe('..xx..xx..');
    expect([breaker.circuit.state, breaker.opened]).toEqual(['closed', 0]);
    const disabled = breakerBefore(small, 1e9, 10, 1, [{ atMs: 0, verb: 'disable', targets: ['breaker'] }]);
    expect(disabled.fatesOf).toEqual(Array(10).fill(fates.failed));
    const [mark] = disabled.trace.marks;
    expect(told([mark], disabled.trace)[0].text).toBe('Circuit breaker is disabled');
    expect(Object.values(sentences)).toContain(mark.values?.state);
  });

  test('decides by another circuit when it is given one', () => {
    const circuit = new HystrixCircuit({ requestVolume: 2, windowMs: 40, snapshotMs: 20, sleepMs: 50 });
    const { fatesOf, trace } = breakerBefore({ name: 'hystrix', circuit }, 60, 12);
    // Opened by the look at 20; the trial comes after 70, and is well.
    expect(fatesOf.map((fate) => (fate === fates.rejected ? 'x' : '.')).join('')).toBe('..xxxxxx....');
    expect(told(trace.log, trace)[0].text).toBe('Circuit breaker is open: of the latest 2 calls 2 failed');
  });

  test('refuses what its circuit refuses', () => {
    expect(() => new Breaker(newSystem(), { windowSize: 0 })).toThrow('The window size of a circuit breaker is 0');
  });
});
