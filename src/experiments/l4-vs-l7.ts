// The same requests through two kinds of balancer. Layer 4 sees connections and hands each to a server as a whole; layer 7 reads
// the requests inside and decides for every one of them, by load, path, cookie or header.

import {
  Balancer,
  exponential,
  fates,
  HealthCheck,
  largestLoadShares,
  leastConnections,
  type PolicyOf,
  pinned,
  poissonArrivals,
  randomChoice,
  recordKinds,
  rendezvousHashed,
  requestMix,
  roundRobin,
  routed,
  Server,
  Source,
  type System,
  Tally,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { fleetCharts, fleetMetrics, fleetTable, measureFleet, spreadOf, sumOfAccounts, utilizationBars } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { measureResponses, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number } from './definition/parameters';
import type { LineData, Result, Theory } from './definition/result';

const layers = { l4: 'layer 4: whole connections', l7: 'layer 7: single requests' } as const;
const policies = {
  'round-robin': 'round robin',
  'least-connections': 'the fewest open',
  random: 'by chance',
  'address-hash': 'hash of the address',
} as const;
const rules = {
  none: 'none: any server for any request',
  path: 'path: /bake has servers of its own',
  cookie: 'cookie: a person stays with a server',
  header: 'header: testers go to the last server',
} as const;
const busyness = { uneven: 'client k asks 1/k as often as client 1', equal: 'all ask equally often' } as const;

/** Mean work of the two paths, in ms. */
const menuMs = 60;
const bakeMs = 600;
const bake = 1;
/** People behind each client, all over its one connection; one in ten of them tests the next version. */
const peoplePerClient = 20;
const testerEvery = 10;
const promiseMs = 1000;
const mostServers = 8;
const mostClients = 12;
/** The server that the scenarios crash and bring back. */
const returning = 1;
const stretches = 30;

interface Rules {
  layer: keyof typeof layers;
  policy: keyof typeof policies;
  rules: keyof typeof rules;
  requestsPerConnection: number;
  clients: number;
  servers: number;
  bakeServers: number;
}

function shares(clients: number, busy: keyof typeof busyness): number[] {
  const weights = Array.from({ length: clients }, (_, client) => (busy === 'equal' ? 1 : 1 / (client + 1)));
  const sum = weights.reduce((one, more) => one + more, 0);
  return weights.map((weight) => weight / sum);
}

function policyOf(name: Rules['policy'], key: number): PolicyOf {
  switch (name) {
    case 'round-robin':
      return roundRobin;
    case 'least-connections':
      return leastConnections();
    case 'random':
      return randomChoice(key);
    case 'address-hash':
      return rendezvousHashed({ by: 'client' });
  }
}

const range = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, index) => from + index);

/** The one decision of the balancer: once for each connection, or for each request by what stands in it. */
function decisionOf(values: Rules, key: number, changed: (client: number, server: number) => void): PolicyOf {
  const { layer, clients, servers, requestsPerConnection } = values;
  const policy = policyOf(values.policy, key);
  if (layer === 'l4') {
    return pinned(policy, { pins: clients, pinOf: (call) => call.client, callsPerPin: requestsPerConnection, changed });
  }
  switch (values.rules) {
    case 'none':
      return policy;
    case 'path': {
      // The rule may come in the middle of a run, and then nothing has brought the number into order.
      const split = Math.max(1, servers - values.bakeServers);
      const pools = [range(0, split), range(split, servers)].map((members) => ({ servers: members, policy }));
      return routed(pools, (call) => call.requestClass);
    }
    case 'cookie':
      return pinned(policy, { pins: clients * peoplePerClient, pinOf: (call) => call.key, kind: 'session' });
    case 'header': {
      const pools = [range(0, servers - 1), [servers - 1]].map((members) => ({ servers: members, policy }));
      return routed(pools, (call) => (isTester(call.key) ? 1 : 0));
    }
  }
}

const isTester = (person: number): boolean => person % testerEvery === 0;

const oneForMenu = 'One server must be left for /menu: {baking} of {servers} serve /bake.';

const connected = '{part} is connected to {server}';

/** Writes down which server each client is connected to, for the picture and the log. */
class Switchboard {
  opened = 0;
  private readonly level: number;
  private ids: readonly number[] = [];

  constructor(
    private readonly system: System,
    private readonly servers: readonly Server[],
  ) {
    this.level = system.simulation.recorder.levelIndex('connected to');
  }

