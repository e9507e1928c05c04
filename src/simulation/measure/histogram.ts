// High dynamic range histogram: every value keeps a fixed number of significant digits, whatever its size.
// Buckets double in width; within each, equally wide sub-buckets. Recording is a shift and an increment.
// True to HdrHistogram by Gil Tene (hdrhistogram.org), whose percentiles it reproduces.

import { roomForCounts } from './room';

/** Range and precision of a histogram, in whole units of the caller's choice (for example microseconds). */
export interface HistogramOptions {
  /** Smallest difference worth keeping, >= 1. Default 1. */
  readonly lowestDiscernible?: number;
  /** Largest value told apart, >= 2 * lowestDiscernible and <= 2^53 - 1. Greater values are counted here. Default 3,600,000,000. */
  readonly highestTrackable?: number;
  /** A greater value widens the range instead (then `highestTrackable` is 2 * lowestDiscernible by default). Default false. */
  readonly autoResize?: boolean;
  /** Significant decimal digits kept, 0 to 5. Default 3. */
  readonly significantDigits?: number;
}

/** With half as many again: microseconds up to some two seconds, at three digits. */
const firstBuckets = 8;

const scratch = new DataView(new ArrayBuffer(8));

/** The double just below x, for finite x > 0. */
function justBelow(x: number): number {
  scratch.setFloat64(0, x);
  scratch.setBigInt64(0, scratch.getBigInt64(0) - 1n);
  return scratch.getFloat64(0);
}

function powerOfTwo(exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i += 1) result *= 2;
  return result;
}

/** Number of binary digits of a whole number below 2^53; 0 for 0. */
function bitLength(value: number): number {
  const upper = Math.floor(value / 4294967296);
  return upper > 0 ? 64 - Math.clz32(upper) : 32 - Math.clz32(value);
}

/**
 * Counts of recorded values with a bounded relative error. Values are whole numbers >= 0 (a fraction is cut off).
 * The constructor throws RangeError for options outside the ranges given there.
 */
export class Histogram {
  readonly lowestDiscernible: number;
  readonly significantDigits: number;
  /** How many values were recorded. */
  totalCount = 0;
  /** How many of them exceeded `highestTrackable` and were counted as that. */
  clampedCount = 0;
  private readonly unitMagnitude: number;
  private readonly halfMagnitude: number;
  private readonly halfCount: number;
  private readonly mask: number;
  private readonly bucketBase: number;
  private readonly autoResize: boolean;
  private highest: number;
  private fastLimit = -1;
  /** Cells that the whole range takes; `counts` has as many of them as values have needed so far. */
  private cells = 0;
  private counts: Float64Array = new Float64Array(0);
  private largest = 0;
  private smallestNonZero = Infinity;

  constructor(options: HistogramOptions = {}) {
    const { lowestDiscernible = 1, significantDigits = 3, autoResize = false } = options;
    const { highestTrackable = autoResize ? 2 * lowestDiscernible : 3_600_000_000 } = options;
    if (!Number.isInteger(significantDigits) || significantDigits < 0 || significantDigits > 5) {
      throw new RangeError(`significantDigits must be a whole number from 0 to 5, given ${significantDigits}.`);
    }
    if (!Number.isInteger(lowestDiscernible) || lowestDiscernible < 1) {
      throw new RangeError(`lowestDiscernible must be a whole number >= 1, given ${lowestDiscernible}.`);
    }
    if (!Number.isSafeInteger(highestTrackable) || highestTrackable < 2 * lowestDiscernible) {
      throw new RangeError(
        `highestTrackable must be a whole number from ${2 * lowestDiscernible} (twice lowestDiscernible) to 2^53 - 1, given ${highestTrackable}.`,
      );
    }
    this.lowestDiscernible = lowestDiscernible;
    this.significantDigits = significantDigits;
    this.autoResize = autoResize;
    this.highest = highestTrackable;

    let singleUnitLimit = 2;
    for (let digit = 0; digit < significantDigits; digit += 1) singleUnitLimit *= 10;
    const subBucketMagnitude = Math.max(1, bitLength(singleUnitLimit - 1));
    this.unitMagnitude = bitLength(lowestDiscernible) - 1;
    this.halfMagnitude = subBucketMagnitude - 1;
    this.halfCount = powerOfTwo(this.halfMagnitude);
    this.mask = (powerOfTwo(subBucketMagnitude) - 1) * powerOfTwo(this.unitMagnitude);
    this.bucketBase = subBucketMagnitude + this.unitMagnitude;
    this.cover(highestTrackable);
  }

  /** Grows with `autoResize`. */
  get highestTrackable(): number {
    return this.highest;
  }

