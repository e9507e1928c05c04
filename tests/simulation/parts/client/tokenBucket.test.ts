import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delayFrom, type Reservation, ratePerSecondOf, TokenBucket } from '../../../../src/simulation/parts/client/tokenBucket';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

type Row = [atMs: number, before: number, count: number, isAllowed: boolean];
interface Recorded {
  burst3: { rate: number; burst: number; rows: Row[] };
  burst1: { rate: number; burst: number; rows: Row[] };
  run: { rate: number; burst: number; steps: [atMs: number, count: number, before: number, isAllowed: boolean][] };
}

describe('a token bucket', () => {
  const ns = (ms: number) => ms * 1e6;

  test('does as the unit tests and the recorded run of golang.org/x/time/rate', () => {
    const { burst1, burst3, run } = readVector<Recorded>('tokenbucket');
    const rows = run.steps.map(([atMs, count, before, isAllowed]): Row => [atMs, before, count, isAllowed]);
    let checked = 0;
    for (const script of [burst1, burst3, { ...run, rows }]) {
      const bucket = new TokenBucket({ ratePerSecond: script.rate, burst: script.burst });
      for (const [atMs, before, count, isAllowed] of script.rows) {
        expect(Math.abs(bucket.tokensAt(ns(atMs)) - before)).toBeLessThan(1e-6);
        expect(bucket.allow(ns(atMs), count)).toBe(isAllowed);
        checked++;
      }
    }
    expect(checked).toBe(46);
  });

  interface Script {
    rate: number | 'Inf';
    burst: number;
    ops: (string | number | boolean)[][];
  }
  const number = (value: unknown) => (value === 'Inf' || (value as number) > 9.2e18 ? Infinity : (value as number));

  /** What the bucket says after an operation, as the recording has it. */
  function answerTo(bucket: TokenBucket, op: Script['ops'][0], reservations: Reservation[]): unknown[] {
    const [what, atNs, first, second] = op as [string, number, number, unknown];
    switch (what) {
      case 'allow':
        return [bucket.tokensAt(atNs), bucket.allow(atNs, first)];
      case 'reserve': {
        const reservation = bucket.reserve(atNs, first, number(second));
        reservations.push(reservation);
        return [reservation.isGranted, delayFrom(reservation, atNs)];
      }
      case 'cancel':
        bucket.cancel(reservations[first], atNs);
        return [bucket.tokensAt(atNs), delayFrom(reservations[first], atNs)];
      case 'setRate':
        bucket.setRate(atNs, number(first));
        break;
      case 'setBurst':
        bucket.setBurst(atNs, first);
        break;
    }
    return [bucket.tokensAt(atNs)];
  }

  test('does to the last digit what the real package did in recorded runs: reservations, cancels, changes, a clock that jumps back', () => {
    const scripts = readVector<Script[]>('tokenbucket.go');
    let checked = 0;
    for (const { rate, burst, ops } of scripts) {
      const bucket = new TokenBucket({ ratePerSecond: number(rate), burst });
      const reservations: Reservation[] = [];
      for (const op of ops) {
        const recorded = op
          .slice(op[0] === 'reserve' ? 4 : op[0] === 'tokens' ? 2 : 3)
          .map((value) => (typeof value === 'boolean' ? value : number(value)));
        expect(answerTo(bucket, op, reservations)).toEqual(recorded);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(1400);
  });

  test('a limit of 0 gives the first burst and no more; no limit gives everything, whatever the burst', () => {
    const none = new TokenBucket({ ratePerSecond: 0, burst: 2 });
    expect([none.allow(0), none.allow(0), none.allow(1e18)]).toEqual([true, true, false]);
    const never = none.reserve(5);
    expect([never.isGranted, delayFrom(never, 5)]).toEqual([true, Infinity]);
    const all = new TokenBucket({ ratePerSecond: Infinity, burst: 0 });
    expect(all.allow(0, 1_000_000)).toBe(true);
    expect(all.tokensAt(0)).toBe(0);
    expect(new TokenBucket({ ratePerSecond: 1e-10, burst: 1 }).allow(0)).toBe(true);
  });

  test('a wait is granted only when it ends by the deadline, and gives its tokens back when it is broken off', () => {
    const bucket = new TokenBucket({ ratePerSecond: 10, burst: 3 });
    expect(bucket.wait(0, 4).isGranted).toBe(false);
    expect(delayFrom(bucket.wait(0, 2), 0)).toBe(0);
    expect(bucket.wait(0, 3, ns(100)).isGranted).toBe(false);
    expect(bucket.wait(0, 1, 0).isGranted).toBe(false);
    const waiting = bucket.wait(0, 3, ns(200));
    expect(delayFrom(waiting, 0)).toBe(ns(200));
    expect(delayFrom(waiting, ns(150))).toBe(ns(50));
    expect(delayFrom(waiting, ns(250))).toBe(0);
    bucket.cancel(waiting, ns(100));
    expect(bucket.tokensAt(ns(100))).toBeCloseTo(2, 12);
  });

  test('a rate is one over the gap between events', () => {
    expect([0, -1].map(ratePerSecondOf)).toEqual([Infinity, Infinity]);
    for (const gapNs of [1, 1e3, 1e6, 1e7, 1e8, 1e9, 2e9, 2.5e9, 4e9, 1e10])
      expect(ratePerSecondOf(gapNs) / (1e9 / gapNs)).toBeCloseTo(1, 14);
  });

  test('lets through in any time no more than the burst and what drips in, and nearly that when asked all the time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 }),
        (ratePerSecond, burst, gapsMs) => {
          const bucket = new TokenBucket({ ratePerSecond, burst });
          let atMs = 0;
          let through = 0;
          for (const gapMs of gapsMs) {
            atMs += gapMs;
            if (bucket.allow(ns(atMs))) through++;
          }
          expect(through).toBeLessThanOrEqual(burst + (ratePerSecond * atMs) / 1000 + 1e-6);
          const busy = new TokenBucket({ ratePerSecond, burst: burst + 1 });
          let busyThrough = 0;
          for (let ms = 0; ms < 1000; ms++) for (let ask = 0; ask < 2; ask++) if (busy.allow(ns(ms))) busyThrough++;
          expect(Math.abs(busyThrough - (burst + 1 + 0.999 * ratePerSecond))).toBeLessThan(2);
        },
      ),
      { numRuns: cases },
    );
  });

  test.each([
    [{ ratePerSecond: -1, burst: 1 }, 'The rate per second of a token bucket is -1; it must be 0 or more.'],
    [{ ratePerSecond: Number.NaN, burst: 1 }, 'NaN'],
    [{ ratePerSecond: 1, burst: 1.5 }, 'The burst of a token bucket is 1.5; it must be a whole number from 0 to 2147483647.'],
    [{ ratePerSecond: 1, burst: -1 }, 'The burst of a token bucket is -1'],
    [{ ratePerSecond: 1, burst: Infinity }, 'Infinity'],
  ])('refuses %j', (options, message) => {
    expect(() => new TokenBucket(options)).toThrow(RangeError);
    expect(() => new TokenBucket(options)).toThrow(message);
  });

  test('refuses to take or become what makes no sense', () => {
    const bucket = new TokenBucket({ ratePerSecond: 1, burst: 1 });
    expect(() => bucket.allow(0, -1)).toThrow('The number of tokens asked of a token bucket is -1');
    expect(() => bucket.setRate(0, Number.NaN)).toThrow(RangeError);
    expect(() => bucket.setBurst(0, 0.5)).toThrow(RangeError);
  });
});
