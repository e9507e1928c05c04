// Kafka's cooperative sticky assignor: nobody stops reading what it keeps. A partition that is to change hands is first given to
// nobody; its old reader lets go of it and asks for another rebalance, which gives it to the new one.
// Sources: KIP-429; Apache Kafka 3.9, CooperativeStickyAssignor.adjustAssignment.

import { type GroupAssignment, type GroupMember, rangeAssignor, roundRobinAssignor, type Topics } from '../partitioning/groupAssignors';
import { stickyAssignor } from '../partitioning/stickyAssignor';

/**
 * The sticky assignment (by Kafka's shorter way, where all subscribe alike) without what another member still owns and must let go of.
 * Who owns a partition is what the member says, however old: an outdated claim does not keep it, but its owner may still be reading.
 * @throws RangeError as `stickyAssignor`
 */
export function cooperativeStickyAssignor(members: readonly GroupMember[], topics: Topics): GroupAssignment {
  const assignment = stickyAssignor(members, topics, { shortWay: true });
  const nameOf = ({ topic, partition }: { topic: string; partition: number }): string => `${partition} ${topic}`;
  const added = new Map<string, string>();
  const revoked = new Set<string>();
  for (const { id, owned = [] } of members) {
    const before = new Set(owned.map(nameOf));
    for (const name of (assignment.get(id) ?? []).map(nameOf)) if (!before.delete(name)) added.set(name, id);
    for (const name of before) revoked.add(name);
  }
  for (const [id, partitions] of assignment) {
    assignment.set(
      id,
      partitions.filter((one) => !(revoked.has(nameOf(one)) && added.get(nameOf(one)) === id)),
    );
  }
  return assignment;
}

/** By Kafka's names. The first three stop all readers at every rebalance; sticky is the one of version 2.5 and later. */
export const groupAssignors = {
  range: rangeAssignor,
  roundrobin: roundRobinAssignor,
  sticky: (members: readonly GroupMember[], topics: Topics): GroupAssignment => stickyAssignor(members, topics, { shortWay: true }),
  'cooperative-sticky': cooperativeStickyAssignor,
} as const;
export type GroupAssignorName = keyof typeof groupAssignors;
