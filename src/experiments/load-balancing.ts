// One door, many servers: who gets the next order? The policies differ in what they know, and that decides the tail.

import {
  Balancer,
  bimodal,
  type Draw,
  deterministic,
  exponential,
  HealthCheck,
  poissonArrivals,
  randomSplit,
  roundRobinSplit,
  Server,
  Source,
  supermarketResponse,
  uniformKeys,
  zipfKeys,
} from '@by-the-slice/simulation';
import { AtHand, Returns } from './definition/atHand';
import {
  isByKey,
  isWeighted,
  type PolicyName,
  policyGroupOf,
  policyGroups,
  policyHelp,
  policyNames,
  policyOf,
} from './definition/balancing';
import { defineExperiment } from './definition/defineExperiment';
import { fleetCharts, fleetMetrics, fleetTable, fullestAndMean, measureFleet, spreadOf, utilizationBars } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { distribution, measureResponses, promisedResponseTime, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, list, number, toggle } from './definition/parameters';
import type { Theory } from './definition/result';

function weightsOf(values: { policy: PolicyName; weights: number[] }): number[] | undefined {
  return isWeighted(values.policy) ? values.weights : undefined;
}

/** One request in ten is ten times as long as the others; the mean is `serviceMs` all the same. */
const longShare = 0.1;
const longFactor = 10;

function workDraw(sizes: 'fixed' | 'exponential' | 'mixed', serviceMs: number): Draw {
  if (sizes === 'fixed') return (u) => deterministic(u, serviceMs);
  if (sizes === 'exponential') return (u) => exponential(u, serviceMs);
  const shortMs = serviceMs / (1 - longShare + longShare * longFactor);
  return (u) => bimodal(u, 1 - longShare, shortMs, shortMs * longFactor);
}

function asksForKeys(values: { policy?: string; keysAtHand?: number }): boolean {
  return isByKey(values.policy) || (values.keysAtHand ?? 0) > 0;
}

const splitSource = 'Kleinrock, Queueing Systems I (1975), sections 3.2 and 6.4';
const supermarketSource = 'Mitzenmacher, IEEE Transactions on Parallel and Distributed Systems 12(10), 2001';

interface TheoryValues {
  policy: PolicyName;
  servers: number;
  arrivalsPerSecond: number;
  serviceMs: number;
  sizes: string;
  speeds: number[];
  choices: number;
  keysAtHand: number;
}

function theory(values: TheoryValues): Record<string, Theory> {
  const { policy, servers, arrivalsPerSecond, serviceMs } = values;
  const load = (arrivalsPerSecond * serviceMs) / 1000 / servers;
  const supermarket = (choices: number) => supermarketResponse({ choices, utilization: load }) * serviceMs;
  const forms: Partial<Record<PolicyName, [string, string, () => number]>> = {
    random: ['random split: W = 1 / (μ − λ/n)', splitSource, () => randomSplit({ servers, arrivalsPerSecond, serviceMs }).responseMs],
    'round-robin': [
      'round robin: G/M/1 with Erlang-n gaps',
      splitSource,
      () => roundRobinSplit({ servers, arrivalsPerSecond, serviceMs }).responseMs,
    ],
    'power-of-two': ['two choices, n → ∞: T = Σ λ^(2ⁱ − 2)', supermarketSource, () => supermarket(2)],
    'power-of-d': ['d choices, n → ∞: T = Σ λ^((dⁱ − d) / (d − 1))', supermarketSource, () => supermarket(values.choices)],
  };
  const form = forms[policy];
  if (!form) return {};
  const [formula, source, value] = form;
  const reason = values.speeds.some((speed) => speed !== 1)
    ? noFormulaFor.unequalSpeeds
    : values.sizes !== 'exponential'
      ? noFormulaFor.otherSizes
      : load >= 1
        ? noFormulaFor.overload
        : values.keysAtHand > 0
          ? noFormulaFor.keysAtHand
          : undefined;
  return { responseMs: { value: reason ? null : value(), formula, source, ...(reason ? { reason } : {}) } };
}

const noFormulaFor = {
  unequalSpeeds: 'The formula assumes servers of the same speed, 1.',
  otherSizes: 'The formula assumes exponential service times.',
  overload: 'Orders come at least as fast as the servers together can work: there is no steady state.',
  keysAtHand: 'The formula assumes that the work of a request does not depend on its server.',
};

