import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../../src/simulation/kernel/random';
import { AdaptiveThrottle, throttleProbability } from '../../../../src/simulation/parts/client/adaptiveThrottle';
import { finagleBudgetDefaults, RetryBudget, RetryTokens } from '../../../../src/simulation/parts/client/retryBudget';
import { SlidingSum } from '../../../../src/simulation/parts/client/slidingSum';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

describe('a sliding sum', () => {
  test('agrees with the unit tests of WindowedAdder in twitter/util', () => {
    const sum = new SlidingSum(3000, 3, 0);
    const script: [atMs: number, add: number, total: number][] = [
      [0, 1, 1],
      [1000, 0, 1],
      [1000, 2, 3],
      [2000, 0, 3],
      [3000, 0, 2],
      [4000, 0, 0],
    ];
    for (const [atMs, add, total] of script) {
      sum.add(atMs, add);
      expect(sum.total(atMs)).toBe(total);
    }
    const skipping = new SlidingSum(3000, 3, 0);
    const skipped: typeof script = [
      [0, 1, 1],
      [1000, 2, 3],
      [2000, 1, 4],
      [4000, 0, 1],
      [104_000, 0, 0],
      [104_000, 100, 100],
      [105_000, 100, 200],
      [106_000, 100, 300],
      [206_000, 0, 0],
    ];
    for (const [atMs, add, total] of skipped) {
      if (add !== 0) skipping.add(atMs, add);
      expect(skipping.total(atMs)).toBe(total);
    }
    const negative = new SlidingSum(3000, 3, 0);
    const adds: typeof script = [
      [0, -2, -2],
      [0, 4, 2],
      [1000, -2, 0],
      [1000, -2, -2],
      [2000, -2, -4],
      [3000, 0, -6],
      [4000, 0, -2],
      [5000, 0, 0],
    ];
    for (const [atMs, add, total] of adds) {
      if (add !== 0) negative.add(atMs, add);
      expect(negative.total(atMs)).toBe(total);
    }
  });

  /** The same, written down as in the source: every slice added up at each look. */
  class Literal {
    private readonly buffer: number[];
    private at = 0;
    private writer = 0;
    constructor(
      private readonly window: number,
      slices: number,
      private old: number,
    ) {
      this.buffer = new Array(slices).fill(0);
    }
    sum(now: number): number {
      if (now - this.old >= this.window) this.expired(now);
      return this.writer + this.buffer.reduce((total, value) => total + value, 0);
    }
    add(now: number, amount: number): void {
      if (now - this.old >= this.window) this.expired(now);
      this.writer += amount;
    }
    private expired(now: number): void {
      const count = this.buffer.length;
      this.buffer[this.at] = this.writer;
      this.writer = 0;
      this.at = (this.at + 1) % count;
      const skipped = Math.min(Math.trunc((now - this.old) / this.window) - 1, count);
      if (skipped > 0) {
        const right = Math.min(skipped, count - this.at);
        this.buffer.fill(0, this.at, this.at + right);
        this.buffer.fill(0, 0, skipped - right);
        this.at = (this.at + skipped) % count;
      }
      this.old = now;
    }
  }

  test('is the same as adding up every slice', () => {
    const step = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 9000 })), fc.integer({ min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.array(step, { maxLength: 60 }), (slices, steps) => {
        const sum = new SlidingSum(slices * 100, slices, 0);
        const literal = new Literal(100, slices - 1, 0);
        let nowMs = 0;
        for (const [gapMs, amount] of steps) {
          nowMs += gapMs;
          sum.add(nowMs, amount);
          literal.add(nowMs, amount);
          expect(sum.total(nowMs)).toBe(literal.sum(nowMs));
        }
      }),
      { numRuns: cases },
    );
  });
});

describe('a retry budget as that of Finagle', () => {
  /** As testBudget of RetryBudgetTest.scala: time stands still, every request that can be is retried. */
  test.each([
    [60, 0, 0.1],
    [60, 0, 0.5],
    [60, 0, 0.25],
    [60, 0, 0.75],
    [60, 0, 0.99],
    [60, 0, 0.999],
    [60, 0, 0.9999],
    [60, 0, 0.01],
    [60, 0, 0.001],
    [60, 0, 0.0001],
    [1, 10, 0],
    [2, 5, 0],
    [1, 10, 0.1],
    [2, 5, 0.5],
  ])(
    'for %d s, at least %d a second and a share of %d lets as many retries through as its unit tests say',
    (seconds, leastPerSecond, share) => {
      const budget = new RetryBudget({ timeToLiveMs: seconds * 1000, leastPerSecond, share });
      const least = seconds * leastPerSecond;
      expect(budget.balance(0)).toBe(least);
      let retried = 0;
      for (let request = 0; request < 10_000; request++) {
        budget.opened(0);
        if (budget.mayRetry(0)) retried++;
        else expect(budget.balance(0)).toBe(0);
      }
      expect(Math.abs(retried - (Math.floor(10_000 * share) + least))).toBeLessThanOrEqual(1);
    },
  );

  test('a share of 2 allows two retries for each request, and nothing at all allows none', () => {
    const generous = new RetryBudget({ timeToLiveMs: 60_000, leastPerSecond: 0, share: 2 });
    for (let request = 0; request < 10_000; request++) generous.opened(0);
    expect(generous.balance(0)).toBe(20_000);
    const empty = new RetryBudget({ leastPerSecond: 0, share: 0 });
    empty.opened(0);
    expect([empty.balance(0), empty.mayRetry(0)]).toEqual([0, false]);
  });

  test('by default a fifth, ten a second besides, and deposits count for about ten seconds', () => {
    expect(finagleBudgetDefaults).toEqual({ timeToLiveMs: 10_000, leastPerSecond: 10, share: 0.2 });
    const balances = (...looksMs: number[]) => {
      const budget = new RetryBudget();
      expect(budget.balance(0)).toBe(100);
      for (let request = 0; request < 500; request++) budget.opened(0);
      return looksMs.map((atMs) => budget.balance(atMs));
    };
    expect([balances(0, 9999), balances(10_000)]).toEqual([[200, 200], [100]]);
    // A slice ends when somebody looks, so a late look lets deposits live longer.
    expect(balances(9999, 10_998, 10_999)).toEqual([200, 200, 100]);
  });

  test('is overdrawn while its withdrawals outlive the deposits they came from', () => {
    const budget = new RetryBudget({ timeToLiveMs: 10_000, leastPerSecond: 0, share: 0.5 });
    for (let request = 0; request < 4; request++) budget.opened(0);
    expect([budget.mayRetry(5000), budget.mayRetry(5000), budget.mayRetry(5000)]).toEqual([true, true, false]);
    budget.opened(10_000);
    budget.opened(10_000);
    expect([budget.balance(10_000), budget.mayRetry(10_000)]).toEqual([-1, false]);
  });

  test.each([
    [{ timeToLiveMs: 0 }, 'The time to live in ms of a retry budget is 0; it must be a whole number from 1000 to 60999.'],
    [{ timeToLiveMs: 61_000 }, '61000'],
    [{ leastPerSecond: -1 }, 'The least number of retries per second of a retry budget is -1'],
    [{ share: -1 }, 'The share of retries of a retry budget is -1; it must be from 0 to 1000.'],
    [{ share: Number.NaN }, 'NaN'],
    [{ share: 0.00001, leastPerSecond: 100 }, 'The reserve of a retry budget'],
  ])('refuses %j', (options, message) => {
    expect(() => new RetryBudget(options)).toThrow(RangeError);
    expect(() => new RetryBudget(options)).toThrow(message);
  });
});

