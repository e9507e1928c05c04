// Where things lie in a plot, for lines and for bars.

import { describe, expect, it } from 'vitest';
import type { ChartModel } from '../../../src/lab/charts/chartModel';
import {
  acrossOf,
  barPlace,
  heightOf,
  heightTicks,
  isMarked,
  lineThrough,
  namesEvery,
  type Plot,
  pointsOf,
} from '../../../src/lab/charts/plotting';

const plot: Plot = { left: 50, right: 450, top: 10, bottom: 210, highest: 40 };
const series = [
  { id: 'a x', label: 'x', side: 'a', rank: 0 },
  { id: 'a y', label: 'y', side: 'a', rank: 1 },
] as const;
const model = (type: ChartModel['type'], rows: ChartModel['rows'], domain: [number, number] = [0, 10]): ChartModel => ({
  type,
  series: [...series],
  rows,
  domain,
  isBridged: false,
});

describe('a plot', () => {
  it('has round heights from 0 to above the highest value, and two where there is nothing', () => {
    expect(heightTicks(model('lines', [{ x: 0, 'a x': 37, 'a y': 3 }]), 4)).toEqual([0, 10, 20, 30, 40]);
    expect(heightTicks(model('lines', [{ x: 0, 'a x': null, 'a y': null }]), 4)).toEqual([0, 1]);
  });

  it('puts 0 at its foot, the highest at its top, and the ends of the axis at its edges', () => {
    expect([heightOf(plot, 0), heightOf(plot, 40)]).toEqual([210, 10]);
    const across = acrossOf(model('lines', []), plot);
    expect([across(0), across(5), across(10)]).toEqual([50, 250, 450]);
  });

  it('breaks a line where there is no value, and goes on over the gap only where it is told to', () => {
    const rows = [0, 1, 2, 3].map((x) => ({ x, 'a x': x === 1 ? null : 40, 'a y': null }));
    const lines = model('lines', rows, [0, 4]);
    const points = pointsOf(lines.series[0], rows, plot, acrossOf(lines, plot));
    expect(lineThrough(points, false)).toBe('M 50 10 M 250 10 L 350 10');
    expect(lineThrough(points, true)).toBe('M 50 10 L 250 10 L 350 10');
    expect(lineThrough(pointsOf(lines.series[1], rows, plot, acrossOf(lines, plot)), false)).toBe('');
  });

  it('marks every value that stands alone, and of many in a row a few', () => {
    const many = Array.from({ length: 70 }, (_, x) => ({ x, y: 0 }));
    const marked = many.filter((_, index) => isMarked(many, index, 0, 2, false)).length;
    expect(marked).toBeGreaterThan(4);
    expect(marked).toBeLessThan(10);
    expect(isMarked([null, { x: 0, y: 0 }, null], 1, 0, 1, false)).toBe(true);
  });

  it('sets the bars of a row side by side without touching the next row', () => {
    const rows = ['one', 'two', 'three', 'four'].map((x) => ({ x, 'a x': 1, 'a y': 2 }));
    const bars = model('bars', rows);
    const ends = rows.flatMap((_, row) => series.map((_one, order) => barPlace(bars, plot, row, order)));
    ends.slice(1).forEach(({ x }, index) => {
      expect(x).toBeGreaterThanOrEqual(ends[index].x + ends[index].width);
    });
    expect(ends[0].x).toBeGreaterThanOrEqual(plot.left);
    expect(ends[7].x + ends[7].width).toBeLessThanOrEqual(plot.right);
  });

  it('names as many rows as there is room for', () => {
    const named = (count: number) =>
      namesEvery(
        model(
          'bars',
          Array.from({ length: count }, (_, x) => ({ x: `server ${x}` })),
        ),
        plot,
      );
    expect(named(3)).toBe(1);
    expect(named(64)).toBeGreaterThan(8);
  });
});
