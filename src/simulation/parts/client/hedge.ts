// A second copy of a question when the first answer is slow to come; the first good answer wins and the other copies are taken back.
// A few copies more for a much shorter tail. Source: Dean and Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013;
// more copies and a copy right after a failure as in Polly 8 and gRPC.

import { type Accounts, Book, type Fate, fates } from '../../measure/accounts';
import { recordKinds } from '../../record/trace';
import type { Call, Part } from '../call';
import type { Link, LinkOptions } from '../link';
import type { System } from '../system';
import { Guard, type GuardOptions } from './guard';
import { between, wholeBetween } from './limits';
import type { RetryLimit } from './retryBudget';

export interface HedgeOptions extends GuardOptions {
  /** Time without an answer after which the next copy is sent, in ms; 0 for all at once, Infinity for only after a failure. */
  delayMs: number;
  /** Copies in all, the first question included: 2 (the default) to 11. */
  copies?: number;
  /** A copy that fails is followed by the next one at once. Default true. */
  hedgesFailures?: boolean;
  /** The copies that lost are taken back; otherwise they are worked on for nobody. Default true. */
  cancelsOthers?: boolean;
  /** Shared limit on copies: each one after the first asks it. */
  budget?: RetryLimit;
}

export class Hedge extends Guard {
  /** What became of each copy; those that lost are abandoned. */
  readonly copyBook: Book;
  private readonly copies: number;
  private copiesOpen = 0;
  private readonly links: Link[] = [];
  /** By call and copy: index of the open question plus 1, or 0. The callee's notes on a call: its place is how many were sent. */
  private open = new Int32Array(64);
  private readonly delayHandler: number;

  /** Throws RangeError unless the delay is 0 or more and the copies are whole from 2 to 11. */
  constructor(
    system: System,
    private readonly options: HedgeOptions,
  ) {
    super(system, options, { name: 'hedge', label: 'Hedge' });
    between(this.name, 'delay in ms', options.delayMs, 0, Infinity);
    this.copies = wholeBetween(this.name, 'number of copies', options.copies ?? 2, 2, 11);
    this.copyBook = new Book(`copies of ${this.name}`);
    this.delayHandler = system.simulation.on((index) => this.sendNext(system.callAt(index)));
  }

  /** Called more than once, the copies go to the parts in turn. */
  override asks(part: Part, options?: LinkOptions): this {
    this.links.push(this.system.link(this.id, part, options));
    return this;
  }

  copyAccounts(): Accounts {
    return this.copyBook.accounts(this.copiesOpen);
  }

  accept(call: Call): void {
    this.enter(call);
    this.options.budget?.opened(this.nowMs);
    call.place = 0;
    this.send(call);
  }

  override cancel(call: Call): void {
    this.endOthers(call, true);
    this.leave(call, fates.abandoned);
  }

  reply(child: Call, fate: Fate): void {
    const { budget, hedgesFailures = true } = this.options;
    const copy = child.target;
    const call = child.parent as Call;
    this.endCopy(child, fate);
    this.open[call.index * this.copies + copy] = 0;
    this.system.release(child);
    if (fate === fates.completed) budget?.succeeded();
    else {
      budget?.failed();
      const canSend = hedgesFailures && call.place < this.copies && (budget === undefined || budget.mayRetry(this.nowMs));
      if (canSend) {
        this.system.simulation.cancel(call.calleeTimer);
        this.send(call);
        return;
      }
      if (this.isAnyOpen(call)) return;
    }
    this.endOthers(call, this.options.cancelsOthers ?? true);
    this.finish(call, fate);
  }

  protected override warm(nowMs: number): void {
    super.warm(nowMs);
    this.copyBook.warm(this.copiesOpen);
  }

  protected override audit(): void {
    super.audit();
    this.copyAccounts();
  }

  /** The delay is over without an answer. */
  private sendNext(call: Call): void {
    const { budget } = this.options;
    if (budget === undefined || budget.mayRetry(this.nowMs)) this.send(call);
  }

  private send(call: Call): void {
    const { simulation } = this.system;
    const copy = call.place++;
    const child = this.system.childOf(call);
    child.caller = this;
    child.target = copy;
    child.attempt = call.attempt * this.copies + copy;
    const slot = call.index * this.copies + copy;
    if (slot >= this.open.length) this.grow(slot);
    this.open[slot] = child.index + 1;
    this.copyBook.opened++;
    this.copiesOpen++;
    simulation.recorder.request(simulation.nowMs, recordKinds.attempt, this.id, call.request, 16 * child.attempt);
    const hasNext = call.place < this.copies && this.options.delayMs < Infinity;
    call.calleeTimer = hasNext ? simulation.schedule(this.options.delayMs, this.delayHandler, call.index) : 0;
    this.links[copy % this.links.length].send(child);
  }

  private endCopy(child: Call, fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    this.copyBook.close(fate);
    this.copiesOpen--;
    recorder.request(nowMs, recordKinds.attempt, this.id, child.request, 16 * child.attempt + 1 + fate);
  }

  private isAnyOpen(call: Call): boolean {
    for (let copy = 0; copy < call.place; copy++) if (this.open[call.index * this.copies + copy] !== 0) return true;
    return false;
  }

  private endOthers(call: Call, isTold: boolean): void {
    this.system.simulation.cancel(call.calleeTimer);
    for (let copy = 0; copy < call.place; copy++) {
      const slot = call.index * this.copies + copy;
      if (this.open[slot] === 0) continue;
      const child = this.system.callAt(this.open[slot] - 1);
      this.open[slot] = 0;
      this.endCopy(child, fates.abandoned);
      if (isTold) child.link.cancel(child);
      else child.link.forget(child);
    }
  }

  private grow(slot: number): void {
    const open = new Int32Array(2 * Math.max(slot, this.open.length));
    open.set(this.open);
    this.open = open;
  }
}