  clients(sources: readonly Source[]): void {
    this.ids = sources.map(({ id }) => id);
  }

  changed(client: number, server: number): void {
    const { nowMs, recorder } = this.system.simulation;
    const part = this.ids[client];
    recorder.coarse(nowMs, recordKinds.level, part, this.level, server < 0 ? -1 : this.servers[server].id);
    if (server < 0) return;
    this.opened++;
    recorder.say(nowMs, 'info', part, connected, recorder.wantsText ? { server: this.servers[server].name } : undefined);
  }

  /** The balancer forgets them all: it has become another one. */
  clear(): void {
    for (let client = 0; client < this.ids.length; client++) this.changed(client, -1);
  }
}

/** Requests sent to each server in each stretch of the run. */
class SentSeries {
  private readonly counts: Float64Array[];

  constructor(
    servers: number,
    private readonly horizonMs: number,
  ) {
    this.counts = Array.from({ length: servers }, () => new Float64Array(stretches));
  }

  add(server: number, atMs: number): void {
    this.counts[server][Math.min(stretches - 1, Math.floor((atMs / this.horizonMs) * stretches))]++;
  }

  /** Share of one server from a stretch on; NaN when nothing was sent. */
  shareFrom(server: number, first: number): number {
    const sums = this.counts.map((counts) => counts.slice(first).reduce((sum, count) => sum + count, 0));
    return sums[server] / sums.reduce((sum, count) => sum + count, 0);
  }

  lines(): LineData {
    const seconds = this.horizonMs / stretches / 1000;
    return {
      type: 'lines',
      x: Array.from({ length: stretches }, (_, stretch) => (stretch + 0.5) * seconds),
      lines: this.counts.map((counts, server) => ({ key: `server${server + 1}`, values: Array.from(counts, (count) => count / seconds) })),
    };
  }
}

/** A policy whose choices are written down. */
function watched(policyOf: PolicyOf, sent: (server: number, atMs: number) => void): PolicyOf {
  return (rotation) => {
    const policy = policyOf(rotation);
    return {
      pick(call) {
        const server = policy.pick(call);
        if (server >= 0) sent(server, rotation.nowMs());
        return server;
      },
      heard: (server, fate, responseMs) => policy.heard?.(server, fate, responseMs),
    };
  };
}

const noFormulaFor = {
  otherTurns: 'The formula is for equal turns of single requests, without rules.',
  unequalClients: 'The formula is for clients that ask equally often.',
  shortConnections: 'The formula is for connections that stay open all the time.',
  hashedAddresses: 'Where an address hashes to is no matter of chance.',
};

type TheoryValues = Rules & { clientsAre: keyof typeof busyness; arrivalsPerSecond: number; seconds: number };

/** How much of all requests the most popular server gets. */
function topShareTheory(values: TheoryValues): Theory {
  const { layer, policy, clients, servers, requestsPerConnection, clientsAre, arrivalsPerSecond, seconds } = values;
  if (layer === 'l7') {
    const reason = values.rules !== 'none' || policy !== 'round-robin' ? noFormulaFor.otherTurns : undefined;
    return { value: reason ? null : 1 / servers, formula: '1 ÷ servers', source: 'equal turns', ...(reason ? { reason } : {}) };
  }
  const isByChance = policy === 'random';
  const formula = isByChance ? 'mean of the fullest of n bins with m balls, ÷ m' : '⌈clients ÷ servers⌉ ÷ clients';
  const source = isByChance ? 'Azar, Broder, Karlin and Upfal, SIAM Journal on Computing 29(1), 1999' : 'equal turns of connections';
  const mostOfOne = (1.5 * arrivalsPerSecond * seconds) / clients;
  const reason =
    clientsAre !== 'equal'
      ? noFormulaFor.unequalClients
      : mostOfOne > requestsPerConnection
        ? noFormulaFor.shortConnections
        : policy === 'address-hash'
          ? noFormulaFor.hashedAddresses
          : undefined;
  if (reason) return { value: null, formula, source, reason };
  const fullest = isByChance
    ? largestLoadShares({ balls: clients, bins: servers, choices: 1 }).reduce((sum, chance, most) => sum + chance * most, 0)
    : Math.ceil(clients / servers);
  return { value: fullest / clients, formula, source };
}

const readingOf = ({ layer, readMs }: { layer: Rules['layer']; readMs: number }): number => (layer === 'l7' ? readMs : 0);

