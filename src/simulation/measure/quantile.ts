// Exact quantiles of a list in rising order, by the two rules people mean: between neighbors (R's type 7, the default of R, NumPy and
// Excel) and the nearest rank (R's type 1: always one of the values). Hyndman & Fan, The American Statistician 50(4), 1996.

function requireAsked(values: ArrayLike<number>, q: number): void {
  if (values.length === 0) throw new RangeError('A quantile needs at least 1 value, given none.');
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q must lie between 0 and 1, given ${q}.`);
}

/**
 * The point a share `q` of the way from the least to the greatest of `sorted` (rising, at least one), linear between neighbors.
 * In the unit of the values. Throws RangeError for an empty list or q outside 0 to 1.
 */
export function interpolatedQuantile(sorted: ArrayLike<number>, q: number): number {
  requireAsked(sorted, q);
  const index = (sorted.length - 1) * q;
  const low = Math.floor(index);
  const share = index - low;
  return share === 0 || sorted[low] === sorted[low + 1] ? sorted[low] : (1 - share) * sorted[low] + share * sorted[low + 1];
}

/**
 * The least of `sorted` (rising, at least one) that a share `q` of the values does not exceed: the one at rank ⌈q·n⌉, the first for q = 0.
 * Throws RangeError for an empty list or q outside 0 to 1.
 */
export function nearestRankQuantile(sorted: ArrayLike<number>, q: number): number {
  requireAsked(sorted, q);
  // 0.07 · 100 comes out just above 7 in binary: a rank is not missed by a rounding.
  const rank = Math.ceil(q * sorted.length * (1 - 4 * Number.EPSILON));
  return sorted[Math.max(1, rank) - 1];
}
