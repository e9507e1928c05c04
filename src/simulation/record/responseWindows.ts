// How a recorded run went over time: throughput, mean and exact percentiles of the response time in each window.

import { type TimeWindow, timeWindows, type WindowOptions } from '../measure/windows';
import type { Span } from './spans';

/** Windows of the requests that were completed, by when their answer came; values in ms. `spans` hold their roots (spansOf). */
export function responseWindows(spans: readonly Span[], options: WindowOptions): TimeWindow[] {
  const completed = spans.filter(({ step, fate }) => step === 'request' && fate === 'completed');
  return timeWindows(
    completed.map(({ endMs }) => endMs),
    completed.map(({ startMs, endMs }) => endMs - startMs),
    options,
  );
}
