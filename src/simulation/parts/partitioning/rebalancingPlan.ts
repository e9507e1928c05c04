// What must move when places change: two tables of owners compared, and the differences gathered by who gives to whom.

/** Keys (or slots) that go from one owner to another. */
export interface Move<Key = number> {
  from: number;
  to: number;
  count: number;
  keys: Key[];
}

export interface RebalancingPlan<Key = number> {
  moves: Move<Key>[];
  /** Keys that move, and their share of all, 0 to 1. */
  moved: number;
  share: number;
}

/**
 * The moves from one table of owners to another, ascending by giver, then by taker. An owner of -1 is nobody.
 * @param keys names of the keys, in the order of the tables. Default: their numbers
 * @throws RangeError when the tables are not of the same length
 */
export function rebalancingPlan<Key = number>(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  keys?: ArrayLike<Key>,
): RebalancingPlan<Key> {
  if (before.length !== after.length || (keys !== undefined && keys.length !== before.length)) {
    throw new RangeError(
      `There are ${before.length} owners before, ${after.length} after and ${keys?.length ?? before.length} keys; a plan needs as many of each.`,
    );
  }
  const byPair = new Map<string, Move<Key>>();
  let moved = 0;
  for (let key = 0; key < before.length; key++) {
    const from = before[key];
    const to = after[key];
    if (from === to) continue;
    const pair = `${from} ${to}`;
    const move = byPair.get(pair) ?? { from, to, count: 0, keys: [] };
    byPair.set(pair, move);
    move.count++;
    move.keys.push(keys === undefined ? (key as Key) : keys[key]);
    moved++;
  }
  const moves = [...byPair.values()].sort((a, b) => a.from - b.from || a.to - b.to);
  return { moves, moved, share: before.length === 0 ? 0 : moved / before.length };
}
