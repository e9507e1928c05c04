// One shop in six cities. Light needs its time between them, demand follows the sun, and customers go where the name's owner
// tells them, for as long as they remember the answer. Then one city goes dark.

import {
  Balancer,
  curveArrivals,
  dayCurve,
  exponentialDraw,
  type Fate,
  fates,
  greatCircleKm,
  HealthCheck,
  inTimeZone,
  lookedUp,
  mmc,
  outReasons,
  RetryingClient,
  roundTripFloorMs,
  roundTripTable,
  Server,
  Source,
  type System,
  Tally,
} from '@by-the-slice/simulation';
import { worldMap } from '../picture/map';
import { answerOf, cities, clientsIn, customersIn, namesIn, type Routing, routings } from './definition/cities';
import { defineExperiment } from './definition/defineExperiment';
import { fleetMetrics, sumOfAccounts, utilizationsOf } from './definition/fleet';
import { responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number } from './definition/parameters';
import type { BarData, LineData, ResultTable, Theory } from './definition/result';

/** The sun is hurried: an hour of the day takes ten seconds. All else takes the time that it takes. */
const hourMs = 10_000;
const dayMs = 24 * hourMs;
/** Those who look names up for the customers of one city, each with a memory of its own. */
const resolversPerCity = 20;
/** There and back within one city. */
const localMs = 10;
/** A city is hurt when more than this share of its requests is not served. */
const hurtShare = 0.05;
const failuresToRemove = 2;
/** Stretches of the chart of response times by city. */
const stretches = 48;

const darkCities = {
  none: 'none',
  ...(Object.fromEntries(cities.map(({ id, name }) => [id, name])) as Record<string, string>),
} as { none: string; tokyo: string } & Record<string, string>;

interface World {
  routing: Routing;
  servers: number;
  serviceMs: number;
  quietPerSecond: number;
  peakPerSecond: number;
  darkCity: string;
  darkFromHour: number;
  darkHours: number;
  timeToLiveSeconds: number;
  ignoringPercent: number;
  checkSeconds: number;
  detourFactor: number;
  patienceSeconds: number;
  hours: number;
}

const goesDark = (values: { darkCity?: string }) => values.darkCity !== 'none';
const darkIndex = ({ darkCity }: Pick<World, 'darkCity'>): number => cities.findIndex(({ id }) => id === darkCity);

/** The stretch that is looked at for harm: the outage, or the whole run when there is none. In ms. */
function watchedOf(world: World, horizonMs: number): { fromMs: number; toMs: number } {
  if (!goesDark(world)) return { fromMs: 0, toMs: horizonMs };
  const fromMs = world.darkFromHour * hourMs;
  return { fromMs, toMs: Math.min(horizonMs, fromMs + world.darkHours * hourMs) };
}

/** What became of the customers of one city. */
class CityBooks {
  /** In each stretch of the run: completed, and the sum of their response times. */
  private readonly completed = new Float64Array(stretches);
  private readonly sumsMs = new Float64Array(stretches);
  /** In the time that is watched: ended, and not served. */
  watched = 0;
  watchedNotServed = 0;

  constructor(private readonly horizonMs: number) {}

  complete(nowMs: number, responseMs: number): void {
    const stretch = Math.min(stretches - 1, Math.floor((nowMs / this.horizonMs) * stretches));
    this.completed[stretch]++;
    this.sumsMs[stretch] += responseMs;
  }

  meansMs(): (number | null)[] {
    return Array.from(this.completed, (count, stretch) => (count > 0 ? this.sumsMs[stretch] / count : null));
  }

  get hurt(): number {
    return this.watched === 0 ? 0 : this.watchedNotServed / this.watched;
  }
}

