// One big machine, several small ones, or several of a middle size: what each design costs, how soon it answers, how long it is down.
// A design is dominated when another costs no more, answers as fast and is as seldom down, and is clearly better in one of the three.

import {
  downtimeSeconds,
  erlangC,
  exp,
  exponential,
  fromFailuresAndRepairs,
  kOfN,
  log2,
  parallel,
  periodSeconds,
  power,
  Stream,
  series,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { drawFrontier, type Frontier, frontierSizes, frontierWords } from './definition/frontier';
import { choice, integer, number } from './definition/parameters';
import type { Theory } from './definition/result';

const sizes = { '1': 'size 1', '2': 'size 2', '4': 'size 4', '8': 'size 8', '16': 'size 16', '32': 'size 32', '64': 'size 64' } as const;

interface Workload {
  arrivalsPerSecond: number;
  workMs: number;
  togetherPercent: number;
  serialPercent: number;
  turnFactor: number;
  pairPercent: number;
  boundPercent: number;
  unevenPercent: number;
}
interface Prices {
  priceFactor: number;
  balancerPrice: number;
  mtbfHours: number;
  mttrHours: number;
}
interface Design {
  /** Cores of each machine. */
  size: number;
  machines: number;
}
interface Judged extends Design {
  name: string;
  cost: number;
  responseMs: number;
  p95Ms: number;
  availability: number;
  downMinutes: number;
}

/** Differences that nobody would pay for: a twentieth of the response time, a minute of downtime in a year. */
const asFast = 1.05;
const asSeldomMinutes = 1;

const candidates: Design[] = [
  ...Object.keys(sizes).map((size) => ({ size: Number(size), machines: 1 })),
  ...fleetsOf(1, 20),
  ...fleetsOf(2, 10),
  ...fleetsOf(4, 8),
];

function fleetsOf(size: number, most: number): Design[] {
  return Array.from({ length: most - 1 }, (_, index) => ({ size, machines: index + 2 }));
}

function nameOf({ size, machines }: Design): string {
  return `${machines} × size ${size}`;
}

/** `places` work side by side on one line; `perSecond` arrive there, and each place ends `ratePerSecond`. */
interface Line {
  places: number;
  perSecond: number;
  ratePerSecond: number;
}

function isStable({ places, perSecond, ratePerSecond }: Line): boolean {
  return perSecond < places * ratePerSecond * 0.9999;
}

function meanSeconds({ places, perSecond, ratePerSecond }: Line): number {
  return 1 / ratePerSecond + erlangC(places, perSecond / ratePerSecond) / (places * ratePerSecond - perSecond);
}

/** Share of the requests that take longer than `seconds`: a wait that is exponential or none, and then an exponential service. */
function shareLonger({ places, perSecond, ratePerSecond }: Line, seconds: number): number {
  const waits = erlangC(places, perSecond / ratePerSecond);
  const spare = places * ratePerSecond - perSecond;
  const served = exp(-ratePerSecond * seconds);
  const difference = spare - ratePerSecond;
  const waited =
    Math.abs(difference) < 1e-6 * ratePerSecond
      ? (1 + ratePerSecond * seconds) * served
      : (spare * served - ratePerSecond * exp(-spare * seconds)) / difference;
  return (1 - waits) * served + waits * waited;
}

/** Each line with the share of the requests that stand in it. */
type Lines = { share: number; line: Line }[];

/**
 * Free requests take the first free place of all. Bound ones wait at the machine that has their data, of which the busiest gets more.
 * `together`: all cores of a machine work on one request; otherwise each core has its own.
 */
function linesOf(workload: Workload, { size, machines }: Design, together: boolean): Lines {
  const { arrivalsPerSecond, workMs, togetherPercent, boundPercent, unevenPercent } = workload;
  const share = togetherPercent / 100;
  const alone = together ? 1 - share + share / size : 1;
  const ratePerSecond = 1000 / (workMs * alone * slowdown(workload, { size: together ? 1 : size, machines }));
  const places = together ? 1 : size;
  const bound = machines === 1 ? 0 : boundPercent / 100;
  const busiest = Math.min(1, (1 + unevenPercent / 100) / machines);
  const lineAt = (part: number): Line => ({
    places,
    perSecond: arrivalsPerSecond * (bound * part + (1 - bound) / machines),
    ratePerSecond,
  });
  const free: Lines = [{ share: 1 - bound, line: { places: places * machines, perSecond: arrivalsPerSecond, ratePerSecond } }];
  if (bound === 0) return free;
  const others = (1 - busiest) / (machines - 1);
  return [...free, { share: bound * busiest, line: lineAt(busiest) }, { share: bound * (1 - busiest), line: lineAt(others) }];
}

/** The Universal Scalability Law, where a turn costs more between machines than inside one, and only machines must stay in agreement. */
function slowdown({ serialPercent, turnFactor, pairPercent }: Workload, { size, machines }: Design): number {
  const turns = size - 1 + turnFactor * size * (machines - 1);
  return 1 + (serialPercent / 100) * turns + (pairPercent / 100) * machines * (machines - 1);
}

/** The better of the two ways to use the cores. None: it cannot carry the load. */
function speedOf(workload: Workload, design: Design): { responseMs: number; lines: Lines } | undefined {
  const ways = (design.size === 1 ? [false] : [true, false])
    .map((together) => linesOf(workload, design, together))
    .filter((lines) => lines.every(({ share, line }) => share === 0 || isStable(line)))
    .map((lines) => ({ lines, responseMs: 1000 * lines.reduce((sum, { share, line }) => sum + share * meanSeconds(line), 0) }));
  return ways.sort((a, b) => a.responseMs - b.responseMs)[0];
}

function p95Ms(lines: Lines, meanMs: number): number {
  let low = 0;
  let high = meanMs / 50;
  while (lines.reduce((sum, { share, line }) => sum + share * shareLonger(line, high), 0) > 0.05) high *= 2;
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    const longer = lines.reduce((sum, { share, line }) => sum + share * shareLonger(line, middle), 0);
    if (longer > 0.05) low = middle;
    else high = middle;
  }
  return high * 1000;
}