describe('retry tokens as those of gRPC', () => {
  test('agree with the unit test of grpc-java', () => {
    const tokens = new RetryTokens({ most: 4, perSuccess: 0.8 });
    const fail = () => {
      tokens.failed();
      return [tokens.tokens, tokens.mayRetry()];
    };
    const succeed = () => {
      tokens.succeeded();
      return [tokens.tokens, tokens.mayRetry()];
    };
    tokens.opened();
    expect(tokens.mayRetry()).toBe(true);
    expect([fail(), fail(), fail(), fail(), fail()]).toEqual([
      [3, true],
      [2, false],
      [1, false],
      [0, false],
      [0, false],
    ]);
    expect([succeed(), succeed(), succeed(), succeed(), succeed(), succeed()]).toEqual([
      [0.8, false],
      [1.6, false],
      [2.4, true],
      [3.2, true],
      [4, true],
      [4, true],
    ]);
    expect([fail(), fail()]).toEqual([
      [3, true],
      [2, false],
    ]);
  });

  test('count in thousandths, cut off', () => {
    const tokens = new RetryTokens({ most: 10, perSuccess: 0.1239 });
    tokens.failed();
    tokens.succeeded();
    expect(tokens.tokens).toBe(9.123);
  });

  test.each([
    { most: 0, perSuccess: 1 },
    { most: 1001, perSuccess: 1 },
    { most: 1, perSuccess: 0 },
    { most: Number.NaN, perSuccess: 1 },
  ])('refuse %j', (options) => {
    expect(() => new RetryTokens(options)).toThrow(RangeError);
  });
});

describe('adaptive throttling', () => {
  test('turns requests away with the recorded probability', () => {
    const rows = readVector<[requests: number, accepts: number, multiplier: number, probability: number][]>('sre.throttle');
    expect(rows).toHaveLength(5);
    for (const [requests, accepts, multiplier, probability] of rows) {
      expect(Math.abs(throttleProbability(requests, accepts, multiplier) - probability)).toBeLessThan(1e-10);
      const throttle = new AdaptiveThrottle({ multiplier });
      for (let request = 0; request < requests; request++) throttle.allows(5, 1);
      for (let accept = 0; accept < accepts; accept++) throttle.accepted(6);
      expect(throttle.probability(7)).toBe(throttleProbability(requests, accepts, multiplier));
      // Two minutes later nobody remembers.
      expect(throttle.probability(120_005)).toBe(0);
    }
  });

  test('of a server that takes a tenth of what comes, asks about twice what it takes', () => {
    const stream = new Stream(3, 'luck');
    const throttle = new AdaptiveThrottle();
    let asked = 0;
    let taken = 0;
    for (let request = 0; request < 200_000; request++) {
      const nowMs = request;
      if (!throttle.allows(nowMs, stream.next())) continue;
      const isTaken = Math.floor(nowMs / 10) > taken;
      if (isTaken) throttle.accepted(nowMs);
      if (isTaken) taken++;
      if (nowMs > 100_000) asked++;
    }
    expect(asked / 10_000).toBeGreaterThan(1.8);
    expect(asked / 10_000).toBeLessThan(2.2);
  });

  test('refuses impossible numbers', () => {
    expect(() => new AdaptiveThrottle({ multiplier: 0.5 })).toThrow('The multiplier of a throttle is 0.5');
    expect(() => new AdaptiveThrottle({ windowMs: Number.NaN })).toThrow(RangeError);
    for (const [requests, accepts, multiplier] of [
      [-1, 0, 2],
      [1, Number.NaN, 2],
      [1, 0, 0.9],
      [Infinity, 0, 2],
    ]) {
      expect(() => throttleProbability(requests, accepts, multiplier)).toThrow(RangeError);
    }
  });
});
