import { describe, expect, it } from 'vitest';
import { Histogram, reusingRoom, roomForCounts } from '../../../src/simulation/index';

describe('memory for counts', () => {
  it('is new each time, unless a run is carried out for its numbers alone', () => {
    expect(roomForCounts(64)).not.toBe(roomForCounts(64));
  });

  it('serves the next run, full of zeros', () => {
    const first = reusingRoom(() => roomForCounts(333).fill(7));
    const second = reusingRoom(() => roomForCounts(333));
    expect(second).toBe(first);
    expect(second).toEqual(new Float64Array(333));
  });

  it('is never handed out twice within a run, nor to a run within a run', () => {
    reusingRoom(() => roomForCounts(444));
    reusingRoom(() => {
      const own = roomForCounts(444);
      expect(roomForCounts(444)).not.toBe(own);
      expect(reusingRoom(() => roomForCounts(444))).not.toBe(own);
    });
  });

  it('comes back from a run that failed', () => {
    let lent: Float64Array | undefined;
    const failing = (): void => {
      lent = roomForCounts(555).fill(1);
      throw new Error('A run failed.');
    };
    expect(() => reusingRoom(failing)).toThrow('A run failed.');
    expect(reusingRoom(() => roomForCounts(555))).toBe(lent);
    expect(lent?.[0]).toBe(0);
  });

  it('leaves a histogram with the same numbers, run after run', () => {
    const run = (scale: number): number[] =>
      reusingRoom(() => {
        const histogram = new Histogram();
        for (let value = 1; value <= 1000; value++) histogram.record(value * scale);
        return [histogram.valueAtPercentile(50), histogram.mean, histogram.totalCount];
      });
    const alone = run(1);
    run(3_000_000);
    expect(run(1)).toEqual(alone);
  });
});
