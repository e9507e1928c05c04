// The server with the fewest of the balancer's calls still open, by weight. Ties matter: at low load nearly all are ties.
// nginx breaks them by smooth weighted round robin among the tied servers (ngx_http_upstream_least_conn_module);
// 'lowest' takes the first, as textbooks do; 'random' is the tie rule of the exact join-the-shortest-queue results.

import { keyedUniform } from '../../kernel/random';
import type { PolicyOf } from './policy';

export type TieRule = 'nginx' | 'lowest' | { randomKey: number };

export function leastConnections(ties: TieRule = 'nginx'): PolicyOf {
  return ({ count, inRotation, outstanding, weights }) => {
    const current = new Float64Array(count);
    const tied = new Int32Array(count);
    return {
      pick(call) {
        let best = -1;
        let fewest = 0;
        let bestWeight = 0;
        let tiedCount = 0;
        for (let server = 0; server < count; server++) {
          if (!inRotation[server]) continue;
          const difference = best < 0 ? -1 : outstanding[server] * bestWeight - fewest * weights[server];
          if (difference < 0) {
            best = server;
            fewest = outstanding[server];
            bestWeight = weights[server];
            tiedCount = 0;
          }
          if (difference <= 0) tied[tiedCount++] = server;
        }
        if (tiedCount <= 1 || ties === 'lowest') return best;
        if (ties !== 'nginx') return tied[Math.floor(keyedUniform(ties.randomKey, call.request, call.attempt) * tiedCount)];
        let total = 0;
        best = tied[0];
        for (let index = 0; index < tiedCount; index++) {
          const server = tied[index];
          current[server] += weights[server];
          total += weights[server];
          if (current[server] > current[best]) best = server;
        }
        current[best] -= total;
        return best;
      },
    };
  };
}
