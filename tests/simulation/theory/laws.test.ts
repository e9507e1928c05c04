// What must hold between formulas, whatever the numbers: limits, conservation, order. Each law joins two that were made apart.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kOfN, kOfNAbsence, nines, parallel, repairableGroup, repairablePair, series } from '../../../src/simulation/theory/availability';
import {
  cheHitRatio,
  firstInFirstOutHitRatio,
  leastRecentlyUsedHitRatio,
  topHitRatio,
  zipfPopularity,
} from '../../../src/simulation/theory/cacheModels';
import { closedBounds, finiteClients, meanValueAnalysis } from '../../../src/simulation/theory/closedNetwork';
import { erlangA } from '../../../src/simulation/theory/erlangA';
import { erlangBLoad } from '../../../src/simulation/theory/erlangInverse';
import { jacksonNetwork } from '../../../src/simulation/theory/jackson';
import { allenCunneenWaitMs, kingmanWaitMs } from '../../../src/simulation/theory/kingman';
import { randomSplit, roundRobinSplit } from '../../../src/simulation/theory/loadBalancing';
import { md1Probabilities } from '../../../src/simulation/theory/md1';
import { mg1 } from '../../../src/simulation/theory/mg1';
import { mm1 } from '../../../src/simulation/theory/mm1';
import { erlangB, erlangC, mmc } from '../../../src/simulation/theory/mmc';
import { mmck } from '../../../src/simulation/theory/mmck';
import { interruptingPriorityQueue, priorityQueue } from '../../../src/simulation/theory/priority';
import { dataLossProbability, freshReadProbability, quorumsOverlap } from '../../../src/simulation/theory/quorum';
import { cases } from '../../cases';

function near(actual: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-300));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const service = fc.double({ min: 0.01, max: 1000, noNaN: true });
const servers = fc.integer({ min: 1, max: 300 });
const capacity = { min: 1, max: 12 };

/** Any number of classes that together fill the server to less than 98 %. */
const classes = fc.array(fc.record({ weight: share, serviceMs: service, squaredVariation: fc.double({ min: 0, max: 20, noNaN: true }) }), {
  minLength: 1,
  maxLength: 6,
});
function classesAt(load: number, parts: { weight: number; serviceMs: number; squaredVariation: number }[]) {
  const total = sum(parts.map(({ weight }) => weight));
  return parts.map(({ weight, serviceMs, squaredVariation }) => ({
    serviceMs,
    squaredVariation,
    arrivalsPerSecond: (1000 * load * weight) / total / serviceMs,
  }));
}

