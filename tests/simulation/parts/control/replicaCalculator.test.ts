import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averageReplicas,
  largestProposal,
  type NoReplicaProposal,
  type Pod,
  type ReplicaProposal,
  type ScalingTolerances,
  utilizationReplicas,
  valuePerPodReplicas,
  valueReplicas,
} from '../../../../src/simulation/parts/control/replicaCalculator';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

interface ResourceCase {
  name: string;
  current: number;
  requests: number[];
  levels: number[];
  unready?: number[];
  pending?: number[];
  target: number;
  expect: number;
  expectUtil: number;
}

/** Levels belong to the first pods; the pods behind them have none. */
function podsOf({ requests, levels, unready = [], pending = [] }: ResourceCase): Pod[] {
  return requests.map((request, index) => ({
    request,
    level: levels[index],
    isReady: !unready.includes(index),
    phase: pending.includes(index) ? 'pending' : 'running',
  }));
}

describe('utilization, as in the tests of Kubernetes', () => {
  test.each(readVector<ResourceCase[]>('hpa.resource').map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    const { current, target } = recorded;
    expect(utilizationReplicas({ pods: podsOf(recorded), currentReplicas: current, target })).toEqual({
      replicas: recorded.expect,
      usage: recorded.expectUtil,
    });
  });
});

describe('more of the tests of Kubernetes: replica_calculator_test.go, 1.33 and later', () => {
  const thousand = (count: number): number[] => new Array(count).fill(1000);
  const around300 = [400, 200, 310, 290, 302, 298, 301, 299, 300, 300];
  type More = Partial<Record<'unready' | 'failed' | 'deleted', number[]>> & { tolerances?: ScalingTolerances };

  // Levels beyond the pods are of pods that are not in the list.
  test.each<[string, number, number[], number[], number, number, number, More?]>([
    ['one unready, growing', 3, thousand(3), [300, 500, 700], 30, 4, 60, { unready: [0] }],
    ['two unready, shrinking', 5, thousand(5), [100, 300, 500, 250, 250], 50, 2, 30, { unready: [3, 4] }],
    ['two failed, growing', 2, thousand(4), [500, 700], 30, 4, 60, { failed: [2, 3] }],
    ['two deleted, growing', 2, thousand(4), [500, 700], 30, 4, 60, { deleted: [2, 3] }],
    ['two failed, shrinking', 5, thousand(7), [100, 300, 500, 250, 250], 50, 3, 28, { failed: [5, 6] }],
    ['outside of no tolerance', 3, [900, 1000, 1100], [909, 1010, 1111], 100, 4, 101, { tolerances: { up: 0, down: 0 } }],
    ['within 200 % up', 3, [900, 1000, 1100], [1890, 1910, 1900], 100, 3, 190, { tolerances: { up: 2, down: 0.1 } }],
    ['outside of 8 % up', 3, [900, 1000, 1100], [1100, 1080, 1090], 100, 4, 109, { tolerances: { up: 0.08, down: 2 } }],
    ['within 36 % down', 3, [900, 1000, 1100], [660, 640, 650], 100, 3, 65, { tolerances: { up: 0.1, down: 0.36 } }],
    ['outside of 34 % down', 3, [900, 1000, 1100], [660, 640, 650], 100, 2, 65, { tolerances: { up: 0.1, down: 0.34 } }],
    ['levels of strangers', 4, thousand(4), [4000, 9500, 3000, 7000, 3200, 2000], 100, 24, 587],
    ['two missing', 4, thousand(4), [400, 95], 100, 3, 24],
    ['one missing, growing', 2, thousand(2), [1900], 100, 2, 190],
    ['one unready, one missing, no change', 3, thousand(3), [100, 450], 50, 3, 45, { unready: [0] }],
    ['one unready, one missing, shrinking', 4, thousand(4), [100, 100, 100], 50, 3, 10, { unready: [0] }],
    ['one missing, target above 100 %', 4, [1000, 1000, 2000, 2000], [200, 100, 100], 300, 2, 6, { unready: [0] }],
    ['just outside of the tolerance', 10, around300, new Array(10).fill(150), 56, 9, 50],
    ['just inside of the tolerance', 10, around300, new Array(10).fill(150), 55, 10, 50],
  ])('%s', (_, currentReplicas, requests, levels, target, replicas, usage, { unready, failed, deleted, tolerances } = {}) => {
    const pods = requests.map((request, index): Pod => {
      const phase = failed?.includes(index) ? 'failed' : deleted?.includes(index) ? 'deleted' : 'running';
      return { request, level: levels[index], isReady: !unready?.includes(index), phase };
    });
    const strays = levels.slice(requests.length);
    expect(utilizationReplicas({ pods, currentReplicas, target, strays, tolerances })).toEqual({ replicas, usage });
  });
});

