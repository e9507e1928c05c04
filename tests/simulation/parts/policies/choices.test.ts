import { describe, expect, test } from 'vitest';
import { Call } from '../../../../src/simulation/parts/call';
import { leastConnections } from '../../../../src/simulation/parts/policies/leastConnections';
import type { PolicyOf, Rotation } from '../../../../src/simulation/parts/policies/policy';
import { powerOfTwo, randomChoice, weightedRandom } from '../../../../src/simulation/parts/policies/random';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';

function rotationOf(outstanding: number[], weights = outstanding.map(() => 1)): Rotation {
  const count = outstanding.length;
  return { count, inRotation: new Uint8Array(count).fill(1), outstanding: Int32Array.from(outstanding), weights };
}

function picks(policy: PolicyOf, rotation: Rotation, count: number): number[] {
  const balancing = policy(rotation);
  const call = new Call(0);
  return Array.from({ length: count }, (_, request) => balancing.pick(Object.assign(call, { request })));
}

function shares(chosen: number[], servers: number): number[] {
  return Array.from({ length: servers }, (_, server) => chosen.filter((pick) => pick === server).length / chosen.length);
}

describe('policies', () => {
  test('every policy says -1 when no server is in rotation, and never picks one that is out', () => {
    for (const policy of [
      roundRobin,
      leastConnections(),
      leastConnections('lowest'),
      leastConnections({ randomKey: 5 }),
      randomChoice(5),
      weightedRandom(5),
      powerOfTwo(5),
    ]) {
      const rotation = rotationOf([0, 0, 0]);
      rotation.inRotation[1] = 0;
      expect(new Set(picks(policy, rotation, 200))).toEqual(
        new Set(policy === roundRobin ? [0, 2] : new Set(picks(policy, rotation, 200))),
      );
      expect(picks(policy, rotation, 200)).not.toContain(1);
      rotation.inRotation.fill(0);
      expect(picks(policy, rotation, 3)).toEqual([-1, -1, -1]);
    }
  });

  test('round robin takes each in turn and skips who is out', () => {
    const rotation = rotationOf([0, 0, 0, 0]);
    expect(picks(roundRobin, rotation, 6)).toEqual([0, 1, 2, 3, 0, 1]);
    rotation.inRotation[2] = 0;
    expect(picks(roundRobin, rotation, 6)).toEqual([0, 1, 3, 0, 1, 3]);
  });

  test('least connections takes the fewest by weight', () => {
    expect(picks(leastConnections('lowest'), rotationOf([3, 1, 2]), 1)).toEqual([1]);
    expect(picks(leastConnections('lowest'), rotationOf([3, 2, 2], [4, 1, 1]), 1)).toEqual([0]);
    expect(picks(leastConnections('lowest'), rotationOf([2, 1, 1]), 1)).toEqual([1]);
  });

  test('nginx breaks ties by smooth weighted round robin among the tied', () => {
    expect(picks(leastConnections(), rotationOf([0, 0, 0], [5, 1, 1]), 7)).toEqual([0, 0, 1, 0, 2, 0, 0]);
    expect(picks(leastConnections(), rotationOf([1, 0, 0]), 4)).toEqual([1, 2, 1, 2]);
  });

  test('chance is even, or by weight, or among the tied', () => {
    const near = (chosen: number[], expected: number[]) =>
      shares(chosen, expected.length).forEach((share, server) => {
        expect(Math.abs(share - expected[server])).toBeLessThan(4 * Math.sqrt(0.25 / chosen.length));
      });
    near(picks(randomChoice(1), rotationOf([0, 0, 0, 0]), 20_000), [0.25, 0.25, 0.25, 0.25]);
    near(picks(weightedRandom(2), rotationOf([0, 0, 0], [1, 2, 5]), 20_000), [1 / 8, 2 / 8, 5 / 8]);
    near(picks(leastConnections({ randomKey: 3 }), rotationOf([1, 0, 0]), 20_000), [0, 0.5, 0.5]);
  });

  test('of two choices the less busy is taken: the busiest never, and the others by how many pairs they win', () => {
    const chosen = picks(powerOfTwo(4), rotationOf([0, 1, 2, 3]), 40_000);
    shares(chosen, 4).forEach((share, server) => {
      expect(Math.abs(share - [3 / 6, 2 / 6, 1 / 6, 0][server])).toBeLessThan(0.011);
    });
    expect(picks(powerOfTwo(4), rotationOf([5]), 3)).toEqual([0, 0, 0]);
  });
});