  /** Counts one value. Throws RangeError when it is negative or not a number. */
  record(value: number): void {
    if (value >= 0 && value <= this.fastLimit) {
      const whole = value | 0;
      const bucket = 32 - this.bucketBase - Math.clz32(whole | this.mask);
      const index = (bucket << this.halfMagnitude) + (whole >>> (bucket + this.unitMagnitude));
      this.counts[index]++;
      this.totalCount++;
      if (whole > this.largest) this.largest = whole;
      if (whole < this.smallestNonZero && whole !== 0) this.smallestNonZero = whole;
      return;
    }
    this.recordCount(value, 1);
  }

  /** Counts `value` `count` times (a whole number >= 0). Throws RangeError when value is negative or not a number. */
  recordCount(value: number, count: number): void {
    if (!(value >= 0)) throw new RangeError(`A histogram holds values >= 0, given ${value}.`);
    if (!(Number.isInteger(count) && count >= 0)) throw new RangeError(`A count is a whole number >= 0, given ${count}.`);
    if (count === 0) return;
    let whole = Math.floor(value);
    if (whole > this.highest && this.autoResize) {
      this.cover(Math.min(whole, Number.MAX_SAFE_INTEGER));
      this.cover(Math.min(this.highestEquivalent(this.valueOf(this.cells - 1)), Number.MAX_SAFE_INTEGER));
    }
    if (whole > this.highest) {
      whole = this.highest;
      this.clampedCount += count;
    }
    const index = this.indexOf(whole);
    if (index >= this.counts.length) this.makeRoom(index);
    this.counts[index] += count;
    this.totalCount += count;
    if (whole > this.largest) this.largest = whole;
    if (whole < this.smallestNonZero && whole !== 0) this.smallestNonZero = whole;
  }

  /**
   * Counts `value` and the values that a client sending every `expectedInterval` would have seen meanwhile:
   * value - interval, value - 2 intervals, ... Corrects coordinated omission (Tene, "How NOT to Measure Latency", 2013).
   */
  recordWithExpectedInterval(value: number, expectedInterval: number): void {
    this.record(value);
    if (!(expectedInterval > 0)) return;
    for (let missing = value - expectedInterval; missing >= expectedInterval; missing -= expectedInterval) this.record(missing);
  }

  /**
   * The largest value equivalent to the one below or at which `percentile` % (0 to 100) of the recorded values lie;
   * 0 when nothing was recorded.
   */
  valueAtPercentile(percentile: number): number {
    const asked = percentile > 0 ? Math.min(justBelow(percentile), 100) : 0;
    const wanted = Math.max(1, Math.ceil((asked * this.totalCount) / 100));
    let seen = 0;
    const last = this.lastCell;
    for (let index = this.firstCell; index <= last; index += 1) {
      seen += this.counts[index];
      if (seen >= wanted) {
        const value = this.valueOf(index);
        return percentile === 0 ? this.lowestEquivalent(value) : this.highestEquivalent(value);
      }
    }
    return 0;
  }

  /** Mean of the recorded values, each taken as the middle of its equivalent range; 0 when nothing was recorded. */
  get mean(): number {
    if (this.totalCount === 0) return 0;
    let total = 0;
    const last = this.lastCell;
    for (let index = this.firstCell; index <= last; index += 1) {
      const count = this.counts[index];
      if (count > 0) total += count * this.middle(index);
    }
    return total / this.totalCount;
  }

  /** Standard deviation over all recorded values (not the sample estimate); 0 when nothing was recorded. */
  get standardDeviation(): number {
    if (this.totalCount === 0) return 0;
    const mean = this.mean;
    let total = 0;
    const last = this.lastCell;
    for (let index = this.firstCell; index <= last; index += 1) {
      const count = this.counts[index];
      if (count > 0) {
        const deviation = this.middle(index) - mean;
        total += deviation * deviation * count;
      }
    }
    return Math.sqrt(total / this.totalCount);
  }

  /** Smallest recorded value, lowest of its equivalent range; 0 when nothing was recorded. */
  get min(): number {
    if (this.totalCount === 0 || this.counts[0] > 0) return 0;
    return this.lowestEquivalent(this.smallestNonZero);
  }

  /** Largest recorded value, highest of its equivalent range; 0 when nothing was recorded. */
  get max(): number {
    return this.totalCount === 0 ? 0 : this.highestEquivalent(this.largest);
  }

  /** The smallest value this histogram cannot tell from `value`. */
  lowestEquivalent(value: number): number {
    const width = this.widthAt(value);
    return Math.floor(value / width) * width;
  }

  /** The largest whole value this histogram cannot tell from `value`. */
  highestEquivalent(value: number): number {
    const width = this.widthAt(value);
    return Math.floor(value / width) * width + width - 1;
  }

