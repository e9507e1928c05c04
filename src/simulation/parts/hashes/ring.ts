// Every ring of points is searched alike: a hash belongs to the first point at or after it, and past the last to the first again.

/** Place of the first value at or above the wanted one in an ascending list; 0, around the circle, when all are below. */
export function firstAtOrAfter<Value extends number | bigint>(values: ArrayLike<Value>, wanted: Value): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low === values.length ? 0 : low;
}
