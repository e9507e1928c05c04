// Comparing logs: which of two knows more, how far they agree, and what of what was promised is gone.
// Source: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", USENIX ATC 2014, sections 5.3 and 5.4.

/** The end of a log: how many entries it has, and the term in which the last was written (0 for an empty one). */
export interface LogEnd {
  length: number;
  lastTerm: number;
}

/** Raft's rule for votes: the later last term knows more; with the same term, the longer log does. Equal logs are up to date. */
export function isAtLeastAsUpToDate(candidate: LogEnd, voter: LogEnd): boolean {
  return candidate.lastTerm !== voter.lastTerm ? candidate.lastTerm > voter.lastTerm : candidate.length >= voter.length;
}

/** How many entries two logs have in common from the beginning. */
export function agreeUpTo(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a[at] === b[at]) at++;
  return at;
}

/** Those of the promised entries that a log does not hold, in their order. */
export function missingFrom(log: Iterable<number>, promised: Iterable<number>): number[] {
  const held = new Set(log);
  return [...promised].filter((entry) => !held.has(entry));
}
