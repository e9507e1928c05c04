// A client that does not wait for ever and does not give up at once: timeout, retries, a growing random gap between them.
// A timeout does not stop the server: the work goes on for nobody, unless the client tells it (`cancelsOnTimeout`).
// Backoff after Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; others in client/backoff.ts.

import { keyedUniform } from '../kernel/random';
import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import * as sentences from '../record/sentences';
import { recordKinds } from '../record/trace';
import type { Call } from './call';
import { type AwsJitter, awsBackoff, type Backoff } from './client/backoff';
import { Guard, type GuardOptions } from './client/guard';
import type { RetryLimit } from './client/retryBudget';
import type { System } from './system';

export interface RetryOptions extends GuardOptions {
  /** Of one attempt, in ms; Infinity for none. */
  timeoutMs: number;
  /** Attempts in all, 1 or more. */
  attempts: number;
  /** First gap in ms; it doubles with each retry. */
  backoffMs?: number;
  /** Largest gap in ms. */
  backoffCapMs?: number;
  /** full: uniform between 0 and the gap. equal: between its half and the gap. none: the gap itself. */
  jitter?: Exclude<AwsJitter, 'decorrelated'>;
  /** The gaps, instead of the three above. */
  backoff?: Backoff;
  cancelsOnTimeout?: boolean;
  /** Which ends of an attempt are worth another. Default: all but completed. */
  retries?: (fate: Fate, call: Call) => boolean;
  /** Limit on retries that all requests share. Default: none. */
  budget?: RetryLimit;
  /** The request is answered within so many ms or not at all. What helps to answer it is told (`deadlineMs` of the call). */
  withinMs?: number;
}

export class RetryingClient extends Guard {
  readonly attemptBook: Book;
  /** Retries that the budget refused, and requests whose deadline passed. */
  refusedRetries = 0;
  pastDeadline = 0;
  /** Attempts that have not ended for the client (it may have given up on others that a server still holds). */
  private attemptsOpen = 0;
  private readonly timeoutHandler: number;
  private readonly retryHandler: number;
  private readonly jitterKey: number;
  private backoff: Backoff;
  private options: RetryOptions;

  /** Throws RangeError for a timeout or time limit that is not above 0, attempts that are not whole from 1 up, or an impossible gap. */
  constructor(system: System, options: RetryOptions) {
    const { name = 'clients' } = options;
    check(options);
    super(system, options, { name, label: 'Clients' });
    const { simulation } = system;
    this.options = options;
    this.backoff = backoffOf(options);
    this.attemptBook = new Book(`attempts of ${name}`);
    this.jitterKey = simulation.random.key(`${name} jitter`);
    this.timeoutHandler = simulation.on((index) => this.timeOut(index));
    this.retryHandler = simulation.on((index) => this.retry(index));
  }

  /** Other ways from now on. An attempt that is under way keeps its timeout, and a gap its length. Throws as the constructor does. */
  change(change: Partial<Pick<RetryOptions, 'timeoutMs' | 'attempts' | 'backoffMs'>>): void {
    const options = { ...this.options, ...change };
    check(options);
    this.options = options;
    this.backoff = backoffOf(options);
  }

  attemptAccounts(): Accounts {
    return this.attemptBook.accounts(this.attemptsOpen);
  }

  accept(call: Call): void {
    const { budget, withinMs } = this.options;
    const { nowMs } = this;
    this.enter(call);
    if (withinMs !== undefined && nowMs + withinMs < call.deadlineMs) call.deadlineMs = nowMs + withinMs;
    budget?.opened(nowMs);
    if (call.deadlineMs <= nowMs) this.giveUp(call);
    else this.attempt(call, 0);
  }

  override cancel(call: Call): void {
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
    if (fate === fates.completed) {
      this.options.budget?.succeeded();
      this.finish(call, fate);
    } else this.tryAgain(call, tries, fate);
  }

