import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../../src/simulation/kernel/random';
import { createEdf, pickEdf } from '../../../../src/simulation/parts/policies/edf';
import {
  envoyChoose,
  envoyFullScan,
  envoyLeastRequest,
  envoyRoundRobin,
  envoyWeight,
} from '../../../../src/simulation/parts/policies/envoy';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';
import { isNear, pickMany, picks, rotationOf } from './rotation';

const vector = readVector<{
  edf_weights_1_2: number[];
  then_active_h1_1: number[];
  p2c: { active: number[]; choices: number[]; pick: number }[];
}>('envoy.leastrequest');

describe('least request', () => {
  test('with unequal weights takes turns by earliest deadline, and a busy server counts for less, as in Envoy’s tests', () => {
    const schedule = createEdf([1, 2]);
    expect(vector.edf_weights_1_2.map(() => pickEdf(schedule, [1, 2]))).toEqual(vector.edf_weights_1_2);
    const busy = [envoyWeight(1, 0), envoyWeight(2, 1)];
    expect(vector.then_active_h1_1.map(() => pickEdf(schedule, busy))).toEqual(vector.then_active_h1_1);
    // WeightImbalance goes on: a busy, b idle is 1 to 4.
    const other = [envoyWeight(1, 1), envoyWeight(2, 0)];
    const turns = [0, 1, 1, 1, 0, 1, 1, 1, 1, 0];
    expect(turns.map(() => pickEdf(schedule, other))).toEqual(turns);
  });

  test.each(vector.p2c)('with equal weights takes the less busy of those drawn: $active', ({ active, choices, pick }) => {
    const draw = (look: number) => (choices[look] + 0.5) / 2;
    expect(envoyChoose(active, [0, 1], 2, 2, draw)).toBe(pick);
  });

  test('looks at as many as it is told, the same one twice if chance says so, and the first wins a tie', () => {
    const draws = [0, 3, 0, 3, 2, 1];
    const draw = (look: number) => (draws[look + 1] + 0.5) / 4;
    // Envoy's test PNC: four hosts with 4, 3, 2 and 1 requests, five choices.
    expect(envoyChoose([4, 3, 2, 1], [0, 1, 2, 3], 4, 5, draw)).toBe(3);
    expect(envoyChoose([4, 3, 2, 1], [0, 1, 2, 3], 4, 2, () => 0.1)).toBe(0);
    expect(envoyChoose([1, 1], [0, 1], 2, 2, (look) => (look === 0 ? 0.9 : 0.1))).toBe(1);
  });

  test('a full scan finds the least, and each of three tied servers a third of the time', () => {
    const stream = new Stream(1, 'ties');
    const counts = new Float64Array(5);
    const times = 1_000_000;
    for (let time = 0; time < times; time++) counts[envoyFullScan([3, 3, 1, 1, 1], [0, 1, 2, 3, 4], 5, () => stream.next())]++;
    expect([counts[0], counts[1]]).toEqual([0, 0]);
    for (const tied of [2, 3, 4]) expect(Math.abs(counts[tied] / times - 1 / 3)).toBeLessThan(0.005);
    expect(envoyFullScan([4, 3, 2, 1, 5], [0, 1, 2, 3, 4], 5, () => 0)).toBe(3);
  });

  test('weighs by the bias', () => {
    expect(envoyWeight(6, 2)).toBe(2);
    expect(envoyWeight(6, 2, 0)).toBe(6);
    expect(envoyWeight(6, 3, 0.5)).toBe(3);
  });

  test('as a policy: two choices when weights are equal, deadlines when they are not', () => {
    const equal = picks(envoyLeastRequest(3), rotationOf([0, 1, 2, 3]), 40_000);
    // With replacement: the least of two draws.
    expect(isNear(equal, [7 / 16, 5 / 16, 3 / 16, 1 / 16])).toBe(true);
    expect(isNear(picks(envoyLeastRequest(3, { selection: 'full-scan' }), rotationOf([1, 0, 0]), 20_000), [0, 0.5, 0.5])).toBe(true);
    const counts = [0, 0, 0];
    for (const server of picks(envoyLeastRequest(3), rotationOf([1, 0, 0], [4, 1, 1]), 4000)) counts[server]++;
    expect(counts).toEqual([2000, 1000, 1000]);
    const unbiased = picks(envoyLeastRequest(3, { activeRequestBias: 0 }), rotationOf([1, 0, 0], [2, 1, 1]), 4000);
    expect(unbiased.filter((server) => server === 0).length).toBe(2000);
  });

  test('refuses choices and biases that make no sense', () => {
    for (const choiceCount of [0, 1, 1.5, Number.NaN]) expect(() => envoyLeastRequest(1, { choiceCount })).toThrow(RangeError);
    for (const activeRequestBias of [-1, Number.NaN, Infinity]) {
      expect(() => envoyLeastRequest(1, { activeRequestBias })).toThrow('must be 0 or more');
    }
  });
});

