// How many replicas a metric asks for: the replica calculator of the Kubernetes HorizontalPodAutoscaler.
// The mean over the pods, cut to a whole number, over its target, times the pods that count. Pods that are not ready or of which
// nothing is known only dampen: they are guessed idle when the fleet would grow, at their limit when it would shrink.
// Source: kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go (1.33 and later).

/** How far above or below 1 the ratio of usage to target may be without a change. */
export interface ScalingTolerances {
  up: number;
  down: number;
}

/** One pod as the calculator sees it. Quantities are whole thousandths (milli-cores), as in Kubernetes. */
export interface Pod {
  /** What the metric says of it; absent when nothing is known. */
  level?: number;
  /** What it requests of the resource; only utilization needs it. */
  request?: number;
  /** Default running. Failed and deleted pods do not count at all; pending ones are not ready. */
  phase?: 'running' | 'pending' | 'failed' | 'deleted';
  /** Default true. */
  isReady?: boolean;
  /** When it started. Default: so long ago that a reading is good when it is ready, and not when it is not. */
  startedMs?: number;
  /** When it last became ready or ceased to be. Default: when it started. */
  readyChangedMs?: number;
  /** When its level was measured, and over what time. Default: now, over none. */
  sampledMs?: number;
  windowMs?: number;
}

export interface PodMetric {
  pods: readonly Pod[];
  currentReplicas: number;
  /** In percent of the request for utilization, in thousandths otherwise. Whole, 1 or more. */
  target: number;
  tolerances?: ScalingTolerances;
  /** Only a processor's metric looks at readiness. Default: true for utilization, false for averages. */
  isCpu?: boolean;
  /** Levels reported of pods that are not in the list. */
  strays?: readonly number[];
  nowMs?: number;
  /** A pod's youth, in which readings of its processor mislead. Default 5 minutes. */
  cpuInitializationMs?: number;
  /** A pod that is not ready, and has not changed later than this after its start, was never ready. Default 30 s. */
  initialReadinessDelayMs?: number;
}

/** What one metric asks for, and the mean usage that it saw: percent, or thousandths. */
export interface ReplicaProposal {
  replicas: number;
  usage: number;
}

/** A metric that cannot be computed, and why. */
export interface NoReplicaProposal {
  problem: string;
}

export const defaultScalingTolerances: ScalingTolerances = { up: 0.1, down: 0.1 };
const mostReplicas = 2_147_483_647;

type Sample = Pick<Pod, 'request'> & { level: number };

/** A Resource metric with an average utilization: percent of what the pods request. */
export function utilizationReplicas(metric: PodMetric): ReplicaProposal | NoReplicaProposal {
  const utilization = (samples: readonly Sample[]): number | string => {
    if (metric.pods.some(({ request }) => request === undefined)) return 'a pod requests nothing of the resource';
    const known = samples.filter(({ request }) => request !== undefined);
    const requested = known.reduce((sum, { request = 0 }) => sum + request, 0);
    return requested === 0 ? 'no metric is of a known pod' : wholeQuotient(levelsOf(known), 100, requested);
  };
  const atLimit = ({ request = 0 }: Pod): number => wholeQuotient(request, Math.max(100, metric.target), 100);
  return propose(metric, metric.isCpu ?? true, utilization, atLimit);
}

/** A Pods metric, or a Resource metric with an average value: the mean level of the pods. */
export function averageReplicas(metric: PodMetric): ReplicaProposal | NoReplicaProposal {
  const mean = (samples: readonly Sample[]): number => wholeQuotient(levelsOf(samples), 1, samples.length);
  return propose(metric, metric.isCpu ?? false, mean, () => metric.target);
}

export interface ValueMetric {
  currentReplicas: number;
  /** The one value of the object, or the sum of the external values. */
  value: number;
  target: number;
  tolerances?: ScalingTolerances;
}

/** An Object or External metric with a target value: the ratio times the pods that run and are ready. From 0 replicas it can start. */
export function valueReplicas({ readyPods, ...metric }: ValueMetric & { readyPods: number }): ReplicaProposal | NoReplicaProposal {
  const { currentReplicas, value, target, tolerances } = metric;
  checkValue(metric);
  requireWhole('number of ready pods', readyPods, 0);
  const ratio = value / target;
  if (currentReplicas === 0) return { replicas: replicasOf(ratio), usage: value };
  return { replicas: isWithin(ratio, tolerances) ? currentReplicas : replicasOf(ratio * readyPods), usage: value };
}

/** An Object or External metric with a target for each pod. Readiness plays no part. */
export function valuePerPodReplicas(metric: ValueMetric): ReplicaProposal {
  const { currentReplicas, value, target, tolerances } = metric;
  checkValue(metric);
  const ratio = value / (target * currentReplicas);
  return {
    replicas: isWithin(ratio, tolerances) ? currentReplicas : replicasOf(value / target),
    usage: currentReplicas === 0 ? 0 : Math.ceil(value / currentReplicas),
  };
}

/**
 * Of several metrics the one that asks for most. None when all failed, or when one failed and the rest would shrink the fleet:
 * what is not known might have objected.
 */
