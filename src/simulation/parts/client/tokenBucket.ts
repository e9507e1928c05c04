// A token bucket as in Go: tokens drip in at a rate up to a burst, each event takes some, and a reservation takes them ahead of time
// (the count goes below 0) and says how long to wait. Times are whole nanoseconds since any start, rounded where Go rounds.
// Source: golang.org/x/time/rate at 2b4e439 (rate.go). Beyond 2^53 ns (104 days) the last digits are lost, which Go would keep.

import { between, wholeBetween } from './limits';

const perSecond = 1e9;
/** Go's longest duration, 2^63 − 1 ns, as near as a double comes; and the time of a bucket that was never used. */
const longest = 9223372036854776000;

/** Events per second for a least gap between them in ns: Go's `Every`. Infinity for a gap of 0 or less. */
export function ratePerSecondOf(gapNs: number): number {
  return gapNs <= 0 ? Infinity : 1 / secondsOf(gapNs);
}

/** As Go divides: whole seconds first, so that no digit is lost where it need not be. */
function secondsOf(durationNs: number): number {
  const rest = durationNs % perSecond;
  return (durationNs - rest) / perSecond + rest / perSecond;
}

function tokensIn(durationNs: number, ratePerSecond: number): number {
  return ratePerSecond <= 0 || durationNs === 0 ? 0 : secondsOf(durationNs) * ratePerSecond;
}

/** Whole ns, cut off towards 0; Infinity for what no duration of Go can hold. */
function durationOf(tokens: number, ratePerSecond: number): number {
  if (ratePerSecond <= 0) return Infinity;
  const durationNs = (tokens / ratePerSecond) * perSecond;
  return durationNs > longest ? Infinity : Math.trunc(durationNs);
}

/** From one instant to another, as far as a duration can tell. */
function spanOf(fromNs: number, toNs: number): number {
  return fromNs === toNs ? 0 : Math.max(-longest, Math.min(longest, toNs - fromNs));
}

/** Tokens taken ahead of time. */
export interface Reservation {
  /** False when the bucket can never, or not soon enough, give so many. */
  readonly isGranted: boolean;
  readonly tokens: number;
  /** When the event may happen, in ns; Infinity for never. */
  readonly actNs: number;
  /** The bucket's rate when it was made. */
  readonly ratePerSecond: number;
}

const refused: Reservation = { isGranted: false, tokens: 0, actNs: Number.NaN, ratePerSecond: 0 };

/** How long the holder must wait before the event, in ns: 0 when its time has come, Infinity when it never does. */
export function delayFrom(reservation: Reservation, nowNs: number): number {
  return reservation.isGranted ? Math.max(0, reservation.actNs - nowNs) : Infinity;
}

export interface TokenBucketOptions {
  /** Tokens that drip in per second: 0 for none after the first, Infinity for no limit at all (then the burst does not matter). */
  ratePerSecond: number;
  /** Most tokens that it holds, whole, from 0 to 2^31 − 1; it starts full. */
  burst: number;
}

export class TokenBucket {
  ratePerSecond: number;
  burst: number;
  private tokens: number;
  private lastNs = -longest;
  /** The latest instant for which an event was granted. */
  private lastEventNs = -longest;

  /** Throws RangeError for a rate that is negative or no number, or a burst that is not whole or negative. */
  constructor(options: TokenBucketOptions) {
    this.ratePerSecond = checkedRate(options.ratePerSecond);
    this.burst = checkedBurst(options.burst);
    this.tokens = options.burst;
  }

  /** Tokens at an instant; below 0 when reservations are out. */
  tokensAt(nowNs: number): number {
    return this.advance(nowNs);
  }

  /** Takes `count` tokens if they are there now. */
  allow(nowNs: number, count = 1): boolean {
    return !Number.isNaN(this.take(nowNs, count, 0));
  }

  /** Takes `count` tokens as soon as they will be there; refused when that is more than the burst or longer than `mostNs` from now. */
  reserve(nowNs: number, count = 1, mostNs = Infinity): Reservation {
    const { ratePerSecond } = this;
    const actNs = this.take(nowNs, count, mostNs);
    if (Number.isNaN(actNs)) return refused;
    // Go tells a reservation of a bucket without limit nothing of a rate.
    return { isGranted: true, tokens: count, actNs, ratePerSecond: ratePerSecond === Infinity ? 0 : ratePerSecond };
  }

  /** As Go's WaitN: a reservation that can be used before the deadline, or a refusal. To stop waiting is to `cancel`. */
  wait(nowNs: number, count = 1, deadlineNs = Infinity): Reservation {
    return deadlineNs <= nowNs ? refused : this.reserve(nowNs, count, deadlineNs - nowNs);
  }

  /** The event will not happen: gives back the tokens, except those that later reservations have counted on. */
  cancel(reservation: Reservation, nowNs: number): void {
    const { isGranted, tokens, actNs, ratePerSecond } = reservation;
    if (!isGranted || this.ratePerSecond === Infinity || tokens === 0 || actNs < nowNs) return;
    const restored = tokens - tokensIn(spanOf(actNs, this.lastEventNs), ratePerSecond);
    if (restored <= 0) return;
    this.settle(nowNs, Math.min(this.burst, this.advance(nowNs) + restored));
    if (actNs !== this.lastEventNs) return;
    const previousNs = actNs + durationOf(-tokens, ratePerSecond);
    if (previousNs >= nowNs) this.lastEventNs = previousNs;
  }

  /** From now on another rate; reservations that are out keep their instants. */
  setRate(nowNs: number, ratePerSecond: number): void {
    checkedRate(ratePerSecond);
    this.settle(nowNs, this.advance(nowNs));
    this.ratePerSecond = ratePerSecond;
  }

  setBurst(nowNs: number, burst: number): void {
    checkedBurst(burst);
    this.settle(nowNs, this.advance(nowNs));
    this.burst = burst;
  }

  /** The instant at which the event may happen, or NaN when it is refused. */
  private take(nowNs: number, count: number, mostNs: number): number {
    wholeBetween('a token bucket', 'number of tokens asked', count, 0, 2147483647);
    if (this.ratePerSecond === Infinity) return nowNs;
    const tokens = this.advance(nowNs) - count;
    const waitNs = tokens < 0 ? durationOf(-tokens, this.ratePerSecond) : 0;
    if (count > this.burst || waitNs > mostNs) return Number.NaN;
    this.settle(nowNs, tokens);
    this.lastEventNs = nowNs + waitNs;
    return this.lastEventNs;
  }

  private settle(nowNs: number, tokens: number): void {
    this.lastNs = nowNs;
    this.tokens = tokens;
  }

  /** Tokens that would be there now. A clock that ran back brings none and takes none. */
  private advance(nowNs: number): number {
    const elapsedNs = nowNs < this.lastNs ? 0 : spanOf(this.lastNs, nowNs);
    return Math.min(this.burst, this.tokens + tokensIn(elapsedNs, this.ratePerSecond));
  }
}

function checkedRate(ratePerSecond: number): number {
  return between('a token bucket', 'rate per second', ratePerSecond, 0, Infinity);
}

function checkedBurst(burst: number): number {
  return wholeBetween('a token bucket', 'burst', burst, 0, 2147483647);
}
