import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GroupAssignment,
  type GroupMember,
  rangeAssignor,
  roundRobinAssignor,
  type TopicPartition,
  type Topics,
} from '../../../../src/simulation/parts/partitioning/groupAssignors';
import { stickyAssignor } from '../../../../src/simulation/parts/partitioning/stickyAssignor';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

const nameOf = ({ topic, partition }: TopicPartition) => `${topic}p${partition}`;
const named = (assignment: GroupAssignment) => Object.fromEntries([...assignment].map(([id, list]) => [id, list.map(nameOf)]));
const partitionOf = (name: string): TopicPartition => {
  const [, topic, partition] = /^(.*)p(\d+)$/.exec(name) as RegExpExecArray;
  return { topic, partition: Number(partition) };
};
const sorted = (lists: Record<string, string[]>) => Object.fromEntries(Object.entries(lists).map(([id, list]) => [id, [...list].sort()]));
const group = (subscriptions: Record<string, string>): GroupMember[] =>
  Object.entries(subscriptions).map(([id, topics]) => ({ id, topics: topics.split(' ').filter(Boolean) }));
/** The group after an assignment: everybody says what it has, except those who left. */
const rejoin = (members: GroupMember[], assignment: GroupAssignment, ...left: string[]) =>
  members
    .filter(({ id }) => !left.includes(id))
    .map((member) => ({ ...member, owned: assignment.get(member.id), generation: (member.generation ?? 0) + 1 }));

interface Expected {
  members: string[];
  topics: Record<string, number>;
  expect: Record<string, string[]>;
}
const vector = readVector<{ range: Expected; roundrobin: Expected }>('kafka.assignors');

test.each([
  ['range', rangeAssignor],
  ['roundrobin', roundRobinAssignor],
] as const)('%s assigns as its documentation says', (name, assignor) => {
  const { members, topics, expect: wanted } = vector[name];
  expect(named(assignor(group(Object.fromEntries(members.map((id) => [id, Object.keys(topics).join(' ')]))), topics))).toEqual(wanted);
});

interface Recorded {
  assignor: string;
  topics: Record<string, number>;
  members: { id: string; topics: string[]; instanceId?: string; generation?: number; owned?: string[] }[];
  expect: Record<string, string[]>;
}
const assignors: Record<string, (members: GroupMember[], topics: Topics) => GroupAssignment> = {
  range: rangeAssignor,
  roundrobin: roundRobinAssignor,
  sticky: (members, topics) => stickyAssignor(members, topics, { shortWay: true }),
  'sticky, general': stickyAssignor,
};

describe('groups that Kafka itself was asked about, with instances, generations, changed subscriptions and lost members', () => {
  const recorded = readVector<Recorded[]>('kafka.assignors.recorded').map((one, index) => ({ index, ...one }));

  test.each(recorded)('$assignor, group $index', ({ assignor, members, topics, expect: wanted }) => {
    const asked = members.map((member) => ({ ...member, owned: member.owned?.map(partitionOf) }));
    const result = named(assignors[assignor](asked, topics));
    if (assignor === 'range') expect(sorted(result)).toEqual(sorted(wanted));
    else expect(result).toEqual(wanted);
  });
});

describe("the examples of the sticky assignor's documentation", () => {
  const four = { t0: 2, t1: 2, t2: 2, t3: 2 };
  const alike = group({ C0: 't0 t1 t2 t3', C1: 't0 t1 t2 t3', C2: 't0 t1 t2 t3' });
  const three = { t0: 1, t1: 2, t2: 3 };
  const unlike = group({ C0: 't0', C1: 't0 t1', C2: 't0 t1 t2' });

  test('alike: at first as round robin', () => {
    const wanted = { C0: ['t0p0', 't1p1', 't3p0'], C1: ['t0p1', 't2p0', 't3p1'], C2: ['t1p0', 't2p1'] };
    expect(named(stickyAssignor(alike, four))).toEqual(wanted);
    expect(named(roundRobinAssignor(alike, four))).toEqual(wanted);
  });
  test('alike: without C1 the others keep theirs', () => {
    const left = rejoin(alike, stickyAssignor(alike, four), 'C1');
    expect(named(stickyAssignor(left, four))).toEqual({ C0: ['t0p0', 't1p1', 't3p0', 't2p0'], C2: ['t1p0', 't2p1', 't0p1', 't3p1'] });
    expect(named(roundRobinAssignor(left, four))).toEqual({ C0: ['t0p0', 't1p0', 't2p0', 't3p0'], C2: ['t0p1', 't1p1', 't2p1', 't3p1'] });
  });
  test('unlike: more even than round robin', () => {
    expect(named(stickyAssignor(unlike, three))).toEqual({ C0: ['t0p0'], C1: ['t1p0', 't1p1'], C2: ['t2p0', 't2p1', 't2p2'] });
    expect(named(roundRobinAssignor(unlike, three))).toEqual({ C0: ['t0p0'], C1: ['t1p0'], C2: ['t1p1', 't2p0', 't2p1', 't2p2'] });
  });
  test('unlike: without C0 five stay where they are', () => {
    const left = rejoin(unlike, stickyAssignor(unlike, three), 'C0');
    expect(named(stickyAssignor(left, three))).toEqual({ C1: ['t1p0', 't1p1', 't0p0'], C2: ['t2p0', 't2p1', 't2p2'] });
    expect(named(roundRobinAssignor(left, three))).toEqual({ C1: ['t0p0', 't1p1'], C2: ['t1p0', 't2p0', 't2p1', 't2p2'] });
  });
});

