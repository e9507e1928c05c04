// Every closed form refuses numbers for which it does not hold, with a RangeError that tells the number found: no NaN comes out silently.

import { describe, expect, test } from 'vitest';
import * as theory from '../../../src/simulation/index';
import { backupExposureMs, oldAddressShare, replicationExposure } from '../../../src/simulation/theory/exposure';
import { checksToFalseAlarm, detectionMs, firstTimeoutMs, rivalProbability } from '../../../src/simulation/theory/failureDetection';
import { largestLoadShares } from '../../../src/simulation/theory/largestLoad';
import { boundedParetoServiceTimes, paretoServiceTimes, twoServiceTimes } from '../../../src/simulation/theory/serviceVariation';

/** Kinds of numbers, by what is refused. */
const refused = {
  positive: [Number.NaN, Infinity, -Infinity, -1, 0],
  nonNegative: [Number.NaN, Infinity, -Infinity, -1e-9],
  share: [Number.NaN, Infinity, -1e-9, 1.000001],
  between: [Number.NaN, Infinity, 0, 1, -0.5],
  stable: [Number.NaN, Infinity, -1e-9, 1, 1.5],
  count: [Number.NaN, Infinity, -1, 1.5],
  atLeastOne: [Number.NaN, Infinity, -1, 1.5, 0],
} as const;
type Kind = keyof typeof refused;

/** A call that is right, and the kind of each of its numbers. */
function check(name: string, call: (given: never) => unknown, good: Record<string, unknown>, kinds: Record<string, Kind>): void {
  describe(name, () => {
    test('takes what is right', () => {
      expect(() => call(good as never)).not.toThrow();
    });
    test.each(Object.entries(kinds).flatMap(([key, kind]) => refused[kind].map((value) => [key, value] as const)))(
      'refuses a %s of %d',
      (key, value) => {
        expect(() => call({ ...good, [key]: value } as never)).toThrow(RangeError);
        expect(() => call({ ...good, [key]: value } as never)).toThrow(/must|holds|needed|only|there is no/);
      },
    );
  });
}

const queue = { arrivalsPerSecond: 0.5, serviceMs: 1000 };
const queueKinds = { arrivalsPerSecond: 'positive', serviceMs: 'positive' } as const;
const half = [0.5, 0.5];