interface OtherCase {
  name: string;
  kind: 'pods' | 'object' | 'objectPerPod';
  current: number;
  levels?: number[];
  readyPods?: number;
  value?: number;
  target?: number;
  targetAverage?: number;
  expect: number;
  expectValue?: number;
}

function propose({
  kind,
  current,
  levels = [],
  readyPods = 0,
  value = 0,
  target = 0,
  targetAverage = 0,
}: OtherCase): ReplicaProposal | NoReplicaProposal {
  if (kind === 'pods') return averageReplicas({ pods: levels.map((level) => ({ level })), currentReplicas: current, target });
  if (kind === 'object') return valueReplicas({ currentReplicas: current, readyPods, value, target });
  return valuePerPodReplicas({ currentReplicas: current, value, target: targetAverage });
}

describe('other metrics, as in the tests of Kubernetes', () => {
  test.each(readVector<OtherCase[]>('hpa.other').map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    expect(propose(recorded)).toEqual({ replicas: recorded.expect, usage: recorded.expectValue ?? recorded.value });
  });
});

const pods = (levels: readonly (number | undefined)[], more: Partial<Pod> = {}): Pod[] =>
  levels.map((level) => ({ level, request: 1000, ...more }));
const replicasFor = (list: Pod[], target: number, currentReplicas = list.length, more = {}): number | string => {
  const proposal = utilizationReplicas({ pods: list, currentReplicas, target, ...more });
  return 'problem' in proposal ? proposal.problem : proposal.replicas;
};

