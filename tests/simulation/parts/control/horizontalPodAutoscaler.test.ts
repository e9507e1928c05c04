import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HorizontalPodAutoscaler } from '../../../../src/simulation/parts/control/horizontalPodAutoscaler';
import {
  defaultScalingBehavior,
  limitChange,
  limitWithoutBehavior,
  type ScaleEvent,
  type ScalingBehavior,
  type ScalingPolicy,
  type ScalingRules,
  scalingBehavior,
  stabilize,
  stabilizeWithoutBehavior,
} from '../../../../src/simulation/parts/control/scalingRules';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

const nowMs = 10_000_000;

type Ago = [seconds: number, count: number];
interface RecordedPolicy {
  type: ScalingPolicy['type'];
  value: number;
  period: number;
}
interface BehaviorCase {
  name: string;
  current: number;
  desired: number;
  min: number;
  max: number;
  expect: number;
  condition: string;
  up?: RecordedPolicy[];
  down?: RecordedPolicy[];
  upEvents?: Ago[];
  downEvents?: Ago[];
}

const eventsOf = (events: Ago[] = []): ScaleEvent[] => events.map(([seconds, change]) => ({ atMs: nowMs - seconds * 1000, change }));
const rulesOf = (policies: RecordedPolicy[] | undefined, selectPolicy: ScalingRules['selectPolicy'] = 'Max'): Partial<ScalingRules> =>
  policies === undefined
    ? { selectPolicy }
    : { selectPolicy, policies: policies.map(({ type, value, period }) => ({ type, value, periodMs: period * 1000 })) };

describe('behavior limits a change, as in the tests of Kubernetes', () => {
  test.each(readVector<BehaviorCase[]>('hpa.behavior').map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    const { current, desired, min, max, up, down, upEvents, downEvents } = recorded;
    const wish = { current, desired, minReplicas: min, maxReplicas: max };
    const behavior = scalingBehavior({ scaleUp: rulesOf(up), scaleDown: rulesOf(down) });
    expect(limitChange(wish, behavior, eventsOf(upEvents), eventsOf(downEvents), nowMs)).toEqual({
      replicas: recorded.expect,
      reason: recorded.condition,
    });
  });
});

interface StabilizeCase {
  name: string;
  recs: Ago[];
  current: number;
  desired: number;
  up: number;
  down: number;
  expect: number;
}

describe('a stabilization window, as in the tests of Kubernetes', () => {
  test.each(readVector<StabilizeCase[]>('hpa.stabilize').map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    const recommendations = recorded.recs.map(([seconds, replicas]) => ({ atMs: nowMs - seconds * 1000, replicas }));
    const { current, desired, up, down } = recorded;
    expect(stabilize(current, desired, recommendations, up * 1000, down * 1000, nowMs)).toBe(recorded.expect);
  });
});

const limited = (
  current: number,
  desired: number,
  rules: { up?: RecordedPolicy[]; down?: RecordedPolicy[]; select?: 'Min' | 'Disabled' },
  up: Ago[] = [],
  down: Ago[] = [],
) =>
  limitChange(
    { current, desired, minReplicas: 1, maxReplicas: 1000 },
    scalingBehavior({ scaleUp: rulesOf(rules.up, rules.select), scaleDown: rulesOf(rules.down, rules.select) }),
    eventsOf(up),
    eventsOf(down),
    nowMs,
  ).replicas;
const podsPolicy = (value: number, period = 60): RecordedPolicy => ({ type: 'Pods', value, period });
const percentPolicy = (value: number, period = 60): RecordedPolicy => ({ type: 'Percent', value, period });

describe('of several policies', () => {
  test('Min takes the least change, up and down', () => {
    expect(limited(10, 500, { up: [podsPolicy(2), percentPolicy(100)], select: 'Min' })).toBe(12);
    expect(limited(100, 2, { down: [podsPolicy(20), percentPolicy(1)], select: 'Min' })).toBe(99);
  });

  test('Disabled allows none', () => {
    expect(limited(10, 20, { select: 'Disabled' })).toBe(10);
    expect(limited(10, 2, { select: 'Disabled' })).toBe(10);
  });
});

describe('a policy', () => {
  test('counts from the fleet at the start of its period: what was added is taken off, what was removed is put back', () => {
    expect(limited(10, 50, { up: [podsPolicy(4)] }, [[30, 3]])).toBe(11);
    expect(limited(10, 50, { up: [podsPolicy(4)] }, [], [[30, 3]])).toBe(17);
    expect(limited(10, 1, { down: [podsPolicy(4)] }, [], [[30, 3]])).toBe(9);
    expect(limited(10, 1, { down: [podsPolicy(4)] }, [[30, 3]])).toBe(3);
  });

  test('forgets what happened just before its period', () => {
    expect(limited(10, 50, { up: [podsPolicy(4)] }, [[60, 3]])).toBe(14);
    expect(limited(10, 50, { up: [podsPolicy(4)] }, [[59, 3]])).toBe(11);
  });

  test('that was overdrawn holds the fleet where it is', () => {
    expect(limited(10, 50, { up: [podsPolicy(1)] }, [[30, 5]])).toBe(10);
    expect(limited(10, 1, { down: [podsPolicy(1)] }, [], [[30, 5]])).toBe(10);
  });

  test('in percent rounds up when growing and cuts when shrinking', () => {
    expect(limited(3, 50, { up: [percentPolicy(10)] })).toBe(4);
    expect(limited(3, 1, { down: [percentPolicy(10)] })).toBe(2);
  });

  test('in percent has the rounding of doubles, as Kubernetes has: 10 % of 100 allows 111', () => {
    expect(limited(100, 500, { up: [percentPolicy(10)] })).toBe(111);
  });
});