check('mm1', theory.mm1, queue, queueKinds);
check('mm1 percentile', ({ share }: { share: number }) => theory.mm1(queue).responseMsAt(share), { share: 0.5 }, { share: 'share' });
check('mm1 tail', ({ count }: { count: number }) => theory.mm1(queue).shareWithAtLeast(count), { count: 2 }, { count: 'count' });
check('mg1', theory.mg1, { ...queue, squaredVariation: 2 }, { ...queueKinds, squaredVariation: 'nonNegative' });
check('mmc', theory.mmc, { ...queue, servers: 2 }, { ...queueKinds, servers: 'atLeastOne' });
check(
  'mmc percentile',
  ({ share, ms }: { share: number; ms: number }) => {
    const found = theory.mmc({ ...queue, servers: 2 });
    return found.waitMsAt(share) + found.shareWaitingLonger(ms);
  },
  { share: 0.5, ms: 1 },
  { share: 'share', ms: 'nonNegative' },
);
check(
  'erlangB',
  ({ servers, load }: { servers: number; load: number }) => theory.erlangB(servers, load),
  { servers: 3, load: 2 },
  { servers: 'count', load: 'nonNegative' },
);
check(
  'erlangC',
  ({ servers, load }: { servers: number; load: number }) => theory.erlangC(servers, load),
  { servers: 3, load: 2 },
  { servers: 'atLeastOne', load: 'nonNegative' },
);
check(
  'erlangBLoad',
  ({ servers, blocked }: { servers: number; blocked: number }) => theory.erlangBLoad(servers, blocked),
  { servers: 3, blocked: 0.1 },
  { servers: 'atLeastOne', blocked: 'between' },
);
check(
  'serversForWait',
  ({ load, waiting }: { load: number; waiting: number }) => theory.serversForWait(load, waiting),
  { load: 3, waiting: 0.1 },
  { load: 'nonNegative', waiting: 'share' },
);
check('mmck', theory.mmck, { ...queue, servers: 2, capacity: 4 }, { ...queueKinds, servers: 'atLeastOne', capacity: 'atLeastOne' });
check('erlangA', theory.erlangA, { ...queue, servers: 2, patienceMs: 9 }, { ...queueKinds, servers: 'atLeastOne', patienceMs: 'positive' });
check(
  'md1Probabilities',
  ({ load, most }: { load: number; most: number }) => theory.md1Probabilities(load, most),
  { load: 0.5, most: 3 },
  { load: 'stable', most: 'count' },
);
for (const [name, form] of Object.entries({ first: theory.priorityQueue, interrupting: theory.interruptingPriorityQueue })) {
  check(
    `priority (${name})`,
    (given: theory.PriorityClass) => form([given]),
    { ...queue, squaredVariation: 1 },
    { arrivalsPerSecond: 'nonNegative', serviceMs: 'positive', squaredVariation: 'nonNegative' },
  );
}
const general = { utilization: 0.5, serviceMs: 1, arrivalVariation: 1, serviceVariation: 1 };
const generalKinds = {
  utilization: 'stable',
  serviceMs: 'positive',
  arrivalVariation: 'nonNegative',
  serviceVariation: 'nonNegative',
} as const;
check('kingmanWaitMs', theory.kingmanWaitMs, general, generalKinds);
check('allenCunneenWaitMs', theory.allenCunneenWaitMs, { ...general, servers: 2 }, { ...generalKinds, servers: 'atLeastOne' });
check(
  'processorSharing',
  theory.processorSharingResponseMs,
  { utilization: 0.5, workMs: 1 },
  { utilization: 'stable', workMs: 'positive' },
);
check('randomSplit', theory.randomSplit, { ...queue, servers: 2 }, { ...queueKinds, servers: 'atLeastOne' });
check(
  'roundRobinSplit',
  theory.roundRobinSplit,
  { ...queue, servers: 2 },
  { arrivalsPerSecond: 'nonNegative', serviceMs: 'positive', servers: 'atLeastOne' },
);
check(
  'jacksonNetwork',
  ({ share, ...station }: { share: number } & theory.JacksonStation) => theory.jacksonNetwork([{ ...station, next: [share] }]),
  { ...queue, servers: 3, share: 0.5 },
  { ...queueKinds, servers: 'atLeastOne', share: 'share' },
);
const clients = { clients: 3, thinkMs: 10 };
for (const [name, form] of Object.entries({ analysis: theory.meanValueAnalysis, bounds: theory.closedBounds })) {
  check(
    `closed system (${name})`,
    ({ demand, ...given }: { clients: number; thinkMs: number; demand: number }) => form({ ...given, demandsMs: [demand] }),
    { ...clients, demand: 1 },
    { clients: 'count', thinkMs: 'nonNegative', demand: 'positive' },
  );
}
check(
  'finiteClients',
  theory.finiteClients,
  { ...clients, serviceMs: 1, servers: 2 },
  { clients: 'atLeastOne', thinkMs: 'positive', serviceMs: 'positive', servers: 'atLeastOne' },
);
check(
  'supermarketResponse',
  theory.supermarketResponse,
  { choices: 2, utilization: 0.5 },
  { choices: 'atLeastOne', utilization: 'stable' },
);
check(
  'supermarketTail',
  theory.supermarketTail,
  { choices: 2, utilization: 0.5, length: 3 },
  { choices: 'atLeastOne', utilization: 'stable', length: 'count' },
);
check(
  'fluidLoads',
  theory.fluidLoads,
  { choices: 2, most: 3, ballsPerBin: 1 },
  { choices: 'atLeastOne', most: 'atLeastOne', ballsPerBin: 'positive' },
);
check(
  'largestLoadShares',
  largestLoadShares,
  { balls: 3, bins: 3, choices: 2 },
  { balls: 'atLeastOne', bins: 'atLeastOne', choices: 'atLeastOne' },
);
check('slowestOfMany', theory.slowestOfMany, { slowShare: 0.1, count: 3 }, { slowShare: 'share', count: 'count' });
check('slowShareAllowed', theory.slowShareAllowed, { slowShare: 0.1, count: 3 }, { slowShare: 'share', count: 'atLeastOne' });
check(
  'meanUntilAnswered',
  theory.meanUntilAnswered,
  { needed: 2, total: 3, meanMs: 1 },
  { needed: 'atLeastOne', total: 'atLeastOne', meanMs: 'positive' },
);
check(
  'hedging',
  ({ delayMs, ms, share }: { delayMs: number; ms: number; share: number }) =>
    theory.hedgedSurvival(() => share, delayMs)(ms) + theory.hedgedExtraLoad(() => share, delayMs),
  { delayMs: 1, ms: 3, share: 0.5 },
  { delayMs: 'nonNegative', ms: 'nonNegative', share: 'share' },
);
for (const form of [theory.expectedAttempts, theory.retrySuccess]) {
  check(form.name, form, { failureProbability: 0.1, maxAttempts: 3 }, { failureProbability: 'share', maxAttempts: 'atLeastOne' });
}
check(
  'layeredAmplification',
  theory.layeredAmplification,
  { attemptsPerLayer: 3, layers: 2 },
  { attemptsPerLayer: 'atLeastOne', layers: 'count' },
);
check(
  'attemptsUnderLoad',
  ({ share, ...load }: { share: number; requestsPerSecond: number; maxAttempts: number }) =>
    theory.attemptsUnderLoad({ ...load, failureAt: () => share }),
  { requestsPerSecond: 1, maxAttempts: 3, share: 0.1 },
  { requestsPerSecond: 'positive', maxAttempts: 'atLeastOne', share: 'share' },
);
for (const form of [theory.kOfN, theory.kOfNAbsence]) {
  check(form.name, form, { needed: 2, total: 3, availability: 0.9 }, { needed: 'count', total: 'atLeastOne', availability: 'share' });
}
check(
  'repairableGroup',
  theory.repairableGroup,
  { needed: 2, total: 3, repairers: 1, mtbfHours: 9, mttrHours: 1 },
  { needed: 'count', total: 'atLeastOne', repairers: 'atLeastOne', mtbfHours: 'positive', mttrHours: 'nonNegative' },
);
for (const form of [theory.repairablePair, theory.fromFailuresAndRepairs]) {
  check(form.name, form, { mtbfHours: 9, mttrHours: 1 }, { mtbfHours: 'positive', mttrHours: 'nonNegative' });
}
check('downtimeSeconds', theory.downtimeSeconds, { availability: 0.9, seconds: 10 }, { availability: 'share', seconds: 'nonNegative' });
for (const [name, form] of Object.entries({ series: theory.series, parallel: theory.parallel })) {
  check(name, ({ one }: { one: number }) => form([0.5, one]), { one: 0.5 }, { one: 'share' });
}
check('nines', ({ share }: { share: number }) => theory.nines(share), { share: 0.5 }, { share: 'share' });
for (const form of [theory.quorumsOverlap, theory.freshReadProbability]) {
  check(form.name, form, { replicas: 3, readers: 2, writers: 2 }, { replicas: 'atLeastOne', readers: 'atLeastOne', writers: 'atLeastOne' });
}
check(
  'dataLossProbability',
  theory.dataLossProbability,
  { nodes: 9, copies: 3, failed: 3, chunks: 10 },
  { nodes: 'atLeastOne', copies: 'atLeastOne', failed: 'count', chunks: 'count' },
);
check('amdahlSpeedup', theory.amdahlSpeedup, { parallelShare: 0.5, machines: 3 }, { parallelShare: 'share', machines: 'positive' });
check('gustafsonSpeedup', theory.gustafsonSpeedup, { parallelShare: 0.5, machines: 3 }, { parallelShare: 'share', machines: 'positive' });
check(
  'scalability',
  ({ machines, ...law }: theory.Scalability & { machines: number }) => theory.scalabilityThroughput(law, machines),
  { contention: 0.1, coherence: 0.1, single: 3, machines: 2 },
  { contention: 'nonNegative', coherence: 'nonNegative', single: 'positive', machines: 'positive' },
);
check(
  'scalabilityPeak',
  theory.scalabilityPeak,
  { contention: 0.1, coherence: 0.1 },
  { contention: 'nonNegative', coherence: 'nonNegative' },
);
check(
  'fitScalability',
  (point: theory.ScalabilityPoint) => theory.fitScalability([{ machines: 1, throughput: 1 }, { machines: 2, throughput: 2 }, point]),
  { machines: 3, throughput: 3 },
  { machines: 'positive', throughput: 'positive' },
);
check(
  'zipfPopularity',
  ({ count, exponent }: { count: number; exponent: number }) => theory.zipfPopularity(count, exponent),
  { count: 3, exponent: 1 },
  { count: 'atLeastOne', exponent: 'nonNegative' },
);
for (const form of [
  theory.topHitRatio,
  theory.firstInFirstOutHitRatio,
  theory.firstInFirstOutEstimate,
  theory.leastRecentlyUsedHitRatio,
  theory.cheHitRatio,
]) {
  check(
    form.name,
    ({ room, share }: { room: number; share: number }) => form([0.5, share], room),
    { room: 1, share: 0.5 },
    {
      room: 'count',
      share: 'nonNegative',
    },
  );
  test(`${form.name} refuses no keys at all, and shares of something else than 1`, () => {
    expect(() => form([], 1)).toThrow('There is no key');
    expect(() => form([0.5, 0.4], 1)).toThrow('must add up to 1');
    expect(form(half, 1)).toBeCloseTo(0.5, 12);
  });
}
check(
  'timeToLiveHitRatio',
  theory.timeToLiveHitRatio,
  { asksPerSecond: 1, timeToLiveMs: 1 },
  {
    asksPerSecond: 'nonNegative',
    timeToLiveMs: 'nonNegative',
  },
);
check(
  'bloomFalseShare',
  theory.bloomFalseShare,
  { bits: 9, items: 2, hashes: 3 },
  { bits: 'atLeastOne', items: 'count', hashes: 'atLeastOne' },
);
check('bloomBestHashes', theory.bloomBestHashes, { bits: 9, items: 2 }, { bits: 'atLeastOne', items: 'atLeastOne' });
check(
  'ringShareDeviation',
  theory.ringShareDeviation,
  { nodes: 3, pointsPerNode: 5 },
  { nodes: 'atLeastOne', pointsPerNode: 'atLeastOne' },
);
for (const form of [theory.leastKeysMoved, theory.moduloKeysMoved]) {
  check(form.name, form, { from: 3, to: 4 }, { from: 'atLeastOne', to: 'atLeastOne' });
}
check(
  'serviceTimesNeeded',
  theory.serviceTimesNeeded,
  { utilization: 0.5, relativeHalfWidth: 0.1, level: 0.9 },
  {
    utilization: 'stable',
    relativeHalfWidth: 'positive',
    level: 'between',
  },
);
check(
  'twoServiceTimes',
  twoServiceTimes,
  { shortShare: 0.5, shortMs: 1, longMs: 2 },
  {
    shortShare: 'share',
    shortMs: 'nonNegative',
    longMs: 'nonNegative',
  },
);
check('paretoServiceTimes', paretoServiceTimes, { smallestMs: 1, shape: 3 }, { smallestMs: 'positive', shape: 'positive' });
check(
  'boundedParetoServiceTimes',
  boundedParetoServiceTimes,
  { smallestMs: 1, largestMs: 9, shape: 1 },
  {
    smallestMs: 'positive',
    largestMs: 'positive',
    shape: 'positive',
  },
);
check(
  'detectionMs',
  detectionMs,
  { intervalMs: 1, threshold: 2, timeoutMs: 0 },
  {
    intervalMs: 'positive',
    threshold: 'atLeastOne',
    timeoutMs: 'nonNegative',
  },
);
check(
  'checksToFalseAlarm',
  checksToFalseAlarm,
  { failureProbability: 0.1, threshold: 3 },
  {
    failureProbability: 'share',
    threshold: 'atLeastOne',
  },
);
for (const form of [rivalProbability, firstTimeoutMs]) {
  check(
    form.name,
    form,
    { candidates: 5, leastMs: 150, mostMs: 300, messageMs: 5 },
    {
      candidates: 'atLeastOne',
      leastMs: 'nonNegative',
      mostMs: 'nonNegative',
      messageMs: 'nonNegative',
    },
  );
}
check(
  'replicationExposure',
  replicationExposure,
  { writesPerSecond: 1, lagMs: 1 },
  { writesPerSecond: 'nonNegative', lagMs: 'nonNegative' },
);
check('backupExposureMs', backupExposureMs, { intervalMs: 1, durationMs: 1 }, { intervalMs: 'positive', durationMs: 'nonNegative' });
check(
  'oldAddressShare',
  oldAddressShare,
  { sinceMs: 1, timeToLiveMs: 1, askEveryMs: 1 },
  {
    sinceMs: 'nonNegative',
    timeToLiveMs: 'positive',
    askEveryMs: 'nonNegative',
  },
);

