// Several servers in place of one. How they share the work (one line or a line each), what they lose by agreeing with each other,
// and what remains when one of them dies.

import {
  Balancer,
  exponential,
  HealthCheck,
  mm1,
  mmc,
  poissonArrivals,
  randomChoice,
  roundRobin,
  type Scalability,
  Server,
  SharedLine,
  Source,
  type System,
  scalabilityThroughput,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { fleetCharts, fleetMetrics, fullestAndMean, measureFleet, utilizationBars } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { distribution, measureResponses, promisedResponseTime, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number } from './definition/parameters';
import type { LineData, ResultTable, Theory } from './definition/result';

const shapes = {
  separate: 'a line each, joined by chance',
  turns: 'a line each, in turns',
  shared: 'one line for all',
  fast: 'one fast server instead',
} as const;
type Shape = keyof typeof shapes;

interface Fleet {
  shape: Shape;
  servers: number;
  serviceMs: number;
  contentionPercent: number;
  coherencePercent: number;
}

const hasCoordination = (values: { shape?: string }) => values.shape !== 'fast';

function coefficients({ contentionPercent, coherencePercent }: Fleet): Scalability {
  return { contention: contentionPercent / 100, coherence: coherencePercent / 100 };
}

/** What each server can do, as a share of what it could do alone. */
function speedOf(fleet: Fleet): number {
  return scalabilityThroughput(coefficients(fleet), fleet.servers) / fleet.servers;
}

/** The servers themselves: one of N times the speed, or N that lose some of theirs to each other. */
function serversOf(system: System, fleet: Fleet): Server[] {
  if (fleet.shape === 'fast') return [new Server(system, { name: 'servers/1', label: 'Fast server', speed: fleet.servers })];
  const speed = speedOf(fleet);
  return Array.from(
    { length: fleet.servers },
    (_, index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}`, speed }),
  );
}

function doorOf(system: System, shape: Shape, servers: Server[]): Balancer | SharedLine | Server {
  if (shape === 'fast') return servers[0];
  if (shape === 'shared') return new SharedLine(system, servers);
  const policy = shape === 'turns' ? roundRobin : randomChoice(system.simulation.random.key('balancer'));
  const balancer = new Balancer(system, servers, { policy });
  new HealthCheck(system, balancer, servers, { intervalMs: 1000, failuresToRemove: 2 });
  return balancer;
}

const kleinrock = 'Kleinrock, Queueing Systems I (1975), sections 3.2 and 3.5';

function theory(values: Fleet & { arrivalsPerSecond: number }): Record<string, Theory> {
  const { shape, servers, arrivalsPerSecond } = values;
  const serviceMs = shape === 'fast' ? values.serviceMs / servers : values.serviceMs / speedOf(values);
  const formula = shape === 'shared' ? 'M/M/n: W = 1/μ + C(n, λ/μ) / (nμ − λ)' : 'M/M/1: W = 1 / (μ − λ)';
  const refuse = (reason: string): Record<string, Theory> => ({ responseMs: { value: null, formula, source: kleinrock, reason } });
  if (shape === 'turns') return refuse(noFormulaFor.turns);
  const perLine = shape === 'separate' ? arrivalsPerSecond / servers : arrivalsPerSecond;
  const places = shape === 'shared' ? servers : 1;
  if (perLine * serviceMs >= 1000 * places) return refuse(noFormulaFor.overload);
  if (shape === 'shared') {
    const { responseMs } = mmc({ arrivalsPerSecond, serviceMs, servers });
    return { responseMs: { value: responseMs, formula, source: `${kleinrock}; Erlang (1917)` } };
  }
  const line = mm1({ arrivalsPerSecond: perLine, serviceMs });
  const entries: Record<string, Theory> = { responseMs: { value: line.responseMs, formula, source: kleinrock } };
  for (const [id, share] of [
    ['responseMsP50', 0.5],
    ['responseMsP95', 0.95],
    ['responseMsP99', 0.99],
  ] as const) {
    entries[id] = { value: line.responseMsAt(share), formula: 't = −ln(1 − p) / (μ − λ)', source: kleinrock };
  }
  return entries;
}

const mostServers = 32;

/** What fleets of every size can do per second, by the law, beside a fleet in which nobody loses anything. */
function scaling(fleet: Fleet): LineData {
  const x = Array.from({ length: mostServers }, (_, index) => index + 1);
  const alone = 1000 / fleet.serviceMs;
  const law = x.map((servers) => alone * scalabilityThroughput(coefficients(fleet), servers));
  return {
    type: 'lines',
    x,
    lines: [
      { key: 'ideal', values: x.map((servers) => alone * servers) },
      { key: 'law', values: law },
      { key: 'own', values: x.map((servers, index) => (servers === fleet.servers ? law[index] : null)) },
    ],
  };
}

function tableOf(servers: readonly Server[]): ResultTable {
  return {
    caption: 'Each server over the whole run',
    columns: [
      { key: 'completed', label: 'completed', unit: 'requests' },
      { key: 'failed', label: 'failed or lost', unit: 'requests' },
      { key: 'utilization', label: 'utilization', unit: '%' },
      { key: 'longest', label: 'longest line', unit: 'requests' },
    ],
    rows: servers.map((server) => {
      const { completed, failed, lost } = server.accounts();
      return { label: server.name, cells: [completed, failed + lost, server.utilization(), server.longestLine] };
    }),
  };
}

/** How often we look whether somebody waits while somebody else has nothing to do. */
const looks = 2000;

const noFormulaFor = {
  turns: 'For turns the arrivals at each server are more even than chance; the formulas shown here assume chance.',
  overload: 'More comes than the servers can do: the lines grow for ever and have no mean.',
};

export default defineExperiment({
  id: 'horizontal-scaling',
  title: 'More machines',
  question: 'Four servers: one line or four, and what if one of them dies?',
  kind: 'simulation',
  topics: ['horizontal scaling', 'queues', 'fault tolerance', 'scalability law'],
  clock: secondsClock,
  parameters: {
    shape: choice({
      label: 'How they share the work',
      options: shapes,
      default: 'separate',
      help: 'One fast server instead has the speed of all of them together.',
    }),
    servers: integer({
      label: 'Servers',
      unit: 'servers',
      min: 1,
      max: mostServers,
      default: 4,
      help: 'For the one fast server: how many times as fast as the others.',
    }),
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 1,
      max: 300,
      step: 1,
      default: 36,
      scale: 'log',
      live: true,
      help: 'Requests per second, on average, by chance.',
    }),
    serviceMs: number({
      label: 'Service time',
      unit: 'ms',
      min: 10,
      max: 1000,
      step: 5,
      default: 100,
      scale: 'log',
      help: 'What one request takes on a server that works alone, on average.',
    }),
    contentionPercent: number({
      label: 'Contention',
      unit: '%',
      min: 0,
      max: 30,
      step: 0.5,
      default: 0,
      shownWhen: hasCoordination,
      help: 'Share of the work for which servers wait on something that they share, such as one database.',
    }),
    coherencePercent: number({
      label: 'Keeping in agreement',
      unit: '%',
      min: 0,
      max: 5,
      step: 0.05,
      default: 0,
      shownWhen: hasCoordination,
      help: 'What each pair of servers spends to tell each other news, as a share of the work.',
    }),
    promiseMs: promisedResponseTime(),
    seconds: lengthOfRun({ min: 20, max: 1800, default: 120 }),
  },
  expectedEvents: (values) => values.arrivalsPerSecond * values.seconds * 3,

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const servers = serversOf(system, values);
    const levels = servers.map((server) => {
      const level = charts.newLevel();
      server.books.inside.series = level;
      return level;
    });
    const door = doorOf(system, values.shape, servers);
    const shared = door instanceof SharedLine ? door : undefined;
    const inLine = charts.newLevel();
    if (shared) shared.books.inside.series = inLine;
    let unfair = 0;
    simulation.every(horizonMs / looks, () => {
      const somebodyWaits = shared ? shared.waiting > 0 : servers.some((server) => server.waiting > 0);
      if (somebodyWaits && servers.some((server) => server.isUp && server.inside === 0)) unfair++;
    });
    let lastEndMs = 0;
    let longestSilenceMs = 0;
    const customers = new Source(system, {
      arrivals: poissonArrivals(values.arrivalsPerSecond, simulation.random.stream('arrivals')),
      workMs: (u) => exponential(u, values.serviceMs),
      goodWithinMs: values.promiseMs,
      onEnd: (_call, fate, responseMs) => {
        charts.end(simulation.nowMs, fate, responseMs);
        if (fate !== 0) return;
        longestSilenceMs = Math.max(longestSilenceMs, simulation.nowMs - lastEndMs);
        lastEndMs = simulation.nowMs;
      },
    }).to(door);
    live('arrivalsPerSecond', (now) => customers.setRate(now.arrivalsPerSecond));
    simulate();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const responses = charts.responses();
    return {
      metrics: {
        ...metrics,
        idleWhileWaiting: unfair / looks,
        ...measureFleet(servers, accounts),
        capacityPerSecond: ((values.shape === 'fast' ? values.servers : values.servers * speedOf(values)) * 1000) / values.serviceMs,
        longestSilenceMs: Math.max(longestSilenceMs, horizonMs - lastEndMs),
      },
      samples,
      accounts: { requests: accounts },
      table: tableOf(servers),
      charts: {
        queues: shared
          ? { ...charts.levels({ fullest: inLine }), lines: [{ key: 'all', values: inLine.means() }] }
          : fullestAndMean(responses.x, levels),
        scaling: scaling(values),
        responses,
        perServer: utilizationBars(servers),
        distribution: distribution(customers.response),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMs: { ...responseMetrics.responseMs, main: true },
    idleWhileWaiting: {
      label: 'Time in which somebody waits while a server is idle',
      short: 'idle while waiting',
      unit: '%',
      better: 'lower',
      main: true,
      help: 'Looked at 2,000 times over the run.',
    },
    notServedShare: { ...fleetMetrics.notServedShare, help: 'Refused by a dead server, or lost inside one.' },
    utilization: fleetMetrics.utilization,
    capacityPerSecond: {
      label: 'The most that all servers can do',
      short: 'capacity',
      unit: '/s',
      better: 'higher',
      help: 'By the Universal Scalability Law, from the settings.',
    },
    longestSilenceMs: { label: 'Longest time without a reply', short: 'silence', unit: 'ms', better: 'lower' },
  },
  charts: {
    queues: {
      ...fleetCharts.queues,
      caption: 'Waiting or in service: at the fullest server, at the mean server, or, where there is one line, in all.',
      series: { ...fleetCharts.queues.series, all: { label: 'line and servers together' } },
    },
    scaling: {
      title: 'What a fleet of this kind can do',
      caption: 'Requests per second that fleets of 1 to 32 servers can do by the Universal Scalability Law, and if nobody lost anything.',
      x: { label: 'servers', unit: '' },
      y: { label: 'capacity', unit: '/s' },
      series: { ideal: { label: 'no losses' }, law: { label: 'by the law', theory: true }, own: { label: 'this fleet' } },
    },
    responses: responseCharts.responses,
    perServer: fleetCharts.perServer,
    distribution: responseCharts.distribution,
  },
  theory: (values) => theory(values),
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  scenarios: {
    'Four lines by chance': { values: {}, note: 'Watch for a long line beside an idle server.' },
    'Four lines in turns': { values: { shape: 'turns' }, note: 'Equal numbers help; unequal orders still spoil it.' },
    'One line for four': { values: { shape: 'shared' }, note: 'Nobody waits while a server is idle.' },
    'One fast server': { values: { shape: 'fast' }, note: 'The same capacity in one place.' },
    'One of four dies': {
      values: { shape: 'shared', arrivalsPerSecond: 24 },
      interventions: [{ atMs: 40_000, untilMs: 60_000, verb: 'crash', targets: ['servers/1'] }],
      note: 'Three go on with the line.',
    },
    'The fast one dies': {
      values: { shape: 'fast', arrivalsPerSecond: 24 },
      interventions: [{ atMs: 40_000, untilMs: 60_000, verb: 'crash', targets: ['servers/1'] }],
      note: 'Nobody goes on.',
    },
    'Too many to agree': {
      values: { shape: 'shared', servers: 20, contentionPercent: 5, coherencePercent: 1, arrivalsPerSecond: 40 },
      note: 'Twenty servers that keep each other informed. Look at the chart of what a fleet can do, then try ten.',
    },
    'Ten agree': {
      values: { shape: 'shared', servers: 10, contentionPercent: 5, coherencePercent: 1, arrivalsPerSecond: 40 },
      note: 'Half the servers, and more is done.',
    },
  },
  claims: {
    'one-line-wins': {
      sentence: 'One line for four servers answers more than twice as fast, on average, as four lines joined by chance.',
      a: { values: { shape: 'shared', seconds: 300 } },
      b: { values: { shape: 'separate', seconds: 300 } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 2,
    },
    'turns-between': {
      sentence: 'Taking turns beats chance.',
      a: { values: { shape: 'turns', seconds: 300 } },
      b: { values: { shape: 'separate', seconds: 300 } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
    },
    'one-line-beats-turns': {
      sentence: 'One line beats taking turns.',
      a: { values: { shape: 'shared', seconds: 300 } },
      b: { values: { shape: 'turns', seconds: 300 } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
    },
    'never-idle-while-waiting': {
      sentence: 'With one line nobody ever waits while a server has nothing to do.',
      setups: [{ values: { shape: 'shared' } }],
      always: (result) => result.metrics.idleWhileWaiting.value === 0,
    },
    'often-idle-while-waiting': {
      sentence: 'With lines joined by chance there is, more than a fifth of the time, an idle server beside somebody who waits.',
      setups: [{ values: { shape: 'separate' } }],
      always: (result) => (result.metrics.idleWhileWaiting.value ?? 0) > 0.2,
    },
    'fast-is-faster': {
      sentence: 'One server of four times the speed answers sooner than four that share one line.',
      a: { values: { shape: 'fast', arrivalsPerSecond: 20 } },
      b: { values: { shape: 'shared', arrivalsPerSecond: 20 } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 1.8,
    },
    'fast-falls-silent': {
      sentence: 'When the one fast server is down for twenty seconds, nobody is answered for twenty seconds.',
      setups: [
        {
          values: { shape: 'fast', arrivalsPerSecond: 24 },
          interventions: [{ atMs: 40_000, untilMs: 60_000, verb: 'crash', targets: ['servers/1'] }],
        },
      ],
      always: (result) => (result.metrics.longestSilenceMs.value ?? 0) >= 20_000,
    },
    'three-go-on': {
      sentence: 'When one of four is down for twenty seconds, the others answer everything but what it held.',
      setups: [
        {
          values: { shape: 'shared', arrivalsPerSecond: 24 },
          interventions: [{ atMs: 40_000, untilMs: 60_000, verb: 'crash', targets: ['servers/1'] }],
        },
      ],
      always: (result) => result.accounts.requests.failed + result.accounts.requests.lost <= 1,
    },
    'too-many-to-agree': {
      sentence: 'With contention of 5 % and 1 % for each pair, twenty servers complete less than ten do.',
      a: { values: { shape: 'shared', servers: 20, contentionPercent: 5, coherencePercent: 1, arrivalsPerSecond: 60, seconds: 60 } },
      b: { values: { shape: 'shared', servers: 10, contentionPercent: 5, coherencePercent: 1, arrivalsPerSecond: 60, seconds: 60 } },
      measure: (result) => result.metrics.throughputPerSecond.value ?? Number.NaN,
      expect: 'a below b',
    },
  },
  summary: (_say, { shape }, tell) => `${tell(shape === 'fast' ? 'oneFast' : 'fleet')} ${tell('came')}`,
  sentences: {
    oneFast: '{arrivalsPerSecond} requests per second met one server of {servers} times the speed.',
    fleet: '{arrivalsPerSecond} requests per second met {servers} servers with {shape}.',
    came:
      'They were busy {utilization} of the time and answered in {responseMs} on average; one answer in twenty took longer than ' +
      '{responseMsP95}. Somebody waited beside an idle server {idleWhileWaiting} of the time; {notServedShare} of the requests were not served.',
    ...noFormulaFor,
  },
  leavesOut: [
    'The servers are equal and keep nothing: any of them can serve any request. Data that lives on one of them is a later subject.',
    'The one who hands out the work costs nothing and never fails.',
    'What servers lose to each other is one factor on their speed, by the law. In a real fleet it comes from locks, messages and caches, and it varies.',
    'The one fast server is bought at once and costs what the others cost together. Prices are the subject of the pages before and after this one.',
    'Starting another server takes no time.',
  ],
});
