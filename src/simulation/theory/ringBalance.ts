// How even a placement of keys is, and how many keys a change of nodes moves.
// N nodes with V random points each cut a consistent-hashing ring into N·V arcs of random length: some nodes get more than others.
// Source: Karger and others, Consistent Hashing and Random Trees, STOC 1997; for hash modulo N, counting remainders.

import { requireWhole } from './validity';

/**
 * Standard deviation of one node's share, relative to the mean share: √((N − 1) / (N·V + 1)).
 * Source: the arcs are Dirichlet distributed; agrees with table 1 of Lamping and Veach, 2014.
 */
export function ringShareDeviation({ nodes, pointsPerNode }: { nodes: number; pointsPerNode: number }): number {
  requireWhole('The number of nodes', nodes, 1);
  requireWhole('The points per node', pointsPerNode, 1);
  return Math.sqrt((nodes - 1) / (nodes * pointsPerNode + 1));
}

/** Share of the keys that must move when `from` nodes (1 or more) become `to`: what a ring or jump hash moves, on the mean. */
export function leastKeysMoved({ from, to }: { from: number; to: number }): number {
  requireWhole('The number of nodes before', from, 1);
  requireWhole('The number of nodes after', to, 1);
  return Math.abs(to - from) / Math.max(from, to);
}

/** Share that hash modulo N moves: a key stays where both remainders are equal, in min(N, M) of every lcm(N, M) hashes. */
export function moduloKeysMoved({ from, to }: { from: number; to: number }): number {
  requireWhole('The number of nodes before', from, 1);
  requireWhole('The number of nodes after', to, 1);
  let divisor = from;
  for (let rest = to; rest > 0; ) [divisor, rest] = [rest, divisor % rest];
  return 1 - divisor / Math.max(from, to);
}
