// The clock of one machine, which may be wrong (offset) and may run wrong (rate). Timers, leases and timestamps that go by it are
// right only as far as it is. Setting it changes what it shows; its rate also changes how long its owner waits.

import type { Simulation } from '../../kernel/simulation';
import { positive } from '../options';
import type { Verbs } from '../system';

export interface ClockOptions {
  /** How far ahead it is at the start, in ms; negative: behind. Default 0. */
  offsetMs?: number;
  /** How fast it runs: 1.001 gains a second in 1,000. Default 1. */
  rate?: number;
}

/** Verbs: skew with `offsetMs` sets it so far from the true time, drift with `rate` makes it run so fast; each `end …` puts it right. */
export class Clock {
  private rateNow: number;
  private shownMs: number;
  private sinceMs = 0;

  constructor(
    private readonly simulation: Pick<Simulation, 'nowMs'>,
    private readonly name: string,
    { offsetMs = 0, rate = 1 }: ClockOptions = {},
  ) {
    this.rateNow = positive(name, 'rate of the clock', rate);
    this.shownMs = this.checked(offsetMs);
  }

  readonly verbs: Verbs = {
    skew: ({ offsetMs = 1000 }) => this.set(offsetMs),
    'end skew': () => this.set(0),
    drift: ({ rate = 1.01 }) => this.run(rate),
    'end drift': () => this.run(1),
  };

  get rate(): number {
    return this.rateNow;
  }

  /** What it shows, in ms. */
  nowMs(): number {
    return this.shownMs + (this.simulation.nowMs - this.sinceMs) * this.rateNow;
  }

  /** How long somebody waits who waits so long by this clock, in simulated ms. */
  truly(ownMs: number): number {
    return ownMs / this.rateNow;
  }

  private set(offsetMs: number): void {
    this.shownMs = this.simulation.nowMs + this.checked(offsetMs);
    this.sinceMs = this.simulation.nowMs;
  }

  /** It goes on from what it shows. */
  private run(rate: number): void {
    this.shownMs = this.nowMs();
    this.sinceMs = this.simulation.nowMs;
    this.rateNow = positive(this.name, 'rate of the clock', rate);
  }

  private checked(offsetMs: number): number {
    if (!Number.isFinite(offsetMs)) throw new RangeError(`The clock of ${this.name} is ${offsetMs} ms off; it must be a number.`);
    return offsetMs;
  }
}
