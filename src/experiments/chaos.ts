// A whole shop on a small scale, a hypothesis about it, and a monkey that tries to prove it wrong.
// Clients with timeout and retry → balancer → servers → cache → database with a pool of connections.

import {
  Balancer,
  Cache,
  exponential,
  fates,
  HealthCheck,
  keyedUniform,
  leastConnections,
  Monkey,
  type PolicyOf,
  poissonArrivals,
  RetryingClient,
  roundRobin,
  Server,
  Source,
  SteadyState,
  zipfRank,
  zipfTable,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { fleetMetrics, fleetTable, utilizationsOf } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { distribution, measureResponses, promisedResponseTime, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number, toggle } from './definition/parameters';
import type { Result } from './definition/result';

const hasMonkey = (values: { monkey?: string }) => values.monkey !== 'none';
const windowMs = 5000;
const keyCount = 1000;
const zipfExponent = 0.9;

function policyOf({ policy }: { policy: 'round-robin' | 'least-connections' }): PolicyOf {
  return policy === 'least-connections' ? leastConnections() : roundRobin;
}

/** Names of the parts that each kind of monkey may strike. */
function monkeyTargets(monkey: string, serverNames: string[]): string[] {
  if (monkey === 'servers') return serverNames;
  if (monkey === 'cache') return ['cache'];
  if (monkey === 'database') return ['database'];
  return [...serverNames, 'cache', 'database'];
}

const mostStruck = 'There are {servers} servers, so one strike can take {servers} at the most.';

export default defineExperiment({
  id: 'chaos',
  title: 'Chaos',
  question: 'Does the shop keep its promise while parts of it die?',
  kind: 'simulation',
  topics: ['chaos engineering', 'redundancy', 'retries', 'cascading failure'],
  clock: secondsClock,
  parameters: {
    monkey: choice({
      label: 'The monkey strikes',
      options: { none: 'nothing', servers: 'a server', cache: 'the cache', database: 'the database', anything: 'anything' },
      default: 'servers',
      help: 'Which parts may be taken down, at random times.',
    }),
    meanBetweenSeconds: number({
      label: 'Mean time between strikes',
      unit: 's',
      min: 2,
      max: 300,
      step: 1,
      default: 25,
      scale: 'log',
      shownWhen: hasMonkey,
    }),
    repairSeconds: number({
      label: 'Time to repair',
      unit: 's',
      min: 1,
      max: 120,
      step: 1,
      default: 10,
      scale: 'log',
      shownWhen: hasMonkey,
      help: 'A struck part comes back after this long.',
    }),
    blastRadius: integer({
      label: 'Servers at once',
      unit: 'servers',
      min: 1,
      max: 8,
      default: 1,
      shownWhen: (values: { monkey?: string }) => values.monkey === 'servers',
      help: 'How many servers one strike takes: more than one is a shared cause, such as a rack or a bad deploy.',
    }),
    leastGoodPercent: number({
      label: 'Hypothesis: good responses',
      unit: '%',
      min: 50,
      max: 99.9,
      step: 0.1,
      default: 95,
      help: 'At least this share of the requests that end in any 5 s is answered well: completed, and within the promise.',
    }),
    promiseMs: promisedResponseTime(100),
    abort: toggle({
      label: 'Abort rule',
      default: true,
      help: 'Stop the monkey and restore everything after two failed 5 s windows in a row.',
    }),
    servers: integer({ label: 'Servers', unit: 'servers', min: 1, max: 16, default: 4 }),
    places: integer({
      label: 'Requests per server at once',
      unit: '',
      min: 1,
      max: 32,
      default: 2,
      help: 'A request keeps its place while the server waits for cache or database.',
    }),
    line: integer({
      label: 'Line per server',
      unit: 'requests',
      min: 0,
      max: 1000,
      default: 10,
      live: true,
      help: 'The most that may wait at one server; the next is refused at once.',
    }),
    policy: choice({
      label: 'Policy',
      options: { 'round-robin': 'round robin', 'least-connections': 'least connections' },
      default: 'round-robin',
      live: true,
      help: 'How the balancer picks a server.',
    }),
    arrivalsPerSecond: number({ label: 'Arrival rate', unit: '/s', min: 1, max: 200, step: 1, default: 40, scale: 'log', live: true }),
    serviceMs: number({ label: 'Own work of a server', unit: 'ms', min: 5, max: 500, step: 5, default: 80, scale: 'log', live: true }),
    cacheKeys: integer({
      label: 'Cache size',
      unit: 'keys',
      min: 0,
      max: keyCount,
      default: 300,
      help: 'Of 1,000 keys; popular ones are asked for most (Zipf, exponent 0.9).',
    }),
    connections: integer({
      label: 'Database connections',
      unit: '',
      min: 1,
      max: 64,
      default: 2,
      help: 'Queries that the database works on at once; the others wait.',
    }),
    queryMs: number({ label: 'Query time', unit: 'ms', min: 5, max: 500, step: 5, default: 55, scale: 'log', live: true }),
    timeoutMs: number({
      label: 'Client timeout',
      unit: 'ms',
      min: 50,
      max: 10_000,
      step: 50,
      default: 800,
      scale: 'log',
      live: true,
      help: 'Of one attempt. The server is not told and works on.',
    }),
    attempts: integer({ label: 'Attempts', unit: '', min: 1, max: 6, default: 3, live: true, help: 'The first try and its retries.' }),
    backoffMs: number({
      label: 'First backoff',
      unit: 'ms',
      min: 0,
      max: 2000,
      step: 10,
      default: 100,
      live: true,
      shownWhen: (values: { attempts?: number }) => (values.attempts ?? 1) > 1,
      help: 'Doubles with each retry; the real gap is random between 0 and this (full jitter).',
    }),
    healthCheck: toggle({
      label: 'Health check',
      default: true,
      live: true,
      help: 'Every second; two failures take a server out, two successes bring it back.',
    }),
    seconds: lengthOfRun({ min: 30, max: 900, default: 120 }),
  },
  constrain(values) {
    if (values.monkey !== 'servers' || values.blastRadius <= values.servers) return { values, notices: [] };
    return {
      values: { ...values, blastRadius: values.servers },
      notices: [{ about: 'blastRadius', text: mostStruck, values: { servers: values.servers } }],
    };
  },
  expectedEvents: (values) => values.arrivalsPerSecond * values.seconds * 5 * Math.min(2, values.attempts),

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const queryKey = simulation.random.key('query work');
    let { queryMs } = values;
    const database = new Server(system, {
      name: 'database',
      label: 'Database',
      kind: 'database',
      concurrency: values.connections,
      workMs: (call) => exponential(keyedUniform(queryKey, call.request, call.attempt), queryMs),
    });
    const cache = new Cache(system, { capacity: values.cacheKeys, hitMs: 2 }).fillsFrom(database);
    const servers = Array.from({ length: values.servers }, (_, index) =>
      new Server(system, {
        name: `servers/${index + 1}`,
        label: `Server ${index + 1}`,
        concurrency: values.places,
        queueCapacity: values.line,
      }).asks(cache),
    );
    const balancer = new Balancer(system, servers, { policy: policyOf(values) });
    const check = new HealthCheck(system, balancer, servers, { intervalMs: 1000, failuresToRemove: 2, isOn: values.healthCheck });
    const clients = new RetryingClient(system, {
      timeoutMs: values.timeoutMs,
      attempts: values.attempts,
      backoffMs: values.backoffMs,
      backoffCapMs: 10_000,
      jitter: 'full',
    }).asks(balancer);
    const monkey = hasMonkey(values)
      ? new Monkey(system, {
          targets: monkeyTargets(
            values.monkey,
            servers.map((server) => server.name),
          ),
          meanBetweenMs: values.meanBetweenSeconds * 1000,
          repairMs: values.repairSeconds * 1000,
          atOnce: values.monkey === 'servers' ? values.blastRadius : 1,
          startMs: 2 * windowMs,
        })
      : undefined;
    const steady = new SteadyState(simulation, {
      windowMs,
      leastGoodShare: values.leastGoodPercent / 100,
      onAbort: values.abort && monkey ? () => monkey.stop() : undefined,
    });
    const inDatabase = charts.newLevel();
    database.books.inside.series = inDatabase;
    const popularity = zipfTable(keyCount, zipfExponent);
    const customers = new Source(system, {
      arrivals: poissonArrivals(values.arrivalsPerSecond, simulation.random.stream('arrivals')),
      workMs: (u) => exponential(u, values.serviceMs),
      key: (u) => zipfRank(u, popularity),
      goodWithinMs: values.promiseMs,
      onEnd: (_call, fate, responseMs) => {
        charts.end(simulation.nowMs, fate, responseMs);
        steady.end(fate === fates.completed && responseMs <= values.promiseMs);
      },
    }).to(clients);
    const inServers = charts.newLevel();
    customers.inside.series = inServers;
    live('policy', (now) => balancer.setPolicy(policyOf(now)));
    live('line', (now) => {
      for (const server of servers) server.setQueueCapacity(now.line);
    });
    live('arrivalsPerSecond', (now) => customers.setRate(now.arrivalsPerSecond));
    live('serviceMs', (now) => customers.setWork((u) => exponential(u, now.serviceMs)));
    live('queryMs', (now) => {
      queryMs = now.queryMs;
    });
    live('timeoutMs', ({ timeoutMs }) => clients.change({ timeoutMs }));
    live('attempts', ({ attempts }) => clients.change({ attempts }));
    live('backoffMs', ({ backoffMs }) => clients.change({ backoffMs }));
    live('healthCheck', (now) => check.turn(now.healthCheck));
    simulate();

    const accounts = customers.accounts();
    const attempts = clients.attemptAccounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const responses = charts.responses();
    return {
      metrics: {
        ...metrics,
        goodShare: accounts.opened === accounts.open ? null : customers.good / (accounts.opened - accounts.open),
        worstWindow: steady.windows === 0 ? null : steady.worstShare,
        failedWindows: steady.failedWindows,
        hypothesisHolds: steady.holds ? 1 : 0,
        strikes: monkey?.strikes ?? 0,
        abortedAtSeconds: steady.abortedAtMs === null ? null : steady.abortedAtMs / 1000,
        attemptsPerRequest: accounts.opened === 0 ? null : attempts.opened / accounts.opened,
        hitRatio: cache.hitRatio(),
        utilization: utilizationsOf(servers).mean,
        databaseUtilization: database.utilization(),
      },
      samples,
      accounts: { requests: accounts, attempts, database: database.accounts() },
      table: fleetTable(servers, balancer),
      charts: {
        steadyState: {
          type: 'lines',
          x: steady.shares.map((_, index) => ((index + 0.5) * windowMs) / 1000),
          lines: [
            { key: 'good', values: steady.shares },
            { key: 'promise', values: steady.shares.map(() => values.leastGoodPercent / 100) },
          ],
        },
        queues: charts.levels({ everywhere: inServers, database: inDatabase }),
        responses,
        rates: charts.rates(),
        distribution: distribution(customers.response),
      },
    };
  },

  metrics: {
    goodShare: {
      label: 'Share of requests answered well',
      short: 'answered well',
      unit: '%',
      better: 'higher',
      main: true,
      help: 'Completed within the promised time, of all that ended.',
    },
    worstWindow: {
      label: 'Worst 5 seconds',
      short: 'worst 5 s',
      unit: '%',
      better: 'higher',
      main: true,
      help: 'The lowest share of good responses in any window of 5 s.',
    },
    failedWindows: { label: 'Windows in which the hypothesis failed', short: 'failed windows', unit: '', better: 'lower', main: true },
    hypothesisHolds: { label: 'Hypothesis held (1) or not (0)', short: 'held', unit: '', better: 'higher' },
    strikes: { label: 'Strikes of the monkey', short: 'strikes', unit: '', main: true },
    abortedAtSeconds: { label: 'Aborted at', short: 'aborted at', unit: 's' },
    attemptsPerRequest: {
      label: 'Attempts per request',
      short: 'attempts',
      unit: '×',
      better: 'lower',
      help: 'Load that retries add: 1 is none.',
    },
    hitRatio: { label: 'Cache hit ratio', short: 'hit ratio', unit: '%', better: 'higher' },
    utilization: { ...fleetMetrics.utilization, short: 'servers busy' },
    databaseUtilization: { label: 'Utilization of the database', short: 'database busy', unit: '%' },
    ...responseMetrics,
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    goodputPerSecond: { ...responseMetrics.goodputPerSecond, main: false },
  },
  charts: {
    steadyState: {
      title: 'Steady state',
      caption: 'Share of good responses in each 5 s, and the hypothesis.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'answered well', unit: '%' },
      series: { good: { label: 'answered well' }, promise: { label: 'hypothesis', theory: true } },
      followsClock: true,
    },
    queues: {
      title: 'Where requests are',
      caption: 'Requests in the whole shop, and how many of the calls are at the database.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'requests', unit: '' },
      series: { everywhere: { label: 'in the shop' }, database: { label: 'at the database' } },
      followsClock: true,
    },
    responses: responseCharts.responses,
    rates: { ...responseCharts.rates, caption: 'Requests that completed and requests that did not, per second.' },
    distribution: responseCharts.distribution,
  },
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  scenarios: {
    'A server dies now and then': { values: {}, note: 'The others must carry its load. Does anybody notice?' },
    'No spare server': { values: { servers: 2, arrivalsPerSecond: 28 }, note: 'Two servers can carry these orders; one cannot.' },
    'A shared cause': {
      values: { blastRadius: 3 },
      note: 'One strike takes three of four servers: redundancy that shares a rack is not redundancy.',
    },
    'The cache dies': { values: { monkey: 'cache', meanBetweenSeconds: 40 }, note: 'Nothing breaks, and yet the database drowns.' },
    'It stays broken': {
      values: { monkey: 'none', line: 1000 },
      interventions: [{ atMs: 30_000, untilMs: 50_000, verb: 'crash', targets: ['cache'] }],
      note: 'Endless lines. The cache is back after twenty seconds, and the shop is not: every order served is one that its client has given up.',
    },
    'Hasty clients': {
      values: { monkey: 'cache', meanBetweenSeconds: 40, timeoutMs: 500, attempts: 6, backoffMs: 10 },
      note: 'Short timeouts and many retries pour oil on the fire.',
    },
    'A quiet evening': { values: { monkey: 'none' }, note: 'The steady state to compare with.' },
  },
  claims: {
    'quiet-holds': {
      sentence: 'Without faults the hypothesis holds in every run.',
      setups: [{ values: { monkey: 'none' } }],
      always: (result) => result.metrics.hypothesisHolds.value === 1,
    },
    'two-carry': {
      sentence: 'Two servers answer 95 in 100 orders well at 28 a second while nothing fails.',
      setups: [{ values: { monkey: 'none', servers: 2, arrivalsPerSecond: 28 } }],
      always: (result) => (result.metrics.goodShare.value ?? 0) > 0.95,
    },
    'spare-server-matters': {
      sentence: 'Four servers lose fewer windows to the monkey than two.',
      a: { values: { arrivalsPerSecond: 28, abort: false } },
      b: { values: { servers: 2, arrivalsPerSecond: 28, abort: false } },
      measure: (result) => result.metrics.failedWindows.value ?? 0,
      expect: 'a below b',
      byFactor: 2,
    },
    'shared-cause': {
      sentence: 'Three servers that fail together hurt more than one server that fails as often.',
      a: { values: { blastRadius: 3, abort: false } },
      b: { values: { abort: false } },
      measure: (result) => result.metrics.failedWindows.value ?? 0,
      expect: 'a above b',
    },
    'cache-drowns-database': {
      sentence: 'When the cache is what dies, the database is busier than on a quiet evening.',
      a: { values: { monkey: 'cache', meanBetweenSeconds: 40, abort: false } },
      b: { values: { monkey: 'none' } },
      measure: (result) => result.metrics.databaseUtilization.value ?? 0,
      expect: 'a above b',
    },
    'cache-matters-more': {
      sentence: 'Losing the cache, which holds nothing that is not elsewhere, fails more windows than losing servers as often.',
      a: { values: { monkey: 'cache', meanBetweenSeconds: 40, abort: false } },
      b: { values: { monkey: 'servers', meanBetweenSeconds: 40, abort: false } },
      measure: (result) => result.metrics.failedWindows.value ?? 0,
      expect: 'a above b',
    },
    'hasty-clients-hurt': {
      sentence: 'Short timeouts and many retries lower the share of requests answered well while the cache is down.',
      a: { values: { monkey: 'cache', meanBetweenSeconds: 40, abort: false, timeoutMs: 500, attempts: 6, backoffMs: 10 } },
      b: { values: { monkey: 'cache', meanBetweenSeconds: 40, abort: false } },
      measure: (result) => result.metrics.goodShare.value ?? 0,
      expect: 'a below b',
    },
    'outlives-its-cause': {
      sentence: 'With endless lines, most of the orders are still answered badly when the cache has long been back.',
      setups: [
        { values: { monkey: 'none', line: 1000 }, interventions: [{ atMs: 30_000, untilMs: 50_000, verb: 'crash', targets: ['cache'] }] },
      ],
      always: (result) => lastWindows(result) < 0.5,
    },
    'short-lines-recover': {
      sentence: 'With lines of ten, the shop serves at least nine orders in ten well again once the cache is back.',
      setups: [{ values: { monkey: 'none' }, interventions: [{ atMs: 30_000, untilMs: 50_000, verb: 'crash', targets: ['cache'] }] }],
      always: (result) => lastWindows(result) > 0.9,
    },
    'abort-limits-harm': {
      sentence: 'The abort rule lowers the number of failed windows.',
      a: { values: { blastRadius: 3, abort: true } },
      b: { values: { blastRadius: 3, abort: false } },
      measure: (result) => result.metrics.failedWindows.value ?? 0,
      expect: 'a below b',
    },
  },
  summary:
    '{arrivalsPerSecond} requests per second met {servers} servers, a cache and a database; strikes of the monkey: {strikes}. ' +
    '{goodShare} of the requests were answered well; in the worst five seconds it was {worstWindow}. ' +
    'Windows in which the hypothesis failed: {failedWindows}. Each request took {attemptsPerRequest} attempts on average, and the database was ' +
    'busy {databaseUtilization} of the time.',
  sentences: { mostStruck },
  leavesOut: [
    'The queue of the whole shop: work that can wait is not put aside yet (message queues come later in the course).',
    'One balancer that never fails, and a network that never loses a packet.',
    'A repair takes the same time each time; real repairs have a long tail.',
    'The database loses no data: a crash only makes it unreachable. What a crash does to data is the matter of replication and backups.',
    'Clients do not shed load and have no circuit breaker; those are the next tools.',
  ],
});

/** Mean share of good responses over the last six windows of the run, 0 to 1. */
function lastWindows(result: Result): number {
  const chart = result.charts.steadyState;
  const shares = chart.type === 'lines' ? chart.lines[0].values.slice(-6) : [];
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}
