// Closed forms against values that others computed: 1e-9 relative where ten digits are printed, else what the printed digits allow.

import { describe, expect, test } from 'vitest';
import { fluidLoads } from '../../../src/simulation/theory/ballsIntoBins';
import { bloomBestHashes, bloomFalseShare } from '../../../src/simulation/theory/bloom';
import {
  cheHitRatio,
  firstInFirstOutEstimate,
  firstInFirstOutHitRatio,
  leastRecentlyUsedHitRatio,
  timeToLiveHitRatio,
  topHitRatio,
  zipfPopularity,
} from '../../../src/simulation/theory/cacheModels';
import { closedBounds, meanValueAnalysis, saturationClients } from '../../../src/simulation/theory/closedNetwork';
import { erlangA } from '../../../src/simulation/theory/erlangA';
import { erlangBLoad, serversForWait } from '../../../src/simulation/theory/erlangInverse';
import { greatCircleKm, roundTripFloorMs } from '../../../src/simulation/theory/greatCircle';
import { hedgedExtraLoad, hedgedSurvival } from '../../../src/simulation/theory/hedging';
import { jacksonNetwork } from '../../../src/simulation/theory/jackson';
import { allenCunneenWaitMs, kingmanWaitMs } from '../../../src/simulation/theory/kingman';
import { md1Probabilities } from '../../../src/simulation/theory/md1';
import { mg1 } from '../../../src/simulation/theory/mg1';
import { erlangB, erlangC, mmc } from '../../../src/simulation/theory/mmc';
import { interruptingPriorityQueue, priorityQueue } from '../../../src/simulation/theory/priority';
import { processorSharingResponseMs } from '../../../src/simulation/theory/processorSharing';
import { dataLossProbability, freshReadProbability, quorumsOverlap } from '../../../src/simulation/theory/quorum';
import {
  amdahlSpeedup,
  fitScalability,
  gustafsonSpeedup,
  scalabilityPeak,
  scalabilityThroughput,
} from '../../../src/simulation/theory/scalability';
import { supermarketResponse } from '../../../src/simulation/theory/supermarket';
import { slowestOfMany } from '../../../src/simulation/theory/tailAtScale';
import { readVector } from '../../vectors/read';

function near(actual: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-300));
}

/** What was printed with so many significant digits is what rounding to them gives. */
function printed(actual: number, expected: number, digits: number): void {
  expect(Number(actual.toPrecision(digits)), `${actual} for ${expected}`).toBe(expected);
}

