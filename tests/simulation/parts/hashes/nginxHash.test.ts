import { describe, expect, test } from 'vitest';
import { crc32, utf8Bytes } from '../../../../src/simulation/parts/hashes/crc32';
import { ketamaPoints, ketamaServer, nginxHash, nginxIpHash } from '../../../../src/simulation/parts/hashes/nginxHash';
import { createSmoothWeighted, pickSmoothWeighted } from '../../../../src/simulation/parts/policies/smoothWeighted';
import { readVector } from '../../../vectors/read';

interface Recorded {
  keys: string[];
  ips: string[];
  [servers: string]: unknown;
}
const recorded = readVector<Recorded>('nginx.hash');
const weightsOf: Record<string, number[]> = { h3: [1, 1, 1], h4: [1, 1, 1, 1], h3w: [3, 2, 1] };
const cases = Object.entries(weightsOf).filter(([name]) => recorded[name] !== undefined);

/** The addresses were given to nginx in a header. It cannot read 255.255.255.255 there (INADDR_NONE) and keeps the connection's own. */
function octetsSeen(address: string): number[] {
  return (address === '255.255.255.255' ? '127.0.0.1' : address).split('.').map(Number);
}
const letter = (server: number) => 'abcdef'[server];

describe.each(cases)('servers %s, as nginx 1.22.1 was seen to choose', (name, weights) => {
  const servers = weights.map((weight, index) => ({ name: `127.0.0.1:${18101 + index}`, weight }));
  const { plain, consistent, ip_hash: byAddress } = recorded[name] as { plain: string; consistent: string; ip_hash: string };

  test('hash', () => {
    expect(recorded.keys.map((key) => letter(nginxHash(key, servers))).join('')).toBe(plain);
  });
  test('hash consistent', () => {
    const points = ketamaPoints(servers);
    expect(recorded.keys.map((key) => letter(ketamaServer(key, points))).join('')).toBe(consistent);
  });
  test('ip_hash', () => {
    expect(recorded.ips.map((address) => letter(nginxIpHash(octetsSeen(address), servers))).join('')).toBe(byAddress);
  });
});

test('ip_hash sends a whole network of 256 addresses to one server', () => {
  const servers = [{ weight: 1 }, { weight: 1 }, { weight: 1 }];
  const chosen = new Set(Array.from({ length: 256 }, (_, last) => nginxIpHash([10, 0, 0, last], servers)));
  expect(chosen.size).toBe(1);
});

test('a server that is down is passed over by hashing again', () => {
  const servers = [1, 1, 1].map((weight, index) => ({ name: `127.0.0.1:${18101 + index}`, weight }));
  for (const key of recorded.keys) {
    const first = nginxHash(key, servers);
    const second = nginxHash(key, servers, (server) => server !== first);
    expect(second).not.toBe(first);
  }
  expect(nginxHash('foo', servers, () => false)).toBe(-1);
});

interface RecordedDown {
  names: string[];
  keys: string[];
  addresses: string[];
  cases: { method: string; weights: number[]; down: number[]; servers: string }[];
}
const recordedDown = readVector<RecordedDown>('nginx.hash.recorded');

/** The bytes of an address: four, or the sixteen of IPv6. */
function bytesOf(address: string): number[] {
  if (address.includes('.')) return address.split('.').map(Number);
  const [left, right = ''] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = new Array(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

test.each(recordedDown.cases)('$method with weights $weights and servers $down down, as nginx 1.22.1 was seen to choose', (one) => {
  const servers = one.weights.map((weight, index) => ({ name: recordedDown.names[index], weight }));
  const isUp = (server: number) => !one.down.includes(server);
  const points = ketamaPoints(servers);
  const choose: Record<string, () => number[]> = {
    hash: () => recordedDown.keys.map((key) => nginxHash(key, servers, isUp)),
    'hash consistent': () => recordedDown.keys.map((key) => ketamaServer(key, points, isUp)),
    ip_hash: () => recordedDown.addresses.map((address) => nginxIpHash(bytesOf(address), servers, isUp)),
  };
  // Where every hash met a dead server nginx goes on to round robin.
  const turns = createSmoothWeighted(one.weights);
  const chosen = choose[one.method]().map((server) => (server < 0 ? pickSmoothWeighted(turns, isUp) : server));
  expect(chosen.join('')).toBe(one.servers);
});

test('an empty key has no owner: nginx sends it round', () => {
  const servers = [{ name: 'a:1', weight: 1 }];
  expect(nginxHash('', servers)).toBe(-1);
  expect(ketamaServer('', ketamaPoints(servers))).toBe(-1);
});

test('with all servers down there is none for any key', () => {
  const servers = [1, 2].map((weight) => ({ name: `a:${weight}`, weight }));
  expect(ketamaServer('k', ketamaPoints(servers), () => false)).toBe(-1);
  expect(nginxIpHash([10, 0, 0], servers, () => false)).toBe(-1);
});

test.each([0, -1, Number.NaN, Infinity])('a weight of %d is refused', (weight) => {
  expect(() => nginxHash('k', [{ weight }])).toThrow(RangeError);
  expect(() => nginxIpHash([1, 2, 3], [{ weight }])).toThrow(RangeError);
  expect(() => ketamaPoints([{ name: 'a:1', weight }])).toThrow('The weight of a:1');
});

test('no servers at all are refused in words', () => {
  expect(() => nginxHash('k', [])).toThrow('There are no servers');
});

test('CRC-32 has its check value, and texts are UTF-8', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(utf8Bytes('aé€😀')).toEqual([...new TextEncoder().encode('aé€😀')]);
});
