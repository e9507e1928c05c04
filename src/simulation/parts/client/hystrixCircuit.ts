// The circuit breaker of Netflix Hystrix: every half second it looks at the calls of the last ten seconds, and opens when there were
// enough and too many failed. After a sleep one call is let through, and alone decides.
// Source: Netflix/Hystrix 1.5.18, HystrixCircuitBreaker, HealthCountsStream, HystrixCommandProperties.

import type { Circuit, CircuitState } from './circuit';
import { between, wholeBetween } from './limits';
import { SlidingWindow } from './slidingWindow';

export interface HystrixOptions {
  /** Fewer calls in the window never open it. */
  requestVolume?: number;
  /** It opens at this percentage of failures, cut off to a whole one, or more. */
  errorPercent?: number;
  /** After this long, strictly, one call is let through, in ms. */
  sleepMs?: number;
  windowMs?: number;
  /** Between two looks, in whole ms: a divisor of the window. */
  snapshotMs?: number;
}

/** What Hystrix does unless told otherwise. The second line concerns its other parts: timeout, pool and semaphore of a command. */
export const hystrixDefaults = {
  ...{ requestVolume: 20, errorPercent: 50, sleepMs: 5000, windowMs: 10_000, snapshotMs: 500 },
  ...{ statisticBuckets: 10, timeoutMs: 1000, poolThreads: 10, queueRejection: 5, semaphores: 10 },
} as const;

export class HystrixCircuit implements Circuit {
  state: CircuitState = 'closed';
  private readonly options: Required<HystrixOptions>;
  private readonly slices: number;
  private window!: SlidingWindow;
  private originMs = 0;
  private looks = 0;
  private openedMs = 0;

  /** Throws RangeError for numbers that are no counts, percentages or times, or a window that is no multiple of the looks. */
  constructor(options: HystrixOptions = {}, nowMs = 0) {
    this.options = { ...hystrixDefaults, ...options };
    const { requestVolume, errorPercent, sleepMs, windowMs, snapshotMs } = this.options;
    const name = 'a circuit breaker';
    wholeBetween(name, 'least number of calls', requestVolume, 0, 1_000_000);
    between(name, 'error percentage', errorPercent, 0, 100);
    between(name, 'sleep in ms', sleepMs, 0, Number.MAX_SAFE_INTEGER);
    wholeBetween(name, 'time between two looks in ms', snapshotMs, 1, Number.MAX_SAFE_INTEGER);
    this.slices = wholeBetween(name, 'number of looks in a window', windowMs / snapshotMs, 1, 1_000_000);
    this.reset(nowMs);
  }

  get dueMs(): number {
    return this.state === 'closed' && this.window.sums[0] > 0 ? this.nextLookMs : Infinity;
  }

  tryAcquire(nowMs: number): boolean {
    this.elapse(nowMs);
    if (this.state === 'open' && nowMs > this.openedMs + this.options.sleepMs) {
      this.state = 'half-open';
      return true;
    }
    return this.state === 'closed' || this.state === 'disabled';
  }

  record(nowMs: number, _durationMs: number, isFailure: boolean): void {
    this.elapse(nowMs);
    this.window.record(nowMs, isFailure, false);
    if (this.state !== 'half-open') return;
    if (isFailure) this.open(nowMs);
    else this.reset(nowMs);
  }

  /** A trial that was taken back has not succeeded. */
  release(nowMs: number): void {
    this.elapse(nowMs);
    if (this.state === 'half-open') this.open(nowMs);
  }

  elapse(nowMs: number): void {
    while (this.nextLookMs <= nowMs) {
      const lookMs = this.nextLookMs;
      this.looks++;
      this.window.moveTo(lookMs);
      // With nothing to see, the looks up to now are all alike.
      if (this.window.sums[0] === 0) this.looks = Math.max(this.looks, Math.floor((nowMs - this.originMs) / this.options.snapshotMs));
      if (this.state === 'closed' && this.isTooBad()) this.open(lookMs);
    }
  }

  transitionTo(state: CircuitState, nowMs: number): void {
    this.elapse(nowMs);
    if (state === 'half-open' || state === 'metrics-only') throw new Error(`A Hystrix circuit breaker cannot become ${state} by hand.`);
    if (state === 'closed') this.reset(nowMs);
    else if (state === 'open') this.open(nowMs);
    else this.state = state;
  }

  why(): string {
    const [calls, failed] = this.window.sums;
    return calls === 0 ? '' : `of the latest ${calls} calls ${failed} failed`;
  }

  private get nextLookMs(): number {
    return this.originMs + (this.looks + 1) * this.options.snapshotMs;
  }

  private isTooBad(): boolean {
    const [calls, failed] = this.window.sums;
    const percent = calls === 0 ? 0 : Math.trunc((failed / calls) * 100);
    return calls >= this.options.requestVolume && percent >= this.options.errorPercent;
  }

  private open(nowMs: number): void {
    this.state = 'open';
    this.openedMs = nowMs;
  }

  private reset(nowMs: number): void {
    this.state = 'closed';
    this.originMs = nowMs;
    this.looks = 0;
    // One slice more: the one being written is not looked at before it is over.
    this.window = new SlidingWindow(this.slices + 1, this.options.snapshotMs, nowMs, nowMs);
  }
}
