// How far one finite run of an M/M/1 queue may stray from theory, and how long a run must be.
// Successive waits resemble each other, the more so the busier the server: the variance of an average
// shrinks as 1 / length, but from a starting point that grows as (1 - rho)^-4.
// Source: Whitt, Planning Queueing Simulations, Management Science 35(11), 1989.

import { inverseNormal } from '../kernel/distributions';
import { mm1 } from './mm1';
import { requirePositive, requireStable } from './validity';

/** What a run of finite length may show: `level` of all runs lie in [low, high]. */
export interface ExpectedRange {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Asymptotic variance of the time-averaged number in system: Var(average over t) ~ this / t, with t in mean service times.
 * `utilization` in [0, 1). Source: Whitt, Planning Queueing Simulations, Management Science 35(11), 1989: 2 rho (1 + rho) / (1 - rho)^4.
 */
export function asymptoticVarianceOfInSystem(utilization: number): number {
  requireStable(utilization);
  const idle = 1 - utilization;
  return (2 * utilization * (1 + utilization)) / (idle * idle * idle * idle);
}

/**
 * Asymptotic variance of the average wait over n requests: Var(average) ~ this / n, waits in mean service times.
 * `utilization` in [0, 1). Source: Daley (1968), in Whitt (1989): rho (2 + 5 rho - 4 rho^2 + rho^3) / (1 - rho)^4.
 */
export function asymptoticVarianceOfWait(utilization: number): number {
  requireStable(utilization);
  const idle = 1 - utilization;
  const polynomial = 2 + utilization * (5 + utilization * (-4 + utilization));
  return (utilization * polynomial) / (idle * idle * idle * idle);
}

/**
 * Length of run, in mean service times after warm-up, for the mean number in system to be known within ± `relativeHalfWidth` (> 0)
 * at `level` (in (0, 1), default 0.99). `utilization` in (0, 1).
 */
export function serviceTimesNeeded(given: { utilization: number; relativeHalfWidth: number; level?: number }): number {
  const { utilization, relativeHalfWidth, level = 0.99 } = given;
  requirePositive('utilization', utilization);
  requirePositive('relativeHalfWidth', relativeHalfWidth);
  const meanInSystem = utilization / (1 - utilization);
  const ratio = normalQuantile(level) / (relativeHalfWidth * meanInSystem);
  return ratio * ratio * asymptoticVarianceOfInSystem(utilization);
}

/**
 * Range of the mean number in system over one run of `seconds` (> 0, after warm-up). `level` in (0, 1), default 0.95.
 * A normal approximation: good when the run is much longer than one relaxation time, serviceMs / (1 - sqrt(rho))^2. Low is never below 0.
 */
export function expectedInSystem(given: { arrivalsPerSecond: number; serviceMs: number; seconds: number; level?: number }): ExpectedRange {
  const { arrivalsPerSecond, serviceMs, seconds, level = 0.95 } = given;
  requirePositive('seconds', seconds);
  const { meanInSystem, utilization } = mm1({ arrivalsPerSecond, serviceMs });
  const serviceTimes = (seconds * 1000) / serviceMs;
  return around(meanInSystem, normalQuantile(level) * Math.sqrt(asymptoticVarianceOfInSystem(utilization) / serviceTimes));
}

/**
 * Range, in ms, of the mean waiting time over one run of `requests` (> 0, after warm-up). `level` in (0, 1), default 0.95.
 * The same normal approximation. Low is never below 0.
 */
export function expectedWaitMs(given: { arrivalsPerSecond: number; serviceMs: number; requests: number; level?: number }): ExpectedRange {
  const { arrivalsPerSecond, serviceMs, requests, level = 0.95 } = given;
  requirePositive('requests', requests);
  const { waitMs, utilization } = mm1({ arrivalsPerSecond, serviceMs });
  return around(waitMs, normalQuantile(level) * serviceMs * Math.sqrt(asymptoticVarianceOfWait(utilization) / requests));
}

function normalQuantile(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, given ${level}.`);
  return inverseNormal(0.5 + level / 2);
}

function around(mean: number, halfWidth: number): ExpectedRange {
  return { mean, low: Math.max(0, mean - halfWidth), high: mean + halfWidth };
}
