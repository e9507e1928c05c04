// What chance makes of one metric on one side: the runs from lowest to highest, their mean and how sure it is.

import { type Interval, meanInterval } from '@by-the-slice/simulation';
import type { Values } from '../worker/messages';

export interface Run {
  seed: number;
  value: number;
}

export interface Spread {
  /** From lowest to highest; runs without a value are left out. At least one. */
  runs: Run[];
  /** How many runs there were, with and without a value. */
  of: number;
  interval: Interval;
  /** A run that happened, not a mean of two. */
  median: Run;
}

/** `measured[0]` is seed 1. */
export function runsOf(measured: readonly Values[], metric: string): Run[] {
  return measured.flatMap((values, index) => {
    const value = values[metric];
    return value === null || value === undefined || !Number.isFinite(value) ? [] : [{ seed: index + 1, value }];
  });
}

/** null: no run has a value. */
export function spreadOf(found: readonly Run[], of: number): Spread | null {
  if (found.length === 0) return null;
  const runs = [...found].sort((left, right) => left.value - right.value || left.seed - right.seed);
  return { runs, of, interval: meanInterval(runs.map(({ value }) => value)), median: runs[Math.floor((runs.length - 1) / 2)] };
}

/** Whether every run gave the same: then chance has no part in it. */
export function isConstant({ runs }: Spread): boolean {
  return sameValue(runs[0].value, runs[runs.length - 1].value);
}

/** Equal but for the last digits of the arithmetic. */
export function sameValue(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}