/** The fewest machines of this size that carry the load. */
function fewest(workload: Workload, design: Design): number {
  for (let machines = 1; machines < design.machines; machines++) {
    if (speedOf(workload, { size: design.size, machines })) return machines;
  }
  return design.machines;
}

/** Probability that a request finds enough machines, the one with its data among them, and the balancer. */
function availabilityOf(workload: Workload, prices: Prices, design: Design): number {
  const one = fromFailuresAndRepairs(prices);
  if (design.machines === 1) return one;
  const needed = fewest(workload, design);
  const bound = workload.boundPercent / 100;
  const free = kOfN({ needed, total: design.machines, availability: one });
  const withData = one * kOfN({ needed: needed - 1, total: design.machines - 1, availability: one });
  return series([parallel([one, one]), (1 - bound) * free + bound * withData]);
}

/** Minutes in one year, by chance, in which fewer than `needed` machines were up. All are up when it begins. */
function yearByChance(seed: number, { mtbfHours, mttrHours }: Prices, machines: number, needed: number): number {
  const year = periodSeconds.year / 3600;
  const changes: { atHours: number; by: number }[] = [];
  for (let machine = 0; machine < machines; machine++) {
    const chance = new Stream(seed, `machine ${machine + 1}`);
    let isUp = true;
    for (let atHours = exponential(chance.next(), mtbfHours); atHours < year; isUp = !isUp) {
      changes.push({ atHours, by: isUp ? -1 : 1 });
      atHours += exponential(chance.next(), isUp ? mttrHours : mtbfHours);
    }
  }
  changes.sort((a, b) => a.atHours - b.atHours);
  let up = machines;
  let downHours = 0;
  changes.forEach(({ atHours, by }, index) => {
    up += by;
    if (up < needed) downHours += (changes[index + 1]?.atHours ?? year) - atHours;
  });
  return downHours * 60;
}

function costOf({ priceFactor, balancerPrice }: Prices, { size, machines }: Design): number {
  return machines * power(priceFactor, log2(size)) + (machines > 1 ? balancerPrice : 0);
}

