// The circuit breaker of Polly 8: opens when a failure is one too many of the calls of the last seconds, and after a while lets one
// call through, which alone decides. Source: App-vNext/Polly 8, CircuitStateController, AdvancedCircuitBehavior, RollingHealthMetrics.

import type { Circuit, CircuitState } from './circuit';
import { between, wholeBetween } from './limits';

export interface PollyCircuitOptions {
  /** Polly's FailureRatio: from 0 to 1. */
  failureShare?: number;
  /** Polly's MinimumThroughput: 2 or more. */
  minimumCalls?: number;
  /** Polly's SamplingDuration in ms: from half a second to a day. It slides in tenths. */
  samplingMs?: number;
  /** Polly's BreakDuration in ms: from half a second to a day; or its generator, given failures and trials since it was last closed. */
  breakMs?: number | ((failureShare: number, failures: number, trials: number) => number);
}

/** What Polly does unless told otherwise. */
export const pollyCircuitDefaults = { failureShare: 0.1, minimumCalls: 100, samplingMs: 30_000, breakMs: 5000 } as const;

interface Slice {
  startMs: number;
  calls: number;
  failures: number;
}

const dayMs = 86_400_000;

export class PollyCircuit implements Circuit {
  state: CircuitState = 'closed';
  readonly dueMs = Infinity;
  private readonly options: Required<PollyCircuitOptions>;
  private readonly slices: Slice[] = [];
  private blockedUntilMs = -Infinity;
  private trials = 0;

  /** Throws RangeError for options that Polly refuses. */
  constructor(options: PollyCircuitOptions = {}) {
    this.options = { ...pollyCircuitDefaults, ...options };
    const { failureShare, minimumCalls, samplingMs, breakMs } = this.options;
    const name = 'a circuit breaker';
    between(name, 'share of failures', failureShare, 0, 1);
    wholeBetween(name, 'least number of calls', minimumCalls, 2, 2147483647);
    between(name, 'sampling time in ms', samplingMs, 500, dayMs);
    if (typeof breakMs === 'number') between(name, 'time open in ms', breakMs, 500, dayMs);
  }

  tryAcquire(nowMs: number): boolean {
    if (this.state === 'open' && nowMs >= this.blockedUntilMs) {
      this.trials++;
      this.state = 'half-open';
      return true;
    }
    return this.state === 'closed' || this.state === 'disabled';
  }

  record(nowMs: number, _durationMs: number, isFailure: boolean): void {
    const { state } = this;
    if (!isFailure) {
      this.slice(nowMs).calls++;
      if (state === 'half-open') this.close();
      return;
    }
    if (state !== 'half-open') {
      const slice = this.slice(nowMs);
      slice.calls++;
      slice.failures++;
    }
    if (state === 'half-open' || (state === 'closed' && this.isTooBad(nowMs))) this.open(nowMs);
  }

  /** A call that is taken back is no failure that it handles, and so a success. */
  release(nowMs: number): void {
    this.record(nowMs, 0, false);
  }

  elapse(): void {}

  /** By hand Polly's can be isolated (forced-open) and closed; to disable it is ours. */
  transitionTo(state: CircuitState): void {
    if (state === 'closed') this.close();
    else if (state === 'forced-open' || state === 'disabled') this.state = state;
    else throw new Error(`A Polly circuit breaker cannot become ${state} by hand.`);
  }

  /** Calls and failures of the sampling time. */
  counts(nowMs: number): { calls: number; failures: number } {
    this.slice(nowMs);
    let [calls, failures] = [0, 0];
    for (const slice of this.slices) {
      calls += slice.calls;
      failures += slice.failures;
    }
    return { calls, failures };
  }

  why(nowMs: number): string {
    const { calls, failures } = this.counts(nowMs);
    return calls === 0 ? '' : `of the latest ${calls} calls ${failures} failed`;
  }

  private isTooBad(nowMs: number): boolean {
    const { calls, failures } = this.counts(nowMs);
    return calls >= this.options.minimumCalls && failures / calls >= this.options.failureShare;
  }

  private open(nowMs: number): void {
    const { breakMs } = this.options;
    let waitMs = breakMs as number;
    if (typeof breakMs === 'function') {
      const { calls, failures } = this.counts(nowMs);
      waitMs = between(
        'a circuit breaker',
        'time open in ms',
        breakMs(calls === 0 ? 0 : failures / calls, failures, this.trials),
        0,
        Infinity,
      );
    }
    this.blockedUntilMs = nowMs + waitMs;
    this.state = 'open';
  }

  private close(): void {
    this.state = 'closed';
    this.trials = 0;
    this.slices.length = 0;
  }

  /** The slice being written: a new one begins with the first look a tenth of the sampling time after the last began. */
  private slice(nowMs: number): Slice {
    const { slices } = this;
    const { samplingMs } = this.options;
    let current = slices[slices.length - 1];
    // Polly divides its ticks of 0.1 µs.
    if (current === undefined || nowMs - current.startMs >= Math.floor(samplingMs * 1000) / 10_000) {
      current = { startMs: nowMs, calls: 0, failures: 0 };
      slices.push(current);
    }
    while (nowMs - slices[0].startMs >= samplingMs) slices.shift();
    return current;
  }
}
