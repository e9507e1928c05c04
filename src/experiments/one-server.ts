// One cook, one line of orders. The smallest system that can be too busy, and the one that all others grow from.

import {
  constantArrivals,
  type Draw,
  deterministic,
  exponential,
  hyperexponential2,
  mg1,
  mm1,
  mmck,
  poissonArrivals,
  Server,
  Source,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { distribution, measureResponses, promisedResponseTime, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number, toggle } from './definition/parameters';
import type { LineData, Theory } from './definition/result';

/** Squared coefficient of variation (variance / mean²) of the service time for each choice. */
const squaredVariation = { fixed: 0, typical: 1, wild: 8 } as const;
type Variability = keyof typeof squaredVariation;

function serviceDraw(serviceMs: number, variability: Variability): Draw {
  if (variability === 'fixed') return (u) => deterministic(u, serviceMs);
  if (variability === 'typical') return (u) => exponential(u, serviceMs);
  return (u) => hyperexponential2(u, serviceMs, squaredVariation.wild);
}

interface QueueValues {
  arrivalsPerSecond: number;
  serviceMs: number;
  variability: Variability;
  arrivals: 'random' | 'even';
  limited: boolean;
  queueCapacity: number;
}

function capacityOf({ limited, queueCapacity }: Pick<QueueValues, 'limited' | 'queueCapacity'>): number {
  return limited ? queueCapacity : Infinity;
}

const pollaczek = 'Pollaczek 1930 and Khinchine 1932; Kleinrock, Queueing Systems I (1975), section 5.6';
const birthDeath = 'Kleinrock, Queueing Systems I (1975), sections 3.2 and 3.5';

const noFormulaFor = {
  evenArrivals: 'The formulas shown here assume customers who arrive independently of each other (Poisson).',
  limitedLine: 'With a limited line the formula shown here needs exponential service times (M/M/1/K).',
  overload: 'Orders come at least as fast as they can be served: the line grows for ever and has no mean.',
};

/** Why there is no formula for these values, or nothing when there is. */
function noFormula(values: QueueValues): string | undefined {
  if (values.arrivals === 'even') return noFormulaFor.evenArrivals;
  if (values.limited) {
    return values.variability === 'typical' ? undefined : noFormulaFor.limitedLine;
  }
  const load = (values.arrivalsPerSecond * values.serviceMs) / 1000;
  return load < 1 ? undefined : noFormulaFor.overload;
}

function theory(values: QueueValues): Record<string, Theory> {
  const reason = noFormula(values);
  const entry = (value: number | null, formula: string, source: string): Theory => ({
    value,
    formula,
    source,
    ...(reason ? { reason } : {}),
  });
  const { arrivalsPerSecond, serviceMs } = values;
  if (reason) {
    const none = entry(null, 'W = λ·E[S²] / (2·(1 − ρ)) + E[S]', pollaczek);
    return { responseMs: none, waitMs: none, utilization: none };
  }
  if (values.limited) {
    const formulas = mmck({ arrivalsPerSecond, serviceMs, servers: 1, capacity: values.queueCapacity + 1 });
    return {
      responseMs: entry(formulas.responseMs, 'M/M/1/K: W = L / (λ·(1 − p_K))', birthDeath),
      waitMs: entry(formulas.waitMs, 'M/M/1/K: Wq = Lq / (λ·(1 − p_K))', birthDeath),
      rejectedShare: entry(formulas.blockingProbability, 'p_K = (1 − ρ)·ρᴷ / (1 − ρᴷ⁺¹)', birthDeath),
      utilization: entry((formulas.throughputPerSecond * serviceMs) / 1000, 'ρ·(1 − p_K)', birthDeath),
    };
  }
  const general = mg1({ arrivalsPerSecond, serviceMs, squaredVariation: squaredVariation[values.variability] });
  const formulas: Record<string, Theory> = {
    responseMs: entry(general.responseMs, 'W = λ·E[S²] / (2·(1 − ρ)) + E[S]', pollaczek),
    waitMs: entry(general.waitMs, 'Wq = λ·E[S²] / (2·(1 − ρ))', pollaczek),
    utilization: entry(general.utilization, 'ρ = λ·E[S]', birthDeath),
  };
  if (values.variability === 'typical') {
    const exact = mm1({ arrivalsPerSecond, serviceMs });
    for (const [id, share] of [
      ['responseMsP50', 0.5],
      ['responseMsP95', 0.95],
      ['responseMsP99', 0.99],
    ] as const) {
      formulas[id] = entry(exact.responseMsAt(share), 't = −ln(1 − p) / (μ − λ)', birthDeath);
    }
  }
  return formulas;
}

/** Mean wait by the formula at each utilization up to 97 %, with this run's own point among them. */
function waitCurve(values: QueueValues, utilization: number, waitMs: number): LineData {
  const loads = Array.from({ length: 97 }, (_, index) => (index + 1) / 100);
  const curve = loads.map(
    (load) =>
      mg1({
        arrivalsPerSecond: (load * 1000) / values.serviceMs,
        serviceMs: values.serviceMs,
        squaredVariation: squaredVariation[values.variability],
      }).waitMs,
  );
  const x = [...loads, utilization].sort((a, b) => a - b);
  const own = x.indexOf(utilization);
  return {
    type: 'lines',
    x,
    lines: [
      { key: 'formula', values: x.map((_, index) => (index < own ? curve[index] : index === own ? null : curve[index - 1])) },
      { key: 'run', values: x.map((_, index) => (index === own && !Number.isNaN(waitMs) ? waitMs : null)) },
    ],
  };
}

export default defineExperiment({
  id: 'one-server',
  title: 'One server',
  question: 'How busy can one cook be before the line gets out of hand?',
  kind: 'simulation',
  topics: ['queues', 'utilization', 'response time'],
  clock: secondsClock,
  parameters: {
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 0.5,
      max: 20,
      step: 0.1,
      default: 8,
      live: true,
      help: 'Orders per second, on average. They come by chance, whether or not the cook is free.',
    }),
    serviceMs: number({
      label: 'Service time',
      unit: 'ms',
      min: 10,
      max: 1000,
      step: 5,
      default: 100,
      scale: 'log',
      live: true,
      help: 'What one order takes, on average.',
    }),
    variability: choice({
      label: 'Variability of service',
      options: { fixed: 'always the same', typical: 'exponential', wild: 'a few very long' },
      default: 'typical',
      live: true,
      help: 'Fixed: every order takes the mean. Exponential: many short, some long. The last: mostly short, a few very long, with the same mean.',
    }),
    arrivals: choice({
      label: 'Arrivals',
      options: { random: 'by chance (Poisson)', even: 'evenly spaced' },
      default: 'random',
      help: 'By chance is how independent customers come. Evenly spaced is a conveyor belt.',
    }),
    limited: toggle({ label: 'Limit the line', default: false, live: true, help: 'Turn away who finds the line full.' }),
    queueCapacity: integer({
      label: 'Queue capacity',
      unit: 'requests',
      min: 0,
      max: 200,
      default: 10,
      live: true,
      help: 'How many may wait, besides the one in service.',
      shownWhen: (values: { limited?: boolean }) => values.limited === true,
    }),
    promiseMs: promisedResponseTime(),
    seconds: lengthOfRun({ min: 30, max: 3600, default: 180 }),
  },
  expectedEvents: (values) => values.arrivalsPerSecond * values.seconds * 2,

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const cook = new Server(system, {
      name: 'server',
      label: 'Server (the cook)',
      queueCapacity: capacityOf(values),
    });
    const stream = simulation.random.stream('arrivals');
    const customers = new Source(system, {
      arrivals: values.arrivals === 'even' ? constantArrivals(values.arrivalsPerSecond) : poissonArrivals(values.arrivalsPerSecond, stream),
      workMs: serviceDraw(values.serviceMs, values.variability),
      goodWithinMs: values.promiseMs,
      onEnd: (_call, fate, responseMs) => charts.end(simulation.nowMs, fate, responseMs),
    }).to(cook);
    const inside = charts.newLevel();
    cook.books.inside.series = inside;
    live('arrivalsPerSecond', (now) => customers.setRate(now.arrivalsPerSecond));
    live('serviceMs', (now) => customers.setWork(serviceDraw(now.serviceMs, now.variability)));
    live('variability', (now) => customers.setWork(serviceDraw(now.serviceMs, now.variability)));
    live('limited', (now) => cook.setQueueCapacity(capacityOf(now)));
    live('queueCapacity', (now) => cook.setQueueCapacity(capacityOf(now)));
    simulate();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const utilization = cook.utilization();
    const waitMs = cook.waitedMs / cook.started;
    return {
      metrics: {
        ...metrics,
        waitMs,
        utilization,
        meanInSystem: cook.books.inside.mean(horizonMs),
        longestLine: cook.longestLine,
        rejectedShare: accounts.opened === 0 ? null : accounts.rejected / accounts.opened,
      },
      samples: { ...samples, waitMs: cook.started },
      accounts: { requests: accounts, server: cook.accounts() },
      charts: {
        line: charts.levels({ inside }),
        responses: charts.responses(),
        distribution: distribution(customers.response),
        waitCurve: waitCurve(values, utilization, waitMs),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    waitMs: {
      label: 'Mean waiting time',
      short: 'mean wait',
      unit: 'ms',
      better: 'lower',
      main: true,
      help: 'From arrival to the start of service.',
    },
    utilization: { label: 'Utilization', short: 'utilization', unit: '%', main: true, help: 'Share of the time that the server is busy.' },
    meanInSystem: {
      label: 'Mean number in the system',
      short: 'in system',
      unit: 'requests',
      better: 'lower',
      help: 'Waiting and in service, over time.',
    },
    longestLine: { label: 'Longest line', short: 'longest line', unit: 'requests', better: 'lower' },
    rejectedShare: {
      label: 'Share of requests rejected',
      short: 'rejected',
      unit: '%',
      better: 'lower',
      help: 'They found the line full, or the server down.',
    },
  },
  charts: {
    line: {
      title: 'Orders in the shop',
      caption: 'How many requests were waiting or in service, averaged over each stretch of the run.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'requests', unit: '' },
      series: { inside: { label: 'waiting and in service' } },
      followsClock: true,
    },
    responses: responseCharts.responses,
    distribution: responseCharts.distribution,
    waitCurve: {
      title: 'Waiting against utilization',
      caption:
        'The formula’s mean wait for an unlimited line at every utilization, for this service time, and the point where this run came out.',
      x: { label: 'utilization', unit: '%' },
      y: { label: 'mean wait', unit: 'ms' },
      series: { formula: { label: 'formula (M/G/1)', theory: true }, run: { label: 'this run' } },
    },
  },
  theory: (values) => theory(values),
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  sweep: { parameter: 'arrivalsPerSecond', metric: 'waitMs', from: 1, to: 9.5 },
  scenarios: {
    'Slow Tuesday': { values: { arrivalsPerSecond: 5 }, note: 'Half busy: hardly anybody waits.' },
    'Opening night': { values: { arrivalsPerSecond: 8 }, note: 'Four fifths busy: lines come and go.' },
    'Friday rush': { values: { arrivalsPerSecond: 9.5, seconds: 600 }, note: 'Nineteen twentieths busy: the line hardly ever empties.' },
    'Too many orders': { values: { arrivalsPerSecond: 11 }, note: 'More orders than the cook can serve: the line only grows.' },
    'A conveyor belt': {
      values: { arrivals: 'even', variability: 'fixed', arrivalsPerSecond: 9.5 },
      note: 'No chance anywhere: nobody waits, at the same load.',
    },
    'Oven out for ten seconds': {
      interventions: [{ atMs: 60_000, untilMs: 70_000, verb: 'slow', targets: ['server'], arguments: { factor: 0.1 } }],
      note: 'Ten slow seconds, and then see how long it takes until the line is gone.',
    },
  },
  claims: {
    'waiting-explodes': {
      sentence: 'Going from 80 % to 95 % busy multiplies the mean wait more than twice.',
      a: { values: { arrivalsPerSecond: 9.5, seconds: 3600 } },
      b: { values: { arrivalsPerSecond: 8, seconds: 3600 } },
      measure: (result) => result.metrics.waitMs.value ?? 0,
      expect: 'a above b',
      byFactor: 2,
    },
    'half-busy-is-calm': {
      sentence: 'A server that is half busy makes an order wait less, on average, than the order’s own service takes twice over.',
      setups: [{ values: { arrivalsPerSecond: 5, seconds: 600 } }],
      always: (result) => (result.metrics.waitMs.value ?? 0) < 200,
    },
    'variability-costs': {
      sentence: 'With the same mean, a few very long orders make everybody wait longer than exponential ones do.',
      a: { values: { variability: 'wild', seconds: 1800 } },
      b: { values: { variability: 'typical', seconds: 1800 } },
      measure: (result) => result.metrics.waitMs.value ?? 0,
      expect: 'a above b',
    },
    'fixed-halves': {
      sentence: 'Service that never varies makes orders wait less than exponential service of the same mean.',
      a: { values: { variability: 'fixed', seconds: 1800 } },
      b: { values: { variability: 'typical', seconds: 1800 } },
      measure: (result) => result.metrics.waitMs.value ?? 0,
      expect: 'a below b',
    },
    'no-chance-no-wait': {
      sentence: 'Where nothing varies, nobody waits, even at 95 % busy.',
      setups: [{ values: { arrivals: 'even', variability: 'fixed', arrivalsPerSecond: 9.5 } }],
      always: (result) => (result.metrics.waitMs.value ?? 1) < 1e-6,
    },
    'limit-trades': {
      sentence: 'At 110 % load, a line of ten keeps the 95th percentile below a third of what an endless line makes of it.',
      a: { values: { arrivalsPerSecond: 11, limited: true, queueCapacity: 10, seconds: 600 } },
      b: { values: { arrivalsPerSecond: 11, limited: false, seconds: 600 } },
      measure: (result) => result.metrics.responseMsP95.value ?? 0,
      expect: 'a below b',
      byFactor: 3,
    },
    'limit-rejects': {
      sentence: 'The price is that the line of ten turns more than one order in twenty away.',
      setups: [{ values: { arrivalsPerSecond: 11, limited: true, queueCapacity: 10, seconds: 600 } }],
      always: (result) => (result.metrics.rejectedShare.value ?? 0) > 0.05,
    },
    'overload-never-ends': {
      sentence: 'Above 100 % load the line is longer at the end of a long run than at the end of a short one.',
      a: { values: { arrivalsPerSecond: 11, seconds: 600 } },
      b: { values: { arrivalsPerSecond: 11, seconds: 180 } },
      measure: (result) => result.accounts.requests.open,
      expect: 'a above b',
    },
  },
  summary:
    'Orders arrived at {arrivalsPerSecond} per second and took {serviceMs} ms each on average. The server was busy {utilization} of the time. ' +
    'An order waited {waitMs} on average; half were answered within {responseMsP50}, 95 of 100 within {responseMsP95}. ' +
    'At most {longestLine} waited at once.',
  sentences: noFormulaFor,
  leavesOut: [
    'Customers never give up: nobody leaves a line because it is long (see retries and timeouts later in the course).',
    'Orders come independently of each other. Real traffic comes in bursts, which makes the tail worse.',
    'The cook never tires, never pauses, and works at the same speed whether the line is long or short.',
    'The rate stays the same for the whole run; a real evening has a peak.',
  ],
});