describe('queues', () => {
  test('Erlang B read backwards gives the published traffic table', () => {
    const { rows } = readVector<{ rows: number[][] }>('q.erlangB_inverse');
    for (const [servers, ...loads] of rows) {
      loads.forEach((load, index) => {
        const blocked = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1][index];
        printed(erlangBLoad(servers, blocked), load, 6);
        near(erlangB(servers, erlangBLoad(servers, blocked)), blocked);
      });
    }
    expect(() => erlangBLoad(3, 1)).toThrow('The blocked share is 1');
  });

  test('the fewest servers for a wait: one less is too few', () => {
    for (const [load, waiting] of [
      [9, 0.2],
      [100, 0.05],
      [0.5, 0.5],
    ]) {
      const servers = serversForWait(load, waiting);
      expect(erlangC(servers, load)).toBeLessThanOrEqual(waiting);
      if (servers - 1 > load) expect(erlangC(servers - 1, load)).toBeGreaterThan(waiting);
    }
  });

  test('M/D/1: how many are there', () => {
    for (const [utilization, probabilities] of Object.entries(readVector<Record<string, number[]>>('q.md1_probs'))) {
      md1Probabilities(Number(utilization), 5).forEach((probability, n) => {
        near(probability, probabilities[n]);
      });
    }
    const many = md1Probabilities(0.5, 40);
    near(
      many.reduce((sum, probability) => sum + probability, 0),
      1,
    );
    const mean = many.reduce((sum, probability, n) => sum + n * probability, 0);
    near(mean, mg1({ arrivalsPerSecond: 500, serviceMs: 1, squaredVariation: 0 }).meanInSystem, 1e-8);
    expect(() => md1Probabilities(1, 5)).toThrow(RangeError);
  });

  test('priorities: Cobham, and preemptive resume; the work done in a second is the same either way', () => {
    for (const { l1, l2, np_Wq1, np_Wq2, pr_T1, pr_T2 } of readVector<Record<string, number>[]>('q.priority')) {
      const classes = [l1, l2].map((rate) => ({ arrivalsPerSecond: rate * 1000, serviceMs: 1 }));
      const waits = priorityQueue(classes);
      near(waits[0].waitMs, np_Wq1);
      near(waits[1].waitMs, np_Wq2);
      const responses = interruptingPriorityQueue(classes);
      near(responses[0].responseMs, pr_T1);
      near(responses[1].responseMs, pr_T2);
      // Conservation (Kleinrock): Σ ρᵢ·Wᵢ is that of one line.
      near(
        l1 * waits[0].waitMs + l2 * waits[1].waitMs,
        (l1 + l2) * mmc({ arrivalsPerSecond: 1000 * (l1 + l2), serviceMs: 1, servers: 1 }).waitMs,
      );
    }
    expect(() => priorityQueue([{ arrivalsPerSecond: 1100, serviceMs: 1 }])).toThrow('The utilization is 1.1');
  });

  test('closed systems: mean value analysis, the interactive law and where it saturates', () => {
    for (const { N, Z, S, X, R, Q, Nstar } of readVector<Record<string, number>[]>('q.closed')) {
      const system = { clients: N, thinkMs: Z, demandsMs: [S] };
      const { requestsPerSecond, responseMs, inside } = meanValueAnalysis(system);
      near(requestsPerSecond / 1000, X);
      near(responseMs, R);
      near(inside[0], Q);
      near(saturationClients(system), Nstar);
      near(responseMs, N / (requestsPerSecond / 1000) - Z);
      const bounds = closedBounds(system);
      expect(requestsPerSecond).toBeLessThanOrEqual(bounds.requestsPerSecondAtMost * (1 + 1e-12));
      expect(responseMs).toBeGreaterThanOrEqual(bounds.responseMsAtLeast * (1 - 1e-12));
    }
    near(meanValueAnalysis({ clients: 1, thinkMs: 5, demandsMs: [2, 3] }).responseMs, 5);
  });

  test('Erlang A, and its limits: endless patience is Erlang C, none is Erlang B', () => {
    for (const { c, a, theta, P_abandon, P_wait, Lq } of readVector<Record<string, number>[]>('q.erlangA')) {
      const result = erlangA({ arrivalsPerSecond: a * 1000, serviceMs: 1, servers: c, patienceMs: 1 / theta });
      near(result.abandonProbability, P_abandon);
      near(result.waitProbability, P_wait);
      near(result.meanWaiting, Lq);
    }
    const shop = { arrivalsPerSecond: 8000, serviceMs: 1, servers: 10 };
    near(erlangA({ ...shop, patienceMs: 1e9 }).waitProbability, erlangC(10, 8), 1e-6);
    near(erlangA({ ...shop, patienceMs: 1e-9 }).abandonProbability, erlangB(10, 8), 1e-6);
  });

  test('Kingman, and Allen–Cunneen which is exact for M/M/c', () => {
    for (const { rho, ca2, cs2, Wq } of readVector<Record<string, number>[]>('q.kingman')) {
      near(kingmanWaitMs({ utilization: rho, serviceMs: 1, arrivalVariation: ca2, serviceVariation: cs2 }), Wq);
    }
    const exact = mmc({ arrivalsPerSecond: 3200, serviceMs: 1, servers: 4 }).waitMs;
    near(allenCunneenWaitMs({ utilization: 0.8, serviceMs: 1, arrivalVariation: 1, serviceVariation: 1, servers: 4 }), exact);
  });

  test('Jackson: a tandem, a loop, and a network that nobody leaves', () => {
    for (const { L, W } of readVector<{ L: number; W: number }[]>('q.jackson')) {
      const { meanInside, responseMs } = jacksonNetwork([
        { arrivalsPerSecond: 800, serviceMs: 1, next: [0, 1] },
        { arrivalsPerSecond: 0, serviceMs: 1 / 1.25, next: [0, 0, 1] },
        { arrivalsPerSecond: 0, serviceMs: 0.5 },
      ]);
      near(
        meanInside.reduce((sum, mean) => sum + mean, 0),
        L,
      );
      near(responseMs, W);
    }
    near(jacksonNetwork([{ arrivalsPerSecond: 100, serviceMs: 1, next: [0.5] }]).arrivalsPerSecond[0], 200);
    expect(() => jacksonNetwork([{ arrivalsPerSecond: 100, serviceMs: 1, next: [1] }])).toThrow('nobody ever leaves');
    expect(() => jacksonNetwork([{ arrivalsPerSecond: 100, serviceMs: 1, next: [0.7, 0.7] }])).toThrow('add up to 1.4');
  });

  test('processor sharing', () => {
    for (const { rho, ES, ET } of readVector<{ rho: number; ES: number; ET: number }[]>('q.ps')) {
      near(processorSharingResponseMs({ utilization: rho, workMs: ES }), ET);
    }
  });
});

