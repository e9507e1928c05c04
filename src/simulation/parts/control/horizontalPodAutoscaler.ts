// The decisions of one Kubernetes HorizontalPodAutoscaler over time: it remembers what it recommended and what it changed.
// Order: largest metric, stabilization, rate limits. Source: reconcileAutoscaler in pkg/controller/podautoscaler/horizontal.go (1.33 and later).

import { largestProposal, type NoReplicaProposal, type ReplicaProposal, type ScalingTolerances } from './replicaCalculator';
import {
  type LimitReason,
  limitChange,
  limitWithoutBehavior,
  type Recommendation,
  type ScaleEvent,
  type ScalingBehavior,
  type ScalingBehaviorOptions,
  type ScalingRules,
  scalingBehavior,
  stabilize,
  stabilizeWithoutBehavior,
} from './scalingRules';

export interface HorizontalPodAutoscalerOptions {
  /** Default 1. With 0 the fleet may be empty. */
  minReplicas?: number;
  maxReplicas: number;
  /** none: the limits of autoscaling/v1, and a stabilization window down only. Default: that of autoscaling/v2. */
  behavior?: ScalingBehaviorOptions | 'none';
}

export interface ScalingDecision {
  replicas: number;
  /** What limited the change, or why there is none. */
  reason: LimitReason | 'AboveMax' | 'BelowMin' | 'ScalingDisabled' | 'NoMetric';
  /** Whether recent recommendations held it back. */
  isStabilized: boolean;
}

export class HorizontalPodAutoscaler {
  readonly tolerances: ScalingTolerances;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  private readonly behavior: ScalingBehavior;
  private readonly hasBehavior: boolean;
  private readonly recommendations: Recommendation[] = [];
  private readonly upEvents: ScaleEvent[] = [];
  private readonly downEvents: ScaleEvent[] = [];

  /** Throws RangeError unless 0 ≤ least ≤ most, whole, with at least 1 at most. */
  constructor({ minReplicas = 1, maxReplicas, behavior = {} }: HorizontalPodAutoscalerOptions) {
    if (!Number.isInteger(minReplicas) || !Number.isInteger(maxReplicas) || minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
      throw new RangeError(
        `An autoscaler keeps ${minReplicas} to ${maxReplicas} replicas; they must be whole, the least from 0, the most from 1.`,
      );
    }
    this.minReplicas = minReplicas;
    this.maxReplicas = maxReplicas;
    this.hasBehavior = behavior !== 'none';
    this.behavior = scalingBehavior(behavior === 'none' ? {} : behavior);
    this.tolerances = { up: this.behavior.scaleUp.tolerance, down: this.behavior.scaleDown.tolerance };
  }

  /** What to do now, given what each metric asks for. A change is taken to be carried out. */
  decide(nowMs: number, current: number, proposals: readonly (ReplicaProposal | NoReplicaProposal)[]): ScalingDecision {
    if (this.recommendations.length === 0) this.recommendations.push({ atMs: nowMs, replicas: current });
    const decision = this.judge(nowMs, current, proposals);
    if (decision.replicas !== current && this.hasBehavior) this.store(nowMs, decision.replicas - current);
    return decision;
  }

  private judge(nowMs: number, current: number, proposals: readonly (ReplicaProposal | NoReplicaProposal)[]): ScalingDecision {
    const { minReplicas, maxReplicas } = this;
    if (current === 0 && minReplicas !== 0) return { replicas: 0, reason: 'ScalingDisabled', isStabilized: false };
    if (current > maxReplicas) return { replicas: maxReplicas, reason: 'AboveMax', isStabilized: false };
    if (current < minReplicas) return { replicas: minReplicas, reason: 'BelowMin', isStabilized: false };
    const largest = largestProposal(proposals, current);
    if ('problem' in largest) return { replicas: current, reason: 'NoMetric', isStabilized: false };
    const proposed = Math.max(0, largest.replicas);
    const desired = this.stabilized(nowMs, current, proposed);
    const wish = { current, desired, minReplicas, maxReplicas };
    const limited = this.hasBehavior ? limitChange(wish, this.behavior, this.upEvents, this.downEvents, nowMs) : limitWithoutBehavior(wish);
    return { ...limited, isStabilized: desired !== proposed };
  }

  private stabilized(nowMs: number, current: number, proposed: number): number {
    const { recommendations, hasBehavior } = this;
    const upMs = this.behavior.scaleUp.stabilizationMs;
    const downMs = this.behavior.scaleDown.stabilizationMs;
    const desired = hasBehavior
      ? stabilize(current, proposed, recommendations, upMs, downMs, nowMs)
      : stabilizeWithoutBehavior(proposed, recommendations, downMs, nowMs);
    remember(recommendations, { atMs: nowMs, replicas: proposed }, nowMs - (hasBehavior ? Math.max(upMs, downMs) : downMs));
    return desired;
  }

  private store(nowMs: number, change: number): void {
    const isUp = change > 0;
    const longestMs = longestPeriod(isUp ? this.behavior.scaleUp : this.behavior.scaleDown);
    remember(isUp ? this.upEvents : this.downEvents, { atMs: nowMs, change: Math.abs(change) }, nowMs - longestMs);
  }
}

function longestPeriod({ policies }: ScalingRules): number {
  return policies.reduce((longest, { periodMs }) => Math.max(longest, periodMs), 0);
}

/** The new entry takes the place of the last one from before the cutoff, as in Kubernetes: so the list stays short. */
function remember<E extends { atMs: number }>(entries: E[], entry: E, cutoffMs: number): void {
  const old = entries.findLastIndex(({ atMs }) => atMs < cutoffMs);
  if (old < 0) entries.push(entry);
  else entries[old] = entry;
}
