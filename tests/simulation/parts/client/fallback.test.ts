import { describe, expect, test } from 'vitest';
import { type Fate, fates } from '../../../../src/simulation/measure/accounts';
import { Fallback, type FallbackOptions } from '../../../../src/simulation/parts/client/fallback';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { finish, newSystem, sendScript } from '../../scripted';
import { told } from '../../told';
import { Echo } from './echo';

const { completed, failed, rejected, timedOut } = fates;

function fallbackBefore(options: FallbackOptions, fate: Fate, other?: Fate) {
  const system = newSystem();
  const first = new Echo(
    system,
    () => 10,
    (call) => (call.request === 0 ? completed : fate),
  );
  const fallback = new Fallback(system, options).asks(first);
  const second =
    other === undefined
      ? undefined
      : new Echo(
          system,
          () => 7,
          () => other,
          'second',
        );
  if (second) fallback.fallsBackTo(second);
  const { endings } = sendScript(system, { arrivals: [0, 1], works: 1 }, fallback);
  finish(system, 100);
  return {
    fallback,
    second,
    log: told(system.simulation.recorder.log, system.simulation.recorder),
    endings: endings.map(({ request, atMs, fate: end }) => [request, atMs, end]),
  };
}

describe('a fallback', () => {
  test('gives a default answer when the first part fails, and counts it', () => {
    const degraded: number[] = [];
    const { fallback, endings, log } = fallbackBefore({ answerMs: 2, onDegraded: (call) => degraded.push(call.request) }, failed);
    expect(endings).toEqual([
      [0, 10, completed],
      [1, 13, completed],
    ]);
    expect([fallback.degraded, degraded]).toEqual([1, [1]]);
    expect(fallback.accounts()).toMatchObject({ opened: 2, completed: 2, failed: 0 });
    expect(log.map(({ text }) => text)).toEqual(['Request 1 answered second best by Fallback']);
  });

  test('without a time of its own, the default comes in the same instant', () => {
    expect(fallbackBefore({}, rejected).endings[1]).toEqual([1, 11, completed]);
  });

  test('or asks another part, whose failure is final', () => {
    const well = fallbackBefore({}, failed, completed);
    expect([well.endings[1], well.fallback.degraded, well.second?.asked.length]).toEqual([[1, 18, completed], 1, 1]);
    const unwell = fallbackBefore({}, failed, rejected);
    expect([unwell.endings[1], unwell.fallback.degraded]).toEqual([[1, 18, rejected], 0]);
  });

  test('only for the ends that call for it', () => {
    const { endings, fallback } = fallbackBefore({ when: (fate) => fate === timedOut }, failed);
    expect([endings[1], fallback.degraded]).toEqual([[1, 11, failed], 0]);
  });

  test('a call is taken back from whoever works on it, the default too', () => {
    for (const [other, timeoutMs, canceled] of [
      [undefined, 5, [1, 0]],
      [completed, 15, [0, 1]],
      [undefined, 15, [0, 0]],
    ] as const) {
      const system = newSystem();
      const first = new Echo(
        system,
        () => 10,
        () => failed,
      );
      const second = new Echo(
        system,
        () => 20,
        () => completed,
        'second',
      );
      const fallback = new Fallback(system, { answerMs: 50 }).asks(first);
      if (other !== undefined) fallback.fallsBackTo(second);
      const client = new RetryingClient(system, { timeoutMs, attempts: 1, cancelsOnTimeout: true }).asks(fallback);
      const { endings } = sendScript(system, { arrivals: [0], works: 1 }, client);
      finish(system, 200);
      expect(endings).toMatchObject([{ atMs: timeoutMs, fate: timedOut }]);
      expect([first.canceled, second.canceled]).toEqual(canceled);
      expect([fallback.accounts().abandoned, fallback.degraded]).toEqual([1, 0]);
    }
  });

  test('refuses an impossible answer time', () => {
    expect(() => new Fallback(newSystem(), { answerMs: -1 })).toThrow('The answer time in ms of fallback is -1');
    expect(() => new Fallback(newSystem(), { answerMs: Infinity })).toThrow(RangeError);
  });
});
