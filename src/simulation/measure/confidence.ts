// How sure a mean is: confidence intervals by Student's t, for independent values (replications with
// different seeds), for pairs (the same seeds on both sides) and for one long run cut into batches.

import { exp, log, log1p } from '../kernel/math';

/** A mean with its two-sided confidence interval [low, high] = mean ± halfWidth, all in the unit of the values. */
export interface Interval {
  readonly mean: number;
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
  /** How many independent values it rests on. */
  readonly count: number;
}

/** Arithmetic mean, in the unit of the values. Throws RangeError for an empty list. */
export function mean(values: ArrayLike<number>): number {
  return meanAndVariance(values).mean;
}

/** Sample variance (divisor n - 1), in the square of the unit. Throws RangeError for fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) throw new RangeError(`A sample variance needs at least 2 values, given ${values.length}.`);
  return meanAndVariance(values).variance;
}

/** One pass, stable for values far from zero; variance is NaN for a single value. Source: Welford, Technometrics 4(3), 1962. */
function meanAndVariance(values: ArrayLike<number>): { mean: number; variance: number } {
  if (values.length === 0) throw new RangeError('A mean needs at least 1 value, given none.');
  let average = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const difference = values[i] - average;
    average += difference / (i + 1);
    squares += difference * (values[i] - average);
  }
  return { mean: average, variance: values.length > 1 ? squares / (values.length - 1) : Number.NaN };
}

/**
 * Two-sided Student-t quantile: the t for which a share `level` (in (0, 1), for example 0.95) of the distribution with
 * `degreesOfFreedom` (> 0, may be fractional) lies within ±t. Relative error about 1e-12. Throws RangeError outside these ranges.
 * Source: inverts the regularized incomplete beta function (Lentz continued fraction, Numerical Recipes section 6.4) by bisection.
 */
export function studentT(level: number, degreesOfFreedom: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, given ${level}.`);
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degreesOfFreedom must be positive, given ${degreesOfFreedom}.`);
  const outside = 1 - level;
  let low = 0;
  let high = 1;
  while (shareOutside(high, degreesOfFreedom) > outside && high < 1e150) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200; step += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (shareOutside(middle, degreesOfFreedom) > outside) low = middle;
    else high = middle;
  }
  return high;
}

/** Share of Student's t beyond ±t. */
function shareOutside(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
}

/** Regularized incomplete beta function I_x(a, b); `rest` is 1 - x, given apart to keep its digits. */
function incompleteBeta(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const front = exp(a * log(x) + b * log(rest) - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(rest, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let fraction = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    c = 1 + even / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    if (Math.abs(c) < tiny) c = tiny;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    if (Math.abs(c) < tiny) c = tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

const HALF_LOG_TWO_PI = 0.9189385332046727;

/** log B(a, b), by Stirling remainders so that no digits cancel for large a. */
function logBeta(a: number, b: number): number {
  let small = Math.min(a, b);
  let large = Math.max(a, b);
  // B(p, q) = B(p + 1, q) (p + q) / p lifts both arguments to where the Stirling series is exact to rounding.
  let lift = 0;
  while (small < 20) {
    lift += log((small + large) / small);
    small += 1;
  }
  while (large < 20) {
    lift += log((small + large) / large);
    large += 1;
  }
  const sum = small + large;
  const core = (small - 0.5) * log(small / sum) + large * -log1p(small / large) - 0.5 * log(large) + HALF_LOG_TWO_PI;
  return lift + core + stirlingRemainder(small) + stirlingRemainder(large) - stirlingRemainder(sum);
}

/** log Γ(x) minus Stirling's leading terms, for x >= 20. */
function stirlingRemainder(x: number): number {
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / x;
}

/**
 * Mean of independent values with its confidence interval. `level` in (0, 1), default 0.95. A single value has an infinite interval.
 * Throws RangeError for an empty list or a level outside (0, 1).
 */
export function meanInterval(values: ArrayLike<number>, level = 0.95): Interval {
  const { mean: average, variance } = meanAndVariance(values);
  const count = values.length;
  const halfWidth = count < 2 ? Number.POSITIVE_INFINITY : studentT(level, count - 1) * Math.sqrt(variance / count);
  return { mean: average, halfWidth, low: average - halfWidth, high: average + halfWidth, count };
}

/**
 * Interval for the mean difference b - a of values paired by seed: common random numbers cancel what both sides share.
 * The sides differ at this level when the interval excludes zero. Throws RangeError when the lengths differ.
 */
export function pairedInterval(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): Interval {
  if (a.length !== b.length) throw new RangeError(`Pairs need lists of one length, given ${a.length} and ${b.length}.`);
  const differences = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 1) differences[i] = b[i] - a[i];
  return meanInterval(differences, level);
}

/**
 * Means of `batches` consecutive, equally long pieces of one correlated run (a remainder at the start is left out, as warm-up would be).
 * With pieces long against the correlation they are nearly independent: give them to `meanInterval`.
 * Throws RangeError unless 1 <= batches <= values.length. Source: Law, Simulation Modeling and Analysis (2015), section 9.5.3.
 */
export function batchMeans(values: ArrayLike<number>, batches: number): Float64Array {
  if (!(Number.isInteger(batches) && batches >= 1 && batches <= values.length)) {
    throw new RangeError(`batches must be a whole number from 1 to the ${values.length} values, given ${batches}.`);
  }
  const size = Math.floor(values.length / batches);
  const start = values.length - size * batches;
  const means = new Float64Array(batches);
  for (let batch = 0; batch < batches; batch += 1) {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += values[start + batch * size + i];
    means[batch] = sum / size;
  }
  return means;
}

/**
 * How many decimals of a mean its interval supports: the last digit shown is worth at most the half width, so 23.3417 ± 0.2 has 1.
 * Never below 0. With no spread (half width 0) it is what shows 6 significant digits of the mean; with an infinite one it is 0.
 */
export function roundToInterval(mean: number, halfWidth: number): number {
  if (!(halfWidth >= 0)) throw new RangeError(`halfWidth must be >= 0, given ${halfWidth}.`);
  if (halfWidth === 0) {
    let decimals = 5;
    for (let size = Math.abs(mean); size >= 10 && decimals > 0; size /= 10) decimals -= 1;
    return decimals;
  }
  let decimals = 0;
  for (let width = halfWidth; width < 1 && decimals < 12; width *= 10) decimals += 1;
  return decimals;
}
