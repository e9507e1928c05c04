// A run: one clock, one calendar, the parts, and what is written down about them.
// The clock jumps from event to event; between two events nothing can change. Times are in milliseconds.
// Handlers are registered once and named by number, so that scheduling an event creates no garbage.

import { Recorder, type RecordWindow } from '../record/trace';
import { Calendar, type EventHandle, type Phase, phases } from './calendar';
import { RandomSource } from './random';

export interface SimulationOptions {
  /** Whole number from 0 to 2^53 - 1. The same seed gives the same run. */
  seed: number;
  record?: RecordWindow;
  /** A run that needs more events stops with a message. */
  eventLimit?: number;
  /** What happens before this time is simulated and recorded as ever, but not measured. Default 0. */
  warmUpMs?: number;
}

/** What a simulation knows of a part: enough to check its books and to describe what it holds. */
export interface Bookkeeping {
  name: string;
  /** Writes what the part holds now, for a recording that begins mid-run. */
  snapshot?(): void;
  /** Called once when the warm-up ends, before anything else of that instant: measurements begin anew. */
  warm?(nowMs: number): void;
  /** Called once at the horizon, to close time-weighted levels. */
  close?(horizonMs: number): void;
  /** Throws when the part's accounts or Little's law do not hold. Called after `close`. */
  audit?(): void;
}

type Handler = (payload: number) => void;

const defaultEventLimit = 20_000_000;

export class Simulation {
  /** Simulated time in ms. */
  nowMs = 0;
  events = 0;
  readonly random: RandomSource;
  readonly recorder: Recorder;
  readonly parts: Bookkeeping[] = [];
  private readonly calendar = new Calendar();
  private readonly handlers: Handler[] = [];
  private readonly actions: (() => void)[] = [];
  private readonly freeActions: number[] = [];
  private readonly actionHandler: number;
  private readonly eventLimit: number;
  private readonly warmUpMs: number;
  private hasRun = false;

  constructor(options: SimulationOptions) {
    if (!Number.isSafeInteger(options.seed) || options.seed < 0) {
      throw new RangeError(`The seed is ${options.seed}; it must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
    }
    this.random = new RandomSource(options.seed);
    this.recorder = new Recorder(options.record ?? { detail: 'none' });
    this.eventLimit = options.eventLimit ?? defaultEventLimit;
    this.actionHandler = this.on((index) => {
      this.freeActions.push(index);
      this.actions[index]();
    });
    if (this.recorder.snapshotAtMs >= 0) {
      // The first entry of its instant, so it comes before anything that happens then.
      this.at(this.recorder.snapshotAtMs, () => this.snapshotParts(), phases.intervention);
    }
    this.warmUpMs = options.warmUpMs ?? 0;
    if (!(this.warmUpMs >= 0)) throw new RangeError(`The warm-up is ${this.warmUpMs} ms; it must be 0 or more.`);
    if (this.warmUpMs > 0) this.at(this.warmUpMs, () => this.warmParts(), phases.intervention);
  }

  /** Registers what happens at a kind of event; the number is for `schedule`. */
  on(handler: Handler): number {
    return this.handlers.push(handler) - 1;
  }

  /** Plans an event `delayMs` from now. Throws when that is in the past or not a number. */
  schedule(delayMs: number, handler: number, payload = 0, phase: Phase = phases.normal): EventHandle {
    if (!(delayMs >= 0)) {
      throw new RangeError(`At ${this.nowMs} ms an event was scheduled ${delayMs} ms ahead; a delay must be 0 or more.`);
    }
    return this.calendar.push(this.nowMs + delayMs, phase, handler, payload);
  }

  /** As `schedule`, with the instant itself: no rounding by adding and subtracting. */
  scheduleAt(timeMs: number, handler: number, payload = 0, phase: Phase = phases.normal): EventHandle {
    if (!(timeMs >= this.nowMs)) this.refusePast(timeMs);
    return this.calendar.push(timeMs, phase, handler, payload);
  }

  /** Plans something that happens seldom, written as a closure. */
  at(timeMs: number, action: () => void, phase: Phase = phases.normal): EventHandle {
    if (!(timeMs >= this.nowMs)) this.refusePast(timeMs);
    const index = this.freeActions.pop() ?? this.actions.length;
    this.actions[index] = action;
    return this.calendar.push(timeMs, phase, this.actionHandler, index);
  }

  /** Repeats an action at `startMs`, `startMs + intervalMs`, … until the horizon: multiples, so that rounding does not add up. */
  every(intervalMs: number, action: () => void, startMs = intervalMs, phase: Phase = phases.observation): void {
    if (!(intervalMs > 0)) throw new RangeError(`An interval must be more than 0 ms, not ${intervalMs}.`);
    let count = 0;
    const handler = this.on(() => {
      action();
      count++;
      this.scheduleAt(startMs + count * intervalMs, handler, 0, phase);
    });
    this.scheduleAt(startMs, handler, 0, phase);
  }

  cancel(handle: EventHandle): void {
    this.calendar.cancel(handle);
  }

  /** Lets everything up to and including `horizonMs` happen, then sets the clock there and closes the books of the parts. Once. */
  runUntil(horizonMs: number): void {
    if (!(horizonMs >= 0 && horizonMs < Infinity))
      throw new RangeError(`The horizon is ${horizonMs} ms; it must be 0 or more, and finite.`);
    if (this.warmUpMs > 0 && this.warmUpMs >= horizonMs)
      throw new RangeError(`The warm-up lasts ${this.warmUpMs} ms; it must end before the horizon of ${horizonMs} ms.`);
    if (this.hasRun) throw new Error(`This simulation has run to ${this.nowMs} ms and its books are closed; make another one.`);
    this.hasRun = true;
    const { calendar, handlers, eventLimit } = this;
    while (calendar.pop(horizonMs)) {
      this.nowMs = calendar.poppedTimeMs;
      if (++this.events > eventLimit) this.refuseMoreEvents();
      handlers[calendar.poppedHandler](calendar.poppedPayload);
    }
    this.nowMs = horizonMs;
    for (const part of this.parts) part.close?.(horizonMs);
  }

  /** Throws when any part's books do not balance. Call it after `runUntil`. */
  audit(): void {
    for (const part of this.parts) part.audit?.();
  }

  private refusePast(timeMs: number): never {
    throw new RangeError(`At ${this.nowMs} ms an event was scheduled for ${timeMs} ms; the past cannot be changed.`);
  }

  private refuseMoreEvents(): never {
    throw new Error(
      `The run passed its limit of ${this.eventLimit} events at ${this.nowMs} ms. Shorten the horizon or lower the arrival rate.`,
    );
  }

  private snapshotParts(): void {
    // Looking is no event of the model: a run counts the same whatever is recorded.
    this.events--;
    for (const part of this.parts) part.snapshot?.();
  }

  private warmParts(): void {
    // Measuring is no event of the model either.
    this.events--;
    for (const part of this.parts) part.warm?.(this.nowMs);
  }
}
