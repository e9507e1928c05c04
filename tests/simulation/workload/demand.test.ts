import { describe, expect, test } from 'vitest';
import { RandomSource } from '../../../src/simulation/kernel/random';
import type { ArrivalProcess } from '../../../src/simulation/workload/arrivals';
import { burstArrivals, meanBurstRate } from '../../../src/simulation/workload/bursts';
import { hotSetKeys, sequentialKeys, uniformKeys, zipfKeys } from '../../../src/simulation/workload/keys';
import {
  curveArrivals,
  dayCurve,
  dayMs,
  hourMs,
  inTimeZone,
  meanRate,
  rateAt,
  rateCurve,
  sumOfCurves,
} from '../../../src/simulation/workload/rateCurve';
import { drawClass, requestMix } from '../../../src/simulation/workload/requestClasses';

const stream = (name = 'arrivals', seed = 1) => new RandomSource(seed).stream(name);

function until(arrivals: ArrivalProcess, endMs: number): number[] {
  const times: number[] = [];
  for (let time = arrivals.nextMs(); time <= endMs; time = arrivals.nextMs()) times.push(time);
  return times;
}

describe('a rate that follows a curve', () => {
  const ramp = rateCurve(
    [
      { atMs: 0, perSecond: 0 },
      { atMs: 60_000, perSecond: 200 },
      { atMs: 80_000, perSecond: 0 },
    ],
    100_000,
  );

  test('is read between its points, in every period', () => {
    expect(rateAt(ramp, 30_000)).toBe(100);
    expect(rateAt(ramp, 170_000)).toBe(100);
    expect(rateAt(ramp, 90_000)).toBe(0);
    expect(meanRate(ramp)).toBe(80);
  });

  test('gives each stretch as many arrivals as the area under it, none where it is 0, and never runs back', () => {
    const times = until(curveArrivals(ramp, stream()), 1_000_000);
    const count = (fromMs: number, toMs: number) => times.filter((time) => time % 100_000 > fromMs && time % 100_000 <= toMs).length;
    for (const [fromMs, toMs, expected] of [
      [0, 30_000, 15_000],
      [30_000, 60_000, 45_000],
      [60_000, 80_000, 20_000],
    ]) {
      expect(Math.abs(count(fromMs, toMs) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
    expect(count(80_000.001, 99_999.999)).toBe(0);
    expect(times.every((time, index) => index === 0 || time >= times[index - 1])).toBe(true);
  });

  test('twice the rate halves nothing but the time between: the n-th arrival lies at the same share of the area', () => {
    const flat = (perSecond: number) => rateCurve([{ atMs: 0, perSecond }], 1000);
    const slow = curveArrivals(flat(10), stream());
    const fast = curveArrivals(flat(20), stream());
    for (let n = 0; n < 1000; n++) expect(Math.abs(slow.nextMs() / fast.nextMs() - 2)).toBeLessThan(1e-9);
  });

  test('a day has its peak where it was asked for and the mean between quiet and peak', () => {
    const day = dayCurve({ quietPerSecond: 2, peakPerSecond: 10, peakHour: 19 });
    expect(rateAt(day, 19 * hourMs)).toBeCloseTo(10, 9);
    expect(rateAt(day, 7 * hourMs)).toBeCloseTo(2, 9);
    expect(meanRate(day)).toBeCloseTo(6, 9);
  });

  test('people further east dine earlier, and demand around the globe evens out', () => {
    const day = dayCurve({ quietPerSecond: 0, peakPerSecond: 10, peakHour: 19 });
    expect(rateAt(inTimeZone(day, 9), 10 * hourMs)).toBeCloseTo(10, 9);
    const globe = sumOfCurves([-8, 0, 8].map((hours) => inTimeZone(day, hours)));
    for (let hour = 0; hour < 24; hour++) expect(rateAt(globe, hour * hourMs)).toBeCloseTo(15, 6);
    expect(globe.periodMs).toBe(dayMs);
  });

  test('a curve that makes no sense is refused with what was found', () => {
    expect(() => rateCurve([{ atMs: 5, perSecond: 1 }], 10)).toThrow('the first is at 0 ms');
    expect(() => rateCurve([{ atMs: 0, perSecond: -1 }], 10)).toThrow('The rate at 0 ms is -1 per second');
    expect(() => rateCurve([{ atMs: 0, perSecond: 1 }], 0)).toThrow('times must ascend');
    expect(curveArrivals(rateCurve([{ atMs: 0, perSecond: 0 }], 10), stream()).nextMs()).toBe(Infinity);
  });
});

describe('bursts', () => {
  const options = { burstPerSecond: 100, quietPerSecond: 5, meanBurstMs: 2000, meanQuietMs: 8000 };

  test('have their mean rate over a long time', () => {
    const times = until(burstArrivals(options, stream(), stream('spells')), 20_000_000);
    expect(meanBurstRate(options)).toBe(24);
    // Asymptotic variance of the count of an on–off process: Poisson plus that of the time spent in bursts.
    const cycles = 20_000_000 / 10_000;
    const sigma = Math.sqrt(times.length + cycles * 2 * ((0.095 * (2000 * 8000)) / 10_000) ** 2);
    expect(Math.abs(times.length - 480_000)).toBeLessThan(4 * sigma);
  });

  test('regular bursts come and go by the clock', () => {
    const times = until(burstArrivals({ ...options, quietPerSecond: 0, isRegular: true }, stream(), stream('spells')), 100_000);
    expect(times.every((time) => time % 10_000 >= 8000)).toBe(true);
    expect(Math.abs(times.length - 2000)).toBeLessThan(4 * Math.sqrt(2000));
  });

  test('refuse rates and lengths that make no sense', () => {
    expect(() => burstArrivals({ ...options, meanBurstMs: 0 }, stream(), stream())).toThrow('meanBurstMs is 0');
    expect(() => burstArrivals({ ...options, burstPerSecond: Number.NaN }, stream(), stream())).toThrow('burstPerSecond is NaN');
  });
});

describe('keys', () => {
  const uniforms = Array.from({ length: 100_000 }, (_, index) => (index + 0.5) / 100_000);
  const counts = (draw: (u: number, request: number) => number, keys: number) => {
    const found = new Array<number>(keys).fill(0);
    uniforms.forEach((uniform, request) => {
      found[draw(uniform, request)]++;
    });
    return found;
  };

  test('uniform keys are alike', () => {
    expect(new Set(counts(uniformKeys(100), 100))).toEqual(new Set([1000]));
  });

  test('Zipf keys fall off as their rank to the exponent', () => {
    const found = counts(zipfKeys(1000, 1), 1000);
    expect(Math.abs(found[0] / found[9] - 10)).toBeLessThan(0.1);
  });

  test('sequential keys come in turn, whatever is drawn', () => {
    expect([0, 1, 2, 3, 4].map((request) => sequentialKeys(3)(0.9, request))).toEqual([0, 1, 2, 0, 1]);
  });

  test('a hot set gets its share, evenly, and the cold get the rest, evenly', () => {
    const found = counts(hotSetKeys(100, 10, 0.8), 100);
    for (let key = 0; key < 10; key++) expect(Math.abs(found[key] - 8000)).toBeLessThan(3);
    for (let key = 10; key < 100; key++) expect(Math.abs(found[key] - 20_000 / 90)).toBeLessThan(3);
    expect(() => hotSetKeys(10, 10, 0.5)).toThrow('at least one key must be cold');
    expect(() => hotSetKeys(10, 2, 1)).toThrow("The hot keys' share is 1");
  });
});

describe('classes of requests', () => {
  test('are drawn by their shares', () => {
    const mix = requestMix([
      { name: 'slice', share: 3, workMs: () => 1 },
      { name: 'pizza', share: 1, workMs: () => 4 },
    ]);
    expect([0.1, 0.74, 0.75, 0.99].map((uniform) => drawClass(mix, uniform))).toEqual([0, 0, 1, 1]);
  });

  test('refuse shares that cannot be divided', () => {
    expect(() => requestMix([])).toThrow('0 classes');
    expect(() => requestMix([{ name: 'slice', share: -1, workMs: () => 1 }])).toThrow('The share of class slice is -1');
  });
});
