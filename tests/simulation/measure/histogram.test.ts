import { describe, expect, test } from 'vitest';
import { Histogram } from '../../../src/simulation/measure/histogram';
import java from '../../vectors/hdr.java.json';
import vectors from '../../vectors/hdr.json';

const { example, coordinatedOmission, equivalence_sig3, run } = vectors.data;
const wide = { lowestDiscernible: 1, highestTrackable: 3_600_000_000, significantDigits: 3 };

function xorshift32(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function filled(): Histogram {
  const histogram = new Histogram(wide);
  const next = xorshift32(run.seed);
  for (let i = 0; i < run.n; i += 1) {
    const u = next();
    let value = 1 + (u % 1000);
    if (u % 10 === 0) value *= 10;
    if (u % 97 === 0) value *= 100;
    histogram.record(value);
  }
  return histogram;
}

describe('HDR histogram', () => {
  test('gives the percentiles of the Java HdrHistogram, value for value', () => {
    const histogram = filled();
    expect(run.pcts.map((percentile) => histogram.valueAtPercentile(percentile))).toEqual(run.values);
    expect(histogram.min).toBe(run.min);
    expect(histogram.max).toBe(run.max);
    expect(histogram.totalCount).toBe(run.n);
  });

  test('gives the mean and standard deviation of the Java HdrHistogram', () => {
    const histogram = filled();
    expect(Math.abs(histogram.mean / run.mean - 1)).toBeLessThan(1e-9);
    expect(Math.abs(histogram.standardDeviation / run.stdev - 1)).toBeLessThan(1e-9);
  });

  test('chooses between neighbors at a percentile edge as the Java tests ask', () => {
    for (const { record, p } of example) {
      const histogram = new Histogram(wide);
      for (const value of record) histogram.record(value);
      for (const [percentile, expected] of Object.entries(p)) {
        expect(`${percentile}: ${histogram.valueAtPercentile(Number(percentile))}`).toBe(`${percentile}: ${expected}`);
      }
    }
  });

  test('knows which values it cannot tell apart', () => {
    const histogram = new Histogram(wide);
    for (const [value, lowest, highest] of equivalence_sig3) {
      expect(histogram.lowestEquivalent(value)).toBe(lowest);
      expect(histogram.highestEquivalent(value)).toBe(highest);
    }
  });

  test('an expected interval repairs coordinated omission', () => {
    const raw = new Histogram(wide);
    const corrected = new Histogram(wide);
    for (let i = 0; i < 10_000; i += 1) {
      raw.record(1000);
      corrected.recordWithExpectedInterval(1000, 10_000);
    }
    raw.record(100_000_000);
    corrected.recordWithExpectedInterval(100_000_000, 10_000);
    expect(raw.totalCount).toBe(coordinatedOmission.totalRaw);
    expect(corrected.totalCount).toBe(coordinatedOmission.totalCorrected);
    for (const [histogram, values] of [
      [raw, coordinatedOmission.raw],
      [corrected, coordinatedOmission.corrected],
    ] as const) {
      for (const [percentile, value] of Object.entries(values)) {
        expect(Math.abs(histogram.valueAtPercentile(Number(percentile)) / value - 1)).toBeLessThan(0.001);
      }
    }
  });

  test('keeps three digits of values beyond 32 bits', () => {
    const histogram = new Histogram({ highestTrackable: 9_007_199_254_740_991 });
    for (const value of [2_147_483_648, 4_294_967_296, 123_456_789_012_345, 9_007_199_254_740_991]) {
      histogram.reset();
      histogram.record(value);
      expect(Math.abs(histogram.valueAtPercentile(50) / value - 1)).toBeLessThan(0.001);
      expect(histogram.lowestEquivalent(value) <= value && value <= histogram.highestEquivalent(value)).toBe(true);
    }
  });

  test('takes memory for the values that came, and tells the same of them as one that has it all', () => {
    const whole = () => {
      const histogram = new Histogram();
      histogram.record(3_600_000_000);
      return histogram;
    };
    for (const values of [[1], [5_000_000, 3], [3_599_999_999, 1, 2_147_483_648]]) {
      const [lazy, eager] = [new Histogram(), whole()];
      for (const value of values) for (const histogram of [lazy, eager]) histogram.record(value);
      lazy.record(3_600_000_000);
      expect(lazy.countAtOrBelow(1e9)).toBe(eager.countAtOrBelow(1e9));
      for (const percent of [0, 10, 30, 60, 100]) expect(lazy.valueAtPercentile(percent)).toBe(eager.valueAtPercentile(percent));
      const [small, sum] = [new Histogram(), whole()];
      small.record(7);
      small.add(lazy);
      sum.add(lazy);
      expect([small.totalCount, small.max, small.mean]).toEqual([
        values.length + 2,
        lazy.max,
        (lazy.mean * lazy.totalCount + 7) / (lazy.totalCount + 1),
      ]);
      expect(sum.totalCount).toBe(values.length + 2);
    }
  });

  test('counts a value above its range as the highest, and says so', () => {
    const histogram = new Histogram({ highestTrackable: 1000 });
    histogram.record(5000);
    histogram.recordCount(7000, 2);
    histogram.record(Infinity);
    expect(histogram.totalCount).toBe(4);
    expect(histogram.clampedCount).toBe(4);
    expect(histogram.valueAtPercentile(100)).toBe(histogram.highestEquivalent(1000));
  });

  test('refuses negative values and NaN', () => {
    const histogram = new Histogram();
    expect(() => histogram.record(-1)).toThrow(RangeError);
    expect(() => histogram.record(NaN)).toThrow(RangeError);
    expect(histogram.totalCount).toBe(0);
  });

  test('adding equals recording everything in one', () => {
    const both = new Histogram(wide);
    both.add(filled());
    both.add(filled());
    expect(both.totalCount).toBe(2 * run.n);
    expect(both.valueAtPercentile(99)).toBe(filled().valueAtPercentile(99));
    expect(both.mean).toBe(filled().mean);
    const coarse = new Histogram({ highestTrackable: 10_000_000, significantDigits: 2 });
    coarse.add(filled());
    expect(coarse.totalCount).toBe(run.n);
    expect(Math.abs(coarse.valueAtPercentile(99) / filled().valueAtPercentile(99) - 1)).toBeLessThan(0.01);
  });

  test('buckets rise, do not overlap and hold every value', () => {
    let total = 0;
    let before = -1;
    const histogram = filled();
    histogram.forEachBucket((lowest, highest, count) => {
      expect(lowest > before && highest >= lowest).toBe(true);
      before = highest;
      total += count;
    });
    expect(total).toBe(run.n);
    expect(histogram.countAtOrBelow(run.max)).toBe(run.n);
    expect(histogram.countAtOrBelow(1)).toBe(0);
  });

  test('the quick way in and the general one choose the same bucket', () => {
    for (const options of [wide, { lowestDiscernible: 1000, highestTrackable: 3_600_000_000, significantDigits: 2 }]) {
      const quick = new Histogram(options);
      const general = new Histogram(options);
      for (let value = 0; value < 2_147_483_647; value = Math.floor(value * 1.013) + 1) {
        quick.record(value);
        general.recordCount(value, 1);
      }
      const list = (histogram: Histogram): number[] => {
        const rows: number[] = [];
        histogram.forEachBucket((lowest, highest, count) => rows.push(lowest, highest, count));
        return rows;
      };
      expect(list(quick)).toEqual(list(general));
    }
  });

  test('for any range, digits and values, resizing or not, it gives the numbers of the Java one', () => {
    expect(java.data.length).toBe(28);
    for (const { sig, low, high, auto, values, p, mean, sd, min, max, total, probe, lo, hi, below } of java.data) {
      const histogram = new Histogram({ lowestDiscernible: low, highestTrackable: high, significantDigits: sig, autoResize: auto });
      for (const value of values) histogram.record(value);
      expect(p.map(([percent]) => [percent, histogram.valueAtPercentile(percent)])).toEqual(p);
      expect([histogram.min, histogram.max, histogram.totalCount]).toEqual([min, max, total]);
      expect([histogram.lowestEquivalent(probe), histogram.highestEquivalent(probe)]).toEqual([lo, hi]);
      expect(Math.abs(histogram.mean - mean)).toBeLessThanOrEqual(1e-9 * mean);
      expect(Math.abs(histogram.standardDeviation - sd)).toBeLessThanOrEqual(1e-9 * sd);
      expect(Math.abs(histogram.percentileAtOrBelow(probe) - below)).toBeLessThanOrEqual(1e-9 * below);
    }
  });

  test('one that resizes begins small, and holds whatever comes within its digits', () => {
    const histogram = new Histogram({ significantDigits: 2, autoResize: true });
    expect(histogram.highestTrackable).toBe(2);
    histogram.record(100);
    histogram.record(123_456_789);
    histogram.record(300);
    expect([histogram.totalCount, histogram.clampedCount, histogram.min]).toEqual([3, 0, 100]);
    expect(Math.abs(histogram.max / 123_456_789 - 1)).toBeLessThan(0.01);
    expect(histogram.highestTrackable).toBeGreaterThanOrEqual(123_456_789);
    expect(Math.abs(histogram.valueAtPercentile(50) / 300 - 1)).toBeLessThan(0.01);
    histogram.record(Infinity);
    expect([histogram.clampedCount, histogram.highestTrackable]).toEqual([1, Number.MAX_SAFE_INTEGER]);
  });

  test('units too coarse for 31 bits are fine', () => {
    const histogram = new Histogram({ lowestDiscernible: 1_000_000_000, highestTrackable: 3_600_000_000_000 });
    for (let second = 1; second <= 100; second++) histogram.record(second * 1_000_000_000);
    const unit = 2 ** 29;
    expect(Math.abs(histogram.valueAtPercentile(50) - 50e9)).toBeLessThanOrEqual(unit);
    expect(histogram.totalCount).toBe(100);
  });

  test('refuses counts that are not whole', () => {
    const histogram = new Histogram();
    for (const count of [-1, 0.5, Number.NaN, Infinity]) expect(() => histogram.recordCount(5, count)).toThrow(/whole number/);
    expect(histogram.totalCount).toBe(0);
  });

  test('an empty histogram answers zero', () => {
    const histogram = new Histogram();
    expect([histogram.mean, histogram.min, histogram.max, histogram.valueAtPercentile(99), histogram.standardDeviation]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  test('options outside their range are refused with the range', () => {
    expect(() => new Histogram({ significantDigits: 6 })).toThrow(/0 to 5/);
    expect(() => new Histogram({ highestTrackable: 1 })).toThrow(/twice/);
    expect(() => new Histogram({ lowestDiscernible: 0 })).toThrow(/>= 1/);
  });
});
