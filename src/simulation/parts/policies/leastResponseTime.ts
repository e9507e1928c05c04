// Least response time: the server with the least average response time × (outstanding + 1) / weight; one without an answer yet goes first.
// After NGINX Plus' `least_time` and NetScaler's method of this name, whose code is not public. The average is the smoothed
// round-trip time of RFC 6298: each completed response counts an eighth.

import { fates } from '../../measure/accounts';
import type { PolicyOf } from './policy';

export interface LeastResponseTimeOptions {
  /** Share of the newest response in the average, above 0, at most 1. Default 1/8. */
  smoothing?: number;
}

/** Ties go to the first. Only completed calls are averaged, so a server that fails fast is no better than it was. */
export function leastResponseTime({ smoothing = 1 / 8 }: LeastResponseTimeOptions = {}): PolicyOf {
  if (!(smoothing > 0 && smoothing <= 1)) {
    throw new RangeError(`The newest response has a share of ${smoothing} in the average; it must be above 0 and at most 1.`);
  }
  return ({ count, inRotation, outstanding, weights }) => {
    const averagesMs = new Float64Array(count).fill(-1);
    return {
      pick() {
        let best = -1;
        let least = Infinity;
        for (let server = 0; server < count; server++) {
          if (!inRotation[server]) continue;
          const load = (outstanding[server] + 1) / weights[server];
          // Those that have not answered yet are before all others, the least loaded of them first.
          const cost = averagesMs[server] < 0 ? -1 / load : averagesMs[server] * load;
          if (best >= 0 && cost >= least) continue;
          best = server;
          least = cost;
        }
        return best;
      },
      heard(server, fate, responseMs) {
        if (fate !== fates.completed) return;
        const averageMs = averagesMs[server];
        averagesMs[server] = averageMs < 0 ? responseMs : averageMs + smoothing * (responseMs - averageMs);
      },
    };
  };
}
