// What a node does as primary: it takes writes, ships them with its heartbeats, and answers a write when enough replicas have it.
// Sources: semi-synchronous waiting after MySQL 8.4 (plugin/semisync/semisync_source.cc: a timeout releases all who wait, and it is on
// again once the replicas have the latest write); handing over after Raft's author's thesis, section 3.10.

import type { EventHandle } from '../../kernel/calendar';
import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import type { Operation } from './history';
import type { Appended } from './messages';
import type { ReplicaNode } from './replicaNode';
import { Shipping } from './shipping';

export class Primary {
  readonly shipping: Shipping;
  /** Ready to take writes, as far as it knows. */
  isServing = false;
  /** Semi-synchronous: it goes on alone until the replicas have caught up. */
  isAlone = false;
  private isHandingOver = false;
  private handoverMs = 0;
  /** Calls that wait for replicas, in the order of their positions. */
  private readonly queue: Call[] = [];
  private first = 0;
  private isWatching = false;
  private watch: EventHandle = 0;
  private beat: EventHandle = 0;
  private shipAtMs = 0;
  /** By node: it is to get all that is new; with shipping at intervals, once in each. */
  private readonly isOwed: Uint8Array;
  private caughtUpSinceMs = Infinity;
  private lengthAtBeat = 0;
  /** Number of its reigns: what was planned in an earlier one is void. */
  private reign = 0;
  private readonly watchHandler: number;
  private readonly beatHandler: number;

  constructor(private readonly node: ReplicaNode) {
    const { group, index, system, log } = node;
    const { simulation } = system;
    this.shipping = new Shipping(index, group.size, log, node.clock.nowMs(), (to, message, size) => node.post(to, message, size));
    this.isOwed = new Uint8Array(group.size);
    const watch = (): void => this.watchWaits();
    const pulse = (): void => this.pulse();
    this.watchHandler = simulation.on(() => node.whenAwake(watch));
    this.beatHandler = simulation.on(() => node.whenAwake(pulse));
  }

  /** Elected, or made so by hand: it holds the others by its heartbeats while it gets ready. */
  begin(): void {
    const { node } = this;
    const { group, system, log } = node;
    const { simulation } = system;
    const reign = ++this.reign;
    this.isAlone = false;
    this.shipping.begin();
    this.shipping.setOwn(log.length);
    const old = group.noteElected(node);
    this.pulse();
    let readyMs = simulation.nowMs + group.standby.promotionMs + node.applying.restMs();
    if (group.failover?.fencing === 'kill' && old >= 0) {
      const killedMs = simulation.nowMs + group.failover.killMs;
      simulation.at(killedMs, () => reign === this.reign && system.act(group.nodes[old].name, 'crash'));
      readyMs = Math.max(readyMs, killedMs);
    }
    simulation.at(readyMs, () => reign === this.reign && node.whenAwake(() => reign === this.reign && this.open()));
  }

  /** It is primary no more, or down: whoever waits hears of it, and cannot know whether the write will be kept. */
  stop(fate: Fate): void {
    const { simulation } = this.node.system;
    this.reign++;
    simulation.cancel(this.beat);
    simulation.cancel(this.watch);
    this.isWatching = false;
    this.isHandingOver = false;
    this.caughtUpSinceMs = Infinity;
    this.setServing(false);
    while (this.oldest !== undefined) this.node.finish(this.takeOldest(), fate);
  }

  /** After a restart: primary at once if nobody has told it otherwise. */
  restore(): void {
    this.node.applying.goOn();
    if (this.node.election.role !== 'primary') return;
    this.shipping.begin();
    this.open();
  }

  write(call: Call, operation: Operation | undefined): void {
    const { node } = this;
    const { group, log, election } = node;
    if (!this.mayServe()) {
      node.finish(call, fates.failed);
      return;
    }
    const { history } = group;
    // An operation that was tried before is another write the second time.
    const isNew = operation !== undefined && history.takenMs[operation.write] === Infinity;
    const write = isNew ? operation.write : history.openWrite(call, node.nowMs);
    history.take(write, node.nowMs);
    log.append(write, election.term);
    node.applying.applyAll();
    this.shipping.setOwn(log.length);
    call.place = log.length;
    this.queue.push(call);
    if (group.standby.shipEveryMs === 0) this.shipAll();
    this.answerWaiting();
    if (this.oldest !== undefined) this.watchFrom(call.enteredMs);
  }

  read(call: Call, operation: Operation | undefined): void {
    const { node } = this;
    const isFit = node.election.role === 'primary' ? this.mayServe() : !operation?.needsPrimary && node.group.standby.isApplying;
    if (isFit && operation !== undefined) operation.write = node.log.read(call.key);
    node.finish(call, isFit ? fates.completed : fates.failed);
  }

  /** A replica has answered. */
  hear(from: number, appended: Appended): void {
    if (this.node.election.role !== 'primary') return;
    const wanted = this.shipping.hear(from, appended);
    if (wanted === 'question' || (wanted === 'entries' && this.isOwed[from])) this.ship(from);
    this.answerWaiting();
    this.handOver();
  }

  waiting(): Iterable<Call> {
    return this.queue.slice(this.first);
  }

  /** The caller no longer wants to know; the write stays in the log. */
  giveUp(call: Call): void {
    const at = this.queue.indexOf(call, this.first);
    if (at >= 0) this.queue.splice(at, 1);
  }

