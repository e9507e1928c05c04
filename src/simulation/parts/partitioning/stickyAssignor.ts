// Kafka's sticky assignor: as even as can be, and then as few partitions as can be change hands.
// Sources: KIP-54; Apache Kafka 3.9, AbstractStickyAssignor (without racks). Its results hang on the order in which Java's HashMap
// yields members; that order is kept here, so that they are the same to the last partition.

import {
  compareTexts,
  emptyAssignment,
  type GroupAssignment,
  type GroupMember,
  sortedTopics,
  type TopicPartition,
  type Topics,
} from './groupAssignors';

export interface StickyOptions {
  /**
   * From version 2.5 Kafka takes a shorter way when all members subscribe to the same topics: even, but not the assignment that its
   * documentation shows. Default: false, the documented way for every group.
   */
  shortWay?: boolean;
}

/**
 * Deals out what nobody owns, least loaded first, and evens out the rest: in the end a member has two fewer than another only if it can
 * take none of them. Members report what they owned; of two who claim a partition the later generation is right, of the same neither.
 * @throws RangeError for two members with one id and for a number of partitions that is not whole, or below 0
 */
export function stickyAssignor(members: readonly GroupMember[], topics: Topics, { shortWay = false }: StickyOptions = {}): GroupAssignment {
  const assignment = emptyAssignment(members);
  if (members.length === 0) return assignment;
  const group = readGroup(members, topics);
  if (shortWay && members.every((member) => subscribeAlike(member, members[0]))) assignEvenly(group, assignment);
  else assignAndBalance(group, assignment);
  return assignment;
}

interface Group {
  /** In the order of a HashMap. */
  members: GroupMember[];
  /** All partitions of topics that somebody reads, by topic, each one object: what is the same partition is the same object. */
  partitions: Map<string, TopicPartition[]>;
  /** What each member owned, without what it may not keep. */
  owned: Map<string, TopicPartition[]>;
  /** Claimed by two members of one generation. */
  disputed: Set<TopicPartition>;
  /** Who owned a partition in an earlier generation. */
  earlier: Map<TopicPartition, { id: string; generation: number }>;
}

const noGeneration = -1;

function readGroup(listed: readonly GroupMember[], topics: Topics): Group {
  const members = inHashOrder(listed, ({ id }) => javaHash(id));
  const partitions = new Map<string, TopicPartition[]>();
  for (const [topic, count] of sortedTopics(topics)) {
    if (count === 0 || !members.some((member) => member.topics.includes(topic))) continue;
    partitions.set(
      topic,
      Array.from({ length: count }, (_, partition) => ({ topic, partition })),
    );
  }
  const group: Group = { members, partitions, owned: new Map(), disputed: new Set(), earlier: new Map() };
  const latest = members.reduce((generation, member) => Math.max(generation, member.generation ?? noGeneration), noGeneration);
  const claims = new Map<TopicPartition, GroupMember>();
  for (const member of members) {
    const generation = member.generation ?? noGeneration;
    const kept: TopicPartition[] = [];
    group.owned.set(member.id, kept);
    for (const { topic, partition } of member.owned ?? []) {
      const claimed = partitions.get(topic)?.[partition];
      if (claimed === undefined) continue;
      if (generation < latest && !(generation <= (group.earlier.get(claimed)?.generation ?? -2))) {
        group.earlier.set(claimed, { id: member.id, generation });
      }
      claim(group, claims, claimed, member, generation);
    }
  }
  return group;
}

function claim(
  group: Group,
  claims: Map<TopicPartition, GroupMember>,
  partition: TopicPartition,
  member: GroupMember,
  generation: number,
): void {
  const other = claims.get(partition);
  const otherGeneration = other?.generation ?? noGeneration;
  if (other !== undefined && generation < otherGeneration) return;
  claims.set(partition, member);
  if (other !== undefined) removeFrom(group.owned.get(other.id) as TopicPartition[], partition);
  if (other !== undefined && generation === otherGeneration) group.disputed.add(partition);
  else group.owned.get(member.id)?.push(partition);
}

function subscribeAlike(a: GroupMember, b: GroupMember): boolean {
  return a.topics.length === b.topics.length && a.topics.every((topic) => b.topics.includes(topic));
}

