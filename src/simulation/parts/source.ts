// Where requests come from, in an open loop: they arrive whether or not the last ones were served.
// Everything about a request is drawn when it arrives, one number from each stream, so that request 1,000 is the same
// request on both sides of a comparison. The source hears every reply, so it keeps the books of the whole system.

import { phases } from '../kernel/calendar';
import type { Stream } from '../kernel/random';
import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import { Level } from '../measure/level';
import { Tally } from '../measure/tally';
import { recordKinds } from '../record/trace';
import type { ArrivalProcess } from '../workload/arrivals';
import type { Call, Caller, Part } from './call';
import type { Link, LinkOptions } from './link';
import type { System } from './system';

/** Turns one uniform number in (0, 1) into a quantity. Pure: it is asked ahead of time, and the same number gives the same quantity. */
export type Draw = (uniform: number) => number;

export interface SourceOptions {
  name?: string;
  label?: string;
  arrivals: ArrivalProcess;
  /** Work of a request in ms at speed 1. */
  workMs: Draw;
  /** How many clients the requests come from; each is equally likely. Default 1. */
  clients?: number;
  /** Key that a request asks for. Default: none (0). */
  key?: Draw;
  /** Class of a request by number. Default: one class. */
  requestClass?: Draw;
  /** A completion counts as good when its response took no longer. Default: every completion is good. */
  goodWithinMs?: number;
  /** Hears of every request that ended, for measurements of the experiment. */
  onEnd?: (call: Call, fate: Fate, responseMs: number) => void;
}

/** Works drawn at once: side by side, a processor works on several logarithms at a time. */
const batch = 32;

export class Source implements Caller {
  readonly id: number;
  readonly book: Book;
  /** Response times of completed requests. */
  readonly response = new Tally();
  /** Requests in the system. */
  readonly inside = new Level();
  good = 0;
  private readonly goodWithinMs: number;
  /** Σ time in system of those that ended, in ms. */
  private timeInsideMs = 0;
  private openedSumMs = 0;
  private link!: Link;
  private nextRequest = 0;
  private readonly arrivalHandler: number;
  private readonly worksMs = new Float64Array(batch);
  private readonly workStream: Stream;
  private readonly clientStream: Stream;
  private readonly keyStream: Stream;
  private readonly classStream: Stream;

  constructor(
    private readonly system: System,
    private readonly options: SourceOptions,
  ) {
    const { simulation } = system;
    const name = options.name ?? 'customers';
    this.book = new Book(name);
    this.goodWithinMs = options.goodWithinMs ?? Infinity;
    this.id = system.register({ name, kind: 'source', label: options.label ?? 'Customers', concurrency: 0, queueCapacity: 0, speed: 1 });
    this.workStream = simulation.random.stream(`${name} work`);
    this.clientStream = simulation.random.stream(`${name} client`);
    this.keyStream = simulation.random.stream(`${name} key`);
    this.classStream = simulation.random.stream(`${name} class`);
    this.arrivalHandler = simulation.on(() => this.arrive());
    simulation.parts.push({ name, close: (horizonMs) => this.close(horizonMs), audit: () => this.audit() });
  }

  /** Sends the requests to a part and plans the first arrival. */
  to(part: Part, options?: LinkOptions): this {
    this.link = this.system.link(this.id, part, options);
    this.planNext();
    return this;
  }

  reply(call: Call, fate: Fate): void {
    const { nowMs } = this.system.simulation;
    const responseMs = nowMs - call.openedMs;
    this.book.close(fate);
    this.inside.set(nowMs, this.inside.value - 1);
    this.timeInsideMs += responseMs;
    this.openedSumMs -= call.openedMs;
    if (fate === fates.completed) {
      this.response.record(responseMs);
      if (responseMs <= this.goodWithinMs) this.good++;
    }
    if (this.options.onEnd !== undefined) this.options.onEnd(call, fate, responseMs);
    this.system.release(call);
  }

  accounts(): Accounts {
    return this.book.accounts(this.inside.value);
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

  private planNext(): void {
    const { simulation } = this.system;
    const atMs = this.options.arrivals.nextMs();
    if (atMs < Infinity) simulation.scheduleAt(atMs, this.arrivalHandler, 0, phases.arrival);
  }

  private arrive(): void {
    const { options, system } = this;
    const { nowMs, recorder } = system.simulation;
    this.planNext();
    const call = system.newCall();
    const request = this.nextRequest++;
    if (request % batch === 0) this.drawWorks();
    call.request = request;
    call.attempt = 0;
    call.workMs = this.worksMs[request % batch];
    call.client = options.clients === undefined ? 0 : this.clientStream.below(options.clients);
    call.key = options.key === undefined ? 0 : options.key(this.keyStream.next());
    call.requestClass = options.requestClass === undefined ? 0 : options.requestClass(this.classStream.next());
    call.caller = this;
    this.book.opened++;
    this.openedSumMs += nowMs;
    this.inside.set(nowMs, this.inside.value + 1);
    recorder.request(nowMs, recordKinds.open, this.id, call.request, call.workMs);
    this.link.send(call);
  }

  private drawWorks(): void {
    const { worksMs, workStream, options } = this;
    for (let index = 0; index < batch; index++) worksMs[index] = options.workMs(workStream.next());
  }

  private close(horizonMs: number): void {
    this.timeInsideMs += horizonMs * this.inside.value - this.openedSumMs;
    this.openedSumMs = 0;
    this.inside.close(horizonMs);
  }
}
