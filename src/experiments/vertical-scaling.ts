// One machine and the sizes that it can be bought in. A request passes through its four resources one after the other,
// and through the part of the work that only one at a time can do. Whichever of them is full decides how fast the machine is.

import { exponential, keyedUniform, log2, mmc, poissonArrivals, power, Server, Source, Steps } from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { notServedShare } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { distribution, measureResponses, responseCharts, responseMetrics } from './definition/measures';
import { integer, number } from './definition/parameters';
import type { LineData, Theory } from './definition/result';

const resources = ['cpu', 'lock', 'disk', 'network'] as const;
type Resource = (typeof resources)[number];

interface Machine {
  cores: number;
  speed: number;
  memoryPerCoreGb: number;
  cpuMs: number;
  serialPercent: number;
  workingSetGb: number;
  diskMs: number;
  replyKb: number;
  networkMbit: number;
}

/** Share of the requests whose data is not in memory. Every piece of data is asked for equally often. */
function missShare({ cores, memoryPerCoreGb, workingSetGb }: Machine): number {
  return Math.max(0, 1 - (cores * memoryPerCoreGb) / workingSetGb);
}

/** Mean time that a request needs each resource, in ms, by those that need it; and how many it serves at once. */
function demands(machine: Machine): Record<Resource, { serviceMs: number; share: number; places: number }> {
  const { cores, speed, cpuMs, serialPercent, diskMs, replyKb, networkMbit } = machine;
  const serial = serialPercent / 100;
  return {
    cpu: { serviceMs: (cpuMs * (1 - serial)) / speed, share: 1, places: cores },
    lock: { serviceMs: (cpuMs * serial) / speed, share: serial > 0 ? 1 : 0, places: 1 },
    disk: { serviceMs: diskMs, share: missShare(machine), places: 1 },
    network: { serviceMs: (replyKb * 8) / networkMbit, share: 1, places: 1 },
  };
}

/** The most that the machine can answer in a second: what its fullest resource can. */
function capacityPerSecond(machine: Machine): number {
  const all = demands(machine);
  return Math.min(
    ...resources.map((name) => (all[name].share > 0 ? (1000 * all[name].places) / (all[name].serviceMs * all[name].share) : Infinity)),
  );
}

/** Price of the machine over that of one with two cores. */
function priceTimes(cores: number, priceFactor: number): number {
  return power(priceFactor, log2(cores / 2));
}

const jackson = 'Jackson, Operations Research 5(4), 1957, and Erlang (1917) for the cores';

function theory(values: Machine & { arrivalsPerSecond: number }): Record<string, Theory> {
  const { arrivalsPerSecond } = values;
  const all = demands(values);
  const formula = 'W = Σ share × W of M/M/c at each resource';
  const isOver = arrivalsPerSecond >= capacityPerSecond(values);
  if (isOver) {
    const reason = overload;
    return { responseMs: { value: null, formula, source: jackson, reason } };
  }
  // In a network of such stations each behaves as if it stood alone, so the times add up.
  const responseMs = resources
    .filter((name) => all[name].share > 0)
    .reduce((sum, name) => {
      const { share, serviceMs, places } = all[name];
      return sum + share * mmc({ arrivalsPerSecond: arrivalsPerSecond * share, serviceMs, servers: places }).responseMs;
    }, 0);
  const entries: Record<string, Theory> = { responseMs: { value: responseMs, formula, source: jackson } };
  for (const name of resources) {
    const { share, serviceMs, places } = all[name];
    entries[`${name}Utilization`] = {
      value: (arrivalsPerSecond * share * serviceMs) / 1000 / places,
      formula: 'ρ = λ × share × service time / places',
      source: jackson,
    };
  }
  return entries;
}

const ladder = [2, 4, 8, 16, 32, 64, 128];

/** What each size can do and costs, over the smallest; with this machine among them. */
function sizes(machine: Machine, priceFactor: number): LineData {
  const smallest = capacityPerSecond({ ...machine, cores: 2 });
  const x = ladder.includes(machine.cores) ? ladder : [...ladder, machine.cores].sort((a, b) => a - b);
  const speedup = (cores: number) => capacityPerSecond({ ...machine, cores }) / smallest;
  return {
    type: 'lines',
    x: x.map((cores) => log2(cores)),
    lines: [
      { key: 'price', values: x.map((cores) => priceTimes(cores, priceFactor)) },
      { key: 'capacity', values: x.map(speedup) },
      { key: 'own', values: x.map((cores) => (cores === machine.cores ? speedup(cores) : null)) },
    ],
  };
}

const overload = 'More comes than the fullest resource can do: its line grows for ever and has no mean.';

