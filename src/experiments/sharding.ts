// Which shard holds which key, what moves when a shard joins or leaves, and what a question to all shards costs.

import { exponential, type PlacementScheme, placeKeys, Stream, slowestOfMany, sumBy, Tally, zipfTable } from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { drawKeyRing, keyRingSizes, keyRingWords } from './definition/keyRing';
import { choice, integer, number } from './definition/parameters';
import type { Theory } from './definition/result';

const schemes = {
  range: 'range of keys',
  modulo: 'hash modulo N',
  ring: 'ring (consistent hashing)',
  slots: 'slots (Redis Cluster)',
  jump: 'jump hash',
  rendezvous: 'rendezvous hash',
  directory: 'directory',
} as const satisfies Record<PlacementScheme, string>;

/** A query to one shard: exponential, and one in a hundred is slow. */
const usualMs = 5;
const slowMs = 100;
const slowShare = 0.01;
const queryCount = 4000;
const sampleCount = 240;
/** With keys that grow with time, nearly all requests are for the newest tenth. */
const newestShare = 0.1;

interface KeyValues {
  keys: 'uniform' | 'zipf' | 'sequential';
  keyCount: number;
  exponent: number;
}

/** Requests for each key, as shares of all. Popular keys are strewn over the key order by a fixed stride. */
function popularityOf({ keys, keyCount, exponent }: KeyValues): Float64Array {
  const shares = new Float64Array(keyCount);
  if (keys === 'uniform') return shares.fill(1 / keyCount);
  if (keys === 'sequential') {
    const newest = Math.max(1, Math.floor(keyCount * newestShare));
    return shares.map((_, key) => (key >= keyCount - newest ? 1 / newest : 0));
  }
  const table = zipfTable(keyCount, exponent);
  const stride = 7919;
  for (let rank = 0; rank < keyCount; rank++) {
    shares[(rank * stride + 13) % keyCount] += table[rank] - (rank === 0 ? 0 : table[rank - 1]);
  }
  return shares;
}

function peak(values: Float64Array, members: readonly number[]): number {
  let highest = 0;
  let total = 0;
  for (const member of members) {
    total += values[member];
    if (values[member] > highest) highest = values[member];
  }
  return total === 0 ? 0 : (highest * members.length) / total;
}

/** Response times of queries, each to one shard or to all; to all takes as long as the slowest. */
function queryTimes(seed: number, shards: number, scatterShare: number): { tally: Tally; slow: number; scattered: number } {
  const kind = new Stream(seed, 'kind of query');
  const times = new Stream(seed, 'query times');
  const tally = new Tally();
  let slow = 0;
  let scattered = 0;
  for (let query = 0; query < queryCount; query++) {
    const asksAll = kind.next() < scatterShare;
    let longestMs = 0;
    let isSlow = false;
    for (let shard = 0; shard < (asksAll ? shards : 1); shard++) {
      const u = times.next();
      const oneMs = u < slowShare ? slowMs : exponential((u - slowShare) / (1 - slowShare), usualMs);
      if (u < slowShare) isSlow = true;
      if (oneMs > longestMs) longestMs = oneMs;
    }
    if (asksAll) {
      scattered++;
      if (isSlow) slow++;
    }
    tally.record(longestMs);
  }
  return { tally, slow, scattered };
}

const movesSource = 'Karger and others, STOC 1997; Lamping and Veach 2014';

function movedTheory(scheme: PlacementScheme, shards: number, change: string): Theory | undefined {
  if (change !== 'add' || scheme === 'range' || scheme === 'directory') return undefined;
  if (scheme === 'modulo')
    return {
      value: shards / (shards + 1),
      formula: 'N / (N + 1)',
      source: 'arithmetic: a hash leaves the same remainder by N and N + 1 once in N + 1',
    };
  return { value: 1 / (shards + 1), formula: '1 / (N + 1)', source: movesSource };
}

const changeWords = {
  none: 'Nothing changed.',
  add: 'A shard joined.',
  remove: 'A shard left.',
  crash: 'A shard crashed.',
} as const;

