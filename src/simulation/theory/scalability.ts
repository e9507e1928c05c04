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
  requirePositive('The throughput of one machine', single);
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
 * The coefficients that fit measurements best: least squares of the throughput, with contention and coherence from 0 to 1.
 * Throws RangeError with fewer than three different numbers of machines.
 * Method: Levenberg (1944) and Marquardt (1963) with bounds, from the start that the R package usl gives to its `nls` (port): it finds the
 * same coefficients.
 */
export function fitScalability(points: readonly ScalabilityPoint[]): Required<Scalability> {
  for (const { machines, throughput } of points) {
    requirePositive('A number of machines', machines);
    requirePositive('A throughput', throughput);
  }
  const different = new Set(points.map(({ machines }) => machines)).size;
  if (different < 3) throw new RangeError(`${different} different numbers of machines; a fit of three coefficients needs at least 3.`);
  const single = points.reduce((most, { machines, throughput }) => Math.max(most, throughput / machines), 0);
  let best: Coefficients = [0.01, 0.0001, single];
  let damping = 0.001;
  for (let step = 0; step < 1000 && damping < 1e20; step++) {
    const tried = improved(points, best, damping);
    // A step that changes nothing but the last digits is the end.
    if (tried.every((value, at) => Math.abs(value - best[at]) <= 1e-14 * Math.abs(value))) break;
    const isBetter = squaredError(points, tried) < squaredError(points, best);
    if (isBetter) best = tried;
    damping = isBetter ? damping / 10 : damping * 10;
  }
  return { contention: best[0], coherence: best[1], single: best[2] };
}

/** Contention, coherence, throughput of one machine. */
type Coefficients = readonly [number, number, number];

const upperBounds: Coefficients = [1, 1, Infinity];

function throughputOf([contention, coherence, single]: Coefficients, machines: number): number {
  return scalabilityThroughput({ contention, coherence, single }, machines);
}

function squaredError(points: readonly ScalabilityPoint[], coefficients: Coefficients): number {
  return points.reduce((sum, { machines, throughput }) => {
    const miss = throughput - throughputOf(coefficients, machines);
    return sum + miss * miss;
  }, 0);
}

/** One damped step, cut off at the bounds; a coefficient that lies on a bound and would cross it keeps still. */
function improved(points: readonly ScalabilityPoint[], from: Coefficients, damping: number): Coefficients {
  const matrix = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (const { machines, throughput } of points) {
    const value = throughputOf(from, machines);
    const perContention = (-value * value * (machines - 1)) / (from[2] * machines);
    const slope = [perContention, perContention * machines, value / from[2]];
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) matrix[row][column] += slope[row] * slope[column];
      matrix[row][3] += slope[row] * (throughput - value);
    }
  }
  for (let row = 0; row < 3; row++) {
    matrix[row][row] *= 1 + damping;
    const pull = matrix[row][3];
    if ((from[row] === 0 && pull < 0) || (from[row] === upperBounds[row] && pull > 0)) {
      matrix[row] = [0, 0, 0, 0];
      matrix[row][row] = 1;
    }
  }
  const [contention, coherence, single] = solveThree(matrix).map((change, at) => clamped(from[at] + change, upperBounds[at]));
  return [contention, coherence, single === 0 ? from[2] / 2 : single];
}

function clamped(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** Gauss elimination of three equations, right side last; symmetric and damped, so no rows need swapping. */
function solveThree(rows: number[][]): number[] {
  for (let pivot = 0; pivot < 3; pivot++) {
    for (let row = 0; row < 3; row++) {
      if (row === pivot) continue;
      const factor = rows[row][pivot] / rows[pivot][pivot];
      for (let column = pivot; column < 4; column++) rows[row][column] -= factor * rows[pivot][column];
    }
  }
  return rows.map((row, at) => row[3] / row[at]);
}

function requireAtLeastOne(machines: number): void {
  if (!(machines >= 1 && machines < Infinity)) throw new RangeError(`The number of machines is ${machines}; it must be 1 or more.`);
}