  protected override warm(nowMs: number): void {
    super.warm(nowMs);
    this.attemptBook.warm(this.attemptsOpen);
    this.refusedRetries = 0;
    this.pastDeadline = 0;
  }

  protected override audit(): void {
    super.audit();
    this.attemptAccounts();
  }

  private attempt(call: Call, number: number): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    const child = this.system.childOf(call);
    child.caller = this;
    child.attempt = number;
    call.child = child;
    this.attemptBook.opened++;
    this.attemptsOpen++;
    simulation.recorder.request(nowMs, recordKinds.attempt, this.id, call.request, 16 * number);
    const endMs = Math.min(nowMs + this.options.timeoutMs, call.deadlineMs);
    child.timer = endMs < Infinity ? simulation.scheduleAt(endMs, this.timeoutHandler, child.index) : 0;
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
    if (call.deadlineMs <= this.nowMs) this.giveUp(call);
    else this.tryAgain(call, tries, fates.timedOut);
  }

  private endAttempt(child: Call, fate: Fate): void {
    const { simulation } = this.system;
    simulation.cancel(child.timer);
    this.attemptBook.close(fate);
    this.attemptsOpen--;
    simulation.recorder.request(simulation.nowMs, recordKinds.attempt, this.id, child.request, 16 * child.attempt + 1 + fate);
    (child.parent as Call).child = null;
  }

  private tryAgain(call: Call, tries: number, fate: Fate): void {
    const { attempts, budget, retries } = this.options;
    const isWorthIt = retries === undefined || retries(fate, call);
    if (isWorthIt) budget?.failed();
    if (tries >= attempts || !isWorthIt) {
      this.finish(call, fate);
      return;
    }
    const { nowMs } = this;
    const gapMs = this.gapMs(call, tries);
    if (nowMs + gapMs >= call.deadlineMs) this.giveUp(call, fate);
    else if (budget !== undefined && !budget.mayRetry(nowMs)) this.refuseRetry(call, fate);
    else {
      // The callee's notes on a call: here the place is the number of the next attempt, and what remains the last gap.
      call.place = tries;
      call.remainingMs = gapMs;
      call.calleeTimer = this.system.simulation.schedule(gapMs, this.retryHandler, call.index);
    }
  }

  private retry(index: number): void {
    const call = this.system.callAt(index);
    this.attempt(call, call.place);
  }

  private gapMs(call: Call, tries: number): number {
    const { request } = call;
    const uniform = keyedUniform(this.jitterKey, request, tries);
    return tries === 1
      ? this.backoff(1, uniform, 0, 0)
      : this.backoff(tries, uniform, call.remainingMs, keyedUniform(this.jitterKey, request, tries - 1));
  }

  /** There is no time for another attempt. */
  private giveUp(call: Call, fate: Fate = fates.timedOut): void {
    this.pastDeadline++;
    this.finish(call, fate);
  }

  private refuseRetry(call: Call, fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    if (this.refusedRetries++ === 0) recorder.mark(nowMs, 'saturation', this.id, sentences.budgetSpent);
    recorder.say(nowMs, 'warn', this.id, sentences.notRetried, undefined, call.request);
    this.finish(call, fate);
  }
}

function check({ name = 'clients', timeoutMs, attempts, withinMs = Infinity }: RetryOptions): void {
  if (!(timeoutMs > 0)) throw new RangeError(`The timeout of ${name} is ${timeoutMs} ms; it must be more than 0.`);
  if (!(withinMs > 0)) throw new RangeError(`The time limit of ${name} is ${withinMs} ms; it must be more than 0.`);
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`${name} may make ${attempts} attempts; it must be a whole number from 1 up.`);
  }
}

function backoffOf({ backoff, backoffMs = 0, backoffCapMs, jitter }: RetryOptions): Backoff {
  // Half of the first gap, because that backoff doubles from the first retry on.
  return backoff ?? awsBackoff({ baseMs: backoffMs / 2, capMs: backoffCapMs, jitter });
}
