// A hypothesis about steady state, checked window by window: what share of the requests that ended was served well.
// With an abort rule it tells when to stop an experiment that does harm.

import { phases } from '../kernel/calendar';
import type { Simulation } from '../kernel/simulation';
import * as sentences from '../record/sentences';

export interface SteadyStateOptions {
  /** Length of a window, in ms. */
  windowMs: number;
  /** At least this share of the requests that ended in a window must be good, 0 to 1. */
  leastGoodShare: number;
  /** Windows in a row that must fail before `onAbort` is called. */
  failuresToAbort?: number;
  onAbort?: () => void;
}

export class SteadyState {
  windows = 0;
  failedWindows = 0;
  worstShare = 1;
  abortedAtMs: number | null = null;
  /** Share of good requests in each window; null where none ended. */
  readonly shares: (number | null)[] = [];
  private ended = 0;
  private good = 0;
  private inRow = 0;

  constructor(
    private readonly simulation: Simulation,
    private readonly options: SteadyStateOptions,
  ) {
    simulation.every(options.windowMs, () => this.closeWindow(), options.windowMs, phases.observation);
  }

  /** Tells of a request that ended. */
  end(isGood: boolean): void {
    this.ended++;
    if (isGood) this.good++;
  }

  get holds(): boolean {
    return this.failedWindows === 0;
  }

  private closeWindow(): void {
    const { options, simulation } = this;
    const share = this.ended > 0 ? this.good / this.ended : null;
    this.shares.push(share);
    this.windows++;
    this.ended = 0;
    this.good = 0;
    if (share !== null && share < this.worstShare) this.worstShare = share;
    // A window in which nothing ended says nothing: it neither fails nor proves that all is well again.
    if (share === null) return;
    if (share >= options.leastGoodShare) {
      this.inRow = 0;
      return;
    }
    this.inRow++;
    if (this.failedWindows++ === 0) simulation.recorder.mark(simulation.nowMs, 'hypothesis', -1, sentences.hypothesisFails);
    const percent = Math.round(share * 1000) / 10;
    simulation.recorder.say(simulation.nowMs, 'error', -1, sentences.servedShare, { percent, seconds: options.windowMs / 1000 });
    if (this.abortedAtMs === null && options.onAbort && this.inRow >= (options.failuresToAbort ?? 2)) {
      this.abortedAtMs = simulation.nowMs;
      simulation.recorder.mark(simulation.nowMs, 'hypothesis', -1, sentences.aborted);
      simulation.recorder.say(simulation.nowMs, 'error', -1, sentences.abortRule);
      options.onAbort();
    }
  }
}
