// A database that is kept on several machines: one primary takes the writes, the others copy its log (the notes' master and slaves).
// What may be lost, how long nobody takes writes, and what a reader may see follow from the knobs here, by running it: the acknowledged
// writes that are gone are found by comparing logs, not by a formula. Followers apply what they get at once: there is no commit index.

import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import { milliseconds } from '../network/limits';
import { MessageWire } from '../network/messageWire';
import { type WireOptions, ways } from '../network/wire';
import { positive, wholeNumber } from '../options';
import type { System } from '../system';
import { type Acknowledgement, asynchronous, checkAcknowledgement } from './acknowledgement';
import { completeFailover, type Failover, type FailoverOptions } from './elections';
import { History } from './history';
import { isAtLeastAsUpToDate, missingFrom } from './logs';
import type { Message } from './messages';
import type { ReplicaFront, Replicated } from './replicaFront';
import { ReplicaNode } from './replicaNode';
import { checkStandby, type Standby, standbys } from './standby';
import type { StoreNodeOptions } from './storeNode';

export interface ReplicaGroupOptions {
  /** Nodes are named `name/1`, `name/2`, …; the first is the primary at the start. Default: database. */
  name?: string;
  /** How many, or what each is like. 1 to 100. */
  nodes: number | readonly StoreNodeOptions[];
  /** The wire between two nodes, by index, the smaller first. Default: free. */
  wire?: WireOptions | ((one: number, other: number) => WireOptions);
  /** Default: asynchronous. */
  acknowledgement?: Acknowledgement;
  /** Default: hot, promoted in no time. */
  standby?: Standby;
  /** Time to apply one write at a replica, in ms. Default 0. */
  applyMs?: number;
  /** Between two heartbeats of the primary, in ms. Default 50. */
  heartbeatMs?: number;
  /** Default: nobody takes over unless told to (verb promote). */
  failover?: FailoverOptions;
  /** Which calls are writes. Default: those of class 0. */
  isWrite?: (call: Call) => boolean;
}

/** A change of the primary, as it happened. */
export interface FailoverRecord {
  node: number;
  term: number;
  /** When it was elected, and when it took its first write; Infinity: never. */
  electedMs: number;
  servingMs: number;
  /** When the last node that took writes ceased to; Infinity: it had not when the new one began. */
  silentSinceMs: number;
  /** Acknowledged writes that the new primary did not have, and when the first of them had been acknowledged (Infinity: none). */
  lost: number;
  firstLostMs: number;
}

export class ReplicaGroup implements Replicated {
  readonly name: string;
  readonly size: number;
  readonly history = new History();
  readonly acknowledgement: Acknowledgement;
  readonly standby: Standby;
  readonly applyMs: number;
  readonly heartbeatMs: number;
  readonly failover: Failover | undefined;
  readonly isWrite: (call: Call) => boolean;
  readonly nodes: readonly ReplicaNode[];
  readonly failovers: FailoverRecord[] = [];
  elections = 0;
  /** Times that a replica gave up on its primary, and how often that was alive and primary all the while. */
  suspicions = 0;
  falseAlarms = 0;
  /** Times that the primary ceased to wait for replicas. */
  fallBacks = 0;
  /** How long none, one, and two or more took writes, in ms, up to the last change. */
  readonly servingMs = new Float64Array(3);
  /** How many take writes now. */
  serving = 0;
  private servingSinceMs = 0;
  private silentSinceMs = Infinity;
  private lastElected = 0;
  private readonly wires: MessageWire<Message>[][] = [];
  private readonly fronts: ReplicaFront[] = [];

  constructor(
    private readonly system: System,
    options: ReplicaGroupOptions,
  ) {
    const { name = 'database', nodes, wire = {}, acknowledgement = asynchronous } = options;
    const each = typeof nodes === 'number' ? Array<StoreNodeOptions>(wholeNumber(name, 'number of nodes', nodes, 1)).fill({}) : nodes;
    if (each.length < 1 || each.length > 100) throw new RangeError(`${name} has ${each.length} nodes; it must have 1 to 100.`);
    this.name = name;
    this.size = each.length;
    this.acknowledgement = acknowledgement;
    checkAcknowledgement(name, acknowledgement, this.size);
    this.standby = options.standby ?? { ...standbys.hot, promotionMs: 0 };
    checkStandby(name, this.standby);
    this.applyMs = milliseconds(name, 'time to apply a write', options.applyMs ?? 0);
    this.heartbeatMs = positive(name, 'time between heartbeats', options.heartbeatMs ?? 50);
    this.failover = options.failover && completeFailover(name, options.failover, this.size);
    this.isWrite = options.isWrite ?? (({ requestClass }) => requestClass === 0);
    this.nodes = each.map((node, index) => new ReplicaNode(system, this, index, node));
    for (let one = 0; one < this.size; one++) {
      this.wires[one] = [];
      for (let other = one + 1; other < this.size; other++) {
        const wireOptions = typeof wire === 'function' ? wire(one, other) : wire;
        this.wires[one][other] = new MessageWire<Message>(system, this.nodes[one].id, this.nodes[other].id, wireOptions, (way, message) =>
          way === ways.there ? this.nodes[other].receive(one, message) : this.nodes[one].receive(other, message),
        );
      }
    }
    this.nodes[0].primary.open();
    system.simulation.parts.push({ name, warm: () => this.warm(), close: () => this.countServing(0) });
  }

