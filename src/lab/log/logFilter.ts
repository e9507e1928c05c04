// Which lines of a log are shown, as their numbers in it. A log is in order of time and may have 100,000 lines: a stretch of time is
// found by halving, and the words are made small once.

import type { LogLevel, LogLine } from '@by-the-slice/simulation';
import type { TimeRange } from '../frame/lens';

interface LogFilter {
  levels: readonly LogLevel[];
  /** In lower case; empty: any. */
  words: string;
  /** Id of the part; null: any. */
  part: number | null;
  range: TimeRange | null;
}

const lowered = new WeakMap<readonly LogLine[], string[]>();

/** @param textOf what a line says, for those who look for words */
export function filteredLog(
  lines: readonly LogLine[],
  { levels, words, part, range }: LogFilter,
  textOf: (line: LogLine) => string,
): Uint32Array {
  const [from, to] = range ? [firstFrom(lines, range.fromMs), lastUpTo(lines, range.toMs) + 1] : [0, lines.length];
  const texts = words === '' ? null : textsOf(lines, textOf);
  const shown = new Uint32Array(Math.max(0, to - from));
  let count = 0;
  for (let index = from; index < to; index++) {
    const line = lines[index];
    if (!levels.includes(line.level) || (part !== null && line.part !== part)) continue;
    if (texts && !texts[index].includes(words)) continue;
    shown[count++] = index;
  }
  return shown.subarray(0, count);
}

/** Index of the last line at or before the time, or -1. */
export function lastUpTo(lines: readonly Pick<LogLine, 'atMs'>[], atMs: number): number {
  return firstWith(lines.length, (index) => lines[index].atMs > atMs) - 1;
}

/** Place in `shown` of the last line at or before the time, or -1. */
export function lastShownUpTo(lines: readonly LogLine[], shown: Uint32Array, atMs: number): number {
  return firstWith(shown.length, (place) => lines[shown[place]].atMs > atMs) - 1;
}

/** Place in `shown` of the nearest warning or error behind a place, or before it; null when there is none. */
export function nearestWarning(lines: readonly LogLine[], shown: Uint32Array, place: number, direction: 1 | -1): number | null {
  for (let next = place + direction; next >= 0 && next < shown.length; next += direction) {
    if (lines[shown[next]].level !== 'info') return next;
  }
  return null;
}

/** The parts that said something, by id, with how many lines. */
export function partsInLog(lines: readonly LogLine[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { part } of lines) if (part >= 0) counts.set(part, (counts.get(part) ?? 0) + 1);
  return counts;
}

function firstFrom(lines: readonly LogLine[], atMs: number): number {
  return firstWith(lines.length, (index) => lines[index].atMs >= atMs);
}

function firstWith(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function textsOf(lines: readonly LogLine[], textOf: (line: LogLine) => string): string[] {
  let texts = lowered.get(lines);
  if (!texts) {
    texts = lines.map((line) => textOf(line).toLowerCase());
    lowered.set(lines, texts);
  }
  return texts;
}