describe('utilization', () => {
  test('is a whole percent, cut, before it is compared', () => {
    // 55.9 % of a target of 50 is cut to 55, and 55/50 is within the tolerance.
    expect(utilizationReplicas({ pods: pods([559, 559]), currentReplicas: 2, target: 50 })).toEqual({ replicas: 2, usage: 55 });
    expect(replicasFor(pods([560, 560]), 50)).toBe(3);
  });

  test('at the very edge of the tolerance changes nothing, either way', () => {
    expect([replicasFor(pods([550, 550]), 50), replicasFor(pods([450, 450]), 50)]).toEqual([2, 2]);
    expect([replicasFor(pods([560, 560]), 50), replicasFor(pods([440, 440]), 50)]).toEqual([3, 2]);
    expect(replicasFor(pods([440, 440, 440, 440, 440, 440, 440, 440, 440]), 50)).toBe(8);
  });

  test('has a tolerance for each direction', () => {
    const tolerances = { up: 0, down: 0.5 };
    expect(replicasFor(pods([510]), 50, 1, { tolerances })).toBe(2);
    expect(replicasFor(pods([250, 250]), 50, 2, { tolerances })).toBe(2);
    expect(replicasFor(pods([240, 240]), 50, 2, { tolerances })).toBe(1);
  });

  test('counts a pod without metric as idle when growing, and never turns round for it', () => {
    expect(replicasFor(pods([1000, 1000, undefined]), 50)).toBe(4);
    expect(replicasFor(pods([600, undefined]), 50)).toBe(2);
  });

  test('counts a pod without metric as busy when shrinking: at its request, or at a target above that', () => {
    expect(replicasFor(pods([100, 100, 100, 100, undefined]), 50)).toBe(3);
    expect(replicasFor(pods([100, 100, undefined]), 50)).toBe(3);
    // 2·100 + 200 of 3000 is 13 % of a target of 200 %; at 100 % it would be 10 %. Either way one is enough.
    expect(replicasFor(pods([100, 100, undefined]), 200)).toBe(2);
    expect(replicasFor(pods([1900, undefined]), 200)).toBe(2);
  });

  test('ignores failed and deleted pods altogether', () => {
    const gone = [...pods([900], { phase: 'failed' }), ...pods([900, undefined], { phase: 'deleted' })];
    expect(replicasFor([...pods([300, 300]), ...gone], 30, 2)).toBe(2);
    expect(replicasFor([...pods([600, 600]), ...gone], 30, 2)).toBe(4);
  });

  test('ignores pods that are not ready when shrinking, and counts them as idle when growing', () => {
    const waiting = pods([undefined, undefined], { phase: 'pending' });
    expect(replicasFor([...pods([100, 100, 100, 100]), ...waiting], 50, 6)).toBe(1);
    expect(replicasFor([...pods([1000, 1000, 1000, 1000]), ...waiting], 50, 6)).toBe(8);
    // Growing with the four, the mean of the six is within the tolerance.
    expect(replicasFor([...pods([800, 800, 800, 800]), ...waiting], 50, 6)).toBe(6);
  });

  test('never goes against its own direction because more pods were counted', () => {
    // A rollout with surge: 3 pods of 2 replicas, 40 % of 50 with the missing one at its limit would be 3.
    expect(replicasFor(pods([100, 100, undefined]), 50, 2)).toBe(2);
  });

  test('levels of pods that are not in the list count as pods in the second look, but not as usage', () => {
    expect(replicasFor(pods([600, undefined]), 30, 2, { strays: [5000] })).toBe(2);
    expect(replicasFor(pods([1500, undefined]), 30, 2, { strays: [5000] })).toBe(8);
  });

  test('is exact where a double is not', () => {
    const huge = 8_000_000_000_000_000;
    const list = [{ level: huge, request: huge }];
    expect(utilizationReplicas({ pods: list, currentReplicas: 1, target: 100 })).toEqual({ replicas: 1, usage: 100 });
  });

  test('cannot be computed without pods, metrics or requests', () => {
    expect(replicasFor([], 50)).toBe('there are no pods');
    expect(replicasFor(pods([undefined]), 50)).toBe('there is no metric of a pod that counts');
    expect(replicasFor(pods([100], { isReady: false }), 50)).toBe('there is no metric of a pod that counts');
    expect(replicasFor([{ level: 100 }], 50)).toBe('a pod requests nothing of the resource');
    expect(replicasFor([...pods([100]), { phase: 'failed' }], 50)).toBe('a pod requests nothing of the resource');
    expect(replicasFor(pods([100], { request: 0 }), 50)).toBe('no metric is of a known pod');
  });
});