describe('deadlines', () => {
  const dyadic = fc.array(
    fc.integer({ min: -3, max: 4 }).map((exponent) => 2 ** exponent),
    { minLength: 1, maxLength: 6 },
  );

  test('give each its weight in every round, in the order of the list among equals', () => {
    fc.assert(
      fc.property(dyadic, (weights) => {
        const schedule = createEdf(weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0) * 8;
        const counts = weights.map(() => 0);
        for (let turn = 0; turn < total; turn++) counts[pickEdf(schedule, weights)]++;
        expect(counts).toEqual(weights.map((weight) => weight * 8));
      }),
      { numRuns: cases },
    );
    const even = createEdf([1, 1, 1]);
    expect([1, 2, 3, 4, 5, 6].map(() => pickEdf(even, [1, 1, 1]))).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('that begin after so many turns go on as if those had been taken', () => {
    fc.assert(
      fc.property(dyadic, fc.nat(200), (weights, picksBefore) => {
        const walked = createEdf(weights);
        for (let turn = 0; turn < picksBefore; turn++) pickEdf(walked, weights);
        const skipped = createEdf(weights, picksBefore);
        // Ties among equal weights may be broken in another order: what is compared is the weight of who is next.
        const next = (schedule: ReturnType<typeof createEdf>) => Array.from({ length: 20 }, () => weights[pickEdf(schedule, weights)]);
        expect(next(skipped)).toEqual(next(walked));
      }),
      { numRuns: cases },
    );
  });

  test('need weights above 0 and a number of turns', () => {
    for (const weight of [0, -1, Number.NaN, Infinity]) expect(() => createEdf([1, weight])).toThrow('must be above 0');
    expect(() => createEdf([1], Number.NaN)).toThrow('must be a number from 0 up');
    expect(pickEdf(createEdf([]), [])).toBe(-1);
  });
});

describe('round robin', () => {
  test('takes each in turn from a place that the key decides, and goes on from there when servers come and go', () => {
    const rotation = rotationOf([0, 0, 0]);
    const policy = envoyRoundRobin(7)(rotation);
    expect(pickMany(policy, 4)).toEqual([1, 2, 0, 1]);
    rotation.inRotation[0] = 0;
    expect(pickMany(policy, 4)).toEqual([2, 1, 2, 1]);
  });

  test('is weighted when weights differ, and a new schedule when a server comes or goes', () => {
    const rotation = rotationOf([0, 0, 0], [1, 2, 1]);
    const policy = envoyRoundRobin(0)(rotation);
    expect(pickMany(policy, 8)).toEqual([1, 0, 2, 1, 1, 0, 2, 1]);
    rotation.inRotation[1] = 0;
    expect(pickMany(policy, 4)).toEqual([0, 2, 0, 2]);
    rotation.inRotation[1] = 1;
    expect(pickMany(policy, 4)).toEqual([1, 0, 2, 1]);
  });
});