describe('choices', () => {
  test('balls into bins, in the limit', () => {
    for (const [choices, shares] of Object.entries(readVector<Record<string, number[]>>('bins.fluid'))) {
      fluidLoads({ choices: Number(choices), most: 5 }).forEach((share, index) => {
        expect(Math.abs(share - shares[index])).toBeLessThan(1e-5);
        printed(share, shares[index], 6);
      });
    }
  });

  test("the supermarket model's predictions are those of the paper, and what it simulated with 100 queues lies near", () => {
    for (const [choices, utilization, simulated, prediction, errorPercent] of readVector<number[][]>('p2c.paper_sim')) {
      const time = supermarketResponse({ choices, utilization });
      printed(time, prediction, 5);
      expect(Math.abs((100 * (simulated - time)) / time - errorPercent)).toBeLessThan(0.02);
    }
  });
});

describe('scale and tail', () => {
  test('Amdahl and Gustafson', () => {
    for (const [parallelShare, machines, speedup] of readVector<number[][]>('amdahl'))
      near(amdahlSpeedup({ parallelShare, machines }), speedup);
    expect(gustafsonSpeedup({ parallelShare: 0.9, machines: 10 })).toBeCloseTo(9.1, 12);
    expect(() => amdahlSpeedup({ parallelShare: 1.1, machines: 2 })).toThrow('The parallel share is 1.1');
  });

  test('the Universal Scalability Law fits the SPEC SDM91 measurements as R does', () => {
    const { specsdm91, peak_fn } = readVector<{
      specsdm91: Record<'load' | 'throughput' | 'predict', number[]> & Record<'alpha' | 'beta' | 'gamma' | 'peak' | 'Xmax', number>;
      peak_fn: number[][];
    }>('usl');
    const fit = fitScalability(specsdm91.load.map((machines, index) => ({ machines, throughput: specsdm91.throughput[index] })));
    near(fit.contention, specsdm91.alpha, 1e-6);
    near(fit.coherence, specsdm91.beta, 1e-6);
    near(fit.single, specsdm91.gamma, 1e-6);
    near(scalabilityPeak(fit), specsdm91.peak, 1e-6);
    near(scalabilityThroughput(fit, scalabilityPeak(fit)), specsdm91.Xmax, 1e-6);
    specsdm91.load.forEach((machines, index) => {
      near(scalabilityThroughput(fit, machines), specsdm91.predict[index], 1e-6);
    });
    for (const [contention, coherence, peak] of peak_fn) printed(scalabilityPeak({ contention, coherence }), peak, 7);
  });

  test('a fit finds the coefficients that made the points, also when there is no coherence', () => {
    for (const truth of [
      { contention: 0.05, coherence: 0.001, single: 20 },
      { contention: 0.2, coherence: 0, single: 1000 },
      { contention: 0, coherence: 0.0001, single: 5 },
    ]) {
      const points = [1, 2, 4, 8, 16, 32].map((machines) => ({ machines, throughput: scalabilityThroughput(truth, machines) }));
      const fit = fitScalability(points);
      expect(Math.abs(fit.contention - truth.contention)).toBeLessThan(1e-6);
      expect(Math.abs(fit.coherence - truth.coherence)).toBeLessThan(1e-7);
      near(fit.single, truth.single, 1e-6);
    }
    expect(() => fitScalability([{ machines: 1, throughput: 1 }])).toThrow('at least 3');
  });

  test('hedging: the survival of the first answer and the copies sent', () => {
    const survival = (ms: number) => 0.99 * Math.exp(-ms / 5) + 0.01 * Math.exp(-ms / 200);
    const { survival: rows, extra } = readVector<{ survival: number[][]; extra: number[][] }>('tail.hedge');
    for (const [ms, delayMs, alone, hedged] of rows) {
      near(survival(ms), alone);
      near(hedgedSurvival(survival, delayMs)(ms), hedged);
    }
    for (const [delayMs, share] of extra) near(hedgedExtraLoad(survival, delayMs), share);
    // The paper's rule: a copy after the 95th percentile costs at most 5 % more questions.
    const rule = hedgedExtraLoad((ms) => Math.exp(-ms), Math.log(20));
    near(rule, 0.05);
  });

  test('the slowest of many keeps its digits when each is hardly ever slow', () => {
    near(slowestOfMany({ slowShare: 1e-15, count: 10 }), 1e-14, 1e-12);
    expect(slowestOfMany({ slowShare: 1, count: 3 })).toBe(1);
    expect(slowestOfMany({ slowShare: 1, count: 0 })).toBe(0);
  });
});

