// How uneven a consistent-hashing ring is: N nodes with V random points each cut the circle into N·V arcs of random length.
// Source: the arcs are Dirichlet distributed; agrees with table 1 of Lamping and Veach, 2014.

import { requireWhole } from './validity';

/** Standard deviation of one node's share, relative to the mean share: √((N − 1) / (N·V + 1)). */
export function ringShareDeviation({ nodes, pointsPerNode }: { nodes: number; pointsPerNode: number }): number {
  requireWhole('The number of nodes', nodes, 1);
  requireWhole('The points per node', pointsPerNode, 1);
  return Math.sqrt((nodes - 1) / (nodes * pointsPerNode + 1));
}
