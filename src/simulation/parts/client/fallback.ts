// A second-best answer when the best one fails: from another part, or a default that is always at hand (an old copy, an empty list).
// The caller sees a completed request; how many of them were second best is counted here, or nobody would notice.

import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import type { Call, Part } from '../call';
import type { Link, LinkOptions } from '../link';
import type { System } from '../system';
import { Guard, type GuardOptions } from './guard';
import { between } from './limits';

export interface FallbackOptions extends GuardOptions {
  /** Time to give the default answer, in ms, when there is no other part. Default 0. */
  answerMs?: number;
  /** Which ends of the first question call for the second best. Default: all but completed. */
  when?: (fate: Fate, call: Call) => boolean;
  /** Told of every request that was answered second best, just before its caller is. */
  onDegraded?: (call: Call) => void;
}

/** The callee's notes on a call: here the place is which question is open. */
const second = 1;

export class Fallback extends Guard {
  /** Requests that were answered second best. */
  degraded = 0;
  private alternative: Link | undefined;
  private readonly answerHandler: number;

  /** Throws RangeError unless the answer time is 0 or more and finite. */
  constructor(
    system: System,
    private readonly options: FallbackOptions = {},
  ) {
    super(system, options, { name: 'fallback', label: 'Fallback' });
    between(this.name, 'answer time in ms', options.answerMs ?? 0, 0, Number.MAX_SAFE_INTEGER);
    this.answerHandler = system.simulation.on((index) => this.degrade(system.callAt(index)));
  }

  /** Whom to ask when the first part fails. Without it the answer is the default. */
  fallsBackTo(part: Part, options?: LinkOptions): this {
    this.alternative = this.system.link(this.id, part, options);
    return this;
  }

  accept(call: Call): void {
    this.enter(call);
    call.place = 0;
    call.calleeTimer = 0;
    this.ask(call);
  }

  override cancel(call: Call): void {
    this.system.simulation.cancel(call.calleeTimer);
    super.cancel(call);
  }

  reply(child: Call, fate: Fate): void {
    const call = this.answered(child);
    const { when, answerMs = 0 } = this.options;
    if (call.place === second) {
      if (fate === fates.completed) this.degrade(call);
      else this.finish(call, fate);
    } else if (!(when === undefined ? fate !== fates.completed : when(fate, call))) this.finish(call, fate);
    else {
      call.place = second;
      if (this.alternative !== undefined) this.ask(call, this.alternative);
      else if (answerMs > 0) call.calleeTimer = this.system.simulation.schedule(answerMs, this.answerHandler, call.index);
      else this.degrade(call);
    }
  }

  protected override warm(nowMs: number): void {
    super.warm(nowMs);
    this.degraded = 0;
  }

  private degrade(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    if (this.degraded++ === 0) recorder.mark(nowMs, 'note', this.id, sentences.firstSecondBest);
    recorder.say(nowMs, 'warn', this.id, sentences.secondBest, undefined, call.request);
    this.options.onDegraded?.(call);
    this.finish(call, fates.completed);
  }
}