function judge(workload: Workload, prices: Prices, design: Design): Judged | undefined {
  const speed = speedOf(workload, design);
  if (!speed) return undefined;
  const availability = availabilityOf(workload, prices, design);
  return {
    ...design,
    name: nameOf(design),
    cost: costOf(prices, design),
    responseMs: speed.responseMs,
    p95Ms: p95Ms(speed.lines, speed.responseMs),
    availability,
    downMinutes: downtimeSeconds({ availability, seconds: periodSeconds.year }) / 60,
  };
}

function dominates(a: Judged, b: Judged): boolean {
  const isNoWorse = a.cost <= b.cost && a.p95Ms <= asFast * b.p95Ms && a.downMinutes <= b.downMinutes + asSeldomMinutes;
  return isNoWorse && (a.cost < b.cost || a.p95Ms * asFast < b.p95Ms || a.downMinutes + asSeldomMinutes < b.downMinutes);
}

function cheapest(designs: readonly Judged[]): Judged | undefined {
  return designs.reduce<Judged | undefined>((best, design) => (best && best.cost <= design.cost ? best : design), undefined);
}

function fastest(designs: readonly Judged[]): Judged | undefined {
  return designs.reduce<Judged | undefined>((best, design) => (best && best.p95Ms <= design.p95Ms ? best : design), undefined);
}

/** What the better design has over the reader's. */
function advantage(own: Judged, better: Judged): Frontier['better'] {
  const less = own.downMinutes - better.downMinutes;
  return {
    name: better.name,
    isCheaper: better.cost < own.cost,
    isFaster: better.p95Ms * asFast < own.p95Ms,
    lessDownMinutes: less > asSeldomMinutes ? less : 0,
  };
}

