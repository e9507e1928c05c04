import { describe, expect, test } from 'vitest';
import { RandomSource } from '../../../src/simulation/kernel/random';
import {
  type ArrivalProcess,
  constantArrivals,
  poissonArrivals,
  replayedArrivals,
  steppedArrivals,
} from '../../../src/simulation/workload/arrivals';

const stream = (seed = 1) => new RandomSource(seed).stream('arrivals');
const take = (arrivals: ArrivalProcess, count: number) => Array.from({ length: count }, () => arrivals.nextMs());

describe('arrivals', () => {
  test('Poisson gaps have their mean and the variation of an exponential', () => {
    const times = take(poissonArrivals(50, stream()), 100_000);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    const mean = times[times.length - 1] / times.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(mean - 20)).toBeLessThan((4 * 20) / Math.sqrt(gaps.length));
    expect(Math.abs(variance / 400 - 1)).toBeLessThan(4 * Math.sqrt(8 / gaps.length));
    expect(Math.min(...gaps.slice(0, 50_000))).toBeGreaterThan(0);
  });

  test('another rate stretches the same sequence', () => {
    const slow = take(poissonArrivals(10, stream()), 100);
    const fast = take(poissonArrivals(40, stream()), 100);
    fast.forEach((time, index) => {
      expect(Math.abs((time * 4) / slow[index] - 1)).toBeLessThan(1e-12);
    });
  });

  test('a constant stream has no drift, and a rate of 0 has no arrival', () => {
    expect(take(constantArrivals(3), 300)[299]).toBe(300 * (1000 / 3));
    expect(constantArrivals(0).nextMs()).toBe(Infinity);
    expect(poissonArrivals(0, stream()).nextMs()).toBe(Infinity);
    expect(() => poissonArrivals(-1, stream())).toThrow('The arrival rate is -1 per second');
  });

  test('a replay gives its instants and then no more', () => {
    expect(take(replayedArrivals([1, 1, 5]), 5)).toEqual([1, 1, 5, Infinity, Infinity]);
  });

  test('steps change the rate at their instants: the counts fit each step, nothing comes while it is 0', () => {
    const arrivals = steppedArrivals(
      [
        { fromMs: 0, arrivalsPerSecond: 100 },
        { fromMs: 100_000, arrivalsPerSecond: 0 },
        { fromMs: 150_000, arrivalsPerSecond: 400 },
        { fromMs: 200_000, arrivalsPerSecond: 0 },
      ],
      stream(),
    );
    const times: number[] = [];
    for (let time = arrivals.nextMs(); time < Infinity; time = arrivals.nextMs()) times.push(time);
    const within = (from: number, to: number) => times.filter((time) => time > from && time <= to).length;
    expect(Math.abs(within(0, 100_000) - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
    expect(within(100_000, 150_000)).toBe(0);
    expect(Math.abs(within(150_000, 200_000) - 20_000)).toBeLessThan(4 * Math.sqrt(20_000));
    expect(times.every((time, index) => index === 0 || time >= times[index - 1])).toBe(true);
    expect(times.length).toBe(within(0, 200_000));
  });

  test('one step is the plain Poisson process', () => {
    const stepped = take(steppedArrivals([{ fromMs: 0, arrivalsPerSecond: 10 }], stream()), 50);
    take(poissonArrivals(10, stream()), 50).forEach((time, index) => {
      expect(Math.abs(stepped[index] / time - 1)).toBeLessThan(1e-12);
    });
  });

  test('refuses steps that do not start at 0 or do not ascend', () => {
    expect(() => steppedArrivals([{ fromMs: 5, arrivalsPerSecond: 1 }], stream())).toThrow('starts at 5 ms');
    expect(() =>
      steppedArrivals(
        [
          { fromMs: 0, arrivalsPerSecond: 1 },
          { fromMs: 0, arrivalsPerSecond: 2 },
        ],
        stream(),
      ),
    ).toThrow('Step 2');
  });
});