/** Keys around the ring of the picture. */
const captions = {
  byKey: 'keys in their own order around the ring',
  byHash: 'keys in the order of their hash',
  bySlot: 'keys in the order of their slot',
} as const;

function captionOf(scheme: PlacementScheme): string {
  if (scheme === 'range' || scheme === 'directory') return captions.byKey;
  return scheme === 'slots' ? captions.bySlot : captions.byHash;
}

export default defineExperiment({
  id: 'sharding',
  title: 'Sharding',
  question: 'Which shard holds a key, and what must move when a shard joins?',
  kind: 'calculation',
  topics: ['sharding', 'consistent hashing', 'hot keys', 'scatter-gather'],
  parameters: {
    scheme: choice({ label: 'Scheme', options: schemes, default: 'modulo', help: 'How the shard of a key is found.' }),
    shards: integer({ label: 'Shards', unit: 'shards', min: 1, max: 32, default: 4, help: 'Before the change.' }),
    change: choice({
      label: 'Then',
      options: { none: 'nothing changes', add: 'a shard joins', remove: 'a shard leaves', crash: 'a shard crashes' },
      default: 'add',
      help: 'Leaving: its keys move to others. Crashing: nobody has its keys.',
    }),
    pointsPerShard: integer({
      label: 'Points per shard on the ring',
      unit: '',
      min: 1,
      max: 500,
      default: 100,
      scale: 'log',
      shownWhen: (values: { scheme?: string }) => values.scheme === 'ring',
      help: 'Virtual nodes: more points, smaller and more even pieces.',
    }),
    keys: choice({
      label: 'Popularity of keys',
      options: { uniform: 'all alike', zipf: 'a few are popular (Zipf)', sequential: 'the newest are asked for' },
      default: 'uniform',
      help: 'Who asks for what. The newest: keys grow with time, and all requests are for the latest tenth.',
    }),
    exponent: number({
      label: 'Zipf exponent',
      unit: '',
      min: 0.1,
      max: 2,
      step: 0.05,
      default: 1.2,
      shownWhen: (values: { keys?: string }) => values.keys === 'zipf',
      help: 'The greater, the hotter the hottest key.',
    }),
    keyCount: integer({ label: 'Keys', unit: 'keys', min: 100, max: 50_000, default: 10_000, scale: 'log' }),
    scatterPercent: number({
      label: 'Queries to all shards',
      unit: '%',
      min: 0,
      max: 100,
      step: 1,
      default: 0,
      help: 'Share of the queries that do not name the partition key and must ask every shard.',
    }),
  },

  run(values, { seed }) {
    const popularity = popularityOf(values);
    const { before, after, positions, shardsAfter } = placeKeys({ ...values, popularity, seed });
    const shardCount = Math.max(values.shards, shardsAfter.length === 0 ? 0 : shardsAfter[shardsAfter.length - 1] + 1);
    let moved = 0;
    let unreachable = 0;
    for (let key = 0; key < before.length; key++) {
      if (after[key] < 0) unreachable += popularity[key];
      else if (after[key] !== before[key]) moved++;
    }
    const keysBefore = sumBy(before, undefined, shardCount);
    const keysAfter = sumBy(after, undefined, shardCount);
    const loadAfter = sumBy(after, popularity, shardCount);
    const { tally, slow, scattered } = queryTimes(seed, Math.max(1, shardsAfter.length), values.scatterPercent / 100);
    const names = Array.from({ length: shardCount }, (_, shard) => `shard ${shard + 1}`);
    const sample = sampleOf(positions);
    let hottest = 0;
    for (const share of popularity) if (share > hottest) hottest = share;
    const ring = {
      before: sample.map((key) => before[key]),
      after: sample.map((key) => after[key]),
      shardNames: names,
      keyShares: Array.from(keysAfter, (count) => count / before.length),
      loadShares: Array.from(loadAfter),
      caption: captionOf(values.scheme),
    };
    return {
      metrics: {
        movedShare: moved / before.length,
        keysPeak: peak(keysAfter, shardsAfter),
        loadPeak: peak(loadAfter, shardsAfter),
        unreachableShare: unreachable,
        hottestKeyShare: hottest,
        queryMsP50: tally.supportedPercentile(50),
        queryMsP99: tally.supportedPercentile(99),
        slowScatterShare: scattered < 100 ? null : slow / scattered,
      },
      samples: { movedShare: before.length, queryMsP50: queryCount, queryMsP99: queryCount, slowScatterShare: scattered },
      accounts: {},
      table: {
        caption: 'Each shard',
        columns: [
          { key: 'keysBefore', label: 'keys before', unit: 'keys' },
          { key: 'keysAfter', label: 'keys after', unit: 'keys' },
          { key: 'load', label: 'share of requests', unit: '%' },
        ],
        rows: names.map((label, shard) => ({ label, cells: [keysBefore[shard], keysAfter[shard], loadAfter[shard]] })),
      },
      charts: {
        shares: {
          type: 'bars',
          categories: names.map((_, shard) => String(shard + 1)),
          bars: [
            { key: 'keys', values: Array.from(keysAfter, (count) => count / before.length) },
            { key: 'load', values: Array.from(loadAfter) },
          ],
        },
      },
      drawing: ring,
    };
  },

  metrics: {
    movedShare: { label: 'Share of keys that move', short: 'keys moved', unit: '%', better: 'lower', main: true },
    keysPeak: {
      label: 'Fullest shard, keys against the mean',
      short: 'fullest shard',
      unit: '×',
      better: 'lower',
      main: true,
      help: '1 is perfectly even.',
    },
    loadPeak: {
      label: 'Busiest shard, requests against the mean',
      short: 'busiest shard',
      unit: '×',
      better: 'lower',
      main: true,
      help: '1 is perfectly even.',
    },
    unreachableShare: { label: 'Requests for keys that nobody has', short: 'unreachable', unit: '%', better: 'lower', main: true },
    hottestKeyShare: { label: 'Requests for the most popular key', short: 'hottest key', unit: '%' },
    queryMsP50: { label: 'Median query time', short: 'query p50', unit: 'ms', better: 'lower' },
    queryMsP99: { label: '99th percentile of the query time', short: 'query p99', unit: 'ms', better: 'lower', main: true },
    slowScatterShare: {
      label: 'Slow among the queries to all shards',
      short: 'slow scatter',
      unit: '%',
      better: 'lower',
      help: 'At least one shard was slow. Shown from 100 such queries on.',
    },
  },
  charts: {
    shares: {
      title: 'Keys and requests by shard',
      caption: 'The share of all keys that each shard holds after the change, and the share of all requests that it must serve.',
      x: { label: 'shard', unit: '' },
      y: { label: 'share', unit: '%' },
      series: { keys: { label: 'keys' }, load: { label: 'requests' } },
    },
  },
  theory(values) {
    const theory: Record<string, Theory> = {};
    const moved = movedTheory(values.scheme, values.shards, values.change);
    if (moved) theory.movedShare = moved;
    const count = values.shards + (values.change === 'add' ? 1 : values.change === 'none' ? 0 : -1);
    if (values.scatterPercent > 0 && count >= 1) {
      theory.slowScatterShare = {
        value: slowestOfMany({ slowShare, count }),
        formula: '1 − (1 − p)ᴺ',
        source: 'Dean and Barroso, Communications of the ACM 56(2), 2013',
      };
    }
    return theory;
  },
  scene: { layout: 'own', ...keyRingSizes.wide, narrow: keyRingSizes.narrow, draw: drawKeyRing },
  scenarios: {
    'Modulo, one more shard': { values: {}, note: 'Nearly every key has to travel.' },
    'A ring, one more shard': { values: { scheme: 'ring' }, note: 'Only what the new shard takes over.' },
    'A ring with one point each': { values: { scheme: 'ring', pointsPerShard: 1 }, note: 'Arcs of random length: look at the bars.' },
    'A hot key': { values: { scheme: 'ring', keys: 'zipf', exponent: 1.2 }, note: 'The keys are spread evenly. The requests are not.' },
    'Orders by number': {
      values: { scheme: 'range', keys: 'sequential', change: 'none' },
      note: 'Every request of tonight goes to the last shard.',
    },
    'Questions to all shards': {
      values: { scheme: 'ring', shards: 16, scatterPercent: 50 },
      note: 'Half of the queries wait for the slowest of all shards.',
    },
  },
  claims: {
    'modulo-moves-most': {
      sentence: 'When a fifth shard joins, hash modulo N moves more than three quarters of the keys.',
      always: (result) => (result.metrics.movedShare.value ?? 0) > 0.75,
    },
    'others-move-few': {
      sentence: 'Ring, slots, jump and rendezvous move less than a third when a fifth shard joins.',
      setups: (['ring', 'slots', 'jump', 'rendezvous'] as const).map((scheme) => ({ values: { scheme } })),
      always: (result) => (result.metrics.movedShare.value ?? 1) < 1 / 3,
    },
    'points-even-out': {
      sentence: 'With a hundred points for each shard, the fullest shard of a ring is less full than with a single point.',
      a: { values: { scheme: 'ring', pointsPerShard: 100, change: 'none' } },
      b: { values: { scheme: 'ring', pointsPerShard: 1, change: 'none' } },
      measure: (result) => result.metrics.keysPeak.value ?? 0,
      expect: 'a below b',
    },
    'hot-key': {
      sentence:
        'With a few very popular keys, some shard of eight gets more than one and a half times its share of the requests, whatever the scheme.',
      setups: Object.keys(schemes).map((scheme) => ({ values: { scheme, shards: 8, keys: 'zipf', exponent: 1.4, change: 'none' } })),
      always: (result) => (result.metrics.loadPeak.value ?? 0) > 1.5,
    },
    'sequential-range': {
      sentence: 'When keys grow with time and the newest are asked for, range sends all requests to one of four shards.',
      setups: [{ values: { scheme: 'range', keys: 'sequential', change: 'none' } }],
      always: (result) => (result.metrics.loadPeak.value ?? 0) > 3.99,
    },
    'scatter-tail': {
      sentence: 'On sixteen shards, half of the queries going to all of them raises the 99th percentile.',
      a: { values: { scheme: 'ring', shards: 16, scatterPercent: 50, change: 'none' } },
      b: { values: { scheme: 'ring', shards: 16, scatterPercent: 0, change: 'none' } },
      measure: (result) => result.metrics.queryMsP99.value ?? 0,
      expect: 'a above b',
    },
  },
  summary: (_say, { change }, tell) => [tell('lived'), tell(change), tell('came')].join(' '),
  sentences: {
    lived: '{keyCount} keys lived on {shards} shards by {scheme}.',
    ...changeWords,
    ...keyRingWords,
    ...captions,
    came:
      '{movedShare} of the keys moved. The fullest shard holds {keysPeak} the mean number of keys, and the busiest serves {loadPeak} the ' +
      'mean number of requests. The 99th percentile of the query time is {queryMsP99}.',
  },
  leavesOut: [
    'Moving is instantaneous. A real cluster serves requests while keys are on the way, and moving costs disk and network.',
    'Each key has one copy. With replicas a crash loses no key, and reads of a hot key can be spread.',
    'The query time does not depend on how busy a shard is; the tail shown is that of waiting for the slowest.',
    'Keys are of equal size.',
  ],
});

/** Keys at equal steps along the order of the scheme. */
function sampleOf(positions: Float64Array): number[] {
  const order = Array.from(positions, (_, key) => key).sort((a, b) => positions[a] - positions[b]);
  const count = Math.min(sampleCount, order.length);
  return Array.from({ length: count }, (_, index) => order[Math.floor((index * order.length) / count)]);
}
