// A run seen through equal windows of time: how many ended in each, how fast they came, their mean and exact percentiles.
// For charts drawn while a run goes on there is series.ts; this one keeps every value and so every digit.

import { nearestRankQuantile } from './quantile';

export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly perSecond: number;
  /** NaN when nothing ended. */
  readonly mean: number;
  /** One for each asked for, by nearest rank; NaN when nothing ended. */
  readonly percentiles: readonly number[];
}

export interface WindowOptions {
  readonly windowMs: number;
  /** Where the first window begins: the end of a warm-up. Default 0. */
  readonly fromMs?: number;
  /** What lies later is left out; the last window may be shorter. */
  readonly toMs: number;
  /** 0 to 100. Default 50, 95 and 99. */
  readonly percents?: readonly number[];
}

const mostWindows = 100_000;

/**
 * @param timesMs when each value came about, in any order. A value at a boundary belongs to the later window, one at `toMs` to the last.
 * @param values one for each time
 * Throws RangeError for a window that is not above 0, limits that do not rise, more than 100,000 windows or lists of unequal length.
 */
export function timeWindows(timesMs: ArrayLike<number>, values: ArrayLike<number>, options: WindowOptions): TimeWindow[] {
  const { windowMs, fromMs = 0, toMs, percents = [50, 95, 99] } = options;
  if (timesMs.length !== values.length)
    throw new RangeError(`Every value needs a time, given ${timesMs.length} times and ${values.length} values.`);
  const count = Math.ceil((toMs - fromMs) / windowMs);
  if (!(windowMs > 0 && count >= 1 && count <= mostWindows)) {
    throw new RangeError(`Windows of ${windowMs} ms from ${fromMs} to ${toMs} ms; there must be 1 to ${mostWindows} of them.`);
  }
  const held = Array.from({ length: count }, (): number[] => []);
  for (let index = 0; index < timesMs.length; index++) {
    if (timesMs[index] < fromMs || timesMs[index] > toMs) continue;
    held[Math.min(count - 1, Math.floor((timesMs[index] - fromMs) / windowMs))].push(values[index]);
  }
  return held.map((list, window) => {
    const startMs = fromMs + window * windowMs;
    const endMs = Math.min(toMs, startMs + windowMs);
    const sorted = Float64Array.from(list).sort();
    return {
      fromMs: startMs,
      toMs: endMs,
      count: list.length,
      perSecond: (list.length * 1000) / (endMs - startMs),
      mean: list.reduce((sum, value) => sum + value, 0) / list.length,
      percentiles: percents.map((percent) => (list.length > 0 ? nearestRankQuantile(sorted, percent / 100) : Number.NaN)),
    };
  });
}
