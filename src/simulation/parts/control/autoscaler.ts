// A control loop: measure, compare, correct, wait. Every 15 seconds it reads the fleet's metrics, lets a HorizontalPodAutoscaler decide,
// and has the fleet resized. Whatever it does takes effect only after servers have booted: the delay that makes loops overshoot.

import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import { positive } from '../options';
import type { System } from '../system';
import type { Fleet, FleetMember, FleetServer } from './fleet';
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerOptions } from './horizontalPodAutoscaler';
import {
  averageReplicas,
  type NoReplicaProposal,
  type Pod,
  type ReplicaProposal,
  utilizationReplicas,
  valuePerPodReplicas,
} from './replicaCalculator';

/** What the autoscaler looks at. Targets are above 0, and count to the thousandth. */
export type FleetMetric =
  /** Mean share of places in use since the last look, in percent; whole. */
  | { kind: 'utilization'; target: number }
  /** Requests that wait at each server. */
  | { kind: 'queue'; target: number }
  /** Requests that come to the balancer in a second, for each server. */
  | { kind: 'arrivals'; target: number }
  /** A number from elsewhere, such as the length of a broker's queue, for each server. */
  | { kind: 'external'; target: number; read: () => number };

export interface AutoscalerOptions extends HorizontalPodAutoscalerOptions {
  name?: string;
  metrics: readonly FleetMetric[];
  /** Between two looks, in ms. Default 15 s. */
  syncMs?: number;
  cpuInitializationMs?: number;
  initialReadinessDelayMs?: number;
}

export class Autoscaler {
  /** How often it changed the fleet. */
  changes = 0;
  readonly decider: HorizontalPodAutoscaler;
  private readonly syncMs: number;
  /** What was counted at the last look: time busy of each member, arrivals, and since when these are counted. */
  private readonly busyMs: Float64Array;
  private arrived = 0;
  private measuredFromMs = 0;
  private readonly name: string;
  private readonly levelServers: number;

  constructor(
    private readonly system: System,
    private readonly fleet: Fleet,
    private readonly options: AutoscalerOptions,
  ) {
    this.name = options.name ?? sentences.scaler;
    this.decider = new HorizontalPodAutoscaler(options);
    this.syncMs = positive(this.name, 'time between two looks', options.syncMs ?? 15_000);
    for (const { kind, target } of options.metrics) positive(this.name, `target of ${kind}`, target);
    if (options.metrics.length === 0) throw new RangeError(`${this.name} looks at no metric; it needs one or more.`);
    if (options.maxReplicas > fleet.members.length) {
      throw new RangeError(`${this.name} may want ${options.maxReplicas} servers, but only ${fleet.members.length} were made.`);
    }
    this.busyMs = new Float64Array(fleet.members.length);
    const { simulation } = system;
    this.levelServers = simulation.recorder.levelIndex('servers');
    simulation.recorder.coarse(simulation.nowMs, recordKinds.level, fleet.balancer.id, this.levelServers, fleet.size);
    simulation.every(this.syncMs, () => this.sync());
    // When the warm-up ends the servers begin to count anew; what was counted since the last look is carried over that.
    simulation.parts.unshift({ name: `${this.name} before the warm-up ends`, warm: () => this.carry(1) });
    simulation.parts.push({ name: this.name, warm: (nowMs) => this.carryOver(nowMs) });
  }

  private carryOver(nowMs: number): void {
    this.measuredFromMs = nowMs;
    this.carry(-1);
  }

  /** Before: turns what was counted by the last look into minus what was counted since. After: adds what a new count begins with. */
  private carry(sign: 1 | -1): void {
    const { members, balancer } = this.fleet;
    for (const { index, server } of members) this.busyMs[index] = this.busyMs[index] - sign * this.busyOf(server);
    this.arrived -= sign * balancer.book.opened;
  }

  private busyOf(server: FleetServer): number {
    return server.utilization() * (this.system.simulation.nowMs - this.measuredFromMs);
  }

  private sync(): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    const current = this.fleet.size;
    const pods = this.fleet.members.filter(({ state }) => state !== 'absent').map((member) => this.podOf(member));
    const proposals = this.options.metrics.map((metric) => this.propose(metric, pods, current));
    this.arrived = this.fleet.balancer.book.opened;
    const { replicas, reason } = this.decider.decide(nowMs, current, proposals);
    if (replicas === current) return;
    this.changes++;
    this.fleet.resize(replicas);
    recorder.coarse(nowMs, recordKinds.level, this.fleet.balancer.id, this.levelServers, replicas);
    const values = { scaler: this.name, from: current, to: replicas, reason };
    recorder.mark(nowMs, 'note', this.fleet.balancer.id, sentences.scaled, values);
    recorder.say(nowMs, 'info', this.fleet.balancer.id, sentences.scaledWhy, values);
  }

  /** The level is the processor's, in thousandths of all places of the server, which are also what it requests. */
  private podOf({ index, state, server, createdMs, readyMs }: FleetMember): Pod {
    const busyMs = this.busyOf(server);
    const level = Math.round((1000 * (busyMs - this.busyMs[index])) / this.syncMs);
    this.busyMs[index] = busyMs;
    const isOld = createdMs === -Infinity;
    return {
      phase: state === 'booting' ? 'pending' : state === 'draining' ? 'deleted' : 'running',
      // Nobody answers for a server that is down.
      level: server.isUp ? level : undefined,
      request: 1000,
      startedMs: isOld ? undefined : createdMs,
      readyChangedMs: isOld ? undefined : readyMs,
      windowMs: this.syncMs,
    };
  }

  private propose(metric: FleetMetric, pods: readonly Pod[], currentReplicas: number): ReplicaProposal | NoReplicaProposal {
    const { fleet, decider, options, syncMs } = this;
    const { nowMs } = this.system.simulation;
    const { cpuInitializationMs, initialReadinessDelayMs } = options;
    const common = { currentReplicas, tolerances: decider.tolerances, nowMs, cpuInitializationMs, initialReadinessDelayMs };
    if (metric.kind === 'utilization') return utilizationReplicas({ ...common, pods, target: metric.target });
    const target = Math.max(1, Math.round(metric.target * 1000));
    if (metric.kind === 'queue') {
      const there = fleet.members.filter(({ state }) => state !== 'absent');
      const queues = pods.map((pod, place) => ({ ...pod, level: pod.level === undefined ? undefined : 1000 * waitingAt(there[place]) }));
      return averageReplicas({ ...common, pods: queues, target });
    }
    const value = metric.kind === 'external' ? metric.read() * 1000 : ((fleet.balancer.book.opened - this.arrived) * 1_000_000) / syncMs;
    return valuePerPodReplicas({ ...common, value: Math.round(value), target });
  }
}

/** All who are inside, at a server without a line. */
function waitingAt({ server }: FleetMember): number {
  return server.waiting ?? server.inside;
}
