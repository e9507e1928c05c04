// Which of two versions of a value is later. By clock: the larger timestamp wins, whatever the clocks were worth. By version vector:
// one is later only if its writer had seen the other; otherwise they are concurrent, and that is a conflict.
// Sources: Parker et al., "Detection of Mutual Inconsistency", IEEE TSE 9(3), 1983; DeCandia et al., "Dynamo", SOSP 2007.

/** How many writes of each writer a version has seen; missing entries are 0. */
export type VersionVector = readonly number[];

export type VersionOrder = 'same' | 'before' | 'after' | 'concurrent';

/** How `a` stands to `b`: before it when b's writer had seen a and more. */
export function compareVersions(a: VersionVector, b: VersionVector): VersionOrder {
  let isBehind = false;
  let isAhead = false;
  for (let writer = 0; writer < Math.max(a.length, b.length); writer++) {
    const difference = (a[writer] ?? 0) - (b[writer] ?? 0);
    if (difference < 0) isBehind = true;
    else if (difference > 0) isAhead = true;
  }
  if (isBehind) return isAhead ? 'concurrent' : 'before';
  return isAhead ? 'after' : 'same';
}

/** What somebody has seen who has seen both. */
export function mergeVersions(a: VersionVector, b: VersionVector): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, writer) => Math.max(a[writer] ?? 0, b[writer] ?? 0));
}

/** A version as clocks see it. */
export interface Stamp {
  /** What the writer's clock showed, in ms. */
  clockMs: number;
  /** Number of the writer: decides between equal clocks. */
  writer: number;
  /** Number of the write: decides between writes of one writer in the same instant. */
  write: number;
}

/** Last writer wins: whether `a` is later than `b`. Always one of two different stamps is. */
export function isLater(a: Stamp, b: Stamp): boolean {
  if (a.clockMs !== b.clockMs) return a.clockMs > b.clockMs;
  return a.writer !== b.writer ? a.writer > b.writer : a.write > b.write;
}
