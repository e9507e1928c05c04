// Classes of requests at one server with Poisson arrivals: the urgent first, either between services or at once.
// Source: Cobham, Operations Research 2(1), 1954; Kleinrock, Queueing Systems II (1976), sections 3.5 and 3.6.

import { requireNonNegative, requirePositive, requireStable } from './validity';

/** One class, most urgent first in a list. */
export interface PriorityClass {
  arrivalsPerSecond: number;
  serviceMs: number;
  /** Variance over squared mean of the service time. Default 1: exponential. */
  squaredVariation?: number;
}

export interface PriorityResult {
  waitMs: number;
  responseMs: number;
}

function loadsOf(classes: readonly PriorityClass[]): { loads: number[]; residualMs: number[] } {
  const loads = classes.map(({ arrivalsPerSecond, serviceMs }) => {
    requireNonNegative('An arrival rate', arrivalsPerSecond);
    requirePositive('A service time', serviceMs);
    return (arrivalsPerSecond * serviceMs) / 1000;
  });
  requireStable(loads.reduce((sum, load) => sum + load, 0));
  const residualMs = classes.map(({ serviceMs, squaredVariation = 1 }, index) => {
    requireNonNegative('A squared coefficient of variation', squaredVariation);
    return (loads[index] * serviceMs * (1 + squaredVariation)) / 2;
  });
  return { loads, residualMs };
}

/** Nobody is interrupted. Throws RangeError when all together keep the server busier than 100 %. */
export function priorityQueue(classes: readonly PriorityClass[]): PriorityResult[] {
  const { loads, residualMs } = loadsOf(classes);
  const residual = residualMs.reduce((sum, part) => sum + part, 0);
  let above = 0;
  return classes.map(({ serviceMs }, index) => {
    const withOwn = above + loads[index];
    const waitMs = residual / ((1 - above) * (1 - withOwn));
    above = withOwn;
    return { waitMs, responseMs: waitMs + serviceMs };
  });
}

/** The urgent interrupt, and what was done is kept (preemptive resume). Waiting includes the time for which one is interrupted. */
export function interruptingPriorityQueue(classes: readonly PriorityClass[]): PriorityResult[] {
  const { loads, residualMs } = loadsOf(classes);
  let above = 0;
  let residual = 0;
  return classes.map(({ serviceMs }, index) => {
    const withOwn = above + loads[index];
    residual += residualMs[index];
    const waitMs = (serviceMs * above + residual / (1 - withOwn)) / (1 - above);
    above = withOwn;
    return { waitMs, responseMs: waitMs + serviceMs };
  });
}