/** The part of the world that belongs to one city, besides its kitchen: who asks there, and whom they ask. */
function settleIn(home: number, world: World, system: System, kitchens: readonly Server[], roundTripMs: number[][]) {
  const city = cities[home];
  const { simulation } = system;
  const policyOf = (routing: Routing) =>
    lookedUp(
      system,
      {
        name: `resolvers in ${city.name}`,
        timeToLiveMs: world.timeToLiveSeconds * 1000,
        ignoringShare: world.ignoringPercent / 100,
        resolverOf: (client) => client % resolversPerCity,
      },
      answerOf(routing, { home, kitchens, places: world.servers, roundTripMs, random: simulation.random }),
    );
  const router = new Balancer(
    system,
    kitchens,
    { name: namesIn(city), label: `Names in ${city.name}`, policy: policyOf(world.routing) },
    (kitchen) => ({ delayMs: roundTripMs[home][kitchen] / 2 }),
  );
  const clients = new RetryingClient(system, {
    name: clientsIn(city),
    timeoutMs: world.patienceSeconds * 1000,
    attempts: 1,
    cancelsOnTimeout: true,
  }).asks(router);
  const day = dayCurve({ quietPerSecond: world.quietPerSecond, peakPerSecond: world.peakPerSecond, lengthMs: dayMs });
  const arrivals = curveArrivals(inTimeZone(day, city.hoursEast), simulation.random.stream(`arrivals in ${city.name}`));
  return { router, clients, arrivals, reroute: (routing: Routing) => router.setPolicy(policyOf(routing)) };
}

/** The owner of the name checks the kitchens once for all, and what is found holds for every customer who asks from then on. */
function checkHealth(system: System, routers: readonly Balancer[], kitchens: readonly Server[], intervalMs: number): void {
  const [first, ...others] = routers;
  const check = new HealthCheck(system, first, kitchens, { intervalMs, failuresToRemove });
  check.listeners.push((kitchen) => {
    const isOut = first.isOut(kitchen, outReasons.failedCheck);
    for (const other of others) {
      if (other.isOut(kitchen, outReasons.failedCheck) !== isOut) other.setOut(kitchen, outReasons.failedCheck, isOut);
    }
  });
}

const awayOf = (sent: ArrayLike<number>, home: number): number => {
  let away = 0;
  for (let kitchen = 0; kitchen < sent.length; kitchen++) if (kitchen !== home) away += sent[kitchen];
  return away;
};

function tableOf(sources: readonly Source[], routers: readonly Balancer[], kitchens: readonly Server[]): ResultTable {
  return {
    caption: 'Each city over the whole run: its customers, and its kitchen',
    columns: [
      { key: 'requests', label: 'requests from here', unit: 'requests' },
      { key: 'away', label: 'of them sent elsewhere', unit: 'requests' },
      { key: 'notServed', label: 'of them not served', unit: 'requests' },
      { key: 'responseMs', label: 'mean response', unit: 'ms' },
      { key: 'guests', label: 'taken in from elsewhere', unit: 'requests' },
      { key: 'utilization', label: 'utilization', unit: '%' },
    ],
    rows: cities.map(({ name }, city) => {
      const { opened, open, completed } = sources[city].accounts();
      const guests = routers.reduce((sum, { sent }, home) => (home === city ? sum : sum + sent[city]), 0);
      return {
        label: name,
        cells: [
          opened,
          awayOf(routers[city].sent, city),
          opened - open - completed,
          sources[city].response.mean,
          guests,
          kitchens[city].utilization(),
        ],
      };
    }),
  };
}

function whoServes(routers: readonly Balancer[]): BarData {
  return {
    type: 'bars',
    categories: cities.map(({ name }) => name),
    bars: [
      { key: 'own', values: cities.map((_, city) => routers[city].sent[city]) },
      {
        key: 'guests',
        values: cities.map((_, city) => routers.reduce((sum, { sent }, home) => (home === city ? sum : sum + sent[city]), 0)),
      },
    ],
  };
}

function cityLines(books: readonly CityBooks[], horizonMs: number): LineData {
  return {
    type: 'lines',
    x: Array.from({ length: stretches }, (_, stretch) => ((stretch + 0.5) * horizonMs) / stretches / 1000),
    lines: cities.map(({ id }, city) => ({ key: id, values: books[city].meansMs() })),
  };
}

/** The city that is nearest to the one that goes dark. */
function neighborOf(dark: number): number {
  let best = -1;
  for (let other = 0; other < cities.length; other++) {
    if (other !== dark && (best < 0 || greatCircleKm(cities[dark], cities[other]) < greatCircleKm(cities[dark], cities[best])))
      best = other;
  }
  return best;
}

