// A queue between those who send and those who work: it takes a message, says so at once, and hands it on when somebody is free.
// At most once: a message is forgotten when it is handed on. At least once: it is kept until it is acknowledged, and handed on
// again when that takes too long. Defaults and words follow Amazon SQS (visibility timeout 30 s, redrive to a dead-letter queue).

import type { EventHandle } from '../../kernel/calendar';
import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import { Tally } from '../../measure/tally';
import * as sentences from '../../record/sentences';
import { partStates, recordKinds } from '../../record/trace';
import { answer, type Call, type Caller, type Part } from '../call';
import type { Link, LinkOptions } from '../link';
import { positive, wholeNumber } from '../options';
import type { System } from '../system';

export interface MessageQueueOptions {
  name?: string;
  label?: string;
  /** Default: at least once. */
  delivery?: 'at-most-once' | 'at-least-once';
  /** How long after a delivery a message without acknowledgement is handed on again, in ms. Default 30 s. */
  visibilityMs?: number;
  /** A delivery that fails is handed on again at once (a broken connection tells); otherwise when its time is over. Default true. */
  retriesAtOnce?: boolean;
  /** A consumer that failed is given nothing for so long, in ms: one that is down would fail for ever in one instant. Default 100. */
  restAfterFailureMs?: number;
  /** After so many deliveries without acknowledgement a message goes to the dead letters. Default: never. */
  mostDeliveries?: number;
  /** The most messages it holds, those handed on and not acknowledged among them. Default: no limit. */
  capacity?: number;
  /** What happens to one more: refused, kept waiting with its sender (back-pressure), or taken in place of the oldest. Default: refused. */
  overflow?: 'reject' | 'wait' | 'drop-oldest';
  /** Messages of one key are handed on one after another. Default: no order beyond first come. */
  orderKey?: (call: Call) => number;
}

/** One message, from the time it was stored until its fate is known. */
interface Message {
  request: number;
  client: number;
  key: number;
  orderKey: number | undefined;
  workMs: number;
  requestClass: number;
  enteredMs: number;
  deliveries: number;
  /** The delivery under way that counts, and the timer of its visibility. */
  delivery: Call | null;
  timer: EventHandle;
}

interface Consumer {
  link: Link;
  prefetch: number;
  outstanding: number;
  /** It failed, and is given nothing before this time. */
  restsUntilMs: number;
}

export class MessageQueue implements Part, Caller {
  readonly id: number;
  readonly name: string;
  /** The books of messages: completed means acknowledged, failed means dead letter, lost means gone without effect. */
  readonly books: StationBooks;
  /** From being stored to being acknowledged. */
  readonly age = new Tally();
  readonly deadLetters: number[] = [];
  /** Deliveries beyond the first of each message. */
  redelivered = 0;
  isUp = true;
  private readonly ready: Message[] = [];
  private readonly held = new Set<Message>();
  private readonly messageOf = new Map<Call, Message>();
  private readonly consumerOf = new Map<Call, Consumer>();
  private readonly consumers: Consumer[] = [];
  private nextConsumer = 0;
  /** Order keys of which a message is handed on, with those that wait for it. */
  private readonly busyKeys = new Map<number, Message[]>();
  /** Senders that wait for room. */
  private readonly senders: Call[] = [];
  private readonly capacity: number;
  private readonly visibilityMs: number;
  private readonly mostDeliveries: number;
  private readonly restMs: number;

  constructor(
    private readonly system: System,
    private readonly options: MessageQueueOptions = {},
  ) {
    this.name = options.name ?? 'queue';
    this.books = new StationBooks(this.name);
    this.capacity = wholeNumber(this.name, 'capacity', options.capacity ?? Infinity, 0);
    this.visibilityMs = positive(this.name, 'visibility timeout', options.visibilityMs ?? 30_000);
    this.restMs = positive(this.name, 'rest after a failure', options.restAfterFailureMs ?? 100);
    this.mostDeliveries =
      options.mostDeliveries === undefined ? Infinity : wholeNumber(this.name, 'most deliveries', options.mostDeliveries, 1);
    this.id = system.register(
      { name: this.name, kind: 'queue', label: options.label ?? 'Queue', concurrency: 0, queueCapacity: this.capacity, speed: 1 },
      { pause: () => this.pause(), restore: () => this.goOn(), 'end pause': () => this.goOn() },
    );
    system.simulation.parts.push({
      name: this.name,
      warm: (nowMs) => {
        this.books.warm(nowMs, this.held);
        this.age.reset();
        this.redelivered = 0;
      },
      snapshot: () => this.snapshot(),
      close: (horizonMs) => this.books.close(horizonMs, this.held),
      audit: () => this.books.audit(),
    });
  }