const isL4 = (values: { layer?: string }) => values.layer === 'l4';
const isL7 = (values: { layer?: string }) => values.layer === 'l7';
const usesPath = (values: { layer?: string; rules?: string }) => isL7(values) && values.rules === 'path';

/** Settings that scenarios and claims share. */
const l7 = { layer: 'l7' };
const crash = { interventions: [{ atMs: 15_000, untilMs: 25_000, verb: 'crash', targets: [`servers/${returning + 1}`] }] };
const path = { ...l7, rules: 'path' };
const equal = { clientsAre: 'equal' };
const slowReader = { ...l7, readMs: 48 };

export default defineExperiment({
  id: 'l4-vs-l7',
  title: 'Layer 4 and layer 7',
  question: 'What changes when a balancer decides for each request, and not for each connection?',
  kind: 'simulation',
  topics: ['load balancing', 'connections', 'routing', 'sticky sessions'],
  clock: secondsClock,
  parameters: {
    layer: choice({
      label: 'The balancer works at',
      options: layers,
      default: 'l4',
      live: true,
      help: 'Layer 4 decides once, when a connection opens. Layer 7 reads every request and decides for each.',
    }),
    policy: choice({
      label: 'Policy',
      options: policies,
      default: 'round-robin',
      live: true,
      help: 'For a connection at layer 4, for a request at layer 7. The fewest open connections, or the fewest open requests.',
    }),
    requestsPerConnection: integer({
      label: 'Requests per connection',
      unit: 'requests',
      min: 1,
      max: 10_000,
      default: 2000,
      scale: 'log',
      live: true,
      shownWhen: isL4,
      help: 'After so many the client closes its connection and opens another. 2,000 is more than any client asks in a minute, at first.',
    }),
    rules: choice({
      label: 'Rule',
      options: rules,
      default: 'none',
      live: true,
      shownWhen: isL7,
      help: 'What the balancer looks at in a request before the policy chooses among the servers that are left.',
    }),
    bakeServers: integer({
      label: 'Servers for /bake',
      unit: 'servers',
      min: 1,
      max: mostServers - 1,
      default: 2,
      shownWhen: usesPath,
      help: 'The last ones. The others serve /menu.',
    }),
    readMs: number({
      label: 'Reading a request',
      unit: 'ms',
      min: 0,
      max: 60,
      step: 1,
      default: 2,
      live: true,
      shownWhen: isL7,
      help: 'Work of the balancer for each request at layer 7, one request after the other. At layer 4 it reads none.',
    }),
    clients: integer({
      label: 'Clients',
      unit: '',
      min: 1,
      max: mostClients,
      default: 6,
      help: 'Each keeps one connection to the balancer and sends all its requests over it; 20 people stand behind each.',
    }),
    clientsAre: choice({ label: 'How busy they are', options: busyness, default: 'uneven' }),
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 1,
      max: 100,
      step: 1,
      default: 20,
      scale: 'log',
      live: true,
      help: 'Requests per second of all clients together, by chance (Poisson).',
    }),
    bakePercent: number({
      label: 'Requests for /bake',
      unit: '%',
      min: 0,
      max: 50,
      step: 1,
      default: 10,
      help: 'Each is 600 ms of work on average; a request for /menu is 60 ms.',
    }),
    servers: integer({ label: 'Servers', unit: 'servers', min: 2, max: mostServers, default: 4 }),
    seconds: lengthOfRun({ min: 30, max: 600, default: 60 }),
  },
  constrain(values) {
    if (!usesPath(values) || values.bakeServers < values.servers) return { values, notices: [] };
    const bakeServers = values.servers - 1;
    return {
      values: { ...values, bakeServers },
      notices: [{ about: 'bakeServers', text: oneForMenu, values: { baking: bakeServers, servers: values.servers } }],
    };
  },
  expectedEvents: (values) => values.arrivalsPerSecond * values.seconds * 3 + values.servers * values.seconds,

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const servers = range(0, values.servers).map(
      (index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}` }),
    );
    const board = new Switchboard(system, servers);
    const sent = new SentSeries(values.servers, horizonMs);
    const key = simulation.random.key('balancer');
    const decision = (now: Rules): PolicyOf =>
      watched(
        decisionOf(now, key, (client, server) => board.changed(client, server)),
        (server, atMs) => sent.add(server, atMs),
      );
    const balancer = new Balancer(system, servers, { policy: decision(values), readMs: readingOf(values) });
    new HealthCheck(system, balancer, servers, { intervalMs: 1000, failuresToRemove: 2 });
    const all = new Tally();
    const menu = new Tally();
    let good = 0;
    const mix = requestMix([
      { name: '/menu', share: 100 - values.bakePercent, workMs: (u) => exponential(u, menuMs) },
      { name: '/bake', share: values.bakePercent, workMs: (u) => exponential(u, bakeMs) },
    ]);
    const parts = shares(values.clients, values.clientsAre);
    const sources = parts.map((share, client) =>
      new Source(system, {
        name: `clients/${client + 1}`,
        label: `Client ${client + 1}`,
        arrivals: poissonArrivals(values.arrivalsPerSecond * share, simulation.random.stream(`arrivals of client ${client + 1}`)),
        workMs: mix,
        firstClient: client,
        key: (u) => client * peoplePerClient + Math.floor(u * peoplePerClient),
        onEnd: (call, fate, responseMs) => {
          charts.end(simulation.nowMs, fate, responseMs);
          if (fate !== fates.completed) return;
          all.record(responseMs);
          if (call.requestClass !== bake) menu.record(responseMs);
          if (responseMs <= promiseMs) good++;
        },
      }).to(balancer),
    );
    board.clients(sources);
    const decideAnew = (now: Rules): void => {
      board.clear();
      balancer.setPolicy(decision(now));
    };
    live('layer', (now) => {
      decideAnew(now);
      balancer.setReadMs(readingOf(now));
    });
    live('policy', decideAnew);
    live('rules', decideAnew);
    live('requestsPerConnection', decideAnew);
    live('readMs', (now) => balancer.setReadMs(readingOf(now)));
    live('arrivalsPerSecond', (now) => {
      sources.forEach((source, client) => {
        source.setRate(now.arrivalsPerSecond * parts[client]);
      });
    });
    simulate();

    const accounts = sumOfAccounts(sources.map((source) => source.accounts()));
    const { metrics, samples } = measureResponses({ response: all, good }, horizonMs);
    const { highest } = spreadOf(balancer.sent);
    const dealt = balancer.sent.reduce((sum, count) => sum + count, 0);
    return {
      metrics: {
        ...metrics,
        menuMsP95: menu.supportedPercentile(95),
        fullestShare: dealt === 0 ? null : highest / dealt,
        ...measureFleet(servers, accounts),
        secondShare: sent.shareFrom(returning, (stretches * 2) / 3),
        connections: board.opened,
        balancerUse: balancer.utilization(),
      },
      samples: { ...samples, menuMsP95: menu.count },
      accounts: { requests: accounts, balancer: balancer.accounts() },
      table: fleetTable(servers, balancer),
      charts: {
        sent: sent.lines(),
        perServer: utilizationBars(servers),
        responses: charts.responses(),
        rates: charts.rates(),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMsP99: { ...responseMetrics.responseMsP99, main: false },
    goodputPerSecond: { ...responseMetrics.goodputPerSecond, main: false },
    menuMsP95: {
      label: '95th percentile of the response time of /menu',
      short: 'p95 of /menu',
      unit: 'ms',
      better: 'lower',
      main: true,
      help: 'Of the quick requests only.',
    },
    fullestShare: {
      label: 'Share of the most popular server',
      short: 'top share',
      unit: '%',
      better: 'lower',
      main: true,
      help: 'Of all requests that were sent to a server, how many went to one.',
    },
    utilization: fleetMetrics.utilization,
    utilizationSpread: { ...fleetMetrics.utilizationSpread, main: true },
    notServedShare: {
      ...fleetMetrics.notServedShare,
      help: 'Refused by a dead server, lost inside one, or turned away because no server may serve it.',
    },
    secondShare: {
      label: 'Share of server 2 in the last third of the run',
      short: 'server 2, late',
      unit: '%',
      main: true,
      help: 'Of all requests that were sent to a server then. What a server gets that has come back.',
    },
    connections: { label: 'Connections that the balancer handed to a server', short: 'connections', unit: '' },
    balancerUse: {
      label: 'Share of the time that the balancer spends reading',
      short: 'balancer',
      unit: '%',
      better: 'lower',
      help: 'At layer 4 it reads nothing.',
    },
  },
  charts: {
    sent: {
      title: 'Requests sent to each server',
      caption: 'Requests per second that the balancer sent to each server, in each stretch of the run.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'requests', unit: '/s' },
      series: Object.fromEntries(range(1, mostServers + 1).map((server) => [`server${server}`, { label: `server ${server}` }])),
      followsClock: true,
    },
    perServer: fleetCharts.perServer,
    responses: responseCharts.responses,
    rates: responseCharts.rates,
  },
  theory: (values) => ({ fullestShare: topShareTheory(values) }),
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  sweep: { parameter: 'requestsPerConnection', metric: 'utilizationSpread', from: 1, to: 10_000 },
  scenarios: {
    'Connections at layer 4': { values: {}, note: 'Follow the line of client 1 through the balancer: all its orders go to one server.' },
    'Requests at layer 7': { values: l7, note: 'The same orders. Each goes to the next server, whoever sent it.' },
    'Short connections': {
      values: { requestsPerConnection: 5 },
      note: 'Layer 4 again, but nobody keeps a line for more than five orders.',
    },
    'A server returns, layer 4': {
      values: {},
      ...crash,
      note: 'Server 2 crashes at 15 s and is back at 25 s. Its clients have new lines by then, and keep them.',
    },
    'A server returns, layer 7': { values: l7, ...crash, note: 'The same crash. As soon as the check trusts it, server 2 has its share.' },
    'Routes by path': {
      values: path,
      note: 'Servers 3 and 4 bake, servers 1 and 2 hand out menus. Nobody waits for a menu behind a pizza.',
    },
    'Sticky cookies': { values: { ...l7, rules: 'cookie' }, note: 'Each person stays with one server; clients do not.' },
    'Testers by header': {
      values: { ...l7, rules: 'header' },
      note: 'One person in ten has a header that leads to server 4, and nobody else goes there.',
    },
    'A slow reader': { values: slowReader, note: 'Reading takes 48 ms. The servers are half idle, and the line is inside the balancer.' },
  },
  claims: {
    'l4-uneven': {
      sentence:
        'With six clients, of which some are busier than others, round robin of connections leaves the busiest server more than three times as far from the idlest as round robin of requests does.',
      a: {},
      b: { values: l7 },
      measure: (result) => result.metrics.utilizationSpread.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 3,
    },
    'l4-tail': {
      sentence:
        'The 95th percentile of the response time is more than twice as long at layer 4 as at layer 7, for the same orders and the same servers.',
      a: {},
      b: { values: l7 },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 2,
    },
    'l7-even': {
      sentence: 'At layer 7, round robin gives every server the same number of requests, to within one, however unequal the clients are.',
      setups: [{ values: l7 }],
      always: ({ table }) => {
        const { highest, lowest } = spreadOf(table?.rows.map(({ cells }) => cells[0] ?? 0) ?? []);
        return highest - lowest <= 1;
      },
    },
    'client-stays': {
      sentence:
        'With long connections, more than a third of all orders go to the most popular of the four servers: the one that client 1 is connected to.',
      setups: [{}],
      always: ({ metrics }) => (metrics.fullestShare.value ?? 0) > 1 / 3,
    },
    'equal-clients-too': {
      sentence:
        'Even six equal clients do not fit on four servers: the busiest server gets more than 30 % of the orders, and a quarter would be fair.',
      setups: [{ values: equal }],
      always: ({ metrics }) => (metrics.fullestShare.value ?? 0) > 0.3,
    },
    'chance-worse': {
      sentence: 'When connections are dealt by chance, the most popular server gets more than under round robin, on average.',
      a: { values: { ...equal, policy: 'random' } },
      b: { values: equal },
      measure: (result) => result.metrics.fullestShare.value ?? Number.NaN,
      expect: 'a above b',
    },
    'least-counts-lines': {
      sentence: 'Least connections at layer 4 counts lines, not work: the spread of work stays more than three times that of layer 7.',
      a: { values: { policy: 'least-connections' } },
      b: { values: { ...l7, policy: 'least-connections' } },
      measure: (result) => result.metrics.utilizationSpread.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 3,
    },
    'short-connections-help': {
      sentence: 'Connections of five requests cut the uneven work of layer 4 to less than a half.',
      a: { values: { requestsPerConnection: 5 } },
      b: {},
      measure: (result) => result.metrics.utilizationSpread.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 2,
    },
    'returned-gets-nothing': {
      sentence: 'With long connections at layer 4, a server that crashed and came back gets not one request in the last third of the run.',
      setups: [crash],
      always: ({ metrics }) => metrics.secondShare.value === 0,
    },
    'returned-gets-share': {
      sentence: 'At layer 7 it has its quarter again.',
      setups: [{ values: l7, ...crash }],
      always: ({ metrics }) => Math.abs((metrics.secondShare.value ?? 0) - 0.25) < 0.01,
    },
    'short-return': {
      sentence: 'With connections of five requests it has more than a fifth of the orders again, at layer 4 too.',
      setups: [{ values: { requestsPerConnection: 5 }, ...crash }],
      always: ({ metrics }) => (metrics.secondShare.value ?? 0) > 0.2,
    },
    'path-protects': {
      sentence:
        'Two servers for /bake and two for /menu cut the 95th percentile of /menu to less than a half of what it is when any server takes any request.',
      a: { values: path },
      b: { values: l7 },
      measure: (result) => result.metrics.menuMsP95.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 2,
    },
    'cookie-between': {
      sentence: 'Sticky cookies spread the orders less evenly than free choice does, because some people ask more often than others.',
      a: { values: { ...l7, rules: 'cookie' } },
      b: { values: l7 },
      measure: (result) => result.metrics.fullestShare.value ?? Number.NaN,
      expect: 'a above b',
    },
    'cookie-better-than-lines': {
      sentence:
        'Sticky cookies are still far more even than connections: the most popular server gets less than two thirds of what it gets at layer 4.',
      a: { values: { ...l7, rules: 'cookie' } },
      b: {},
      measure: (result) => result.metrics.fullestShare.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 1.5,
    },
    'header-takes-testers': {
      sentence: 'The header rule sends the last server the requests of testers, about a tenth, and nothing else.',
      setups: [{ values: { ...l7, rules: 'header' } }],
      always: (result) => Math.abs((result.table?.rows[3].cells[0] ?? 0) / result.accounts.requests.opened - 0.1) < 0.05,
    },
    'reader-is-bottleneck': {
      sentence:
        'With 48 ms of reading for each order, the balancer is the bottleneck: the median is more than three times that with 2 ms, and the servers have the same work as before.',
      a: { values: slowReader },
      b: { values: l7 },
      measure: (result) => result.metrics.responseMsP50.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 3,
    },
    'refused-until-checked': {
      sentence:
        'In the crash, the dead server refuses more than three times as many orders at layer 7 as at layer 4: nobody retries here, and layer 7 goes on dealing it its turn until the health check notices.',
      a: { values: l7, ...crash },
      b: crash,
      measure: (result) => result.accounts.requests.failed,
      expect: 'a above b',
      byFactor: 3,
    },
    'reading-is-load': {
      sentence: 'The balancer is busy for as large a part of the time as there are orders per second times the time to read one.',
      setups: [{ values: l7 }],
      always: (result) => isReadingAll(result),
    },
  },
  summary: (_say, { layer }, tell) => `${tell(layer === 'l4' ? 'connectionsDealt' : 'requestsDealt')} ${tell('shares')} ${tell('answers')}`,
  sentences: {
    connectionsDealt:
      '{clients} clients sent {arrivalsPerSecond} requests per second through a balancer at layer 4, which deals connections (policy: {policy}).',
    requestsDealt:
      '{clients} clients sent {arrivalsPerSecond} requests per second through a balancer at layer 7, which deals requests (policy: {policy}).',
    shares: 'The most popular of {servers} servers got {fullestShare} of them; the busiest and the idlest lay {utilizationSpread} apart.',
    answers:
      '95 of 100 requests were answered within {responseMsP95}, of those for /menu within {menuMsP95}; {notServedShare} were not served.',
    ...noFormulaFor,
    oneForMenu,
    connected,
  },
  leavesOut: [
    'A client has one connection and sends over it without waiting for earlier answers, as HTTP/2 allows. A browser of HTTP/1.1 opens several and sends one request at a time over each.',
    'Opening a connection costs nothing: neither round trips nor the handshake of encryption. That is what long connections save.',
    'A crash breaks the connections of a server when the next request on one of them fails. A machine that vanishes without a word leaves them hanging until a timeout.',
    'Connections between the balancer and the servers at layer 7 are always there. A real balancer keeps a stock of them.',
    'The balancer never fails, and at layer 4 it is free. A real one moves packets, which is little work but not none.',
    'Nobody retries. A balancer at layer 7 can send a refused request to another server; one at layer 4 can do so only before the connection is open.',
  ],
});

function isReadingAll({ metrics, accounts, values }: Result): boolean {
  const share = (accounts.requests.opened * Number(values.readMs)) / (Number(values.seconds) * 1000);
  return Math.abs((metrics.balancerUse.value ?? 0) - share) < 0.001;
}
