// Waiting at a station whose arrivals and services are of any kind: near enough from two numbers each. Exact only for Poisson arrivals
// at one server. Source: Kingman, Proceedings of the Cambridge Philosophical Society 57(4), 1961; several servers: Allen,
// Probability, Statistics and Queueing Theory (1990), section 5.3 (Allen and Cunneen).

import { erlangC } from './mmc';
import { requireNonNegative, requirePositive, requireStable, requireWhole } from './validity';

export interface GeneralQueue {
  utilization: number;
  serviceMs: number;
  /** Variance over squared mean: of the gaps between arrivals, and of the service times. */
  arrivalVariation: number;
  serviceVariation: number;
}

/** Approximate mean wait in ms, 0 ≤ ρ < 1. */
export function kingmanWaitMs({ utilization, serviceMs, arrivalVariation, serviceVariation }: GeneralQueue): number {
  requireStable(utilization);
  requirePositive('The service time', serviceMs);
  requireNonNegative('The variation of the arrivals', arrivalVariation);
  requireNonNegative('The variation of the service', serviceVariation);
  return ((utilization / (1 - utilization)) * (arrivalVariation + serviceVariation) * serviceMs) / 2;
}

/** The same for several servers with one line: the wait of M/M/c, times the same mean of the two variations. */
export function allenCunneenWaitMs(queue: GeneralQueue & { servers: number }): number {
  requireWhole('The number of servers', queue.servers, 1);
  const alone = kingmanWaitMs(queue);
  if (queue.utilization === 0) return 0;
  return (alone * erlangC(queue.servers, queue.utilization * queue.servers)) / (queue.utilization * queue.servers);
}
