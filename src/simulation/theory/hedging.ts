// A second copy of a question after a wait, and the first answer counts: what it does to the tail, and what it costs.
// Source: Dean and Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013. Answers are independent of each other.

import { requireNonNegative, requireShare } from './validity';

/** Share of answers that take longer than so many ms: 1 at 0, never growing. */
export type Survival = (ms: number) => number;

/** Survival of the first answer when a copy is sent after `delayMs` (0 or more): S(t), and from then on S(t)·S(t − delay). */
export function hedgedSurvival(survival: Survival, delayMs: number): Survival {
  requireNonNegative('The delay', delayMs);
  return (ms) => {
    requireNonNegative('The time', ms);
    return ms <= delayMs ? shareAfter(survival, ms) : shareAfter(survival, ms) * shareAfter(survival, ms - delayMs);
  };
}

/** Copies sent, as a share of all questions: those still open after the delay. A delay of the 95th percentile costs 5 % more questions. */
export function hedgedExtraLoad(survival: Survival, delayMs: number): number {
  requireNonNegative('The delay', delayMs);
  return shareAfter(survival, delayMs);
}

function shareAfter(survival: Survival, ms: number): number {
  const share = survival(ms);
  requireShare(`The share of answers that take longer than ${ms} ms`, share);
  return share;
}