describe('a reading of the processor', () => {
  const nowMs = 1_000_000;
  /** Another pod at its target, so that one reading decides between 2 and 3 (counted), or 2 (ignored, then idle). */
  const isCounted = (pod: Pod): boolean => replicasFor([...pods([500]), { level: 1000, request: 1000, ...pod }], 50, 2, { nowMs }) === 3;

  test('of a young pod counts when it is ready and has been for the whole window', () => {
    const young = { startedMs: nowMs - 100_000 };
    expect(isCounted({ ...young, readyChangedMs: nowMs - 60_000, windowMs: 60_000 })).toBe(true);
    expect(isCounted({ ...young, readyChangedMs: nowMs - 59_999, windowMs: 60_000 })).toBe(false);
    expect(isCounted({ ...young, readyChangedMs: nowMs - 60_000, windowMs: 60_000, sampledMs: nowMs - 1 })).toBe(false);
    expect(isCounted({ ...young, isReady: false, readyChangedMs: nowMs - 90_000 })).toBe(false);
  });

  test('of an old pod counts unless it has never been ready', () => {
    const old = { startedMs: nowMs - 300_000 };
    expect(isCounted({ ...old, readyChangedMs: nowMs - 1, windowMs: 60_000 })).toBe(true);
    expect(isCounted({ ...old, isReady: false, readyChangedMs: old.startedMs + 30_000 })).toBe(true);
    expect(isCounted({ ...old, isReady: false, readyChangedMs: old.startedMs + 29_999 })).toBe(false);
    expect(isCounted({ ...old, isReady: false })).toBe(false);
  });

  test('is young for as long as it is told', () => {
    const pod = { level: 1000, request: 1000, startedMs: nowMs - 100_000, readyChangedMs: nowMs - 1, windowMs: 60_000 };
    expect(replicasFor([...pods([500]), pod], 50, 2, { nowMs, cpuInitializationMs: 100_000 })).toBe(3);
    const never = { ...pod, isReady: false, readyChangedMs: pod.startedMs + 10 };
    expect(replicasFor([...pods([500]), never], 50, 2, { nowMs, cpuInitializationMs: 0, initialReadinessDelayMs: 10 })).toBe(3);
  });

  test('does not matter to another resource', () => {
    expect(replicasFor([...pods([500]), ...pods([1000], { isReady: false })], 50, 2, { isCpu: false })).toBe(3);
  });
});

describe('an average', () => {
  const average = (levels: (number | undefined)[], target: number, currentReplicas = levels.length) =>
    averageReplicas({ pods: levels.map((level) => ({ level })), currentReplicas, target });

  test('is cut to a whole number', () => {
    expect(average([10, 10, 12], 10)).toEqual({ replicas: 3, usage: 10 });
  });

  test('counts what is missing at the target when shrinking, and as nothing when growing', () => {
    expect(average([10, 10, 10, 10, undefined], 100)).toEqual({ replicas: 2, usage: 10 });
    expect(average([300, 300, undefined], 100)).toEqual({ replicas: 6, usage: 300 });
    expect(average([100, undefined], 100)).toEqual({ replicas: 2, usage: 100 });
  });

  test('looks at readiness only when it is the processor', () => {
    const list = [{ level: 300 }, { level: 300, isReady: false }];
    expect(averageReplicas({ pods: list, currentReplicas: 2, target: 100 })).toEqual({ replicas: 6, usage: 300 });
    expect(averageReplicas({ pods: list, currentReplicas: 2, target: 100, isCpu: true })).toEqual({ replicas: 3, usage: 300 });
  });

  test('takes in levels of pods that are not in the list', () => {
    expect(averageReplicas({ pods: [{ level: 100 }], strays: [300], currentReplicas: 1, target: 100 })).toEqual({
      replicas: 2,
      usage: 200,
    });
  });
});

describe('one value', () => {
  test('starts a fleet of none, whatever the tolerance', () => {
    expect(valueReplicas({ currentReplicas: 0, readyPods: 0, value: 105, target: 100 })).toEqual({ replicas: 2, usage: 105 });
    expect(valueReplicas({ currentReplicas: 0, readyPods: 0, value: 0, target: 100 })).toEqual({ replicas: 0, usage: 0 });
    expect(valuePerPodReplicas({ currentReplicas: 0, value: 105, target: 100 })).toEqual({ replicas: 2, usage: 0 });
  });

  test('never asks for more than Kubernetes can count', () => {
    expect(valueReplicas({ currentReplicas: 1, readyPods: 1, value: 9e15, target: 1 })).toMatchObject({ replicas: 2_147_483_647 });
    expect(valuePerPodReplicas({ currentReplicas: 1, value: 9e15, target: 1 }).replicas).toBe(2_147_483_647);
  });
});

