// Policies that send a key (or a client) to the same server again and again, each as the system that it is named after does.
// They know nothing of load: a popular key makes a busy server. The owner of a key is worked out once and remembered until the
// rotation changes, so a pick costs a look into a table.

import { defaultMaglevTableSize, maglevHost, maglevTable } from '../hashes/envoyMaglev';
import { type EnvoyRingOptions, envoyRing, envoyRingHost } from '../hashes/envoyRing';
import { type HaproxyHashOptions, haproxyHash, haproxyMap, haproxyNearest, haproxyPoints, haproxySourceHash } from '../hashes/haproxyHash';
import { type IsUp, ketamaPoints, ketamaServer, type NamedServer, nginxHash } from '../hashes/nginxHash';
import { rendezvousServer } from '../hashes/rendezvous';
import { xxHash64 } from '../hashes/xxHash';
import { jumpHash } from '../partitioning/jumpHash';
import { Available } from './available';
import { networkOf } from './nginx';
import type { PolicyOf, Rotation } from './policy';
import { createSmoothWeighted, pickSmoothWeighted } from './smoothWeighted';

export interface HashedBy {
  /** What is hashed: the key as a URI, `/17`, or the address of the client. Default `key`. */
  by?: 'key' | 'client';
  /** Names of the servers, on which most of the hashes depend. Default: 10.1.0.0:8080, 10.1.0.1:8080 and so on. */
  names?: readonly string[];
}

export interface EnvoyHashedBy extends HashedBy {
  /**
   * With fewer percent of the servers in rotation than this Envoy panics and takes all of them, the dead too. Default 0: never.
   * Envoy's own default is 50.
   */
  panicThresholdPercent?: number;
}

/** Envoy's `MAGLEV`. Out of rotation: the table is built anew for the servers that are left. */
export function envoyMaglev({ tableSize = defaultMaglevTableSize, ...by }: EnvoyHashedBy & { tableSize?: number } = {}): PolicyOf {
  return envoyHashed(by, (hosts) => {
    const table = maglevTable(hosts, tableSize);
    return (hash) => maglevHost(hash, table);
  });
}

/**
 * Envoy's `RING_HASH`. Out of rotation: the ring is built anew for the servers that are left. It keeps its least size, so each of them
 * has more points than before, and some keys of theirs change places too.
 */
export function envoyRingHash(options: EnvoyHashedBy & EnvoyRingOptions = {}): PolicyOf {
  return envoyHashed(options, (hosts) => {
    const ring = envoyRing(hosts, options);
    return (hash) => envoyRingHost(hash, ring);
  });
}

function envoyHashed(
  { panicThresholdPercent = 0, ...by }: EnvoyHashedBy,
  hostOfHash: (hosts: readonly NamedServer[]) => (hash: bigint) => number,
): PolicyOf {
  if (!(panicThresholdPercent >= 0 && panicThresholdPercent <= 100)) {
    throw new RangeError(`The panic threshold is ${panicThresholdPercent} %; it must lie between 0 and 100.`);
  }
  return hashed(by, (servers, available) => {
    const isPanic = available.length * 100 < panicThresholdPercent * servers.length;
    const taken = isPanic ? servers.map((_, server) => server) : [...available];
    const hostOf = hostOfHash(taken.map((server) => servers[server]));
    return (text) => taken[hostOf(xxHash64(text))] ?? -1;
  });
}

/** nginx's `hash $request_uri`. Out of rotation: up to twenty more hashes, then round robin. */
export function nginxUriHash(by: HashedBy = {}): PolicyOf {
  return (rotation) => {
    const policy = hashed(by, (servers, _available, isUp) => (text) => nginxHash(text, servers, isUp))(rotation);
    const turns = createSmoothWeighted(rotation.weights);
    const isUp = (server: number) => rotation.inRotation[server] === 1;
    return {
      pick(call) {
        const server = policy.pick(call);
        return server >= 0 ? server : pickSmoothWeighted(turns, isUp);
      },
    };
  };
}

