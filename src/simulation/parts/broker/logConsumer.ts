// One consumer of a group: a process that polls for messages, works on them one by one, and commits how far it has come. It may crash,
// and forgets all but what is committed; or stand still so long that the group goes on without it, and then it works on for nobody
// until it hears so. Names and rules follow the classic consumer of Apache Kafka 3.9.

import { type EventHandle, phases } from '../../kernel/calendar';
import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import { recordKinds } from '../../record/trace';
import type { Call, Caller, Part } from '../call';
import { Condition, type ConditionOptions, type Machine } from '../condition';
import type { Link, LinkOptions } from '../link';
import { milliseconds } from '../network/limits';
import { positive } from '../options';
import type { System } from '../system';
import type { ConsumerGroup, Fetched } from './consumerGroup';
import { GroupMembership, type MembershipOptions } from './groupMembership';
import { Inbox } from './inbox';
import type { Reading } from './partitionedLog';

export interface LogConsumerOptions extends ConditionOptions, MembershipOptions {
  name: string;
  label?: string;
  /** Work per ms. Default 1. */
  speed?: number;
  /** When it joins the group for the first time, in ms; Infinity: not by itself. Default 0. */
  joinsAtMs?: number;
}

/** Verbs: those of a server (crash, restore, restart, slow, pause, …); leave (when it is through with what it has fetched); join. */
export class LogConsumer implements Machine, Caller {
  readonly id: number;
  readonly name: string;
  /** Messages in hand: fetched, and waiting or worked on. Abandoned: somebody else does them. */
  readonly books: StationBooks;
  readonly condition: Condition;
  private readonly inbox: Inbox;
  private readonly membership: GroupMembership;
  private downstream: Link | undefined;
  /** It is, or wants to be, in the group. */
  private isIn = false;
  private isLeaving = false;
  private wasDown = false;
  /** From the messages of one poll until the next poll. */
  private isBusy = false;
  private batch: readonly Reading[] = [];
  private next = 0;
  private tries = 0;
  private fetchedMs = 0;
  private polledMs = 0;
  /** Own work on a message: what was left of it when its end was planned last, in ms at speed 1, and that end. */
  private isAtWork = false;
  private isRepeat = false;
  private leftMs = 0;
  private endMs = 0;
  private rate: number;
  private readonly speed: number;
  private child: Call | null = null;
  private timer: EventHandle = 0;
  private overdue: EventHandle = 0;
  private readonly endHandler: number;

