import { describe, expect, test } from 'vitest';
import { Call } from '../../../../src/simulation/parts/call';
import { maglevHost, maglevTable } from '../../../../src/simulation/parts/hashes/envoyMaglev';
import { envoyRing, envoyRingHost } from '../../../../src/simulation/parts/hashes/envoyRing';
import { haproxyHash } from '../../../../src/simulation/parts/hashes/haproxyHash';
import { ketamaPoints, ketamaServer, nginxHash } from '../../../../src/simulation/parts/hashes/nginxHash';
import { xxHash64 } from '../../../../src/simulation/parts/hashes/xxHash';
import { jumpHash } from '../../../../src/simulation/parts/partitioning/jumpHash';
import {
  envoyMaglev,
  envoyRingHash,
  haproxyHashed,
  jumpHashed,
  nginxConsistentHash,
  nginxUriHash,
  rendezvousHashed,
} from '../../../../src/simulation/parts/policies/hashPolicies';
import type { BalancingPolicy, PolicyOf, Rotation } from '../../../../src/simulation/parts/policies/policy';

function rotationOf(...weights: number[]): Rotation {
  const count = weights.length;
  return { count, inRotation: new Uint8Array(count).fill(1), outstanding: new Int32Array(count), weights, nowMs: () => 0 };
}
const call = new Call(0);
const pick = (policy: BalancingPolicy, key: number, client = 0) => policy.pick(Object.assign(call, { key, client }));
const keys = Array.from({ length: 400 }, (_, key) => key);
const picks = (policy: BalancingPolicy) => keys.map((key) => pick(policy, key));
const nameOf = (server: number) => `10.1.0.${server}:8080`;

const policies: Record<string, PolicyOf> = {
  'envoy maglev': envoyMaglev({ tableSize: 1009 }),
  'envoy ring': envoyRingHash(),
  'nginx hash': nginxUriHash(),
  'nginx consistent': nginxConsistentHash(),
  'haproxy map': haproxyHashed(),
  'haproxy consistent': haproxyHashed({ hashType: 'consistent', avalanche: true }),
  jump: jumpHashed(),
  rendezvous: rendezvousHashed(),
};

describe.each(Object.entries(policies))('%s', (name, policyOf) => {
  test('sends a key to the same server every time, and uses all servers', () => {
    const policy = policyOf(rotationOf(1, 1, 1, 1));
    const first = picks(policy);
    expect(picks(policy)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([0, 1, 2, 3]));
  });

  test('never picks who is out of rotation, and finds the owner again when it is back', () => {
    const rotation = rotationOf(1, 1, 1, 1);
    const policy = policyOf(rotation);
    const whole = picks(policy);
    rotation.inRotation[2] = 0;
    const without = picks(policy);
    expect(without).not.toContain(2);
    const moved = keys.filter((key) => whole[key] !== 2 && whole[key] !== without[key]).length;
    if (/consistent|rendezvous|nginx hash/.test(name)) expect(moved).toBe(0);
    // The ring keeps its 1,024 points: 256 of each of four servers, 342 of each of three.
    if (name === 'envoy ring') expect([moved > 0, moved < 80]).toEqual([true, true]);
    if (name === 'envoy maglev') expect(moved).toBeLessThan(20);
    if (/haproxy map|jump/.test(name)) expect(moved).toBeGreaterThan(50);
    rotation.inRotation[2] = 1;
    expect(picks(policy)).toEqual(whole);
  });

  test('says -1 when nobody is in rotation, from the start or later', () => {
    const rotation = rotationOf(1, 1);
    rotation.inRotation.fill(0);
    const policy = policyOf(rotation);
    expect(pick(policy, 3)).toBe(-1);
    rotation.inRotation.fill(1);
    expect(pick(policy, 3)).toBeGreaterThanOrEqual(0);
    rotation.inRotation.fill(0);
    expect(pick(policy, 3)).toBe(-1);
  });

  test('takes keys of any number', () => {
    const policy = policyOf(rotationOf(1, 1, 1));
    for (const key of [0, 255, 256, 100_000, 1_048_575, 1_048_576, 4_000_000_000]) {
      expect([0, 1, 2]).toContain(pick(policy, key));
      expect(pick(policy, key)).toBe(pick(policy, key));
    }
  });
});

