// Smooth weighted round robin as nginx 1.22 does it, with its passive failure count, as a plain state machine.
// Each turn every server's current weight grows by its effective weight; the greatest wins and pays the total.
// Source: ngx_http_upstream_round_robin.c; held by sequences recorded from nginx.

import { wholeNumber } from '../options';

export interface SmoothWeighted {
  readonly weights: readonly number[];
  readonly effective: Float64Array;
  readonly current: Float64Array;
  readonly fails: Int32Array;
  /** When a failure was last counted or the server was last tried after its rest, in ms. */
  readonly checkedMs: Float64Array;
  readonly accessedMs: Float64Array;
  readonly maxFails: number;
  readonly failTimeoutMs: number;
  /** Room for a list of servers, used within one pick. */
  readonly tied: Int32Array;
}

/** `maxFails` failures within `failTimeoutMs` rest a server for as long; 0 never does. Weights are whole numbers from 1 up. */
export function createSmoothWeighted(weights: readonly number[], { maxFails = 0, failTimeoutMs = 10_000 } = {}): SmoothWeighted {
  for (const weight of weights) {
    if (!Number.isInteger(weight) || weight < 1) throw new RangeError(`A weight is ${weight}; nginx takes whole numbers from 1 up.`);
  }
  wholeNumber('nginx', 'number of failures', maxFails, 0);
  if (!(failTimeoutMs >= 0 && failTimeoutMs < Infinity)) {
    throw new RangeError(`The fail timeout of nginx is ${failTimeoutMs} ms; it must be 0 or more, and finite.`);
  }
  const count = weights.length;
  return {
    weights,
    effective: Float64Array.from(weights),
    current: new Float64Array(count),
    fails: new Int32Array(count),
    checkedMs: new Float64Array(count).fill(-Infinity),
    accessedMs: new Float64Array(count).fill(-Infinity),
    maxFails,
    failTimeoutMs,
    tied: new Int32Array(count),
  };
}

/** The next server; -1 when all rest or are left out by `mayUse` (down, or tried before for this request). */
export function pickSmoothWeighted(state: SmoothWeighted, mayUse: (server: number) => boolean, nowMs = 0): number {
  const { weights, effective, current } = state;
  let best = -1;
  let total = 0;
  for (let server = 0; server < weights.length; server++) {
    if (!mayUse(server) || isResting(state, server, nowMs)) continue;
    current[server] += effective[server];
    total += effective[server];
    if (effective[server] < weights[server]) effective[server]++;
    if (best < 0 || current[server] > current[best]) best = server;
  }
  if (best < 0) return -1;
  current[best] -= total;
  noteTried(state, best, nowMs);
  return best;
}

/** A server that is tried after its rest gets one chance: if that succeeds, its failures are forgotten. */
export function noteTried({ checkedMs, failTimeoutMs }: SmoothWeighted, server: number, nowMs: number): void {
  if (nowMs - checkedMs[server] > failTimeoutMs) checkedMs[server] = nowMs;
}

/** Like nginx, a server that is the only one never rests. */
export function isResting({ maxFails, fails, checkedMs, failTimeoutMs }: SmoothWeighted, server: number, nowMs: number): boolean {
  if (fails.length === 1) return false;
  return maxFails > 0 && fails[server] >= maxFails && nowMs - checkedMs[server] <= failTimeoutMs;
}

/** A request to the server failed: it gets fewer turns, and rests after `maxFails` of them. */
export function smoothWeightedFailed(state: SmoothWeighted, server: number, nowMs = 0): void {
  state.fails[server]++;
  state.accessedMs[server] = nowMs;
  state.checkedMs[server] = nowMs;
  if (state.maxFails === 0) return;
  const less = state.effective[server] - Math.floor(state.weights[server] / state.maxFails);
  state.effective[server] = Math.max(0, less);
}

/** A request to the server succeeded: failures from before its last rest are forgotten. */
export function smoothWeightedSucceeded(state: SmoothWeighted, server: number): void {
  if (state.accessedMs[server] < state.checkedMs[server]) state.fails[server] = 0;
}
