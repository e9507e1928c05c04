// Peak EWMA: of two servers by chance the one with the lower cost = moving average of response times × (outstanding + 1).
// The average jumps up to any response that is slower, and comes down over the decay time, also when nothing is heard.
// Source: Finagle, PeakEwma.scala (two choices, decay 10 s); with `initialMs` as in linkerd's tower::load::PeakEwma.

import { exp } from '../../kernel/math';
import { keyedUniform } from '../../kernel/random';
import { positive } from '../options';
import { Available } from './available';
import type { PolicyOf } from './policy';
import { Sample } from './powerOfChoices';

export interface PeakEwmaOptions {
  /** Time in which what is remembered fades to 1/e, in ms. Default 10 s, as in Finagle and linkerd. */
  decayMs?: number;
  /**
   * What a server without history is taken to need, in ms; linkerd: 30. Default, as in Finagle: nothing while it has no calls,
   * and then so much that it gets no more until it has answered.
   */
  initialMs?: number;
}

export interface PeakEwma {
  readonly decayMs: number;
  readonly averagesMs: Float64Array;
  /** When each average was looked at last. */
  readonly seenMs: Float64Array;
}

/** Finagle's (2^63 - 1) >> 16 nanoseconds, in ms. */
const penaltyMs = 140_737_488.355327;

export function createPeakEwma(count: number, { decayMs = 10_000, initialMs }: PeakEwmaOptions = {}, nowMs = 0): PeakEwma {
  positive('peak EWMA', 'decay time', decayMs);
  if (initialMs !== undefined) positive('peak EWMA', 'initial response time', initialMs);
  return { decayMs, averagesMs: new Float64Array(count).fill(initialMs ?? 0), seenMs: new Float64Array(count).fill(nowMs) };
}

/** A response came after `responseMs`; 0 lets time pass. */
export function observePeakEwma({ decayMs, averagesMs, seenMs }: PeakEwma, server: number, responseMs: number, nowMs: number): void {
  const averageMs = averagesMs[server];
  if (responseMs > averageMs) averagesMs[server] = responseMs;
  else if (averageMs > 0) {
    const kept = exp(-Math.max(0, nowMs - seenMs[server]) / decayMs);
    averagesMs[server] = averageMs * kept + responseMs * (1 - kept);
  }
  seenMs[server] = nowMs;
}

/** The cost of one more call to a server that has `outstanding`. */
export function peakEwmaCost(state: PeakEwma, server: number, outstanding: number, nowMs: number): number {
  observePeakEwma(state, server, 0, nowMs);
  const averageMs = state.averagesMs[server];
  return averageMs === 0 && outstanding > 0 ? penaltyMs + outstanding : averageMs * (outstanding + 1);
}

/**
 * Two different servers by chance; the one of lower cost, the second on a tie. Every end of a call counts, failures too, however fast.
 * @param key from `RandomSource.key`
 */
export function peakEwma(key: number, options: PeakEwmaOptions = {}): PolicyOf {
  return ({ count, inRotation, outstanding, nowMs }) => {
    const state = createPeakEwma(count, options, nowMs());
    const available = new Available(inRotation);
    const sample = new Sample(2);
    const cost = (server: number) => peakEwmaCost(state, server, outstanding[server], nowMs());
    return {
      pick(call) {
        available.refresh();
        if (available.count < 2) return available.count === 0 ? -1 : available.list[0];
        sample.clear();
        const first = available.list[sample.next(keyedUniform(key, call.request, call.attempt * 2), available.count)];
        const second = available.list[sample.next(keyedUniform(key, call.request, call.attempt * 2 + 1), available.count)];
        return cost(first) < cost(second) ? first : second;
      },
      heard: (server, _fate, responseMs) => observePeakEwma(state, server, responseMs, nowMs()),
    };
  };
}
