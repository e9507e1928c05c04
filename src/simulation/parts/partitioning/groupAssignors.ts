// Who reads which partition in a Kafka consumer group. Range deals out each topic by itself, round robin all partitions in turn.
// Source: Apache Kafka 3.9, RangeAssignor and RoundRobinAssignor (without racks).

import { wholeNumber } from '../options';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface GroupMember {
  id: string;
  /** Topics that it subscribes to. */
  topics: readonly string[];
  /** `group.instance.id` of a static member: its place in the order survives a restart. */
  instanceId?: string;
  /** What it owned before, and in which generation of the group: only the sticky assignor asks. */
  owned?: readonly TopicPartition[];
  generation?: number;
}

/** Number of partitions of each topic. A topic that is not listed, or has none, has nothing to assign. */
export type Topics = Readonly<Record<string, number>>;

/** Partitions of each member, by its id. Members without any are there too. */
export type GroupAssignment = Map<string, TopicPartition[]>;

/** For each topic: partitions in order, members in order, even stretches; the first members get one more when it does not divide. */
export function rangeAssignor(members: readonly GroupMember[], topics: Topics): GroupAssignment {
  const assignment = emptyAssignment(members);
  const ordered = [...members].sort(compareMembers);
  for (const [topic, count] of sortedTopics(topics)) {
    const readers = ordered.filter((member) => member.topics.includes(topic));
    const each = Math.floor(count / readers.length);
    const withOneMore = count % readers.length;
    let partition = 0;
    readers.forEach(({ id }, place) => {
      const end = partition + each + (place < withOneMore ? 1 : 0);
      while (partition < end) assignment.get(id)?.push({ topic, partition: partition++ });
    });
  }
  return assignment;
}

/** All partitions of all topics in order, to the members in turn, passing over those who do not subscribe. */
export function roundRobinAssignor(members: readonly GroupMember[], topics: Topics): GroupAssignment {
  const assignment = emptyAssignment(members);
  const ordered = [...members].sort(compareMembers);
  let turn = 0;
  for (const [topic, count] of sortedTopics(topics)) {
    if (!ordered.some((member) => member.topics.includes(topic))) continue;
    for (let partition = 0; partition < count; partition++) {
      while (!ordered[turn % ordered.length].topics.includes(topic)) turn++;
      assignment.get(ordered[turn % ordered.length].id)?.push({ topic, partition });
      turn++;
    }
  }
  return assignment;
}

/** @throws RangeError for two members with one id */
export function emptyAssignment(members: readonly GroupMember[]): GroupAssignment {
  const assignment: GroupAssignment = new Map();
  for (const { id } of members) {
    if (assignment.has(id)) throw new RangeError(`Two members of the group are called ${id}; each needs an id of its own.`);
    assignment.set(id, []);
  }
  return assignment;
}

/** By name. @throws RangeError for a number of partitions that is not whole, or below 0 */
export function sortedTopics(topics: Topics): [topic: string, partitions: number][] {
  const entries = Object.entries(topics);
  for (const [topic, count] of entries) if (count !== 0) wholeNumber(`topic ${topic}`, 'number of partitions', count, 1);
  return entries.sort((a, b) => compareTexts(a[0], b[0]));
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Static members first, by their instance; the others by their id. */
function compareMembers(a: GroupMember, b: GroupMember): number {
  if (a.instanceId !== undefined && b.instanceId !== undefined) return compareTexts(a.instanceId, b.instanceId);
  if (a.instanceId !== undefined) return -1;
  return b.instanceId !== undefined ? 1 : compareTexts(a.id, b.id);
}
