// Faults by the clock. One fault is an intervention; this makes a list of them that come again and again.

import { milliseconds } from '../network/limits';
import { positive, wholeNumber } from '../options';
import type { Intervention } from '../system';

export interface RepeatedFault extends Omit<Intervention, 'untilMs'> {
  /** From one beginning to the next, in ms. */
  everyMs: number;
  /** How often, 1 or more. */
  times: number;
  /** How long each lasts, in ms. Default: for ever. */
  lastsMs?: number;
}

/** A fault that comes `times` times: at `atMs`, at `atMs + everyMs`, … For `System.intervene`. */
export function repeatedFault({ everyMs, times, lastsMs, ...fault }: RepeatedFault): Intervention[] {
  positive(fault.verb, 'time between two faults', everyMs);
  wholeNumber(fault.verb, 'number of faults', times, 1);
  if (lastsMs !== undefined) milliseconds(fault.verb, 'length', lastsMs);
  return Array.from({ length: times }, (_, index) => {
    const atMs = fault.atMs + index * everyMs;
    return lastsMs === undefined ? { ...fault, atMs } : { ...fault, atMs, untilMs: atMs + lastsMs };
  });
}
