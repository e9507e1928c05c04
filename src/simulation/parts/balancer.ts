// A balancer holds nothing: it picks a server for each call and passes the answer back.
// What it knows is what a real one knows: which servers are in rotation, and how many of its own calls each still holds.
// It does not see a crash. Health checks and outlier ejection give reasons against a server; in panic it no longer believes them.

import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import * as sentences from '../record/sentences';
import { recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import type { Link, LinkOptions } from './link';
import { zeroOrMore } from './options';
import type { BalancingPolicy, Listener, Rotation } from './policies/policy';
import type { System } from './system';

export interface BalancerOptions {
  name?: string;
  label?: string;
  policy: (rotation: Rotation) => BalancingPolicy;
  /** One for each server, above 0. Default: all 1. */
  weights?: readonly number[];
  /**
   * When less than this percentage of the servers is healthy, all are used: better some failures than all the load on the few.
   * Envoy calls it panic and has 50. Default 0: never.
   */
  panicBelowPercent?: number;
  /** Time that it takes to read a call before it is sent on, in ms, one call after the other: what layer 7 costs. Default 0. */
  readMs?: number;
}

/** Why a server is kept out of rotation, one bit each. Absent ones are no servers at all: panic leaves them out. */
export const outReasons = { failedCheck: 1, ejected: 2, absent: 4 } as const;
export type OutReason = (typeof outReasons)[keyof typeof outReasons];

/** In `Call.place` of a call that waits to be read. */
const isUnread = 0;

export class Balancer implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly book: Book;
  readonly rotation: Rotation & { weights: readonly number[] };
  /** Calls sent to each server. */
  readonly sent: Float64Array;
  /** Hear of each call that has ended, after the policy. */
  readonly listeners: Listener[] = [];
  /** Too few servers are healthy, and all are in rotation. */
  isInPanic = false;
  private policy: BalancingPolicy;
  private readonly links: Link[];
  private readonly reasons: Uint8Array;
  private readonly panicBelowPercent: number;
  private inFlight = 0;
  private readMs: number;
  /** Calls that wait to be read, when the last of them will be, and how much reading there was. */
  private unread = 0;
  private readUntilMs = 0;
  private readingMs = 0;
  /** Measurements begin here. */
  private fromMs = 0;
  private readonly readHandler: number;

  /** @param linkOptions of the wires to the servers: one for all, or by the server's index */
  constructor(
    private readonly system: System,
    readonly targets: readonly Part[],
    options: BalancerOptions,
    linkOptions?: LinkOptions | ((target: number) => LinkOptions),
  ) {
    const count = targets.length;
    if (count < 1) throw new RangeError('A balancer needs at least one server.');
    this.name = options.name ?? 'balancer';
    this.book = new Book(this.name);
    this.panicBelowPercent = options.panicBelowPercent ?? 0;
    if (!(this.panicBelowPercent >= 0 && this.panicBelowPercent <= 100)) {
      throw new RangeError(`The balancer ${this.name} is to panic below ${this.panicBelowPercent} %; it must be 0 to 100.`);
    }
    const { simulation } = system;
    this.readMs = zeroOrMore(this.name, 'time to read a call', options.readMs ?? 0);
    this.readHandler = simulation.on((index) => this.hasRead(system.callAt(index)));
    this.rotation = {
      count,
      inRotation: new Uint8Array(count).fill(1),
      outstanding: new Int32Array(count),
      weights: this.checkedWeights(options.weights),
      nowMs: () => simulation.nowMs,
    };
    this.reasons = new Uint8Array(count);
    this.sent = new Float64Array(count);
    this.policy = options.policy(this.rotation);
    this.id = system.register({
      name: this.name,
      kind: 'balancer',
      label: options.label ?? 'Balancer',
      concurrency: 0,
      queueCapacity: 0,
      speed: 1,
    });
    simulation.parts.push({ name: this.name, warm: () => this.warm(), audit: () => this.audit() });
    this.links = targets.map((target, index) =>
      system.link(this.id, target, typeof linkOptions === 'function' ? linkOptions(index) : linkOptions),
    );
  }

  accounts(): Accounts {
    return this.book.accounts(this.inFlight + this.unread);
  }

  /** Share of the time so far that it spent reading; what is still to be read counts for what is done of it. */
  utilization(): number {
    const { nowMs } = this.system.simulation;
    return (this.readingMs - Math.max(0, this.readUntilMs - nowMs)) / (nowMs - this.fromMs);
  }

  /** Another time to read a call, for those that come from now on. */
  setReadMs(readMs: number): void {
    this.readMs = zeroOrMore(this.name, 'time to read a call', readMs);
  }

  /** Another policy from now on, which begins afresh; weights as at first, all 1 by default. What is under way stays where it is. */
  setPolicy(policy: BalancerOptions['policy'], weights?: readonly number[]): void {
    this.rotation.weights = this.checkedWeights(weights);
    this.policy = policy(this.rotation);
  }

  private checkedWeights(given: readonly number[] | undefined): readonly number[] {
    const { length } = this.targets;
    const weights = given ?? new Array<number>(length).fill(1);
    if (weights.length !== length || weights.some((weight) => !(weight > 0 && weight < Infinity))) {
      throw new RangeError(
        `The balancer ${this.name} has ${length} servers and the weights ${weights.join(', ')}; it needs one weight above 0 for each server.`,
      );
    }
    return weights;
  }

  /** Whether a server is kept out for this reason. Somebody who writes to the rotation himself overrules all reasons. */
  isOut(server: number, reason: OutReason): boolean {
    return (this.reasons[server] & reason) !== 0 && (this.isInPanic || !this.rotation.inRotation[server]);
  }

  /** There is, or no longer is, a reason to keep a server out of rotation. It is in when there is none, or in panic. */
  setOut(server: number, reason: OutReason, isOut: boolean): void {
    const { reasons } = this;
    if (this.rotation.inRotation[server] && !this.isInPanic) reasons[server] = 0;
    reasons[server] = isOut ? reasons[server] | reason : reasons[server] & ~reason;
    this.updatePanic();
    for (let other = 0; other < reasons.length; other++) {
      if (other !== server && reasons[other] === 0) continue;
      const isIn = reasons[other] === 0 || (this.isInPanic && (reasons[other] & outReasons.absent) === 0);
      this.turn(other, isIn ? 1 : 0);
    }
  }

  private updatePanic(): void {
    let there = 0;
    let healthy = 0;
    for (const reasons of this.reasons) {
      if ((reasons & outReasons.absent) === 0) there++;
      if (reasons === 0) healthy++;
    }
    const isInPanic = 100 * healthy < this.panicBelowPercent * there;
    if (isInPanic === this.isInPanic) return;
    this.isInPanic = isInPanic;
    const { nowMs, recorder } = this.system.simulation;
    recorder.mark(nowMs, 'health', this.id, isInPanic ? sentences.panics : sentences.calm);
    const level = isInPanic ? 'warn' : 'info';
    recorder.say(nowMs, level, this.id, isInPanic ? sentences.panicsOf : sentences.calmOf, { healthy, there });
  }

  private turn(server: number, inRotation: 0 | 1): void {
    const { nowMs, recorder } = this.system.simulation;
    if (this.rotation.inRotation[server] === inRotation) return;
    this.rotation.inRotation[server] = inRotation;
    recorder.coarse(nowMs, recordKinds.level, this.targets[server].id, recorder.levelIndex('in rotation'), inRotation);
  }

  private warm(): void {
    this.book.warm(this.inFlight + this.unread);
    this.fromMs = this.system.simulation.nowMs;
    this.readingMs = Math.max(0, this.readUntilMs - this.fromMs);
    this.sent.set(this.rotation.outstanding);
  }

  private audit(): void {
    this.accounts();
    const outstanding = this.rotation.outstanding.reduce((sum, count) => sum + count, 0);
    if (outstanding !== this.inFlight || this.rotation.outstanding.some((count) => count < 0)) {
      throw new Error(`${this.name} has ${this.inFlight} calls open, but counts ${this.rotation.outstanding.join(', ')} at its servers.`);
    }
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    this.book.opened++;
    call.child = null;
    call.place = -1;
    if (this.readMs === 0 && this.unread === 0) {
      this.place(call);
      return;
    }
    // One after the other, so the line needs no memory but when it ends.
    this.readUntilMs = Math.max(this.readUntilMs, simulation.nowMs) + this.readMs;
    this.readingMs += this.readMs;
    this.setUnread(this.unread + 1);
    call.place = isUnread;
    call.calleeTimer = simulation.scheduleAt(this.readUntilMs, this.readHandler, call.index);
  }

  private setUnread(unread: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.unread = unread;
    recorder.coarse(nowMs, recordKinds.level, this.id, recorder.levelIndex('to read'), unread);
  }

  private hasRead(call: Call): void {
    this.setUnread(this.unread - 1);
    call.place = -1;
    this.place(call);
  }

  private place(call: Call): void {
    const { simulation } = this.system;
    const target = this.policy.pick(call);
    if (target !== (target | 0) || target >= this.rotation.count) this.refuse(target);
    if (target < 0) {
      this.book.close(fates.rejected);
      simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fates.rejected);
      answer(call, fates.rejected);
      return;
    }
    const child = this.system.childOf(call);
    child.caller = this;
    child.target = target;
    call.child = child;
    this.inFlight++;
    this.rotation.outstanding[target]++;
    this.sent[target]++;
    this.links[target].send(child);
  }

  cancel(call: Call): void {
    const child = call.child;
    if (child === null) {
      this.forgetUnread(call);
      return;
    }
    call.child = null;
    this.finish(child, fates.abandoned);
    child.link.cancel(child);
  }

  /** Its place in the line of those to be read stays empty: nobody moves up. */
  private forgetUnread(call: Call): void {
    if (call.place !== isUnread) return;
    call.place = -1;
    this.system.simulation.cancel(call.calleeTimer);
    this.setUnread(this.unread - 1);
    this.book.close(fates.abandoned);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.finish(child, fate);
    this.system.release(child);
    call.child = null;
    answer(call, fate);
  }

  private finish(child: Call, fate: Fate): void {
    const { target } = child;
    this.inFlight--;
    this.rotation.outstanding[target]--;
    this.book.close(fate);
    const responseMs = this.system.simulation.nowMs - child.openedMs;
    this.policy.heard?.(target, fate, responseMs);
    for (const listener of this.listeners) listener.heard(target, fate, responseMs);
  }

  /** A policy that a reader wrote may say anything. */
  private refuse(target: unknown): never {
    throw new RangeError(
      `The policy of ${this.name} picked server ${String(target)}; it must be a whole number below ${this.rotation.count}, or -1 for none.`,
    );
  }
}
