// How sure the mean of one long run is: its correlated values are cut into batches so long that their means hardly depend on each
// other, and a test says whether they still do. Law, Simulation Modeling and Analysis (2015), section 9.5.3.

import { batchMeans, type Interval, mean, meanInterval } from './confidence';

/** A confidence interval from batch means, and whether to believe it. */
export interface BatchInterval extends Interval {
  /** Values in each batch. */
  readonly batchSize: number;
  /** Of neighboring batch means: near 0 when the batches are long enough. */
  readonly autocorrelation: number;
  /** Von Neumann's ratio finds no correlation of neighbors at the 5 % level. Otherwise the interval is too narrow: run longer. */
  readonly isIndependent: boolean;
}

const leastBatches = 30;
/** 95 % of a standard normal distribution lie below. */
const oneSidedBound = 1.6448536269514722;

/**
 * Correlation of values `lag` apart, −1 to 1 (0 when all are equal). `lag` from 1 to one less than the values; RangeError otherwise.
 * Source: Law (2015), section 4.4: divided by n − lag there, by n here (Box & Jenkins), which keeps it within −1 to 1.
 */
export function autocorrelation(values: ArrayLike<number>, lag = 1): number {
  if (!(Number.isInteger(lag) && lag >= 1 && lag < values.length)) {
    throw new RangeError(`lag must be a whole number from 1 to ${values.length - 1}, one less than the values; given ${lag}.`);
  }
  const average = mean(values);
  let products = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const difference = values[index] - average;
    squares += difference * difference;
    if (index + lag < values.length) products += difference * (values[index + lag] - average);
  }
  return squares > 0 ? products / squares : 0;
}

/**
 * Mean of one run's values, in order and without their warm-up, with its interval by non-overlapping batch means.
 * `batches` at least 30 and at most half as many as there are values; `level` in (0, 1). Throws RangeError otherwise.
 * The test: von Neumann's ratio of squared steps between neighboring means to their spread, normal under independence
 * (Fishman, Management Science 24(5), 1978).
 */
export function batchMeansInterval(values: ArrayLike<number>, batches = leastBatches, level = 0.95): BatchInterval {
  if (!(batches >= leastBatches && 2 * batches <= values.length)) {
    throw new RangeError(`batches must be from ${leastBatches} to half of the ${values.length} values, given ${batches}.`);
  }
  const means = batchMeans(values, batches);
  const interval = meanInterval(means, level);
  let steps = 0;
  let squares = 0;
  for (let batch = 0; batch < batches; batch++) {
    const difference = means[batch] - interval.mean;
    squares += difference * difference;
    if (batch > 0) steps += (means[batch] - means[batch - 1]) * (means[batch] - means[batch - 1]);
  }
  const statistic = squares > 0 ? (1 - steps / (2 * squares)) * Math.sqrt((batches * batches - 1) / (batches - 2)) : 0;
  return {
    ...interval,
    batchSize: Math.floor(values.length / batches),
    autocorrelation: autocorrelation(means),
    isIndependent: statistic <= oneSidedBound,
  };
}
