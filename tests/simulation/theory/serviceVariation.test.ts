import { describe, expect, test } from 'vitest';
import { boundedPareto, boundedParetoMean, pareto } from '../../../src/simulation/kernel/distributions';
import { mg1 } from '../../../src/simulation/theory/mg1';
import { boundedParetoServiceTimes, paretoServiceTimes, twoServiceTimes } from '../../../src/simulation/theory/serviceVariation';
import { readVector } from '../../vectors/read';

/** Mean and squared variation of what a sampler gives for evenly spread numbers. */
function momentsOf(sample: (u: number) => number): [number, number] {
  const count = 400_000;
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const value = sample((index + 0.5) / count);
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return [mean, squares / count / (mean * mean) - 1];
}

describe('the variation of service times', () => {
  test.each(readVector<Record<string, number>[]>('q.mg1_bimodal').map((row) => [row.p, row] as const))(
    'with %f short ones the wait is that of its vector',
    (shortShare, row) => {
      const moments = twoServiceTimes({ shortShare, shortMs: row.s1 * 1000, longMs: row.s2 * 1000 });
      expect(moments.serviceMs / 1000).toBeCloseTo(row.meanS, 12);
      const { waitMs, responseMs } = mg1({ ...moments, arrivalsPerSecond: row.rho / row.meanS });
      expect(Math.abs(waitMs / 1000 - row.Wq)).toBeLessThanOrEqual(1e-9 * row.Wq);
      expect(Math.abs(responseMs / 1000 - row.W)).toBeLessThanOrEqual(1e-9 * row.W);
    },
  );

  test('Pareto times have the moments of their sampler', () => {
    const { serviceMs, squaredVariation } = paretoServiceTimes({ smallestMs: 2, shape: 6 });
    const [mean, variation] = momentsOf((u) => pareto(u, 2, 6));
    expect(serviceMs).toBeCloseTo(mean, 4);
    expect(squaredVariation).toBeCloseTo(variation, 4);
  });

  test.each([1, 1.5, 2, 2.5])('bounded Pareto times of shape %f have the moments of their sampler', (shape) => {
    const { serviceMs, squaredVariation } = boundedParetoServiceTimes({ smallestMs: 1, largestMs: 100, shape });
    const [mean, variation] = momentsOf((u) => boundedPareto(u, 1, 100, shape));
    expect(serviceMs).toBeCloseTo(mean, 3);
    expect(squaredVariation).toBeCloseTo(variation, 2);
    expect(serviceMs).toBeCloseTo(boundedParetoMean(1, 100, shape), 10);
  });

  test('cut off far out, bounded Pareto times are Pareto times', () => {
    const free = paretoServiceTimes({ smallestMs: 3, shape: 4 });
    const bounded = boundedParetoServiceTimes({ smallestMs: 3, largestMs: 3e9, shape: 4 });
    expect(bounded.serviceMs).toBeCloseTo(free.serviceMs, 9);
    expect(bounded.squaredVariation).toBeCloseTo(free.squaredVariation, 9);
  });
});
