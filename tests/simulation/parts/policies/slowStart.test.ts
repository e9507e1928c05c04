import { describe, expect, test } from 'vitest';
import { envoyLeastRequest, envoyRoundRobin } from '../../../../src/simulation/parts/policies/envoy';
import { haproxyRoundRobin } from '../../../../src/simulation/parts/policies/haproxyRoundRobin';
import { leastConnections } from '../../../../src/simulation/parts/policies/leastConnections';
import { weightedRandom } from '../../../../src/simulation/parts/policies/random';
import { slowStart, slowStartShare } from '../../../../src/simulation/parts/policies/slowStart';
import { isNear, pickMany, rotationOf } from './rotation';

describe('the share of a server that came back', () => {
  test('grows on a line from the least to 1, as in Envoy', () => {
    // Envoy's tests: 5, 10 and 40 seconds into a window of 60.
    expect(slowStartShare(5000, { windowMs: 60_000 })).toBe(0.1);
    expect(slowStartShare(10_000, { windowMs: 60_000 })).toBeCloseTo(1 / 6, 15);
    expect(slowStartShare(40_000, { windowMs: 60_000 })).toBeCloseTo(2 / 3, 15);
    expect(slowStartShare(60_000, { windowMs: 60_000 })).toBe(1);
    expect(slowStartShare(0, { windowMs: 4, minWeightPercent: 1 })).toBe(0.25);
    expect(slowStartShare(2.9, { windowMs: 4 })).toBe(0.5);
  });

  test('bends with the aggression', () => {
    expect(slowStartShare(25, { windowMs: 100, aggression: 2 })).toBeCloseTo(0.5, 14);
    expect(slowStartShare(50, { windowMs: 100, aggression: 0.5 })).toBeCloseTo(0.25, 14);
    expect(slowStartShare(20, { windowMs: 100, aggression: 0.5 })).toBe(0.1);
  });

  test('needs a window, an aggression and a least share above 0', () => {
    for (const wrong of [0, -1, Number.NaN, Infinity]) {
      expect(() => slowStart(weightedRandom(1), { windowMs: wrong })).toThrow(RangeError);
      expect(() => slowStart(weightedRandom(1), { windowMs: 1, aggression: wrong })).toThrow(RangeError);
      expect(() => slowStart(weightedRandom(1), { windowMs: 1, minWeightPercent: wrong })).toThrow(RangeError);
    }
    expect(() => slowStart(weightedRandom(1), { windowMs: 1, minWeightPercent: 101 })).toThrow('at most 100');
    expect(() => slowStartShare(Number.NaN, { windowMs: 1 })).toThrow('must be 0 or more');
  });
});

describe('a policy with slow start', () => {
  const windowMs = 10_000;
  function comeBack(policyOf: Parameters<typeof slowStart>[0], weights = [1, 1, 1]) {
    const rotation = rotationOf([0, 0, 0], weights);
    const policy = slowStart(policyOf, { windowMs })(rotation);
    const warm = pickMany(policy, 3000);
    rotation.inRotation[0] = 0;
    pickMany(policy, 2);
    rotation.clockMs = 100_000;
    rotation.inRotation[0] = 1;
    const at = (sinceMs: number) => {
      rotation.clockMs = 100_000 + sinceMs;
      return pickMany(policy, 3000);
    };
    return { warm, at, share: (sinceMs: number) => at(sinceMs).filter((server) => server === 0).length / 3000 };
  }

  test.each([
    ['weighted random', weightedRandom(3), 0.04],
    ['Envoy round robin', envoyRoundRobin(3), 0.002],
    ['Envoy least request', envoyLeastRequest(3), 0.002],
    ['HAProxy roundrobin', haproxyRoundRobin, 0.02],
  ] as const)('%s: a tenth, a half, the whole; and those of the beginning are warm', (_name, policyOf, tolerance) => {
    const { warm, share } = comeBack(policyOf);
    expect(Math.abs(warm.filter((server) => server === 0).length / 3000 - 1 / 3)).toBeLessThan(0.04);
    expect(Math.abs(share(0) - 0.1 / 2.1)).toBeLessThan(tolerance);
    expect(Math.abs(share(5000) - 0.5 / 2.5)).toBeLessThan(tolerance);
    expect(Math.abs(share(10_000) - 1 / 3)).toBeLessThan(tolerance);
  });

  test('keeps the weights in proportion', () => {
    const { at } = comeBack(weightedRandom(5), [4, 1, 1]);
    at(0);
    expect(isNear(at(2500), [1 / 3, 1 / 3, 1 / 3])).toBe(true);
    expect(isNear(at(20_000), [4 / 6, 1 / 6, 1 / 6])).toBe(true);
  });

  test('keeps least connections from sending everything to the newcomer', () => {
    const rotation = rotationOf([0, 0], [1, 1]);
    const policy = slowStart(leastConnections('lowest'), { windowMs })(rotation);
    rotation.inRotation[0] = 0;
    pickMany(policy, 1);
    rotation.inRotation[0] = 1;
    rotation.outstanding.set([1, 8]);
    expect(pickMany(policy, 1)).toEqual([1]);
    rotation.clockMs = 5000;
    expect(pickMany(policy, 1)).toEqual([0]);
  });
});
