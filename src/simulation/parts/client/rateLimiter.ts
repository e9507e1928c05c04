// A limit on how often a part is asked, by a token bucket: a call takes its tokens, waits for them, or is turned away.

import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import type { System } from '../system';
import { Guard, type GuardOptions } from './guard';
import { between } from './limits';
import { delayFrom, type Reservation, TokenBucket, type TokenBucketOptions } from './tokenBucket';

export interface RateLimiterOptions extends GuardOptions, TokenBucketOptions {
  /** Longest wait for tokens in ms: 0 (the default) turns away at once, Infinity waits for as long as it takes. */
  longestWaitMs?: number;
  /** Tokens that a call takes, whole, 0 or more. Default 1. */
  tokens?: (call: Call) => number;
}

const nsPerMs = 1e6;

export class RateLimiter extends Guard {
  readonly bucket: TokenBucket;
  private readonly longestWaitMs: number;
  private readonly waitingFor = new Map<Call, Reservation>();
  private readonly readyHandler: number;

  /** Throws RangeError as `TokenBucket` does, or unless the wait is 0 or more. */
  constructor(
    system: System,
    private readonly options: RateLimiterOptions,
  ) {
    const normal = () => this.limit(options.ratePerSecond, options.burst);
    super(
      system,
      options,
      { name: 'limiter', label: 'Rate limiter', queueCapacity: options.longestWaitMs === undefined ? 0 : Infinity },
      {
        limit: (given) => this.limit(given.ratePerSecond ?? this.bucket.ratePerSecond, given.burst ?? this.bucket.burst),
        'end limit': normal,
        restore: normal,
      },
    );
    this.longestWaitMs = between(this.name, 'longest wait in ms', options.longestWaitMs ?? 0, 0, Infinity);
    this.bucket = new TokenBucket(options);
    this.readyHandler = system.simulation.on((index) => this.begin(system.callAt(index)));
  }

  get waiting(): number {
    return this.waitingFor.size;
  }

  accept(call: Call): void {
    this.enter(call);
    const { nowMs, nowNs } = this;
    if (call.deadlineMs <= nowMs) {
      this.finish(call, fates.timedOut);
      return;
    }
    const mostMs = Math.min(this.longestWaitMs, call.deadlineMs - nowMs);
    const tokens = this.options.tokens === undefined ? 1 : this.options.tokens(call);
    const reservation = this.bucket.reserve(nowNs, tokens, mostMs * nsPerMs);
    const delayNs = delayFrom(reservation, nowNs);
    if (!reservation.isGranted) this.reject(call, sentences.rateUsedUp);
    else if (delayNs === 0) this.ask(call);
    else this.wait(call, reservation);
  }

  override cancel(call: Call): void {
    const reservation = this.waitingFor.get(call);
    if (reservation !== undefined) {
      this.waitingFor.delete(call);
      this.system.simulation.cancel(call.calleeTimer);
      this.bucket.cancel(reservation, this.nowNs);
    }
    super.cancel(call);
  }

  reply(child: Call, fate: Fate): void {
    this.finish(this.answered(child), fate);
  }

  protected override tellOf(call: Call): void {
    if (!this.waitingFor.has(call)) return;
    const { nowMs, recorder } = this.system.simulation;
    recorder.snapshot(nowMs, recordKinds.wait, this.id, call.request, [...this.waitingFor.keys()].indexOf(call) + 1);
  }

  private get nowNs(): number {
    return Math.round(this.nowMs * nsPerMs);
  }

  private wait(call: Call, reservation: Reservation): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    this.waitingFor.set(call, reservation);
    simulation.recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.waitingFor.size);
    call.calleeTimer = simulation.scheduleAt(Math.max(nowMs, reservation.actNs / nsPerMs), this.readyHandler, call.index);
  }

  private begin(call: Call): void {
    this.waitingFor.delete(call);
    const { nowMs, recorder } = this.system.simulation;
    recorder.request(nowMs, recordKinds.start, this.id, call.request, Infinity);
    this.ask(call);
  }

  private limit(ratePerSecond: number, burst: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.bucket.setRate(this.nowNs, ratePerSecond);
    this.bucket.setBurst(this.nowNs, burst);
    recorder.mark(nowMs, 'note', this.id, sentences.letsThrough, { rate: ratePerSecond });
    recorder.say(nowMs, 'info', this.id, sentences.letsThroughBurst, { rate: ratePerSecond, burst });
  }
}
