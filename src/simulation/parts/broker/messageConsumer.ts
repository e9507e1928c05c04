// Who handles messages: does the work at a server, and then the message has its effect (a pizza is baked, a card is charged).
// A message that comes twice has its effect twice, unless the consumer remembers what it did: the idempotency key.
// The effect comes before the acknowledgement travels, so an acknowledgement that is lost does not take the effect back.

import { type Fate, fates } from '../../measure/accounts';
import { recordKinds } from '../../record/trace';
import { answer, type Call, type Caller, type Part } from '../call';
import type { Link, LinkOptions } from '../link';
import type { System } from '../system';

/** What all consumers of a queue have done, by message. One store for all, as a table in a database is. */
export class Effects {
  /** Messages that had their effect at least once, and effects beyond the first. */
  once = 0;
  repeated = 0;
  /** Repeats that the idempotency key made harmless. */
  skipped = 0;
  private readonly done = new Set<number>();

  /** @param isIdempotent whether consumers look at what was done before */
  constructor(readonly isIdempotent: boolean) {}

  has(message: number): boolean {
    return this.done.has(message);
  }

  apply(message: number): void {
    if (!this.done.has(message)) {
      this.done.add(message);
      this.once++;
    } else if (this.isIdempotent) this.skipped++;
    else this.repeated++;
  }
}

export interface MessageConsumerOptions {
  name: string;
  label?: string;
  effects: Effects;
  /** Work of finding out that a message was handled before, in ms. Default 1. */
  repeatWorkMs?: number;
  /** Messages that can never be handled: the work is done and fails. Default: none. */
  isPoison?: (call: Call) => boolean;
}

export class MessageConsumer implements Part, Caller {
  readonly id: number;
  readonly name: string;
  private server!: Link;

  constructor(
    private readonly system: System,
    private readonly options: MessageConsumerOptions,
  ) {
    this.name = options.name;
    this.id = system.register({
      name: options.name,
      kind: 'balancer',
      label: options.label ?? options.name,
      concurrency: 0,
      queueCapacity: 0,
      speed: 1,
    });
  }

  /** Where the work is done. */
  worksAt(part: Part, options?: LinkOptions): this {
    this.server = this.system.link(this.id, part, options);
    return this;
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    const { effects, repeatWorkMs = 1 } = this.options;
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    const child = this.system.childOf(call);
    child.caller = this;
    if (effects.isIdempotent && effects.has(call.request)) child.workMs = repeatWorkMs;
    call.child = child;
    this.server.send(child);
  }

  cancel(call: Call): void {
    const { child } = call;
    call.child = null;
    child?.link.cancel(child);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.system.release(child);
    call.child = null;
    const isPoison = fate === fates.completed && this.options.isPoison?.(call) === true;
    if (fate === fates.completed && !isPoison) this.options.effects.apply(call.request);
    answer(call, isPoison ? fates.failed : fate);
  }
}
