// A client that sees that most of what it asks is refused stops asking, by chance, before the refusals themselves become the load.
// Source: Beyer et al., Site Reliability Engineering (2016), chapter 21, "Client-side throttling".

import { between } from './limits';
import { SlidingSum } from './slidingSum';

/**
 * Probability of turning a request away at the client: max(0, (requests − K × accepts) / (requests + 1)).
 * Throws RangeError for counts below 0 or a multiplier below 1.
 * @param requests made, those turned away here included. @param accepts taken by the server. @param multiplier K, 1 or more
 */
export function throttleProbability(requests: number, accepts: number, multiplier = 2): number {
  between('a throttle', 'number of requests', requests, 0, Number.MAX_SAFE_INTEGER);
  between('a throttle', 'number of accepts', accepts, 0, Number.MAX_SAFE_INTEGER);
  between('a throttle', 'multiplier', multiplier, 1, 1_000_000);
  return Math.max(0, (requests - multiplier * accepts) / (requests + 1));
}

export interface AdaptiveThrottleOptions {
  /** K: 2 lets about as many refused requests through as accepted ones. 1 or more. Default 2. */
  multiplier?: number;
  /** How far back requests count, in ms: 120 or more. Default two minutes, in 120 slices. */
  windowMs?: number;
}

const slices = 120;

export class AdaptiveThrottle {
  private readonly multiplier: number;
  private readonly requests: SlidingSum;
  private readonly accepts: SlidingSum;

  /** Throws RangeError for a multiplier below 1 or a window below 120 ms. */
  constructor({ multiplier = 2, windowMs = 120_000 }: AdaptiveThrottleOptions = {}, nowMs = 0) {
    this.multiplier = between('a throttle', 'multiplier', multiplier, 1, 1_000_000);
    between('a throttle', 'window in ms', windowMs, slices, Number.MAX_SAFE_INTEGER);
    this.requests = new SlidingSum(windowMs, slices, nowMs);
    this.accepts = new SlidingSum(windowMs, slices, nowMs);
  }

  probability(nowMs: number): number {
    return throttleProbability(this.requests.total(nowMs), this.accepts.total(nowMs), this.multiplier);
  }

  /** Counts a request. @returns whether to ask the server, given a uniform number from 0 to 1 */
  allows(nowMs: number, uniform: number): boolean {
    const isAllowed = uniform >= this.probability(nowMs);
    this.requests.add(nowMs, 1);
    return isAllowed;
  }

  /** The server took a request. */
  accepted(nowMs: number): void {
    this.accepts.add(nowMs, 1);
  }
}
