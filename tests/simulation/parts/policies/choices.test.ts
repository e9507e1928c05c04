import { describe, expect, test } from 'vitest';
import { envoyLeastRequest, envoyRoundRobin } from '../../../../src/simulation/parts/policies/envoy';
import { haproxyLeastconn } from '../../../../src/simulation/parts/policies/haproxyLeastconn';
import { haproxyRoundRobin } from '../../../../src/simulation/parts/policies/haproxyRoundRobin';
import { haproxyStatic } from '../../../../src/simulation/parts/policies/haproxyStatic';
import { leastConnections } from '../../../../src/simulation/parts/policies/leastConnections';
import { leastResponseTime } from '../../../../src/simulation/parts/policies/leastResponseTime';
import { latencyWeighted, nearest } from '../../../../src/simulation/parts/policies/nearest';
import {
  ipHash,
  nginxLeastConnections,
  nginxRandomTwo,
  nginxRoundRobin,
  smoothWeighted,
} from '../../../../src/simulation/parts/policies/nginx';
import { peakEwma } from '../../../../src/simulation/parts/policies/peakEwma';
import type { PolicyOf } from '../../../../src/simulation/parts/policies/policy';
import { powerOfChoices } from '../../../../src/simulation/parts/policies/powerOfChoices';
import { powerOfTwo, randomChoice, weightedRandom } from '../../../../src/simulation/parts/policies/random';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { slowStart } from '../../../../src/simulation/parts/policies/slowStart';
import { isNear, picks, rotationOf } from './rotation';

const near = { roundTripMs: [[10, 20, 30]] };
const policies: Record<string, PolicyOf> = {
  'round robin': roundRobin,
  'smooth weighted': smoothWeighted,
  'ip hash': ipHash,
  'nginx round robin': nginxRoundRobin(),
  'nginx least_conn': nginxLeastConnections(),
  'nginx random two': nginxRandomTwo(5),
  'least connections': leastConnections(),
  'least connections, lowest': leastConnections('lowest'),
  'least connections, by chance': leastConnections({ randomKey: 5 }),
  random: randomChoice(5),
  'weighted random': weightedRandom(5),
  'two choices': powerOfTwo(5),
  'five choices': powerOfChoices(5, { choices: 5 }),
  'two choices with replacement': powerOfChoices(5, { withReplacement: true }),
  'HAProxy roundrobin': haproxyRoundRobin,
  'HAProxy static-rr': haproxyStatic,
  'HAProxy leastconn': haproxyLeastconn,
  'Envoy round robin': envoyRoundRobin(5),
  'Envoy least request': envoyLeastRequest(5),
  'Envoy full scan': envoyLeastRequest(5, { selection: 'full-scan' }),
  'peak EWMA': peakEwma(5),
  'least response time': leastResponseTime(),
  nearest: nearest(near),
  'weighted by latency': latencyWeighted(5, near),
  'slow start': slowStart(weightedRandom(5), { windowMs: 1000 }),
};

describe.each(Object.entries(policies))('%s', (_name, policy) => {
  test('never picks a server that is out of rotation, says -1 when all are, and goes on when they are back', () => {
    for (const weights of [
      [1, 1, 1],
      [3, 2, 1],
    ]) {
      const rotation = rotationOf([0, 0, 0], weights);
      const balancing = policy(rotation);
      const chosen = () => new Set(picks(() => balancing, rotation, 200));
      rotation.inRotation[1] = 0;
      for (const server of chosen()) expect([0, 2]).toContain(server);
      rotation.inRotation.fill(0);
      expect(chosen()).toEqual(new Set([-1]));
      rotation.inRotation[1] = 1;
      expect(chosen()).toEqual(new Set([1]));
      rotation.inRotation.fill(1);
      for (const server of chosen()) expect([0, 1, 2]).toContain(server);
    }
  });

  test('has one server to pick from', () => {
    const one = _name === 'nearest' || _name === 'weighted by latency' ? [0, 0, 0] : [0];
    const rotation = rotationOf(one);
    if (one.length > 1) rotation.inRotation.set([0, 0, 1]);
    expect(new Set(picks(policy, rotation, 20))).toEqual(new Set([one.length - 1]));
  });
});

describe('policies', () => {
  test('round robin takes each in turn and skips who is out', () => {
    const rotation = rotationOf([0, 0, 0, 0]);
    expect(picks(roundRobin, rotation, 6)).toEqual([0, 1, 2, 3, 0, 1]);
    rotation.inRotation[2] = 0;
    expect(picks(roundRobin, rotation, 6)).toEqual([0, 1, 3, 0, 1, 3]);
  });

  test('least connections takes the fewest by weight', () => {
    expect(picks(leastConnections('lowest'), rotationOf([3, 1, 2]), 1)).toEqual([1]);
    expect(picks(leastConnections('lowest'), rotationOf([3, 2, 2], [4, 1, 1]), 1)).toEqual([0]);
    expect(picks(leastConnections('lowest'), rotationOf([2, 1, 1]), 1)).toEqual([1]);
  });

  test('nginx breaks ties by smooth weighted round robin among the tied', () => {
    expect(picks(leastConnections(), rotationOf([0, 0, 0], [5, 1, 1]), 7)).toEqual([0, 0, 1, 0, 2, 0, 0]);
    expect(picks(leastConnections(), rotationOf([1, 0, 0]), 4)).toEqual([1, 2, 1, 2]);
  });

  test('chance is even, or by weight, or among the tied', () => {
    expect(isNear(picks(randomChoice(1), rotationOf([0, 0, 0, 0]), 20_000), [0.25, 0.25, 0.25, 0.25])).toBe(true);
    expect(isNear(picks(weightedRandom(2), rotationOf([0, 0, 0], [1, 2, 5]), 20_000), [1 / 8, 2 / 8, 5 / 8])).toBe(true);
    expect(isNear(picks(leastConnections({ randomKey: 3 }), rotationOf([1, 0, 0]), 20_000), [0, 0.5, 0.5])).toBe(true);
  });

  test('of two choices the less busy is taken: the busiest never, and the others by how many pairs they win', () => {
    expect(isNear(picks(powerOfTwo(4), rotationOf([0, 1, 2, 3]), 40_000), [3 / 6, 2 / 6, 1 / 6, 0])).toBe(true);
    expect(picks(powerOfTwo(4), rotationOf([5]), 3)).toEqual([0, 0, 0]);
  });
});
