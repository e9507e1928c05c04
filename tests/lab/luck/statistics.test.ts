import { describe, expect, it } from 'vitest';
import { estimateText, valueText } from '../../../src/lab/luck/estimateText';
import { metricsOf } from '../../../src/lab/luck/metrics';
import { pairsOf, winsOf } from '../../../src/lab/luck/pairs';
import { isConstant, runsOf, spreadOf } from '../../../src/lab/luck/spread';
import type { Study } from '../../../src/lab/luck/study';
import { missingText, pairVerdict, runText, spreadVerdict, verdictOf, winsText } from '../../../src/lab/luck/words';
import type { Values } from '../../../src/lab/worker/messages';

const measured = (values: (number | null)[]): Values[] => values.map((waitMs) => ({ waitMs }));
const study = (a: (number | null)[], b: (number | null)[] | null = null): Study => ({
  key: '',
  seeds: a.length,
  a: measured(a),
  b: b && measured(b),
  tookMs: 1,
});
const spread = (values: (number | null)[]) => spreadOf(runsOf(measured(values), 'waitMs'), values.length);
const pairs = (a: (number | null)[], b: (number | null)[]) => pairsOf(measured(a), measured(b), 'waitMs');
const ms = { unit: 'ms', better: 'lower' } as const;

describe('the spread of one side', () => {
  it('orders the runs, keeps their seeds, and finds mean, interval and a median that happened', () => {
    const found = spread([30, 10, 20, 40]);
    expect(found?.runs).toEqual([
      { seed: 2, value: 10 },
      { seed: 3, value: 20 },
      { seed: 1, value: 30 },
      { seed: 4, value: 40 },
    ]);
    expect(found?.median).toEqual({ seed: 3, value: 20 });
    expect(found?.interval.mean).toBe(25);
    // t(0.95, 3) = 3.182446, s = 12.909944: from tables.
    expect(found?.interval.halfWidth).toBeCloseTo((3.182446 * 12.909944) / 2, 4);
  });

  it('leaves out runs without a value, and those without an end', () => {
    expect(spread([null, 5, Infinity, Number.NaN, 7])?.runs.map(({ seed }) => seed)).toEqual([2, 5]);
    expect(spread([null, null])).toBeNull();
    expect(runsOf([{}, { waitMs: 1 }], 'waitMs')).toEqual([{ seed: 2, value: 1 }]);
  });

  it('sees when chance has no part in a metric, whatever the last digits say', () => {
    expect(isConstant(spread([0.3, 0.1 + 0.2, 0.3]) as never)).toBe(true);
    expect(isConstant(spread([0.3, 0.31]) as never)).toBe(false);
  });
});

describe('pairs of runs', () => {
  it('find a small difference that a much larger spread hides', () => {
    const a = [100, 900, 300, 700, 500];
    const found = pairs(
      a,
      a.map((value, index) => value - 10 - index),
    );
    expect(found?.verdict).toBe('clear');
    expect(found?.lower).toBe(5);
    expect(found?.difference.interval.mean).toBe(-12);
    expect(found?.difference.interval.high).toBeLessThan(0);
  });

  it('say that it could be luck when the interval includes zero', () => {
    expect(pairs([1, 2, 3, 4], [2, 1, 4, 3])?.verdict).toBe('unclear');
  });

  it('do not take noise in the last digits for a difference', () => {
    expect(pairs([0.3, 0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2])).toMatchObject({ verdict: 'same', ties: 3 });
  });

  it('compare only seeds with a value on both sides', () => {
    const found = pairs([1, null, 3, 4], [2, 2, null, 6]);
    expect(found?.difference.runs.map(({ seed }) => seed)).toEqual([1, 4]);
    expect(pairs([1, null], [null, 2])).toBeNull();
    expect(pairs([1, null], [3, 2])?.verdict).toBe('few');
  });

  it('count the seeds that each side wins in the direction that is better', () => {
    const found = pairs([5, 5, 5, 5], [4, 4, 6, 5]);
    expect(found).toMatchObject({ lower: 2, higher: 1, ties: 1 });
    expect(found && winsOf(found, 'lower')).toEqual({ a: 1, b: 2 });
    expect(found && winsOf(found, 'higher')).toEqual({ a: 2, b: 1 });
    expect(found && winsOf(found, undefined)).toBeNull();
  });
});

