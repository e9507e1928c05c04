// Slow start: a server that comes back into rotation begins with a small part of its weight, which grows to the whole over a window.
// It is cold, and a policy that looks for the idlest would send it everything. Source: Envoy 1.30, applySlowStartFactor;
// nginx Plus and HAProxy raise the weight on a straight line, which is aggression 1.

import { power } from '../../kernel/math';
import { positive } from '../options';
import type { PolicyOf } from './policy';

export interface SlowStartOptions {
  /** From coming back to full weight, in ms. Envoy has no default. */
  windowMs: number;
  /** Above 0: 1 is a straight line; more of it gives more traffic sooner. Default 1. */
  aggression?: number;
  /** The least share of the weight, in percent, above 0. Default 10. */
  minWeightPercent?: number;
}

/** Share of its weight that a server has `sinceMs` after it came back: 1 from the end of the window on. */
export function slowStartShare(sinceMs: number, { windowMs, aggression = 1, minWeightPercent = 10 }: SlowStartOptions): number {
  positive('slow start', 'window', windowMs);
  positive('slow start', 'aggression', aggression);
  if (!(minWeightPercent > 0 && minWeightPercent <= 100)) {
    throw new RangeError(`Slow start begins with ${minWeightPercent} % of the weight; it must be above 0 and at most 100.`);
  }
  if (!(sinceMs >= 0)) throw new RangeError(`A server came back ${sinceMs} ms ago; it must be 0 or more.`);
  if (sinceMs >= windowMs) return 1;
  // Envoy counts whole milliseconds, from 1.
  const passed = Math.max(1, Math.floor(sinceMs)) / windowMs;
  return Math.max(aggression === 1 ? passed : power(passed, 1 / aggression), minWeightPercent / 100);
}

/**
 * Any policy that reads the weights at each pick, with slow start: Envoy's and HAProxy's, least connections by the lowest or by chance,
 * weighted random. (nginx's read them once: its slow start is not in the open source version.) Servers that are in rotation at the
 * beginning are warm. One that comes back starts when the next call is placed.
 */
export function slowStart(policyOf: PolicyOf, options: SlowStartOptions): PolicyOf {
  slowStartShare(0, options);
  return (rotation) => {
    const { count, inRotation, nowMs } = rotation;
    const weights = [...rotation.weights];
    const backMs = new Float64Array(count).fill(-Infinity);
    const known = Uint8Array.from(inRotation);
    const policy = policyOf({ ...rotation, weights });
    return {
      pick(call) {
        for (let server = 0; server < count; server++) {
          if (inRotation[server] && !known[server]) backMs[server] = nowMs();
          known[server] = inRotation[server];
          const full = rotation.weights[server];
          // Whole again, or never less: nothing to work out.
          if (weights[server] === full && backMs[server] === -Infinity) continue;
          const share = slowStartShare(nowMs() - backMs[server], options);
          if (share === 1) backMs[server] = -Infinity;
          weights[server] = full * share;
        }
        return policy.pick(call);
      },
      heard: (server, fate, responseMs) => policy.heard?.(server, fate, responseMs),
    };
  };
}
