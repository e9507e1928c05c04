// The supermarket model: each arrival looks at d queues by chance and joins the shortest, with endlessly many servers.
// Source: Mitzenmacher, IEEE Transactions on Parallel and Distributed Systems 12(10), 2001.

import { power } from '../kernel/math';
import { requireStable, requireWhole } from './validity';

/** Mean response time in units of the mean service time. `choices` d from 1, 0 ≤ utilization < 1. */
export function supermarketResponse({ choices, utilization }: { choices: number; utilization: number }): number {
  requireWhole('The number of choices', choices, 1);
  requireStable(utilization);
  if (choices === 1) return 1 / (1 - utilization);
  let total = 0;
  let exponent = 0;
  for (let term = 1; term < 64; term++) {
    const share = power(utilization, exponent);
    total += share;
    if (share < 1e-18) break;
    exponent = (exponent + 1) * choices;
  }
  return total;
}

/** Share of the queues with at least `length` requests. */
export function supermarketTail({ choices, utilization, length }: { choices: number; utilization: number; length: number }): number {
  requireWhole('The number of choices', choices, 1);
  requireStable(utilization);
  requireWhole('The length', length, 0);
  if (choices === 1) return power(utilization, length);
  let exponent = 0;
  for (let index = 0; index < length && exponent < Infinity; index++) exponent = exponent * choices + 1;
  return power(utilization, exponent);
}
