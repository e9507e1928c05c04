// A balancer does not see a crash: it asks. How often it asks, how long it waits for an answer and how many bad answers it needs decide
// how long a dead server gets requests, and how often a healthy one is taken for dead.

import {
  Balancer,
  checksToFalseAlarm,
  detectionMs,
  exp,
  exponential,
  FaultyPart,
  HealthCheck,
  haproxyRoundRobin,
  type LevelSeries,
  OutlierEjection,
  type Part,
  type Probed,
  phases,
  poissonArrivals,
  roundRobinSplit,
  Server,
  Source,
  type System,
  slowStart,
  Tally,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { fleetCharts, fleetTable, fullestAndMean, notServed } from './definition/fleet';
import { lengthOfRun, secondsClock } from './definition/lengthOfRun';
import { measureResponses, type ResponseCharts, responseCharts, responseMetrics } from './definition/measures';
import { choice, integer, number, toggle } from './definition/parameters';
import type { LineData, Result, Theory } from './definition/result';

const failures = {
  none: 'nothing',
  crash: 'it crashes: refuses everything',
  hang: 'it hangs: takes everything, answers nothing',
  slow: 'it works at a fraction of its speed',
  errors: 'it answers a share of requests with errors',
} as const;
type Failure = keyof typeof failures;

/** The server that fails, and when: at a moment drawn from this stretch, so that it falls anywhere between two probes. */
const failing = 1;
const failsFromMs = 20_000;
const failsWithinMs = 10_000;
/** For so long after a server's return we look at responses apart. */
const afterReturnMs = 30_000;
/** Mean work of a request, and what its answer is promised within. */
const serviceMs = 100;
const promiseMs = 1000;
/** A server that has restarted begins at this share of its speed. */
const coldFactor = 0.2;

interface Fleet {
  servers: number;
  failure: Failure;
  probe: string;
  intervalMs: number;
  timeoutMs: number;
  failuresToRemove: number;
  activeCheck: boolean;
  passiveCheck: boolean;
}

/** Who is in rotation, who is well, and what the difference means. Asked after every verdict and every reply, since rotation has no bell. */
class Watch {
  isBroken = false;
  failedMs = Number.NaN;
  repairedMs = Number.NaN;
  detectedMs = Number.NaN;
  returnedMs = Number.NaN;
  falseAlarms = 0;
  fewest: number;
  healthyOutMs = 0;
  readonly inRotation: LevelSeries;
  readonly healthy: LevelSeries;
  readonly afterReturn = new Tally();
  private readonly known: Uint8Array;
  private sinceMs = 0;
  private healthyOut = 0;

  constructor(
    private readonly system: System,
    private readonly balancer: Balancer,
    private readonly servers: readonly Server[],
    charts: ResponseCharts,
  ) {
    this.known = new Uint8Array(servers.length).fill(1);
    this.fewest = servers.length;
    this.inRotation = charts.newLevel();
    this.healthy = charts.newLevel();
    this.look();
  }

  isHealthy(index: number): boolean {
    const { isUp, isPaused, slowness } = this.servers[index].condition;
    return isUp && !isPaused && slowness === 1 && !(this.isBroken && index === failing);
  }

  look(): void {
    const { nowMs } = this.system.simulation;
    this.healthyOutMs += this.healthyOut * (nowMs - this.sinceMs);
    this.sinceMs = nowMs;
    let inCount = 0;
    let healthyCount = 0;
    this.healthyOut = 0;
    for (let index = 0; index < this.servers.length; index++) {
      const isIn = this.balancer.rotation.inRotation[index];
      const isHealthy = this.isHealthy(index);
      inCount += isIn;
      if (isHealthy) healthyCount++;
      if (isHealthy && !isIn) this.healthyOut++;
      if (isIn !== this.known[index]) this.turned(index, isIn === 1, isHealthy, nowMs);
      this.known[index] = isIn;
    }
    this.fewest = Math.min(this.fewest, inCount);
    this.inRotation.set(nowMs, inCount);
    this.healthy.set(nowMs, healthyCount);
  }

  private turned(index: number, isIn: boolean, isHealthy: boolean, nowMs: number): void {
    if (!isIn && isHealthy) this.falseAlarms++;
    if (index !== failing) return;
    if (!isIn && this.isBroken && Number.isNaN(this.detectedMs)) this.detectedMs = nowMs;
    if (isIn && nowMs >= this.repairedMs && Number.isNaN(this.returnedMs)) this.returnedMs = nowMs;
  }
}

interface Trouble {
  failure: Failure;
  slowPercent: number;
  errorPercent: number;
  repairAfterSeconds: number;
}

/** Lets the one server fail and be repaired. */
function planFailure(system: System, watch: Watch, { failure, slowPercent, errorPercent, repairAfterSeconds }: Trouble): void {
  const { simulation } = system;
  const failMs = failsFromMs + simulation.random.stream('moment of the failure').next() * failsWithinMs;
  if (failure === 'none') return;
  const server = `servers/${failing + 1}`;
  const acts: Record<Exclude<Failure, 'none'>, [string, string, Record<string, number>]> = {
    crash: [server, 'crash', {}],
    hang: [server, 'pause', {}],
    slow: [server, 'slow', { factor: slowPercent / 100 }],
    errors: [pagesOf(failing), 'fail', { share: errorPercent / 100 }],
  };
  const [target, verb, given] = acts[failure];
  simulation.at(
    failMs,
    () => {
      watch.isBroken = true;
      watch.failedMs = failMs;
      system.act(target, verb, given);
      watch.look();
    },
    phases.intervention,
  );
  const repairMs = failMs + repairAfterSeconds * 1000;
  simulation.at(
    repairMs,
    () => {
      watch.isBroken = false;
      watch.repairedMs = repairMs;
      system.act(target, failure === 'errors' ? 'end fail' : 'restore');
      watch.look();
    },
    phases.intervention,
  );
}

const pagesOf = (index: number) => `pages/${index + 1}`;

/** A probe takes the same wire as requests, and goes past the pages that fail. */
function besidePages(server: Server, pages: FaultyPart): Probed & Part {
  return {
    id: pages.id,
    name: server.name,
    get isUp() {
      return server.isUp;
    },
    get slowness() {
      return server.slowness;
    },
    accept: (call) => server.accept(call),
    cancel: (call) => server.cancel(call),
  };
}

function theory(values: Fleet & { arrivalsPerSecond: number; probeMs: number }, horizonMs: number): Record<string, Theory> {
  const late = probeTheory(values);
  return { detectionSeconds: detectionTheory(values), falseProbeShare: late, falseAlarms: alarmTheory(values, late, horizonMs) };
}

/** As if each probe were late by itself. It is not, and the difference is worth seeing. */
function alarmTheory({ servers, intervalMs, failuresToRemove }: Fleet, late: Theory, horizonMs: number): Theory {
  const formula = 'probes ÷ ((p^−k − 1) / (1 − p)), as if each probe were late by itself';
  const source = 'Feller, An Introduction to Probability Theory I (1968), section XIII.7';
  if (late.value === null) return { value: null, formula, source, reason: late.reason };
  const checks = checksToFalseAlarm({ failureProbability: late.value, threshold: failuresToRemove });
  return { value: (servers * horizonMs) / intervalMs / checks, formula, source };
}

const noFormulaFor = {
  noProbes: 'There are no probes.',
  passiveToo: 'The formula is for probes alone; outlier ejection may be sooner.',
  failsSome: 'The formula is for a server that fails every probe.',
  neverLate: 'A probe that does not wait never comes too late.',
  somebodyFails: 'The formula is for a fleet in which nobody fails.',
  overload: 'More comes than the servers can do: the lines grow for ever.',
};

function detectionTheory(values: Fleet): Theory {
  const { failure, intervalMs, failuresToRemove, timeoutMs } = values;
  const formula = failure === 'hang' ? 'mean: (failures − ½) × interval + timeout' : 'mean: (failures − ½) × interval';
  const source = 'a failure as likely at any moment between two probes';
  const reason = !values.activeCheck
    ? noFormulaFor.noProbes
    : values.passiveCheck
      ? noFormulaFor.passiveToo
      : failure !== 'crash' && failure !== 'hang'
        ? noFormulaFor.failsSome
        : undefined;
  if (reason) return { value: null, formula, source, reason };
  const plan = { intervalMs, threshold: failuresToRemove, timeoutMs: failure === 'hang' ? timeoutMs : 0 };
  return { value: detectionMs(plan).mean / 1000, formula, source };
}

function probeTheory(values: Fleet & { arrivalsPerSecond: number; probeMs: number }): Theory {
  const { servers, arrivalsPerSecond, timeoutMs, probeMs } = values;
  const formula = 'G/M/1 with Erlang-n gaps: P(wait > t) = ρ e^(−(1 − σ)μt)';
  const source =
    'Kleinrock, Queueing Systems I (1975), section 6.4; ρ in place of σ, since a probe comes at any moment; while all are in rotation';
  const load = (arrivalsPerSecond * serviceMs) / 1000 / servers;
  const reason = !values.activeCheck
    ? noFormulaFor.noProbes
    : values.probe !== 'line'
      ? noFormulaFor.neverLate
      : values.failure !== 'none'
        ? noFormulaFor.somebodyFails
        : load >= 1
          ? noFormulaFor.overload
          : undefined;
  if (reason) return { value: null, formula, source, reason };
  const { sigma } = roundRobinSplit({ servers, arrivalsPerSecond, serviceMs });
  const share = load * exp((-(1 - sigma) * Math.max(0, timeoutMs - probeMs)) / serviceMs);
  return { value: share, formula, source };
}

const mostFailures = 10;

/** The window for every number of failures, and what this run measured for its own. */
function windowChart({ failure, intervalMs, timeoutMs, failuresToRemove }: Fleet, measuredSeconds: number): LineData {
  const x = Array.from({ length: mostFailures }, (_, index) => index + 1);
  const windows = x.map((threshold) => detectionMs({ intervalMs, threshold, timeoutMs: failure === 'hang' ? timeoutMs : 0 }));
  const measured = Number.isNaN(measuredSeconds) ? null : measuredSeconds;
  return {
    type: 'lines',
    x,
    lines: [
      { key: 'soonest', values: windows.map(({ soonest }) => soonest / 1000) },
      { key: 'latest', values: windows.map(({ latest }) => latest / 1000) },
      { key: 'measured', values: x.map((threshold) => (threshold === failuresToRemove ? measured : null)) },
    ],
  };
}

/** Settings that scenarios and claims share. */
const quick = { intervalMs: 1000, timeoutMs: 1000 };
const hang = { values: { failure: 'hang', arrivalsPerSecond: 8, seconds: 60 } };
const busy = { failure: 'none', arrivalsPerSecond: 32 };
const eager = { ...busy, intervalMs: 1000, timeoutMs: 500, failuresToRemove: 1 };
const gray = { failure: 'errors' };
const cold = { coldSeconds: 30, intervalMs: 1000, timeoutMs: 1000, successesToReturn: 1, probe: 'door' };

const isProbed = (values: { activeCheck?: boolean }) => values.activeCheck === true;
const isPassive = (values: { passiveCheck?: boolean }) => values.passiveCheck === true;

const happened: Record<Failure, string> = {
  none: 'Nothing failed.',
  crash: 'Server 2 crashed.',
  hang: 'Server 2 hung.',
  slow: 'Server 2 turned slow.',
  errors: 'Server 2 answered requests with errors.',
};

const timeoutCut = 'A probe ends before the next one begins: the timeout is the interval, {interval} ms.';

export default defineExperiment({
  id: 'health-checks',
  title: 'Health checks',
  question: 'How long does a dead server get requests, and how often is a healthy one taken for dead?',
  kind: 'simulation',
  topics: ['health checks', 'load balancing', 'failure detection', 'gray failure'],
  clock: secondsClock,
  parameters: {
    failure: choice({
      label: 'What happens to server 2',
      options: failures,
      default: 'crash',
      help: 'Between 20 and 30 s into the run, at a moment drawn by chance.',
    }),
    activeCheck: toggle({ label: 'Active check', default: true, live: true, help: 'The balancer sends probes to every server.' }),
    intervalMs: number({
      label: 'Interval',
      unit: 'ms',
      min: 200,
      max: 30_000,
      step: 100,
      default: 5000,
      scale: 'log',
      live: true,
      shownWhen: isProbed,
      help: 'Between two probes of the same server.',
    }),
    timeoutMs: number({
      label: 'Probe timeout',
      unit: 'ms',
      min: 50,
      max: 10_000,
      step: 50,
      default: 2000,
      scale: 'log',
      shownWhen: isProbed,
      help: 'A probe with no answer after this long has failed. No longer than the interval.',
    }),
    failuresToRemove: integer({
      label: 'Failures to remove',
      unit: '',
      min: 1,
      max: mostFailures,
      default: 3,
      live: true,
      shownWhen: isProbed,
      help: 'So many failed probes in a row take a server out of rotation.',
    }),
    successesToReturn: integer({
      label: 'Successes to return',
      unit: '',
      min: 1,
      max: 10,
      default: 2,
      shownWhen: isProbed,
      help: 'So many good probes in a row bring it back.',
    }),
    probe: choice({
      label: 'How a probe is answered',
      options: { line: 'in line, like a request', door: 'at a door of its own, at once' },
      default: 'line',
      shownWhen: isProbed,
      help: 'In line it waits behind the requests, and can come too late because the server is busy.',
    }),
    probeMs: number({
      label: 'Work of a probe',
      unit: 'ms',
      min: 1,
      max: 500,
      step: 1,
      default: 5,
      scale: 'log',
      shownWhen: (values: { activeCheck?: boolean; probe?: string }) => values.activeCheck === true && values.probe === 'line',
      help: 'A deep check, one that asks the database too, costs more than a shallow one.',
    }),
    passiveCheck: toggle({
      label: 'Passive check (outlier ejection)',
      default: false,
      help: 'The balancer also watches the replies to requests and ejects a server that fails several in a row.',
    }),
    passiveFailures: integer({
      label: 'Failed requests to eject',
      unit: '',
      min: 1,
      max: 20,
      default: 5,
      shownWhen: isPassive,
      help: 'In a row.',
    }),
    ejectionSeconds: integer({
      label: 'First ejection',
      unit: 's',
      min: 1,
      max: 300,
      default: 30,
      scale: 'log',
      shownWhen: isPassive,
      help: 'The second lasts twice as long, and so on. Returns are looked at every 10 s, as in Envoy.',
    }),
    servers: integer({ label: 'Servers', unit: 'servers', min: 2, max: 16, default: 4 }),
    arrivalsPerSecond: number({
      label: 'Arrival rate',
      unit: '/s',
      min: 1,
      max: 200,
      step: 1,
      default: 20,
      scale: 'log',
      live: true,
      help: 'Requests per second at the door, by chance (Poisson). One server can do 10 of them, on average.',
    }),
    slowPercent: number({
      label: 'Speed while slow',
      unit: '%',
      min: 1,
      max: 90,
      step: 1,
      default: 33,
      shownWhen: (values: { failure?: string }) => values.failure === 'slow',
    }),
    errorPercent: number({
      label: 'Requests answered with an error',
      unit: '%',
      min: 1,
      max: 100,
      step: 1,
      default: 60,
      shownWhen: (values: { failure?: string }) => values.failure === 'errors',
      help: 'Probes are not among them: the page for probes works.',
    }),
    repairAfterSeconds: integer({
      label: 'Repaired after',
      unit: 's',
      min: 5,
      max: 600,
      default: 40,
      scale: 'log',
      shownWhen: (values: { failure?: string }) => values.failure !== 'none',
    }),
    coldSeconds: integer({
      label: 'Cold after a crash',
      unit: 's',
      min: 0,
      max: 120,
      default: 0,
      shownWhen: (values: { failure?: string }) => values.failure === 'crash',
      help: 'A server that has restarted begins at a fifth of its speed and needs so long to reach all of it.',
    }),
    slowStartSeconds: integer({
      label: 'Slow start',
      unit: 's',
      min: 0,
      max: 120,
      default: 0,
      help: 'A server that comes back begins with a tenth of its share of requests, which grows to the whole over this time.',
    }),
    panicPercent: integer({
      label: 'Panic below',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      shownWhen: (values: { activeCheck?: boolean; passiveCheck?: boolean }) => isProbed(values) || isPassive(values),
      help: 'When fewer of the servers than this are in rotation, the balancer no longer believes the checks and uses them all. 0: never.',
    }),
    seconds: lengthOfRun({ min: 30, max: 900, default: 120 }),
  },
  constrain(values) {
    if (values.timeoutMs <= values.intervalMs) return { values, notices: [] };
    return {
      values: { ...values, timeoutMs: values.intervalMs },
      notices: [{ about: 'timeoutMs', text: timeoutCut, values: { interval: values.intervalMs } }],
    };
  },
  expectedEvents: (values) =>
    values.arrivalsPerSecond * values.seconds * 2.5 +
    (values.activeCheck ? (values.servers * values.seconds * 2500) / values.intervalMs : 0),

  run(values, { system, horizonMs, charts, live, simulate }) {
    const { simulation } = system;
    const levels = Array.from({ length: values.servers }, () => charts.newLevel());
    const warmUp = values.coldSeconds > 0 ? { fromFactor: coldFactor, overMs: values.coldSeconds * 1000 } : undefined;
    const servers = levels.map((level, index) => {
      const server = new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}`, warmUp });
      server.books.inside.series = level;
      return server;
    });
    const targets: Part[] = [...servers];
    const probed: Probed[] = [...servers];
    if (values.failure === 'errors') {
      const pages = new FaultyPart(system, servers[failing], { name: pagesOf(failing), label: `Pages ${failing + 1}` });
      targets[failing] = pages;
      probed[failing] = besidePages(servers[failing], pages);
    }
    const balancer = new Balancer(system, targets, {
      policy: values.slowStartSeconds > 0 ? slowStart(haproxyRoundRobin, { windowMs: values.slowStartSeconds * 1000 }) : haproxyRoundRobin,
      panicBelowPercent: values.panicPercent,
    });
    const watch = new Watch(system, balancer, servers, charts);
    const check = new HealthCheck(system, balancer, probed, {
      intervalMs: values.intervalMs,
      timeoutMs: values.timeoutMs,
      probeMs: values.probeMs,
      failuresToRemove: values.failuresToRemove,
      successesToReturn: values.successesToReturn,
      isOn: values.activeCheck,
      ...(values.probe === 'line' ? { asTraffic: {} } : {}),
    });
    let healthyProbes = 0;
    let falseProbes = 0;
    check.listeners.push((server, isWell) => {
      if (watch.isHealthy(server)) {
        healthyProbes++;
        if (!isWell) falseProbes++;
      }
      watch.look();
    });
    if (values.passiveCheck) {
      new OutlierEjection(system, balancer, {
        consecutiveFailures: values.passiveFailures,
        baseEjectionMs: values.ejectionSeconds * 1000,
        enforcingSuccessRate: 0,
      });
    }
    balancer.listeners.push({ heard: () => watch.look() });
    planFailure(system, watch, values);
    const customers = new Source(system, {
      arrivals: poissonArrivals(values.arrivalsPerSecond, simulation.random.stream('arrivals')),
      workMs: (u) => exponential(u, serviceMs),
      goodWithinMs: promiseMs,
      onEnd: (_call, fate, responseMs) => {
        charts.end(simulation.nowMs, fate, responseMs);
        if (fate === 0 && simulation.nowMs - watch.returnedMs <= afterReturnMs) watch.afterReturn.record(responseMs);
      },
    }).to(balancer);
    live('arrivalsPerSecond', (now) => customers.setRate(now.arrivalsPerSecond));
    live('activeCheck', (now) => check.turn(now.activeCheck));
    live('intervalMs', (now) => check.setInterval(now.intervalMs));
    live('failuresToRemove', (now) => check.setFailuresToRemove(now.failuresToRemove));
    simulate();
    watch.look();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const detectionSeconds = (watch.detectedMs - watch.failedMs) / 1000;
    const responses = charts.responses();
    return {
      metrics: {
        ...metrics,
        detectionSeconds,
        lost: notServed(accounts),
        badShare: accounts.opened === 0 ? null : 1 - customers.good / accounts.opened,
        falseAlarms: watch.falseAlarms,
        healthyOutSeconds: watch.healthyOutMs / 1000,
        returnSeconds: (watch.returnedMs - watch.repairedMs) / 1000,
        falseProbeShare: healthyProbes === 0 ? null : falseProbes / healthyProbes,
        fewestInRotation: watch.fewest,
        afterReturnMsP95: watch.afterReturn.supportedPercentile(95),
      },
      samples: { ...samples, afterReturnMsP95: watch.afterReturn.count },
      accounts: { requests: accounts, balancer: balancer.accounts() },
      table: fleetTable(servers, balancer),
      charts: {
        rotation: charts.levels({ healthy: watch.healthy, inRotation: watch.inRotation }),
        rates: charts.rates(),
        window: windowChart(values, detectionSeconds),
        queues: fullestAndMean(responses.x, levels),
        responses,
      },
    };
  },

  metrics: {
    ...responseMetrics,
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMsP99: { ...responseMetrics.responseMsP99, main: false },
    goodputPerSecond: { ...responseMetrics.goodputPerSecond, main: false },
    detectionSeconds: {
      label: 'Time from the failure of server 2 to its removal',
      short: 'detection',
      unit: 's',
      better: 'lower',
      main: true,
      help: 'None when nothing fails or nobody notices.',
    },
    lost: {
      label: 'Requests answered with an error, or lost',
      short: 'lost',
      unit: 'requests',
      better: 'lower',
      main: true,
      help: 'Refused by a dead server, lost inside one, spoiled, or turned away because nobody is in rotation.',
    },
    badShare: {
      label: 'Share of requests without a good answer',
      short: 'not good',
      unit: '%',
      better: 'lower',
      main: true,
      help: 'Lost, later than after one second, or still without an answer at the end of the run.',
    },
    falseAlarms: {
      label: 'Removals of a healthy server',
      short: 'false alarms',
      unit: '',
      better: 'lower',
      main: true,
      help: 'A server that is up, at full speed and without a fault, or that is only cold after a restart.',
    },
    healthyOutSeconds: {
      label: 'Time that healthy servers spend out of rotation',
      short: 'healthy but out',
      unit: 's',
      better: 'lower',
      main: true,
      help: 'Added over all servers: after false alarms, and from a repair to the return.',
    },
    returnSeconds: {
      label: 'Time from the repair of server 2 to its return',
      short: 'return',
      unit: 's',
      better: 'lower',
      help: 'None when it was never out, or not repaired within the run.',
    },
    falseProbeShare: {
      label: 'Share of failed probes at healthy servers',
      short: 'false probes',
      unit: '%',
      better: 'lower',
      help: 'A probe that came too late because the server was busy.',
    },
    fewestInRotation: {
      label: 'Fewest servers in rotation at any moment',
      short: 'fewest in',
      unit: 'servers',
      better: 'higher',
    },
    afterReturnMsP95: {
      label: '95th percentile in the 30 s after the return of server 2',
      short: 'p95 after return',
      unit: 'ms',
      better: 'lower',
      help: 'Of the requests that completed at any server in that time.',
    },
  },
  charts: {
    rotation: {
      title: 'Who is well, and who is believed to be',
      caption: 'Servers that are well and servers in rotation. Between the two lines lies what the balancer does not know.',
      x: { label: 'simulated time', unit: 's' },
      y: { label: 'servers', unit: '' },
      series: { healthy: { label: 'well' }, inRotation: { label: 'in rotation' } },
      followsClock: true,
    },
    rates: {
      ...responseCharts.rates,
      caption: 'Requests that completed, and those that were refused, lost or answered with an error, per second.',
    },
    window: {
      title: 'The window by number of failures',
      caption: 'How soon and how late a dead server is out of rotation, by the failures that it takes, and what this run measured.',
      x: { label: 'failures to remove', unit: '' },
      y: { label: 'detection', unit: 's' },
      series: {
        soonest: { label: 'soonest', theory: true },
        latest: { label: 'latest', theory: true },
        measured: { label: 'this run' },
      },
    },
    queues: fleetCharts.queues,
    responses: responseCharts.responses,
  },
  theory: (values, horizonMs) => theory(values, horizonMs),
  scene: { layout: 'flow', words: { request: 'order', requests: 'orders' } },
  sweep: { parameter: 'intervalMs', metric: 'lost', from: 500, to: 15_000 },
  scenarios: {
    'A crash': { values: {}, note: 'Orders go on to the dead server until the third probe in a row has failed.' },
    'Quick checks': { values: quick, note: 'The same crash, a probe every second: noticed five times as soon.' },
    'A hang': { values: { failure: 'hang' }, note: 'It takes every order and answers none. The probe must time out first.' },
    'Too eager': { values: eager, note: 'Nothing is broken. One late probe is enough to remove a server, and the others get its orders.' },
    'Eager, with panic': {
      values: { ...eager, panicPercent: 50 },
      note: 'When fewer than half are in rotation, the balancer no longer believes its checks.',
    },
    'A slow server': { values: { failure: 'slow' }, note: 'It works at a third of its speed. A probe that waits in its line finds out.' },
    'A slow server, another door': {
      values: { failure: 'slow', probe: 'door' },
      note: 'The same, but probes are answered at a door of their own. All is well, they say.',
    },
    'Gray failure': { values: gray, note: 'Most replies of server 2 are errors. Its probes all pass.' },
    'Gray failure, passive check': { values: { ...gray, passiveCheck: true }, note: 'The balancer watches the replies too.' },
    'Cold start': { values: cold, note: 'The repaired server is back, cold, with a full share of the orders.' },
    'Cold start, slow start': { values: { ...cold, slowStartSeconds: 30 }, note: 'Its share grows while it warms up.' },
  },
  claims: {
    window: {
      sentence:
        'With probes at a door of their own, a crash is detected after (failures − 1) to (failures) intervals, and never sooner or later.',
      setups: [
        { values: { probe: 'door', seconds: 60 } },
        { values: { probe: 'door', seconds: 60, intervalMs: 1000, timeoutMs: 1000, failuresToRemove: 2 } },
      ],
      always: (result) => isInWindow(result, 0),
    },
    'window-of-a-hang': {
      sentence: 'In a quiet fleet, a server that hangs is detected within the same window plus one probe timeout.',
      setups: [hang, { values: { ...hang.values, ...quick } }],
      always: (result) => isInWindow(result, Number(result.values.timeoutMs) / 1000),
    },
    'quicker-loses-less': {
      sentence: 'A probe every second in place of one every five loses less than a third of the requests.',
      a: { values: quick },
      b: {},
      measure: (result) => result.metrics.lost.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 3,
    },
    'eager-false-alarms': {
      sentence:
        'In a busy fleet in which nothing is broken, removing a server after one late probe gives more than three times the false alarms of three late probes in a row.',
      a: { values: eager },
      b: { values: { ...eager, failuresToRemove: 3 } },
      measure: (result) => result.metrics.falseAlarms.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 3,
    },
    'patient-no-alarms': {
      sentence: 'In a fleet that is half busy, the default check never removes a healthy server.',
      setups: [{ values: { failure: 'none' } }],
      always: (result) => result.metrics.falseAlarms.value === 0,
    },
    'late-in-runs': {
      sentence:
        'Late probes come in runs: three in a row give more than three times the false alarms that there would be if each probe were late by itself.',
      setups: [{ values: { ...eager, failuresToRemove: 3 } }],
      always: ({ metrics, theory: { falseAlarms } }) => (metrics.falseAlarms.value ?? 0) > 3 * (falseAlarms.value ?? Infinity),
    },
    cascade: {
      sentence: 'Eager checks empty the rotation of a busy fleet: at some moment no server at all is left in it.',
      setups: [{ values: eager }],
      always: (result) => result.metrics.fewestInRotation.value === 0,
    },
    'no-check-no-loss': {
      sentence: 'Without any check, the same busy fleet loses nothing.',
      setups: [{ values: { ...eager, activeCheck: false } }],
      always: (result) => result.metrics.lost.value === 0,
    },
    'panic-helps': {
      sentence: 'A balancer that panics below half the fleet loses nothing to its own eager checks.',
      setups: [{ values: { ...eager, panicPercent: 50 } }],
      always: (result) => result.metrics.lost.value === 0,
    },
    'gray-passes': {
      sentence: 'A server that answers most requests with errors, while its probes pass, is never removed by an active check.',
      setups: [{ values: gray }],
      always: (result) => result.metrics.detectionSeconds.value === null,
    },
    'passive-catches-gray': {
      sentence: 'A passive check finds that server within twenty seconds.',
      setups: [{ values: { ...gray, passiveCheck: true } }],
      always: (result) => (result.metrics.detectionSeconds.value ?? Infinity) < 20,
    },
    'slow-passes-its-door': {
      sentence: 'A server at a third of its speed is never removed when probes have a door of their own.',
      setups: [{ values: { failure: 'slow', probe: 'door' } }],
      always: (result) => result.metrics.detectionSeconds.value === null,
    },
    'slow-found-in-line': {
      sentence: 'When probes wait in line, the slow server is found.',
      setups: [{ values: { failure: 'slow' } }],
      always: (result) => result.metrics.detectionSeconds.value !== null,
    },
    'passive-misses-hang': {
      sentence: 'A passive check alone never notices a server that hangs: no reply comes that it could count.',
      setups: [{ values: { ...hang.values, activeCheck: false, passiveCheck: true } }],
      always: (result) => result.metrics.detectionSeconds.value === null,
    },
    'passive-halves-loss': {
      sentence: 'With the passive check, fewer than half as many requests end in an error.',
      a: { values: { ...gray, passiveCheck: true } },
      b: { values: gray },
      measure: (result) => result.metrics.lost.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 2,
    },
    'passive-sooner': {
      sentence: 'A crash that refuses requests is noticed by a passive check within three seconds, long before the third probe.',
      setups: [{ values: { passiveCheck: true, seconds: 60 } }],
      always: (result) => (result.metrics.detectionSeconds.value ?? Infinity) < 3,
    },
    'slow-start-protects': {
      sentence: 'Slow start more than halves the 95th percentile of the responses after a cold server has come back.',
      a: { values: { ...cold, slowStartSeconds: 30 } },
      b: { values: cold },
      measure: (result) => result.metrics.afterReturnMsP95.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 2,
    },
  },
  summary: (say, { failure }, tell) => {
    const wasRemoved = /\d/.test(say('detectionSeconds'));
    const removal = failure === 'none' ? [] : [tell(wasRemoved ? 'removed' : 'neverRemoved')];
    return [tell('met'), tell(failure), ...removal, tell('lost')].join(' ');
  },
  sentences: {
    met: '{arrivalsPerSecond} requests per second met {servers} servers behind a balancer.',
    ...happened,
    ...noFormulaFor,
    removed: 'It was out of rotation after {detectionSeconds}.',
    neverRemoved: 'It was never taken out of rotation.',
    lost:
      '{lost} were lost, and {badShare} of all got no good answer. There were {falseAlarms} false alarms; healthy servers spent ' +
      '{healthyOutSeconds} out of rotation.',
    timeoutCut,
  },
  leavesOut: [
    'One balancer with one opinion. In a real fleet there are several, each with probes of its own, and they may disagree.',
    'Nobody retries: a request that meets a dead server is lost. A client or balancer that tries another server would hide most of it, and add load.',
    'Customers wait for ever: a server that hangs keeps its requests until it is repaired.',
    'The network between balancer and servers is perfect. In a real one a probe can also be lost on its way.',
    'The passive check counts failures in a row only; that Envoy compares success rates too is left out, and no reply counts as failed for being late. One server may always be ejected, as in Envoy up to 1.30; a second one stays in.',
    'Only one server fails, once, and its repair takes as long as is set.',
  ],
});

function isInWindow({ metrics, values }: Result, timeoutSeconds: number): boolean {
  const intervalSeconds = Number(values.intervalMs) / 1000;
  const failures = Number(values.failuresToRemove);
  const seconds = metrics.detectionSeconds.value ?? Number.NaN;
  return seconds >= (failures - 1) * intervalSeconds && seconds <= failures * intervalSeconds + timeoutSeconds;
}
