import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cooperativeStickyAssignor } from '../../../../src/simulation/parts/broker/cooperativeAssignor';
import type { GroupAssignment, GroupMember } from '../../../../src/simulation/parts/partitioning/groupAssignors';
import { stickyAssignor } from '../../../../src/simulation/parts/partitioning/stickyAssignor';
import '../../../cases';

const own = (...partitions: number[]) => partitions.map((partition) => ({ topic: 't', partition }));
const member = (id: string, ...partitions: number[]): GroupMember => ({ id, topics: ['t'], owned: own(...partitions), generation: 1 });
const numbers = (assignment: GroupAssignment) =>
  Object.fromEntries([...assignment].map(([id, list]) => [id, list.map(({ partition }) => partition).sort((a, b) => a - b)]));

test('a partition that is to change hands is given to nobody, and then to the new member', () => {
  const first = cooperativeStickyAssignor([member('C0', 0, 1), member('C1', 2, 3), member('C2')], { t: 4 });
  const { C0, C1, C2 } = numbers(first);
  expect([C0.length + C1.length, C2]).toEqual([3, []]);
  const second = numbers(cooperativeStickyAssignor([member('C0', ...C0), member('C1', ...C1), member('C2')], { t: 4 }));
  expect(second.C0).toEqual(C0);
  expect(second.C1).toEqual(C1);
  expect(second.C2).toHaveLength(1);
});

test('what a lost member owned is given away at once', () => {
  expect(numbers(cooperativeStickyAssignor([member('C0', 0, 1)], { t: 4 }))).toEqual({ C0: [0, 1, 2, 3] });
});

test('an outdated claim does not keep a partition, but as long as it is made nobody else is given it', () => {
  const late = { ...member('C1', 0), generation: 0 };
  const { C0, C1 } = numbers(cooperativeStickyAssignor([member('C0'), late], { t: 1 }));
  expect([...C0, ...C1].length).toBeLessThanOrEqual(1);
  expect(C0).toEqual([]);
});

test('twice is enough: then it is the sticky assignment, and nobody ever got what another still owned', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 12, maxLength: 12 }),
      (count, size, owners) => {
        const members = Array.from({ length: size }, (_, index) =>
          member(`C${index}`, ...owners.slice(0, count).flatMap((owner, partition) => (owner === index ? [partition] : []))),
        );
        const first = numbers(cooperativeStickyAssignor(members, { t: count }));
        for (const { id, owned } of members) {
          for (const partition of first[id]) {
            const others = members.filter((other) => other.id !== id && other.owned?.some((one) => one.partition === partition));
            expect(others).toEqual([]);
            expect(owned).toBeDefined();
          }
        }
        const moved = members.map(({ id }) => ({ ...member(id, ...first[id]), generation: 2 }));
        const second = numbers(cooperativeStickyAssignor(moved, { t: count }));
        expect(second).toEqual(numbers(stickyAssignor(moved, { t: count }, { shortWay: true })));
        expect(Object.values(second).flat().length).toBe(count);
      },
    ),
    { numRuns: 500 },
  );
});
