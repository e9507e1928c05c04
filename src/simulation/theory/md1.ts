// One server, Poisson arrivals, every service just as long: how many are there.
// Source: embedded chain at departures; Kleinrock, Queueing Systems I (1975), section 5.6. Departures and arrivals see the same numbers.

import { exp } from '../kernel/math';
import { requireStable, requireWhole } from './validity';

/** P(N = 0), …, P(N = most) for utilization from 0 up to, not including, 1. */
export function md1Probabilities(utilization: number, most: number): number[] {
  requireStable(utilization);
  requireWhole('The largest number', most, 0);
  // a[k]: so many arrive during one service.
  const arrive = [exp(-utilization)];
  for (let k = 1; k <= most + 1; k++) arrive.push((arrive[k - 1] * utilization) / k);
  const inside = [1 - utilization];
  for (let n = 0; n < most; n++) {
    // Each departure that leaves n behind came from 0 or from 1 to n + 1: solved for the last.
    let known = inside[0] * arrive[n];
    for (let from = 1; from <= n; from++) known += inside[from] * arrive[n - from + 1];
    inside.push((inside[n] - known) / arrive[0]);
  }
  return inside;
}
