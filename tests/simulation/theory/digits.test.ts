// Digits that hold where formulas lose them first: tiny and nearly full loads, thousands of servers, rare failures. The values were
// worked out with 40 and more digits, by other methods where there are any (tests/vectors/theory.digits.json).

import { expect, test } from 'vitest';
import { kOfN, kOfNAbsence, repairableGroup } from '../../../src/simulation/theory/availability';
import { fluidLoads } from '../../../src/simulation/theory/ballsIntoBins';
import { bloomFalseShare } from '../../../src/simulation/theory/bloom';
import {
  cheHitRatio,
  firstInFirstOutHitRatio,
  leastRecentlyUsedHitRatio,
  zipfPopularity,
} from '../../../src/simulation/theory/cacheModels';
import { finiteClients, meanValueAnalysis } from '../../../src/simulation/theory/closedNetwork';
import { erlangA } from '../../../src/simulation/theory/erlangA';
import { erlangBLoad } from '../../../src/simulation/theory/erlangInverse';
import { largestLoadShares } from '../../../src/simulation/theory/largestLoad';
import { roundRobinSplit } from '../../../src/simulation/theory/loadBalancing';
import { md1Probabilities } from '../../../src/simulation/theory/md1';
import { erlangB, erlangC, mmc } from '../../../src/simulation/theory/mmc';
import { mmck } from '../../../src/simulation/theory/mmck';
import { dataLossProbability } from '../../../src/simulation/theory/quorum';
import { expectedAttempts, retrySuccess } from '../../../src/simulation/theory/retries';
import { boundedParetoServiceTimes } from '../../../src/simulation/theory/serviceVariation';
import { supermarketResponse } from '../../../src/simulation/theory/supermarket';
import { slowestOfMany } from '../../../src/simulation/theory/tailAtScale';
import { readVector } from '../../vectors/read';

const digits = readVector<Record<string, number[][]>>('theory.digits');

/** Found and expected, named by what was asked. */
function close(asked: string, found: readonly number[], expected: readonly (number | null)[]): void {
  found.forEach((value, at) => {
    const goal = expected[at];
    if (goal === null) return;
    expect(Math.abs(value - goal), `${asked}: ${value} for ${goal}`).toBeLessThanOrEqual(1e-9 * Math.abs(goal));
  });
  expect(found.length).toBe(expected.length);
}

/** One test for each formula: its rows hold what is given, then `results` numbers. */
function holds(formula: string, results: number, found: (...given: number[]) => readonly number[]): void {
  test(`${formula} keeps nine digits`, () => {
    expect(digits[formula].length).toBeGreaterThan(3);
    for (const row of digits[formula]) {
      const given = row.slice(0, row.length - results);
      close(`${formula} of ${given}`, found(...given), row.slice(given.length));
    }
  });
}

const serviceMs = 1000;

holds('erlangB', 1, (servers, load) => [erlangB(servers, load)]);
holds('erlangC', 2, (servers, load) => [erlangC(servers, load), mmc({ servers, arrivalsPerSecond: load, serviceMs }).waitMs / serviceMs]);
holds('erlangBInverse', 1, (servers, blocked) => [erlangBLoad(servers, blocked)]);
holds('erlangA', 3, (servers, load, leaving) => {
  const result = erlangA({ servers, arrivalsPerSecond: load, serviceMs, patienceMs: serviceMs / leaving });
  return [result.waitProbability, result.meanWaiting, result.abandonProbability];
});
holds('md1', 1, (utilization, count) => [md1Probabilities(utilization, count)[count]]);
holds('mmck', 4, (load, servers, capacity) => {
  const result = mmck({ servers, capacity, arrivalsPerSecond: load, serviceMs });
  return [result.emptyProbability, result.blockingProbability, result.meanInSystem, result.meanWaiting];
});
holds('roundRobin', 2, (servers, utilization) => {
  const { responseMs, sigma } = roundRobinSplit({ servers, arrivalsPerSecond: servers * utilization, serviceMs });
  return [responseMs / serviceMs, sigma];
});
holds('kOfN', 2, (needed, total, availability) => [kOfN({ needed, total, availability }), kOfNAbsence({ needed, total, availability })]);
holds('repairableGroup', 2, (needed, total, repairers, mtbfHours, mttrHours) => {
  const { availability, absence } = repairableGroup({ needed, total, repairers, mtbfHours, mttrHours });
  return [availability, absence];
});
holds('slowestOfMany', 1, (slowShare, count) => [slowestOfMany({ slowShare, count })]);
holds('retries', 2, (failureProbability, maxAttempts) => [
  expectedAttempts({ failureProbability, maxAttempts }),
  retrySuccess({ failureProbability, maxAttempts }),
]);
holds('bloom', 1, (bits, items, hashes) => [bloomFalseShare({ bits, items, hashes })]);
holds('boundedPareto', 2, (smallestMs, largestMs, shape) => {
  const moments = boundedParetoServiceTimes({ smallestMs, largestMs, shape });
  return [moments.serviceMs, moments.squaredVariation];
});
holds('finiteClients', 2, (clients, thinkMs, serviceMs, servers) => {
  const { requestsPerSecond, responseMs } = finiteClients({ clients, thinkMs, serviceMs, servers });
  return [requestsPerSecond / 1000, responseMs];
});
holds('supermarket', 1, (choices, utilization) => [supermarketResponse({ choices, utilization })]);
holds('dataLoss', 1, (nodes, copies, failed, chunks) => [dataLossProbability({ nodes, copies, failed, chunks })]);
holds('cache', 3, (keys, exponent, capacity) => {
  const popularity = zipfPopularity(keys, exponent);
  const leastRecentlyUsed = keys > 20 ? 0 : leastRecentlyUsedHitRatio(popularity, capacity);
  return [leastRecentlyUsed, firstInFirstOutHitRatio(popularity, capacity), cheHitRatio(popularity, capacity)];
});

test('closed networks agree with the convolution of their weights', () => {
  for (const [clients, thinkMs, demandsMs, perMs, responseMs] of readVector<{ closed: [number, number, number[], number, number][] }>(
    'theory.digits',
  ).closed) {
    const result = meanValueAnalysis({ clients, thinkMs, demandsMs });
    close(`${clients} clients`, [result.requestsPerSecond / 1000, result.responseMs], [perMs, responseMs]);
  }
});

test('the fluid limit of balls into bins agrees with its Taylor series', () => {
  for (const [choices, ballsPerBin, shares] of readVector<{ fluid: [number, number, number[]][] }>('theory.digits').fluid) {
    close(`${choices} choices`, fluidLoads({ choices, ballsPerBin, most: shares.length }), shares);
  }
});

test('the largest load agrees with counting every way in which the balls can fall', () => {
  for (const [balls, bins, choices, shares] of readVector<{ largestLoad: [number, number, number, number[]][] }>('theory.digits')
    .largestLoad) {
    const found = largestLoadShares({ balls, bins, choices });
    for (const [load, share] of shares.entries()) {
      expect(Math.abs((found[load] ?? 0) - share), `${balls} balls, ${bins} bins, load ${load}`).toBeLessThan(1e-7);
    }
  }
});