function theory(world: World): Record<string, Theory> {
  const entries: Record<string, Theory> = {};
  const dark = darkIndex(world);
  if (dark >= 0) {
    entries.detourMs = {
      value: roundTripFloorMs(cities[dark], cities[neighborOf(dark)]),
      formula: '2 · d · n / c: the great circle there and back, in glass of refractive index n = 1.468',
      source: 'Sinnott, Virtues of the Haversine (1984); c by definition of the meter',
    };
  }
  const formula = 'M/M/n in each city, and the way to it and back: W = 1/μ + C(n, λ/μ) / (nμ − λ) + round trip';
  const source = 'Erlang (1917); Kleinrock, Queueing Systems I (1975), section 3.5';
  const refuse = (reason: string) => ({ ...entries, responseMs: { value: null, formula, source, reason } });
  if (world.routing !== 'nearest') return refuse(noFormulaFor.otherRouting);
  if (goesDark(world)) return refuse(noFormulaFor.cityDark);
  if (world.quietPerSecond !== world.peakPerSecond) return refuse(noFormulaFor.dayCurve);
  if (world.peakPerSecond * world.serviceMs > 800 * world.servers) return refuse(noFormulaFor.nearlyFull);
  const { responseMs } = mmc({ arrivalsPerSecond: world.peakPerSecond, serviceMs: world.serviceMs, servers: world.servers });
  return { ...entries, responseMs: { value: responseMs + localMs, formula, source } };
}

const calm = { darkCity: 'none' };
/** Long enough for an outage in Tokyo's evening and what comes after it. */
const untilAfternoon = { hours: 14 };

const quietIsPeak = 'The quiet hour cannot have more demand than the peak: it was set to the same.';

const noFormulaFor = {
  otherRouting: 'The formula is for cities that serve their own customers and nobody else.',
  cityDark: 'A city goes dark; the formula is for a world that stays as it is.',
  dayCurve: 'Demand changes with the hour. With as many at the quiet hour as at the peak there is a formula.',
  nearlyFull: 'So close to full some customers give up, which the formula does not know.',
};