export function largestProposal(
  proposals: readonly (ReplicaProposal | NoReplicaProposal)[],
  currentReplicas: number,
): ReplicaProposal | NoReplicaProposal {
  let largest: ReplicaProposal | undefined;
  let failed: NoReplicaProposal | undefined;
  for (const proposal of proposals) {
    if ('problem' in proposal) failed ??= proposal;
    else if (largest === undefined || proposal.replicas > largest.replicas) largest = proposal;
  }
  if (largest !== undefined && (failed === undefined || largest.replicas >= currentReplicas)) return largest;
  return failed ?? { problem: 'there is no metric' };
}

function propose(
  metric: PodMetric,
  isCpu: boolean,
  usageOf: (samples: readonly Sample[]) => number | string,
  atLimit: (pod: Pod) => number,
): ReplicaProposal | NoReplicaProposal {
  check(metric);
  const { pods, currentReplicas, target, tolerances, strays = [] } = metric;
  const { counted, unready, missing } = group(metric, isCpu);
  const samples: Sample[] = [...counted, ...strays.map((level) => ({ level }))];
  if (pods.length === 0) return { problem: 'there are no pods' };
  if (samples.length === 0) return { problem: 'there is no metric of a pod that counts' };
  const usage = usageOf(samples);
  if (typeof usage === 'string') return { problem: usage };
  const ratio = usage / target;
  const growsWithUnready = unready.length > 0 && ratio > 1;
  if (!growsWithUnready && missing.length === 0) {
    return { replicas: isWithin(ratio, tolerances) ? currentReplicas : replicasOf(ratio * counted.length), usage };
  }
  if (ratio !== 1) for (const pod of missing) samples.push({ request: pod.request, level: ratio < 1 ? atLimit(pod) : 0 });
  if (growsWithUnready) for (const { request } of unready) samples.push({ request, level: 0 });
  const dampened = (usageOf(samples) as number) / target;
  const turns = ratio < 1 ? dampened > 1 : ratio > 1 && dampened < 1;
  const replicas = replicasOf(dampened * samples.length);
  const goesAstray = dampened < 1 ? replicas > currentReplicas : dampened > 1 && replicas < currentReplicas;
  return { replicas: isWithin(dampened, tolerances) || turns || goesAstray ? currentReplicas : replicas, usage };
}

function group(metric: PodMetric, isCpu: boolean): { counted: Sample[]; unready: Pod[]; missing: Pod[] } {
  const groups = { counted: [] as Sample[], unready: [] as Pod[], missing: [] as Pod[] };
  for (const pod of metric.pods) {
    const { phase, level, request } = pod;
    if (phase === 'failed' || phase === 'deleted') continue;
    if (phase === 'pending') groups.unready.push(pod);
    else if (level === undefined) groups.missing.push(pod);
    else if (isCpu && !hasGoodReading(pod, metric)) groups.unready.push(pod);
    else groups.counted.push({ level, request });
  }
  return groups;
}

/** Young pods must be ready, and have been for the whole window of the reading; old ones only must have been ready once. */
function hasGoodReading(pod: Pod, { nowMs = 0, cpuInitializationMs = 300_000, initialReadinessDelayMs = 30_000 }: PodMetric): boolean {
  const { isReady = true, startedMs, readyChangedMs = startedMs, sampledMs = nowMs, windowMs = 0 } = pod;
  if (startedMs === undefined || readyChangedMs === undefined) return isReady;
  if (startedMs + cpuInitializationMs > nowMs) return isReady && sampledMs >= readyChangedMs + windowMs;
  return isReady || startedMs + initialReadinessDelayMs <= readyChangedMs;
}

function isWithin(ratio: number, { up, down }: ScalingTolerances = defaultScalingTolerances): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

function replicasOf(exact: number): number {
  return Math.min(Math.ceil(exact), mostReplicas);
}

function levelsOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { level }) => sum + level, 0);
}

/** value × times / over in whole numbers, cut: thousandths of bytes times a hundred leave what a double can hold. */
function wholeQuotient(value: number, times: number, over: number): number {
  return Number((BigInt(value) * BigInt(times)) / BigInt(over));
}

function requireWhole(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`The ${what} of an autoscaler is ${value}; it must be a whole number from ${least} up.`);
  }
}

function checkTolerances({ up, down }: ScalingTolerances = defaultScalingTolerances): void {
  if (!(up >= 0 && up < Infinity && down >= 0 && down < Infinity)) {
    throw new RangeError(`The tolerances of an autoscaler are ${up} up and ${down} down; they must be numbers from 0 up.`);
  }
}

function checkValue({ currentReplicas, value, target, tolerances }: ValueMetric): void {
  requireWhole('number of replicas', currentReplicas, 0);
  requireWhole('value of a metric', value, 0);
  requireWhole('target', target, 1);
  checkTolerances(tolerances);
}

function check({ pods, strays = [], currentReplicas, target, tolerances }: PodMetric): void {
  requireWhole('number of replicas', currentReplicas, 0);
  requireWhole('target', target, 1);
  checkTolerances(tolerances);
  for (const { level = 0, request = 0 } of pods) {
    requireWhole("level of a pod's metric", level, 0);
    requireWhole('request of a pod', request, 0);
  }
  for (const level of strays) requireWhole("level of a pod's metric", level, 0);
}