  get isUnfenced(): boolean {
    return this.failover?.fencing === 'none';
  }

  /** The node that was elected last, while it takes writes. */
  get primary(): ReplicaNode | undefined {
    const { term, node } = this.failovers[this.failovers.length - 1] ?? { term: 1, node: 0 };
    const elected = this.nodes[node];
    return elected.primary.isServing && elected.election.term === term ? elected : undefined;
  }

  /** Whose log counts: the primary's, or, while there is none, that of the node that knows most. */
  survivor(): ReplicaNode {
    return this.primary ?? this.nodes.reduce((best, node) => (isAtLeastAsUpToDate(best.log, node.log) ? best : node));
  }

  /** Numbers of the writes that were acknowledged and are gone, as things are now. */
  lostWrites(): number[] {
    return missingFrom(this.survivor().log.writes, this.history.promised());
  }

  /** How far a node is behind the primary: entries it has yet to apply, and how long ago the first of them was taken, in ms. */
  lag(index: number): { entries: number; ms: number } {
    const { log } = this.survivor();
    const entries = log.length - Math.min(log.length, this.nodes[index].log.applied);
    const first = log.at(log.length - entries + 1);
    return { entries, ms: entries === 0 ? 0 : this.system.simulation.nowMs - this.history.takenMs[first] };
  }

  /** How many other replicas have more than a node: Redis' rank. */
  rankOf(index: number): number {
    const { length } = this.nodes[index].log;
    return this.nodes.filter((node) => node.index !== index && node.index !== this.lastElected && node.log.length > length).length;
  }

  // What nodes and fronts tell the group.

  addFront(front: ReplicaFront): void {
    this.fronts.push(front);
  }

  announce(node: ReplicaNode): void {
    for (const front of this.fronts) front.announce(node.index, node.election.term);
  }

  post(from: number, to: number, message: Message, size: number): void {
    const arrivalMs =
      from < to ? this.wires[from][to].send(ways.there, message, size) : this.wires[to][from].send(ways.back, message, size);
    if (message.kind === 'append' && arrivalMs < Infinity) this.drawFlights(to, message.writes, arrivalMs);
  }

  /** A node has crashed: what it had not sent is lost. */
  dropUnsent(from: number): void {
    for (let to = 0; to < this.size; to++) {
      if (to < from) this.wires[to][from].dropUnsent(ways.back);
      else if (to > from) this.wires[from][to].dropUnsent(ways.there);
    }
  }

  noteSuspicion(leader: number): void {
    const { condition, election } = this.nodes[leader];
    this.suspicions++;
    if (condition.isUp && election.role === 'primary') this.falseAlarms++;
  }

  /** @returns index of the primary before, or -1 */
  noteElected(node: ReplicaNode): number {
    const old = this.lastElected;
    const missing = missingFrom(node.log.writes, this.history.promised());
    this.lastElected = node.index;
    this.failovers.push({
      node: node.index,
      term: node.election.term,
      electedMs: node.nowMs,
      servingMs: Infinity,
      silentSinceMs: Infinity,
      lost: missing.length,
      firstLostMs: missing.reduce((first, write) => Math.min(first, this.history.acknowledgedMs[write]), Infinity),
    });
    node.say('info', sentences.elected, { term: node.election.term });
    return old === node.index ? -1 : old;
  }

  noteServing(node: ReplicaNode): void {
    const record = this.failovers.findLast((failover) => failover.node === node.index && failover.term === node.election.term);
    if (record === undefined || record.servingMs < Infinity) return;
    record.servingMs = node.nowMs;
    record.silentSinceMs = this.silentSinceMs;
    node.say('info', sentences.takesWrites);
  }

  /** One begins (1) or ceases (-1) to take writes; 0 brings the times up to now. */
  countServing(change: -1 | 0 | 1): void {
    const { nowMs } = this.system.simulation;
    this.servingMs[Math.min(this.serving, 2)] += nowMs - this.servingSinceMs;
    this.servingSinceMs = nowMs;
    if (change === 1 && this.serving > 0) this.silentSinceMs = Infinity;
    if (change === -1 && this.serving === 1) this.silentSinceMs = nowMs;
    this.serving += change;
  }

  private warm(): void {
    this.countServing(0);
    this.servingMs.fill(0);
  }

  private drawFlights(to: number, writes: readonly number[], arrivalMs: number): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const write of writes) recorder.request(nowMs, recordKinds.flight, this.nodes[to].id, this.history.requests[write], arrivalMs);
  }
}
