// A machine that keeps data: what all kinds of replication have in common. It can crash (its disk stays, whoever waits does not),
// stand still (what comes meanwhile waits, and finds it as it was), run slow, and have a wrong clock.

import { type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import type { SpokenValues } from '../../record/spoken';
import { recordKinds } from '../../record/trace';
import { answer, type Call, type Part } from '../call';
import { Condition, type Machine } from '../condition';
import { Clock, type ClockOptions } from '../faults/clock';
import type { System, Verbs } from '../system';

export interface StoreNodeOptions {
  label?: string;
  clock?: ClockOptions;
  /** Something starts it again so long after a crash, in ms. Default: nobody does. */
  restartAfterMs?: number;
}

/** Verbs: crash, restore, restart, slow, pause (condition.ts); skew and drift (clock.ts). */
export abstract class StoreNode implements Part, Machine {
  readonly id: number;
  readonly books: StationBooks;
  readonly condition: Condition;
  readonly clock: Clock;
  /** What came while it stood still. */
  private missed: (Call | (() => void))[] = [];

  constructor(
    readonly system: System,
    readonly name: string,
    readonly index: number,
    { label = `Node ${index + 1}`, clock, restartAfterMs }: StoreNodeOptions,
    verbs: Verbs = {},
  ) {
    const { simulation } = system;
    this.books = new StationBooks(name);
    this.clock = new Clock(simulation, name, clock);
    this.condition = new Condition(system, this, { restartAfterMs });
    this.id = system.register(
      { name, kind: 'database', label, concurrency: 0, queueCapacity: 0, speed: 1 },
      { ...this.condition.verbs, ...this.clock.verbs, ...verbs },
    );
    simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.books.warm(nowMs, this.held()),
      close: (horizonMs) => this.books.close(horizonMs, this.held()),
      audit: () => this.books.audit(),
    });
  }

  get nowMs(): number {
    return this.system.simulation.nowMs;
  }

  get isUp(): boolean {
    return this.condition.isUp;
  }

  get inside(): number {
    return this.books.inside.value;
  }

  accept(call: Call): void {
    const { nowMs } = this;
    this.books.enter(nowMs);
    call.enteredMs = nowMs;
    call.place = 0;
    this.system.simulation.recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    if (!this.isUp) this.finish(call, fates.failed);
    else if (this.condition.isPaused) this.missed.push(call);
    else this.serve(call);
  }

  cancel(call: Call): void {
    const at = this.missed.indexOf(call);
    if (at >= 0) this.missed.splice(at, 1);
    else this.giveUp(call);
    this.leave(call, fates.abandoned);
  }

  /** Runs something now; or when it no longer stands still; or, when it is down, never. */
  whenAwake(action: () => void): void {
    if (!this.isUp) return;
    if (this.condition.isPaused) this.missed.push(action);
    else action();
  }

  finish(call: Call, fate: Fate): void {
    this.leave(call, fate);
    answer(call, fate);
  }

  dropAll(): void {
    this.crashed();
    const missed = this.missed;
    this.missed = [];
    for (const one of missed) if (typeof one !== 'function') this.finish(one, fates.lost);
    this.wasDown = true;
  }

  changeSpeed(factor: number): void {
    this.speedChanged(factor);
    if (factor === 0) return;
    if (this.wasDown) {
      this.wasDown = false;
      this.restored();
    }
    const missed = this.missed;
    this.missed = [];
    for (const one of missed) {
      if (typeof one === 'function') one();
      else this.serve(one);
    }
  }

  say(level: 'info' | 'warn', what: string, values?: SpokenValues): void {
    const { recorder } = this.system.simulation;
    recorder.mark(this.nowMs, 'health', this.id, what, values);
    recorder.say(this.nowMs, level, this.id, what, values);
  }

  /** For the picture, data that come to a replica are a visit of the request that wrote them. */
  protected noteCopy(request: number, from: number): void {
    const { recorder } = this.system.simulation;
    recorder.request(this.nowMs, recordKinds.enter, this.id, request, from);
    recorder.request(this.nowMs, recordKinds.leave, this.id, request, fates.completed);
  }

  private wasDown = false;

  /** Answers the call now or later. It is up and awake. */
  protected abstract serve(call: Call): void;
  protected crashed(): void {}
  protected restored(): void {}
  protected speedChanged(_factor: number): void {}
  /** Calls that wait here for something. */
  protected waiting(): Iterable<Call> {
    return [];
  }
  /** The caller of one of them no longer waits. */
  protected giveUp(_call: Call): void {}

  private leave(call: Call, fate: Fate): void {
    this.books.leave(this.nowMs, call.enteredMs, fate);
    this.system.simulation.recorder.request(this.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  private *held(): Iterable<Call> {
    yield* this.waiting();
    for (const one of this.missed) if (typeof one !== 'function') yield one;
  }

  private snapshot(): void {
    const { recorder } = this.system.simulation;
    for (const call of this.held()) recorder.snapshot(this.nowMs, recordKinds.enter, this.id, call.request, -1);
  }
}
