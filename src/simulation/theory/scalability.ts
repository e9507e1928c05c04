// How much faster more machines are: what cannot be shared sets a ceiling (Amdahl), and what they must tell each other bends it down.
// Sources: Amdahl, AFIPS 1967; Gustafson, Communications of the ACM 31(5), 1988; Gunther, Guerrilla Capacity Planning (2007), chapter 4.

import { requireNonNegative, requirePositive, requireShare } from './validity';

/** Speedup on `machines` (1 or more) when the share `parallelShare` (0 to 1) of the work can be divided. */
export function amdahlSpeedup({ parallelShare, machines }: { parallelShare: number; machines: number }): number {
  requireShare('The parallel share', parallelShare);
  requireAtLeastOne(machines);
  return 1 / (1 - parallelShare + parallelShare / machines);
}

/** Speedup when the work grows with the machines and only its serial part stays as it is. */
export function gustafsonSpeedup({ parallelShare, machines }: { parallelShare: number; machines: number }): number {
  requireShare('The parallel share', parallelShare);
  requireAtLeastOne(machines);
  return 1 - parallelShare + parallelShare * machines;
}

/** Coefficients of the Universal Scalability Law. */
export interface Scalability {
  /** Contention: share of the work that waits for others, 0 or more. */
  contention: number;
  /** Coherence: cost of keeping each pair of machines in agreement, 0 or more. */
  coherence: number;
  /** Throughput of one machine. Default 1. */
  single?: number;
}

/** Throughput of `machines` (above 0). */
export function scalabilityThroughput({ contention, coherence, single = 1 }: Scalability, machines: number): number {
  requireNonNegative('The contention', contention);
  requireNonNegative('The coherence', coherence);
  requirePositive('The number of machines', machines);
  return (single * machines) / (1 + contention * (machines - 1) + coherence * machines * (machines - 1));
}

/** The number of machines beyond which more make it slower; Infinity when nothing must be agreed on. Contention below 1. */
export function scalabilityPeak({ contention, coherence }: Scalability): number {
  requireNonNegative('The contention', contention);
  requireNonNegative('The coherence', coherence);
  if (contention >= 1) throw new RangeError(`The contention is ${contention}; from 1 on there is no gain at all.`);
  return coherence === 0 ? Infinity : Math.sqrt((1 - contention) / coherence);
}

/** One measurement. */
export interface ScalabilityPoint {
  machines: number;
  throughput: number;
}

/**
 * The coefficients that fit measurements best (least squares of the throughput, none below 0).
 * Method: for given contention and coherence the best `single` is a quotient; the two are found by Gauss–Newton steps, halved while
 * they make it worse. Throws RangeError with fewer than three points.
 */
export function fitScalability(points: readonly ScalabilityPoint[]): Required<Scalability> {
  if (points.length < 3) throw new RangeError(`${points.length} measurements; a fit of three coefficients needs at least 3.`);
  for (const { machines, throughput } of points) {
    requirePositive('A number of machines', machines);
    requirePositive('A throughput', throughput);
  }
  let best = withSingle(points, { contention: 0.01, coherence: 0.0001 });
  for (let step = 0; step < 200; step++) {
    const next = improved(points, best);
    if (!(next.error < best.error * (1 - 1e-14))) break;
    best = next;
  }
  return { contention: best.contention, coherence: best.coherence, single: best.single };
}

interface Fit extends Required<Scalability> {
  error: number;
}

function withSingle(points: readonly ScalabilityPoint[], { contention, coherence }: Scalability): Fit {
  let product = 0;
  let square = 0;
  for (const { machines, throughput } of points) {
    const shape = scalabilityThroughput({ contention, coherence }, machines);
    product += shape * throughput;
    square += shape * shape;
  }
  const single = product / square;
  let error = 0;
  for (const { machines, throughput } of points) {
    const miss = throughput - scalabilityThroughput({ contention, coherence, single }, machines);
    error += miss * miss;
  }
  return { contention, coherence, single, error };
}

/** One damped Gauss–Newton step in (contention, coherence, single); gives `from` back when no step helps. */
function improved(points: readonly ScalabilityPoint[], from: Fit): Fit {
  const matrix = [0, 0, 0, 0, 0, 0];
  const right = [0, 0, 0];
  for (const { machines, throughput } of points) {
    const value = scalabilityThroughput(from, machines);
    const base = value / machines / from.single;
    const slope = [-value * (machines - 1) * base, -value * machines * (machines - 1) * base, value / from.single];
    let at = 0;
    for (let row = 0; row < 3; row++) {
      right[row] += slope[row] * (throughput - value);
      for (let column = row; column < 3; column++) matrix[at++] += slope[row] * slope[column];
    }
  }
  const [a, b, c, d, e, f] = matrix;
  const determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
  if (determinant === 0) return from;
  const change = (first: number, second: number, third: number) => (first * right[0] + second * right[1] + third * right[2]) / determinant;
  const contention = change(d * f - e * e, c * e - b * f, b * e - c * d);
  const coherence = change(c * e - b * f, a * f - c * c, b * c - a * e);
  for (let share = 1; share > 1e-6; share /= 2) {
    const tried = withSingle(points, {
      contention: Math.max(0, from.contention + share * contention),
      coherence: Math.max(0, from.coherence + share * coherence),
    });
    if (tried.error < from.error) return tried;
  }
  return from;
}

function requireAtLeastOne(machines: number): void {
  if (!(machines >= 1 && machines < Infinity)) throw new RangeError(`The number of machines is ${machines}; it must be 1 or more.`);
}
