import { describe, expect, test } from 'vitest';
import {
  bimodal,
  boundedPareto,
  boundedParetoMean,
  deterministic,
  exponential,
  hyperexponential2,
  inverseNormal,
  logNormal,
  pareto,
  uniformBetween,
  zipfRank,
  zipfTable,
} from '../../../src/simulation/kernel/distributions';

/** Mean and squared coefficient of variation over evenly spread u: a midpoint rule, no randomness. */
function moments(sample: (u: number) => number, points = 400_000): { mean: number; squaredVariation: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < points; i += 1) {
    const value = sample((i + 0.5) / points);
    sum += value;
    squares += value * value;
  }
  const mean = sum / points;
  return { mean, squaredVariation: squares / points / (mean * mean) - 1 };
}

describe('samplers by inversion', () => {
  test('exponential has its mean, variation 1 and its median', () => {
    const { mean, squaredVariation } = moments((u) => exponential(u, 250));
    expect(mean / 250).toBeCloseTo(1, 4);
    expect(squaredVariation).toBeCloseTo(1, 3);
    expect(exponential(0.5, 250)).toBeCloseTo(173.2867951399863, 10);
  });

  test('exponential is positive and finite for the smallest and the largest number that a stream can give', () => {
    const smallest = 0.5 / 2 ** 52;
    expect(exponential(smallest, 1)).toBeCloseTo(smallest, 30);
    expect(exponential(1 - smallest, 1)).toBeCloseTo(53 * Math.LN2, 12);
  });

  test('deterministic ignores the uniform number', () => {
    expect(deterministic(0.1, 7)).toBe(deterministic(0.9, 7));
  });

  test('uniformBetween spreads evenly', () => {
    expect(uniformBetween(0.25, 10, 20)).toBe(12.5);
  });

  test.each([1, 2, 4, 9])('hyperexponential2 has its mean and squared variation %d', (squared) => {
    const found = moments((u) => hyperexponential2(u, 10, squared));
    expect(found.mean / 10).toBeCloseTo(1, 3);
    expect(found.squaredVariation / squared).toBeCloseTo(1, 2);
  });

  test('hyperexponential2 refuses to vary less than an exponential', () => {
    expect(() => hyperexponential2(0.5, 1, 0.5)).toThrow(/>= 1/);
  });

  test.each([0, 0.1, 0.25, 0.9])('logNormal has its mean and squared variation %d', (squared) => {
    const found = moments((u) => logNormal(u, 10, squared));
    expect(found.mean / 10).toBeCloseTo(1, 4);
    expect(found.squaredVariation).toBeCloseTo(squared, 3);
  });

  test('inverseNormal agrees with the published quantiles', () => {
    expect(inverseNormal(0.5)).toBe(0);
    expect(inverseNormal(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(inverseNormal(0.995)).toBeCloseTo(2.5758293035489004, 13);
    expect(inverseNormal(0.25)).toBeCloseTo(-0.6744897501960817, 14);
    expect(inverseNormal(0.001)).toBeCloseTo(-3.090232306167813, 13);
    expect(inverseNormal(1e-20) / -9.262340089798409).toBeCloseTo(1, 14);
    expect(inverseNormal(0)).toBe(-Infinity);
    expect(inverseNormal(1)).toBe(Infinity);
    expect(() => inverseNormal(1.5)).toThrow(RangeError);
  });

  test('pareto has its quantiles and boundedPareto its limits and mean', () => {
    expect(pareto(0.75, 2, 2)).toBeCloseTo(4, 12);
    expect(boundedPareto(0, 1, 100, 1.5)).toBe(1);
    expect(boundedPareto(1 - 1e-16, 1, 100, 1.5)).toBeCloseTo(100, 8);
    for (const shape of [0.8, 1, 1.5, 2.5]) {
      const { mean } = moments((u) => boundedPareto(u, 1, 100, shape));
      expect(mean / boundedParetoMean(1, 100, shape)).toBeCloseTo(1, 4);
    }
  });

  test('bimodal is short for its share', () => {
    expect(bimodal(0.899, 0.9, 1, 10)).toBe(1);
    expect(bimodal(0.9, 0.9, 1, 10)).toBe(10);
  });

  test('a Zipf table with exponent 1 gives 1/H, 1/2H, 1/3H', () => {
    const table = zipfTable(3, 1);
    const harmonic = 1 + 1 / 2 + 1 / 3;
    expect(table[0]).toBeCloseTo(1 / harmonic, 15);
    expect(table[1]).toBeCloseTo(1.5 / harmonic, 15);
    expect(table[2]).toBe(1);
  });

  test('zipfRank draws every rank in proportion and stays in range', () => {
    const table = zipfTable(1000, 0.99);
    const counts = new Array<number>(1000).fill(0);
    for (let i = 0; i < 200_000; i += 1)
      counts[zipfRank((i + 0.5) / 200_000, table)] = (counts[zipfRank((i + 0.5) / 200_000, table)] as number) + 1;
    expect(counts.reduce((a, b) => a + b, 0)).toBe(200_000);
    expect((counts[0] as number) / 200_000).toBeCloseTo(table[0] as number, 4);
    expect(zipfRank(0, table)).toBe(0);
    expect(zipfRank(1 - 1e-16, table)).toBe(999);
  });

  test('every sampler but the branching one grows with u', () => {
    const samplers = [
      (u: number) => exponential(u, 1),
      (u: number) => logNormal(u, 1, 0.5),
      (u: number) => pareto(u, 1, 1.1),
      (u: number) => boundedPareto(u, 1, 1000, 1.1),
      (u: number) => inverseNormal(u),
      (u: number) => bimodal(u, 0.5, 1, 2),
    ];
    for (const sample of samplers) {
      let falls = 0;
      let before = -Infinity;
      for (let i = 1; i < 20_000; i += 1) {
        const value = sample(i / 20_000);
        if (value < before) falls += 1;
        before = value;
      }
      expect(falls).toBe(0);
    }
  });
});