test('without a behavior a fleet at most doubles, or goes to four', () => {
  const change = (current: number, desired: number, minReplicas = 1, maxReplicas = 100) =>
    limitWithoutBehavior({ current, desired, minReplicas, maxReplicas });
  expect(change(1, 50)).toEqual({ replicas: 4, reason: 'ScaleUpLimit' });
  expect(change(10, 50)).toEqual({ replicas: 20, reason: 'ScaleUpLimit' });
  expect(change(10, 50, 1, 15)).toEqual({ replicas: 15, reason: 'TooManyReplicas' });
  expect(change(10, 20, 1, 20)).toEqual({ replicas: 20, reason: 'DesiredWithinRange' });
  expect(change(10, 0)).toEqual({ replicas: 1, reason: 'TooFewReplicas' });
  expect(change(10, 2)).toEqual({ replicas: 2, reason: 'DesiredWithinRange' });
});

test('without a behavior the window holds a fleet up, and includes its edge', () => {
  const recommendations = [
    { atMs: 0, replicas: 9 },
    { atMs: 50, replicas: 4 },
  ];
  expect(stabilizeWithoutBehavior(2, recommendations, 100, 100)).toBe(9);
  expect(stabilizeWithoutBehavior(2, recommendations, 100, 101)).toBe(4);
  expect(stabilizeWithoutBehavior(12, recommendations, 100, 100)).toBe(12);
});

describe('an autoscaler over time', () => {
  const asks = (replicas: number) => [{ replicas, usage: 0 }];
  const drive = (autoscaler: HorizontalPodAutoscaler, start: number, wanted: readonly number[]): number[] => {
    let current = start;
    return wanted.map((replicas, look) => {
      current = autoscaler.decide(look * 15_000, current, asks(replicas)).replicas;
      return current;
    });
  };

  test('grows at once, by four or to twice as many in fifteen seconds, and no further than its most', () => {
    expect(drive(new HorizontalPodAutoscaler({ maxReplicas: 30 }), 1, [40, 40, 40, 40])).toEqual([5, 10, 20, 30]);
  });

  test('shrinks only when everything recommended in five minutes agrees', () => {
    const wanted = [8, ...new Array(21).fill(2)];
    expect(drive(new HorizontalPodAutoscaler({ maxReplicas: 30 }), 8, wanted).indexOf(2)).toBe(20);
  });

  test('first recommends what it finds', () => {
    const autoscaler = new HorizontalPodAutoscaler({ maxReplicas: 10 });
    expect(autoscaler.decide(0, 6, asks(2))).toEqual({ replicas: 6, reason: 'DesiredWithinRange', isStabilized: true });
    expect(autoscaler.decide(299_999, 6, asks(2)).replicas).toBe(6);
    expect(autoscaler.decide(300_000, 6, asks(2)).replicas).toBe(2);
  });

  test('follows its own policies, event by event', () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 3, periodMs: 30_000 }] } } as const;
    expect(drive(new HorizontalPodAutoscaler({ maxReplicas: 30, behavior }), 1, [9, 9, 9, 9, 9])).toEqual([4, 4, 7, 7, 9]);
  });

  test('without a behavior doubles at every look', () => {
    expect(drive(new HorizontalPodAutoscaler({ maxReplicas: 30, behavior: 'none' }), 1, [40, 40, 40, 40])).toEqual([4, 8, 16, 30]);
    expect(drive(new HorizontalPodAutoscaler({ maxReplicas: 30, behavior: 'none' }), 8, [8, ...new Array(22).fill(2)]).indexOf(2)).toBe(21);
  });

  test('brings a fleet that is out of bounds back at once, whatever the metrics say', () => {
    const autoscaler = new HorizontalPodAutoscaler({ minReplicas: 3, maxReplicas: 6 });
    expect(autoscaler.decide(0, 9, [])).toEqual({ replicas: 6, reason: 'AboveMax', isStabilized: false });
    expect(autoscaler.decide(1, 1, [])).toEqual({ replicas: 3, reason: 'BelowMin', isStabilized: false });
    expect(autoscaler.decide(2, 0, asks(5))).toEqual({ replicas: 0, reason: 'ScalingDisabled', isStabilized: false });
    expect(autoscaler.decide(3, 4, [{ problem: 'x' }])).toEqual({ replicas: 4, reason: 'NoMetric', isStabilized: false });
  });

  test('may let a fleet go to none and come back', () => {
    const behavior = { scaleDown: { stabilizationMs: 0 } };
    expect(drive(new HorizontalPodAutoscaler({ minReplicas: 0, maxReplicas: 6, behavior }), 2, [0, 0, 3])).toEqual([0, 0, 3]);
  });

  test('an event older than its direction looks back gives its place to the next, as in Kubernetes', () => {
    const minute = 60_000;
    const behavior = {
      scaleUp: { policies: [{ type: 'Pods', value: 5, periodMs: 15_000 }] },
      scaleDown: { policies: [{ type: 'Pods', value: 1, periodMs: 10 * minute }], stabilizationMs: 0 },
    } as const;
    const autoscaler = new HorizontalPodAutoscaler({ maxReplicas: 30, behavior });
    expect(autoscaler.decide(0, 1, asks(6)).replicas).toBe(6);
    expect(autoscaler.decide(minute, 6, asks(8)).replicas).toBe(8);
    // Of the five and the two that were added, only the two are remembered: 8 - 2 - 1.
    expect(autoscaler.decide(2 * minute, 8, asks(1)).replicas).toBe(5);
  });

  test('a look without a change is no event', () => {
    const minute = 60_000;
    const behavior = {
      scaleUp: { policies: [{ type: 'Pods', value: 2, periodMs: 10 * minute }] },
      scaleDown: { policies: [{ type: 'Pods', value: 3, periodMs: 15_000 }], stabilizationMs: 0 },
    } as const;
    const autoscaler = new HorizontalPodAutoscaler({ maxReplicas: 30, behavior });
    expect([5, 5, 20].map((replicas, look) => autoscaler.decide(look * minute, look === 0 ? 8 : 5, asks(replicas)).replicas)).toEqual([
      // Up by two from the eight of ten minutes ago.
      5, 5, 10,
    ]);
  });

  test('whatever is asked for, it stays within its bounds and its steps', () => {
    const wish = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 5, max: 40 }),
        fc.array(wish, { maxLength: 40 }),
        fc.boolean(),
        (minReplicas, maxReplicas, wishes, isPlain) => {
          const autoscaler = new HorizontalPodAutoscaler({ minReplicas, maxReplicas, behavior: isPlain ? 'none' : {} });
          let before = 5;
          for (const [look, count] of drive(autoscaler, 5, wishes).entries()) {
            if (before > 0 || minReplicas === 0) expect(count).toBeGreaterThanOrEqual(minReplicas);
            expect(count).toBeLessThanOrEqual(maxReplicas);
            expect(count).toBeLessThanOrEqual(Math.max(2 * before, before + 4));
            if (count < before) expect(count).toBeGreaterThanOrEqual(Math.min(before, wishes[look]));
            before = count;
          }
        },
      ),
      { numRuns: cases },
    );
  });
});