describe('copies', () => {
  test('quorums and the loss of data', () => {
    const { quorum, loss } = readVector<{ quorum: [number, number, number, boolean, number][]; loss: number[][] }>('avail.quorum');
    for (const [replicas, readers, writers, strict, probability] of quorum) {
      expect(quorumsOverlap({ replicas, readers, writers })).toBe(strict);
      near(freshReadProbability({ replicas, readers, writers }), probability);
    }
    for (const [nodes, copies, failed, chunks, probability] of loss)
      near(dataLossProbability({ nodes, copies, failed, chunks }), probability);
    expect(() => freshReadProbability({ replicas: 3, readers: 4, writers: 1 })).toThrow('there are not so many');
  });
});

describe('caches and filters', () => {
  const rows = readVector<({ N: number; alpha: number; C: number } & Record<string, number | null>)[]>('cache.irm');
  test.each(rows.map((row) => [row.N, row.alpha, row.C, row] as const))(
    '%d keys, exponent %d, room for %d',
    (keys, exponent, capacity, row) => {
      const popularity = zipfPopularity(keys, exponent);
      near(topHitRatio(popularity, capacity), row.LFU_top as number);
      near(cheHitRatio(popularity, capacity), row.LRU_che as number);
      if (row.LRU_exact !== null) near(leastRecentlyUsedHitRatio(popularity, capacity), row.LRU_exact);
      if (row.FIFO_RANDOM_exact !== null) near(firstInFirstOutHitRatio(popularity, capacity), row.FIFO_RANDOM_exact);
    },
  );

  test('large caches: exact first-in-first-out lies below least recently used, and both grow with room', () => {
    const popularity = zipfPopularity(1000, 1);
    let last = 0;
    for (const capacity of [10, 50, 100, 200]) {
      const ratio = firstInFirstOutHitRatio(popularity, capacity);
      const exact = leastRecentlyUsedHitRatio(popularity, capacity);
      expect(ratio).toBeGreaterThan(last);
      expect(ratio).toBeLessThan(exact);
      expect(exact).toBeLessThan(topHitRatio(popularity, capacity));
      expect(Math.abs(exact - cheHitRatio(popularity, capacity))).toBeLessThan(0.01);
      expect(Math.abs(ratio - firstInFirstOutEstimate(popularity, capacity))).toBeLessThan(0.01);
      last = ratio;
    }
    expect(leastRecentlyUsedHitRatio(zipfPopularity(6, 1), 6)).toBe(1);
    expect(() => leastRecentlyUsedHitRatio(popularity, 400)).toThrow('1000 keys and room for 400');
    expect(() => firstInFirstOutHitRatio(zipfPopularity(100_000, 1), 2000)).toThrow('must be at most 100000000');
    expect(() => topHitRatio([0.5, 0.6], 1)).toThrow('must add up to 1');
  });

  test('a time to live', () => {
    near(timeToLiveHitRatio({ asksPerSecond: 2, timeToLiveMs: 1500 }), 0.75);
    near(timeToLiveHitRatio({ asksPerSecond: 2, timeToLiveMs: 1500, renewed: true }), 1 - Math.exp(-3));
  });

  test('Bloom filters', () => {
    for (const [bits, items, hashes, share] of readVector<number[][]>('bloom')) printed(bloomFalseShare({ bits, items, hashes }), share, 6);
  });

  test('the best number of hashes is the best of all that one can try', () => {
    for (const [bits, items] of [
      [1000, 100],
      [1000, 1],
      [64, 30],
      [10, 100],
      [9585, 1000],
    ]) {
      const shares = Array.from({ length: 800 }, (_, index) => bloomFalseShare({ bits, items, hashes: index + 1 }));
      expect(shares[bloomBestHashes({ bits, items }) - 1]).toBe(Math.min(...shares));
    }
  });
});

describe('the globe', () => {
  const { cities, pairs } = readVector<{ cities: Record<string, [number, number]>; pairs: [string, string, number, number][] }>('geo');
  const place = (city: string) => ({ latitude: cities[city][0], longitude: cities[city][1] });
  test.each(pairs)('%s to %s: %d km, %d ms there and back', (from, to, km, ms) => {
    expect(Number(greatCircleKm(place(from), place(to)).toFixed(3))).toBe(km);
    expect(Number(roundTripFloorMs(place(from), place(to)).toFixed(3))).toBe(ms);
    expect(greatCircleKm(place(to), place(from))).toBeCloseTo(greatCircleKm(place(from), place(to)), 9);
  });
  test('a place that is none is refused; the other side of the globe is half its girth away', () => {
    expect(() => greatCircleKm({ latitude: 91, longitude: 0 }, { latitude: 0, longitude: 0 })).toThrow('The latitude is 91');
    near(greatCircleKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }), Math.PI * 6371.0088);
  });
});