describe('queues', () => {
  test('one server of M/M/c, of Jackson, of G/M/1 and with exponential service of M/G/1 is M/M/1', () => {
    fc.assert(
      fc.property(share, service, (load, serviceMs) => {
        const queue = { arrivalsPerSecond: (1000 * load) / serviceMs, serviceMs };
        const { waitMs, responseMs, meanInSystem } = mm1(queue);
        near(mmc({ ...queue, servers: 1 }).waitMs, waitMs);
        near(mg1({ ...queue, squaredVariation: 1 }).waitMs, waitMs);
        near(roundRobinSplit({ ...queue, servers: 1 }).responseMs, responseMs);
        near(randomSplit({ ...queue, servers: 1 }).responseMs, responseMs);
        near(jacksonNetwork([queue]).meanInside[0], meanInSystem);
        near(kingmanWaitMs({ utilization: load, serviceMs, arrivalVariation: 1, serviceVariation: 1 }), waitMs);
      }),
      { numRuns: cases },
    );
  });

  test('one line for all is quicker than taking turns, and turns than chance', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 2, max: 100 }), (load, count) => {
        const shared = { servers: count, arrivalsPerSecond: count * load, serviceMs: 1000 };
        const [line, turns, chance] = [mmc(shared).responseMs, roundRobinSplit(shared).responseMs, randomSplit(shared).responseMs];
        expect(line).toBeLessThanOrEqual(turns * (1 + 1e-12));
        expect(turns).toBeLessThanOrEqual(chance * (1 + 1e-12));
      }),
      { numRuns: cases },
    );
  });

  test('Erlang B turns into Erlang C by waiting, is undone by its inverse, and is M/M/c/c', () => {
    fc.assert(
      fc.property(servers, share, (count, load) => {
        const offered = count * load;
        const blocked = erlangB(count, offered);
        near(erlangC(count, offered) * (1 - load + load * blocked), blocked);
        near(mmck({ servers: count, capacity: count, arrivalsPerSecond: offered, serviceMs: 1000 }).blockingProbability, blocked);
        if (blocked > 1e-300) near(erlangBLoad(count, blocked), offered, 1e-8);
      }),
      { numRuns: cases },
    );
  });

  test('a huge capacity never rejects: M/M/c/K becomes M/M/c', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.05, max: 0.8, noNaN: true }), (count, load) => {
        const queue = { servers: count, arrivalsPerSecond: count * load, serviceMs: 1000 };
        near(mmck({ ...queue, capacity: 400 }).waitMs, mmc(queue).waitMs);
      }),
      { numRuns: cases },
    );
  });

  test('endless patience makes Erlang A Erlang C, none makes it Erlang B, and who does not give up is served', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.05, max: 0.9, noNaN: true }), (count, load) => {
        const queue = { servers: count, arrivalsPerSecond: count * load, serviceMs: 1000 };
        near(erlangA({ ...queue, patienceMs: 1e15 }).waitMs, mmc(queue).waitMs, 1e-6);
        near(erlangA({ ...queue, patienceMs: 1e-9 }).abandonProbability, erlangB(count, count * load), 1e-6);
        const { abandonProbability, utilization } = erlangA({ ...queue, patienceMs: 500 });
        near(utilization, load * (1 - abandonProbability));
      }),
      { numRuns: cases },
    );
  });

  test('Erlang A with patience like service is M/M/∞: a Poisson number of requests', () => {
    const { meanWaiting, utilization } = erlangA({ servers: 7, arrivalsPerSecond: 9, serviceMs: 1000, patienceMs: 1000 });
    near(meanWaiting + 7 * utilization, 9);
  });

  test('M/D/1 has the mean that Pollaczek and Khinchine say, and its shares add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.95, noNaN: true }), (load) => {
        const shares = md1Probabilities(load, 700);
        near(sum(shares), 1);
        const mean = sum(shares.map((part, count) => part * count));
        near(mean, mg1({ arrivalsPerSecond: load, serviceMs: 1000, squaredVariation: 0 }).meanInSystem);
      }),
      { numRuns: Math.min(cases, 100) },
    );
  });

  test('who is served first changes who waits, not how much work waits (Kleinrock’s conservation law)', () => {
    fc.assert(
      fc.property(classes, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (parts, load) => {
        const given = classesAt(load, parts);
        const loads = given.map(({ arrivalsPerSecond, serviceMs }) => (arrivalsPerSecond * serviceMs) / 1000);
        const residual = sum(given.map(({ serviceMs, squaredVariation }, at) => (loads[at] * serviceMs * (1 + squaredVariation)) / 2));
        const total = sum(loads);
        const waits = priorityQueue(given).map(({ waitMs }) => waitMs);
        near(sum(waits.map((wait, at) => wait * loads[at])), (total * residual) / (1 - total), 1e-8);
        for (let at = 1; at < waits.length; at++) expect(waits[at]).toBeGreaterThanOrEqual(waits[at - 1]);
      }),
      { numRuns: cases },
    );
  });

  test('one class has no priority over itself, and the most urgent does not feel the others when it may interrupt', () => {
    fc.assert(
      fc.property(classes, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (parts, load) => {
        const given = classesAt(load, parts);
        const alone = mg1(given[0]).waitMs;
        near(priorityQueue(given.slice(0, 1))[0].waitMs, alone);
        near(interruptingPriorityQueue(given)[0].waitMs, alone);
      }),
      { numRuns: cases },
    );
  });

  test('exponential classes alike take just as long on the mean, whether they interrupt or not', () => {
    const given = [0.2, 0.3, 0.4].map((load) => ({ arrivalsPerSecond: load, serviceMs: 1000 }));
    const all = mm1({ arrivalsPerSecond: 0.9, serviceMs: 1000 }).responseMs;
    for (const results of [priorityQueue(given), interruptingPriorityQueue(given)]) {
      near(sum(results.map(({ responseMs }, at) => (responseMs * given[at].arrivalsPerSecond) / 0.9)), all);
    }
  });

  test('Allen–Cunneen is exact for M/M/c and grows with either variation', () => {
    fc.assert(
      fc.property(share, servers, (load, count) => {
        const queue = { utilization: load, serviceMs: 10, arrivalVariation: 1, serviceVariation: 1, servers: count };
        near(allenCunneenWaitMs(queue), mmc({ arrivalsPerSecond: count * load * 100, serviceMs: 10, servers: count }).waitMs);
        expect(allenCunneenWaitMs({ ...queue, serviceVariation: 2 })).toBeGreaterThanOrEqual(allenCunneenWaitMs(queue));
      }),
      { numRuns: cases },
    );
  });
});

