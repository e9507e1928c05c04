import { describe, expect, test } from 'vitest';
import { fitScalability, scalabilityPeak, scalabilityThroughput } from '../../../src/simulation/theory/scalability';
import { readVector } from '../../vectors/read';

interface Fitted {
  name: string;
  machines: number[];
  throughput: number[];
  contention: number;
  coherence: number;
  single: number;
  squaredError: number;
}

describe('a fit of the Universal Scalability Law', () => {
  test.each(readVector<Fitted[]>('usl.fits').map((row) => [row.name, row] as const))(
    'of data "%s" is that of another solver',
    (_name, row) => {
      const points = row.machines.map((machines, at) => ({ machines, throughput: row.throughput[at] }));
      const fit = fitScalability(points);
      const error = points.reduce((sum, { machines, throughput }) => sum + (throughput - scalabilityThroughput(fit, machines)) ** 2, 0);
      expect(error).toBeLessThanOrEqual(row.squaredError * (1 + 1e-6));
      expect(Math.abs(fit.contention - row.contention)).toBeLessThanOrEqual(1e-4 * Math.max(row.contention, 1e-6));
      expect(Math.abs(fit.coherence - row.coherence)).toBeLessThanOrEqual(1e-4 * Math.max(row.coherence, 1e-6));
      expect(Math.abs(fit.single - row.single)).toBeLessThanOrEqual(1e-4 * row.single);
    },
  );

  test('does not depend on the unit of the throughput, nor on the order of the points', () => {
    const { load, throughput } = readVector<{ specsdm91: { load: number[]; throughput: number[] } }>('usl').specsdm91;
    const points = load.map((machines, at) => ({ machines, throughput: throughput[at] }));
    const fit = fitScalability(points);
    for (const scale of [1e-9, 1e9]) {
      const other = fitScalability(points.toReversed().map((point) => ({ ...point, throughput: point.throughput * scale })));
      expect(other.contention).toBeCloseTo(fit.contention, 8);
      expect(other.coherence).toBeCloseTo(fit.coherence, 10);
      expect(other.single / scale).toBeCloseTo(fit.single, 5);
    }
  });

  test('stays at the bounds: as good as alone, or no better with more', () => {
    const ideal = fitScalability([1, 2, 3, 4].map((machines) => ({ machines, throughput: 10 * machines })));
    expect(ideal.contention).toBeLessThan(1e-9);
    expect(ideal.coherence).toBeLessThan(1e-9);
    expect(ideal.single).toBeCloseTo(10, 9);
    expect(scalabilityPeak({ contention: 0.1, coherence: 0 })).toBe(Infinity);
    const useless = fitScalability([1, 2, 4, 8].map((machines) => ({ machines, throughput: 10 })));
    expect(useless.contention).toBeCloseTo(1, 6);
    expect(() => scalabilityPeak({ contention: 1, coherence: 0.1 })).toThrow('no gain at all');
  });
});