export default defineExperiment({
  id: 'locations',
  title: 'Many cities',
  question: 'Tokyo goes dark at dinner time. Who serves its customers, and who pays for it?',
  kind: 'simulation',
  topics: ['geographic distribution', 'latency', 'failover', 'DNS', 'capacity', 'load balancing'],
  clock: { unit: 's', horizon: ({ hours }) => (hours * hourMs) / 1000, playSeconds: 30 },
  parameters: {
    routing: choice({
      label: 'Customers are sent',
      options: routings,
      default: 'nearest',
      live: true,
      help: 'What the owner of the shop’s name answers when somebody asks where to go.',
    }),
    servers: integer({
      label: 'Servers in each city',
      unit: 'servers',
      min: 1,
      max: 40,
      default: 4,
      scale: 'log',
      help: 'They share one line. At the peak of its day a city keeps arrival rate × service time of them busy.',
    }),
    darkCity: choice({
      label: 'City that goes dark',
      options: darkCities,
      default: 'tokyo',
      help: 'Its kitchen loses power: what is inside is lost, and who still comes is turned away. Its customers are well.',
    }),
    darkFromHour: number({
      label: 'Goes dark at',
      unit: 'h',
      min: 0,
      max: 23,
      step: 0.5,
      default: 7,
      shownWhen: goesDark,
      help: 'Hour in Greenwich, where the run begins at midnight. Seven o’clock there is four in the afternoon in Tokyo.',
    }),
    darkHours: number({ label: 'Stays dark for', unit: 'h', min: 0.5, max: 24, step: 0.5, default: 6, shownWhen: goesDark }),
    timeToLiveSeconds: integer({
      label: 'Time to live of an answer',
      unit: 's',
      min: 0,
      max: 120,
      default: 10,
      help: 'How long a resolver remembers where the name led. In true seconds, not in those of the hurried day.',
    }),
    ignoringPercent: number({
      label: 'Resolvers that never ask again',
      unit: '%',
      min: 0,
      max: 100,
      step: 5,
      default: 0,
      help: 'Some programs look a name up once and keep the answer for as long as they run.',
    }),
    checkSeconds: number({
      label: 'Health check every',
      unit: 's',
      min: 0.5,
      max: 60,
      step: 0.5,
      default: 2,
      scale: 'log',
      help: 'Two failures in a row take a city out of the answers; two successes bring it back.',
    }),
    peakPerSecond: number({
      label: 'Demand at the peak',
      unit: '/s',
      min: 1,
      max: 30,
      step: 0.5,
      default: 8,
      help: 'Requests per second in each city, at seven in its own evening.',
    }),
    quietPerSecond: number({
      label: 'Demand at the quiet hour',
      unit: '/s',
      min: 0,
      max: 30,
      step: 0.5,
      default: 1,
      help: 'At seven in the morning.',
    }),
    serviceMs: number({
      label: 'Service time',
      unit: 'ms',
      min: 20,
      max: 2000,
      step: 10,
      default: 350,
      scale: 'log',
      help: 'Mean, exponentially distributed.',
    }),
    detourFactor: number({
      label: 'Length of the fiber',
      unit: '×',
      min: 1,
      max: 3,
      step: 0.1,
      default: 1.6,
      help: 'How many times as long as the straight way over the globe.',
    }),
    patienceSeconds: number({
      label: 'Customers give up after',
      unit: 's',
      min: 0.5,
      max: 30,
      step: 0.5,
      default: 3,
      scale: 'log',
      help: 'They take their request back.',
    }),
    hours: integer({ label: 'Length of the run', unit: 'h', min: 6, max: 48, default: 24, help: 'Hours of the day; ten seconds each.' }),
  },
  constrain(values) {
    if (values.quietPerSecond <= values.peakPerSecond) return { values, notices: [] };
    return {
      values: { ...values, quietPerSecond: values.peakPerSecond },
      notices: [{ about: 'quietPerSecond', text: quietIsPeak }],
    };
  },
  expectedEvents: (values) => {
    const requestsPerSecond = ((values.quietPerSecond + values.peakPerSecond) / 2) * cities.length;
    const probesPerSecond = cities.length / values.checkSeconds;
    return ((requestsPerSecond * 8 + probesPerSecond) * values.hours * hourMs) / 1000;
  },

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const levels = cities.map(() => charts.newLevel());
    const kitchens = cities.map(({ name }, city) => {
      const kitchen = new Server(system, { name, label: name, concurrency: values.servers });
      kitchen.books.inside.series = levels[city];
      return kitchen;
    });
    const roundTripMs = roundTripTable(cities, cities, localMs, values.detourFactor);
    const books = cities.map(() => new CityBooks(horizonMs));
    const all = new Tally();
    const { fromMs, toMs } = watchedOf(values, horizonMs);
    let lastRefusedMs = fromMs;
    const note = (home: number, fate: Fate, responseMs: number): void => {
      const { nowMs } = simulation;
      const book = books[home];
      charts.end(nowMs, fate, responseMs);
      const isServed = fate === fates.completed;
      if (isServed) {
        all.record(responseMs);
        book.complete(nowMs, responseMs);
      } else if (fate === fates.failed && nowMs <= toMs) lastRefusedMs = nowMs;
      const openedMs = nowMs - responseMs;
      if (openedMs < fromMs || openedMs >= toMs) return;
      book.watched++;
      if (!isServed) book.watchedNotServed++;
    };
    const settled = cities.map((_, home) => settleIn(home, values, system, kitchens, roundTripMs));
    const routers = settled.map(({ router }) => router);
    checkHealth(system, routers, kitchens, values.checkSeconds * 1000);
    const sources = cities.map((city, home) =>
      new Source(system, {
        name: customersIn(city),
        label: `Customers in ${city.name}`,
        arrivals: settled[home].arrivals,
        workMs: exponentialDraw(values.serviceMs),
        clients: resolversPerCity,
        onEnd: (_call, fate, responseMs) => note(home, fate, responseMs),
      }).to(settled[home].clients),
    );
    live('routing', (now) => {
      for (const { reroute } of settled) reroute(now.routing);
    });
    const dark = darkIndex(values);
    if (dark >= 0 && fromMs < horizonMs) {
      const untilMs = fromMs + values.darkHours * hourMs;
      system.intervene([{ atMs: fromMs, untilMs, verb: 'crash', targets: [cities[dark].name] }]);
    }
    simulate();

    const accounts = sumOfAccounts(sources.map((source) => source.accounts()));
    const ended = accounts.opened - accounts.open;
    const sent = routers.reduce((sum, router) => sum + router.sent.reduce((one, more) => one + more, 0), 0);
    const away = routers.reduce((sum, router, home) => sum + awayOf(router.sent, home), 0);
    const wayMs = routers.reduce(
      (sum, router, home) => sum + router.sent.reduce((one, count, to) => one + count * roundTripMs[home][to], 0),
      0,
    );
    const others = books.filter((_, city) => city !== dark);
    return {
      metrics: {
        responseMs: all.mean,
        responseMsP50: all.supportedPercentile(50),
        responseMsP95: all.supportedPercentile(95),
        responseMsP99: all.supportedPercentile(99),
        throughputPerSecond: (all.count * 1000) / horizonMs,
        roundTripMs: sent === 0 ? null : wayMs / sent,
        notServedShare: ended === 0 ? null : (ended - accounts.completed) / ended,
        awayShare: sent === 0 ? null : away / sent,
        hurtCities: books.filter(({ hurt }) => hurt > hurtShare).length,
        worstElsewhere: Math.max(...others.map(({ hurt }) => hurt)),
        tailMs: dark < 0 ? null : lastRefusedMs - fromMs,
        detourMs: dark < 0 ? null : roundTripMs[dark][neighborOf(dark)],
        utilization: utilizationsOf(kitchens).mean,
        peakLoad: (values.peakPerSecond * values.serviceMs) / 1000 / values.servers,
      },
      samples: { responseMs: all.count, responseMsP50: all.count, responseMsP95: all.count, responseMsP99: all.count },
      accounts: { requests: accounts },
      table: tableOf(sources, routers, kitchens),
      charts: {
        inside: charts.levels(Object.fromEntries(cities.map(({ id }, city) => [id, levels[city]]))),
        responses: cityLines(books, horizonMs),
        who: whoServes(routers),
        rates: charts.rates(),
      },
    };
  },
  metrics: {
    responseMs: { ...responseMetrics.responseMs, main: true },
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMsP95: responseMetrics.responseMsP95,
    responseMsP99: { ...responseMetrics.responseMsP99, main: false },
    throughputPerSecond: responseMetrics.throughputPerSecond,
    notServedShare: {
      ...fleetMetrics.notServedShare,
      help: 'Turned away by a dark city, lost inside it, or given up by customers who waited too long.',
    },
    hurtCities: {
      label: 'Cities in which more than one request in twenty was not served',
      short: 'cities hurt',
      unit: '',
      better: 'lower',
      main: true,
      help: 'While a city is dark, or, when none is, over the whole run. A city’s customers count, wherever they were sent.',
    },
    tailMs: {
      label: 'Time until nobody was sent into the dark any more',
      short: 'failover tail',
      unit: 'ms',
      better: 'lower',
      main: true,
      help: 'From the outage to the last customer who was turned away by the dark city.',
    },
    awayShare: {
      label: 'Share of requests sent to another city',
      short: 'sent away',
      unit: '%',
      main: true,
      help: 'Over the whole run.',
    },
    worstElsewhere: {
      label: 'Worst share not served among customers of the other cities',
      short: 'not served elsewhere',
      unit: '%',
      better: 'lower',
      help: 'While a city is dark: how much its neighbors’ own customers suffer.',
    },
    roundTripMs: {
      label: 'Mean round trip of a request',
      short: 'on the way',
      unit: 'ms',
      better: 'lower',
      help: 'Time in the fiber, there and back, by where requests were sent.',
    },
    detourMs: {
      label: 'Round trip from the dark city to the nearest other',
      short: 'detour',
      unit: 'ms',
      better: 'lower',
      help: 'What its customers pay in time on the way when their own city is dark.',
    },
    utilization: {
      ...fleetMetrics.utilization,
      label: 'Mean utilization of the cities',
      help: 'Share of the time that a server of a city is busy.',
    },
    peakLoad: {
      label: 'Load of a city at the peak of its own day',
      short: 'peak load',
      unit: '%',
      help: 'What its own customers need, as a share of what it has. The rest is spare.',
    },
  },
  charts: {
    inside: {
      title: 'Requests in each city',
      caption: 'Waiting or in service at the kitchen of each city, wherever the customers are. Ten seconds are an hour of the day.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'requests', unit: '' },
      series: Object.fromEntries(cities.map(({ id, name }) => [id, { label: name }])),
      followsClock: true,
    },
    responses: {
      title: 'Response time by the customers’ city',
      caption: 'Mean response time of the customers of each city, wherever they were served.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'response time', unit: 'ms' },
      series: Object.fromEntries(cities.map(({ id, name }) => [id, { label: name }])),
      followsClock: true,
    },
    who: {
      title: 'Who absorbs what',
      caption: 'Requests that were sent to each city over the run: from its own customers, and from elsewhere.',
      x: { label: 'city', unit: '' },
      y: { label: 'requests', unit: '' },
      series: { own: { label: 'own customers' }, guests: { label: 'from elsewhere' } },
    },
    rates: {
      ...responseCharts.rates,
      caption: 'Requests that completed, and those that were turned away, lost or given up, per second in all cities.',
    },
  },
  theory: (values) => theory(values),
  sweep: { parameter: 'servers', metric: 'notServedShare', from: 2, to: 12 },
  scene: {
    layout: 'map',
    words: { request: 'order', requests: 'orders' },
    map: worldMap({
      dayMs,
      places: cities.map((city) => ({
        latitude: city.latitude,
        longitude: city.longitude,
        short: city.short,
        ...(city.id === 'tokyo' ? { label: 'right' as const } : {}),
        kitchen: city.name,
        customers: [customersIn(city), clientsIn(city), namesIn(city)],
      })),
    }),
  },
  scenarios: {
    'A day without trouble': { values: calm, note: 'Watch the load go round the world with the evening.' },
    'Tokyo goes dark': { values: {}, note: 'Its customers go to Singapore, which has its own dinner to cook.' },
    'Twice the servers': { values: { servers: 8 }, note: 'The same outage, with room for a neighbor.' },
    'Send them where there is room': {
      values: { routing: 'room' },
      note: 'No more servers than at first; but who finds Singapore full is sent farther.',
    },
    'Answers that live long': {
      values: { servers: 8, timeToLiveSeconds: 40 },
      note: 'Room enough. Look how long people are still sent into the dark.',
    },
    'Some never ask again': {
      values: { servers: 8, ignoringPercent: 20 },
      note: 'One resolver in five keeps its first answer for ever.',
    },
    'Least loaded, wherever it is': {
      values: { ...calm, routing: 'least-loaded' },
      note: 'Nobody waits in line; nearly everybody waits for the fiber.',
    },
    'Small kitchens that lend each other the night': {
      values: { ...calm, routing: 'room', servers: 2 },
      note: 'Two servers cannot serve a city’s evening. All cities together can serve the world’s.',
    },
  },
  claims: {
    'nearest-beats-load': {
      sentence: 'With room everywhere, the nearest city answers at least a fifth sooner, on average, than the least loaded one.',
      a: { values: { ...calm, ...untilAfternoon, servers: 8 } },
      b: { values: { ...calm, ...untilAfternoon, servers: 8, routing: 'least-loaded' } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 1.2,
    },
    'nearest-beats-chance': {
      sentence: 'With room everywhere it also beats chance that favors the near.',
      a: { values: { ...calm, ...untilAfternoon, servers: 8 } },
      b: { values: { ...calm, ...untilAfternoon, servers: 8, routing: 'weighted' } },
      measure: (result) => result.metrics.responseMs.value ?? Number.NaN,
      expect: 'a below b',
    },
    'nearest-until-full': {
      sentence:
        'When the nearest cities are full, sending customers on to one with room loses less than a third of the requests that nearest loses.',
      a: { values: { ...untilAfternoon, routing: 'room' } },
      b: { values: untilAfternoon },
      measure: (result) => result.metrics.notServedShare.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 3,
    },
    'one-becomes-two': {
      sentence: 'Each city has room for its own evening, and one goes dark: two cities are hurt, and one of them was never dark.',
      setups: [{ values: untilAfternoon }],
      always: ({ metrics }) => metrics.hurtCities.value === 2 && (metrics.worstElsewhere.value ?? 0) > hurtShare,
    },
    'room-for-a-neighbor': {
      sentence: 'With twice the servers no other city is hurt.',
      setups: [{ values: { ...untilAfternoon, servers: 8 } }],
      always: ({ metrics }) => (metrics.worstElsewhere.value ?? 1) < hurtShare,
    },
    'tail-is-the-ttl': {
      sentence: 'When answers live 40 seconds and not 5, customers are sent into the dark at least four times as long.',
      a: { values: { ...untilAfternoon, servers: 8, timeToLiveSeconds: 40 } },
      b: { values: { ...untilAfternoon, servers: 8, timeToLiveSeconds: 5 } },
      measure: (result) => result.metrics.tailMs.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 4,
    },
    'tail-has-an-end': {
      sentence: 'The tail never lasts longer than the time to live and two health checks together.',
      setups: [{ values: untilAfternoon }, { values: { ...untilAfternoon, timeToLiveSeconds: 0 } }],
      always: ({ metrics, values }) =>
        (metrics.tailMs.value ?? 0) <= (Number(values.timeToLiveSeconds) + failuresToRemove * Number(values.checkSeconds)) * 1000 + localMs,
    },
    'never-asks-again': {
      sentence: 'Where one resolver in five never asks again, somebody is sent into the dark nearly as long as the outage lasts.',
      setups: [{ values: { ...untilAfternoon, servers: 8, ignoringPercent: 20 } }],
      always: ({ metrics }) => (metrics.tailMs.value ?? 0) > 50_000,
    },
    'far-is-slow': {
      sentence: 'While Tokyo is dark its customers wait longer for their answers, though Singapore has room for them.',
      a: { values: { hours: 10, servers: 8, darkFromHour: 2 } },
      b: { values: { ...calm, hours: 10, servers: 8 } },
      measure: ({ table }) => table?.rows[cities.length - 1].cells[3] ?? Number.NaN,
      expect: 'a above b',
    },
    'lend-the-night': {
      sentence:
        'Two servers cannot carry a city through its evening; sent to the nearest city with room, customers lose less than a tenth of what they lose at home.',
      a: { values: { ...calm, servers: 2, routing: 'room' } },
      b: { values: { ...calm, servers: 2 } },
      measure: (result) => result.metrics.notServedShare.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 10,
    },
    'distance-is-the-price': {
      sentence: 'They pay with time on the way: a request travels at least five times as long.',
      a: { values: { ...calm, servers: 2, routing: 'room', hours: 12 } },
      b: { values: { ...calm, servers: 2, hours: 12 } },
      measure: (result) => result.metrics.roundTripMs.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 5,
    },
  },
  summary: (_say, values, tell) => {
    const sentences = goesDark(values) ? ['met', 'dark', 'came', 'lastTurnedAway'] : ['met', 'nothingDark', 'came'];
    return sentences.map((name) => tell(name, { hour: `${values.darkFromHour}:00` })).join(' ');
  },
  sentences: {
    met: 'Six cities with {servers} servers each; customers were sent {routing}.',
    dark: '{darkCity} was dark for {darkHours} hours from {hour} in Greenwich.',
    nothingDark: 'No city went dark.',
    came:
      'Requests were answered in {responseMs} on average, {roundTripMs} of it on the way; {notServedShare} were not served, ' +
      'and in {hurtCities} cities more than one in twenty was not.',
    lastTurnedAway: 'The last customer was turned away by the dark city {tailMs} after it went dark.',
    quietIsPeak,
    ...noFormulaFor,
    ...Object.fromEntries(cities.map(({ id, short }) => [`short-${id}`, short])),
  },
  leavesOut: [
    'The sun is hurried: an hour of the day takes ten seconds, so that a day can be watched. Distances, service, memory of names and health checks are in true time. An outage of six hours lasts a minute here.',
    'The kitchens keep nothing. Where the data of a customer lies, and how it gets to another city, is the subject of the next pages.',
    'All cities are of one size, with one day: quiet in the morning, full in the evening.',
    'Fiber is as long as the great circle times one factor. Real cables follow coasts and treaties, and a few routes are far worse than others.',
    'A response takes one round trip. A new connection with encryption needs two or three before the first byte of the answer.',
    'A dark city refuses at once. One that does not answer costs its customers their whole patience.',
    'A crowded city goes on passing its health check. Where it does not, its customers go to the next one, which fills up in its turn.',
    'Nobody who was turned away tries again.',
  ],
});
