// A balancer's knowledge without a balancer, for tests of policies alone.

import { Call } from '../../../../src/simulation/parts/call';
import type { BalancingPolicy, PolicyOf, Rotation } from '../../../../src/simulation/parts/policies/policy';

export interface TestRotation extends Rotation {
  weights: number[];
  clockMs: number;
}

export function rotationOf(outstanding: readonly number[], weights: readonly number[] = outstanding.map(() => 1)): TestRotation {
  const count = outstanding.length;
  const rotation: TestRotation = {
    count,
    inRotation: new Uint8Array(count).fill(1),
    outstanding: Int32Array.from(outstanding),
    weights: [...weights],
    clockMs: 0,
    nowMs: () => rotation.clockMs,
  };
  return rotation;
}

/** Picks for requests 0, 1, 2, … of clients of the same numbers; none of them stays outstanding. */
export function pickMany(policy: BalancingPolicy, count: number): number[] {
  const call = new Call(0);
  return Array.from({ length: count }, (_, request) => policy.pick(Object.assign(call, { request, client: request })));
}

export function picks(policy: PolicyOf, rotation: Rotation, count: number): number[] {
  return pickMany(policy(rotation), count);
}

export function shares(chosen: readonly number[], servers: number): number[] {
  return Array.from({ length: servers }, (_, server) => chosen.filter((pick) => pick === server).length / chosen.length);
}

/** Shares within four standard errors of what they should be. */
export function isNear(chosen: readonly number[], expected: readonly number[]): boolean {
  return shares(chosen, expected.length).every((share, server) => {
    const p = expected[server];
    return Math.abs(share - p) <= 4 * Math.sqrt((p * (1 - p)) / chosen.length);
  });
}
