// A server: so many places of service, one line in front, and a condition (up, slow, paused, down: condition.ts).
// A crash refuses what comes and loses what is inside, as a process does whose sockets are reset.
// With a downstream part, a request keeps its place while the server asks that part: how a slow database fills a web server.

import { phases } from '../kernel/calendar';
import { type Accounts, type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import * as sentences from '../record/sentences';
import { type PartKind, recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import { Condition, type ConditionOptions, type Machine } from './condition';
import { Line, type WaitingLine } from './line';
import type { Link, LinkOptions } from './link';
import { positive, wholeNumber } from './options';
import { OrderedLine } from './orderedLine';
import type { System } from './system';

/** Who is served next. The last two interrupt a service under way for whoever should go before it; what was done is kept. */
export type Discipline = 'first-come' | 'last-come' | 'priority' | 'shortest-first' | 'priority-interrupting' | 'shortest-remaining';

export interface ServerOptions extends ConditionOptions {
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
  /** For the priority disciplines: smaller goes first. Default: the number of the request's class. */
  priority?: (call: Call) => number;
  /** Work that a call means here, when it is not `call.workMs`. */
  workMs?: (call: Call) => number;
  /** A call whose deadline has passed is not begun: it is answered as timed out. Default: it is served for nobody. */
  dropsExpired?: boolean;
  /** Factor on the speed of each place while so many are in use: how a crowded machine slows. Default: 1 always. */
  speedWith?: (busyPlaces: number) => number;
}

const idle = -1;
/** A line of so many is the first that the log tells of. */
const firstTold = 8;

export class Server implements Part, Caller, Machine {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  readonly condition: Condition;
  rejected = 0;
  private hasRejected = false;
  /** Times that a service was interrupted for another call. */
  interrupted = 0;
  /** Those whose service began, and how long they had waited in all. */
  started = 0;
  waitedMs = 0;
  longestLine = 0;
  private nextTold = firstTold;
  private readonly line: WaitingLine;
  /** Smaller goes first; undefined when the order of arrival decides. */
  private readonly keyOf: ((call: Call) => number) | undefined;
  private readonly interrupts: boolean;
  private readonly concurrency: number;
  private queueCapacity: number;
  private readonly baseSpeed: number;
  /** Work per ms at each place, as things are now; 0 while paused. */
  private rate: number;
  private readonly speedWith: ((busyPlaces: number) => number) | undefined;
  private readonly dropsExpired: boolean;
  private readonly inService: (Call | undefined)[];
  /** The planned end of the own work at each place, or `idle`; and when that is, also after it has come. */
  private readonly ends: Float64Array;
  private readonly endsMs: Float64Array;
  /** The first of them, as many as are free; not a list, whose ends would be garbage at each change. */
  private readonly freePlaces: Int32Array;
  private busyPlaces = 0;
  private downstream: Link | undefined;
  private readonly endHandler: number;
  private readonly workOf: ((call: Call) => number) | undefined;

  constructor(
    private readonly system: System,
    options: ServerOptions,
  ) {
    const { name, discipline = 'first-come' } = options;
    this.name = name;
    this.concurrency = wholeNumber(name, 'concurrency', options.concurrency ?? 1, 1);
    this.queueCapacity = wholeNumber(name, 'queue capacity', options.queueCapacity ?? Infinity, 0);
    this.baseSpeed = positive(name, 'speed', options.speed ?? 1);
    this.rate = this.baseSpeed;
    this.keyOf = keyOf(discipline, options.priority ?? ((call) => call.requestClass));
    this.interrupts = discipline === 'priority-interrupting' || discipline === 'shortest-remaining';
    this.line = this.keyOf === undefined ? new Line(discipline === 'last-come') : new OrderedLine(this.keyOf);
    this.workOf = options.workMs;
    this.speedWith = options.speedWith;
    this.dropsExpired = options.dropsExpired ?? false;
    this.books = new StationBooks(name);
    this.inService = new Array(this.concurrency).fill(undefined);
    this.ends = new Float64Array(this.concurrency).fill(idle);
    this.endsMs = new Float64Array(this.concurrency);
    this.freePlaces = Int32Array.from({ length: this.concurrency }, (_, index) => this.concurrency - 1 - index);
    const { simulation } = system;
    this.endHandler = simulation.on((place) => this.finishOwnWork(place));
    this.condition = new Condition(system, this, options);
    this.id = system.register(
      {
        name,
        kind: options.kind ?? 'server',
        label: options.label ?? name,
        concurrency: this.concurrency,
        queueCapacity: this.queueCapacity,
        speed: this.baseSpeed,
      },
      this.condition.verbs,
    );
    simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => this.books.close(horizonMs, this.held()),
      audit: () => this.books.audit(),
    });
  }

  /** After its own work, a request is completed by asking this part; it keeps its place meanwhile. */
  asks(part: Part, options?: LinkOptions): this {
    this.downstream = this.system.link(this.id, part, options);
    return this;
  }

  get isUp(): boolean {
    return this.condition.isUp;
  }

  /** Share of the normal speed at which it works now: 0 while paused. */
  get slowness(): number {
    return this.condition.factor;
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
    if (recorder.isHashed) recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    if (this.keyOf !== undefined) call.remainingMs = this.workFor(call);
    if (!this.condition.isUp) this.turnAway(call, fates.failed);
    else if (this.isExpired(call)) this.turnAway(call, fates.timedOut);
    else if (this.busyPlaces < this.concurrency) {
      this.books.busy.set(nowMs, ++this.busyPlaces);
      this.begin(call, this.freePlaces[this.concurrency - this.busyPlaces]);
      if (this.speedWith !== undefined) this.crowd();
    } else if (this.line.length >= this.queueCapacity) this.reject(call);
    else if (!(this.interrupts && this.interruptFor(call))) this.wait(call);
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

  dropAll(): void {
    // One by one: whoever hears of a loss may take back other calls that are still in here.
    for (let place = 0; place < this.concurrency; place++) {
      const call = this.inService[place];
      if (call === undefined) continue;
      this.dropChild(call);
      this.end(call, fates.lost);
      answer(call, fates.lost);
    }
    while (this.line.length > 0) this.turnAway(this.line.next(), fates.lost);
  }

  /** The most that may wait from now on; Infinity for no limit. Whoever waits already stays. */
  setQueueCapacity(queueCapacity: number): void {
    this.queueCapacity = wholeNumber(this.name, 'queue capacity', queueCapacity, 0);
  }

  /** What is in service finishes sooner or later than planned, by the work that is left. */
  changeSpeed(factor: number): void {
    const rate = this.baseSpeed * factor * (this.speedWith === undefined ? 1 : this.speedWith(Math.max(1, this.busyPlaces)));
    if (rate === this.rate) return;
    const wasPaused = this.rate === 0;
    for (let place = 0; place < this.concurrency; place++) {
      if (this.ends[place] === idle) continue;
      const call = this.inService[place] as Call;
      if (rate === 0) {
        call.remainingMs = this.workLeft(place);
        this.plan(place, Infinity);
        continue;
      }
      const { nowMs, recorder } = this.system.simulation;
      this.plan(place, nowMs + (wasPaused ? call.remainingMs / rate : (this.endsMs[place] - nowMs) * (this.rate / rate)));
      if (wasPaused || this.speedWith !== undefined) {
        recorder.request(nowMs, recordKinds.replan, this.id, call.request, this.endsMs[place] - nowMs);
      }
    }
    this.rate = rate;
  }

  private begin(call: Call, place: number): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    this.inService[place] = call;
    call.place = place;
    call.startedMs = nowMs;
    this.started++;
    this.waitedMs += nowMs - call.enteredMs;
    if (this.keyOf === undefined) call.remainingMs = this.workFor(call);
    const { rate } = this;
    // One that begins while the server stands still is shown with the time that it would take.
    const serviceMs = call.remainingMs / (rate > 0 ? rate : this.baseSpeed);
    if (simulation.recorder.isHashed) simulation.recorder.request(nowMs, recordKinds.start, this.id, call.request, serviceMs);
    const endMs = rate > 0 ? nowMs + serviceMs : Infinity;
    this.endsMs[place] = endMs;
    this.ends[place] = simulation.scheduleAt(endMs, this.endHandler, place, phases.completion);
  }

  private workFor(call: Call): number {
    return this.workOf === undefined ? call.workMs : this.workOf(call);
  }

  private wait(call: Call): void {
    const { simulation } = this.system;
    this.join(call);
    if (simulation.recorder.isHashed)
      simulation.recorder.request(simulation.nowMs, recordKinds.wait, this.id, call.request, this.line.length);
  }

  private join(call: Call): void {
    this.line.push(call);
    if (this.line.length > this.longestLine) this.tellLongest(this.line.length);
  }

  /** The line has never been longer; the log hears of it each time when that has doubled. */
  private tellLongest(waiting: number): void {
    this.longestLine = waiting;
    if (waiting < this.nextTold) return;
    this.nextTold = 2 * waiting;
    const { nowMs, recorder } = this.system.simulation;
    recorder.say(nowMs, 'warn', this.id, sentences.longLine, recorder.wantsText ? { waiting } : undefined);
  }

  /** Work that is left at a place, in ms at speed 1. */
  private workLeft(place: number): number {
    if (this.rate === 0) return (this.inService[place] as Call).remainingMs;
    return (this.endsMs[place] - this.system.simulation.nowMs) * this.rate;
  }

  /** Puts the least urgent service back in line for a more urgent call; false when none is less urgent. Waiting for another part is not interrupted. */
  private interruptFor(call: Call): boolean {
    const keyOf = this.keyOf as (call: Call) => number;
    let worst = -1;
    let worstKey = keyOf(call);
    for (let place = 0; place < this.concurrency; place++) {
      if (this.ends[place] === idle) continue;
      const served = this.inService[place] as Call;
      served.remainingMs = this.workLeft(place);
      const key = keyOf(served);
      if (key > worstKey) [worst, worstKey] = [place, key];
    }
    if (worst < 0) return false;
    const { simulation } = this.system;
    const served = this.inService[worst] as Call;
    simulation.cancel(this.ends[worst]);
    this.interrupted++;
    served.place = idle;
    // It will begin again and is counted then, from its arrival on: what it waited and was served so far is taken off.
    this.started--;
    this.waitedMs -= simulation.nowMs - served.enteredMs;
    this.join(served);
    simulation.recorder.request(simulation.nowMs, recordKinds.interrupt, this.id, served.request, served.remainingMs);
    this.begin(call, worst);
    return true;
  }

  private plan(place: number, endMs: number): void {
    const { simulation } = this.system;
    simulation.cancel(this.ends[place]);
    this.endsMs[place] = endMs;
    this.ends[place] = simulation.scheduleAt(endMs, this.endHandler, place, phases.completion);
  }

  /** The number of places in use has changed, and with it the speed of each. */
  private crowd(): void {
    this.changeSpeed(this.condition.factor);
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
    this.inService[place] = undefined;
    while (this.line.length > 0 && this.condition.isUp) {
      const next = this.line.next();
      if (!this.isExpired(next)) {
        this.begin(next, place);
        return;
      }
      this.turnAway(next, fates.timedOut);
    }
    this.freePlaces[this.concurrency - this.busyPlaces] = place;
    this.books.busy.set(this.system.simulation.nowMs, --this.busyPlaces);
    if (this.speedWith !== undefined) this.crowd();
  }

  private isExpired(call: Call): boolean {
    return this.dropsExpired && call.deadlineMs <= this.system.simulation.nowMs;
  }

  private reject(call: Call): void {
    const { simulation } = this.system;
    const { recorder, nowMs } = simulation;
    this.rejected++;
    this.markFirstRejection();
    const values = recorder.wantsText ? { waiting: this.line.length } : undefined;
    recorder.say(nowMs, 'warn', this.id, sentences.rejected, values, call.request);
    this.turnAway(call, fates.rejected);
  }

  private markFirstRejection(): void {
    if (this.hasRejected) return;
    this.hasRejected = true;
    const { nowMs, recorder } = this.system.simulation;
    recorder.mark(nowMs, 'rejection', this.id, sentences.firstRejected);
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
    if (simulation.recorder.isHashed) simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  /** Somebody who is not in service leaves. */
  private turnAway(call: Call, fate: Fate): void {
    this.depart(call, fate);
    answer(call, fate);
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
      else recorder.snapshot(nowMs, recordKinds.start, this.id, call.request, this.shownLeftMs(call.place));
    }
  }

  /** The warm-up ends. Waits that began before it count from now on. */
  private warm(nowMs: number): void {
    this.books.warm(nowMs, this.held());
    this.started = 0;
    this.waitedMs = 0;
    for (const call of this.line) this.waitedMs -= nowMs - call.enteredMs;
    this.rejected = 0;
    this.interrupted = 0;
    this.longestLine = this.line.length;
  }

  private shownLeftMs(place: number): number {
    if (this.rate === 0 && this.ends[place] !== idle) return this.workLeft(place) / this.baseSpeed;
    return Math.max(0, this.endsMs[place] - this.system.simulation.nowMs);
  }
}

function keyOf(discipline: Discipline, priority: (call: Call) => number): ((call: Call) => number) | undefined {
  switch (discipline) {
    case 'priority':
    case 'priority-interrupting':
      return priority;
    case 'shortest-first':
    case 'shortest-remaining':
      return (call) => call.remainingMs;
    default:
      return undefined;
  }
}
