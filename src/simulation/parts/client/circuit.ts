// What a circuit breaker decides by: whether a call may be made now, given what became of the last ones.

/**
 * closed lets all through, open nothing, half-open a few on trial. By hand: forced-open lets nothing through, disabled lets all
 * through and counts nothing, metrics-only lets all through and counts.
 */
export type CircuitState = 'closed' | 'open' | 'half-open' | 'forced-open' | 'disabled' | 'metrics-only';

/** Times in ms; they never run back. */
export interface Circuit {
  readonly state: CircuitState;
  /** When it may change its state unasked; Infinity for never. */
  readonly dueMs: number;
  /** Whether a call may be made now. After a yes, tell what became of it: `record`, or `release` when that says nothing. */
  tryAcquire(nowMs: number): boolean;
  record(nowMs: number, durationMs: number, isFailure: boolean): void;
  release(nowMs: number): void;
  /** Carries out what was due by now. */
  elapse(nowMs: number): void;
  /** Changes the state by hand. Throws Error for a state that it cannot take. */
  transitionTo(state: CircuitState, nowMs: number): void;
  /** What it went by last, in words; empty when there is nothing to say. */
  why(nowMs: number): string;
}
