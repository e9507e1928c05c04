// What Prometheus reads off the buckets of a classic histogram: histogram_quantile and histogram_fraction, with all their special cases.
// True to Prometheus 3 (promql/quantile.go at d15adb9); where 2.42 was recorded it gives the same.

interface Bucket {
  bound: number;
  /** Values up to the bound. */
  count: number;
}

/** Relative differences below this between neighbors are rounding, not a fall. */
const smallDifference = 1e-12;
const leastNormal = 2.2250738585072014e-308;

/** In rising order, those of one bound added up; undefined when there is none or the last is not +Inf. */
function sortedBuckets(bounds: ArrayLike<number>, counts: ArrayLike<number>): Bucket[] | undefined {
  if (bounds.length !== counts.length)
    throw new RangeError(`Every bound needs a count, given ${bounds.length} bounds and ${counts.length} counts.`);
  const all = Array.from(bounds, (bound, index) => ({ bound, count: counts[index] }));
  all.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
  if (all.length === 0 || all[all.length - 1].bound !== Infinity) return undefined;
  const buckets = [all[0]];
  for (const bucket of all.slice(1)) {
    const last = buckets[buckets.length - 1];
    if (bucket.bound === last.bound) last.count += bucket.count;
    else buckets.push(bucket);
  }
  return buckets;
}

function areAlmostEqual(a: number, b: number): boolean {
  if (a === b) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < leastNormal) return difference < smallDifference * leastNormal;
  return difference / Math.min(sum, Number.MAX_VALUE) < smallDifference;
}

/** A count that falls from one bound to the next (scraped at different instants, added with rounding) is taken for the one before. */
function forceRising(buckets: readonly Bucket[]): void {
  let before = buckets[0].count;
  for (const bucket of buckets) {
    if (bucket.count === before) continue;
    if (bucket.count < before || areAlmostEqual(bucket.count, before)) bucket.count = before;
    else before = bucket.count;
  }
}

/**
 * `histogram_quantile(q, …)`. `bounds` are the values of `le` (the greatest must be +Inf), `counts` the cumulative counts, in any order.
 * Linear inside a bucket; the lowest begins at 0 when its bound is above 0, otherwise its bound is the answer; in the +Inf bucket the
 * answer is the greatest finite bound. −Inf for q < 0, +Inf for q > 1. NaN for q NaN, without +Inf, with +Inf alone, with nothing counted.
 * Throws RangeError when the lists differ in length.
 */
export function histogramQuantile(q: number, bounds: ArrayLike<number>, counts: ArrayLike<number>): number {
  const buckets = sortedBuckets(bounds, counts);
  if (Number.isNaN(q)) return Number.NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  if (buckets === undefined || buckets.length < 2) return Number.NaN;
  forceRising(buckets);
  const last = buckets.length - 1;
  if (buckets[last].count === 0) return Number.NaN;
  const rank = q * buckets[last].count;
  let at = 0;
  let high = last;
  while (at < high) {
    const middle = (at + high) >> 1;
    if (buckets[middle].count >= rank) high = middle;
    else at = middle + 1;
  }
  if (at === last) return buckets[last - 1].bound;
  const { bound, count } = buckets[at];
  if (at === 0) return bound <= 0 ? bound : bound * (rank / count);
  const below = buckets[at - 1];
  return below.bound + (bound - below.bound) * ((rank - below.count) / (count - below.count));
}

/**
 * `histogram_fraction(lower, upper, …)`: the share of values between two limits, with the same reading of buckets as `histogramQuantile`.
 * What lies in a bucket without a finite end counts as beyond any limit inside it. NaN without +Inf, with nothing counted, for NaN limits;
 * 0 when lower >= upper. Throws RangeError when the lists differ in length.
 */
export function histogramFraction(lower: number, upper: number, bounds: ArrayLike<number>, counts: ArrayLike<number>): number {
  const buckets = sortedBuckets(bounds, counts);
  if (buckets === undefined) return Number.NaN;
  const total = buckets[buckets.length - 1].count;
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  return (rankAt(upper, buckets, total) - rankAt(lower, buckets, total)) / total;
}

/** How many values lie below a limit. */
function rankAt(limit: number, buckets: readonly Bucket[], total: number): number {
  let low = buckets[0].bound <= 0 ? -Infinity : 0;
  let before = 0;
  for (const { bound, count } of buckets) {
    if (low >= limit) return Math.min(before, total);
    if (bound > limit) {
      const rank = low === -Infinity ? count : before + ((count - before) * (limit - low)) / (bound - low);
      return Math.min(rank, total);
    }
    low = bound;
    before = count;
  }
  return total;
}