describe('several metrics', () => {
  const [two, five]: ReplicaProposal[] = [
    { replicas: 2, usage: 1 },
    { replicas: 5, usage: 1 },
  ];
  const failed = { problem: 'no answer' };

  test('the one that asks for most wins', () => {
    expect(largestProposal([two, five, two], 3)).toBe(five);
  });

  test('one that failed keeps the others from shrinking the fleet, not from growing it', () => {
    expect(largestProposal([failed, five], 5)).toBe(five);
    expect(largestProposal([two, failed], 3)).toBe(failed);
  });

  test('when all failed the first says why', () => {
    expect(largestProposal([failed, { problem: 'other' }], 3)).toBe(failed);
    expect(largestProposal([], 3)).toEqual({ problem: 'there is no metric' });
  });
});

test('no metric of ready pods changes a fleet inside the tolerance, and outside it goes the right way', () => {
  const level = fc.integer({ min: 0, max: 4000 });
  fc.assert(
    fc.property(fc.array(level, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 200 }), (levels, target) => {
      const { replicas, usage } = utilizationReplicas({ pods: pods(levels), currentReplicas: levels.length, target }) as ReplicaProposal;
      if (usage / target >= 0.9 && usage / target <= 1.1) expect(replicas).toBe(levels.length);
      else if (usage > target) expect(replicas).toBeGreaterThan(levels.length);
      else expect(replicas).toBeLessThanOrEqual(levels.length);
    }),
    { numRuns: cases },
  );
});

test('what is not known only dampens: it bounds a change, and never turns it round', () => {
  const level = fc.integer({ min: 0, max: 4000 });
  const levels = fc.array(level, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 150 }), (known, unknown, target) => {
      const current = known.length + unknown;
      const { replicas: without, usage } = utilizationReplicas({
        pods: pods(known),
        currentReplicas: known.length,
        target,
      }) as ReplicaProposal;
      const dark = Array.from({ length: unknown }, () => undefined);
      const replicas = replicasFor(pods([...known, ...dark]), target) as number;
      // All that is used, over the target, with no percent cut.
      const most = Math.ceil(known.reduce((sum, each) => sum + each, 0) / (10 * target));
      if (usage > target) expect([replicas >= current, replicas <= Math.max(current, most)]).toEqual([true, true]);
      else expect([replicas <= current, replicas >= Math.min(current, without)]).toEqual([true, true]);
    }),
    { numRuns: cases },
  );
});

describe('what makes no sense is refused', () => {
  test.each([Number.NaN, Infinity, -1, 0.5, 2e16])('a level, request, value or count of %s', (bad) => {
    expect(() => replicasFor(pods([bad]), 50)).toThrow(RangeError);
    expect(() => replicasFor(pods([1], { request: bad }), 50)).toThrow(`The request of a pod of an autoscaler is ${bad}`);
    expect(() => replicasFor(pods([1]), 50, bad)).toThrow(RangeError);
    expect(() => averageReplicas({ pods: pods([1]), strays: [bad], currentReplicas: 1, target: 1 })).toThrow(RangeError);
    expect(() => valueReplicas({ currentReplicas: 1, readyPods: bad, value: 1, target: 1 })).toThrow(RangeError);
    expect(() => valuePerPodReplicas({ currentReplicas: 1, value: bad, target: 1 })).toThrow(RangeError);
  });

  test.each([Number.NaN, Infinity, -1, 0, 0.5])('a target of %s', (bad) => {
    expect(() => replicasFor(pods([1]), bad)).toThrow(`The target of an autoscaler is ${bad}; it must be a whole number from 1 up.`);
    expect(() => valueReplicas({ currentReplicas: 1, readyPods: 1, value: 1, target: bad })).toThrow(RangeError);
  });

  test.each([Number.NaN, Infinity, -0.1])('a tolerance of %s', (bad) => {
    expect(() => replicasFor(pods([1]), 50, 1, { tolerances: { up: bad, down: 0 } })).toThrow('The tolerances of an autoscaler are');
    expect(() => valuePerPodReplicas({ currentReplicas: 1, value: 1, target: 1, tolerances: { up: 0, down: bad } })).toThrow(RangeError);
  });
});
