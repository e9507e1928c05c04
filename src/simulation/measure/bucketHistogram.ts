// A classic histogram: chosen upper bounds, one count for each, as Prometheus scrapes it.

/** Counts by bucket. A value belongs to the first bucket whose bound is at least as large; one above all bounds to the last, +Inf. */
export class BucketHistogram {
  /** By bucket, not cumulative; one more than there are bounds. */
  readonly counts: Float64Array;
  sum = 0;
  count = 0;

  /** @param bounds finite and rising, 1 to 1,000, in any unit; +Inf is added */
  constructor(readonly bounds: readonly number[]) {
    if (bounds.length < 1 || bounds.length > 1000) throw new RangeError(`A histogram has 1 to 1,000 bounds, given ${bounds.length}.`);
    bounds.forEach((bound, index) => {
      if (!(Number.isFinite(bound) && (index === 0 || bound > bounds[index - 1]))) {
        throw new RangeError(`The bounds of a histogram must be finite and rise, given ${bounds.join(', ')}.`);
      }
    });
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** Throws RangeError for NaN. */
  record(value: number): void {
    if (Number.isNaN(value)) throw new RangeError('A histogram holds numbers, given NaN.');
    const { bounds } = this;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle] >= value) high = middle;
      else low = middle + 1;
    }
    this.counts[low]++;
    this.count++;
    this.sum += value;
  }
}