/** nginx's `hash $request_uri consistent` (ketama). Out of rotation: the next point on the ring of a server that is in. */
export function nginxConsistentHash(by: HashedBy = {}): PolicyOf {
  return (rotation) => {
    const points = ketamaPoints(serversOf(by, rotation));
    return hashed(by, (_servers, _available, isUp) => (text) => ketamaServer(text, points, isUp))(rotation);
  };
}

export interface HaproxyHashedBy extends HashedBy, HaproxyHashOptions {
  /** HAProxy's default is map-based. */
  hashType?: 'map-based' | 'consistent';
}

/** HAProxy's `balance uri`, or `balance source` by client. Out of rotation: the table is built anew, or the points leave the ring. */
export function haproxyHashed({ hashType = 'map-based', by = 'key', names, ...options }: HaproxyHashedBy = {}): PolicyOf {
  return hashed({ by, names }, (servers, _available, isUp) => {
    const weights = servers.map(({ weight }) => weight);
    const hashOf = (text: string) =>
      by === 'client' ? haproxySourceHash(text.split('.').map(Number), options.avalanche) : haproxyHash(text, options);
    if (hashType === 'map-based') {
      const table = haproxyMap(weights, isUp);
      return (text) => table[hashOf(text) % table.length] ?? -1;
    }
    const points = haproxyPoints(weights, isUp);
    return (text) => haproxyNearest(hashOf(text), points);
  });
}

/**
 * Jump hash over the list of those in rotation, as Grafana's memcached client does it: when one drops out, all behind it in the list get
 * other numbers. Only the last can leave without moving the keys of others. Weights do not count.
 */
export function jumpHashed(by: HashedBy = {}): PolicyOf {
  return hashed(
    by,
    (_servers, available) => (text) => (available.length === 0 ? -1 : available[jumpHash(xxHash64(text), available.length)]),
  );
}

/** Rendezvous hashing by weight. Out of rotation: the next highest bid. */
export function rendezvousHashed(by: HashedBy = {}): PolicyOf {
  return hashed(by, (servers, _available, isUp) => (text) => rendezvousServer(text, servers, isUp));
}

/** The rule for one state of the rotation: from the text of a key to an index, or -1. */
type OwnerRule = (servers: readonly NamedServer[], available: Int32Array, isUp: IsUp) => (text: string) => number;

const unknown = -2;
/** Keys from here on are hashed at each pick: no memory for them. */
const mostRemembered = 1_048_576;

function hashed({ by = 'key', names }: HashedBy, ruleFor: OwnerRule): PolicyOf {
  return (rotation) => {
    const servers = serversOf({ names }, rotation);
    const available = new Available(rotation.inRotation);
    const isUp = (server: number) => rotation.inRotation[server] === 1;
    let ownerOf = ruleFor(servers, new Int32Array(0), isUp);
    let owners = new Int32Array(256).fill(unknown);
    return {
      pick(call) {
        if (available.refresh()) {
          ownerOf = ruleFor(servers, available.list.slice(0, available.count), isUp);
          owners.fill(unknown);
        }
        const number = by === 'key' ? call.key : call.client;
        if (!(number >= 0 && number < mostRemembered)) return ownerOf(textOf(by, number));
        if (number >= owners.length) {
          const more = new Int32Array(Math.max(number + 1, owners.length * 2)).fill(unknown);
          more.set(owners);
          owners = more;
        }
        if (owners[number] === unknown) owners[number] = ownerOf(textOf(by, number));
        return owners[number];
      },
    };
  };
}

function textOf(by: 'key' | 'client', number: number): string {
  return by === 'key' ? `/${number}` : `${networkOf(number).join('.')}.1`;
}

function serversOf({ names }: HashedBy, { count, weights }: Rotation): NamedServer[] {
  if (names !== undefined && names.length !== count) {
    throw new RangeError(`There are ${count} servers and ${names.length} names; each server needs one.`);
  }
  return weights.map((weight, server) => ({ name: names?.[server] ?? `10.1.${server >> 8}.${server & 255}:8080`, weight }));
}
