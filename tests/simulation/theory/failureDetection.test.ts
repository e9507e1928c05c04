import { describe, expect, test } from 'vitest';
import { Stream } from '../../../src/simulation/kernel/random';
import { checksToFalseAlarm, detectionMs, firstTimeoutMs, rivalProbability } from '../../../src/simulation/theory/failureDetection';
import { readVector } from '../../vectors/read';

describe('health checks', () => {
  test('notice a failure after interval × threshold at the latest', () => {
    expect(detectionMs({ intervalMs: 5000, threshold: 3 })).toEqual({ soonest: 10_000, mean: 12_500, latest: 15_000 });
    expect(detectionMs({ intervalMs: 1000, threshold: 1, timeoutMs: 200 })).toEqual({ soonest: 200, mean: 700, latest: 1200 });
  });

  test('the mean number of checks to a false alarm is that of runs of failures', () => {
    expect(checksToFalseAlarm({ failureProbability: 0.5, threshold: 1 })).toBeCloseTo(2, 12);
    expect(checksToFalseAlarm({ failureProbability: 0.5, threshold: 3 })).toBeCloseTo(14, 12);
    expect(checksToFalseAlarm({ failureProbability: 0.01, threshold: 3 })).toBeCloseTo(1_010_100, 6);
    expect(checksToFalseAlarm({ failureProbability: 1, threshold: 4 })).toBe(4);
    expect(checksToFalseAlarm({ failureProbability: 0, threshold: 2 })).toBe(Infinity);
  });
});

describe('elections', () => {
  /** Timeouts drawn from 150 to 300 ms, as in the paper on Raft. */
  const { raft } = readVector<{ raft: { electionTimeoutMs: [number, number] } }>('failover');
  const [leastMs, mostMs] = raft.electionTimeoutMs;

  test('rivals and the first timeout are as often and as early as when timeouts are drawn', () => {
    const election = { candidates: 5, leastMs, mostMs, messageMs: 10 };
    const stream = new Stream(11, 'timeouts');
    const count = 100_000;
    let rivals = 0;
    let first = 0;
    for (let index = 0; index < count; index++) {
      const timeouts = Array.from({ length: 5 }, () => leastMs + (mostMs - leastMs) * stream.next()).sort((a, b) => a - b);
      if (timeouts[1] - timeouts[0] <= election.messageMs) rivals++;
      first += timeouts[0];
    }
    const chance = rivalProbability(election);
    expect(chance).toBeCloseTo(1 - (14 / 15) ** 5, 12);
    expect(Math.abs(rivals / count - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / count));
    expect(firstTimeoutMs(election)).toBe(175);
    expect(Math.abs(first / count - 175)).toBeLessThan((4 * 21.2) / Math.sqrt(count));
  });

  test('without randomness all stand at once; alone there is no rival', () => {
    expect(rivalProbability({ candidates: 5, leastMs: 150, mostMs: 150, messageMs: 1 })).toBe(1);
    expect(rivalProbability({ candidates: 1, leastMs: 150, mostMs: 150, messageMs: 1 })).toBe(0);
    expect(rivalProbability({ candidates: 5, leastMs: 150, mostMs: 300, messageMs: 0 })).toBe(0);
  });
});