describe('the verdict in words', () => {
  it('says in how many seeds B is lower, by how much, and that it is not luck', () => {
    const found = pairs([20, 21, 22, 23], [10, 12, 11, 12]);
    expect(pairVerdict(found, ms)).toMatch(/^B is lower in 4 of 4 seeds; the difference of −10\.\d+ ± \d\.\d+.ms is not luck\.$/);
    expect(found && winsText(found, ms)).toBe('Lower is better: B wins 4 of 4 seeds, A wins 0, 0 are equal.');
    expect(found && winsText(found, { unit: 'ms' })).toBe('B is lower in 4, higher in 0 and equal in 0 of 4 seeds.');
  });

  it('says that it could be luck, and which way it leans', () => {
    expect(pairVerdict(pairs([1, 2, 3, 4], [2, 1, 5, 3]), ms)).toMatch(
      /^B is higher in 2 of 4 seeds; .* could be luck: the interval includes zero\.$/,
    );
    expect(pairVerdict(pairs([2, 1, 5, 3], [1, 2, 3, 4]), ms)).toMatch(/^B is lower in 2 of 4 .* could be luck/);
  });

  it.each([
    ['the same on both sides', study([1, 2], [1, 2]), 'Both sides gave the same value in each of 2 seeds.'],
    ['one pair', study([1, null], [1.5, 2]), 'Only one seed gave a value on both sides'],
    ['no pair', study([1, null], [null, 2]), 'nothing to compare'],
    ['no value', study([null, null]), 'No run gave a value'],
    ['one value', study([null, 7]), 'Only one seed gave a value, 7'],
    ['no chance', study([7, 7, 7]), 'All 3 seeds gave 7'],
    ['one side', study([10, 20, 30]), 'The mean of 3 seeds is 20 ± 25'],
  ])('has a sentence for %s', (_what, given, sentence) => {
    expect(verdictOf(given, 'waitMs', ms)).toContain(sentence);
  });

  it('gives lowest and highest of single runs beside the mean', () => {
    expect(spreadVerdict(spread([10, 20, 30]), ms)).toMatch(/between 10.ms and 30.ms/);
  });

  it('tells in how many runs there was no value', () => {
    expect(missingText(study([1, null, 3]), 'waitMs')).toMatch(/^1 of 3 runs/);
    expect(missingText(study([1, null, 3], [null, null, 3]), 'waitMs')).toContain('1 of 3 runs of A and 2 of B');
    expect(missingText(study([1, 2], [3, 4]), 'waitMs')).toBe('');
  });

  it('tells a dot by seed, value and place', () => {
    expect(runText({ seed: 17, value: -0.02 }, 0, 100, '%', 'difference')).toBe('Seed 17: −2\u202fpoints, number 1 of 100 from the lowest');
  });
});

describe('a mean with its interval', () => {
  const interval = (mean: number, halfWidth: number) => ({ mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, count: 9 });

  it.each([
    [412.34, 18.2, 'ms', 'value', '412 ± 18 ms'],
    [-12.44, 3.04, 'ms', 'value', '−12.4 ± 3.0 ms'],
    [-2.31, 2.14, '', 'value', '−2.3 ± 2.1'],
    [0.41234, 0.0131, '%', 'value', '41.2 ± 1.3 %'],
    [-0.031, 0.004, '%', 'difference', '−3.10 ± 0.40 points'],
    [51234, 1234, 'requests', 'value', '51 234 ± 1234 requests'],
    [-0.001, 3.5, 'ms', 'value', '0.0 ± 3.5 ms'],
    [5, 0, 'servers', 'value', '5 servers'],
    [5, Infinity, 's', 'value', '5 s'],
  ] as const)('%d ± %d %s', (mean, halfWidth, unit, kind, text) => {
    expect(estimateText(interval(mean, halfWidth), unit, kind).replaceAll('\u202f', ' ')).toBe(text);
  });

  it('writes differences of percentages in points', () => {
    expect(valueText(0.034, '%', 'difference').replace('\u202f', ' ')).toBe('3.40 points');
    expect(valueText(0.034, '%').replace('\u202f', ' ')).toBe('3.40 %');
  });
});

describe('the list of metrics', () => {
  it('has the main ones first', () => {
    const metrics = {
      a: { label: 'A', short: 'a', unit: '' },
      b: { label: 'B', short: 'b', unit: '', main: true },
    } as const;
    expect(metricsOf({ metrics }).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
