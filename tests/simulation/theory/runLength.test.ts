// The formulas of run length against runs: the wait of each request follows from the one before it (Lindley), so that
// thousands of runs of an M/M/1 queue cost no more than a loop.

import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { Stream } from '../../../src/simulation/kernel/random';
import { sharedUtilization } from '../../../src/simulation/theory/loadBalancing';
import { mm1 } from '../../../src/simulation/theory/mm1';
import { asymptoticVarianceOfWait, expectedInSystem, expectedWaitMs } from '../../../src/simulation/theory/runLength';

const replications = 1500;

interface RunMeans {
  waitMs: number;
  /** Time-weighted: by Little's law over the run, the sum of all times inside over its length. */
  inSystem: number;
}

function runs(utilization: number, requests: number): RunMeans[] {
  const stream = new Stream(1, `runs of ${requests} at ${utilization}`);
  const meanGapMs = 1 / utilization;
  return Array.from({ length: replications }, () => {
    let [waitMs, sumMs, insideMs, lengthMs] = [0, 0, 0, 0];
    const warmUp = 500;
    for (let request = -warmUp; request < requests; request++) {
      const serviceMs = exponential(stream.next(), 1);
      const gapMs = exponential(stream.next(), meanGapMs);
      if (request >= 0) {
        sumMs += waitMs;
        insideMs += waitMs + serviceMs;
        lengthMs += gapMs;
      }
      waitMs = Math.max(0, waitMs + serviceMs - gapMs);
    }
    return { waitMs: sumMs / requests, inSystem: insideMs / lengthMs };
  });
}

const utilization = 0.6;
const requests = 8000;
const found = runs(utilization, requests);

describe('how far one run may stray', () => {
  test('the variance of a mean wait over many runs is what the formula says', () => {
    const mean = found.reduce((sum, { waitMs }) => sum + waitMs, 0) / replications;
    const variance = found.reduce((sum, { waitMs }) => sum + (waitMs - mean) * (waitMs - mean), 0) / (replications - 1);
    const ratio = (variance * requests) / asymptoticVarianceOfWait(utilization);
    // The variance of n normal numbers strays by √(2 / n) of itself; four of these.
    expect(Math.abs(ratio - 1)).toBeLessThan(4 * Math.sqrt(2 / replications));
  });

  test('as many runs as promised have their mean wait within the range', () => {
    const range = expectedWaitMs({ arrivalsPerSecond: 1000 * utilization, serviceMs: 1, requests });
    expect(range.mean).toBe(mm1({ arrivalsPerSecond: 1000 * utilization, serviceMs: 1 }).waitMs);
    expectShare(found.filter(({ waitMs }) => waitMs >= range.low && waitMs <= range.high).length, 0.95);
  });

  test('as many runs as promised have their mean number in system within the range', () => {
    const range = expectedInSystem({ arrivalsPerSecond: 1000 * utilization, serviceMs: 1, seconds: requests / (1000 * utilization) });
    expect(range.mean).toBe(mm1({ arrivalsPerSecond: 1000 * utilization, serviceMs: 1 }).meanInSystem);
    expectShare(found.filter(({ inSystem }) => inSystem >= range.low && inSystem <= range.high).length, 0.95);
  });

  test('a range grows with the confidence asked for, shrinks with the length, and never goes below zero', () => {
    const range = (seconds: number, level: number) => expectedInSystem({ arrivalsPerSecond: 900, serviceMs: 1, seconds, level });
    expect(range(100, 0.99).high).toBeGreaterThan(range(100, 0.9).high);
    expect(range(1000, 0.95).high).toBeLessThan(range(100, 0.95).high);
    expect(range(0.1, 0.99).low).toBe(0);
  });
});

/** Of all runs this share lies inside; the approximation by a normal distribution may be off by one in a hundred. */
function expectShare(inside: number, share: number): void {
  const strays = 4 * Math.sqrt((share * (1 - share)) / replications);
  expect(Math.abs(inside / replications - share)).toBeLessThan(strays + 0.01);
}

test('the utilization of equal servers that share a load is the load of each', () => {
  expect(sharedUtilization({ servers: 4, arrivalsPerSecond: 100, serviceMs: 30 })).toBeCloseTo(0.75, 12);
  expect(() => sharedUtilization({ servers: 3, arrivalsPerSecond: 100, serviceMs: 30 })).toThrow(/utilization|stable|below 1/);
  expect(() => sharedUtilization({ servers: 0, arrivalsPerSecond: 100, serviceMs: 30 })).toThrow(RangeError);
});