export default defineExperiment({
  id: 'vertical-scaling',
  title: 'A bigger machine',
  question: 'Which resource is full, and what does the next size up change?',
  kind: 'simulation',
  topics: ['vertical scaling', 'bottleneck', 'serial fraction', 'cost'],
  clock: secondsClock,
  parameters: {
    cores: integer({
      label: 'Cores (vCPU)',
      unit: '',
      min: 1,
      max: 128,
      default: 2,
      scale: 'log',
      help: 'How many requests compute at the same time. Memory grows with them.',
    }),
    memoryPerCoreGb: number({
      label: 'Memory per core',
      unit: 'GB',
      min: 1,
      max: 32,
      step: 1,
      default: 4,
      help: 'Cloud machines for general use have four gigabytes for each core.',
    }),
    speed: number({
      label: 'Speed of a core',
      unit: '×',
      min: 0.25,
      max: 4,
      step: 0.05,
      default: 1,
      scale: 'log',
      help: 'A core of twice the speed needs half the time for each request.',
    }),
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 1,
      max: 400,
      step: 1,
      default: 58,
      scale: 'log',
      help: 'Requests per second, on average, by chance.',
    }),
    cpuMs: number({
      label: 'Computing per request',
      unit: 'ms',
      min: 1,
      max: 500,
      step: 1,
      default: 36,
      scale: 'log',
      help: 'Mean work of one request on a core of speed 1.',
    }),
    serialPercent: number({
      label: 'Serial part of it',
      unit: '%',
      min: 0,
      max: 50,
      step: 0.5,
      default: 10,
      help: 'The part that only one request at a time can do: a lock, a single writer, a log.',
    }),
    workingSetGb: number({
      label: 'Working set',
      unit: 'GB',
      min: 1,
      max: 1024,
      step: 1,
      default: 24,
      scale: 'log',
      help: 'Data that requests ask for. What does not fit into memory is read from disk.',
    }),
    diskMs: number({
      label: 'Reading from disk',
      unit: 'ms',
      min: 0.1,
      max: 100,
      step: 0.1,
      default: 20,
      scale: 'log',
      help: 'Mean time of a request’s reads when its data is not in memory; one request at a time.',
    }),
    replyKb: number({ label: 'Size of a reply', unit: 'kB', min: 1, max: 10_000, step: 1, default: 200, scale: 'log', help: 'Mean size.' }),
    networkMbit: number({
      label: 'Network',
      unit: 'Mbit/s',
      min: 10,
      max: 100_000,
      step: 10,
      default: 1000,
      scale: 'log',
      help: 'How fast replies leave the machine, one after the other.',
    }),
    priceFactor: number({
      label: 'Price of twice the size',
      unit: '×',
      min: 1,
      max: 4,
      step: 0.05,
      default: 2.2,
      help: 'What doubling the cores multiplies the price by. Two is a price by the core; the largest machines cost more than that.',
    }),
    seconds: lengthOfRun({ min: 20, max: 900, default: 60 }),
  },
  expectedEvents: (values) => values.arrivalsPerSecond * values.seconds * 10,

  run(values, { system, horizonMs, charts, simulate }) {
    const { simulation } = system;
    const needs = demands(values);
    const labels: Record<Resource, string> = { cpu: 'CPU', lock: 'Serial part', disk: 'Disk', network: 'Network' };
    const servers = resources.map(
      (name) =>
        new Server(system, { name, label: labels[name], concurrency: needs[name].places, kind: name === 'disk' ? 'database' : 'server' }),
    );
    const keys = resources.map((name) => simulation.random.key(`work of ${name}`));
    const memoryKey = simulation.random.key('in memory');
    const machine = new Steps(
      system,
      resources.map((name, index) => ({
        part: servers[index],
        workMs: (call) => exponential(keyedUniform(keys[index], call.request), needs[name].serviceMs),
        isNeeded: (call) => needs[name].share > 0 && (name !== 'disk' || keyedUniform(memoryKey, call.request) < needs.disk.share),
      })),
      { name: 'machine', label: 'The machine', resources: servers },
    );
    let lastEndMs = 0;
    let longestSilenceMs = 0;
    const customers = new Source(system, {
      arrivals: poissonArrivals(values.arrivalsPerSecond, simulation.random.stream('arrivals')),
      workMs: () => 0,
      onEnd: (_call, fate, responseMs) => {
        charts.end(simulation.nowMs, fate, responseMs);
        if (fate !== 0) return;
        longestSilenceMs = Math.max(longestSilenceMs, simulation.nowMs - lastEndMs);
        lastEndMs = simulation.nowMs;
      },
    }).to(machine);
    const busy = servers.map((server) => {
      const level = charts.newLevel();
      server.books.busy.series = level;
      return level;
    });
    simulate();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const capacity = capacityPerSecond(values);
    const speedup = capacity / capacityPerSecond({ ...values, cores: 2 });
    const price = priceTimes(values.cores, values.priceFactor);
    return {
      metrics: {
        ...metrics,
        ...Object.fromEntries(resources.map((name, index) => [`${name}Utilization`, servers[index].utilization()])),
        inMemory: 1 - needs.disk.share,
        capacityPerSecond: capacity,
        speedup,
        price,
        priceForSpeed: price / speedup,
        longestSilenceMs: Math.max(longestSilenceMs, horizonMs - lastEndMs),
        notServed: notServedShare(accounts),
      },
      samples,
      accounts: { requests: accounts, machine: machine.accounts() },
      charts: {
        resources: {
          ...charts.levels({}),
          lines: resources.map((key, index) => ({ key, values: busy[index].means().map((mean) => mean / needs[key].places) })),
        },
        sizes: sizes(values, values.priceFactor),
        responses: charts.responses(),
        distribution: distribution(customers.response),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    goodputPerSecond: { ...responseMetrics.goodputPerSecond, main: false },
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMsP95: { ...responseMetrics.responseMsP95, main: true },
    responseMsP99: { ...responseMetrics.responseMsP99, main: false },
    cpuUtilization: {
      label: 'Utilization of the cores',
      short: 'CPU',
      unit: '%',
      main: true,
      help: 'Share of the time that a core computes.',
    },
    lockUtilization: {
      label: 'Utilization of the serial part',
      short: 'serial part',
      unit: '%',
      main: true,
      help: 'Share of the time that somebody does what only one at a time can do.',
    },
    diskUtilization: {
      label: 'Utilization of the disk',
      short: 'disk',
      unit: '%',
      main: true,
      help: 'Share of the time that the disk reads.',
    },
    networkUtilization: {
      label: 'Utilization of the network',
      short: 'network',
      unit: '%',
      help: 'Share of the time that a reply is leaving.',
    },
    inMemory: {
      label: 'Requests answered from memory',
      short: 'in memory',
      unit: '%',
      better: 'higher',
      help: 'Their data fits into memory.',
    },
    capacityPerSecond: {
      label: 'The most the machine can do',
      short: 'capacity',
      unit: '/s',
      better: 'higher',
      help: 'What its fullest resource can do per second, computed from the settings.',
    },
    speedup: {
      label: 'Capacity over that of two cores',
      short: 'speedup',
      unit: '×',
      better: 'higher',
      help: 'How many times the work of the same machine with two cores.',
    },
    price: {
      label: 'Price over that of two cores',
      short: 'price',
      unit: '×',
      better: 'lower',
      main: true,
      help: 'By the price factor of each doubling.',
    },
    priceForSpeed: {
      label: 'Price of one unit of capacity',
      short: 'price / capacity',
      unit: '×',
      better: 'lower',
      help: 'Price over speedup: 1 means that twice the money buys twice the work.',
    },
    longestSilenceMs: { label: 'Longest time without a reply', short: 'silence', unit: 'ms', better: 'lower' },
    notServed: {
      label: 'Requests lost or refused',
      short: 'not served',
      unit: '%',
      better: 'lower',
      help: 'The machine was down, or went down with them.',
    },
  },
  charts: {
    resources: {
      title: 'How full each resource is',
      caption: 'Share of each stretch of the run in which the resource was busy: of the cores, the mean over all of them.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'utilization', unit: '%' },
      series: { cpu: { label: 'CPU' }, lock: { label: 'serial part' }, disk: { label: 'disk' }, network: { label: 'network' } },
      followsClock: true,
    },
    sizes: {
      title: 'What a size can do, and what it costs',
      caption:
        'Capacity and price of machines with 2, 4, 8 … 128 cores (1 to 7 doublings of one core) over the machine with two; the point is this machine.',
      x: { label: 'doublings of one core', unit: '' },
      y: { label: 'times the machine with two cores', unit: '' },
      series: { price: { label: 'price' }, capacity: { label: 'capacity', theory: true }, own: { label: 'this machine' } },
    },
    responses: responseCharts.responses,
    distribution: responseCharts.distribution,
  },
  theory: (values) => theory(values),
  scene: { layout: 'flow', words: { request: 'request', requests: 'requests' } },
  scenarios: {
    '2 vCPU, 8 GB': { values: {}, note: 'Two cores are full, and two requests in three must read from disk.' },
    '8 vCPU, 32 GB': { values: { cores: 8 }, note: 'Four times the size: the cores have room, and all data fits into memory.' },
    '64 vCPU, 256 GB': {
      values: { cores: 64 },
      note: 'Eight times that again. Compare the response time with that of eight cores, and the price.',
    },
    'Five times the customers': {
      values: { cores: 16, arrivalsPerSecond: 290 },
      note: 'Sixteen cores have room. The serial part has none.',
    },
    'Twice the cores, same ceiling': { values: { cores: 32, arrivalsPerSecond: 290 }, note: 'Nothing is better with 32.' },
    'Optimize first': {
      values: { cores: 2, cpuMs: 18, workingSetGb: 8 },
      note: 'Half the computing and a smaller working set, on the old machine.',
    },
    'The machine dies': {
      values: { cores: 8 },
      interventions: [{ atMs: 20_000, untilMs: 35_000, verb: 'crash', targets: ['machine'] }],
      note: 'The biggest machine is still one machine.',
    },
  },
  claims: {
    'upgrade-helps': {
      sentence: 'From 2 vCPU and 8 GB to 8 vCPU and 32 GB the 95th percentile of the response time falls to less than a third.',
      a: { values: { cores: 8 } },
      b: { values: { cores: 2 } },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 3,
    },
    'room-buys-nothing': {
      sentence: 'Where eight cores have room to spare, sixty-four are not a tenth faster: a request computes on one core.',
      a: { values: { cores: 8 } },
      b: { values: { cores: 64 } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 0.9,
    },
    'serial-ceiling': {
      sentence:
        'With a tenth of the work serial, a machine answers no more than ten times what one core could do alone, with 16 cores and with 128.',
      setups: [
        { values: { cores: 16, arrivalsPerSecond: 320, seconds: 30 } },
        { values: { cores: 128, arrivalsPerSecond: 320, seconds: 30 } },
      ],
      always: (result) => (result.metrics.throughputPerSecond.value ?? Infinity) < (1.06 * 1000) / 3.6,
    },
    'doubling-at-the-ceiling': {
      sentence: 'At the ceiling, doubling the cores from 16 to 32 does not add a twentieth to what is answered.',
      a: { values: { cores: 32, arrivalsPerSecond: 320, seconds: 30 } },
      b: { values: { cores: 16, arrivalsPerSecond: 320, seconds: 30 } },
      measure: (result) => result.metrics.throughputPerSecond.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 0.95,
    },
    'price-outgrows-speed': {
      sentence:
        'Where each doubling costs 2.2 times as much, a unit of capacity costs more than nine times as much with 64 cores as with 8.',
      a: { values: { cores: 64 } },
      b: { values: { cores: 8 } },
      measure: (result) => result.metrics.priceForSpeed.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 9,
    },
    'memory-that-fits': {
      sentence: 'With 32 GB of memory and a working set of 24 GB the disk has nothing to read.',
      setups: [{ values: { cores: 8 } }],
      always: (result) => result.metrics.diskUtilization.value === 0,
    },
    'optimize-first': {
      sentence:
        'Halving the computing and the part of the data that is asked for does for the small machine what the big one would: p95 falls to less than a third.',
      a: { values: { cpuMs: 18, workingSetGb: 8 } },
      b: { values: {} },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 3,
    },
    'one-crash': {
      sentence: 'While the machine is down, nobody gets a reply, however big it is.',
      setups: [
        { values: { cores: 8 }, interventions: [{ atMs: 20_000, untilMs: 35_000, verb: 'crash', targets: ['machine'] }] },
        { values: { cores: 64 }, interventions: [{ atMs: 20_000, untilMs: 35_000, verb: 'crash', targets: ['machine'] }] },
      ],
      always: (result) => (result.metrics.longestSilenceMs.value ?? 0) >= 15_000,
    },
  },
  summary: (_say, { cores, memoryPerCoreGb }, tell) => tell('came', { memoryGb: cores * memoryPerCoreGb }),
  sentences: {
    came:
      'A machine with {cores} cores and {memoryGb} GB of memory met {arrivalsPerSecond} requests per second. ' +
      'Its cores were busy {cpuUtilization} of the time, the serial part {lockUtilization}, the disk {diskUtilization}, the network {networkUtilization}. ' +
      'One request in twenty took longer than {responseMsP95}. The machine costs {price} what two cores cost and can do {speedup} of their work.',
    overload,
  },
  leavesOut: [
    'A request passes through the resources one after the other; real ones overlap computing, reading and sending.',
    'Cores are equal and do not get in each other’s way. Real cores share caches and memory bandwidth, and many of them are slower each.',
    'The serial part runs beside the cores and takes none of their time.',
    'All data is asked for equally often. Real data has favorites, so that a little memory already helps a lot (see caching later in the course).',
    'The price follows one factor. Real price lists have steps, discounts and sizes that are sold out.',
    'Changing the size takes no time. A real machine must be stopped for it, or another one started.',
  ],
});
