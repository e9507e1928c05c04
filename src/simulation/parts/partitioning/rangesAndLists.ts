// Places that are declared and not hashed: ranges of the key order, lists of values, and a directory that names the place of each key.
// Neighbors in a range stay together (good for scans, bad when all new keys are the largest); a directory can move any single key.
// Source for bounds and defaults: PostgreSQL 15, PARTITION BY RANGE and LIST.

/**
 * Ranges between bounds, each with its lower bound and without its upper one: n bounds make n + 1 partitions, the first open below, the
 * last open above.
 * @throws RangeError for bounds that do not ascend; the function it returns does for NaN
 */
export function rangePartitions(bounds: readonly number[]): (key: number) => number;
export function rangePartitions(bounds: readonly bigint[]): (key: bigint) => number;
export function rangePartitions(bounds: readonly string[]): (key: string) => number;
export function rangePartitions<Key extends number | bigint | string>(bounds: readonly Key[]): (key: Key) => number {
  for (let index = 0; index < bounds.length; index++) {
    const bound = bounds[index];
    if (Number.isNaN(bound) || (index > 0 && !(bounds[index - 1] < bound))) {
      throw new RangeError(`Bound ${index} of the ranges is ${bound}; bounds must ascend, each above the one before.`);
    }
  }
  return (key) => {
    if (Number.isNaN(key)) throw new RangeError('The key is NaN; it has no place in an order.');
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * The partition that lists a value; `otherwise` (a default partition, or -1 for a refused row) when none does.
 * @throws RangeError for a value in two lists
 */
export function listPartitions<Key>(lists: readonly (readonly Key[])[], otherwise = -1): (key: Key) => number {
  const places = new Map<Key, number>();
  lists.forEach((values, partition) => {
    for (const value of values) {
      const taken = places.get(value);
      if (taken !== undefined && taken !== partition) {
        throw new RangeError(`${String(value)} is in the lists of partitions ${taken} and ${partition}; a value has one place.`);
      }
      places.set(value, partition);
    }
  });
  return (key) => places.get(key) ?? otherwise;
}

/** A directory: a place for each key that has moved, and a rule for all the others. Change the map to move a key. */
export function directory<Key>(moved: ReadonlyMap<Key, number>, rule: (key: Key) => number): (key: Key) => number {
  return (key) => moved.get(key) ?? rule(key);
}
