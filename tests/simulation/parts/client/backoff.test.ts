import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  awsBackoff,
  exponentialGapMs,
  gapsOf,
  type PollyBackoffOptions,
  pollyBackoff,
  pollyCurve,
  pollyJitteredMs,
  pollyRetryDefaults,
} from '../../../../src/simulation/parts/client/backoff';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';

describe('AWS backoff', () => {
  const {
    base: baseMs,
    cap: capMs,
    u,
    expo,
    full,
  } = readVector<{ base: number; cap: number; u: number[]; expo: number[]; full: number[] }>('aws.jitter');

  test('gives the recorded gaps: exponential from twice the base, and full jitter', () => {
    expect(gapsOf(awsBackoff({ baseMs, capMs }), u)).toEqual(expo);
    gapsOf(awsBackoff({ baseMs, capMs, jitter: 'full' }), u).forEach((gap, index) => {
      expect(gap).toBeCloseTo(full[index], 9);
    });
    expect(u.length + full.length).toBe(20);
  });

  test('equal jitter adds a random half to a half', () => {
    gapsOf(awsBackoff({ baseMs, capMs, jitter: 'equal' }), u).forEach((gap, index) => {
      expect(gap).toBeCloseTo(expo[index] / 2 + (u[index] * expo[index]) / 2, 9);
    });
  });

  test('decorrelated jitter lies between the base and three times the gap before, and at most at the cap', () => {
    // base 5, cap 2000: 5 + .5 (15 - 5) = 10; 5 + .1 (30 - 5) = 7.5; 5 + .9 (22.5 - 5) = 20.75; 5 + .25 (62.25 - 5) = 19.3125; …
    const gaps = gapsOf(awsBackoff({ baseMs, capMs, jitter: 'decorrelated' }), u);
    expect(gaps.slice(0, 4)).toEqual([10, 7.5, 20.75, 19.3125]);
    let previous = baseMs;
    gaps.forEach((gap, index) => {
      expect(gap).toBeCloseTo(Math.min(capMs, baseMs + u[index] * (3 * previous - baseMs)), 9);
      previous = gap;
    });
    expect(gapsOf(awsBackoff({ baseMs: 5, capMs: 40, jitter: 'decorrelated' }), [1, 1, 1, 1])).toEqual([15, 40, 40, 40]);
  });

  test('doubles exactly, however often, and a base of 0 never grows', () => {
    for (let retry = 1; retry < 1020; retry++) expect(exponentialGapMs(3, Infinity, retry)).toBe(3 * 2 ** retry);
    expect(exponentialGapMs(3, Infinity, 5000)).toBe(Infinity);
    expect(exponentialGapMs(3, 100, 5000)).toBe(100);
    expect(exponentialGapMs(0, Infinity, 5000)).toBe(0);
  });

  test('every gap lies in its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.constantFrom('none' as const, 'full' as const, 'equal' as const, 'decorrelated' as const),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        (base, cap, jitter, uniforms) => {
          gapsOf(awsBackoff({ baseMs: base, capMs: cap, jitter }), uniforms).forEach((gap, index) => {
            const most = jitter === 'decorrelated' ? cap : Math.min(cap, base * 2 ** (index + 1));
            expect(gap).toBeLessThanOrEqual(most * (1 + 1e-15));
            expect(gap).toBeGreaterThanOrEqual(
              jitter === 'equal' ? most / 2 : jitter === 'none' ? most : jitter === 'full' ? 0 : Math.min(base, cap),
            );
          });
        },
      ),
      { numRuns: cases },
    );
  });

  test.each([
    [{ baseMs: -1 }, 'The base in ms of a backoff is -1; it must be from 0 to'],
    [{ baseMs: Number.NaN }, 'NaN'],
    [{ baseMs: Infinity }, 'Infinity'],
    [{ baseMs: 1, capMs: -5 }, 'The cap in ms of a backoff is -5; it must be 0 or more.'],
    [{ baseMs: 1, capMs: Number.NaN }, 'NaN'],
    [{ baseMs: 1, jitter: 'some' as 'full' }, 'A backoff has jitter some; known are none, full, equal and decorrelated.'],
  ])('refuses %j', (options, message) => {
    expect(() => awsBackoff(options)).toThrow(RangeError);
    expect(() => awsBackoff(options)).toThrow(message);
  });
});

