// What a mean wait needs to know of a distribution of service times: its mean, and its variance over the square of its mean.
// Heavy tails: one request in a thousand may hold most of the work, and then a low load makes long waits.
// Source: moments; Harchol-Balter, Performance Modeling and Design of Computer Systems (2013), chapters 20 and 23.

import { expm1, log } from '../kernel/math';
import { requireNonNegative, requirePositive, requireShare } from './validity';

export interface ServiceMoments {
  serviceMs: number;
  squaredVariation: number;
}

/** A share (0 to 1) of short requests, the others long; both times 0 or more, not both 0. */
export function twoServiceTimes(given: { shortShare: number; shortMs: number; longMs: number }): ServiceMoments {
  const { shortShare, shortMs, longMs } = given;
  requireShare('The share of short requests', shortShare);
  requireNonNegative('The short time', shortMs);
  requireNonNegative('The long time', longMs);
  const serviceMs = shortShare * shortMs + (1 - shortShare) * longMs;
  requirePositive('The mean time', serviceMs);
  const gap = (longMs - shortMs) / serviceMs;
  return { serviceMs, squaredVariation: shortShare * (1 - shortShare) * gap * gap };
}

/** P(longer than x) = (smallestMs / x)^shape. Throws RangeError for a shape of 2 or less: variance and mean wait are infinite. */
export function paretoServiceTimes({ smallestMs, shape }: { smallestMs: number; shape: number }): ServiceMoments {
  requirePositive('The smallest time', smallestMs);
  requirePositive('The shape', shape);
  if (shape <= 2) throw new RangeError(`The shape is ${shape}; it must be above 2: up to there the variance is infinite.`);
  return { serviceMs: (smallestMs * shape) / (shape - 1), squaredVariation: 1 / (shape * (shape - 2)) };
}

/** The same cut off at `largestMs`, above `smallestMs`: any shape above 0. */
export function boundedParetoServiceTimes(given: { smallestMs: number; largestMs: number; shape: number }): ServiceMoments {
  const { smallestMs, largestMs, shape } = given;
  requirePositive('The smallest time', smallestMs);
  requirePositive('The largest time', largestMs);
  requirePositive('The shape', shape);
  if (largestMs <= smallestMs) throw new RangeError(`The largest time is ${largestMs}; it must be above the smallest, ${smallestMs}.`);
  const span = log(smallestMs / largestMs);
  // Moments in units of the smallest time; at shape = order the quotient is its limit.
  const moment = (order: number) => {
    const beyond = shape - order;
    return (shape * (beyond === 0 ? span : expm1(beyond * span) / beyond)) / expm1(shape * span);
  };
  const mean = moment(1);
  return { serviceMs: smallestMs * mean, squaredVariation: moment(2) / (mean * mean) - 1 };
}
