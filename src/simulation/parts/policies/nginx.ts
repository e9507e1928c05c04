// nginx's upstream methods as policies of the balancer, with its passive failure count where asked for.
// nginx itself tries the next server after a failure; here that is a retrying client's business.

import { keyedUniform } from '../../kernel/random';
import { fates } from '../../measure/accounts';
import { nginxIpHash } from '../hashes/nginxHash';
import { pickLeastConn, pickRandomTwo } from './nginxLeastConn';
import type { BalancingPolicy, PolicyOf, Rotation } from './policy';
import {
  createSmoothWeighted,
  pickSmoothWeighted,
  type SmoothWeighted,
  smoothWeightedFailed,
  smoothWeightedSucceeded,
} from './smoothWeighted';

/** As in nginx 1.22. */
export interface NginxOptions {
  /** Failures after which a server rests; 0 for never. Default 1. */
  maxFails?: number;
  /** They count within this time, and the rest lasts as long, in ms; nginx's clock goes by whole seconds. Default 10 s. */
  failTimeoutMs?: number;
}

const noFailureCount = { maxFails: 0 };

/** `server … weight=`: weights 5, 1, 1 give a a b a c a a, so heavy servers are spread out, not bunched. */
export function nginxRoundRobin(options: NginxOptions = {}): PolicyOf {
  return (rotation) => upstream(rotation, options, (state, isUp, nowMs) => () => pickSmoothWeighted(state, isUp, nowMs()));
}

/** `least_conn`. */
export function nginxLeastConnections(options: NginxOptions = {}): PolicyOf {
  return (rotation) => upstream(rotation, options, (state, isUp, nowMs) => () => pickLeastConn(state, rotation.outstanding, isUp, nowMs()));
}

/**
 * `random two least_conn`.
 * @param key from `RandomSource.key`
 */
export function nginxRandomTwo(key: number, options: NginxOptions = {}): PolicyOf {
  return (rotation) =>
    upstream(rotation, options, (state, isUp, nowMs) => {
      let request = 0;
      let attempt = 0;
      const draw = (tries: number) => keyedUniform(key, request, attempt * 32 + tries);
      return (call) => {
        request = call.request;
        attempt = call.attempt;
        return pickRandomTwo(state, rotation.outstanding, isUp, draw, nowMs());
      };
    });
}

/** nginx's round robin without its passive failure count. */
export const smoothWeighted: PolicyOf = nginxRoundRobin(noFailureCount);

function upstream(
  { inRotation, weights, nowMs }: Rotation,
  { maxFails = 1, failTimeoutMs }: NginxOptions,
  pickOf: (state: SmoothWeighted, isUp: (server: number) => boolean, nowMs: () => number) => BalancingPolicy['pick'],
): BalancingPolicy {
  const state = createSmoothWeighted(weights, { maxFails, failTimeoutMs });
  const wholeSecondMs = () => Math.floor(nowMs() / 1000) * 1000;
  const pick = pickOf(state, (server) => inRotation[server] === 1, wholeSecondMs);
  if (maxFails === 0) return { pick };
  return {
    pick,
    // What a dead server answers counts (proxy_next_upstream's default is `error timeout`); the refusal of a full one is a reply.
    heard(server, fate) {
      if (fate === fates.failed || fate === fates.lost || fate === fates.timedOut) smoothWeightedFailed(state, server, wholeSecondMs());
      else smoothWeightedSucceeded(state, server);
    },
  };
}

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