describe('Polly backoff', () => {
  interface Recorded {
    constant: [number, number][];
    exponential_no_jitter_1s: number[];
    v2: { base_ms: number; u: number[]; ms: number[] }[];
  }
  const recorded = readVector<Recorded>('polly.jitter');
  const gap = (options: PollyBackoffOptions, attempt: number, uniform: number) => pollyBackoff(options)(attempt + 1, uniform, 0, 0);

  test('gives the recorded delays', () => {
    for (const [uniform, ms] of recorded.constant) expect(gap({ baseMs: 1000, hasJitter: true }, 0, uniform)).toBeCloseTo(ms, 9);
    expect(gapsOf(pollyBackoff({ baseMs: 1000, growth: 'exponential' }), [0, 0, 0])).toEqual(recorded.exponential_no_jitter_1s);
    for (const { base_ms, u, ms } of recorded.v2) {
      const gaps = gapsOf(pollyBackoff({ baseMs: base_ms, growth: 'exponential', hasJitter: true }), u);
      gaps.forEach((value, index) => {
        expect(Math.abs(value / ms[index] - 1)).toBeLessThan(1e-9);
      });
      expect(gaps.length).toBe(6);
    }
  });

  test('agrees with the unit tests of Polly: constant, linear, exponential, with jitter and without', () => {
    for (const growth of ['constant', 'linear', 'exponential'] as const) {
      for (const hasJitter of [false, true]) {
        for (const attempt of [0, 1, 2]) expect(gap({ growth, hasJitter, baseMs: 0 }, attempt, 0.5)).toBe(0);
        // MaxDelay_Ok: 10 s at attempt 2 are too much for a cap of 1 s.
        expect(gap({ growth, hasJitter, baseMs: 10_000, capMs: 1000 }, 2, 0.5)).toBe(1000);
      }
    }
    expect([0, 1, 2].map((attempt) => gap({ baseMs: 1000 }, attempt, 0))).toEqual([1000, 1000, 1000]);
    expect([0, 1, 2].map((attempt) => gap({ baseMs: 1000, growth: 'linear' }, attempt, 0))).toEqual([1000, 2000, 3000]);
    expect([0, 1, 2].map((attempt) => gap({ baseMs: 1000, growth: 'exponential' }, attempt, 0))).toEqual([1000, 2000, 4000]);
    const linear = [0, 0.4, 0.5, 0.6, 1].map((u) => gap({ baseMs: 1000, growth: 'linear', hasJitter: true }, 2, u));
    [2250, 2850, 3000, 3150, 3750].forEach((ms, index) => {
      expect(linear[index]).toBeCloseTo(ms, 9);
    });
    expect(gap({ baseMs: 1000, capMs: 2000 }, 2, 0)).toBe(1000);
  });

  test('stops at the longest time span of .NET, or at the cap, where a delay overflows it', () => {
    const dayMs = 86_400_000;
    const longestMs = 9223372036854776000 / 10_000;
    expect(gap({ baseMs: dayMs, growth: 'exponential' }, 1000, 0)).toBe(longestMs);
    expect(gap({ baseMs: dayMs, growth: 'exponential', capMs: 2 * dayMs }, 1000, 0)).toBe(2 * dayMs);
    // What overflows before the jitter has none.
    expect(gap({ baseMs: longestMs / 2, growth: 'linear', hasJitter: true }, 2, 0)).toBe(longestMs);
    for (const attempt of [1, 2, 3, 4, 10, 100, 1000, 1024, 1025, 100_000]) {
      const growing = { growth: 'exponential', hasJitter: true } as const;
      expect(gap(growing, attempt, 0.7)).toBeGreaterThan(0);
      expect(gap(growing, attempt, 0.7)).toBeLessThanOrEqual(longestMs);
      expect(gap({ ...growing, capMs: 30_000 }, attempt, 0.7)).toBeLessThanOrEqual(30_000);
    }
    expect(pollyJitteredMs(1, Infinity, Infinity)).toBe(922337203685477.5);
  });

  test('a jittered delay stays within a quarter, an exponential one below four times its doubling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_600_000 }),
        fc.nat(60),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (baseMs, attempt, uniform) => {
          const constant = gap({ baseMs, hasJitter: true }, attempt, uniform);
          expect(constant).toBeGreaterThanOrEqual(0.75 * baseMs * (1 - 1e-12));
          expect(constant).toBeLessThanOrEqual(1.25 * baseMs * (1 + 1e-12));
          const growing = pollyJitteredMs(baseMs, pollyCurve(attempt + uniform), 0);
          expect(growing).toBeGreaterThanOrEqual(0);
          expect(growing).toBeLessThan(baseMs * 2 ** attempt * 4);
        },
      ),
      { numRuns: cases },
    );
  });

  test('the median of the jittered delays doubles from the third on', () => {
    const backoff = pollyBackoff({ baseMs: 1000, growth: 'exponential', hasJitter: true });
    const uniforms = Array.from({ length: 41 }, (_, index) => (index + 0.5) / 41);
    const medians = [3, 4, 5, 6].map((retry) => {
      const gaps = uniforms.flatMap((u) => uniforms.map((before) => backoff(retry, u, 0, before)));
      return gaps.sort((a, b) => a - b)[840];
    });
    medians.slice(1).forEach((median, index) => {
      expect(Math.abs(median / medians[index] - 2)).toBeLessThan(0.05);
    });
  });

  test('waits 2 s, constantly, three times by default', () => {
    expect(pollyRetryDefaults).toEqual({ retries: 3, baseMs: 2000, growth: 'constant', hasJitter: false });
    expect(gapsOf(pollyBackoff(), [0.1, 0.9])).toEqual([2000, 2000]);
  });

  test.each([
    [{ baseMs: -1 }, 'The base in ms of a backoff is -1'],
    [{ capMs: Number.NaN }, 'The cap in ms of a backoff is NaN'],
    [{ growth: 'cubic' as 'linear' }, 'A backoff has growth cubic; known are constant, linear and exponential.'],
  ])('refuses %j', (options, message) => {
    expect(() => pollyBackoff(options)).toThrow(message);
  });
});
