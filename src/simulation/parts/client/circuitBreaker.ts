// The circuit breaker of resilience4j: closed while most calls succeed, open when too many of the latest failed or were slow, and
// after a wait half-open: a few calls decide. It only decides; parts/client/breaker.ts is the part that asks or does not.
// Source: resilience4j 2.3.0, CircuitBreakerStateMachine, CircuitBreakerMetrics and CircuitBreakerConfig.

import type { Circuit, CircuitState } from './circuit';
import { between, wholeBetween } from './limits';
import { SlidingWindow } from './slidingWindow';

export interface CircuitOptions {
  /** It opens at this percentage of failures or more: above 0, up to 100. */
  failureRatePercent?: number;
  /** It opens at this percentage of slow calls or more: above 0, up to 100. */
  slowRatePercent?: number;
  /** A call is slow when it takes longer than this, in ms. */
  slowMs?: number;
  /** calls: the latest `windowSize` calls. seconds: those of the latest `windowSize` seconds of the clock. */
  window?: 'calls' | 'seconds';
  windowSize?: number;
  /** No rate is known with fewer calls; in a window of calls, and half-open, at most as many as can be there. */
  minimumCalls?: number;
  /** Calls that are let through half-open. */
  halfOpenCalls?: number;
  /** It stays open for this long in ms, whole, 1 or more; or a function of how often it has opened since it was last closed. */
  openMs?: number | ((times: number) => number);
  /** Longest time half-open in ms, whole; then it opens again. 0: no limit. */
  halfOpenMs?: number;
  /** Becomes half-open as soon as the wait is over. Otherwise the first call strictly after the wait makes it so. */
  halfOpensAlone?: boolean;
}

/** What resilience4j does unless told otherwise. */
export const resilience4jDefaults = {
  failureRatePercent: 50,
  slowRatePercent: 100,
  slowMs: 60_000,
  window: 'calls',
  windowSize: 100,
  minimumCalls: 100,
  halfOpenCalls: 10,
  openMs: 60_000,
  halfOpenMs: 0,
  halfOpensAlone: false,
} as const satisfies Required<CircuitOptions>;

const largest = 1_000_000;

export class CircuitBreaker implements Circuit {
  state: CircuitState = 'closed';
  /** How often it has opened since it was last closed. */
  timesOpened = 0;
  /** Calls turned away since the present counts began. */
  notPermitted = 0;
  /** When it will change its state unasked, in ms; Infinity for never. */
  dueMs = Infinity;
  private readonly options: Required<CircuitOptions>;
  private window: SlidingWindow;
  private minimum: number;
  /** Half-open: calls that may still be made. */
  private permits = 0;
  /** Open: the last instant of the wait. */
  private openUntilMs = 0;

  /** Closed at first. Throws RangeError for an option that resilience4j refuses. */
  constructor(options: CircuitOptions = {}, nowMs = 0) {
    this.options = checked({ ...resilience4jDefaults, ...options });
    this.minimum = this.leastCalls('closed');
    this.window = this.windowOf('closed', nowMs);
  }

  /** Whether a call may be made now. After a yes, tell what became of it: `record`, or `release` when that says nothing. */
  tryAcquire(nowMs: number): boolean {
    this.elapse(nowMs);
    if (this.state === 'open' && nowMs > this.openUntilMs) this.turn('half-open', nowMs);
    const isShut = this.state === 'open' || this.state === 'forced-open' || (this.state === 'half-open' && this.permits === 0);
    if (isShut) this.notPermitted++;
    else if (this.state === 'half-open') this.permits--;
    return !isShut;
  }

  /** A call has ended. One that began before the last change of state counts too; while open, without consequence. */
  record(nowMs: number, durationMs: number, isFailure: boolean): void {
    this.elapse(nowMs);
    if (this.state === 'forced-open' || this.state === 'disabled') return;
    this.window.record(nowMs, isFailure, durationMs > this.options.slowMs);
    if (this.state === 'closed' || this.state === 'half-open') this.judge(nowMs);
  }

  /** A call has ended in a way that says nothing: half-open, another may take its turn. */
  release(nowMs: number): void {
    this.elapse(nowMs);
    this.permits++;
  }

  /** Percentage of failures, in single precision as there; −1 while there are too few calls. */
  failureRate(nowMs: number): number {
    return this.rate(nowMs, 1);
  }

  /** Percentage of slow calls; −1 while there are too few. */
  slowRate(nowMs: number): number {
    return this.rate(nowMs, 2);
  }

  why(nowMs: number): string {
    const [failed, slow] = [this.failureRate(nowMs), this.slowRate(nowMs)].map(Math.round);
    return failed < 0 ? '' : `of the latest ${this.window.sums[0]} calls ${failed} % failed and ${slow} % were slow`;
  }

