// What would be lost if it broke now: writes that the copy does not have yet, or everything since the last usable backup.
// RPO is a bound on this; RTO on how long it takes to be back.
// Source: the age of a renewal process seen at a random moment, Ross, Introduction to Probability Models, chapter 7.

import { expm1 } from '../kernel/math';
import { requireNonNegative, requirePositive } from './validity';

/**
 * Writes acknowledged but not yet on an asynchronous replica: how many on the mean (they are lost when the primary dies), and the share of
 * time, and so of reads there, that miss at least one. Poisson writes; each arrives after a lag of its own, of mean `lagMs` and any
 * distribution. Source: Little 1961; M/G/∞ has a Poisson number inside, Takács, Introduction to the Theory of Queues (1962), chapter 3.
 */
export function replicationExposure({ writesPerSecond, lagMs }: { writesPerSecond: number; lagMs: number }): {
  meanWritesBehind: number;
  behindShare: number;
} {
  requireNonNegative('The write rate', writesPerSecond);
  requireNonNegative('The lag', lagMs);
  const meanWritesBehind = (writesPerSecond * lagMs) / 1000;
  return { meanWritesBehind, behindShare: -expm1(-meanWritesBehind) };
}

/**
 * Age of the newest finished backup at a moment that is as likely as any other: backups begin every `intervalMs` (above 0), hold the data
 * of that moment, and are done after `durationMs` (0 or more). The oldest is what an RPO must allow.
 */
export function backupExposureMs({ intervalMs, durationMs }: { intervalMs: number; durationMs: number }): {
  least: number;
  mean: number;
  most: number;
} {
  requirePositive('The interval', intervalMs);
  requireNonNegative('The duration', durationMs);
  return { least: durationMs, mean: durationMs + intervalMs / 2, most: durationMs + intervalMs };
}

/**
 * Share of the questions that still go to an old address so long after it was changed in the name system: each client looked it up at a
 * moment of its own, keeps it for `timeToLiveMs` (above 0) and looks again with its next question, after `askEveryMs` (0 or more, Poisson).
 */
export function oldAddressShare(given: { sinceMs: number; timeToLiveMs: number; askEveryMs?: number }): number {
  const { sinceMs, timeToLiveMs, askEveryMs = 0 } = given;
  requireNonNegative('The time since the change', sinceMs);
  requirePositive('The time to live', timeToLiveMs);
  requireNonNegative('The time between questions', askEveryMs);
  return Math.max(0, timeToLiveMs - sinceMs) / (timeToLiveMs + askEveryMs);
}
