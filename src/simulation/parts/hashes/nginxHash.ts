// How nginx 1.22 finds a server from a key: `hash`, `hash … consistent` and `ip_hash`, as plain functions.
// Sources: ngx_http_upstream_hash_module.c and ngx_http_upstream_ip_hash_module.c; held by sequences recorded from nginx.

import { crc32, crc32Final, crc32Start, crc32Update, utf8Bytes } from './crc32';
import { firstAtOrAfter } from './ring';

/** A server as in the configuration: `127.0.0.1:8080` or `unix:/run/shop.sock`; for nginx the weight is a whole number from 1 up. */
export interface NamedServer {
  name: string;
  weight: number;
}

/** Says whether the server at an index may be used; all may when it is left out. */
export type IsUp = (server: number) => boolean;

const mostTries = 20;

/** `hash $key;` Index of the server, or -1 when the key is empty or twenty rehashes found none that is up: nginx then turns to round robin. */
export function nginxHash(key: string, servers: readonly { weight: number }[], isUp: IsUp = () => true): number {
  if (key === '') return -1;
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
 * `ip_hash;` The same for an address; of IPv4 only the first three numbers count, so a whole /24 network goes to one server.
 * @param octets four numbers, or the first three; the sixteen of IPv6 count all
 */
export function nginxIpHash(octets: readonly number[], servers: readonly { weight: number }[], isUp: IsUp = () => true): number {
  let hash = 89;
  const counted = octets.length === 16 ? 16 : 3;
  for (let attempt = 0; attempt <= mostTries; attempt++) {
    for (let index = 0; index < counted; index++) hash = (hash * 113 + octets[index]) % 6271;
    const server = serverAt(hash, servers);
    if (isUp(server)) return server;
  }
  return -1;
}

function serverAt(hash: number, servers: readonly { weight: number }[]): number {
  let total = 0;
  for (const { weight } of servers) {
    if (!(weight >= 1 && weight < Infinity)) throw new RangeError(`A weight is ${weight}; nginx takes numbers from 1 up.`);
    total += weight;
  }
  if (total === 0) throw new RangeError('There are no servers; a hash needs one at least.');
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

/** @throws RangeError for a weight that is not a whole number from 1 to 65,536 */
export function ketamaPoints(servers: readonly NamedServer[]): KetamaPoints {
  const points: { hash: number; server: number }[] = [];
  servers.forEach(({ name, weight }, server) => {
    if (!Number.isInteger(weight) || weight < 1 || weight > 65_536) {
      throw new RangeError(`The weight of ${name} is ${weight}; nginx takes whole numbers from 1, and 65,536 is the most here.`);
    }
    const [, host, port] = /^unix:/i.test(name) ? ['', name.slice(5), ''] : (/^(.*?)(?::(\d*))?$/s.exec(name) as string[]);
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

/**
 * `hash $key consistent;` The first point at or after the key's CRC-32, around the circle, whose server is up; -1 when none is.
 * Also -1 for an empty key, which nginx hands to round robin.
 */
export function ketamaServer(key: string, { hashes, servers }: KetamaPoints, isUp: IsUp = () => true): number {
  if (key === '') return -1;
  const start = firstAtOrAfter(hashes, crc32(key));
  for (let step = 0; step < servers.length; step++) {
    const server = servers[(start + step) % servers.length];
    if (isUp(server)) return server;
  }
  return -1;
}
