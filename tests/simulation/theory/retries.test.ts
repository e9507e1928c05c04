import { describe, expect, test } from 'vitest';
import { mm1 } from '../../../src/simulation/theory/mm1';
import { mmck } from '../../../src/simulation/theory/mmck';
import { attemptsUnderLoad, expectedAttempts } from '../../../src/simulation/theory/retries';

/** Share of attempts that an M/M/1 server of 100 a second does not answer within 100 ms; all of them when it is overrun. */
function tooLate(attemptsPerSecond: number): number {
  return attemptsPerSecond >= 100 ? 1 : Math.exp(-100 / mm1({ arrivalsPerSecond: attemptsPerSecond, serviceMs: 10 }).responseMs);
}

describe('retries under load', () => {
  test('a constant chance to fail gives the attempts of the plain formula', () => {
    const { calmPerSecond, stormPerSecond } = attemptsUnderLoad({ requestsPerSecond: 50, maxAttempts: 4, failureAt: () => 0.3 });
    const expected = 50 * expectedAttempts({ failureProbability: 0.3, maxAttempts: 4 });
    expect(calmPerSecond).toBeCloseTo(expected, 9);
    expect(stormPerSecond).toBeCloseTo(expected, 9);
  });

  test('a storm of retries outlives its cause where there is a second point of rest', () => {
    const { calmPerSecond, stormPerSecond } = attemptsUnderLoad({ requestsPerSecond: 50, maxAttempts: 3, failureAt: tooLate });
    expect(calmPerSecond).toBeLessThan(52);
    expect(stormPerSecond).toBe(150);
    for (const rate of [calmPerSecond, stormPerSecond]) {
      expect(50 * expectedAttempts({ failureProbability: tooLate(rate), maxAttempts: 3 })).toBeCloseTo(rate, 9);
    }
  });

  test('it dies down where all retries together still fit, and with one attempt there is nothing to storm', () => {
    for (const [requestsPerSecond, maxAttempts] of [
      [20, 3],
      [90, 1],
    ]) {
      const { calmPerSecond, stormPerSecond } = attemptsUnderLoad({ requestsPerSecond, maxAttempts, failureAt: tooLate });
      expect(stormPerSecond).toBeCloseTo(calmPerSecond, 6);
    }
  });

  test('a queue that rejects has one point of rest: rejecting costs the server nothing', () => {
    const rejected = (arrivalsPerSecond: number) =>
      mmck({ arrivalsPerSecond, serviceMs: 10, servers: 1, capacity: 10 }).blockingProbability;
    const { calmPerSecond, stormPerSecond } = attemptsUnderLoad({ requestsPerSecond: 80, maxAttempts: 5, failureAt: rejected });
    expect(calmPerSecond).toBeGreaterThan(80);
    expect(stormPerSecond).toBeCloseTo(calmPerSecond, 6);
  });
});
