// One number for each request: how many, their mean and spread, and their percentiles by an HDR histogram.
// A percentile is given only with samples enough to mean something: ten beyond it.

import { Histogram } from './histogram';

/** Values are stored in the histogram as whole microseconds, three significant digits, up to about 11 days. */
const unitsPerMs = 1000;
const highestMs = 1e9;

export class Tally {
  count = 0;
  min = Infinity;
  max = -Infinity;
  readonly histogram = new Histogram({ lowestDiscernible: 1, highestTrackable: highestMs * unitsPerMs, significantDigits: 3 });
  /** Sums count from the first value: for numbers that lie close together no digits cancel in the variance. */
  private origin = 0;
  private shiftedSum = 0;
  private shiftedSquares = 0;

  record(valueMs: number): void {
    if (this.count++ === 0) this.origin = valueMs;
    const shifted = valueMs - this.origin;
    this.shiftedSum += shifted;
    this.shiftedSquares += shifted * shifted;
    if (valueMs < this.min) this.min = valueMs;
    if (valueMs > this.max) this.max = valueMs;
    // The histogram cuts fractions off: with half a unit more it rounds.
    this.histogram.record(valueMs * unitsPerMs + 0.5);
  }

  /** Forgets everything recorded: the warm-up has ended. */
  reset(): void {
    this.count = 0;
    this.min = Infinity;
    this.max = -Infinity;
    this.shiftedSum = 0;
    this.shiftedSquares = 0;
    this.origin = 0;
    this.histogram.reset();
  }

  get sum(): number {
    return this.origin * this.count + this.shiftedSum;
  }

  get mean(): number {
    return this.count > 0 ? this.origin + this.shiftedSum / this.count : Number.NaN;
  }

  get variance(): number {
    if (this.count < 2) return Number.NaN;
    return Math.max(0, (this.shiftedSquares - (this.shiftedSum * this.shiftedSum) / this.count) / (this.count - 1));
  }

  /** The value below which `percent` % of the samples lie (0 to 100), within 0.1 %; NaN without samples. */
  percentile(percent: number): number {
    return this.count > 0 ? Math.min(this.max, this.histogram.valueAtPercentile(percent) / unitsPerMs) : Number.NaN;
  }

  /** How many values are at most `valueMs`, within 0.1 % of it. */
  countAtOrBelow(valueMs: number): number {
    return this.histogram.countAtOrBelow(valueMs * unitsPerMs);
  }

  /** As `percentile`, but NaN until at least ten samples lie beyond it: p99 from 1,000, p99.9 from 10,000. */
  supportedPercentile(percent: number): number {
    return this.count * (100 - percent) >= 1000 - 1e-6 ? this.percentile(percent) : Number.NaN;
  }
}