  /** How many recorded values are at most `value`, counting all those equivalent to it. */
  countAtOrBelow(value: number): number {
    if (!(value >= 0)) return 0;
    const last = Math.min(this.indexOf(Math.min(Math.floor(value), this.highest)), this.lastCell);
    let count = 0;
    for (let index = this.firstCell; index <= last; index += 1) count += this.counts[index];
    return count;
  }

  /** Which share of the recorded values, in percent, is at most `value` or equivalent to it; 100 when nothing was recorded. */
  percentileAtOrBelow(value: number): number {
    return this.totalCount === 0 ? 100 : (100 * this.countAtOrBelow(value)) / this.totalCount;
  }

  /** Adds everything recorded in `other`; its range and precision may differ (then values are re-recorded at their lowest equivalent). */
  add(other: Histogram): void {
    const alike = other.cells === this.cells && other.unitMagnitude === this.unitMagnitude && other.halfMagnitude === this.halfMagnitude;
    if (!alike) {
      other.forEachBucket((lowest, _highest, count) => this.recordCount(lowest, count));
      return;
    }
    if (other.counts.length > this.counts.length) this.makeRoom(other.counts.length - 1);
    const last = other.lastCell;
    for (let index = other.firstCell; index <= last; index += 1) this.counts[index] += other.counts[index];
    this.totalCount += other.totalCount;
    this.clampedCount += other.clampedCount;
    this.largest = Math.max(this.largest, other.largest);
    this.smallestNonZero = Math.min(this.smallestNonZero, other.smallestNonZero);
  }

  /** Visits every range that holds a value, in rising order: its lowest and highest value and how many were recorded. */
  forEachBucket(visit: (lowest: number, highest: number, count: number) => void): void {
    const last = this.lastCell;
    for (let index = this.firstCell; index <= last; index += 1) {
      const count = this.counts[index];
      if (count === 0) continue;
      const value = this.valueOf(index);
      visit(value, this.highestEquivalent(value), count);
    }
  }

  /** Forgets everything recorded. */
  reset(): void {
    this.counts.fill(0, this.firstCell, this.lastCell + 1);
    this.totalCount = 0;
    this.clampedCount = 0;
    this.largest = 0;
    this.smallestNonZero = Infinity;
  }

  /** No cell before it and none after `lastCell` has a count: a look at the others would take memory that no value needed. */
  private get firstCell(): number {
    return this.totalCount === 0 || this.counts[0] > 0 ? 0 : this.indexOf(this.smallestNonZero);
  }

  private get lastCell(): number {
    return this.totalCount === 0 ? -1 : this.indexOf(this.largest);
  }

  /** Lets values up to `highest` be told apart. */
  private cover(highest: number): void {
    let bucketCount = 1;
    for (let limit = powerOfTwo(this.bucketBase); limit <= highest; limit *= 2) bucketCount += 1;
    this.cells = Math.max(this.cells, (bucketCount + 1) * this.halfCount);
    this.highest = highest;
    this.makeRoom(Math.min(bucketCount, firstBuckets) * this.halfCount - 1);
  }

  /**
   * Cells up to `index`, and half as many again: most runs see a small part of the range, and memory that is never touched is soon had.
   * The quick way of recording is for 31 bits, and buckets that start within them.
   */
  private makeRoom(index: number): void {
    const buckets = Math.ceil((index + 1) / this.halfCount);
    const length = Math.min(this.cells, Math.max(2, buckets + (buckets >> 1)) * this.halfCount);
    if (length > this.counts.length) {
      const counts = roomForCounts(length);
      counts.set(this.counts);
      this.counts = counts;
    }
    const covered = powerOfTwo(this.bucketBase + this.counts.length / this.halfCount - 2) - 1;
    this.fastLimit = this.bucketBase > 31 ? -1 : Math.min(2147483647, this.highest, covered);
  }

  /** Bucket 0 covers both halves of the sub-buckets, every later bucket only its upper half. */
  private bucketOf(value: number): number {
    return Math.max(0, bitLength(value) - this.bucketBase);
  }

  private widthAt(value: number): number {
    return powerOfTwo(this.bucketOf(value) + this.unitMagnitude);
  }

  private indexOf(value: number): number {
    const bucket = this.bucketOf(value);
    return bucket * this.halfCount + Math.floor(value / powerOfTwo(bucket + this.unitMagnitude));
  }

  private valueOf(index: number): number {
    const bucket = Math.max(0, Math.floor(index / this.halfCount) - 1);
    return (index - bucket * this.halfCount) * powerOfTwo(bucket + this.unitMagnitude);
  }

  private middle(index: number): number {
    const value = this.valueOf(index);
    return value + Math.floor(this.widthAt(value) / 2);
  }
}