  constructor(
    private readonly system: System,
    private readonly group: ConsumerGroup,
    options: LogConsumerOptions,
  ) {
    const { name, label = name, joinsAtMs = 0 } = options;
    const { simulation } = system;
    this.name = name;
    this.speed = positive(name, 'speed', options.speed ?? 1);
    this.rate = this.speed;
    this.books = new StationBooks(name);
    this.condition = new Condition(system, this, options);
    this.inbox = new Inbox(this.condition);
    this.endHandler = simulation.on(() => this.finishOwnWork());
    const verbs = { ...this.condition.verbs, join: () => this.join(), leave: () => this.leave() };
    this.id = system.register({ name, kind: 'server', label, concurrency: 1, queueCapacity: Infinity, speed: this.speed }, verbs);
    this.membership = new GroupMembership(this, group, this.inbox, options, () => this.isBusy || this.poll());
    simulation.recorder.describeLink(group.log.id, this.id);
    simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.books.warm(nowMs, this.held()),
      close: (horizonMs) => this.books.close(horizonMs, this.held()),
      audit: () => this.books.audit(),
    });
    if (joinsAtMs !== Infinity) simulation.at(milliseconds(name, 'time to join', joinsAtMs), () => this.join());
  }

  /** After its own work on a message it asks this part, and is through when that has answered. */
  asks(part: Part, options?: LinkOptions): this {
    this.downstream = this.system.link(this.id, part, options);
    return this;
  }

  /** Messages in hand. */
  get inside(): number {
    return this.books.inside.value;
  }

  /** Partitions that it believes to be its own, in order. */
  get reads(): readonly number[] {
    return [...this.membership.positions.keys()].sort((a, b) => a - b);
  }

  /** Share of the time that it works, since measuring began. */
  utilization(): number {
    return this.books.busy.mean(this.system.simulation.nowMs);
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  /** The part that it asked answers. */
  reply(child: Call, fate: Fate): void {
    this.child = null;
    this.system.release(child);
    this.inbox.take(() => this.finish(fate));
  }

  dropAll(): void {
    const { simulation } = this.system;
    simulation.cancel(this.timer);
    simulation.cancel(this.overdue);
    this.child?.link.cancel(this.child);
    this.child = null;
    this.inbox.clear();
    this.membership.forget();
    this.drop(fates.lost);
    this.isBusy = false;
    this.wasDown = true;
    if (this.isLeaving) this.isIn = false;
  }

  changeSpeed(factor: number): void {
    const before = this.rate;
    this.rate = this.speed * factor;
    if (this.wasDown) {
      this.wasDown = false;
      if (this.isIn) this.membership.begin();
      return;
    }
    if (this.isAtWork && this.rate !== before) this.replan(before);
    if (factor === 0) this.membership.stopHeartbeats();
    else if (before === 0) {
      this.inbox.wake();
      if (this.isIn) this.membership.heartbeat();
    }
  }

  private join(): void {
    const wasIn = this.isIn;
    this.isIn = true;
    this.isLeaving = false;
    if (!wasIn) this.inbox.take(() => this.membership.begin());
  }

  private leave(): void {
    if (!this.isIn) return;
    this.isLeaving = true;
    if (this.wasDown) this.isIn = false;
    else this.inbox.take(() => this.isBusy || this.poll());
  }

  private poll(): void {
    const { simulation } = this.system;
    simulation.cancel(this.overdue);
    this.isBusy = false;
    this.polledMs = simulation.nowMs;
    if (!this.isIn) return;
    if (this.isLeaving) this.membership.commitLast(() => this.goOut());
    else if (this.membership.takePart()) {
      this.membership.commitWhenDue();
      this.membership.fetch((fetched) => this.receive(fetched));
    }
  }

  private goOut(): void {
    if (!this.isLeaving) return;
    this.isIn = false;
    this.membership.leave();
    this.membership.forget();
  }

  private receive({ readings }: Fetched): void {
    if (readings.length === 0) {
      this.poll();
      return;
    }
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    const { coordinator, log, options } = this.group;
    this.isBusy = true;
    this.overdue = simulation.at(nowMs + coordinator.maxPollIntervalMs, () => this.inbox.take(() => this.membership.leave()));
    this.batch = readings;
    this.next = 0;
    this.fetchedMs = nowMs;
    readings.forEach((reading, place) => {
      this.group.hold(reading);
      this.books.enter(nowMs);
      recorder.request(nowMs, recordKinds.enter, this.id, reading.message.request, log.id);
      recorder.request(nowMs, recordKinds.wait, this.id, reading.message.request, place + 1);
    });
    if (options.commit === 'before') this.membership.commit([...this.membership.positions], (isAccepted) => this.goOn(isAccepted));
    else this.goOn();
  }

  /** On to the next message of a partition that is its own; unless somebody else has them all. */
  private goOn(isMine = true): void {
    if (!isMine) this.drop(fates.abandoned);
    while (this.next < this.batch.length && !this.membership.positions.has(this.batch[this.next].message.partition)) this.skip();
    this.tries = 0;
    if (this.next < this.batch.length) this.begin();
    else if (isMine && this.group.options.commit === 'after')
      this.membership.commit([...this.membership.positions], () => this.pollWhenDue());
    else this.pollWhenDue();
  }

  private pollWhenDue(): void {
    const { simulation } = this.system;
    const dueMs = this.polledMs + (this.group.options.pollEveryMs ?? 0);
    this.batch = [];
    this.next = 0;
    if (dueMs > simulation.nowMs) this.timer = simulation.at(dueMs, () => this.inbox.take(() => this.poll()));
    else this.poll();
  }

  private begin(): void {
    const { nowMs, recorder } = this.system.simulation;
    const { effects, repeatWorkMs = 1 } = this.group.options;
    const reading = this.batch[this.next];
    const { request, workMs } = reading.message;
    this.isRepeat = effects.isIdempotent && effects.has(request);
    this.leftMs = this.isRepeat ? repeatWorkMs : workMs;
    this.isAtWork = true;
    // One that begins while the consumer stands still is shown with the time that it would take.
    const shownMs = this.leftMs / (this.rate > 0 ? this.rate : this.speed);
    recorder.request(nowMs, this.tries === 0 ? recordKinds.start : recordKinds.replan, this.id, request, shownMs);
    if (this.tries === 0) this.group.deliver(reading);
    this.books.busy.set(nowMs, 1);
    this.plan();
  }

  private plan(): void {
    const { simulation } = this.system;
    this.endMs = this.rate > 0 ? simulation.nowMs + this.leftMs / this.rate : Infinity;
    this.timer = simulation.scheduleAt(this.endMs, this.endHandler, 0, phases.completion);
  }

  private replan(before: number): void {
    const { simulation } = this.system;
    simulation.cancel(this.timer);
    if (before > 0) this.leftMs = (this.endMs - simulation.nowMs) * before;
    this.plan();
    if (before > 0) return;
    const { request } = this.batch[this.next].message;
    simulation.recorder.request(simulation.nowMs, recordKinds.replan, this.id, request, this.endMs - simulation.nowMs);
  }

  private finishOwnWork(): void {
    this.isAtWork = false;
    if (this.downstream === undefined || this.isRepeat) {
      this.finish(fates.completed);
      return;
    }
    const child = this.system.newCall();
    const { request, client, key, workMs, requestClass } = this.batch[this.next].message;
    Object.assign(child, { request, client, key, workMs, requestClass, attempt: this.tries, caller: this, parent: null });
    this.child = child;
    this.downstream.send(child);
  }

  private finish(fate: Fate): void {
    const { simulation } = this.system;
    const { commit, isPoison, mostTries = Infinity, retryAfterMs = 100 } = this.group.options;
    const reading = this.batch[this.next];
    const { partition, offset } = reading.message;
    const isDone = fate === fates.completed && isPoison?.(reading.message) !== true;
    if (!isDone && ++this.tries < mostTries) {
      this.timer = simulation.at(simulation.nowMs + retryAfterMs, () => this.inbox.take(() => this.begin()));
      return;
    }
    this.letGo(isDone ? fates.completed : fates.failed);
    this.group.release(reading, isDone ? fates.completed : fates.failed);
    if (commit === 'each') this.membership.commit([[partition, offset + 1]], (isAccepted) => this.goOn(isAccepted));
    else this.goOn();
  }

  /** What it has in hand and has not done. */
  private drop(fate: Fate): void {
    while (this.next < this.batch.length) this.skip(fate);
    this.batch = [];
    this.next = 0;
  }

  private skip(fate: Fate = fates.abandoned): void {
    const reading = this.batch[this.next];
    this.letGo(fate);
    this.group.release(reading);
  }

  private letGo(fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    const { request } = this.batch[this.next++].message;
    this.isAtWork = false;
    this.books.busy.set(nowMs, 0);
    this.books.leave(nowMs, this.fetchedMs, fate);
    recorder.request(nowMs, recordKinds.leave, this.id, request, fate);
  }

  private *held(): Iterable<{ enteredMs: number }> {
    for (let at = this.next; at < this.batch.length; at++) yield { enteredMs: this.fetchedMs };
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (let at = this.next; at < this.batch.length; at++) {
      const { request } = this.batch[at].message;
      recorder.snapshot(nowMs, recordKinds.enter, this.id, request, -1);
      recorder.snapshot(nowMs, recordKinds.wait, this.id, request, at - this.next + 1);
    }
    if (this.books.busy.value === 0) return;
    const leftMs = this.rate > 0 ? Math.max(0, this.endMs - nowMs) : this.leftMs / this.speed;
    recorder.snapshot(nowMs, recordKinds.start, this.id, this.batch[this.next].message.request, leftMs);
  }
}
