// What stands between a caller and the part it asks: it holds each call while it asks, waits or tries again, and keeps books of them.
// Retrying clients, circuit breakers, bulkheads, fallbacks, hedges, throttles and rate limiters are guards.

import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import * as sentences from '../../record/sentences';
import { type PartKind, recordKinds } from '../../record/trace';
import { answer, type Call, type Caller, type Part } from '../call';
import type { Link, LinkOptions } from '../link';
import type { System, Verbs } from '../system';

export interface GuardOptions {
  name?: string;
  label?: string;
  /** How it is drawn. Default: as a client. */
  kind?: PartKind;
}

/** What a kind of guard says of itself where its options do not. */
export interface GuardDefaults {
  name: string;
  label: string;
  concurrency?: number;
  queueCapacity?: number;
}

export abstract class Guard implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  /** Calls turned away at the door. */
  rejected = 0;
  /** Calls that it has not answered. */
  protected readonly held = new Set<Call>();
  protected link!: Link;

  constructor(
    protected readonly system: System,
    options: GuardOptions,
    defaults: GuardDefaults,
    verbs: Verbs = {},
  ) {
    const { name = defaults.name, label = defaults.label, kind = 'client' } = options;
    const { concurrency = 0, queueCapacity = 0 } = defaults;
    this.name = name;
    this.books = new StationBooks(name);
    this.id = system.register({ name, kind, label, concurrency, queueCapacity, speed: 1 }, verbs);
    system.simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => this.books.close(horizonMs, this.held),
      audit: () => this.audit(),
    });
  }

  /** The part that it stands before. */
  asks(part: Part, options?: LinkOptions): this {
    this.link = this.system.link(this.id, part, options);
    return this;
  }

  /** Calls here now. */
  get inside(): number {
    return this.books.inside.value;
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  abstract accept(call: Call): void;
  abstract reply(child: Call, fate: Fate): void;

  /** Nobody is answered before this returns: the caller may be in the middle of taking back more. */
  cancel(call: Call): void {
    this.drop(call);
    this.leave(call, fates.abandoned);
  }

  protected get nowMs(): number {
    return this.system.simulation.nowMs;
  }

  protected enter(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    this.books.enter(nowMs);
    call.enteredMs = nowMs;
    this.held.add(call);
    recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
  }

  /** A question on behalf of a call. Its answer may come before this returns. */
  protected ask(call: Call, link = this.link): void {
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    link.send(child);
  }

  /** Takes the question that was asked on behalf of a call back, if there is one. */
  protected drop(call: Call): void {
    const { child } = call;
    if (child === null) return;
    call.child = null;
    child.link.cancel(child);
  }

  /** The call that an answer was asked for; the question is given back. */
  protected answered(child: Call): Call {
    const call = child.parent as Call;
    call.child = null;
    this.system.release(child);
    return call;
  }

  protected finish(call: Call, fate: Fate): void {
    this.leave(call, fate);
    answer(call, fate);
  }

  protected leave(call: Call, fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    this.held.delete(call);
    this.books.leave(nowMs, call.enteredMs, fate);
    recorder.request(nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  /** Turns a call away at the door; the first one gets a sign on the timeline. */
  protected reject(call: Call, why: string): void {
    const { nowMs, recorder } = this.system.simulation;
    if (this.rejected++ === 0) recorder.mark(nowMs, 'rejection', this.id, sentences.firstTurnedAway);
    recorder.say(nowMs, 'warn', this.id, sentences.turnedAway, recorder.wantsText ? { why } : undefined, call.request);
    this.finish(call, fates.rejected);
  }

  protected warm(nowMs: number): void {
    this.rejected = 0;
    this.books.warm(nowMs, this.held);
  }

  protected audit(): void {
    this.books.audit();
  }

  /** What a recording that begins mid-run must know of a call besides that it is here. */
  protected tellOf(_call: Call): void {}

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const call of this.held) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
      this.tellOf(call);
    }
  }
}