test('what is too large to count through is refused at once', () => {
  expect(() => theory.erlangB(1e15, 1)).toThrow('from 0 to 10000000');
  expect(() => theory.mmck({ ...queue, servers: 1, capacity: 1e9 })).toThrow('from 1 to 1000000');
  expect(() => theory.md1Probabilities(0.5, 1e9)).toThrow('from 0 to 100000');
  expect(() => theory.meanValueAnalysis({ clients: 1e12, thinkMs: 1, demandsMs: [1] })).toThrow('from 0 to 10000000');
  expect(() => theory.serversForWait(1e9, 0.1)).toThrow('must be');
  expect(() => theory.fluidLoads({ choices: 2, most: 5, ballsPerBin: 1e6 })).toThrow('at most 100');
  expect(() => largestLoadShares({ balls: 1000, bins: 100, choices: 2 })).toThrow('too many states');
  expect(() => theory.erlangA({ servers: 1, arrivalsPerSecond: 1e9, serviceMs: 1000, patienceMs: 1e15 })).toThrow('too many states');
});

test('a network that nobody enters, and shares for stations that are not there, are refused', () => {
  expect(() => theory.jacksonNetwork([{ arrivalsPerSecond: 0, serviceMs: 1 }])).toThrow('The arrival rate from outside is 0');
  expect(() => theory.jacksonNetwork([])).toThrow(RangeError);
  expect(() => theory.jacksonNetwork([{ ...queue, next: [0, 0.5] }])).toThrow('there are only 1');
});

test('no clear answer is told from a wrong question: infinite variance, an upside-down range', () => {
  expect(() => paretoServiceTimes({ smallestMs: 1, shape: 2 })).toThrow('it must be above 2');
  expect(() => boundedParetoServiceTimes({ smallestMs: 5, largestMs: 5, shape: 1 })).toThrow('above the smallest');
  expect(() => firstTimeoutMs({ candidates: 3, leastMs: 300, mostMs: 150, messageMs: 1 })).toThrow('must not be below');
  expect(() => theory.fitScalability([1, 1, 1, 2].map((machines) => ({ machines, throughput: 5 })))).toThrow('2 different numbers');
});
