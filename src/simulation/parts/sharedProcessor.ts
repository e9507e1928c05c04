// Processor sharing: all who are inside are served at once, each at its share of the speed. How a processor runs many threads.
// A virtual clock ticks with the share: a call of work w that enters at virtual time v leaves at v + w, whatever others do,
// so an arrival or departure moves one planned event and not all of them. Kleinrock, Queueing Systems II (1976), section 4.4.

import type { EventHandle } from '../kernel/calendar';
import { phases } from '../kernel/calendar';
import { type Accounts, type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import * as sentences from '../record/sentences';
import { recordKinds } from '../record/trace';
import { answer, type Call, type Part } from './call';
import { Condition, type ConditionOptions, type Machine } from './condition';
import { positive, wholeNumber } from './options';
import type { ServerOptions } from './server';
import type { System } from './system';

export interface SharedProcessorOptions extends ConditionOptions, Pick<ServerOptions, 'name' | 'label' | 'kind' | 'speed' | 'workMs'> {
  /** The most that may be inside; one more is rejected. Default: no limit. */
  capacity?: number;
}

/** One call inside: it ends when the virtual clock shows `end`. */
interface Share {
  call: Call;
  end: number;
}

export class SharedProcessor implements Part, Machine {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  readonly condition: Condition;
  rejected = 0;
  private hasRejected = false;
  /** By end, those with equal ends in order of arrival. */
  private readonly shares: Share[] = [];
  /** Work in ms that each of those inside has received since the last time nobody was. */
  private virtualMs = 0;
  private virtualAtMs = 0;
  private nextEnd: EventHandle = 0;
  private readonly endHandler: number;
  private readonly speed: number;
  /** Work per ms, shared by all; 0 while paused. */
  private rate: number;
  private readonly capacity: number;
  private readonly workOf: ((call: Call) => number) | undefined;

  constructor(
    private readonly system: System,
    options: SharedProcessorOptions,
  ) {
    const { simulation } = system;
    this.name = options.name;
    this.speed = positive(options.name, 'speed', options.speed ?? 1);
    this.capacity = wholeNumber(options.name, 'capacity', options.capacity ?? Infinity, 0);
    this.workOf = options.workMs;
    this.books = new StationBooks(options.name);
    this.endHandler = simulation.on(() => this.finishFirst());
    this.condition = new Condition(system, this, options);
    this.rate = this.speed;
    this.id = system.register(
      {
        name: options.name,
        kind: options.kind ?? 'server',
        label: options.label ?? options.name,
        concurrency: this.capacity,
        queueCapacity: 0,
        speed: this.speed,
      },
      this.condition.verbs,
    );
    simulation.parts.push({
      name: this.name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => this.books.close(horizonMs, this.held()),
      audit: () => this.books.audit(),
    });
  }

  get inside(): number {
    return this.books.inside.value;
  }

  /** Share of the time that somebody is inside, over the whole run so far. */
  utilization(): number {
    return this.books.busy.mean(this.system.simulation.nowMs);
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  accept(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    this.books.enter(nowMs);
    call.enteredMs = nowMs;
    recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    if (!this.isUp) this.turnAway(call, fates.failed);
    else if (this.shares.length >= this.capacity) {
      this.rejected++;
      this.markFirstRejection();
      this.turnAway(call, fates.rejected);
    } else this.begin(call);
  }

  cancel(call: Call): void {
    const at = this.shares.findIndex((share) => share.call === call);
    if (at < 0) return;
    this.advance();
    this.shares.splice(at, 1);
    this.planNext();
    this.depart(call, fates.abandoned);
  }

  dropAll(): void {
    this.advance();
    // One by one: whoever hears of a loss may take back other calls that are still in here.
    for (let share = this.shares.shift(); share !== undefined; share = this.shares.shift()) this.turnAway(share.call, fates.lost);
    this.planNext();
  }

  changeSpeed(factor: number): void {
    this.advance();
    this.rate = this.speed * factor;
    this.planNext();
  }

  get isUp(): boolean {
    return this.condition.isUp;
  }

  /** Share of the normal speed at which it works now: 0 while paused. */
  get slowness(): number {
    return this.condition.factor;
  }

  private begin(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    this.advance();
    call.startedMs = nowMs;
    const workMs = this.workOf === undefined ? call.workMs : this.workOf(call);
    const end = this.virtualMs + workMs;
    let at = this.shares.length;
    while (at > 0 && this.shares[at - 1].end > end) at--;
    this.shares.splice(at, 0, { call, end });
    // Expected service time if nobody comes or goes.
    recorder.request(nowMs, recordKinds.start, this.id, call.request, (workMs * this.shares.length) / this.shownRate());
    this.planNext();
  }

  /** The first in order of end is done. Others with the same end follow at this same instant. */
  private finishFirst(): void {
    const { call, end } = this.shares.shift() as Share;
    // Exactly its end, so that rounding on the way does not add up.
    this.virtualMs = end;
    this.virtualAtMs = this.system.simulation.nowMs;
    this.planNext();
    this.turnAway(call, fates.completed);
  }

  /** What the virtual clock shows now; with nobody inside it starts over. */
  private virtualNow(): number {
    const { length } = this.shares;
    if (length === 0) return 0;
    return this.virtualMs + ((this.system.simulation.nowMs - this.virtualAtMs) * this.rate) / length;
  }

  private advance(): void {
    this.virtualMs = this.virtualNow();
    this.virtualAtMs = this.system.simulation.nowMs;
  }

  private planNext(): void {
    const { simulation } = this.system;
    const { length } = this.shares;
    simulation.cancel(this.nextEnd);
    this.books.busy.set(simulation.nowMs, length > 0 ? 1 : 0);
    if (length === 0 || this.rate === 0) return;
    const delayMs = Math.max(0, ((this.shares[0].end - this.virtualMs) * length) / this.rate);
    this.nextEnd = simulation.schedule(delayMs, this.endHandler, 0, phases.completion);
  }

  /** Standing still, it shows the time that things would take. */
  private shownRate(): number {
    return this.rate > 0 ? this.rate : this.speed;
  }

  private markFirstRejection(): void {
    if (this.hasRejected) return;
    this.hasRejected = true;
    const { nowMs, recorder } = this.system.simulation;
    recorder.mark(nowMs, 'rejection', this.id, sentences.firstRejected);
  }

  private depart(call: Call, fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    this.books.leave(nowMs, call.enteredMs, fate);
    recorder.request(nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  private turnAway(call: Call, fate: Fate): void {
    this.depart(call, fate);
    answer(call, fate);
  }

  private held(): Call[] {
    return this.shares.map(({ call }) => call);
  }

  private warm(nowMs: number): void {
    this.books.warm(nowMs, this.held());
    this.rejected = 0;
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    // Only looks: moving the virtual clock here would round a recorded run differently from an unrecorded one.
    const virtualMs = this.virtualNow();
    for (const { call, end } of this.shares) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
      recorder.snapshot(nowMs, recordKinds.start, this.id, call.request, ((end - virtualMs) * this.shares.length) / this.shownRate());
    }
  }
}