function removeFrom(list: TopicPartition[], partition: TopicPartition): void {
  const at = list.indexOf(partition);
  if (at >= 0) list.splice(at, 1);
}

/** The short way: everybody keeps up to a fair share, the rest goes round those below it, then to those who may have one more. */
function assignEvenly({ members, partitions, owned, disputed }: Group, assignment: GroupAssignment): void {
  const all = [...partitions.values()].flat();
  const least = Math.floor(all.length / members.length);
  const most = Math.ceil(all.length / members.length);
  const withMost = all.length % members.length;
  let filled = 0;
  const below: string[] = [];
  let atLeast: string[] = [];
  const kept = new Set<TopicPartition>();
  for (const { id } of members) {
    const mine = (owned.get(id) as TopicPartition[]).filter((partition) => !disputed.has(partition));
    mine.sort((a, b) => a.partition - b.partition || compareTexts(a.topic, b.topic));
    let share = least;
    if (mine.length < least) below.push(id);
    else if (mine.length >= most && filled < withMost) {
      share = most;
      if (++filled === withMost) atLeast = [];
    } else if (filled < withMost) atLeast.push(id);
    for (const partition of mine.slice(0, share)) {
      assignment.get(id)?.push(partition);
      kept.add(partition);
    }
  }
  below.sort(compareTexts);
  atLeast.sort(compareTexts);
  let turn = 0;
  for (const partition of all) {
    if (kept.has(partition)) continue;
    if (turn >= below.length) turn = 0;
    const id = below.length > 0 ? below[turn] : (atLeast.shift() as string);
    const list = assignment.get(id) as TopicPartition[];
    list.push(partition);
    if (list.length === least) atLeast.push(...below.splice(turn, 1));
    else turn++;
  }
}

interface Balancing {
  /** Partitions of those whose share can still change. */
  lists: GroupAssignment;
  ownerOf: Map<TopicPartition, string>;
  /** Members who subscribe to a topic. */
  readers: Map<string, Set<string>>;
  /** From whom to whom a partition has gone since the balancing began. */
  moved: Map<TopicPartition, { from: string; to: string }>;
  earlier: Group['earlier'];
}

function assignAndBalance({ members, partitions, owned, earlier }: Group, assignment: GroupAssignment): void {
  const readers = new Map<string, Set<string>>();
  for (const topic of partitions.keys()) {
    readers.set(topic, new Set(members.filter((member) => member.topics.includes(topic)).map(({ id }) => id)));
  }
  const readerCount = (topic: string): number => readers.get(topic)?.size ?? 0;
  const topicsInOrder = [...partitions.keys()].sort((a, b) => readerCount(a) - readerCount(b) || compareTexts(a, b));
  const all = topicsInOrder.flatMap((topic) => partitions.get(topic) as TopicPartition[]);
  const lists: GroupAssignment = new Map();
  const ownerOf = new Map<TopicPartition, string>();
  let mustRevoke = false;
  for (const { id, topics } of members) {
    const kept = (owned.get(id) as TopicPartition[]).filter(({ topic }) => topics.includes(topic));
    if (kept.length < (owned.get(id) as TopicPartition[]).length) mustRevoke = true;
    lists.set(id, kept);
    for (const partition of kept) ownerOf.set(partition, id);
  }
  const balancing: Balancing = { lists, ownerOf, readers, moved: new Map(), earlier };
  const isFresh = ownerOf.size === 0;
  const free = all.filter((partition) => !ownerOf.has(partition));
  for (const partition of free) give(balancing, partition, leastLoaded(balancing, partition.topic));
  setAsideFixed(balancing, members, assignment);
  const isShared = ({ topic }: TopicPartition): boolean => readerCount(topic) > 1;
  const before = new Map([...lists].map(([id, list]) => [id, [...list]]));
  if (!mustRevoke) moveTowardBalance(balancing, free.filter(isShared));
  const hasMoved = moveTowardBalance(balancing, all.filter(isShared));
  const isWorth = isFresh || !hasMoved || unevenness(lists) < unevenness(before);
  for (const [id, list] of isWorth ? lists : before) assignment.set(id, list);
}

function give({ lists, ownerOf }: Balancing, partition: TopicPartition, id: string): void {
  lists.get(id)?.push(partition);
  ownerOf.set(partition, id);
}

