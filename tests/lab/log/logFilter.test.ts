import { describe, expect, test } from 'vitest';
import { levelsOf } from '../../../src/lab/log/levels';
import { filteredLog as filtered, lastShownUpTo, nearestWarning, partsInLog } from '../../../src/lab/log/logFilter';
import { rowsInView, scrollTo, spareRows, stillInView } from '../../../src/lab/log/rowsInView';
import { saidText } from '../../../src/lab/words/saidText';
import type { LogLevel, LogLine, PartDescription } from '../../../src/simulation/index';

const any = { levels: levelsOf('all'), words: '', part: null, range: null };
const partList = Array.from({ length: 10 }, (_, id) => ({ id, name: `servers/${id}`, label: `Server ${id}` })) as PartDescription[];
const filteredLog = (lines: LogLine[], filter: Parameters<typeof filtered>[1]): Uint32Array =>
  filtered(lines, filter, (line) => saidText({ partList }, line));
const levels: LogLevel[] = ['info', 'warn', 'error'];

/** A line every ms; every third a warning, part 0 to 9 in turn. */
function longLog(count: number): LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    atMs: index,
    level: levels[index % 3],
    part: index % 10,
    text: 'Request {request} rejected: 50 already wait at {part}',
    request: index,
  }));
}

describe('the filter of the log', () => {
  const log = longLog(300);

  test('lets through lines by level, part, words and time, each alone and together', () => {
    expect(filteredLog(log, any)).toHaveLength(300);
    expect(filteredLog(log, { ...any, levels: levelsOf('error') })).toHaveLength(100);
    expect(filteredLog(log, { ...any, levels: levelsOf('warn') })).toHaveLength(200);
    expect(Array.from(filteredLog(log, { ...any, part: 3 })).every((index) => log[index].part === 3)).toBe(true);
    expect(Array.from(filteredLog(log, { ...any, words: 'request 29 ' }))).toEqual([29]);
    expect(filteredLog(log, { ...any, words: 'server 4' })).toHaveLength(30);
    const together = filteredLog(log, { levels: levelsOf('error'), words: 'server 2', part: 2, range: { fromMs: 30, toMs: 120 } });
    expect(Array.from(together)).toEqual([32, 62, 92]);
  });

  test('keeps both ends of a stretch of time, and gives nothing outside of the log', () => {
    expect(Array.from(filteredLog(log, { ...any, range: { fromMs: 10, toMs: 12 } }))).toEqual([10, 11, 12]);
    expect(Array.from(filteredLog(log, { ...any, range: { fromMs: 12, toMs: 12 } }))).toEqual([12]);
    expect(filteredLog(log, { ...any, range: { fromMs: 500, toMs: 900 } })).toHaveLength(0);
    expect(filteredLog([], any)).toHaveLength(0);
  });

  test('filters 100,000 lines in less than 50 ms', () => {
    const long = longLog(100_000);
    const took = [1, 2, 3, 4, 5].map((round) => {
      const startMs = performance.now();
      const shown = filteredLog(long, { levels: levelsOf('warn'), words: `${round}`, part: null, range: { fromMs: 10, toMs: 99_000 } });
      expect(shown.length).toBeGreaterThan(1000);
      return performance.now() - startMs;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  });

  test('goes from warning to warning among the lines that are shown', () => {
    const shown = filteredLog(log, { ...any, part: 0 });
    expect(Array.from(shown.subarray(0, 4))).toEqual([0, 10, 20, 30]);
    expect(nearestWarning(log, shown, -1, 1)).toBe(1);
    expect(nearestWarning(log, shown, 1, 1)).toBe(2);
    expect(nearestWarning(log, shown, 2, 1)).toBe(4);
    expect(nearestWarning(log, shown, 4, -1)).toBe(2);
    expect(nearestWarning(log, shown, 1, -1)).toBeNull();
    expect(nearestWarning(log, shown, shown.length - 1, 1)).toBeNull();
  });

  test('finds the line of the moment among those that are shown', () => {
    const shown = filteredLog(log, { ...any, part: 0 });
    expect(lastShownUpTo(log, shown, 25)).toBe(2);
    expect(lastShownUpTo(log, shown, 30)).toBe(3);
    expect(lastShownUpTo(log, shown, -1)).toBe(-1);
  });

  test('knows which parts spoke', () => {
    expect(partsInLog(log).get(4)).toBe(30);
  });
});

describe('a long list', () => {
  test('keeps few rows in the page wherever it is scrolled to', () => {
    for (const scrolledPx of [0, 1000, 1_200_000, 2_399_700, 9_999_999]) {
      const { from, to } = rowsInView(scrolledPx, 300, 24, 100_000);
      expect(to - from).toBeLessThanOrEqual(13 + 2 * spareRows);
      expect(to).toBeLessThanOrEqual(100_000);
      expect(from).toBeGreaterThanOrEqual(0);
      const firstSeen = Math.min(99_987, Math.floor(scrolledPx / 24));
      expect(from).toBeLessThanOrEqual(firstSeen);
      expect(to).toBeGreaterThanOrEqual(Math.min(100_000, firstSeen + 13));
    }
  });

  test('changes its rows before what is seen reaches their end, and not for a small step', () => {
    const kept = rowsInView(24_000, 300, 24, 100_000);
    expect(stillInView(kept, 24_100, 300, 24, 100_000)).toBe(true);
    expect(stillInView(kept, 24_000 + 24 * (spareRows - 5), 300, 24, 100_000)).toBe(false);
    expect(stillInView(kept, 24_000 - 24 * (spareRows - 5), 300, 24, 100_000)).toBe(false);
    expect(stillInView(rowsInView(0, 300, 24, 10), 0, 300, 24, 500)).toBe(false);
  });

  test('scrolls to a row only when it is not seen', () => {
    expect(scrollTo(5, 0, 300, 24)).toBeNull();
    expect(scrollTo(100, 0, 300, 24)).toBe(2400 - 138);
    expect(scrollTo(0, 500, 300, 24)).toBe(0);
  });
});
