// A server: so many places of service, one line in front. It can crash, run slow and come back.
// A crash refuses what comes and loses what is inside, as a process does whose sockets are reset.
// With a downstream part, a request keeps its place while the server asks that part: how a slow database fills a web server.

import { phases } from '../kernel/calendar';
import { type Accounts, type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import { type PartKind, partStates, recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import { Line } from './line';
import type { Link, LinkOptions } from './link';
import { positive, wholeNumber } from './options';
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
  /** The planned end of the own work at each place, or `idle`; and when that is, also after it has come. */
  private readonly ends: Float64Array;
  private readonly endsMs: Float64Array;
  private readonly freePlaces: number[];
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
    this.queueCapacity = wholeNumber(options.name, 'queue capacity', options.queueCapacity ?? Infinity, 0);
    this.baseSpeed = positive(options.name, 'speed', options.speed ?? 1);
    this.lastCome = options.discipline === 'last-come';
    this.workOf = options.workMs;
    this.books = new StationBooks(options.name);
    this.inService = new Array(this.concurrency).fill(undefined);
    this.ends = new Float64Array(this.concurrency).fill(idle);
    this.endsMs = new Float64Array(this.concurrency);
    this.freePlaces = Array.from({ length: this.concurrency }, (_, index) => this.concurrency - 1 - index);
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
      {
        crash: () => this.crash(),
        restore: () => this.restore(),
        slow: (given) => this.slow(given.factor ?? 0.25),
        'end slow': () => this.endSlow(),
      },
    );
    simulation.parts.push({
      name: this.name,
      snapshot: () => this.snapshot(),
      close: (horizonMs) => this.books.close(horizonMs, this.held()),
      audit: () => this.books.audit(),
    });
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
    if (!this.isUp) this.turnAway(call, fates.failed);
    else if (this.busyPlaces < this.concurrency) {
      this.books.busy.set(nowMs, ++this.busyPlaces);
      this.begin(call, this.freePlaces.pop() as number);
    } else if (this.line.length >= this.queueCapacity) this.reject(call);
    else {
      this.line.push(call);
      if (this.line.length > this.longestLine) this.longestLine = this.line.length;
      recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.line.length);
    }
  }

  cancel(call: Call): void {
    if (call.place !== idle) {
      this.dropChild(call);
      this.end(call, fates.abandoned);
    } else if (this.line.remove(call)) this.depart(call, fates.abandoned);
  }

  /** The downstream part answered: the request is done, for better or worse. */
  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.system.release(child);
    call.child = null;
    const ownFate = fate === fates.lost ? fates.failed : fate;
    this.end(call, ownFate);
    answer(call, ownFate);
  }

  crash(): void {
    if (!this.isUp) return;
    const { simulation } = this.system;
    this.isUp = false;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.down, 0);
    simulation.recorder.mark(simulation.nowMs, 'crash', this.id, `${this.name} crashed`);
    simulation.recorder.say(simulation.nowMs, 'error', this.id, `${this.name} crashed with ${this.inside} requests inside.`);
    // One by one: whoever hears of a loss may take back other calls that are still in here.
    for (let place = 0; place < this.concurrency; place++) {
      const call = this.inService[place];
      if (call === undefined) continue;
      this.dropChild(call);
      this.end(call, fates.lost);
      answer(call, fates.lost);
    }
    while (this.line.length > 0) this.turnAway(this.line.shift(), fates.lost);
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

  /** Ends a slow spell and nothing else: a server that is down stays down. */
  private endSlow(): void {
    if (this.isUp) this.restore();
  }

  private begin(call: Call, place: number): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    this.inService[place] = call;
    call.place = place;
    call.startedMs = nowMs;
    this.started++;
    this.waitedMs += nowMs - call.enteredMs;
    const serviceMs = (this.workOf === undefined ? call.workMs : this.workOf(call)) / (this.baseSpeed * this.slowness);
    simulation.recorder.request(nowMs, recordKinds.start, this.id, call.request, serviceMs);
    this.endsMs[place] = nowMs + serviceMs;
    this.ends[place] = simulation.scheduleAt(nowMs + serviceMs, this.endHandler, place, phases.completion);
  }

  private finishOwnWork(place: number): void {
    const call = this.inService[place] as Call;
    this.ends[place] = idle;
    if (this.downstream === undefined) {
      this.end(call, fates.completed);
      answer(call, fates.completed);
      return;
    }
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.downstream.send(child);
  }

  /** A call in service leaves, and the next in line takes its place in the same instant, before anybody hears of it. */
  private end(call: Call, fate: Fate): void {
    const { place } = call;
    if (this.ends[place] !== idle) {
      this.system.simulation.cancel(this.ends[place]);
      this.ends[place] = idle;
    }
    this.depart(call, fate);
    if (this.line.length > 0 && this.isUp) {
      this.begin(this.lastCome ? this.line.pop() : this.line.shift(), place);
      return;
    }
    this.inService[place] = undefined;
    this.freePlaces.push(place);
    this.books.busy.set(this.system.simulation.nowMs, --this.busyPlaces);
  }

  private reject(call: Call): void {
    const { simulation } = this.system;
    const { recorder, nowMs } = simulation;
    if (this.rejected++ === 0) recorder.mark(nowMs, 'rejection', this.id, `First request rejected by ${this.name}`);
    const text = recorder.wantsText ? `Request ${call.request} rejected: ${this.line.length} already wait at ${this.name}.` : '';
    recorder.say(nowMs, 'warn', this.id, text);
    this.turnAway(call, fates.rejected);
  }

  private dropChild(call: Call): void {
    const { child } = call;
    if (child === null) return;
    call.child = null;
    child.link.cancel(child);
  }

  private depart(call: Call, fate: Fate): void {
    const { simulation } = this.system;
    this.books.leave(simulation.nowMs, call.enteredMs, fate);
    simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  /** Somebody who is not in service leaves. */
  private turnAway(call: Call, fate: Fate): void {
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
    let inLine = 0;
    for (const call of this.held()) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
      if (call.place === idle) recorder.snapshot(nowMs, recordKinds.wait, this.id, call.request, ++inLine);
      else recorder.snapshot(nowMs, recordKinds.start, this.id, call.request, Math.max(0, this.endsMs[call.place] - nowMs));
    }
  }
}