/** Of those who subscribe to the topic; the first by name on a tie. */
function leastLoaded({ lists, readers }: Balancing, topic: string): string {
  let best = '';
  let fewest = Infinity;
  for (const id of readers.get(topic) as Set<string>) {
    const load = lists.get(id)?.length ?? Infinity;
    if (load < fewest || (load === fewest && id < best)) {
      best = id;
      fewest = load;
    }
  }
  return best;
}

/** A member who shares no topic has all of its topics, and takes no part in the balancing. */
function setAsideFixed({ lists, readers }: Balancing, members: readonly GroupMember[], assignment: GroupAssignment): void {
  for (const { id, topics } of members) {
    if (topics.some((topic) => (readers.get(topic)?.size ?? 0) > 1)) continue;
    assignment.set(id, lists.get(id) as TopicPartition[]);
    lists.delete(id);
  }
}

/** Says whether anything moved. */
function moveTowardBalance(balancing: Balancing, partitions: readonly TopicPartition[]): boolean {
  const { lists, ownerOf, readers, earlier } = balancing;
  let hasMoved = false;
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const partition of partitions) {
      if (isBalanced(balancing)) break;
      const load = lists.get(ownerOf.get(partition) as string)?.length ?? 0;
      const readersOfTopic = readers.get(partition.topic) as Set<string>;
      const loadOf = (id: string): number => lists.get(id)?.length ?? Infinity;
      const formerOwner = earlier.get(partition)?.id ?? '';
      const comesBack = readersOfTopic.has(formerOwner) && load > loadOf(formerOwner) + 1;
      if (!comesBack && ![...readersOfTopic].some((id) => load > loadOf(id) + 1)) continue;
      movePartition(balancing, partition, comesBack ? formerOwner : leastLoaded(balancing, partition.topic));
      hasMoved = true;
      goesOn = true;
    }
  }
  return hasMoved;
}

/** Moves the partition, or in its place one of the same topic that came the other way: a swap would help nobody. */
function movePartition(balancing: Balancing, wanted: TopicPartition, to: string): void {
  const { lists, ownerOf, moved } = balancing;
  const from = moved.get(wanted)?.from ?? (ownerOf.get(wanted) as string);
  const back = [...moved].filter(([{ topic }, move]) => topic === wanted.topic && move.from === to && move.to === from);
  const [[partition]] =
    back.length === 0 ? [[wanted]] : inHashOrder(back, ([one]) => Math.imul(31, 31 + one.partition) + javaHash(one.topic));
  const owner = ownerOf.get(partition) as string;
  const origin = moved.get(partition)?.from ?? owner;
  moved.delete(partition);
  if (origin !== to) moved.set(partition, { from: origin, to });
  removeFrom(lists.get(owner) as TopicPartition[], partition);
  give(balancing, partition, to);
}

/** Nobody could take a partition from a member who would still have more than it. */
function isBalanced({ lists, ownerOf, readers }: Balancing): boolean {
  let fewest = Infinity;
  let most = 0;
  for (const { length } of lists.values()) {
    fewest = Math.min(fewest, length);
    most = Math.max(most, length);
  }
  if (fewest >= most - 1) return true;
  for (const [{ topic }, owner] of ownerOf) {
    const load = lists.get(owner)?.length ?? 0;
    for (const id of readers.get(topic) as Set<string>) if ((lists.get(id)?.length ?? Infinity) + 1 < load) return false;
  }
  return true;
}

/** Sum of the differences in load of all pairs. */
function unevenness(lists: GroupAssignment): number {
  const loads = [...lists.values()].map(({ length }) => length);
  return loads.reduce((sum, a, index) => loads.slice(index + 1).reduce((inner, b) => inner + Math.abs(a - b), sum), 0);
}

/** String.hashCode. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The order in which a java.util.HashMap yields its keys: by bucket, of which there are 16 or more, then as they came. */
function inHashOrder<Value>(values: readonly Value[], hashOf: (value: Value) => number): Value[] {
  let buckets = 16;
  while (values.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (value: Value): number => {
    const hash = hashOf(value) | 0;
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return [...values].sort((a, b) => bucketOf(a) - bucketOf(b));
}