const slowFrom30 = { atMs: 30_000, verb: 'slow', targets: ['servers/2'], arguments: { factor: 0.25 } };

export default defineExperiment({
  id: 'load-balancing',
  title: 'Load balancing',
  question: 'Which server should the next request go to?',
  kind: 'simulation',
  topics: ['load balancing', 'queues', 'health checks', 'tail latency'],
  clock: secondsClock,
  parameters: {
    policy: choice({
      label: 'Policy',
      options: policyNames,
      optionHelp: policyHelp,
      groups: policyGroups,
      groupOf: policyGroupOf,
      default: 'round-robin',
      live: true,
      help: 'How the balancer picks the server for each request. The list goes by what a policy looks at.',
    }),
    choices: integer({
      label: 'Servers looked at',
      unit: '',
      min: 1,
      max: 16,
      default: 3,
      shownWhen: (values: { policy?: string }) => values.policy === 'power-of-d',
      help: 'The d of power of d choices: how many different servers are picked by chance for a look. 1 is random.',
    }),
    servers: integer({ label: 'Servers', unit: 'servers', min: 1, max: 64, default: 4 }),
    speeds: list(number({ label: 'Speed', unit: '×', min: 0.1, max: 4, step: 0.1, default: 1 }), {
      label: 'Speed of each server',
      default: [1, 1, 1, 0.5],
      length: (values: { servers?: number }) => values.servers ?? 4,
      elementLabel: (index) => `Server ${index + 1}`,
      help: 'At speed 0.5 the same request takes twice as long.',
    }),
    weights: list(integer({ label: 'Weight', unit: '', min: 1, max: 20, default: 1 }), {
      label: 'Weight of each server',
      default: [2, 2, 2, 1],
      length: (values: { servers?: number }) => values.servers ?? 4,
      elementLabel: (index) => `Server ${index + 1}`,
      shownWhen: (values: { policy?: string }) => isWeighted(values.policy),
      help: 'What somebody has told the balancer about the servers. A weight of 2 asks for twice the requests of a weight of 1.',
    }),
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 0.5,
      max: 500,
      step: 0.5,
      default: 14,
      scale: 'log',
      live: true,
      help: 'Requests per second at the door, by chance (Poisson).',
    }),
    serviceMs: number({
      label: 'Service time',
      unit: 'ms',
      min: 10,
      max: 1000,
      step: 5,
      default: 200,
      scale: 'log',
      live: true,
      help: 'Mean work of a request on a server of speed 1.',
    }),
    sizes: choice({
      label: 'Sizes of requests',
      options: { fixed: 'all alike', exponential: 'exponential', mixed: 'one in ten is 10× as long' },
      default: 'exponential',
      live: true,
      help: 'The mean stays the same.',
    }),
    healthCheck: toggle({
      label: 'Health check',
      default: true,
      live: true,
      help: 'Probe every server, and stop sending to one that fails its probes.',
    }),
    healthIntervalMs: number({
      label: 'Probe interval',
      unit: 'ms',
      min: 200,
      max: 20_000,
      step: 100,
      default: 2000,
      scale: 'log',
      live: true,
      shownWhen: (values: { healthCheck?: boolean }) => values.healthCheck === true,
    }),
    failuresToRemove: integer({
      label: 'Failures before removal',
      unit: '',
      min: 1,
      max: 10,
      default: 3,
      live: true,
      shownWhen: (values: { healthCheck?: boolean }) => values.healthCheck === true,
      help: 'Failed probes in a row that take a server out of rotation. Two good ones bring it back.',
    }),
    clients: integer({
      label: 'Client networks',
      unit: '',
      min: 1,
      max: 1000,
      default: 50,
      scale: 'log',
      shownWhen: (values: { policy?: string }) => values.policy === 'ip-hash',
      help: 'How many different networks (the first three numbers of an IPv4 address) the requests come from.',
    }),
    keysAtHand: integer({
      label: 'Keys at hand',
      unit: 'keys',
      min: 0,
      max: 1000,
      default: 0,
      help: 'A server keeps the keys (dishes, pages, users) that it served last. A request for one of them takes a tenth of the work.',
    }),
    keys: integer({
      label: 'Different keys',
      unit: 'keys',
      min: 1,
      max: 10_000,
      default: 200,
      scale: 'log',
      shownWhen: asksForKeys,
      help: 'Each request asks for one of so many dishes, pages or users.',
    }),
    popularity: number({
      label: 'Popularity of keys',
      unit: '',
      min: 0,
      max: 1.5,
      step: 0.1,
      default: 0,
      shownWhen: asksForKeys,
      help: 'Exponent of Zipf’s law: 0 for equally popular keys; at 1 the second is half as popular as the first, the third a third.',
    }),
    promiseMs: promisedResponseTime(),
    seconds: lengthOfRun({ min: 30, max: 1800, default: 120 }),
  },
  expectedEvents: (values) =>
    values.arrivalsPerSecond * values.seconds * 2 +
    (values.healthCheck ? (values.servers * values.seconds * 1000) / values.healthIntervalMs : 0),

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const key = simulation.random.key('balancer');
    const returns = new Returns(values.policy === 'ip-hash' ? 'client' : 'key');
    const atHand = new AtHand(values.servers, values.keysAtHand);
    const policy = (name: PolicyName) => returns.of(policyOf(name, key, values.choices));
    const levels = Array.from({ length: values.servers }, () => charts.newLevel());
    const servers = levels.map((level, index) => {
      const server = new Server(system, {
        name: `servers/${index + 1}`,
        label: `Server ${index + 1}`,
        speed: values.speeds[index],
        workMs: (call) => atHand.workAt(index, call),
      });
      server.books.inside.series = level;
      return server;
    });
    atHand.forgetAtCrash(servers);
    const balancer = new Balancer(system, servers, { policy: policy(values.policy), weights: weightsOf(values) });
    const check = new HealthCheck(system, balancer, servers, {
      intervalMs: values.healthIntervalMs,
      failuresToRemove: values.failuresToRemove,
      isOn: values.healthCheck,
    });
    const customers = new Source(system, {
      arrivals: poissonArrivals(values.arrivalsPerSecond, simulation.random.stream('arrivals')),
      workMs: workDraw(values.sizes, values.serviceMs),
      clients: values.clients,
      key: values.popularity === 0 ? uniformKeys(values.keys) : zipfKeys(values.keys, values.popularity),
      goodWithinMs: values.promiseMs,
      onEnd: (_call, fate, responseMs) => charts.end(simulation.nowMs, fate, responseMs),
    }).to(balancer);
    live('policy', (now) => balancer.setPolicy(policy(now.policy), weightsOf(now)));
    live('arrivalsPerSecond', (now) => customers.setRate(now.arrivalsPerSecond));
    live('serviceMs', (now) => customers.setWork(workDraw(now.sizes, now.serviceMs)));
    live('sizes', (now) => customers.setWork(workDraw(now.sizes, now.serviceMs)));
    live('healthCheck', (now) => check.turn(now.healthCheck));
    live('healthIntervalMs', (now) => check.setInterval(now.healthIntervalMs));
    live('failuresToRemove', (now) => check.setFailuresToRemove(now.failuresToRemove));
    simulate();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const sent = spreadOf(balancer.sent);
    const responses = charts.responses();
    return {
      metrics: {
        ...metrics,
        ...measureFleet(servers, accounts),
        sentSpread: sent.mean === 0 ? null : (sent.highest - sent.lowest) / sent.mean,
        fullestShare: accounts.opened === 0 ? null : sent.highest / accounts.opened,
        sameServerShare: returns.sameShare(),
        atHandShare: atHand.foundShare(),
      },
      samples,
      accounts: { requests: accounts, balancer: balancer.accounts() },
      table: fleetTable(servers, balancer),
      charts: {
        queues: fullestAndMean(responses.x, levels),
        responses,
        rates: charts.rates(),
        perServer: utilizationBars(servers),
        distribution: distribution(customers.response),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    ...fleetMetrics,
    notServedShare: { ...fleetMetrics.notServedShare, help: 'Refused by a dead server, lost inside one, or turned away.' },
    utilization: { ...fleetMetrics.utilization, main: true },
    sentSpread: {
      label: 'Spread of requests over servers',
      short: 'uneven count',
      unit: '%',
      better: 'lower',
      help: 'Most requests to one server minus fewest, as a share of the mean.',
    },
    fullestShare: {
      label: 'Share of the most popular server',
      short: 'top share',
      unit: '%',
      help: 'Of all requests, how many went to one server.',
    },
    sameServerShare: {
      label: 'Share that met the same server again',
      short: 'same server',
      unit: '%',
      help: 'Of the requests whose key was asked for before, how many went to the server that had it last. Under IP hash: by client network.',
    },
    atHandShare: {
      label: 'Share found at hand',
      short: 'at hand',
      unit: '%',
      better: 'higher',
      help: 'Of the requests begun, how many asked for a key that the server had at hand.',
    },
  },
  charts: {
    queues: fleetCharts.queues,
    responses: responseCharts.responses,
    rates: responseCharts.rates,
    perServer: fleetCharts.perServer,
    distribution: responseCharts.distribution,
  },
  theory: (values) => theory(values),
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  sweep: { parameter: 'arrivalsPerSecond', metric: 'responseMsP95', from: 2, to: 17 },
  scenarios: {
    'One slow server': { values: {}, note: 'Equal turns, unequal servers: watch the line in front of server 4.' },
    'Equal servers': { values: { speeds: [1, 1, 1, 1] }, note: 'Now turns are fair. The policies come closer together.' },
    'Weights that fit': {
      values: { policy: 'smooth-weighted', weights: [2, 2, 2, 1] },
      note: 'nginx gives the slow server half as many, well spread.',
    },
    'Dead server, no health check': {
      values: { healthCheck: false, speeds: [1, 1, 1, 1] },
      interventions: [{ atMs: 30_000, verb: 'crash', targets: ['servers/2'] }],
      note: 'The balancer keeps dealing the dead server its turn.',
    },
    'The black hole': {
      values: { policy: 'least-connections', healthCheck: false, speeds: [1, 1, 1, 1], weights: [1, 1, 1, 1] },
      interventions: [{ atMs: 30_000, verb: 'crash', targets: ['servers/2'] }],
      note: 'A dead server answers at once with an error, so it always looks the least busy.',
    },
    'Sixteen servers': {
      values: { policy: 'power-of-two', servers: 16, speeds: new Array(16).fill(1), arrivalsPerSecond: 72 },
      note: 'Ninety percent load on sixteen equal servers. Compare two choices with random and with least connections.',
    },
    'A server turns slow': {
      values: equalServers('peak-ewma'),
      interventions: [slowFrom30],
      note: 'From 30 s on server 2 works at a quarter of its speed, and no health check notices. Compare with weights.',
    },
    'Keys at hand': {
      values: withKeysAtHand('maglev'),
      note: 'Each server keeps 60 of the 200 keys at hand. With a hash of the key, these are nearly all that it is asked for.',
    },
    'Popular keys': {
      values: { ...equalServers('maglev'), popularity: 1 },
      note: 'A few keys are asked for very often, and each of them has one server only.',
    },
  },
  claims: {
    'even-in-count': {
      sentence: 'Round robin gives every server the same number of requests, to within one.',
      always: (result) => spread(result.table?.rows.map((row) => row.cells[0] ?? 0) ?? []) <= 1,
    },
    'uneven-in-work': {
      sentence: 'With one server at half speed, round robin keeps that server busier than any of the others.',
      always: (result) => {
        const [slow, ...others] = (result.table?.rows.map((row) => row.cells[3] ?? 0) ?? []).reverse();
        return others.every((utilization) => utilization < slow);
      },
    },
    'slow-line-grows': {
      sentence: 'With one server at half speed, taking turns leaves the more orders unserved the longer the rush lasts.',
      a: {},
      b: { values: { seconds: 30 } },
      measure: (result) => result.accounts.requests.open,
      expect: 'a above b',
      byFactor: 2,
    },
    'least-connections-tail': {
      sentence: 'Least connections keeps the 95th percentile below a half of round robin’s when one server is slow.',
      a: { values: { policy: 'least-connections', weights: [1, 1, 1, 1] } },
      b: { values: { policy: 'round-robin' } },
      measure: (result) => result.metrics.responseMsP95.value ?? 0,
      expect: 'a below b',
      byFactor: 2,
    },
    'weights-help': {
      sentence: 'Weights that match the speeds keep the 95th percentile below plain round robin’s.',
      a: { values: { policy: 'smooth-weighted' } },
      b: { values: { policy: 'round-robin' } },
      measure: (result) => result.metrics.responseMsP95.value ?? 0,
      expect: 'a below b',
    },
    'two-choices-beat-random': {
      sentence: 'At 90 % load on sixteen servers, looking at two servers instead of one cuts the mean response to less than a half.',
      a: { values: sixteen('power-of-two') },
      b: { values: sixteen('random') },
      measure: (result) => result.metrics.responseMs.value ?? 0,
      expect: 'a below b',
      byFactor: 2,
    },
    'two-choices-nearly-all': {
      sentence: 'Two choices stay within twice the mean response of least connections, which looks at all sixteen.',
      a: { values: sixteen('power-of-two') },
      b: { values: sixteen('least-connections') },
      measure: (result) => (result.values.policy === 'least-connections' ? 2 : 1) * (result.metrics.responseMs.value ?? 0),
      expect: 'a below b',
    },
    'dead-server-share': {
      sentence: 'Without health checks, a dead server among four goes on taking its quarter under round robin.',
      setups: [deadServer('round-robin', false)],
      always: (result) => Math.abs((result.table?.rows[1].cells[0] ?? 0) / result.accounts.requests.opened - 0.25) < 0.01,
    },
    'black-hole': {
      sentence: 'Under least connections the same dead server takes at least half as much again as under round robin.',
      a: deadServer('least-connections', false),
      b: deadServer('round-robin', false),
      measure: (result) => result.metrics.notServedShare.value ?? 0,
      expect: 'a above b',
      byFactor: 1.5,
    },
    'black-hole-when-busy': {
      sentence:
        'At an arrival rate that keeps the living servers busy, the dead server takes more than eight in ten of all requests after its crash.',
      setups: [
        { ...deadServer('least-connections', false), values: { ...deadServer('least-connections', false).values, arrivalsPerSecond: 40 } },
      ],
      always: (result) => (result.metrics.notServedShare.value ?? 0) > 0.8 * 0.75,
    },
    'health-check-helps': {
      sentence: 'With a health check fewer requests fail after the crash.',
      a: deadServer('round-robin', true),
      b: deadServer('round-robin', false),
      measure: (result) => result.metrics.notServedShare.value ?? 0,
      expect: 'a below b',
      byFactor: 2,
    },
    'ip-hash-uneven': {
      sentence: 'IP hash spreads requests less evenly than round robin.',
      a: { values: { policy: 'ip-hash', speeds: [1, 1, 1, 1] } },
      b: { values: { policy: 'round-robin', speeds: [1, 1, 1, 1] } },
      measure: (result) => result.metrics.sentSpread.value ?? 0,
      expect: 'a above b',
    },
    'static-even-too': {
      sentence: 'HAProxy’s two ways of taking turns by weight give each server its share to within two requests, as nginx’s does.',
      setups: (['smooth-weighted', 'haproxy-roundrobin', 'haproxy-static-rr'] as const).map((policy) => ({ values: { policy } })),
      always: (result) =>
        [2, 2, 2, 1].every((weight, index) => {
          const share = (result.accounts.requests.opened * weight) / 7;
          return Math.abs((result.table?.rows[index].cells[0] ?? 0) - share) <= 2;
        }),
    },
    'full-scan-not-needed': {
      sentence: 'Envoy’s two looks stay within twice the mean response of its full scan.',
      a: { values: sixteen('envoy-least-request') },
      b: { values: sixteen('envoy-full-scan') },
      measure: (result) => (result.values.policy === 'envoy-full-scan' ? 2 : 1) * (result.metrics.responseMs.value ?? 0),
      expect: 'a below b',
    },
    'peak-ewma-notices': {
      sentence: 'When a server slows down to a quarter, peak EWMA keeps the 95th percentile below a third of what fixed weights give.',
      a: { values: equalServers('peak-ewma'), interventions: [slowFrom30] },
      b: { values: equalServers('smooth-weighted'), interventions: [slowFrom30] },
      measure: (result) => result.metrics.responseMsP95.value ?? 0,
      expect: 'a below b',
      byFactor: 3,
    },
    'quick-errors-look-fast': {
      sentence: 'Peak EWMA sends a dead server more than the quarter that it gets in turn: its errors come back fast.',
      a: deadServer('peak-ewma', false),
      b: deadServer('round-robin', false),
      measure: (result) => result.metrics.notServedShare.value ?? 0,
      expect: 'a above b',
    },
    'only-answers-count': {
      sentence: 'Least response time, which averages completed requests only, sends the dead server even more than peak EWMA does.',
      a: deadServer('least-response-time', false),
      b: deadServer('peak-ewma', false),
      measure: (result) => result.metrics.notServedShare.value ?? 0,
      expect: 'a above b',
    },
    'two-choices-fall-for-it': {
      sentence: 'Two choices send the dead server more than its quarter as well.',
      a: deadServer('power-of-two', false),
      b: deadServer('round-robin', false),
      measure: (result) => result.metrics.notServedShare.value ?? 0,
      expect: 'a above b',
    },
    'hash-returns': {
      sentence:
        'With each of the six hashes of a key, every request meets the server that had its key last, as long as none comes or goes.',
      setups: (['uri-hash', 'ketama', 'ring-hash', 'maglev', 'jump', 'rendezvous'] as const).map((policy) => ({
        values: { ...equalServers(policy), seconds: 30 },
      })),
      always: (result) => result.metrics.sameServerShare.value === 1,
    },
    'turns-forget': {
      sentence: 'When four servers take turns, fewer than four in ten requests meet the server that had their key last.',
      setups: [{ values: equalServers('round-robin') }],
      always: (result) => (result.metrics.sameServerShare.value ?? 1) < 0.4,
    },
    'hash-finds-at-hand': {
      sentence: 'With 60 of 200 keys at hand in each server, hashing the key more than halves the mean response of least connections.',
      a: { values: withKeysAtHand('maglev') },
      b: { values: withKeysAtHand('least-connections') },
      measure: (result) => result.metrics.responseMs.value ?? 0,
      expect: 'a below b',
      byFactor: 2,
    },
    'popular-keys-crowd': {
      sentence: 'With popular keys and nothing at hand, the same hash has a 95th percentile of more than three times that of taking turns.',
      a: { values: { ...equalServers('maglev'), popularity: 1 } },
      b: { values: equalServers('round-robin') },
      measure: (result) => result.metrics.responseMsP95.value ?? 0,
      expect: 'a above b',
      byFactor: 3,
    },
  },
  summary:
    '{arrivalsPerSecond} requests per second went to {servers} servers by {policy}. ' +
    'Half were answered within {responseMsP50}, 95 of 100 within {responseMsP95}; {notServedShare} were not served. ' +
    'The servers were busy {utilization} of the time on average; the busiest and the idlest lay {utilizationSpread} apart.',
  sentences: noFormulaFor,
  leavesOut: [
    'The balancer itself costs nothing and never fails. A real one is a part like any other, and is doubled.',
    'A crashed server refuses connections at once. One that accepts and never answers is worse: see health checks later in the course.',
    'One balancer sees all traffic. Several, each with its own counts, know less (least connections suffers most).',
    'Nobody retries. A failed request is gone.',
    'Requests of one client do not depend on each other; real sessions make IP hash and sticky cookies lumpier.',
    'Real hashes know weights as well, and some have a bound on the load of one server. Here each server stands in them with the same weight.',
    'What a server keeps at hand never grows old. Real caches must throw away what has changed.',
  ],
});

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function equalServers(policy: PolicyName) {
  return { policy, speeds: [1, 1, 1, 1], weights: [1, 1, 1, 1] };
}

function withKeysAtHand(policy: PolicyName) {
  return { ...equalServers(policy), arrivalsPerSecond: 20, keysAtHand: 60 };
}

function sixteen(policy: PolicyName) {
  return { policy, servers: 16, speeds: new Array(16).fill(1), weights: new Array(16).fill(1), arrivalsPerSecond: 72, seconds: 300 };
}

function deadServer(policy: PolicyName, healthCheck: boolean) {
  return {
    values: { policy, healthCheck, speeds: [1, 1, 1, 1], weights: [1, 1, 1, 1] },
    interventions: [{ atMs: 30_000, verb: 'crash', targets: ['servers/2'] }],
  };
}
