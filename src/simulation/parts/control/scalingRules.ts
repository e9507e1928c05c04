// How fast a fleet may change: the behavior of the Kubernetes HorizontalPodAutoscaler. A stabilization window looks at what was
// recommended lately and moves no further than all of it agrees; policies then limit the change in a period.
// Source: kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go and pkg/apis/autoscaling/v2/defaults.go (1.33 and later).

export interface ScalingPolicy {
  type: 'Pods' | 'Percent';
  /** Pods, or percent of those at the start of the period. Whole, 1 or more. */
  value: number;
  /** 1 second to 30 minutes. */
  periodMs: number;
}

export interface ScalingRules {
  policies: readonly ScalingPolicy[];
  /** Which policy holds when there are several: that of the greatest change, of the least, or no scaling in this direction. */
  selectPolicy: 'Max' | 'Min' | 'Disabled';
  /** 0 to 1 hour. */
  stabilizationMs: number;
  tolerance: number;
}

export interface ScalingBehavior {
  scaleUp: ScalingRules;
  scaleDown: ScalingRules;
}

/** Up at once, by 4 pods or by all there are in 15 s, whichever is more; down, after five minutes, at any speed. */
export const defaultScalingBehavior: ScalingBehavior = {
  scaleUp: {
    policies: [
      { type: 'Pods', value: 4, periodMs: 15_000 },
      { type: 'Percent', value: 100, periodMs: 15_000 },
    ],
    selectPolicy: 'Max',
    stabilizationMs: 0,
    tolerance: 0.1,
  },
  scaleDown: {
    policies: [{ type: 'Percent', value: 100, periodMs: 15_000 }],
    selectPolicy: 'Max',
    stabilizationMs: 300_000,
    tolerance: 0.1,
  },
};

export interface ScalingBehaviorOptions {
  scaleUp?: Partial<ScalingRules>;
  scaleDown?: Partial<ScalingRules>;
}

/** Fills what is not given from the defaults. Throws RangeError for what Kubernetes would not accept. */
export function scalingBehavior({ scaleUp, scaleDown }: ScalingBehaviorOptions): ScalingBehavior {
  const behavior = {
    scaleUp: { ...defaultScalingBehavior.scaleUp, ...scaleUp },
    scaleDown: { ...defaultScalingBehavior.scaleDown, ...scaleDown },
  };
  for (const [name, { policies, stabilizationMs, tolerance }] of Object.entries(behavior)) {
    if (policies.length === 0) throw new RangeError(`${name} has no policy; it needs one or more.`);
    for (const { value, periodMs } of policies) {
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`A policy of ${name} is ${value}; it must be a whole number from 1 up.`);
      requireBetween(`period of a policy of ${name}`, periodMs, 1000, 1_800_000);
    }
    requireBetween(`stabilization window of ${name}`, stabilizationMs, 0, 3_600_000);
    if (!(tolerance >= 0 && tolerance < Infinity))
      throw new RangeError(`The tolerance of ${name} is ${tolerance}; it must be a number from 0 up.`);
  }
  return behavior;
}

function requireBetween(what: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) throw new RangeError(`The ${what} is ${value} ms; it must lie between ${least} and ${most} ms.`);
}

/** Pods added or taken away, as a positive number. */
export interface ScaleEvent {
  atMs: number;
  change: number;
}

export interface Recommendation {
  atMs: number;
  replicas: number;
}

export type LimitReason = 'DesiredWithinRange' | 'ScaleUpLimit' | 'ScaleDownLimit' | 'TooManyReplicas' | 'TooFewReplicas';

export interface LimitedChange {
  replicas: number;
  reason: LimitReason;
}

export interface ScalingWish {
  current: number;
  desired: number;
  minReplicas: number;
  maxReplicas: number;
}

function checkWish(wish: ScalingWish): void {
  for (const [name, count] of Object.entries(wish)) {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`${name} of an autoscaler is ${count}; it must be a whole number from 0 up.`);
  }
}

