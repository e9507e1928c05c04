import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp } from '../../../../src/simulation/kernel/math';
import { fates } from '../../../../src/simulation/measure/accounts';
import { leastResponseTime } from '../../../../src/simulation/parts/policies/leastResponseTime';
import { createPeakEwma, observePeakEwma, peakEwma, peakEwmaCost } from '../../../../src/simulation/parts/policies/peakEwma';
import { cases } from '../../../cases';
import { isNear, pickMany, rotationOf } from './rotation';

describe('peak EWMA', () => {
  test('jumps to a peak and comes down with the time between looks', () => {
    const state = createPeakEwma(1, { decayMs: 1000 });
    observePeakEwma(state, 0, 100, 0);
    expect(state.averagesMs[0]).toBe(100);
    observePeakEwma(state, 0, 20, 500);
    const kept = exp(-0.5);
    expect(state.averagesMs[0]).toBeCloseTo(100 * kept + 20 * (1 - kept), 12);
    observePeakEwma(state, 0, 300, 501);
    expect(state.averagesMs[0]).toBe(300);
    expect(peakEwmaCost(state, 0, 2, 1501)).toBeCloseTo(300 * exp(-1) * 3, 9);
  });

  test('fades alike however often it is looked at, and never rises without a slow response', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 20 }), (steps) => {
        const looked = createPeakEwma(1);
        const alone = createPeakEwma(1);
        for (const state of [looked, alone]) observePeakEwma(state, 0, 100, 0);
        let nowMs = 0;
        let before = 100;
        for (const step of steps) {
          nowMs += step;
          const cost = peakEwmaCost(looked, 0, 0, nowMs);
          expect(cost).toBeLessThanOrEqual(before);
          before = cost;
        }
        expect(Math.abs(before / peakEwmaCost(alone, 0, 0, nowMs) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: cases },
    );
  });

  test('without history a server is free until it has a call, then nearly barred; linkerd gives it a first guess instead', () => {
    const finagle = createPeakEwma(2);
    expect(peakEwmaCost(finagle, 0, 0, 5)).toBe(0);
    // (2^63 - 1) >> 16 ns are some 39 hours.
    expect(peakEwmaCost(finagle, 0, 1, 5)).toBe(140_737_488.355327 + 1);
    // tower's test compound_decay: the guess, then a peak of 200 ms with one call more outstanding.
    const tower = createPeakEwma(1, { decayMs: 1000, initialMs: 20 });
    expect(peakEwmaCost(tower, 0, 0, 0)).toBe(20);
    expect(peakEwmaCost(tower, 0, 1, 100)).toBeGreaterThan(20);
    expect(peakEwmaCost(tower, 0, 2, 200)).toBeGreaterThan(40);
    observePeakEwma(tower, 0, 200, 300);
    expect(peakEwmaCost(tower, 0, 1, 300)).toBe(400);
    observePeakEwma(tower, 0, 200, 400);
    expect(peakEwmaCost(tower, 0, 0, 400)).toBe(200);
    expect(peakEwmaCost(tower, 0, 0, 1400)).toBeLessThan(100);
    expect(peakEwmaCost(tower, 0, 0, 11_400)).toBeLessThan(0.1);
  });

  test('as a policy leaves a slow server alone until its peak has faded', () => {
    const rotation = rotationOf([0, 0, 0]);
    const policy = peakEwma(1, { decayMs: 1000 })(rotation);
    for (const server of [0, 1, 2]) policy.heard?.(server, fates.completed, server === 2 ? 1000 : 10);
    expect(pickMany(policy, 200)).not.toContain(2);
    rotation.outstanding.set([200, 200, 0]);
    // 10 × 201 is more than 1000: of every pair with server 2, it is the better one.
    expect(isNear(pickMany(policy, 20_000), [1 / 6, 1 / 6, 2 / 3])).toBe(true);
  });

  test('refuses times that make no sense', () => {
    for (const wrong of [0, -1, Number.NaN, Infinity]) {
      expect(() => createPeakEwma(1, { decayMs: wrong })).toThrow(RangeError);
      expect(() => createPeakEwma(1, { initialMs: wrong })).toThrow(RangeError);
    }
  });
});

describe('least response time', () => {
  test('multiplies the average by what is outstanding, divides by the weight, and tries everybody first', () => {
    const rotation = rotationOf([0, 0, 0], [1, 1, 2]);
    const policy = leastResponseTime({ smoothing: 0.5 })(rotation);
    const next = () => pickMany(policy, 1)[0];
    expect(next()).toBe(2);
    policy.heard?.(2, fates.completed, 100);
    rotation.outstanding[0] = 1;
    expect(next()).toBe(1);
    rotation.outstanding[1] = 2;
    expect(next()).toBe(0);
    rotation.outstanding.fill(0);
    policy.heard?.(0, fates.completed, 60);
    policy.heard?.(1, fates.completed, 51);
    expect(next()).toBe(2);
    rotation.outstanding[2] = 1;
    expect(next()).toBe(1);
    // The average of server 1 becomes (51 + 99) / 2 = 75.
    policy.heard?.(1, fates.completed, 99);
    expect(next()).toBe(0);
  });

  test('a failure says nothing about speed', () => {
    const rotation = rotationOf([0, 0]);
    const policy = leastResponseTime()(rotation);
    policy.heard?.(0, fates.completed, 10);
    policy.heard?.(1, fates.completed, 20);
    for (let failure = 0; failure < 50; failure++) policy.heard?.(1, fates.failed, 0);
    expect(pickMany(policy, 1)).toEqual([0]);
  });

  test('refuses a share that is none', () => {
    for (const smoothing of [0, -1, 1.1, Number.NaN]) expect(() => leastResponseTime({ smoothing })).toThrow('above 0 and at most 1');
  });
});
