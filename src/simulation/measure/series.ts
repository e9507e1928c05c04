// What is drawn over time: the run cut into equal intervals, with sums, means and percentiles for each.
// Percentiles of an interval come from a small logarithmic histogram (sixteen bins an octave: within 2.2 %).

import { log2 } from '../kernel/math';

const binsPerOctave = 16;
const lowestMs = 0.01;
const octaves = 34;
const binCount = binsPerOctave * octaves;

/** Response times and fates in each interval. Values in ms. */
export class IntervalSeries {
  readonly counts: Float64Array;
  private readonly sums: Float64Array;
  private readonly bins: Uint32Array;

  /** @param intervals how many, 1 to 400 */
  constructor(
    readonly horizonMs: number,
    readonly intervals: number,
  ) {
    if (!Number.isInteger(intervals) || intervals < 1 || intervals > 400) {
      throw new RangeError(`A series has ${intervals} intervals; it must be a whole number from 1 to 400.`);
    }
    this.counts = new Float64Array(intervals);
    this.sums = new Float64Array(intervals);
    this.bins = new Uint32Array(intervals * binCount);
  }

  add(atMs: number, valueMs: number): void {
    const interval = Math.min(this.intervals - 1, Math.floor((atMs / this.horizonMs) * this.intervals));
    this.counts[interval]++;
    this.sums[interval] += valueMs;
    const bin = valueMs <= lowestMs ? 0 : Math.min(binCount - 1, Math.floor(log2(valueMs / lowestMs) * binsPerOctave));
    this.bins[interval * binCount + bin]++;
  }

  /** Middles of the intervals, in ms. */
  middlesMs(): number[] {
    return Array.from({ length: this.intervals }, (_, interval) => ((interval + 0.5) * this.horizonMs) / this.intervals);
  }

  perSecond(): number[] {
    const seconds = this.horizonMs / this.intervals / 1000;
    return Array.from(this.counts, (count) => count / seconds);
  }

  means(): (number | null)[] {
    return Array.from(this.counts, (count, interval) => (count > 0 ? this.sums[interval] / count : null));
  }

  /** null for an interval with fewer than `leastSamples`. */
  percentiles(percent: number, leastSamples = 1): (number | null)[] {
    return Array.from(this.counts, (count, interval) => (count >= leastSamples ? this.percentileOf(interval, percent) : null));
  }

  private percentileOf(interval: number, percent: number): number {
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.counts[interval]));
    let seen = 0;
    let bin = 0;
    for (; bin < binCount - 1; bin++) {
      seen += this.bins[interval * binCount + bin];
      if (seen >= wanted) break;
    }
    return middleOfBin[bin];
  }
}

const middleOfBin = Float64Array.from({ length: binCount }, (_, bin) => {
  let value = lowestMs;
  for (let octave = 0; octave < Math.floor(bin / binsPerOctave); octave++) value *= 2;
  // Within an octave the bins grow by the sixteenth root of two, found by repeated square roots.
  const root = Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(2))));
  for (let step = 0; step < bin % binsPerOctave; step++) value *= root;
  return value * Math.sqrt(root);
});
