// Samplers by inversion: each turns one uniform number u in (0, 1) into one value.
// One number in, one value out, so two runs that share their uniform numbers share their randomness
// (common random numbers), whatever distribution each of them uses. All but `hyperexponential2` grow with u.

import { exp, expm1, log, log1p, power } from './math';

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive and finite, given ${value}.`);
}

/** Always `value`, whatever u is: squared coefficient of variation 0. Any unit. */
export function deterministic(_u: number, value: number): number {
  return value;
}

/**
 * Exponential with the given mean (same unit as the result, positive): squared coefficient of variation 1. u in (0, 1).
 * The numbers of a Stream have 53 binary digits after the point at the most, so 1 - u is exact and log serves as well as the slower log1p.
 */
export function exponential(u: number, mean: number): number {
  return -mean * log(1 - u);
}

/** Uniform between low and high (same unit as the result, low <= high). u in (0, 1). */
export function uniformBetween(u: number, low: number, high: number): number {
  return low + u * (high - low);
}

/**
 * Two-phase hyperexponential with balanced means, for squared coefficients of variation of at least 1.
 * `u` first chooses the branch and, rescaled, becomes the uniform number of that branch, so one number is enough;
 * within the quick branch and within the slow branch the value grows with u. Mean in the unit of the result.
 * Throws RangeError when squaredVariation < 1. Source: Allen, Probability, Statistics and Queueing Theory (1990), section 3.2.9.
 */
export function hyperexponential2(u: number, mean: number, squaredVariation: number): number {
  if (!(squaredVariation >= 1)) {
    throw new RangeError(
      `A hyperexponential varies at least as much as an exponential: squaredVariation must be >= 1, given ${squaredVariation}; use logNormal below 1.`,
    );
  }
  const quickShare = 0.5 * (1 + Math.sqrt((squaredVariation - 1) / (squaredVariation + 1)));
  if (u < quickShare) return exponential(u / quickShare, mean / (2 * quickShare));
  const slowShare = 1 - quickShare;
  return exponential((u - quickShare) / slowShare, mean / (2 * slowShare));
}

/**
 * Log-normal with the given mean (unit of the result, positive) and squared coefficient of variation (>= 0).
 * The choice for service times that vary less than an exponential. u in (0, 1).
 */
export function logNormal(u: number, mean: number, squaredVariation: number): number {
  if (!(squaredVariation >= 0)) throw new RangeError(`squaredVariation must be >= 0, given ${squaredVariation}.`);
  if (squaredVariation === 0) return mean;
  const variance = log1p(squaredVariation);
  return mean * exp(Math.sqrt(variance) * inverseNormal(u) - variance / 2);
}

/**
 * Pareto: the smallest value is `smallest` (positive, unit of the result), P(X > x) = (smallest / x)^shape, shape > 0.
 * The mean is infinite for shape <= 1, the variance for shape <= 2. u in (0, 1).
 */
export function pareto(u: number, smallest: number, shape: number): number {
  return smallest * exp(-log1p(-u) / shape);
}

/**
 * Pareto cut off at `largest` (conditioned to lie in [smallest, largest], unit of the result), shape > 0. u in (0, 1).
 * Source: Harchol-Balter, Performance Modeling and Design of Computer Systems (2013), section 20.3.
 */
export function boundedPareto(u: number, smallest: number, largest: number, shape: number): number {
  const kept = -expm1(shape * log(smallest / largest));
  return Math.min(largest, smallest * exp(-log1p(-u * kept) / shape));
}

/** Mean of `boundedPareto`, in the unit of `smallest` and `largest`. Same source. */
export function boundedParetoMean(smallest: number, largest: number, shape: number): number {
  requirePositive('smallest', smallest);
  requirePositive('shape', shape);
  if (!(largest > smallest)) throw new RangeError(`largest (${largest}) must exceed smallest (${smallest}).`);
  const ratio = smallest / largest;
  if (shape === 1) return (smallest * -log(ratio)) / (1 - ratio);
  const kept = 1 - power(ratio, shape);
  return (smallest * shape * (1 - power(ratio, shape - 1))) / ((shape - 1) * kept);
}

/** `shortValue` for a share `shareShort` (0 to 1) of all draws, otherwise `longValue` (unit of the result). u in (0, 1). */
export function bimodal(u: number, shareShort: number, shortValue: number, longValue: number): number {
  return u < shareShort ? shortValue : longValue;
}

// Numerators and denominators of AS 241, highest power first: the center, the tail, the far tail.
const CENTER_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
];
const CENTER_BOTTOM = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
const TAIL_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
  4.630337846156546, 1.4234371107496835,
];
const TAIL_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
  2.053191626637759, 1,
];
const FAR_TOP = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
];
const FAR_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = 0; i < 8; i += 1) value = value * x + coefficients[i];
  return value;
}

/**
 * Quantile of the standard normal distribution, relative error about 1e-15. u in (0, 1); 0 gives -Infinity, 1 gives Infinity;
 * outside [0, 1] it throws RangeError.
 * Source: Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37(3), 1988 (PPND16).
 */
export function inverseNormal(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTER_TOP, r)) / polynomial(CENTER_BOTTOM, r);
  }
  const tail = q < 0 ? u : 1 - u;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  if (!(tail > 0)) throw new RangeError(`u must lie in (0, 1), given ${u}.`);
  const r = Math.sqrt(-log(tail));
  const value =
    r <= 5 ? polynomial(TAIL_TOP, r - 1.6) / polynomial(TAIL_BOTTOM, r - 1.6) : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -value : value;
}

/**
 * Cumulative Zipf popularity of `count` ranks: rank r (0 = most popular) has weight (r + 1)^-exponent. The last entry is 1.
 * `count` is a positive integer, exponent >= 0 (0: all equally popular). Build it once, draw with `zipfRank`.
 */
export function zipfTable(count: number, exponent: number): Float64Array {
  if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`count must be a positive integer, given ${count}.`);
  if (!(exponent >= 0)) throw new RangeError(`exponent must be >= 0, given ${exponent}.`);
  const table = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank += 1) {
    total += power(rank + 1, -exponent);
    table[rank] = total;
  }
  for (let rank = 0; rank < count; rank += 1) table[rank] = table[rank] / total;
  table[count - 1] = 1;
  return table;
}

/** Rank drawn from a cumulative table made by `zipfTable`: the first whose cumulative share exceeds u. u in [0, 1). */
export function zipfRank(u: number, table: Float64Array): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