describe('networks', () => {
  /** A client's work at one to four stations. */
  const system = fc.record({
    clients: fc.integer({ min: 1, max: 200 }),
    thinkMs: fc.double({ min: 0, max: 1000, noNaN: true }),
    demandsMs: fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }),
  });

  test('a closed system keeps its bounds, its clients and the interactive law', () => {
    fc.assert(
      fc.property(system, (given) => {
        const { requestsPerSecond, responseMs, inside, utilization } = meanValueAnalysis(given);
        const bounds = closedBounds(given);
        const slack = 1 + 1e-9;
        expect(requestsPerSecond).toBeLessThanOrEqual(bounds.requestsPerSecondAtMost * slack);
        expect(requestsPerSecond * slack).toBeGreaterThanOrEqual(bounds.requestsPerSecondAtLeast);
        expect(responseMs * slack).toBeGreaterThanOrEqual(bounds.responseMsAtLeast);
        expect(responseMs).toBeLessThanOrEqual(bounds.responseMsAtMost * slack);
        near(sum(inside) + (requestsPerSecond * given.thinkMs) / 1000, given.clients);
        for (const busy of utilization) expect(busy).toBeLessThanOrEqual(slack);
      }),
      { numRuns: cases },
    );
  });

  test('one client meets nobody; one station with one server is also the machine repair model', () => {
    fc.assert(
      fc.property(system, (given) => {
        near(meanValueAnalysis({ ...given, clients: 1 }).responseMs, sum(given.demandsMs));
        const thinkMs = given.thinkMs + 0.01;
        const [serviceMs] = given.demandsMs;
        const found = finiteClients({ clients: given.clients, thinkMs, serviceMs, servers: 1 });
        const analysis = meanValueAnalysis({ clients: given.clients, thinkMs, demandsMs: [serviceMs] });
        near(found.responseMs, analysis.responseMs, 1e-8);
        near(found.requestsPerSecond, analysis.requestsPerSecond);
        near(finiteClients({ clients: given.clients, thinkMs, serviceMs, servers: 200 }).responseMs, serviceMs);
      }),
      { numRuns: cases },
    );
  });

  test('what enters a Jackson network leaves it, and requests that come back add to the load', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 0.24, noNaN: true }), { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
        (next) => {
          const stations = next.map((shares, at) => ({ arrivalsPerSecond: at + 1, serviceMs: 1, next: shares }));
          const { arrivalsPerSecond, meanInside, responseMs, utilization } = jacksonNetwork(stations);
          near(sum(arrivalsPerSecond.map((rate, at) => rate * (1 - sum(next[at])))), 10, 1e-8);
          near((responseMs * 10) / 1000, sum(meanInside));
          for (const [at, busy] of utilization.entries()) near(meanInside[at], busy / (1 - busy));
        },
      ),
      { numRuns: cases },
    );
  });

  test('a route of shops with several servers each adds up their M/M/c response times', () => {
    const { stationResponseMs, responseMs } = jacksonNetwork([
      { arrivalsPerSecond: 90, serviceMs: 20, servers: 3, next: [0, 1, 0] },
      { arrivalsPerSecond: 0, serviceMs: 50, servers: 6, next: [0, 0, 0.5] },
      { arrivalsPerSecond: 0, serviceMs: 10 },
    ]);
    near(stationResponseMs[0], mmc({ arrivalsPerSecond: 90, serviceMs: 20, servers: 3 }).responseMs);
    near(stationResponseMs[1], mmc({ arrivalsPerSecond: 90, serviceMs: 50, servers: 6 }).responseMs);
    near(stationResponseMs[2], mm1({ arrivalsPerSecond: 45, serviceMs: 10 }).responseMs);
    near(responseMs, stationResponseMs[0] + stationResponseMs[1] + stationResponseMs[2] / 2);
  });
});

