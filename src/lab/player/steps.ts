// Where the player goes when it does not glide: the next event, the next notable mark.

import type { Mark, Trace } from '@by-the-slice/simulation';
import type { Result } from '../../experiments/definition/result';
import { saidText } from '../words/saidText';

export type Direction = 1 | -1;

/** Time of the nearest event after (or before) the cursor, or null at the end of the record. */
export function eventTime(trace: Trace, cursorMs: number, direction: Direction): number | null {
  const { timesMs, count } = trace;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = direction === 1 ? timesMs[middle] <= cursorMs : timesMs[middle] < cursorMs;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  const at = direction === 1 ? low : low - 1;
  return at >= 0 && at < count ? timesMs[at] : null;
}

/** Over both sides: whichever comes first. */
export function nearestEventTime(results: readonly (Result | null)[], cursorMs: number, direction: Direction): number | null {
  let nearest: number | null = null;
  for (const result of results) {
    const time = result?.trace ? eventTime(result.trace, cursorMs, direction) : null;
    if (time !== null && (nearest === null || (direction === 1 ? time < nearest : time > nearest))) nearest = time;
  }
  return nearest;
}

export function nearestMark(marks: readonly SideMark[], cursorMs: number, direction: Direction): SideMark | null {
  if (direction === 1) return marks.find(({ atMs }) => atMs > cursorMs) ?? null;
  return marks.findLast(({ atMs }) => atMs < cursorMs) ?? null;
}

export interface SideMark extends Pick<Mark, 'atMs' | 'kind'> {
  side: 'a' | 'b';
  /** In words. */
  text: string;
}

/** The marks of both sides in order of time. */
export function marksOf(resultA: Result | null, resultB: Result | null): SideMark[] {
  return [...marksOn('a', resultA), ...marksOn('b', resultB)].sort((one, other) => one.atMs - other.atMs);
}

function marksOn(side: SideMark['side'], result: Result | null): SideMark[] {
  return (result?.marks ?? []).map((mark) => ({ atMs: mark.atMs, kind: mark.kind, side, text: saidText(result?.trace, mark) }));
}