test('static members keep their places when a restart gives them other ids', () => {
  const members = (ids: string[]) => ids.map((id, index) => ({ id, topics: ['t0', 't1'], instanceId: `I${index}` }));
  for (const assignor of [rangeAssignor, roundRobinAssignor]) {
    const before = [...assignor(members(['C0', 'C1', 'C2']), { t0: 3, t1: 3 }).values()];
    expect([...assignor(members(['C5', 'C3', 'C4']), { t0: 3, t1: 3 }).values()]).toEqual(before);
  }
});

const names = ['t0', 't1', 't2', 't3'];
const subscription = fc.subarray(names, { minLength: 1 });
const anyGroup = fc.record({
  topics: fc.record(
    Object.fromEntries(names.map((topic) => [topic, fc.integer({ min: 0, max: 6 })])) as Record<string, fc.Arbitrary<number>>,
  ),
  subscriptions: fc.array(subscription, { minLength: 1, maxLength: 7 }),
  later: fc.array(subscription, { minLength: 7, maxLength: 7 }),
  leaves: fc.nat({ max: 6 }),
  shortWay: fc.boolean(),
});
const membersOf = (subscriptions: string[][]) => subscriptions.map((topics, index) => ({ id: `C${index}`, topics }));

test('everybody reads only what it subscribes to, and every partition that has a reader is read by one', () => {
  fc.assert(
    fc.property(anyGroup, ({ topics, subscriptions }) => {
      const members = membersOf(subscriptions);
      const read = names.filter((topic) => members.some((member) => member.topics.includes(topic)));
      const all = read.flatMap((topic) => Array.from({ length: topics[topic] }, (_, partition) => `${topic}p${partition}`));
      for (const assignor of Object.values(assignors)) {
        const result = assignor(members, topics);
        expect([...result.values()].flat().map(nameOf).sort()).toEqual([...all].sort());
        for (const member of members) expect(result.get(member.id)?.every(({ topic }) => member.topics.includes(topic))).toBe(true);
      }
    }),
    { numRuns: cases },
  );
});

test('a member that no longer subscribes to a topic does not get it back, though nobody else wants it', () => {
  fc.assert(
    fc.property(anyGroup, ({ topics, subscriptions, later, shortWay }) => {
      const members = membersOf(subscriptions);
      const changed = rejoin(members, stickyAssignor(members, topics, { shortWay })).map((member, index) => ({
        ...member,
        topics: later[index],
        generation: index % 3 === 0 ? undefined : index % 2,
      }));
      const result = stickyAssignor(changed, topics, { shortWay });
      for (const member of changed) expect(result.get(member.id)?.every(({ topic }) => member.topics.includes(topic))).toBe(true);
    }),
    { numRuns: cases },
  );
});

test('sticky is as even as can be, and keeps what was there when nothing changed', () => {
  fc.assert(
    fc.property(anyGroup, ({ topics, subscriptions, leaves, shortWay }) => {
      const members = membersOf(subscriptions);
      const first = stickyAssignor(members, topics, { shortWay });
      const left = rejoin(members, first, `C${leaves}`);
      for (const [who, result] of [
        [members, first],
        [left, stickyAssignor(left, topics, { shortWay })],
      ] as const) {
        for (const taker of who) {
          for (const giver of who) {
            const most = (result.get(taker.id) as TopicPartition[]).length + 1;
            const given = result.get(giver.id) as TopicPartition[];
            if (given.length > most) expect(given.some(({ topic }) => taker.topics.includes(topic))).toBe(false);
          }
        }
      }
      expect(sorted(named(stickyAssignor(rejoin(members, first), topics, { shortWay })))).toEqual(sorted(named(first)));
    }),
    { numRuns: cases },
  );
});

test('with all subscribed alike, no partition moves between two members who stay', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat({ max: 7 }),
      fc.boolean(),
      (count, partitions, leaves, shortWay) => {
        const members = membersOf(Array.from({ length: count }, () => ['t0']));
        const before = stickyAssignor(members, { t0: partitions }, { shortWay });
        const gone = `C${leaves % count}`;
        const result = stickyAssignor(rejoin(members, before, gone), { t0: partitions }, { shortWay });
        for (const [id, list] of result)
          expect((before.get(id) as TopicPartition[]).every((one) => list.some((kept) => nameOf(kept) === nameOf(one)))).toBe(true);
      },
    ),
    { numRuns: cases },
  );
});

test('of two who claim a partition the later generation keeps it', () => {
  const owned = [{ topic: 't0', partition: 0 }];
  const members = [
    { id: 'C0', topics: ['t0'], owned, generation: 3 },
    { id: 'C1', topics: ['t0'], owned, generation: 4 },
  ];
  for (const shortWay of [false, true])
    expect(named(stickyAssignor(members, { t0: 2 }, { shortWay }))).toEqual({ C0: ['t0p1'], C1: ['t0p0'] });
});

test('a group without members, and one without partitions, has nothing to share', () => {
  for (const assignor of Object.values(assignors)) {
    expect(assignor([], { t0: 3 }).size).toBe(0);
    expect(named(assignor(group({ C0: 't0', C1: '' }), { t0: 0 }))).toEqual({ C0: [], C1: [] });
    expect(named(assignor(group({ C0: 'unknown' }), { t0: 2 }))).toEqual({ C0: [] });
  }
});

test('two members of one id, and numbers of partitions that are none, are refused', () => {
  for (const assignor of Object.values(assignors)) {
    expect(() => assignor([...group({ C0: 't0' }), ...group({ C0: 't0' })], { t0: 1 })).toThrow('Two members of the group are called C0');
    for (const count of [-1, 1.5, Number.NaN, Infinity]) expect(() => assignor(group({ C0: 't0' }), { t0: count })).toThrow('topic t0');
  }
});