  /** The calls in the window now. */
  counts(nowMs: number): { calls: number; failed: number; slow: number; slowFailed: number } {
    this.elapse(nowMs);
    this.window.moveTo(nowMs);
    const [calls, failed, slow, slowFailed] = this.window.sums;
    return { calls, failed, slow, slowFailed };
  }

  /**
   * Changes the state by hand. What is closed or only counts cannot become half-open, nor the latter open: throws Error.
   * @param waitMs of an open state, instead of the usual: it does not count as one more opening
   */
  transitionTo(state: CircuitState, nowMs: number, waitMs?: number): void {
    this.elapse(nowMs);
    const isBarred =
      this.state === 'metrics-only' ? state === 'open' || state === 'half-open' : this.state === 'closed' && state === 'half-open';
    if (isBarred) throw new Error(`A circuit breaker that is ${this.state} cannot become ${state}.`);
    this.turn(state, nowMs, waitMs);
  }

  /** Carries out what was due by now: half-open after the wait when it does so alone, open again after too long half-open. */
  elapse(nowMs: number): void {
    while (nowMs >= this.dueMs) this.turn(this.state === 'open' ? 'half-open' : 'open', this.dueMs);
  }

  private judge(nowMs: number): void {
    const failureRate = this.failureRate(nowMs);
    if (failureRate < 0) return;
    const { failureRatePercent, slowRatePercent } = this.options;
    if (failureRate >= Math.fround(failureRatePercent) || this.slowRate(nowMs) >= Math.fround(slowRatePercent)) this.turn('open', nowMs);
    else if (this.state === 'half-open') this.turn('closed', nowMs);
  }

  private turn(state: CircuitState, nowMs: number, waitMs?: number): void {
    const { openMs, halfOpenMs, halfOpensAlone, halfOpenCalls } = this.options;
    this.state = state;
    this.dueMs = Infinity;
    if (state === 'open') {
      if (waitMs === undefined) this.timesOpened++;
      const usualMs = typeof openMs === 'number' ? openMs : openMs(this.timesOpened);
      this.openUntilMs = nowMs + between('a circuit breaker', 'time open in ms', waitMs ?? usualMs, 0, Infinity);
      if (halfOpensAlone) this.dueMs = this.openUntilMs;
      return;
    }
    if (state === 'forced-open') this.timesOpened++;
    else if (state !== 'half-open') this.timesOpened = 0;
    if (state === 'half-open' && halfOpenMs > 0) this.dueMs = nowMs + halfOpenMs;
    this.permits = halfOpenCalls;
    this.notPermitted = 0;
    this.minimum = this.leastCalls(state);
    this.window = this.windowOf(state, nowMs);
  }

  private rate(nowMs: number, field: number): number {
    this.window.moveTo(nowMs);
    const { sums } = this.window;
    return sums[0] === 0 || sums[0] < this.minimum ? -1 : Math.fround(Math.fround(sums[field] * 100) / sums[0]);
  }

  private leastCalls(state: CircuitState): number {
    const { window, windowSize, minimumCalls, halfOpenCalls } = this.options;
    if (state === 'half-open') return Math.min(minimumCalls, halfOpenCalls);
    return window === 'calls' ? Math.min(minimumCalls, windowSize) : minimumCalls;
  }

  private windowOf(state: CircuitState, nowMs: number): SlidingWindow {
    const { window, windowSize, halfOpenCalls } = this.options;
    if (state === 'half-open') return new SlidingWindow(halfOpenCalls, 0, nowMs);
    return new SlidingWindow(windowSize, window === 'seconds' ? 1000 : 0, nowMs);
  }
}

function checked(options: Required<CircuitOptions>): Required<CircuitOptions> {
  const name = 'a circuit breaker';
  percentage('failure rate', options.failureRatePercent);
  percentage('slow call rate', options.slowRatePercent);
  if (!(options.slowMs > 0)) throw new RangeError(`The slow call time of ${name} is ${options.slowMs} ms; it must be more than 0.`);
  if (options.window !== 'calls' && options.window !== 'seconds') {
    throw new RangeError(`The window of ${name} counts ${options.window}; it must be calls or seconds.`);
  }
  wholeBetween(name, 'window size', options.windowSize, 1, largest);
  wholeBetween(name, 'least number of calls', options.minimumCalls, 1, largest);
  wholeBetween(name, 'number of calls half-open', options.halfOpenCalls, 1, largest);
  if (typeof options.openMs === 'number') wholeBetween(name, 'time open in ms', options.openMs, 1, Number.MAX_SAFE_INTEGER);
  wholeBetween(name, 'longest time half-open in ms', options.halfOpenMs, 0, Number.MAX_SAFE_INTEGER);
  return options;
}

function percentage(what: string, value: number): void {
  if (!(value > 0 && value <= 100))
    throw new RangeError(`The ${what} of a circuit breaker is ${value} %; it must be above 0 and at most 100.`);
}
