// When requests come. An arrival process is asked for the next instant and never looks at what became of the last request:
// an open loop. All draw by inversion from one stream, so that a changed rate stretches the same sequence.

import { log, logEach } from '../kernel/math';
import type { Stream } from '../kernel/random';

/** Gives the instant of the next arrival in ms, never earlier than the last; Infinity when there is none. */
export interface ArrivalProcess {
  nextMs(): number;
  /**
   * Another rate from `nowMs` on, for those that can: what is left of the gap under way is stretched or squeezed, so that the
   * sequence of draws stays the same. Gives the instant of the arrival that was given last, as it is now.
   */
  setRate?(arrivalsPerSecond: number, nowMs: number): number;
}

function meanGapMs(arrivalsPerSecond: number): number {
  if (!(arrivalsPerSecond >= 0) || arrivalsPerSecond === Infinity) {
    throw new RangeError(`The arrival rate is ${arrivalsPerSecond} per second; it must be a number from 0 up.`);
  }
  return 1000 / arrivalsPerSecond;
}

/** Independent customers: exponential gaps. */
export function poissonArrivals(arrivalsPerSecond: number, stream: Stream): ArrivalProcess {
  return new PoissonArrivals(meanGapMs(arrivalsPerSecond), stream);
}

/** Gaps drawn at once: side by side, a processor works on several logarithms at a time. */
const batch = 32;

/** A class, because a number that a closure keeps costs garbage at every change. The stream must be its own: it draws ahead. */
class PoissonArrivals implements ArrivalProcess {
  private atMs = 0;
  private next = batch;
  /** Minus the gaps, in mean gaps: a rate that changes finds the same numbers. */
  private readonly logs = new Float64Array(batch);
  private readonly pending = new PendingGap();

  constructor(
    private gapMs: number,
    private readonly stream: Stream,
  ) {}

  nextMs(): number {
    if (this.next === batch) this.drawGaps();
    this.atMs += this.logs[this.next++] * -this.gapMs;
    return this.atMs;
  }

  setRate(arrivalsPerSecond: number, nowMs: number): number {
    const gapMs = meanGapMs(arrivalsPerSecond);
    // Before the first gap there is none to stretch.
    if (this.next < batch || this.atMs > 0) this.atMs = this.pending.at(this.atMs, nowMs, this.gapMs, gapMs, -this.logs[this.next - 1]);
    this.gapMs = gapMs;
    return this.atMs;
  }

  private drawGaps(): void {
    this.stream.fill(this.logs);
    logEach(this.logs);
    this.next = 0;
  }
}

/** The gap under way when the rate changes. While the rate is 0 it stands still, and is remembered in mean gaps. */
class PendingGap {
  private held = Number.NaN;

  /** @param whole the gap under way in mean gaps, for a rate that was 0 from the start */
  at(atMs: number, nowMs: number, oldGapMs: number, gapMs: number, whole: number): number {
    const left = oldGapMs < Infinity ? (atMs - nowMs) / oldGapMs : Number.isNaN(this.held) ? whole : this.held;
    this.held = left;
    return gapMs < Infinity ? nowMs + left * gapMs : Infinity;
  }
}

/** One every 1/rate seconds, the first after one gap. */
export function constantArrivals(arrivalsPerSecond: number): ArrivalProcess {
  const pending = new PendingGap();
  let gapMs = meanGapMs(arrivalsPerSecond);
  let fromMs = 0;
  let count = 0;
  return {
    nextMs() {
      count++;
      return fromMs + count * gapMs;
    },
    setRate(perSecond, nowMs) {
      const nextGapMs = meanGapMs(perSecond);
      if (count > 0 || fromMs > 0) fromMs = pending.at(fromMs + count * gapMs, nowMs, gapMs, nextGapMs, 1);
      count = 0;
      gapMs = nextGapMs;
      return fromMs;
    },
  };
}

/** A fixed list of instants in ms, ascending. */
export function replayedArrivals(instantsMs: readonly number[]): ArrivalProcess {
  let at = 0;
  return {
    nextMs() {
      return at < instantsMs.length ? instantsMs[at++] : Infinity;
    },
  };
}

/**
 * Poisson arrivals whose rate is a step function of time, by inverting the cumulative rate (no thinning), so that two sides with
 * other rates still share the same sequence of requests.
 * @param steps rate from `fromMs` on, ascending; the first starts at 0
 */
export function steppedArrivals(steps: readonly { fromMs: number; arrivalsPerSecond: number }[], stream: Stream): ArrivalProcess {
  steps.forEach(({ fromMs, arrivalsPerSecond }, index) => {
    meanGapMs(arrivalsPerSecond);
    if (index === 0 ? fromMs !== 0 : !(fromMs > steps[index - 1].fromMs)) {
      throw new RangeError(
        `Step ${index + 1} of the arrival rate starts at ${fromMs} ms; the first starts at 0 and each later one after the last.`,
      );
    }
  });
  if (steps.length === 0) return { nextMs: () => Infinity };
  let atMs = 0;
  let step = 0;
  return {
    nextMs() {
      let needed = -log(stream.next());
      for (;;) {
        const untilMs = step + 1 < steps.length ? steps[step + 1].fromMs : Infinity;
        const perMs = steps[step].arrivalsPerSecond / 1000;
        const available = perMs === 0 ? 0 : (untilMs - atMs) * perMs;
        if (needed <= available) {
          atMs = Math.min(untilMs, atMs + needed / perMs);
          return atMs;
        }
        if (untilMs === Infinity) return Infinity;
        needed -= available;
        atMs = untilMs;
        step++;
      }
    },
  };
}
