// One server, Poisson arrivals, every service just as long: how many are there.
// Source: embedded chain at departures; Kleinrock, Queueing Systems I (1975), section 5.6. Departures and arrivals see the same numbers.
// Method: flows up and down between n and n + 1 must be equal; nothing is subtracted, so no digits are lost (Ramaswami, 1988).

import { exp } from '../kernel/math';
import { requireStable, requireWhole } from './validity';

/** P(N = 0), …, P(N = most) for utilization from 0 up to, not including, 1; `most` from 0 to 100,000. */
export function md1Probabilities(utilization: number, most: number): number[] {
  requireStable(utilization);
  requireWhole('The largest number', most, 0, 100_000);
  const none = exp(-utilization);
  const more = tailOfPoisson(utilization, none);
  const inside = [1 - utilization];
  for (let n = 0; n < most; n++) {
    // More than n are left behind by who found none and more than n came, or found `from` and more than n − from + 1 came.
    let up = n < more.length ? inside[0] * more[n] : 0;
    for (let from = Math.max(1, n - more.length + 2); from <= n; from++) up += inside[from] * more[n - from + 1];
    inside.push(up / none);
  }
  return inside;
}

/** P(more than k arrive during one service), for k from 0 until it is too small to be told from 0. */
function tailOfPoisson(utilization: number, none: number): number[] {
  const chances = [none];
  for (let k = 1; chances[k - 1] > 0; k++) chances.push((chances[k - 1] * utilization) / k);
  const tail: number[] = [];
  let sum = 0;
  for (let k = chances.length - 1; k > 0; k--) {
    sum += chances[k];
    tail[k - 1] = sum;
  }
  return tail;
}
