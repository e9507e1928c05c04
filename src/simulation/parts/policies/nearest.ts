// Who is near: the server with the shortest round trip from where the client is, or by chance with more for the nearer ones.
// The first is what routing by latency in the name system does (Amazon Route 53, for one); the second keeps all of them in use.

import { keyedUniform } from '../../kernel/random';
import type { Call } from '../call';
import type { PolicyOf } from './policy';
import { inversion } from './random';

export interface DistanceOptions {
  /** By location of the client, then by server: round trip in ms, above 0. */
  roundTripMs: readonly (readonly number[])[];
  /** Which of the locations a call comes from. Default: the client's number, modulo their count. */
  locationOf?: (call: Call) => number;
}

/** The shortest round trip among the servers in rotation, the first on a tie. */
export function nearest(options: DistanceOptions): PolicyOf {
  return ({ count, inRotation }) => {
    const distancesOf = distances(options, count);
    return {
      pick(call) {
        const distance = distancesOf(call);
        let best = -1;
        for (let server = 0; server < count; server++) {
          if (inRotation[server] && (best < 0 || distance[server] < distance[best])) best = server;
        }
        return best;
      },
    };
  };
}

/**
 * By chance, in proportion to weight / round trip.
 * @param key from `RandomSource.key`
 */
export function latencyWeighted(key: number, options: DistanceOptions): PolicyOf {
  return ({ count, inRotation, weights }) => {
    const distancesOf = distances(options, count);
    const shares = new Float64Array(count);
    return {
      pick(call) {
        const distance = distancesOf(call);
        for (let server = 0; server < count; server++) shares[server] = weights[server] / distance[server];
        return inversion(keyedUniform(key, call.request, call.attempt), shares, inRotation);
      },
    };
  };
}

function distances({ roundTripMs, locationOf }: DistanceOptions, count: number): (call: Call) => readonly number[] {
  const places = roundTripMs.length;
  if (places === 0) throw new RangeError('Round trips need at least one location.');
  for (const row of roundTripMs) {
    if (row.length !== count || row.some((tripMs) => !(tripMs > 0 && tripMs < Infinity))) {
      throw new RangeError(`The round trips of a location are ${row.join(', ')} ms; it needs one above 0 for each of ${count} servers.`);
    }
  }
  return (call) => {
    const place = locationOf === undefined ? call.client % places : locationOf(call);
    const row = roundTripMs[place];
    if (row === undefined) throw new RangeError(`A call comes from location ${place}; there are ${places}, from 0.`);
    return row;
  };
}
