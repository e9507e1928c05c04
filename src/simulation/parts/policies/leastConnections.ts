// The server with the fewest of the balancer's calls still open, by weight. Ties matter: at low load nearly all are ties.
// nginx breaks them by smooth weighted round robin among the tied servers (ngx_http_upstream_least_conn_module);
// 'lowest' takes the first, as textbooks do; 'random' is the tie rule of the exact join-the-shortest-queue results.

import { keyedUniform } from '../../kernel/random';
import { nginxLeastConnections } from './nginx';
import type { PolicyOf } from './policy';

export type TieRule = 'nginx' | 'lowest' | { randomKey: number };

/** nginx's weights are whole numbers; the other two rules take any above 0. */
export function leastConnections(ties: TieRule = 'nginx'): PolicyOf {
  if (ties === 'nginx') return nginxLeastConnections({ maxFails: 0 });
  return ({ count, inRotation, outstanding, weights }) => {
    const tied = new Int32Array(count);
    return {
      pick(call) {
        let best = -1;
        let tiedCount = 0;
        for (let server = 0; server < count; server++) {
          if (!inRotation[server]) continue;
          const difference = best < 0 ? -1 : outstanding[server] * weights[best] - outstanding[best] * weights[server];
          if (difference < 0) {
            best = server;
            tiedCount = 0;
          }
          if (difference <= 0) tied[tiedCount++] = server;
        }
        if (tiedCount <= 1 || ties === 'lowest') return best;
        return tied[Math.floor(keyedUniform(ties.randomKey, call.request, call.attempt) * tiedCount)];
      },
    };
  };
}
