// How nginx 1.22 finds a server from a key: `hash`, `hash … consistent` and `ip_hash`, as plain functions.
// Sources: ngx_http_upstream_hash_module.c and ngx_http_upstream_ip_hash_module.c; held by sequences recorded from nginx.

import { crc32, crc32Final, crc32Start, crc32Update, utf8Bytes } from './crc32';

/** A server as in the configuration: `127.0.0.1:8080`, weight 1 or more. */
export interface NamedServer {
  name: string;
  weight: number;
}

/** Says whether the server at an index may be used; all may when it is left out. */
export type IsUp = (server: number) => boolean;

const mostTries = 20;

/** `hash $key;` Index of the server, or -1 when twenty rehashes found none that is up (nginx then turns to round robin). */
export function nginxHash(key: string, servers: readonly NamedServer[], isUp: IsUp = () => true): number {
  const bytes = utf8Bytes(key);
  let hash = 0;
  for (let rehash = 0; rehash <= mostTries; rehash++) {
    const prefix = rehash > 0 ? utf8Bytes(String(rehash)) : [];
    hash += (crc32Final(crc32Update(crc32Update(crc32Start, prefix), bytes)) >>> 16) & 0x7fff;
    const server = serverAt(hash, servers);
    if (isUp(server)) return server;
  }
  return -1;
}

/**
 * `ip_hash;` The same for an IPv4 address; only its first three numbers count, so a whole /24 network goes to one server.
 * @param octets four numbers, or the first three
 */
export function nginxIpHash(octets: readonly number[], servers: readonly { weight: number }[], isUp: IsUp = () => true): number {
  let hash = 89;
  for (let attempt = 0; attempt <= mostTries; attempt++) {
    for (let index = 0; index < 3; index++) hash = (hash * 113 + octets[index]) % 6271;
    const server = serverAt(hash, servers);
    if (isUp(server)) return server;
  }
  return -1;
}

function serverAt(hash: number, servers: readonly { weight: number }[]): number {
  let total = 0;
  for (const { weight } of servers) total += weight;
  let point = hash % total;
  let server = 0;
  while (point >= servers[server].weight) point -= servers[server++].weight;
  return server;
}

const pointsPerWeight = 160;

/** The points of `hash … consistent` (ketama): 160 for each unit of weight, ascending, each with the index of its server. */
export interface KetamaPoints {
  hashes: Uint32Array;
  servers: Int32Array;
}

export function ketamaPoints(servers: readonly NamedServer[]): KetamaPoints {
  const points: { hash: number; server: number }[] = [];
  servers.forEach(({ name, weight }, server) => {
    const port = /:(\d*)$/.exec(name)?.[1];
    const host = port === undefined ? name : name.slice(0, name.length - port.length - 1);
    const base = crc32Update(crc32Start, [...utf8Bytes(host), 0, ...utf8Bytes(port ?? '')]);
    let previous = 0;
    for (let index = 0; index < weight * pointsPerWeight; index++) {
      const bytes = [previous & 255, (previous >>> 8) & 255, (previous >>> 16) & 255, previous >>> 24];
      previous = crc32Final(crc32Update(base, bytes));
      points.push({ hash: previous, server });
    }
  });
  points.sort((a, b) => a.hash - b.hash);
  const distinct = points.filter(({ hash }, index) => index === 0 || hash !== points[index - 1].hash);
  return { hashes: Uint32Array.from(distinct, ({ hash }) => hash), servers: Int32Array.from(distinct, ({ server }) => server) };
}

/** `hash $key consistent;` The first point at or after the key's CRC-32, around the circle. */
export function ketamaServer(key: string, { hashes, servers }: KetamaPoints): number {
  const wanted = crc32(key);
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hashes[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return servers[low % hashes.length];
}
