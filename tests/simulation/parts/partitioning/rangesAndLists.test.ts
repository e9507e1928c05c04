import { expect, test } from 'vitest';
import { directory, listPartitions, rangePartitions } from '../../../../src/simulation/parts/partitioning/rangesAndLists';
import { rebalancingPlan } from '../../../../src/simulation/parts/partitioning/rebalancingPlan';

test('a range has its lower bound and not its upper one', () => {
  const partitionOf = rangePartitions([10, 20, 30]);
  expect([-Infinity, 9, 10, 19, 20, 29, 30, Infinity].map(partitionOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});

test('keys of text and of 64 bits have ranges too', () => {
  expect(['', 'az', 'g', 'm', 'ö'].map(rangePartitions(['g', 'n']))).toEqual([0, 0, 1, 1, 2]);
  expect([-1n, 2n ** 62n].map(rangePartitions([0n]))).toEqual([0, 1]);
  expect(rangePartitions([] as number[])(5)).toBe(0);
});

test('bounds that do not ascend, and a key without order, are refused', () => {
  for (const bounds of [[1, 1], [2, 1], [Number.NaN], [1, Number.NaN]]) expect(() => rangePartitions(bounds)).toThrow(RangeError);
  expect(() => rangePartitions([1])(Number.NaN)).toThrow('The key is NaN');
});

test('a list names its values; others go to the default or are refused', () => {
  const regions = [['de', 'at', 'ch'], ['us']];
  expect(['ch', 'us', 'fr'].map(listPartitions(regions))).toEqual([0, 1, -1]);
  expect(listPartitions(regions, 2)('fr')).toBe(2);
  expect(listPartitions([[null, 'x']])(null)).toBe(0);
  expect(() => listPartitions([['de'], ['us', 'de']])).toThrow('de is in the lists of partitions 0 and 1');
});

test('a directory moves single keys and leaves the others to a rule', () => {
  const moved = new Map<string, number>();
  const placeOf = directory(moved, (key: string) => key.length % 2);
  expect(['hot', 'cold'].map(placeOf)).toEqual([1, 0]);
  moved.set('hot', 5);
  expect(['hot', 'cold'].map(placeOf)).toEqual([5, 0]);
});

test('a plan gathers what moves by who gives to whom', () => {
  const plan = rebalancingPlan([0, 0, 1, 1, 2, -1], [0, 3, 3, 1, 0, 2]);
  expect(plan.moves).toEqual([
    { from: -1, to: 2, count: 1, keys: [5] },
    { from: 0, to: 3, count: 1, keys: [1] },
    { from: 1, to: 3, count: 1, keys: [2] },
    { from: 2, to: 0, count: 1, keys: [4] },
  ]);
  expect([plan.moved, plan.share]).toEqual([4, 4 / 6]);
});

test('a plan names the keys that it is given', () => {
  expect(rebalancingPlan([0, 0, 1], [1, 1, 1], ['a', 'b', 'c']).moves).toEqual([{ from: 0, to: 1, count: 2, keys: ['a', 'b'] }]);
});

test('with nothing to move, or nothing at all, a plan is empty', () => {
  expect(rebalancingPlan([1, 2], [1, 2])).toEqual({ moves: [], moved: 0, share: 0 });
  expect(rebalancingPlan([], [])).toEqual({ moves: [], moved: 0, share: 0 });
});

test('tables of different lengths are refused', () => {
  expect(() => rebalancingPlan([1], [1, 2])).toThrow('1 owners before, 2 after');
  expect(() => rebalancingPlan([1], [1], ['a', 'b'])).toThrow('2 keys');
});
