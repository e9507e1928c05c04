import { Call, roundRobin } from '@by-the-slice/simulation';
import { describe, expect, test } from 'vitest';
import { AtHand, Returns } from '../../src/experiments/definition/atHand';
import {
  isByKey,
  isWeighted,
  type PolicyName,
  policyGroupOf,
  policyGroups,
  policyNames,
  policyOf,
} from '../../src/experiments/definition/balancing';
import { readLink } from '../../src/experiments/definition/link';
import { loadExperiment } from '../../src/experiments/registry';

const options = Object.keys(policyNames) as PolicyName[];

describe('the policies of load balancing', () => {
  test('keep their places, by which live changes in old links tell them', () => {
    expect(options.slice(0, 7)).toEqual([
      'round-robin',
      'smooth-weighted',
      'random',
      'weighted-random',
      'least-connections',
      'power-of-two',
      'ip-hash',
    ]);
  });

  test('stand each under a heading of their own kind', () => {
    const headed = Object.keys(policyGroups).map((group) => options.filter((option) => policyGroupOf(option) === group));
    expect(headed.every((members) => members.length > 0)).toBe(true);
    expect(headed.flat().sort()).toEqual([...options].sort());
    expect(policyGroupOf('peak-ewma')).toBe('time');
  });

  test('pick a server that there is', () => {
    const rotation = {
      count: 3,
      inRotation: new Uint8Array(3).fill(1),
      outstanding: new Int32Array(3),
      weights: [1, 1, 1],
      nowMs: () => 0,
    };
    for (const name of options) {
      const server = policyOf(name, 7, 2)(rotation).pick(new Call(0));
      expect([0, 1, 2], name).toContain(server);
    }
  });

  test('ask for weights or for keys only where these matter', () => {
    expect(options.filter(isByKey)).toEqual(['uri-hash', 'ketama', 'ring-hash', 'maglev', 'jump', 'rendezvous']);
    expect(options.some((option) => isByKey(option) && isWeighted(option))).toBe(false);
  });

  test('leave a link from before there were so many as it was', async () => {
    const definition = await loadExperiment('load-balancing');
    const { state, notices } = readLink(definition, '#x=1;id=load-balancing;policy=ip-hash;clients=20;i=set:policy:30000:value=4');
    expect(notices).toEqual([]);
    expect(state).toMatchObject({
      values: { policy: 'ip-hash', clients: 20, keysAtHand: 0 },
      interventions: [{ verb: 'set', targets: ['policy'], arguments: { value: 4 } }],
    });
  });
});

describe('what servers keep at hand', () => {
  const asking = (key: number): Call => Object.assign(new Call(0), { key, workMs: 100 });

  test('makes a tenth of the work, for the keys used last', () => {
    const atHand = new AtHand(2, 2);
    expect([1, 2, 1, 3, 2].map((key) => atHand.workAt(0, asking(key)))).toEqual([100, 100, 10, 100, 100]);
    expect(atHand.workAt(1, asking(1))).toBe(100);
    expect(atHand.foundShare()).toBeCloseTo(1 / 6, 12);
  });

  test('is nothing where it has no room', () => {
    const atHand = new AtHand(1, 0);
    expect([1, 1].map((key) => atHand.workAt(0, asking(key)))).toEqual([100, 100]);
    expect(atHand.foundShare()).toBeNull();
  });
});

test('who comes again is counted by the server of last time', () => {
  const returns = new Returns('key');
  const rotation = { count: 2, inRotation: new Uint8Array(2).fill(1), outstanding: new Int32Array(2), weights: [1, 1], nowMs: () => 0 };
  const policy = returns.of(roundRobin)(rotation);
  expect(returns.sameShare()).toBeNull();
  const picked = [5, 5, 6, 5].map((key) => policy.pick(Object.assign(new Call(0), { key })));
  expect(picked).toEqual([0, 1, 0, 1]);
  expect([returns.again, returns.same, returns.sameShare()]).toEqual([2, 1, 0.5]);
});
