// A bulkhead: so many calls to a part at once and no more, so that one slow part cannot take all the places of its callers.
// First come first served; who has to wait longer than allowed is turned away. After resilience4j 2.3.0, SemaphoreBulkhead (fair).

import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import { Line } from '../line';
import { wholeNumber } from '../options';
import type { System } from '../system';
import { Guard, type GuardOptions } from './guard';
import { between } from './limits';

export interface BulkheadOptions extends GuardOptions {
  /** Calls at once, 1 or more. */
  concurrency?: number;
  /** Longest wait for a place, in ms; 0 for none, Infinity for any. */
  longestWaitMs?: number;
}

/** What resilience4j does unless told otherwise. */
export const bulkheadDefaults = { concurrency: 25, longestWaitMs: 0 } as const;

export class Bulkhead extends Guard {
  /** Calls that had to wait for a place. */
  waited = 0;
  private readonly concurrency: number;
  private readonly longestWaitMs: number;
  private readonly line = new Line();
  private inUse = 0;
  private isAdmitting = false;
  private readonly expiryHandler: number;
  private readonly admitHandler: number;

  /** Throws RangeError unless the concurrency is whole from 1 up and the wait 0 or more. */
  constructor(system: System, options: BulkheadOptions = {}) {
    const { concurrency = bulkheadDefaults.concurrency, longestWaitMs = bulkheadDefaults.longestWaitMs, name = 'bulkhead' } = options;
    wholeNumber(name, 'concurrency', concurrency, 1);
    between(name, 'longest wait in ms', longestWaitMs, 0, Infinity);
    super(system, options, { name, label: 'Bulkhead', concurrency, queueCapacity: longestWaitMs > 0 ? Infinity : 0 });
    this.concurrency = concurrency;
    this.longestWaitMs = longestWaitMs;
    this.expiryHandler = system.simulation.on((index) => this.expire(system.callAt(index)));
    this.admitHandler = system.simulation.on(() => this.admit());
  }

  get waiting(): number {
    return this.line.length;
  }

  accept(call: Call): void {
    this.enter(call);
    if (this.inUse < this.concurrency && this.line.length === 0) this.begin(call);
    else if (this.longestWaitMs === 0 || call.deadlineMs <= this.nowMs) this.reject(call, sentences.placesTaken);
    else this.wait(call);
  }

  override cancel(call: Call): void {
    const { simulation } = this.system;
    if (call.child === null) {
      this.line.remove(call);
      simulation.cancel(call.calleeTimer);
    } else {
      this.giveUpPlace();
      if (this.line.length > 0) simulation.schedule(0, this.admitHandler);
    }
    super.cancel(call);
  }

  reply(child: Call, fate: Fate): void {
    const call = this.answered(child);
    this.giveUpPlace();
    this.finish(call, fate);
    this.admit();
  }

  protected override tellOf(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    if (call.child !== null) recorder.snapshot(nowMs, recordKinds.start, this.id, call.request, Infinity);
    else recorder.snapshot(nowMs, recordKinds.wait, this.id, call.request, [...this.line].indexOf(call) + 1);
  }

  private begin(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    this.books.busy.set(nowMs, ++this.inUse);
    // How long it will take nobody knows here.
    recorder.request(nowMs, recordKinds.start, this.id, call.request, Infinity);
    this.ask(call);
  }

  private wait(call: Call): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    this.waited++;
    this.line.push(call);
    const untilMs = Math.min(nowMs + this.longestWaitMs, call.deadlineMs);
    call.calleeTimer = untilMs < Infinity ? simulation.scheduleAt(untilMs, this.expiryHandler, call.index) : 0;
    simulation.recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.line.length);
  }

  private expire(call: Call): void {
    this.line.remove(call);
    if (call.deadlineMs <= this.nowMs) this.finish(call, fates.timedOut);
    else this.reject(call, sentences.noPlaceInTime);
  }

  protected override warm(nowMs: number): void {
    super.warm(nowMs);
    this.waited = 0;
  }

  private giveUpPlace(): void {
    this.books.busy.set(this.nowMs, --this.inUse);
  }

  /** Those who wait take free places. An answer that comes at once frees the place again: a loop, not a recursion. */
  private admit(): void {
    if (this.isAdmitting) return;
    this.isAdmitting = true;
    while (this.inUse < this.concurrency && this.line.length > 0) {
      const call = this.line.next();
      this.system.simulation.cancel(call.calleeTimer);
      this.begin(call);
    }
    this.isAdmitting = false;
  }
}