test.each(Object.entries(policies))('%s gives a heavy server more keys, jump hash alone does not', (name, policyOf) => {
  const heavy = picks(policyOf(rotationOf(6, 1, 1))).filter((server) => server === 0).length;
  if (name === 'jump') expect(heavy).toBeLessThan(180);
  else expect(heavy).toBeGreaterThan(250);
});

test('each does what the system does that it is named after', () => {
  const weights = [2, 1, 3];
  const servers = weights.map((weight, server) => ({ name: nameOf(server), weight }));
  const table = maglevTable(servers, 1009);
  const ring = envoyRing(servers);
  const points = ketamaPoints(servers);
  const expected: Record<string, (uri: string) => number> = {
    'envoy maglev': (uri) => maglevHost(xxHash64(uri), table),
    'envoy ring': (uri) => envoyRingHost(xxHash64(uri), ring),
    'nginx hash': (uri) => nginxHash(uri, servers),
    'nginx consistent': (uri) => ketamaServer(uri, points),
    jump: (uri) => jumpHash(xxHash64(uri), 3),
  };
  for (const [name, serverOf] of Object.entries(expected)) {
    expect([name, picks(policies[name](rotationOf(...weights)))]).toEqual([name, keys.map((key) => serverOf(`/${key}`))]);
  }
  expect(picks(haproxyHashed({ function: 'crc32' })(rotationOf(1, 1, 1)))).toEqual(
    keys.map((key) => haproxyHash(`/${key}`, { function: 'crc32' }) % 3),
  );
});

test('the address of the client decides where it is asked for', () => {
  const policy = envoyMaglev({ by: 'client' })(rotationOf(1, 1, 1));
  const byClient = keys.map((client) => pick(policy, 7, client));
  expect(new Set(byClient).size).toBe(3);
  expect(byClient).toEqual(keys.map((client) => pick(policy, 8, client)));
  const source = haproxyHashed({ by: 'client' })(rotationOf(1, 1, 1, 1, 1));
  // 10.0.3.1 is 0x0a000301.
  expect(pick(source, 0, 3)).toBe(0x0a000301 % 5);
});

test('names of servers decide who owns what, not their places', () => {
  const straight = envoyMaglev({ names: ['a', 'b', 'c'] })(rotationOf(1, 1, 1));
  const turned = envoyMaglev({ names: ['c', 'a', 'b'] })(rotationOf(1, 1, 1));
  expect(picks(turned).map((server) => 'cab'[server])).toEqual(picks(straight).map((server) => 'abc'[server]));
});

test('Envoy in panic takes the dead servers too', () => {
  const rotation = rotationOf(1, 1, 1, 1);
  const policy = envoyRingHash({ panicThresholdPercent: 50 })(rotation);
  const whole = picks(policy);
  rotation.inRotation[0] = rotation.inRotation[1] = 0;
  expect(new Set(picks(policy))).toEqual(new Set([2, 3]));
  rotation.inRotation[2] = 0;
  expect(picks(policy)).toEqual(whole);
});

test('when all of nginx’s hashes meet dead servers the calls go round', () => {
  const rotation = rotationOf(1000, 1, 1);
  rotation.inRotation[0] = 0;
  const policy = nginxUriHash()(rotation);
  const servers = [1000, 1, 1].map((weight, server) => ({ name: nameOf(server), weight }));
  const missed = keys.filter((key) => nginxHash(`/${key}`, servers, (server) => server !== 0) < 0);
  expect(missed.length).toBeGreaterThan(300);
  expect(missed.slice(0, 6).map((key) => pick(policy, key))).toEqual([1, 2, 1, 2, 1, 2]);
});

test('options and weights that the systems do not take are refused', () => {
  for (const panicThresholdPercent of [-1, 101, Number.NaN])
    expect(() => envoyMaglev({ panicThresholdPercent })).toThrow('The panic threshold');
  expect(() => envoyMaglev({ names: ['a'] })(rotationOf(1, 1))).toThrow('2 servers and 1 names');
  expect(() => nginxConsistentHash()(rotationOf(1, 0.5))).toThrow(RangeError);
  expect(() => nginxUriHash()(rotationOf(1, 0.5))).toThrow(RangeError);
  expect(() => pick(haproxyHashed()(rotationOf(1, 1.5)), 1)).toThrow(RangeError);
  expect(() => pick(envoyMaglev({ tableSize: 8 })(rotationOf(1, 1)), 1)).toThrow('must be a prime');
});
