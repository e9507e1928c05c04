// All who are inside share the server: the mean time in it depends on the mean work alone, whatever its distribution.
// Source: Kleinrock, Queueing Systems II (1976), section 4.4. Poisson arrivals.

import { requirePositive, requireStable } from './validity';

/** Mean response time in ms; `workMs` is the mean, or the work of one request among others. 0 ≤ ρ < 1. */
export function processorSharingResponseMs({ utilization, workMs }: { utilization: number; workMs: number }): number {
  requireStable(utilization);
  requirePositive('The work', workMs);
  return workMs / (1 - utilization);
}
