// Where requests are opened and where their answers end. It keeps the books of the whole system: what became of every
// request, how long each took, how many are inside. How the next request comes about is the business of the two kinds:
// Source (open loop: they arrive whatever became of the last) and ClosedLoop (each client waits for its answer).

import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import { Level } from '../measure/level';
import { Tally } from '../measure/tally';
import { recordKinds } from '../record/trace';
import type { Draw } from '../workload/draws';
import type { RequestMix } from '../workload/requestClasses';
import type { Call, Caller, Part } from './call';
import type { Link, LinkOptions } from './link';
import type { System } from './system';

export interface CustomersOptions {
  name?: string;
  label?: string;
  /** Work of a request in ms at speed 1; or classes of requests, each with its own. */
  workMs: Draw | RequestMix;
  /** Key that a request asks for. Default: none (0). */
  key?: Draw;
  /** A completion counts as good when its response took no longer. Default: every completion is good. */
  goodWithinMs?: number;
  /** Hears of every request that ended, for measurements of the experiment. */
  onEnd?: (call: Call, fate: Fate, responseMs: number) => void;
}

export abstract class Customers implements Caller {
  readonly id: number;
  readonly book: Book;
  /** Response times of completed requests. */
  readonly response = new Tally();
  /** The same by class, when there are classes. */
  readonly responseByClass: Tally[];
  /** Requests in the system. */
  readonly inside = new Level();
  good = 0;
  protected readonly mix: RequestMix | undefined;
  private readonly goodWithinMs: number;
  /** Σ time in system of those that ended, in ms. */
  private timeInsideMs = 0;
  private openedSumMs = 0;
  /** Measurements begin here. */
  private fromMs = 0;
  private link!: Link;

  constructor(
    protected readonly system: System,
    private readonly common: CustomersOptions,
    name: string,
  ) {
    const { simulation } = system;
    this.book = new Book(name);
    this.mix = typeof common.workMs === 'function' ? undefined : common.workMs;
    this.responseByClass = (this.mix?.classes ?? []).map(() => new Tally());
    this.goodWithinMs = common.goodWithinMs ?? Infinity;
    this.id = system.register({ name, kind: 'source', label: common.label ?? 'Customers', concurrency: 0, queueCapacity: 0, speed: 1 });
    simulation.parts.push({
      name,
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => this.close(horizonMs),
      audit: () => this.audit(),
    });
  }

  /** Sends the requests to a part and plans the first. */
  to(part: Part, options?: LinkOptions): this {
    this.link = this.system.link(this.id, part, options);
    this.begin();
    return this;
  }

  reply(call: Call, fate: Fate): void {
    const { nowMs } = this.system.simulation;
    const responseMs = nowMs - call.openedMs;
    this.book.close(fate);
    this.inside.set(nowMs, this.inside.value - 1);
    this.timeInsideMs += responseMs;
    this.openedSumMs -= call.openedMs;
    // A request that came during the warm-up is no sample: it met a system that was still filling.
    if (fate === fates.completed && call.openedMs >= this.fromMs) {
      this.response.record(responseMs);
      if (this.mix !== undefined) this.responseByClass[call.requestClass].record(responseMs);
      if (responseMs <= this.goodWithinMs) this.good++;
    }
    if (this.common.onEnd !== undefined) this.common.onEnd(call, fate, responseMs);
    this.ended(call);
    this.system.release(call);
  }

  accounts(): Accounts {
    return this.book.accounts(this.inside.value);
  }

  /** Plans what comes first. */
  protected abstract begin(): void;
  /** A request has its answer; the call goes back to the pool right after. */
  protected ended(_call: Call): void {}

  /** Sends a request whose number, client, key, class and work are set. */
  protected open(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    call.attempt = 0;
    // A call from the pool was often ours before: writing a reference costs more than looking.
    if (call.caller !== this) call.caller = this;
    this.book.opened++;
    this.openedSumMs += nowMs;
    this.inside.set(nowMs, this.inside.value + 1);
    if (recorder.isHashed) recorder.request(nowMs, recordKinds.open, this.id, call.request, call.workMs);
    this.link.send(call);
  }

  private warm(nowMs: number): void {
    const open = this.inside.value;
    this.fromMs = nowMs;
    this.book.warm(open);
    // What they were inside for before is taken off now; it comes back when they end.
    this.timeInsideMs = this.openedSumMs - open * nowMs;
    this.inside.warm(nowMs);
    this.response.reset();
    for (const tally of this.responseByClass) tally.reset();
    this.good = 0;
  }

  private audit(): void {
    this.accounts();
    const { area } = this.inside;
    if (Math.abs(area - this.timeInsideMs) > 1e-9 * Math.max(1, area)) {
      throw new Error(
        `Little's law fails for ${this.book.name}: the level's area is ${area} ms, the times in system add up to ${this.timeInsideMs} ms.`,
      );
    }
  }

  private close(horizonMs: number): void {
    this.timeInsideMs += horizonMs * this.inside.value - this.openedSumMs;
    this.openedSumMs = 0;
    this.inside.close(horizonMs);
  }
}
