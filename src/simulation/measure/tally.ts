// One number for each request: how many, their mean and spread, and their percentiles by an HDR histogram.
// A percentile is given only with samples enough to mean something: ten beyond it.

import { Histogram } from './histogram';

/** Values are stored in the histogram as whole microseconds, three significant digits, up to about 11 days. */
const unitsPerMs = 1000;
const highestMs = 1e9;

export class Tally {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  private mean_ = 0;
  private squares = 0;
  readonly histogram = new Histogram({ lowestDiscernible: 1, highestTrackable: highestMs * unitsPerMs, significantDigits: 3 });

  record(valueMs: number): void {
    this.count++;
    this.sum += valueMs;
    if (valueMs < this.min) this.min = valueMs;
    if (valueMs > this.max) this.max = valueMs;
    const delta = valueMs - this.mean_;
    this.mean_ += delta / this.count;
    this.squares += delta * (valueMs - this.mean_);
    this.histogram.record(Math.round(valueMs * unitsPerMs));
  }

  get mean(): number {
    return this.count > 0 ? this.mean_ : Number.NaN;
  }

  get variance(): number {
    return this.count > 1 ? this.squares / (this.count - 1) : Number.NaN;
  }

  /** The value below which `percent` % of the samples lie (0 to 100), within 0.1 %; NaN without samples. */
  percentile(percent: number): number {
    return this.count > 0 ? this.histogram.valueAtPercentile(percent) / unitsPerMs : Number.NaN;
  }

  /** As `percentile`, but NaN until at least ten samples lie beyond it: p99 from 1,000, p99.9 from 10,000. */
  supportedPercentile(percent: number): number {
    return this.count * (100 - percent) >= 1000 - 1e-6 ? this.percentile(percent) : Number.NaN;
  }
}
