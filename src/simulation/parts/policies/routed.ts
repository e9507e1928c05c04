// Rules before a policy: what a call asks for decides which of the servers may get it, and a policy for each of these pools decides which
// one does. Only a balancer that reads requests can do so (layer 7): by path, by header, by cookie.

import type { Call } from '../call';
import type { PolicyOf } from './policy';

export interface Pool {
  /** Indexes of the servers that belong to it. */
  servers: readonly number[];
  policy: PolicyOf;
}

/**
 * @param poolOf index of the pool for a call. With no server of it in rotation the call is turned away, however many others are idle.
 * Throws RangeError where a pool is empty or names a server that is not there.
 */
export function routed(pools: readonly Pool[], poolOf: (call: Call) => number): PolicyOf {
  return (rotation) => {
    const { count, inRotation } = rotation;
    const made = pools.map(({ servers, policy }, index) => {
      if (servers.length === 0 || servers.some((server) => server !== (server | 0) || server < 0 || server >= count)) {
        throw new RangeError(`Pool ${index} has the servers ${servers.join(', ') || 'none'}; it needs some of 0 to ${count - 1}.`);
      }
      const own = new Uint8Array(count);
      for (const server of servers) own[server] = inRotation[server];
      return { servers, own, policy: policy({ ...rotation, inRotation: own }) };
    });
    return {
      pick(call) {
        const { servers, own, policy } = made[poolOf(call)];
        for (const server of servers) own[server] = inRotation[server];
        return policy.pick(call);
      },
      heard(server, fate, responseMs) {
        for (const { servers, policy } of made) if (servers.includes(server)) policy.heard?.(server, fate, responseMs);
      },
    };
  };
}
