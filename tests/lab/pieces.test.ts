import { describe, expect, it } from 'vitest';
import { number } from '../../src/experiments/definition/parameters';
import { runExperiment } from '../../src/experiments/definition/run';
import { defaultValues } from '../../src/experiments/definition/settings';
import { parseNumber } from '../../src/lab/controls/parseNumber';
import { positionOf, valueAt } from '../../src/lab/controls/scale';
import { lastUpTo } from '../../src/lab/log/logFilter';
import { clockText } from '../../src/lab/player/clockText';
import { placedMarks } from '../../src/lab/player/placedMarks';
import { eventTime, nearestMark } from '../../src/lab/player/steps';
import { difference, rangeText } from '../../src/lab/results/compareText';
import type { MarkKind } from '../../src/simulation/index';
import { tiny } from './tiny';

describe('number fields', () => {
  const limits = { min: 10, max: 1000, unit: 'ms' };

  it('take what is allowed', () => {
    expect(parseNumber('15', limits)).toEqual({ value: 15 });
    expect(parseNumber(' 1e2 ', limits)).toEqual({ value: 100 });
    expect(parseNumber('12,5', limits)).toEqual({ value: 12.5 });
  });

  it('say what is allowed otherwise', () => {
    for (const text of ['', '1', 'abc', '1001', '1/2', 'NaN', '0x10'])
      expect(parseNumber(text, limits)).toEqual({ problem: 'Needs a number from 10 to 1000\u202fms.' });
    expect(parseNumber('2.5', { min: 1, max: 4, whole: true })).toEqual({ problem: 'Needs a whole number from 1 to 4.' });
  });
});

describe('sliders', () => {
  it('reach both ends and come back, straight and logarithmic', () => {
    for (const scale of ['linear', 'log'] as const) {
      const parameter = number({ label: 'x', min: 10, max: 1000, step: 5, default: 100, scale });
      expect(valueAt(parameter, 0)).toBe(10);
      expect(valueAt(parameter, 1)).toBe(1000);
      expect(positionOf(parameter, 1000)).toBeCloseTo(1, 9);
    }
    const fromZero = number({ label: 'x', min: 0, max: 100, step: 1, default: 1, scale: 'log' });
    expect(valueAt(fromZero, 0)).toBe(0);
    expect(positionOf(fromZero, 0)).toBe(0);
  });
});

describe('steps of the player', () => {
  const { trace } = runExperiment(tiny, { values: defaultValues(tiny), seed: 1, interventions: [] }, { record: { detail: 'all' } });

  it('go forward and back over the same events', () => {
    if (!trace) throw new Error('no trace');
    const first = eventTime(trace, 3000, 1) ?? Number.NaN;
    const second = eventTime(trace, first, 1) ?? Number.NaN;
    expect(first).toBeGreaterThan(3000);
    expect(second).toBeGreaterThan(first);
    expect(eventTime(trace, second, -1)).toBe(first);
    expect(eventTime(trace, trace.horizonMs, 1)).toBe(null);
    expect(eventTime(trace, 0, -1)).toBe(null);
  });

  it('find the next mark', () => {
    const marks = [10, 11, 500].map((atMs) => ({ atMs, kind: 'rejection' as const, part: 0, text: 'full', side: 'a' as const }));
    expect(nearestMark(marks, 11, 1)?.atMs).toBe(500);
    expect(nearestMark(marks, 11, -1)?.atMs).toBe(10);
    expect(nearestMark(marks, 500, 1)).toBe(null);
  });

  it('draw what tells most of what falls on one spot, and tell the rest with it', () => {
    const at = (atMs: number, kind: MarkKind, side: 'a' | 'b' = 'a') => ({ atMs, kind, side, text: kind });
    const marks = [at(90, 'note'), at(100, 'health'), at(110, 'crash'), at(115, 'restore', 'b'), at(120, 'health'), at(500, 'note')];
    const placed = placedMarks(marks, 1000);
    expect(placed.map(({ atMs, kind, near }) => [atMs, kind, near.map((one) => one.atMs)])).toEqual([
      [110, 'crash', [90, 100, 120]],
      [115, 'restore', []],
      [500, 'note', []],
    ]);
  });

  it('draw signs that do not cover each other, and tell every mark', () => {
    const kinds: MarkKind[] = ['note', 'health', 'crash', 'restore'];
    const marks = Array.from({ length: 300 }, (_, index) => ({
      atMs: (index * 337) % 1000,
      kind: kinds[index % 4],
      side: 'a' as const,
      text: '',
    }));
    const placed = placedMarks(
      marks.sort((one, other) => one.atMs - other.atMs),
      1000,
    );
    const gaps = placed.slice(1).map(({ atMs }, index) => atMs - placed[index].atMs);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000 / 28);
    expect(placed.reduce((sum, { near }) => sum + 1 + near.length, 0)).toBe(300);
  });
});

describe('words', () => {
  it('tell time with figures that stand still', () => {
    expect(clockText(12_345, 180_000, 's')).toBe('12.35 s');
    expect(clockText(0, 86_400_000, 'h')).toBe('0.00 h');
  });

  it('tell a difference in words', () => {
    expect(difference({ unit: 'ms', better: 'lower' }, 100, 80)).toEqual({ text: '−20\u202fms', word: 'better', arrow: '▼' });
    expect(difference({ unit: '%', better: 'higher' }, 0.9, 0.8)).toEqual({ text: '−10 points', word: 'worse', arrow: '▼' });
    expect(difference({ unit: 'ms' }, 1, 2)?.word).toBe('more');
    expect(difference({ unit: 'ms' }, 5, 5)?.word).toBe('the same');
    expect(difference({ unit: 'ms' }, null, 5)).toBe(null);
    expect(rangeText(120, 340, 'ms')).toBe('120–340\u202fms');
  });

  it('find the line of the moment', () => {
    const lines = [1, 2, 2, 9].map((atMs) => ({ atMs, level: 'info' as const, part: 0, text: '' }));
    expect(lastUpTo(lines, 0)).toBe(-1);
    expect(lastUpTo(lines, 2)).toBe(2);
    expect(lastUpTo(lines, 100)).toBe(3);
  });
});