  /** Adds somebody who handles messages, up to `prefetch` at once. */
  deliversTo(part: Part, prefetch = 1, options?: LinkOptions): this {
    const link = this.system.link(this.id, part, options);
    this.consumers.push({ link, prefetch: wholeNumber(this.name, 'prefetch', prefetch, 1), outstanding: 0, restsUntilMs: 0 });
    return this;
  }

  /** Messages held: ready, and handed on without acknowledgement. */
  get depth(): number {
    return this.held.size;
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  accept(call: Call): void {
    const { overflow = 'reject' } = this.options;
    if (this.held.size < this.capacity) this.store(call);
    else if (overflow === 'wait') {
      call.enteredMs = this.system.simulation.nowMs;
      this.senders.push(call);
    } else if (overflow === 'drop-oldest' && this.ready.length > 0) {
      this.end(this.ready.shift() as Message, fates.lost);
      this.store(call);
    } else answer(call, fates.rejected);
    this.handOn();
  }

  /** Only a sender that waits for room can take its message back. */
  cancel(call: Call): void {
    const at = this.senders.indexOf(call);
    if (at >= 0) this.senders.splice(at, 1);
  }

  reply(delivery: Call, fate: Fate): void {
    const consumer = this.consumerOf.get(delivery) as Consumer;
    const message = this.messageOf.get(delivery) as Message;
    consumer.outstanding--;
    this.consumerOf.delete(delivery);
    this.messageOf.delete(delivery);
    this.system.release(delivery);
    if (fate !== fates.completed) this.rest(consumer);
    const counts = message.delivery === delivery;
    if (counts) {
      this.system.simulation.cancel(message.timer);
      message.delivery = null;
    }
    if (this.held.has(message)) this.conclude(message, fate, counts);
    this.handOn();
  }

  /** What a delivery came to, while the message is still held. */
  private conclude(message: Message, fate: Fate, counts: boolean): void {
    // A late acknowledgement serves as long as nobody else was given the message; after that theirs counts.
    if (fate === fates.completed) {
      if (counts || message.delivery === null) this.acknowledge(message);
    } else if (counts) {
      if (this.options.delivery === 'at-most-once') this.end(message, fates.lost);
      else if (this.options.retriesAtOnce ?? true) this.tryAgain(message);
      else this.waitForVisibility(message);
    }
  }

  private acknowledge(message: Message): void {
    const at = this.ready.indexOf(message);
    if (at >= 0) this.ready.splice(at, 1);
    this.age.record(this.system.simulation.nowMs - message.enteredMs);
    this.end(message, fates.completed);
  }

  private store(call: Call): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    const message: Message = {
      request: call.request,
      client: call.client,
      key: call.key,
      orderKey: this.options.orderKey?.(call),
      workMs: call.workMs,
      requestClass: call.requestClass,
      enteredMs: nowMs,
      deliveries: 0,
      delivery: null,
      timer: 0,
    };
    this.held.add(message);
    this.books.enter(nowMs);
    simulation.recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    simulation.recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.held.size);
    this.ready.push(message);
    answer(call, fates.completed);
  }

  /** Gives ready messages to whoever has room, in turn, as far as the order of their keys allows. */
  private handOn(): void {
    while (this.isUp && this.ready.length > 0) {
      const consumer = this.freeConsumer();
      if (consumer === undefined) return;
      const message = this.ready.shift() as Message;
      const waiting = message.orderKey === undefined ? undefined : this.busyKeys.get(message.orderKey);
      if (waiting === undefined) this.deliver(message, consumer);
      else waiting.push(message);
    }
  }

  private freeConsumer(): Consumer | undefined {
    const { consumers } = this;
    for (let step = 0; step < consumers.length; step++) {
      const at = (this.nextConsumer + step) % consumers.length;
      const { outstanding, prefetch, restsUntilMs } = consumers[at];
      if (outstanding >= prefetch || restsUntilMs > this.system.simulation.nowMs) continue;
      this.nextConsumer = (at + 1) % consumers.length;
      return consumers[at];
    }
    return undefined;
  }

  private rest(consumer: Consumer): void {
    const { simulation } = this.system;
    consumer.restsUntilMs = simulation.nowMs + this.restMs;
    simulation.at(consumer.restsUntilMs, () => this.handOn());
  }

  private deliver(message: Message, consumer: Consumer): void {
    const { simulation } = this.system;
    const call = this.system.newCall();
    call.request = message.request;
    call.attempt = message.deliveries;
    call.client = message.client;
    call.key = message.key;
    call.workMs = message.workMs;
    call.requestClass = message.requestClass;
    call.caller = this;
    if (message.deliveries++ > 0) this.redelivered++;
    if (message.orderKey !== undefined) this.busyKeys.set(message.orderKey, []);
    message.delivery = call;
    consumer.outstanding++;
    this.messageOf.set(call, message);
    this.consumerOf.set(call, consumer);
    if (this.options.delivery !== 'at-most-once') {
      message.timer = simulation.at(simulation.nowMs + this.visibilityMs, () => this.becomeVisible(message, call));
    }
    consumer.link.send(call);
  }

  /** Nobody acknowledged in time: somebody else gets it, whatever the first is still doing. */
  private becomeVisible(message: Message, delivery: Call): void {
    if (message.delivery !== delivery) return;
    message.delivery = null;
    const consumer = this.consumerOf.get(delivery) as Consumer;
    this.tryAgain(message);
    // One that is only slow answers later and is free then. Of what the network lost there will be no answer.
    if (delivery.link.hasLost(delivery)) this.giveUp(delivery, consumer);
    this.handOn();
  }

  private giveUp(delivery: Call, consumer: Consumer): void {
    consumer.outstanding--;
    this.consumerOf.delete(delivery);
    this.messageOf.delete(delivery);
    delivery.link.forget(delivery);
  }

  private waitForVisibility(message: Message): void {
    const { simulation } = this.system;
    message.timer = simulation.at(simulation.nowMs + this.visibilityMs, () => {
      if (!this.held.has(message) || message.delivery !== null) return;
      this.tryAgain(message);
      this.handOn();
    });
  }

  private tryAgain(message: Message): void {
    if (message.deliveries >= this.mostDeliveries) {
      const { nowMs, recorder } = this.system.simulation;
      this.deadLetters.push(message.request);
      recorder.say(nowMs, 'warn', this.id, sentences.deadLetter, { deliveries: message.deliveries }, message.request);
      this.end(message, fates.failed);
      return;
    }
    const followers = this.releaseKey(message);
    this.ready.unshift(message, ...followers);
  }

  private end(message: Message, fate: Fate): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    simulation.cancel(message.timer);
    this.held.delete(message);
    this.books.leave(nowMs, message.enteredMs, fate);
    simulation.recorder.request(nowMs, recordKinds.leave, this.id, message.request, fate);
    if (message.deliveries > 0) this.ready.unshift(...this.releaseKey(message));
    while (this.senders.length > 0 && this.held.size < this.capacity) this.store(this.senders.shift() as Call);
  }

  /** The next of its key may go. Gives those that waited, in their order. */
  private releaseKey(message: Message): Message[] {
    if (message.orderKey === undefined) return [];
    const waiting = this.busyKeys.get(message.orderKey) ?? [];
    this.busyKeys.delete(message.orderKey);
    return waiting;
  }

  private pause(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.tell(partStates.paused, 0, sentences.handsNothingOn);
  }

  private goOn(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.tell(partStates.up, 1, sentences.handsOnAgain);
    this.handOn();
  }

  private tell(state: number, factor: number, what: string): void {
    const { nowMs, recorder } = this.system.simulation;
    recorder.coarse(nowMs, recordKinds.state, this.id, state, factor);
    recorder.mark(nowMs, factor === 0 ? 'slow' : 'restore', this.id, what);
    recorder.say(nowMs, 'info', this.id, what);
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    let place = 0;
    for (const { request } of this.held) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, request, -1);
      recorder.snapshot(nowMs, recordKinds.wait, this.id, request, ++place);
    }
  }
}
