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
  /** By octave, once a value fell into it: its bins for each interval. Memory is taken as values come, and nothing moves. */
  private readonly binsOf: (Uint32Array | undefined)[] = new Array(octaves).fill(undefined);

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
  }

  add(atMs: number, valueMs: number): void {
    const interval = Math.min(this.intervals - 1, Math.floor((atMs / this.horizonMs) * this.intervals));
    this.counts[interval]++;
    this.sums[interval] += valueMs;
    const bin = valueMs <= lowestMs ? 0 : Math.min(binCount - 1, Math.floor(log2(valueMs / lowestMs) * binsPerOctave));
    const octave = Math.floor(bin / binsPerOctave);
    const bins = this.binsOf[octave] ?? this.openOctave(octave);
    bins[(interval - octave) * binsPerOctave + bin]++;
  }

  private openOctave(octave: number): Uint32Array {
    const bins = new Uint32Array(this.intervals * binsPerOctave);
    this.binsOf[octave] = bins;
    return bins;
  }

  /** Middles of the intervals, in ms. */
  middlesMs(): number[] {
    return this.each((interval) => ((interval + 0.5) * this.horizonMs) / this.intervals);
  }

  perSecond(): number[] {
    const seconds = this.horizonMs / this.intervals / 1000;
    return this.each((interval) => this.counts[interval] / seconds);
  }

  means(): (number | null)[] {
    return this.each((interval) => (this.counts[interval] > 0 ? this.sums[interval] / this.counts[interval] : null));
  }

  /** null for an interval with fewer than `leastSamples`. */
  percentiles(percent: number, leastSamples = 1): (number | null)[] {
    return this.each((interval) => (this.counts[interval] >= leastSamples ? this.percentileOf(interval, percent) : null));
  }

  /** By a plain loop: a run is over in two milliseconds, and iterators would be a good part of its garbage. */
  private each<T>(value: (interval: number) => T): T[] {
    const values: T[] = [];
    for (let interval = 0; interval < this.intervals; interval++) values.push(value(interval));
    return values;
  }

  private percentileOf(interval: number, percent: number): number {
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.counts[interval]));
    let seen = 0;
    for (let octave = 0; octave < octaves; octave++) {
      const bins = this.binsOf[octave];
      if (bins === undefined) continue;
      for (let bin = 0; bin < binsPerOctave; bin++) {
        seen += bins[interval * binsPerOctave + bin];
        if (seen >= wanted) return middleOfBin[octave * binsPerOctave + bin];
      }
    }
    return Number.NaN;
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
