// A server: so many places of service, one line in front. It can crash, run slow and come back.
// A crash refuses what comes and loses what is inside, as a process does whose sockets are reset.
// With a downstream part, a request keeps its place while the server asks that part: how a slow database fills a web server.

import type { EventHandle } from '../kernel/calendar';
import { phases } from '../kernel/calendar';
import { type Accounts, type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import { type PartKind, partStates, recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import { Line } from './line';
import type { Link, LinkOptions } from './link';
import type { System } from './system';

export type Discipline = 'first-come' | 'last-come';

export interface ServerOptions {
  name: string;
  label?: string;
  kind?: PartKind;
  /** How many are served at once, 1 or more. Default 1. */
  concurrency?: number;
  /** Work per ms: a request of 100 ms takes 50 ms at speed 2. Default 1. */
  speed?: number;
  /** The most that may wait; Infinity by default, 0 for none. One more is rejected. */
  queueCapacity?: number;
  discipline?: Discipline;
  /** Work that a call means here, when it is not `call.workMs`. */
  workMs?: (call: Call) => number;
}

const idle = -1;

export class Server implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  isUp = true;
  /** Factor on the speed: below 1 while slow. */
  slowness = 1;
  rejected = 0;
  /** Those whose service began, and how long they had waited in all. */
  started = 0;
  waitedMs = 0;
  longestLine = 0;
  private readonly line = new Line();
  private readonly concurrency: number;
  private readonly queueCapacity: number;
  private readonly lastCome: boolean;
  private readonly baseSpeed: number;
  private readonly inService: (Call | undefined)[];
  private readonly ends: EventHandle[];
  /** When the service at each place ends, or Infinity while it waits for downstream. */
  private readonly endsMs: Float64Array;
  private busyPlaces = 0;
  private downstream: Link | undefined;
  private readonly endHandler: number;
  private readonly workOf: ((call: Call) => number) | undefined;

  constructor(
    private readonly system: System,
    options: ServerOptions,
  ) {
    this.name = options.name;
    this.concurrency = wholeNumber(options.name, 'concurrency', options.concurrency ?? 1, 1);
    this.queueCapacity = options.queueCapacity === Infinity ? Infinity : wholeNumber(options.name, 'queue capacity', options.queueCapacity ?? Infinity, 0);
    this.baseSpeed = positive(options.name, 'speed', options.speed ?? 1);
    this.lastCome = options.discipline === 'last-come';
    this.workOf = options.workMs;
    this.books = new StationBooks(options.name);
    this.inService = new Array(this.concurrency).fill(undefined);
    this.ends = new Array(this.concurrency).fill(idle);
    this.endsMs = new Float64Array(this.concurrency);
    const { simulation } = system;
    this.endHandler = simulation.on((place) => this.finishOwnWork(place));
    this.id = system.register(
      {
        name: options.name,
        kind: options.kind ?? 'server',
        label: options.label ?? options.name,
        concurrency: this.concurrency,
        queueCapacity: this.queueCapacity,
        speed: this.baseSpeed,
      },
      { crash: () => this.crash(), restore: () => this.restore(), slow: (given) => this.slow(given.factor ?? 0.25) },
    );
    simulation.parts.push({ name: this.name, snapshot: () => this.snapshot(), close: (horizonMs) => this.close(horizonMs), audit: () => this.books.audit() });
  }

  /** After its own work, a request is completed by asking this part; it keeps its place meanwhile. */
  asks(part: Part, options?: LinkOptions): this {
    this.downstream = this.system.link(this.id, part, options);
    return this;
  }

  get waiting(): number {
    return this.line.length;
  }

  /** Requests here: waiting and in service. */
  get inside(): number {
    return this.books.inside.value;
  }

  /** Share of service places in use, over the whole run so far. */
  utilization(): number {
    return this.books.busy.mean(this.system.simulation.nowMs) / this.concurrency;
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    this.books.enter(nowMs);
    call.enteredMs = nowMs;
    call.place = idle;
    recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    if (!this.isUp) {
      this.leave(call, fates.failed);
      return;
    }
    if (this.busyPlaces < this.concurrency) {
      this.begin(call);
      return;
    }
    if (this.line.length >= this.queueCapacity) {
      this.reject(call);
      return;
    }
    this.line.push(call);
    if (this.line.length > this.longestLine) this.longestLine = this.line.length;
    recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.line.length);
  }

  cancel(call: Call): void {
    if (call.place === idle) {
      if (!this.line.remove(call)) return;
      this.depart(call, fates.abandoned);
      return;
    }
    const place = call.place;
    this.dropChild(call);
    this.vacate(place);
    this.depart(call, fates.abandoned);
    this.beginNext();
  }

  /** The downstream part answered: the request is done, for better or worse. */
  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.system.release(child);
    call.child = null;
    const place = call.place;
    this.vacate(place);
    this.leave(call, fate === fates.lost ? fates.failed : fate);
    this.beginNext();
  }

  crash(): void {
    if (!this.isUp) return;
    const { simulation } = this.system;
    this.isUp = false;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.down, 0);
    const gone = [...this.held()];
    simulation.recorder.mark(simulation.nowMs, 'crash', this.id, `${this.name} crashed`);
    simulation.recorder.say(simulation.nowMs, 'error', this.id, `${this.name} crashed with ${gone.length} requests inside.`);
    while (this.line.length > 0) this.line.pop();
    for (const call of gone) {
      if (call.place !== idle) {
        this.dropChild(call);
        this.vacate(call.place);
      }
    }
    for (const call of gone) this.leave(call, fates.lost);
  }

  restore(): void {
    if (this.isUp && this.slowness === 1) return;
    const { simulation } = this.system;
    const wasDown = !this.isUp;
    this.isUp = true;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.up, 1);
    simulation.recorder.mark(simulation.nowMs, 'restore', this.id, `${this.name} ${wasDown ? 'is back' : 'is at full speed again'}`);
    simulation.recorder.say(simulation.nowMs, 'info', this.id, `${this.name} ${wasDown ? 'is back' : 'is at full speed again'}.`);
    this.changeSpeed(1);
  }

  /** @param factor of the normal speed, above 0 */
  slow(factor: number): void {
    if (!this.isUp) return;
    const { simulation } = this.system;
    positive(this.name, 'slow factor', factor);
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, factor === 1 ? partStates.up : partStates.slow, factor);
    simulation.recorder.mark(simulation.nowMs, 'slow', this.id, `${this.name} runs at ${Math.round(factor * 100)} % of its speed`);
    simulation.recorder.say(simulation.nowMs, 'warn', this.id, `${this.name} runs at ${Math.round(factor * 100)} % of its speed.`);
    this.changeSpeed(factor);
  }

  private begin(call: Call): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    let place = 0;
    while (this.inService[place] !== undefined) place++;
    this.inService[place] = call;
    call.place = place;
    call.startedMs = nowMs;
    this.started++;
    this.waitedMs += nowMs - call.enteredMs;
    this.busyPlaces++;
    this.books.busy.set(nowMs, this.busyPlaces);
    const serviceMs = (this.workOf === undefined ? call.workMs : this.workOf(call)) / (this.baseSpeed * this.slowness);
    simulation.recorder.request(nowMs, recordKinds.start, this.id, call.request, serviceMs);
    this.endsMs[place] = nowMs + serviceMs;
    this.ends[place] = simulation.scheduleAt(nowMs + serviceMs, this.endHandler, place, phases.completion);
  }

  private finishOwnWork(place: number): void {
    const call = this.inService[place] as Call;
    if (this.downstream === undefined) {
      this.vacate(place);
      this.leave(call, fates.completed);
      this.beginNext();
      return;
    }
    this.ends[place] = idle;
    this.endsMs[place] = Infinity;
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.downstream.send(child);
  }

  private beginNext(): void {
    if (this.isUp && this.line.length > 0 && this.busyPlaces < this.concurrency) this.begin(this.lastCome ? this.line.pop() : this.line.shift());
  }

  private reject(call: Call): void {
    const { simulation } = this.system;
    if (this.rejected++ === 0) simulation.recorder.mark(simulation.nowMs, 'rejection', this.id, `First request rejected by ${this.name}`);
    if (simulation.recorder.wantsText) {
      simulation.recorder.say(simulation.nowMs, 'warn', this.id, `Request ${call.request} rejected: ${this.line.length} already wait at ${this.name}.`);
    } else simulation.recorder.say(simulation.nowMs, 'warn', this.id, '');
    this.leave(call, fates.rejected);
  }

  private vacate(place: number): void {
    const { simulation } = this.system;
    if (this.ends[place] !== idle) simulation.cancel(this.ends[place]);
    this.ends[place] = idle;
    this.inService[place] = undefined;
    this.busyPlaces--;
    this.books.busy.set(simulation.nowMs, this.busyPlaces);
  }

  private dropChild(call: Call): void {
    const child = call.child;
    if (child === null) return;
    child.link.cancel(child);
    this.system.release(child);
    call.child = null;
  }

  private depart(call: Call, fate: Fate): void {
    const { simulation } = this.system;
    this.books.leave(simulation.nowMs, call.enteredMs, fate);
    simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  private leave(call: Call, fate: Fate): void {
    this.depart(call, fate);
    answer(call, fate);
  }

  /** What is in service finishes sooner or later than planned, by the work that is left. */
  private changeSpeed(slowness: number): void {
    const { simulation } = this.system;
    const factor = this.slowness / slowness;
    this.slowness = slowness;
    for (let place = 0; place < this.concurrency; place++) {
      if (this.ends[place] === idle) continue;
      simulation.cancel(this.ends[place]);
      this.endsMs[place] = simulation.nowMs + (this.endsMs[place] - simulation.nowMs) * factor;
      this.ends[place] = simulation.scheduleAt(this.endsMs[place], this.endHandler, place, phases.completion);
    }
  }

  private *held(): Iterable<Call> {
    for (const call of this.inService) if (call !== undefined) yield call;
    yield* this.line;
  }

  private snapshot(): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    for (const call of this.held()) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
      const isServed = call.place !== idle;
      recorder.snapshot(nowMs, isServed ? recordKinds.start : recordKinds.wait, this.id, call.request, isServed ? this.endsMs[call.place] - nowMs : 0);
    }
  }

  private close(horizonMs: number): void {
    this.books.close(horizonMs, this.held());
  }
}

function wholeNumber(name: string, what: string, value: number, least: number): number {
  if (value === Infinity && least === 0) return value;
  if (!Number.isInteger(value) || value < least || value > 1_000_000) {
    throw new RangeError(`The ${what} of ${name} is ${value}; it must be a whole number from ${least} to 1,000,000.`);
  }
  return value;
}

function positive(name: string, what: string, value: number): number {
  if (!(value > 0) || value === Infinity) throw new RangeError(`The ${what} of ${name} is ${value}; it must be a number above 0.`);
  return value;
}
