// A client that does not wait for ever and does not give up at once: timeout, retries, a growing random gap between them.
// A timeout does not stop the server: the work goes on for nobody, unless the client tells it (`cancelsOnTimeout`).
// Backoff after Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.

import { keyedUniform } from '../kernel/random';
import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import { recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import type { Link, LinkOptions } from './link';
import type { System } from './system';

export interface RetryOptions {
  name?: string;
  label?: string;
  /** Of one attempt, in ms; Infinity for none. */
  timeoutMs: number;
  /** Attempts in all, 1 or more. */
  attempts: number;
  /** First gap in ms; it doubles with each retry. */
  backoffMs?: number;
  /** Largest gap in ms. */
  backoffCapMs?: number;
  /** full: uniform between 0 and the gap. none: the gap itself. */
  jitter?: 'none' | 'full';
  cancelsOnTimeout?: boolean;
}

export class RetryingClient implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  readonly attemptBook: Book;
  /** Attempts that have not ended for the client (it may have given up on others that a server still holds). */
  private attemptsOpen = 0;
  private readonly waitingCalls = new Set<Call>();
  private link!: Link;
  private readonly timeoutHandler: number;
  private readonly retryHandler: number;
  private readonly jitterKey: number;

  constructor(
    private readonly system: System,
    private readonly options: RetryOptions,
  ) {
    const { simulation } = system;
    this.name = options.name ?? 'clients';
    if (!(options.timeoutMs > 0)) throw new RangeError(`The timeout of ${this.name} is ${options.timeoutMs} ms; it must be more than 0.`);
    if (!Number.isInteger(options.attempts) || options.attempts < 1) {
      throw new RangeError(`${this.name} may make ${options.attempts} attempts; it must be a whole number from 1 up.`);
    }
    this.books = new StationBooks(this.name);
    this.attemptBook = new Book(`attempts of ${this.name}`);
    this.jitterKey = simulation.random.key(`${this.name} jitter`);
    this.timeoutHandler = simulation.on((index) => this.timeOut(index));
    this.retryHandler = simulation.on((index) => this.retry(index));
    this.id = system.register({
      name: this.name,
      kind: 'client',
      label: options.label ?? 'Clients',
      concurrency: 0,
      queueCapacity: 0,
      speed: 1,
    });
    simulation.parts.push({
      name: this.name,
      snapshot: () => this.snapshot(),
      close: (horizonMs) => this.books.close(horizonMs, this.waitingCalls),
      audit: () => this.audit(),
    });
  }

  asks(part: Part, options?: LinkOptions): this {
    this.link = this.system.link(this.id, part, options);
    return this;
  }

  attemptAccounts(): Accounts {
    return this.attemptBook.accounts(this.attemptsOpen);
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    this.books.enter(simulation.nowMs);
    call.enteredMs = simulation.nowMs;
    this.waitingCalls.add(call);
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    this.attempt(call, 0);
  }

  cancel(call: Call): void {
    const { child } = call;
    if (child) {
      this.endAttempt(child, fates.abandoned);
      child.link.cancel(child);
    } else this.system.simulation.cancel(call.calleeTimer);
    this.leave(call, fates.abandoned);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    const tries = child.attempt + 1;
    this.endAttempt(child, fate);
    this.system.release(child);
    if (fate === fates.completed) this.finish(call, fate);
    else this.tryAgain(call, tries, fate);
  }

  private attempt(call: Call, number: number): void {
    const { simulation } = this.system;
    const child = this.system.childOf(call);
    child.caller = this;
    child.attempt = number;
    call.child = child;
    this.attemptBook.opened++;
    this.attemptsOpen++;
    child.timer = this.options.timeoutMs < Infinity ? simulation.schedule(this.options.timeoutMs, this.timeoutHandler, child.index) : 0;
    this.link.send(child);
  }

  /** Told or not, the client is through with the attempt. Untold, the part that holds it works on, and its answer goes nowhere. */
  private timeOut(index: number): void {
    const child = this.system.callAt(index);
    const call = child.parent as Call;
    const tries = child.attempt + 1;
    this.endAttempt(child, fates.timedOut);
    if (this.options.cancelsOnTimeout) child.link.cancel(child);
    else child.link.forget(child);
    this.tryAgain(call, tries, fates.timedOut);
  }

  private endAttempt(child: Call, fate: Fate): void {
    this.system.simulation.cancel(child.timer);
    this.attemptBook.close(fate);
    this.attemptsOpen--;
    (child.parent as Call).child = null;
  }

  private tryAgain(call: Call, tries: number, fate: Fate): void {
    if (tries >= this.options.attempts) {
      this.finish(call, fate);
      return;
    }
    // The callee's notes on a call: here the place is the number of the next attempt.
    call.place = tries;
    call.calleeTimer = this.system.simulation.schedule(this.gapMs(call.request, tries), this.retryHandler, call.index);
  }

  private retry(index: number): void {
    const call = this.system.callAt(index);
    this.attempt(call, call.place);
  }

  private gapMs(request: number, tries: number): number {
    let gapMs = this.options.backoffMs ?? 0;
    const capMs = this.options.backoffCapMs ?? Infinity;
    for (let doubled = 1; doubled < tries && gapMs < capMs; doubled++) gapMs *= 2;
    if (gapMs > capMs) gapMs = capMs;
    return this.options.jitter === 'full' ? gapMs * keyedUniform(this.jitterKey, request, tries) : gapMs;
  }

  private finish(call: Call, fate: Fate): void {
    this.leave(call, fate);
    answer(call, fate);
  }

  private leave(call: Call, fate: Fate): void {
    const { simulation } = this.system;
    this.waitingCalls.delete(call);
    this.books.leave(simulation.nowMs, call.enteredMs, fate);
    simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const call of this.waitingCalls) recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
  }

  private audit(): void {
    this.books.audit();
    this.attemptAccounts();
  }
}