  /** Ready: from now on it takes writes. */
  open(): void {
    const { node } = this;
    node.applying.applyAll();
    this.shipping.setOwn(node.log.length);
    this.setServing(true);
    node.group.noteServing(node);
    this.pulse();
  }

  private confirm(call: Call): void {
    const { node } = this;
    const operation = node.group.history.operationOf(call);
    if (operation !== undefined) operation.write = node.log.at(call.place);
    node.finish(call, fates.completed);
  }

  private get oldest(): Call | undefined {
    return this.queue[this.first];
  }

  private takeOldest(): Call {
    const call = this.queue[this.first++];
    if (this.first > 64 && 2 * this.first > this.queue.length) {
      this.queue.splice(0, this.first);
      this.first = 0;
    }
    return call;
  }

  private mayServe(): boolean {
    if (!this.isServing || this.isHandingOver) return false;
    if (this.node.election.holdsLease()) return true;
    this.node.election.stepDown();
    return false;
  }

  /** Answers those whose writes enough replicas have. */
  private answerWaiting(): void {
    const { node, shipping } = this;
    const { replicas, after = 'stored' } = node.group.acknowledgement;
    if (this.oldest === undefined && !this.isAlone) return;
    let reached = shipping.reached(replicas + 1, after);
    if (this.isAlone && reached >= node.log.length) {
      this.isAlone = false;
      node.say('info', sentences.waitsAgain);
    }
    if (this.isAlone) reached = node.log.length;
    if (!node.election.holdsLease()) return;
    while (this.oldest !== undefined && this.oldest.place <= reached) this.confirm(this.takeOldest());
  }

  private watchFrom(sinceMs: number): void {
    const { fallBackAfterMs } = this.node.group.acknowledgement;
    if (fallBackAfterMs === undefined || this.isWatching) return;
    this.isWatching = true;
    this.watch = this.node.system.simulation.scheduleAt(Math.max(this.node.nowMs, sinceMs + fallBackAfterMs), this.watchHandler);
  }

  private watchWaits(): void {
    this.isWatching = false;
    const { oldest } = this;
    if (oldest === undefined) return;
    if (oldest.enteredMs + (this.node.group.acknowledgement.fallBackAfterMs as number) > this.node.nowMs) {
      this.watchFrom(oldest.enteredMs);
      return;
    }
    this.isAlone = true;
    this.node.group.fallBacks++;
    this.node.say('warn', sentences.goesOnAlone);
    this.answerWaiting();
  }

  /** A heartbeat: to the replicas, and to the fronts that look for a primary. */
  private pulse(): void {
    const { node } = this;
    const { group } = node;
    if (node.election.role !== 'primary') return;
    const { shipEveryMs } = group.standby;
    if (node.nowMs >= this.shipAtMs) {
      this.shipAtMs = node.nowMs + shipEveryMs;
      this.isOwed.fill(1);
    }
    this.shipAll();
    if (this.isServing && node.election.holdsLease()) group.announce(node);
    this.considerFailback();
    node.system.simulation.cancel(this.beat);
    this.beat = node.system.simulation.schedule(group.heartbeatMs, this.beatHandler);
  }

  private shipAll(): void {
    for (let to = 0; to < this.node.group.size; to++) if (to !== this.node.index) this.ship(to);
  }

  private ship(to: number): void {
    const { election, clock, group } = this.node;
    const hasAll = this.shipping.ship(to, election.term, clock.nowMs(), this.isOwed[to] === 1);
    if (hasAll && group.standby.shipEveryMs > 0) this.isOwed[to] = 0;
  }

  /** The first node is well again and has everything: it gets its place back after a while. */
  private considerFailback(): void {
    const { node, shipping } = this;
    const { failover } = node.group;
    if (failover?.failBackAfterMs === undefined || node.index === 0 || !this.isServing) return;
    const isThere = node.clock.nowMs() - shipping.answeredMs[0] <= failover.timeoutMs[0];
    const isCaughtUp = isThere && shipping.stored[0] >= this.lengthAtBeat;
    this.lengthAtBeat = node.log.length;
    this.caughtUpSinceMs = isCaughtUp ? Math.min(this.caughtUpSinceMs, node.nowMs) : Infinity;
    if (this.isHandingOver && node.nowMs - this.handoverMs > failover.timeoutMs[1]) this.isHandingOver = false;
    if (this.isHandingOver || node.nowMs - this.caughtUpSinceMs < failover.failBackAfterMs) return;
    this.isHandingOver = true;
    this.handoverMs = node.nowMs;
    this.handOver();
  }

  /** It takes nothing new until the other has everything, and then gives up its place: at no time are there two. */
  private handOver(): void {
    const { node, shipping } = this;
    if (!this.isHandingOver || this.oldest !== undefined || shipping.stored[0] < node.log.length) return;
    node.post(0, { kind: 'takeOver', term: node.election.term });
    node.election.stepDown();
  }

  private setServing(isServing: boolean): void {
    if (isServing === this.isServing) return;
    const { node } = this;
    const { recorder } = node.system.simulation;
    this.isServing = isServing;
    node.group.countServing(isServing ? 1 : -1);
    recorder.coarse(node.nowMs, recordKinds.level, node.id, recorder.levelIndex('leads'), isServing ? 1 : 0);
  }
}
