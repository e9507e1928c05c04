// Two policies exactly as nginx 1.22 does them: smooth weighted round robin and ip_hash.
// Sources: ngx_http_upstream_round_robin.c and ngx_http_upstream_ip_hash_module.c, held by recorded sequences.

import type { Call } from '../call';
import type { PolicyOf, Rotation } from './policy';

/**
 * Each turn every server's current weight grows by its weight; the greatest wins (the first on a tie) and pays the total.
 * Weights 5, 1, 1 give a a b a c a a: heavy servers are spread out, not bunched.
 */
export const smoothWeighted: PolicyOf = (rotation) => {
  const current = new Float64Array(rotation.count);
  return { pick: () => smoothPick(rotation, current) };
};

function smoothPick({ count, inRotation, weights }: Rotation, current: Float64Array): number {
  let best = -1;
  let total = 0;
  for (let server = 0; server < count; server++) {
    if (!inRotation[server]) continue;
    current[server] += weights[server];
    total += weights[server];
    if (best < 0 || current[server] > current[best]) best = server;
  }
  if (best >= 0) current[best] -= total;
  return best;
}

/** First three numbers of the address of a client: nginx looks at no more of an IPv4 address. */
export function networkOf(client: number): readonly [number, number, number] {
  return [10, (client >> 8) & 255, client & 255];
}

const mostRehashes = 20;

/**
 * The server for a network: the hash walks over three octets, starts at 89, and is taken modulo the total weight.
 * A server out of rotation is passed over by hashing again, at most twenty times; then round robin takes over.
 */
export const ipHash: PolicyOf = (rotation) => {
  const { inRotation, weights } = rotation;
  let total = 0;
  for (const weight of weights) total += weight;
  const current = new Float64Array(rotation.count);
  return {
    pick(call: Call) {
      let hash = 89;
      for (let attempt = 0; attempt <= mostRehashes; attempt++) {
        for (const octet of networkOf(call.client)) hash = (hash * 113 + octet) % 6271;
        let point = hash % total;
        let server = 0;
        while (point >= weights[server]) point -= weights[server++];
        if (inRotation[server]) return server;
      }
      return smoothPick(rotation, current);
    },
  };
};
