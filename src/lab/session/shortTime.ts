// Times that a session sets, to a thousandth of a ms: no eye and no model needs more, and every digit would stand in the link.

import type { Intervention } from '@by-the-slice/simulation';

export function shortTime(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

export function inShortTimes(intervention: Intervention): Intervention {
  const { atMs, untilMs } = intervention;
  return { ...intervention, atMs: shortTime(atMs), ...(untilMs === undefined ? {} : { untilMs: shortTime(untilMs) }) };
}
