import { expect, test } from 'vitest';
import { redisRebalance, redisSlotOwners, redisSlotRanges } from '../../../../src/simulation/parts/partitioning/redisCluster';
import { readVector } from '../../../vectors/read';

interface Recorded {
  create: Record<string, [number, number][]>;
  order: number[];
  rebalance: { weights: number[]; moves: [number, number, number][] }[];
}
const { create, order, rebalance } = readVector<Recorded>('redis.cluster.recorded');

test.each(Object.entries(create))('a new cluster of %s masters has the slots that redis-cli deals out', (masters, ranges) => {
  expect(redisSlotRanges(Number(masters)).map(({ first, last }) => [first, last])).toEqual(ranges);
});

test('every slot has one master, whatever their number', () => {
  const broken: number[] = [];
  for (let masters = 1; masters <= 1000; masters++) {
    let next = 0;
    let isWhole = true;
    for (const { first, last } of redisSlotRanges(masters)) {
      if (first !== next || last < first) isWhole = false;
      next = last + 1;
    }
    if (!isWhole || next !== 16384) broken.push(masters);
  }
  expect(broken).toEqual([]);
});

test.each(rebalance)('from four masters to six with weights $weights redis-cli moves $moves', ({ weights, moves }) => {
  const owners = redisSlotOwners(redisSlotRanges(4)).map((master) => order.indexOf(master));
  const plan = redisRebalance(
    owners,
    order.map((master) => weights[master]),
  );
  expect(plan.map(({ count, from, to }) => [count, order[from], order[to]])).toEqual(moves);
  for (const { count, from, keys } of plan) {
    expect(keys.length).toBe(count);
    expect(keys.every((slot) => owners[slot] === from)).toBe(true);
  }
  expect(new Set(plan.flatMap(({ keys }) => keys)).size).toBe(plan.reduce((sum, { count }) => sum + count, 0));
});

test('a master gives its lowest slots first', () => {
  const [move] = redisRebalance(redisSlotOwners(redisSlotRanges(1)), [3, 1]);
  expect(move).toMatchObject({ from: 0, to: 1, count: 4096 });
  expect(move.keys).toEqual(Array.from({ length: 4096 }, (_, slot) => slot));
});

test('nothing moves while all are within the threshold', () => {
  const owners = redisSlotOwners(redisSlotRanges(2));
  owners.fill(1, 8100, 8192);
  expect(redisRebalance(owners, [1, 1])).toEqual([]);
  expect(redisRebalance(owners, [1, 1], 1)).toMatchObject([{ from: 1, to: 0, count: 92 }]);
});

test('a cluster with a slot that nobody serves is refused, and so are weights that are none', () => {
  const owners = redisSlotOwners(redisSlotRanges(2));
  expect(() => redisRebalance(owners, [1])).toThrow('Slot 8192 is of master 1');
  expect(() => redisRebalance(new Int32Array(16384).fill(-1), [1])).toThrow('Slot 0 is of master -1');
  for (const weights of [
    [1, -1],
    [1, Number.NaN],
    [1, Infinity],
    [0, 0],
  ]) {
    expect(() => redisRebalance(owners, weights)).toThrow(RangeError);
  }
  for (const masters of [0, -1, 1.5, Number.NaN, 1001]) expect(() => redisSlotRanges(masters)).toThrow(RangeError);
});
