import { expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Call } from '../../../../src/simulation/parts/call';
import type { PolicyOf } from '../../../../src/simulation/parts/policies/policy';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { type Pool, routed } from '../../../../src/simulation/parts/policies/routed';
import { rotationOf } from './rotation';

function made(pools: Pool[], servers = 5) {
  const rotation = rotationOf(new Array(servers).fill(0));
  const policy = routed(pools, ({ requestClass }) => requestClass)(rotation);
  const call = new Call(0);
  const pick = (...classes: number[]) => classes.map((requestClass) => policy.pick(Object.assign(call, { requestClass })));
  return { rotation, policy, pick };
}

const pools: Pool[] = [
  { servers: [0, 2], policy: roundRobin },
  { servers: [1, 3, 4], policy: roundRobin },
];

test('each pool has a policy of its own, for its servers', () => {
  expect(made(pools).pick(0, 1, 0, 1, 0, 1, 1)).toEqual([0, 1, 2, 3, 0, 4, 1]);
});

test('a server out of rotation is left out of its pool, and comes back to it', () => {
  const { pick, rotation } = made(pools);
  rotation.inRotation[3] = 0;
  expect(pick(1, 1, 1, 0)).toEqual([1, 4, 1, 0]);
  rotation.inRotation[3] = 1;
  expect(pick(1)).toEqual([3]);
});

test('an empty pool turns away what belongs to it, however idle the others are', () => {
  const { pick, rotation } = made(pools);
  rotation.inRotation[0] = 0;
  rotation.inRotation[2] = 0;
  expect(pick(0, 1)).toEqual([-1, 1]);
});

test('a policy hears of the calls to servers of its pool only, and pools may share servers', () => {
  const heard: string[] = [];
  const listening =
    (name: string): PolicyOf =>
    () => ({ pick: () => 0, heard: (server, fate, responseMs) => heard.push(`${name} ${server} ${fate} ${responseMs}`) });
  const { policy } = made([
    { servers: [0, 1], policy: listening('a') },
    { servers: [1, 2], policy: listening('b') },
    { servers: [3], policy: roundRobin },
  ]);
  for (const server of [0, 1, 2, 3]) policy.heard?.(server, fates.completed, 7);
  expect(heard).toEqual(['a 0 0 7', 'a 1 0 7', 'b 1 0 7', 'b 2 0 7']);
});

test('a pool without servers, or with one that is not there, is refused', () => {
  for (const servers of [[], [5], [-1], [0.5], [Number.NaN]]) {
    expect(() => made([{ servers, policy: roundRobin }])).toThrow(/Pool 0 has the servers .*; it needs some of 0 to 4/);
  }
});
