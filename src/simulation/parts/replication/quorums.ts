// Who must have heard: majorities, and quorums that must meet. Any two majorities share a member; that is all the magic.
// Source: Gifford, "Weighted Voting for Replicated Data", SOSP 1979.

import { wholeNumber } from '../options';

/** The least number of members that is more than half. */
export function majorityOf(members: number): number {
  return Math.floor(wholeNumber('a group', 'number of members', members, 1) / 2) + 1;
}

/** Whether every choice of `a` members meets every choice of `b`: a + b > members. */
export function quorumsMeet(members: number, a: number, b: number): boolean {
  wholeNumber('a group', 'number of members', members, 1);
  for (const quorum of [a, b]) {
    wholeNumber('a group', 'size of a quorum', quorum, 1);
    if (quorum > members) throw new RangeError(`A quorum of ${quorum} is more than the ${members} members.`);
  }
  return a + b > members;
}

/** How far at least `copies` of those at these positions have come: the position of the `copies`-th from the front. 1 to all of them. */
export function reachedBy(copies: number, positions: ArrayLike<number>): number {
  if (!(copies >= 1 && copies <= positions.length)) throw new RangeError(`${copies} of ${positions.length}: there are not so many copies.`);
  let reached = -Infinity;
  for (let one = 0; one < positions.length; one++) {
    if (positions[one] <= reached) continue;
    let there = 0;
    for (let other = 0; other < positions.length; other++) if (positions[other] >= positions[one]) there++;
    if (there >= copies) reached = positions[one];
  }
  return reached;
}
