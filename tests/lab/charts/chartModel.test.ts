import { describe, expect, it } from 'vitest';
import type { ChartDefinition } from '../../../src/experiments/definition/defineExperiment';
import type { BarData, LineData } from '../../../src/experiments/definition/result';
import { axisName, modelOf, roundTicks, sharesCategories, withUnit } from '../../../src/lab/charts/chartModel';

const definition: ChartDefinition = {
  title: 'T',
  caption: 'C',
  x: { label: 'simulated time', unit: 's' },
  y: { label: 'share', unit: '%' },
  series: { share: { label: 'measured' }, formula: { label: 'theory', theory: true } },
  followsClock: true,
};
const lines = (x: number[], values: (number | null)[]): LineData => ({
  type: 'lines',
  x,
  lines: [
    { key: 'share', values },
    { key: 'formula', values: x.map(() => 0.5) },
  ],
});

describe('what a chart shows', () => {
  it('is in the units of its axes, over the whole run', () => {
    const model = modelOf(definition, lines([1, 2], [0.25, null]), undefined, 60_000);
    expect(model.rows).toEqual([
      { x: 1, 'a share': 25, 'a formula': 50 },
      { x: 2, 'a share': null, 'a formula': 50 },
    ]);
    expect(model.domain).toEqual([0, 60]);
    expect(model.series.map(({ label, rank }) => [label, rank])).toEqual([
      ['measured', 0],
      ['theory', -1],
    ]);
  });

  it('names the sides and draws the theory once', () => {
    const model = modelOf(definition, lines([1, 2], [0.1, 0.2]), lines([1, 2], [0.3, 0.4]), 60_000);
    expect(model.series.map(({ label }) => label)).toEqual(['A: measured', 'theory', 'B: measured']);
    expect(model.rows[0]).toEqual({ x: 1, 'a share': 10, 'a formula': 50, 'b share': 30 });
    expect(model.isBridged).toBe(false);
  });

  it('bridges runs of different length', () => {
    const model = modelOf(definition, lines([1, 2], [0.1, 0.2]), lines([1.5], [0.3]), 60_000);
    expect(model.rows.map(({ x }) => x)).toEqual([1, 1.5, 2]);
    expect(model.isBridged).toBe(true);
  });

  it('keeps bars over other categories apart', () => {
    const bars = (categories: string[]): BarData => ({
      type: 'bars',
      categories,
      bars: [{ key: 'share', values: categories.map(() => 0.1) }],
    });
    expect(sharesCategories(bars(['0', '10']), bars(['0', '10']))).toBe(true);
    expect(sharesCategories(bars(['0', '10']), bars(['0', '20']))).toBe(false);
    expect(sharesCategories(bars(['0']), undefined)).toBe(true);
  });
});

describe('numbers on axes', () => {
  it('are round', () => {
    expect(roundTicks([0, 120], 6)).toEqual([0, 20, 40, 60, 80, 100, 120]);
    expect(roundTicks([0, 0.7], 4)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(roundTicks([5, 5], 4)).toEqual([5]);
  });
  it('carry their unit', () => {
    expect(axisName({ label: 'server', unit: '' })).toBe('server');
    expect(axisName({ label: 'wait', unit: 'ms' })).toBe('wait (ms)');
    expect(withUnit(12.345, 'ms')).toBe('12.3 ms');
    expect(withUnit(null, 'ms')).toBe('–');
  });
});
