// nginx's weighted round robin and ip_hash as policies of the balancer. Health is the balancer's own: no passive failure count here.

import { nginxIpHash } from '../hashes/nginxHash';
import type { PolicyOf } from './policy';
import { createSmoothWeighted, pickSmoothWeighted } from './smoothWeighted';

/** Weights 5, 1, 1 give a a b a c a a: heavy servers are spread out, not bunched. */
export const smoothWeighted: PolicyOf = ({ inRotation, weights }) => {
  const state = createSmoothWeighted(weights);
  return { pick: () => pickSmoothWeighted(state, (server) => inRotation[server] === 1) };
};

/** First three numbers of the address of a client: nginx looks at no more of an IPv4 address. */
export function networkOf(client: number): readonly [number, number, number] {
  return [10, (client >> 8) & 255, client & 255];
}

/** Falls back to round robin, as nginx does, when twenty hashes found no server in rotation. */
export const ipHash: PolicyOf = ({ inRotation, weights }) => {
  const servers = weights.map((weight) => ({ weight }));
  const state = createSmoothWeighted(weights);
  const isUp = (server: number) => inRotation[server] === 1;
  return {
    pick(call) {
      const server = nginxIpHash(networkOf(call.client), servers, isUp);
      return server >= 0 ? server : pickSmoothWeighted(state, isUp);
    },
  };
};