describe('what makes no sense is refused', () => {
  test.each([
    [3, 2],
    [-1, 2],
    [0, 0],
    [1, Number.NaN],
    [1, Infinity],
    [0.5, 2],
  ])('%s to %s replicas', (minReplicas, maxReplicas) => {
    expect(() => new HorizontalPodAutoscaler({ minReplicas, maxReplicas })).toThrow(`keeps ${minReplicas} to ${maxReplicas} replicas`);
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity])('a policy of %s', (value) => {
    expect(() => scalingBehavior({ scaleUp: { policies: [{ type: 'Pods', value, periodMs: 15_000 }] } })).toThrow(
      `A policy of scaleUp is ${value}`,
    );
  });

  test.each([0, 999, 1_800_001, Number.NaN])('a period of %s ms', (periodMs) => {
    expect(() => scalingBehavior({ scaleDown: { policies: [{ type: 'Pods', value: 1, periodMs }] } })).toThrow(
      'between 1000 and 1800000 ms',
    );
  });

  test('no policy, a window of more than an hour, a tolerance below 0', () => {
    expect(() => scalingBehavior({ scaleUp: { policies: [] } })).toThrow('scaleUp has no policy');
    expect(() => scalingBehavior({ scaleUp: { stabilizationMs: 3_600_001 } })).toThrow('between 0 and 3600000 ms');
    expect(() => scalingBehavior({ scaleDown: { tolerance: -1 } })).toThrow('The tolerance of scaleDown is -1');
  });

  test.each([-1, 0.5, Number.NaN])('%s replicas', (bad) => {
    const wish = { current: 1, desired: bad, minReplicas: 1, maxReplicas: 2 };
    expect(() => limitChange(wish, defaultScalingBehavior, [], [], 0)).toThrow(`desired of an autoscaler is ${bad}`);
    expect(() => limitWithoutBehavior({ ...wish, desired: 1, current: bad })).toThrow(RangeError);
  });
});

test('what is not given comes from the defaults of Kubernetes', () => {
  const behavior: ScalingBehavior = scalingBehavior({ scaleUp: { selectPolicy: 'Min' } });
  expect(behavior.scaleUp).toEqual({ ...defaultScalingBehavior.scaleUp, selectPolicy: 'Min' });
  expect(behavior.scaleDown).toEqual(defaultScalingBehavior.scaleDown);
});