/** What is left of a wish under the policies of its direction, and between the least and the most replicas. */
export function limitChange(
  wish: ScalingWish,
  { scaleUp, scaleDown }: ScalingBehavior,
  upEvents: readonly ScaleEvent[],
  downEvents: readonly ScaleEvent[],
  nowMs: number,
): LimitedChange {
  checkWish(wish);
  const { current, desired, minReplicas, maxReplicas } = wish;
  if (desired > current) {
    const limit = Math.max(current, policyLimit(current, scaleUp, upEvents, downEvents, nowMs, true));
    if (desired > Math.min(limit, maxReplicas)) {
      return maxReplicas > limit ? { replicas: limit, reason: 'ScaleUpLimit' } : { replicas: maxReplicas, reason: 'TooManyReplicas' };
    }
  } else if (desired < current) {
    const limit = Math.min(current, policyLimit(current, scaleDown, upEvents, downEvents, nowMs, false));
    if (desired < Math.max(limit, minReplicas)) {
      return minReplicas < limit ? { replicas: limit, reason: 'ScaleDownLimit' } : { replicas: minReplicas, reason: 'TooFewReplicas' };
    }
  }
  return { replicas: desired, reason: 'DesiredWithinRange' };
}

function policyLimit(
  current: number,
  { policies, selectPolicy }: ScalingRules,
  upEvents: readonly ScaleEvent[],
  downEvents: readonly ScaleEvent[],
  nowMs: number,
  isUp: boolean,
): number {
  if (selectPolicy === 'Disabled') return current;
  const takesHighest = (selectPolicy === 'Max') === isUp;
  let limit = takesHighest ? -Infinity : Infinity;
  for (const { type, value, periodMs } of policies) {
    const before = current - changeSince(upEvents, nowMs - periodMs) + changeSince(downEvents, nowMs - periodMs);
    let proposed = isUp ? before + value : before - value;
    // Up is rounded up, or a small fleet would never grow by a few percent; down is cut.
    if (type === 'Percent') proposed = isUp ? Math.ceil(before * (1 + value / 100)) : Math.trunc(before * (1 - value / 100));
    limit = takesHighest ? Math.max(limit, proposed) : Math.min(limit, proposed);
  }
  return limit;
}

function changeSince(events: readonly ScaleEvent[], cutoffMs: number): number {
  let change = 0;
  for (const event of events) if (event.atMs > cutoffMs) change += event.change;
  return change;
}

/** As before there were behaviors: never more than twice as many at once, or 4. */
export function limitWithoutBehavior(wish: ScalingWish): LimitedChange {
  checkWish(wish);
  const { current, desired, minReplicas, maxReplicas } = wish;
  const limit = Math.max(2 * current, 4);
  if (desired < minReplicas) return { replicas: minReplicas, reason: 'TooFewReplicas' };
  if (desired <= Math.min(limit, maxReplicas)) return { replicas: desired, reason: 'DesiredWithinRange' };
  return maxReplicas > limit ? { replicas: limit, reason: 'ScaleUpLimit' } : { replicas: maxReplicas, reason: 'TooManyReplicas' };
}

/** The replica count next to the current one that no recommendation within its window speaks against. */
export function stabilize(
  current: number,
  desired: number,
  recommendations: readonly Recommendation[],
  upWindowMs: number,
  downWindowMs: number,
  nowMs: number,
): number {
  let lowest = desired;
  let highest = desired;
  for (const { atMs, replicas } of recommendations) {
    if (atMs > nowMs - upWindowMs) lowest = Math.min(lowest, replicas);
    if (atMs > nowMs - downWindowMs) highest = Math.max(highest, replicas);
  }
  return Math.min(Math.max(current, lowest), highest);
}

/** As before there were behaviors: the highest recommendation of the window, whichever way. */
export function stabilizeWithoutBehavior(
  desired: number,
  recommendations: readonly Recommendation[],
  downWindowMs: number,
  nowMs: number,
): number {
  let highest = desired;
  for (const { atMs, replicas } of recommendations) if (atMs >= nowMs - downWindowMs) highest = Math.max(highest, replicas);
  return highest;
}
