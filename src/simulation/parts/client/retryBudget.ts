// Limits on retries that all requests of a client share, so that retries stay a small share of the load when everything fails.
// Finagle's budget: every request deposits a fraction of a retry for some seconds. gRPC's: failures cost tokens, successes earn some.

import { between, wholeBetween } from './limits';
import { SlidingSum } from './slidingSum';

/** What a client asks before it tries again. Times in ms. */
export interface RetryLimit {
  /** A request began (not a retry). */
  opened(nowMs: number): void;
  succeeded(): void;
  /** An attempt failed, whether or not another follows. */
  failed(): void;
  /** Whether another attempt may be made now. A yes is paid for at once. */
  mayRetry(nowMs: number): boolean;
}

export interface RetryBudgetOptions {
  /** How long a deposit counts, in ms: from 1,000 to 60,999. */
  timeToLiveMs?: number;
  /** Retries per second that are allowed in any case, whole. */
  leastPerSecond?: number;
  /** Retries for each request: 0.2 for one in five. From 0 to 1,000. */
  share?: number;
}

/** What Finagle does unless told otherwise. */
export const finagleBudgetDefaults = { timeToLiveMs: 10_000, leastPerSecond: 10, share: 0.2 } as const;

/** A deposit, in the small coins in which a share need not be a whole number. */
const coins = 1000;
const largestInteger = 2147483647;

/** Source: Finagle 24, RetryBudget.scala, with the leaky bucket of twitter/util (10 slices). */
export class RetryBudget implements RetryLimit {
  private readonly deposit: number;
  private readonly price: number;
  private readonly reserve: number;
  private readonly account: SlidingSum;

  /** Throws RangeError for options outside of what Finagle allows, or a reserve that its 32-bit integers cannot hold. */
  constructor(options: RetryBudgetOptions = {}, nowMs = 0) {
    const { timeToLiveMs, leastPerSecond, share } = { ...finagleBudgetDefaults, ...options };
    const name = 'a retry budget';
    wholeBetween(name, 'time to live in ms', timeToLiveMs, 1000, 60_999);
    wholeBetween(name, 'least number of retries per second', leastPerSecond, 0, largestInteger);
    between(name, 'share of retries', share, 0, coins);
    this.deposit = share === 0 ? 0 : coins;
    this.price = share === 0 ? 1 : Math.min(largestInteger, Math.floor(coins / share));
    this.reserve = leastPerSecond * Math.floor(timeToLiveMs / 1000) * this.price;
    between(name, 'reserve', this.reserve, 0, largestInteger);
    this.account = new SlidingSum(timeToLiveMs, 10, nowMs);
    // Neither reserve nor deposits: no retry, whatever the price.
    if (share === 0 && leastPerSecond === 0) this.price = Infinity;
  }

  /** Retries that could be made now. */
  balance(nowMs: number): number {
    return Math.trunc((this.account.total(nowMs) + this.reserve) / this.price);
  }

  opened(nowMs: number): void {
    this.account.add(nowMs, this.deposit);
  }

  succeeded(): void {}

  failed(): void {}

  mayRetry(nowMs: number): boolean {
    if (this.account.total(nowMs) + this.reserve < this.price) return false;
    this.account.add(nowMs, -this.price);
    return true;
  }
}

export interface RetryTokensOptions {
  /** maxTokens of the service config: above 0, up to 1,000. */
  most: number;
  /** tokenRatio: what a success earns, above 0, to three decimals. */
  perSuccess: number;
}

/** Retries stop while half of the tokens or fewer are left. Source: gRFC A6 and grpc-java, RetriableStream.Throttle. */
export class RetryTokens implements RetryLimit {
  /** In thousandths. */
  private readonly most: number;
  private readonly perSuccess: number;
  private count: number;

  /** Throws RangeError for options that the service config refuses. */
  constructor(options: RetryTokensOptions) {
    this.most = thousandths(between('retry tokens', 'most', options.most, 0.001, 1000));
    this.perSuccess = thousandths(between('retry tokens', 'number for each success', options.perSuccess, 0.001, 1000));
    this.count = this.most;
  }

  get tokens(): number {
    return this.count / 1000;
  }

  opened(): void {}

  succeeded(): void {
    this.count = Math.min(this.count + this.perSuccess, this.most);
  }

  failed(): void {
    this.count = Math.max(this.count - 1000, 0);
  }

  mayRetry(): boolean {
    return this.count > Math.floor(this.most / 2);
  }
}

/** Cut off, in single precision, as Java does it. */
function thousandths(value: number): number {
  return Math.trunc(Math.fround(Math.fround(value) * 1000));
}