export default defineExperiment({
  id: 'scaling-budget',
  title: 'One big machine or many small ones',
  question: 'Which design does this work deserve, for this money?',
  kind: 'calculation',
  topics: ['vertical scaling', 'horizontal scaling', 'cost', 'availability'],
  parameters: {
    size: choice({ label: 'Your machines', options: sizes, default: '8', help: 'Cores of each machine. Size 1 is the small machine.' }),
    machines: integer({
      label: 'How many',
      unit: 'machines',
      min: 1,
      max: 32,
      default: 1,
      scale: 'log',
      help: 'One: scaling up. More: scaling out.',
    }),
    budget: number({
      label: 'Budget for a month',
      unit: '× small',
      min: 1,
      max: 100,
      step: 0.5,
      default: 12,
      scale: 'log',
      help: 'In prices of a small machine.',
    }),
    targetP95Ms: integer({ label: 'p95 at most', unit: 'ms', min: 20, max: 5000, step: 10, default: 550, scale: 'log' }),
    targetAvailability: choice({
      label: 'Available at least',
      options: { '99': '99 %', '99.9': '99.9 %', '99.95': '99.95 %', '99.99': '99.99 %', '99.999': '99.999 %' },
      default: '99.9',
    }),
    arrivalsPerSecond: number({ label: 'Requests', unit: '/s', min: 0.5, max: 200, step: 0.5, default: 20, scale: 'log' }),
    workMs: integer({ label: 'Work of a request', unit: 'ms', min: 5, max: 1000, default: 150, scale: 'log', help: 'On one core.' }),
    togetherPercent: integer({
      label: 'Parallel share',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      help: 'What the cores of one machine can do of one request together. The rest takes one core.',
    }),
    serialPercent: number({
      label: 'Serial share',
      unit: '%',
      min: 0,
      max: 30,
      step: 0.5,
      default: 0,
      help: 'Work for which all requests take turns, wherever they are: one ledger, one lock. σ of the scalability law.',
    }),
    boundPercent: integer({
      label: 'Stateful share',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      help: 'Requests that must go to the one machine that has their data.',
    }),
    unevenPercent: integer({
      label: 'Extra load of the busiest',
      unit: '%',
      min: 0,
      max: 300,
      default: 0,
      shownWhen: (values: { boundPercent?: number }) => (values.boundPercent ?? 0) > 0,
      help: 'Some data is popular: so much more than its even part goes to the busiest machine.',
    }),
    priceFactor: number({
      label: 'Price of a doubling',
      unit: '×',
      min: 1.5,
      max: 4,
      step: 0.05,
      default: 2.2,
      help: 'A machine of twice the size. 2: as dear as two of half the size.',
    }),
    balancerPrice: number({
      label: 'Price of the balancer',
      unit: '× small',
      min: 0,
      max: 10,
      step: 0.25,
      default: 1,
      help: 'A pair, one of which is enough. Only several machines need it.',
    }),
    turnFactor: number({
      label: 'A turn between machines',
      unit: '×',
      min: 1,
      max: 20,
      step: 0.5,
      default: 5,
      shownWhen: (values: { serialPercent?: number }) => (values.serialPercent ?? 0) > 0,
      help: 'How much longer taking turns lasts over the network than inside one machine.',
    }),
    pairPercent: number({
      label: 'Agreement of each pair',
      unit: '%',
      min: 0,
      max: 2,
      step: 0.05,
      default: 0.05,
      help: 'κ of the scalability law, for each pair of machines.',
    }),
    mtbfHours: integer({
      label: 'A machine fails every',
      unit: 'h',
      min: 100,
      max: 50_000,
      default: 5000,
      scale: 'log',
      help: 'On average. 5,000 h are about seven months.',
    }),
    mttrHours: number({ label: 'and is back after', unit: 'h', min: 0.1, max: 72, step: 0.1, default: 4, scale: 'log' }),
  },

  run(values, { seed }) {
    const target = Number(values.targetAvailability) / 100;
    const own: Design = { size: Number(values.size), machines: values.machines };
    const name = nameOf(own);
    const all = candidates.some((design) => nameOf(design) === name) ? candidates : [...candidates, own];
    const designs = all.map((design) => judge(values, values, design)).filter((design) => design !== undefined);
    const onFrontier = designs.filter((design) => !designs.some((other) => dominates(other, design)));
    const yours = designs.find((design) => design.name === name);
    const better = yours ? designs.filter((design) => dominates(design, yours)) : [];
    const named = cheapest(better.filter((design) => onFrontier.includes(design))) ?? cheapest(better);
    const reaching = designs.filter((design) => design.p95Ms <= values.targetP95Ms && design.availability >= target);
    const affordable = designs.filter((design) => design.cost <= values.budget && design.availability >= target);
    const one = (design: Judged) => design.machines === 1;
    const many = (design: Judged) => design.machines > 1;
    const listed = [...new Set(yours ? [yours, ...onFrontier] : onFrontier)].sort((a, b) => a.cost - b.cost);
    const frontier: Frontier = {
      designs: designs.map((design) => ({
        name: design.name,
        cost: design.cost,
        p95Ms: design.p95Ms,
        isSingle: one(design),
        isAvailable: design.availability >= target,
        isOnFrontier: onFrontier.includes(design),
        isOwn: design === yours,
      })),
      budget: values.budget,
      targetP95Ms: values.targetP95Ms,
      target: `${values.targetAvailability} %`,
      own: { name, carriesLoad: yours !== undefined },
      ...(yours && named ? { better: advantage(yours, named) } : {}),
    };
    return {
      metrics: {
        cost: costOf(values, own),
        responseMsP95: yours?.p95Ms ?? null,
        downMinutes: yours?.downMinutes ?? null,
        betterDesigns: yours ? better.length : null,
        cheapestOne: cheapest(reaching.filter(one))?.cost ?? null,
        cheapestMany: cheapest(reaching.filter(many))?.cost ?? null,
        responseMs: yours?.responseMs ?? null,
        availability: yours?.availability ?? null,
        yearMinutes: yours ? yearByChance(seed, values, own.machines, fewest(values, own)) : null,
        fastestOneMs: fastest(affordable.filter(one))?.p95Ms ?? null,
        fastestManyMs: fastest(affordable.filter(many))?.p95Ms ?? null,
      },
      accounts: {},
      table: {
        caption: 'Designs on the frontier, and yours',
        columns: [
          { key: 'cost', label: 'price, in small machines', unit: '' },
          { key: 'p95', label: 'p95', unit: 'ms' },
          { key: 'down', label: 'minutes down a year', unit: '' },
        ],
        rows: listed.map((design) => ({
          label: design === yours ? `${design.name} (yours)` : design.name,
          cells: [design.cost, design.p95Ms, design.downMinutes],
        })),
      },
      charts: {
        small: {
          type: 'lines',
          x: Array.from({ length: 20 }, (_, index) => index + 1),
          lines: [
            { key: 'many', values: Array.from({ length: 20 }, (_, index) => p95Of(designs, 1, index + 1)) },
            {
              key: 'one',
              values: Array.from({ length: 20 }, (_, index) =>
                fastestBelow(designs.filter(one), costOf(values, { size: 1, machines: index + 1 })),
              ),
            },
          ],
        },
      },
      drawing: frontier,
    };
  },

  metrics: {
    cost: {
      label: 'Price of your design, in small machines',
      short: 'price',
      unit: '',
      better: 'lower',
      main: true,
      help: 'A month, with the balancer where there is one.',
    },
    responseMsP95: { label: '95th percentile of the response time', short: 'p95', unit: 'ms', better: 'lower', main: true },
    downMinutes: {
      label: 'Downtime in a year, minutes',
      short: 'min down a year',
      unit: '',
      better: 'lower',
      main: true,
      help: 'Time in which too few machines are up to carry the load, or the one with the data is missing.',
    },
    betterDesigns: {
      label: 'Designs that beat yours',
      short: 'better designs',
      unit: '',
      better: 'lower',
      main: true,
      help: 'They cost no more, answer as fast (within 5 %), are down as seldom (within a minute a year), and are better in one of these. 0: yours is on the frontier.',
    },
    cheapestOne: {
      label: 'Cheapest single machine that meets both targets, in small machines',
      short: 'cheapest single',
      unit: '',
      better: 'lower',
      main: true,
      help: 'None: no single machine meets them.',
    },
    cheapestMany: {
      label: 'Cheapest fleet that meets both targets, in small machines',
      short: 'cheapest fleet',
      unit: '',
      better: 'lower',
      main: true,
      help: 'None: no fleet meets them.',
    },
    responseMs: { label: 'Mean response time', short: 'mean', unit: 'ms', better: 'lower' },
    availability: { label: 'Availability', short: 'available', unit: '%', better: 'higher' },
    yearMinutes: {
      label: 'Downtime of one year by chance, minutes',
      short: 'one year',
      unit: '',
      better: 'lower',
      help: 'Failures drawn by the seed: years differ. Only the number of machines that are up counts here.',
    },
    fastestOneMs: {
      label: 'Lowest p95 of a single machine within budget and availability target',
      short: 'best single p95',
      unit: 'ms',
      better: 'lower',
    },
    fastestManyMs: {
      label: 'Lowest p95 of a fleet within budget and availability target',
      short: 'best fleet p95',
      unit: 'ms',
      better: 'lower',
    },
  },
  charts: {
    small: {
      title: 'The same money, spent both ways',
      caption:
        'The 95th percentile of the response time of small machines, by their number, and of the fastest single machine for the same money. No point: nothing for this money carries the load.',
      x: { label: 'small machines that the money buys', unit: '' },
      y: { label: 'p95', unit: 'ms' },
      series: { many: { label: 'small machines' }, one: { label: 'one machine for the same money' } },
    },
  },
  theory(values) {
    const theory: Record<string, Theory> = {};
    const source = 'Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications (2002)';
    if (values.machines === 1) theory.availability = { value: fromFailuresAndRepairs(values), formula: 'A = MTBF / (MTBF + MTTR)', source };
    return theory;
  },
  scene: { layout: 'own', ...frontierSizes.wide, narrow: frontierSizes.narrow, draw: drawFrontier },
  sweep: { parameter: 'arrivalsPerSecond', metric: 'responseMsP95' },
  scenarios: {
    'One of size 8': { values: {}, note: 'Fast, and down for hours in a year. Read the verdict below the picture.' },
    'Four, all needed': { values: { size: '1', machines: 4 }, note: 'They carry the load only together. Look at the minutes down.' },
    'Five of size 1': { values: { size: '1', machines: 5 }, note: 'One more than needed.' },
    'Take turns': { values: { serialPercent: 10 }, note: 'A tenth of the work is one at a time. Look for the squares.' },
    'Data has a home': {
      values: { size: '1', machines: 8, boundPercent: 50, unevenPercent: 100 },
      note: 'Half of the requests must go to one certain machine, and the busiest gets twice its part.',
    },
    'Work that divides': { values: { togetherPercent: 90 }, note: 'All cores of a machine share one request. Who can be fast now?' },
    'Four nines': { values: { targetAvailability: '99.99' }, note: 'Which circles are still filled?' },
  },
  claims: {
    'small-beat-big': {
      sentence:
        'For work that any machine can do, one machine of size 8 is dominated: some fleet costs less, answers as fast and is down less.',
      always: (result) => (result.metrics.betterDesigns.value ?? 0) > 0,
    },
    'fleet-is-cheaper': {
      sentence:
        'With the defaults the cheapest fleet that meets both targets costs less than three quarters of the cheapest single machine that does.',
      always: ({ metrics }) => (metrics.cheapestMany.value ?? Infinity) < 0.75 * (metrics.cheapestOne.value ?? 0),
    },
    'turns-suit-big': {
      sentence: 'When a tenth of the work is serial, no fleet of any size here carries the load, and a single machine of size 8 does.',
      setups: [{ values: { serialPercent: 10, targetAvailability: '99', targetP95Ms: 5000 } }],
      always: ({ metrics }) => metrics.cheapestMany.value === null && metrics.responseMsP95.value !== null,
    },
    'four-nines-need-many': {
      sentence: 'A target of 99.99 % rules out every single machine, whatever its size, and some fleet reaches it.',
      setups: [{ values: { targetAvailability: '99.99', targetP95Ms: 5000 } }],
      always: ({ metrics }) => metrics.cheapestOne.value === null && metrics.cheapestMany.value !== null,
    },
    'all-needed-is-worse': {
      sentence: 'Four small machines that are all needed are down more than three times as long as one of size 4.',
      a: { values: { size: '1', machines: 4 } },
      b: { values: { size: '4', machines: 1 } },
      measure: (result) => result.metrics.downMinutes.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 3,
    },
    'one-spare-helps': {
      sentence: 'A fifth small machine cuts the downtime of four to less than a hundredth.',
      a: { values: { size: '1', machines: 5 } },
      b: { values: { size: '1', machines: 4 } },
      measure: (result) => result.metrics.downMinutes.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 100,
    },
    'uneven-suits-big': {
      sentence:
        'When half of the requests are bound to a machine and the busiest gets twice its part, the p95 of eight small machines is longer by more than a third than that of one of size 8.',
      a: { values: { size: '1', machines: 8, boundPercent: 50, unevenPercent: 100 } },
      b: { values: { size: '8', machines: 1, boundPercent: 50, unevenPercent: 100 } },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 4 / 3,
    },
    'divisible-suits-big': {
      sentence:
        'When the cores of a machine can share nine tenths of a request, the p95 of one machine of size 8 is less than two thirds of that of eight small ones.',
      a: { values: { size: '8', machines: 1, togetherPercent: 90 } },
      b: { values: { size: '1', machines: 8, togetherPercent: 90 } },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 1.5,
    },
  },
  summary:
    '{arrivalsPerSecond} requests per second, each {workMs} ms of work on one core. {machines} × {size} costs as much as {cost} small machines; ' +
    'its 95th percentile of the response time is {responseMsP95}, and it is down for {downMinutes} minutes a year. Designs that beat it: {betterDesigns}. ' +
    'To meet both targets, the cheapest single machine costs {cheapestOne} and the cheapest fleet {cheapestMany}.',
  sentences: frontierWords,
  leavesOut: [
    'Prices follow one curve. Real prices have steps, discounts for the long term, and costs of people, licenses and space.',
    'Machines fail independently, by chance, and are mended at once by somebody. A bad update or a power cut takes many at a time.',
    'Downtime counts only time in which the load cannot be carried at all. With one machine missing a fleet is slower too, which is not in p95.',
    'Data has one copy. With replicas a stateful request would survive the loss of its machine, and writes would cost more.',
    'Bound requests are computed as if only their own machine could serve all its work, and free ones as if every core were free to them: near, not exact.',
    'Requests come by chance at a steady rate, and their work is exponential. Demand that changes through the day is the next page.',
  ],
});

function p95Of(designs: readonly Judged[], size: number, machines: number): number | null {
  return designs.find((design) => design.size === size && design.machines === machines)?.p95Ms ?? null;
}

function fastestBelow(designs: readonly Judged[], cost: number): number | null {
  return fastest(designs.filter((design) => design.cost <= cost))?.p95Ms ?? null;
}