describe('caches', () => {
  const popularity = fc.array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 }).map((weights) => {
    const total = sum(weights);
    return weights.map((weight) => weight / total);
  });

  /** King's formula as it is written: the chance of each order of the last different keys, times that of asking for one of them. */
  function king(shares: readonly number[], room: number): number {
    const walk = (held: number, used: number, chance: number, rest: readonly number[]): number =>
      used === room
        ? chance * held
        : sum(rest.map((key, at) => walk(held + key, used + 1, (chance * key) / (1 - held), rest.toSpliced(at, 1))));
    return walk(0, 0, 1, shares);
  }

  test('least recently used agrees with King’s sum over all orders', () => {
    fc.assert(
      fc.property(popularity, fc.integer({ min: 1, max: 4 }), (shares, room) => {
        if (room < shares.length) near(leastRecentlyUsedHitRatio(shares, room), king(shares, room));
      }),
      { numRuns: Math.min(cases, 60) },
    );
  });

  test('first in, first out ≤ least recently used ≤ the most popular kept, and room for one is the same for the first two', () => {
    fc.assert(
      fc.property(popularity, fc.integer(capacity), (shares, room) => {
        const [first, recent, top] = [firstInFirstOutHitRatio, leastRecentlyUsedHitRatio, topHitRatio].map((ratio) => ratio(shares, room));
        expect(first).toBeLessThanOrEqual(recent + 1e-12);
        expect(recent).toBeLessThanOrEqual(top + 1e-12);
        near(firstInFirstOutHitRatio(shares, 1), sum(shares.map((key) => key * key)));
        near(leastRecentlyUsedHitRatio(shares, 1), sum(shares.map((key) => key * key)));
      }),
      { numRuns: cases },
    );
  });

  test('room for all keys that are asked for always hits, room for none never does, and keys never asked for do not count', () => {
    for (const ratio of [topHitRatio, firstInFirstOutHitRatio, leastRecentlyUsedHitRatio, cheHitRatio]) {
      expect(ratio([0.5, 0.3, 0.2], 3)).toBe(1);
      expect(ratio([0.5, 0.3, 0.2], 0)).toBe(0);
      expect(ratio([0.5, 0, 0.3, 0.2, 0], 3)).toBe(1);
      near(ratio([0, 0.5, 0.3, 0.2], 2), ratio([0.5, 0.3, 0.2], 2));
    }
  });

  test('keys all alike hit by the share of them that there is room for', () => {
    for (const ratio of [topHitRatio, firstInFirstOutHitRatio, leastRecentlyUsedHitRatio, cheHitRatio]) {
      near(ratio(zipfPopularity(200, 0), 30), 0.15);
    }
  });
});

describe('copies', () => {
  test('all needed is a series, one needed is parallel; absence is what is missing to 1', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 30 }), (availability, total) => {
        const parts = new Array(total).fill(availability);
        near(kOfN({ needed: total, total, availability }), series(parts));
        near(kOfN({ needed: 1, total, availability }), parallel(parts));
        const needed = 1 + Math.floor(total / 2);
        near(kOfN({ needed, total, availability }) + kOfNAbsence({ needed, total, availability }), 1);
      }),
      { numRuns: cases },
    );
  });

  test('with a repairer for each, repairable parts are independent; with one, a pair is the pair', () => {
    fc.assert(
      fc.property(service, service, fc.integer({ min: 1, max: 12 }), (mtbfHours, mttrHours, total) => {
        const times = { mtbfHours, mttrHours };
        const availability = mtbfHours / (mtbfHours + mttrHours);
        const needed = Math.ceil(total / 2);
        near(repairableGroup({ needed, total, repairers: total, ...times }).availability, kOfN({ needed, total, availability }));
        near(repairableGroup({ needed: 1, total: 2, repairers: 1, ...times }).availability, repairablePair(times));
      }),
      { numRuns: cases },
    );
  });

  test('nothing ever up has no nines, and always up has endlessly many', () => {
    expect(Object.is(nines(0), 0)).toBe(true);
    expect(nines(1)).toBe(Infinity);
    near(nines(0.9995), 3.301029995663985);
  });

  test('reads are certain to see the last write just when the quorums overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(capacity), fc.integer(capacity), (replicas, read, write) => {
        const quorum = { replicas, readers: Math.min(read, replicas), writers: Math.min(write, replicas) };
        expect(freshReadProbability(quorum) === 1).toBe(quorumsOverlap(quorum));
      }),
      { numRuns: cases },
    );
  });

  test('fewer failures than copies lose nothing, and more pieces are easier to lose', () => {
    expect(dataLossProbability({ nodes: 100, copies: 3, failed: 2, chunks: 1_000_000 })).toBe(0);
    expect(dataLossProbability({ nodes: 100, copies: 3, failed: 100, chunks: 1 })).toBe(1);
    expect(dataLossProbability({ nodes: 100, copies: 3, failed: 100, chunks: 0 })).toBe(0);
    const few = dataLossProbability({ nodes: 5000, copies: 3, failed: 50, chunks: 1000 });
    expect(dataLossProbability({ nodes: 5000, copies: 3, failed: 50, chunks: 10_000 })).toBeGreaterThan(few);
  });
});
