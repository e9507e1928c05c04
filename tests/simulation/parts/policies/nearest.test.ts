import { expect, test } from 'vitest';
import { latencyWeighted, nearest } from '../../../../src/simulation/parts/policies/nearest';
import { isNear, picks, rotationOf } from './rotation';

const roundTripMs = [
  [5, 80, 160],
  [90, 10, 10],
];

test('the nearest server takes all from a place; the next one when it is out, the first when two are as near', () => {
  const rotation = rotationOf([9, 0, 0]);
  expect(picks(nearest({ roundTripMs }), rotation, 4)).toEqual([0, 1, 0, 1]);
  rotation.inRotation[0] = 0;
  expect(picks(nearest({ roundTripMs }), rotation, 4)).toEqual([1, 1, 1, 1]);
  expect(picks(nearest({ roundTripMs, locationOf: () => 1 }), rotationOf([0, 0, 0]), 2)).toEqual([1, 1]);
});

test('weighted by latency, a server twice as near gets twice as much, times its weight', () => {
  const policy = latencyWeighted(3, { roundTripMs: [[10, 20, 20]] });
  expect(isNear(picks(policy, rotationOf([0, 0, 0]), 20_000), [1 / 2, 1 / 4, 1 / 4])).toBe(true);
  expect(isNear(picks(policy, rotationOf([0, 0, 0], [1, 2, 6]), 20_000), [1 / 5, 1 / 5, 3 / 5])).toBe(true);
});

test('round trips are needed for every server, and places must exist', () => {
  const rotation = rotationOf([0, 0]);
  expect(() => nearest({ roundTripMs: [] })(rotation)).toThrow('at least one location');
  for (const row of [[1], [1, 0], [1, -1], [1, Number.NaN], [1, Infinity]]) {
    expect(() => nearest({ roundTripMs: [row] })(rotation)).toThrow('one above 0 for each of 2 servers');
  }
  for (const place of [-1, 2, 0.5, Number.NaN]) {
    expect(() => picks(nearest({ roundTripMs: [[1, 2]], locationOf: () => place }), rotation, 1)).toThrow('comes from location');
  }
});
