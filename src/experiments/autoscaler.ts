// A fleet that grows and shrinks through an evening, by the Kubernetes autoscaler: measure, compare, correct, wait.
// What it decides takes effect only when servers have booted, and that delay is what it must live with.

import {
  Autoscaler,
  Balancer,
  curveArrivals,
  dayCurve,
  exponential,
  Fleet,
  type FleetMetric,
  leastConnections,
  meanRate,
  type RateCurve,
  rateAt,
  rateCurve,
  Server,
  Source,
  sumOfCurves,
} from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { measureResponses, responseMetrics } from './definition/measures';
import { choice, integer, number, toggle } from './definition/parameters';
import type { LineData } from './definition/result';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const eveningMs = 3 * hourMs;
const burstFromMs = 40 * minuteMs;
const burstMs = 12 * minuteMs;

interface Demand {
  quietPerSecond: number;
  peakPerSecond: number;
  burst: boolean;
  burstPerSecond: number;
}

/** Quiet at both ends, the peak in the middle; and, when wanted, a crowd that comes within a minute and stays for twelve. */
function demandOf({ quietPerSecond, peakPerSecond, burst, burstPerSecond }: Demand): RateCurve {
  const evening = dayCurve({ quietPerSecond, peakPerSecond: Math.max(quietPerSecond, peakPerSecond), peakHour: 12, lengthMs: eveningMs });
  if (!burst) return evening;
  const at = (atMs: number, perSecond: number) => ({ atMs, perSecond });
  const crowd = [
    at(0, 0),
    at(burstFromMs, 0),
    at(burstFromMs + minuteMs, burstPerSecond),
    at(burstFromMs + burstMs, burstPerSecond),
    at(burstFromMs + burstMs + minuteMs, 0),
  ];
  return sumOfCurves([evening, rateCurve(crowd, eveningMs)]);
}

const metricsOf: Record<string, (target: { targetPercent: number; targetWaiting: number }) => FleetMetric> = {
  utilization: ({ targetPercent }) => ({ kind: 'utilization', target: targetPercent }),
  queue: ({ targetWaiting }) => ({ kind: 'queue', target: targetWaiting }),
};

/** Direction changes: up after down, or down after up. */
class Turns {
  count = 0;
  private last = 0;
  private direction = 0;

  constructor(first: number) {
    this.last = first;
  }

  see(size: number): void {
    const direction = Math.sign(size - this.last);
    this.last = size;
    if (direction === 0) return;
    if (this.direction !== 0 && direction !== this.direction) this.count++;
    this.direction = direction;
  }
}

const hasBurst = (values: { burst?: boolean }) => values.burst === true;
const isFixed = (values: { mode?: string }) => values.mode === 'fixed';
const isScaled = (values: { mode?: string }) => values.mode !== 'fixed';

const fewerThanLeast = 'At most {most} servers are allowed, so at least {most} is the most that can be asked for.';

export default defineExperiment({
  id: 'autoscaler',
  title: 'A fleet that follows demand',
  question: 'How many servers through the evening, and who decides how soon?',
  kind: 'simulation',
  topics: ['elastic scaling', 'autoscaling', 'cost', 'control loop'],
  clock: { unit: 'min', horizon: 180, playSeconds: 40 },
  parameters: {
    mode: choice({
      label: 'The fleet',
      options: { scaled: 'follows demand', fixed: 'stays as it is' },
      default: 'scaled',
      help: 'By the rules of the Kubernetes autoscaler, or a fixed number of servers.',
    }),
    fixedServers: integer({ label: 'Servers', unit: 'servers', min: 1, max: 60, default: 27, shownWhen: isFixed }),
    watches: choice({
      label: 'What it watches',
      options: { utilization: 'utilization', queue: 'the lines' },
      default: 'utilization',
      shownWhen: isScaled,
      help: 'How busy the servers are, or how many requests wait at each.',
    }),
    targetPercent: integer({
      label: 'Target utilization',
      unit: '%',
      min: 10,
      max: 95,
      default: 60,
      shownWhen: (values: { mode?: string; watches?: string }) => isScaled(values) && values.watches !== 'queue',
      help: 'It wants as many servers as bring the mean utilization here.',
    }),
    targetWaiting: number({
      label: 'Target line',
      unit: 'requests',
      min: 0.1,
      max: 10,
      step: 0.1,
      default: 0.5,
      shownWhen: (values: { mode?: string; watches?: string }) => isScaled(values) && values.watches === 'queue',
      help: 'Waiting requests for each server.',
    }),
    bootSeconds: integer({
      label: 'Boot time',
      unit: 's',
      min: 0,
      max: 1200,
      default: 60,
      shownWhen: isScaled,
      help: 'From the order for a new server to its first request.',
    }),
    downWindowSeconds: integer({
      label: 'Wait before shrinking',
      unit: 's',
      min: 0,
      max: 3600,
      default: 300,
      shownWhen: isScaled,
      help: 'The stabilization window: it goes down only to the highest number that it wanted in this time. Kubernetes: 300 s.',
    }),
    upWindowSeconds: integer({
      label: 'Wait before growing',
      unit: 's',
      min: 0,
      max: 1800,
      default: 0,
      shownWhen: isScaled,
      help: 'It goes up only to the lowest number that it wanted in this time. Kubernetes: 0 s.',
    }),
    minServers: integer({ label: 'At least', unit: 'servers', min: 1, max: 60, default: 3, shownWhen: isScaled }),
    maxServers: integer({ label: 'At most', unit: 'servers', min: 1, max: 60, default: 60, shownWhen: isScaled }),
    quietPerSecond: number({
      label: 'Quiet demand',
      unit: '/s',
      min: 0.02,
      max: 1,
      step: 0.02,
      default: 0.1,
      help: 'At both ends of the evening.',
    }),
    peakPerSecond: number({ label: 'Peak demand', unit: '/s', min: 0.5, max: 8, step: 0.1, default: 3, help: 'In the middle of it.' }),
    burst: toggle({ label: 'A match ends at 40 min', default: true, help: 'A crowd comes within a minute and stays for twelve.' }),
    burstPerSecond: number({ label: 'The crowd', unit: '/s', min: 0.1, max: 6, step: 0.1, default: 2, shownWhen: hasBurst }),
    workSeconds: number({
      label: 'Work of a request',
      unit: 's',
      min: 1,
      max: 30,
      step: 1,
      default: 5,
      help: 'On average. A server works on one request at a time: say, a picture to convert.',
    }),
    promiseSeconds: integer({ label: 'Promised response time', unit: 's', min: 1, max: 300, default: 20 }),
  },
  constrain(values) {
    if (values.minServers <= values.maxServers) return { values, notices: [] };
    return {
      values: { ...values, minServers: values.maxServers },
      notices: [
        {
          about: 'minServers',
          text: fewerThanLeast,
          values: { most: values.maxServers },
        },
      ],
    };
  },
  expectedEvents: (values) => 3 * 3600 * 3 * (values.peakPerSecond + (values.burst ? 0.1 * values.burstPerSecond : 0)),

  run(values, { system, horizonMs, charts, simulate }) {
    const { simulation } = system;
    const scaled = values.mode === 'scaled';
    const pool = scaled ? values.maxServers : values.fixedServers;
    const servers = Array.from(
      { length: pool },
      (_, index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}` }),
    );
    const balancer = new Balancer(system, servers, { policy: leastConnections() });
    const initial = scaled ? values.minServers : pool;
    const fleet = new Fleet(system, balancer, servers, { initial, bootMs: values.bootSeconds * 1000, drainMs: 10 * minuteMs });
    const autoscaler = scaled
      ? new Autoscaler(system, fleet, {
          metrics: [metricsOf[values.watches](values)],
          minReplicas: values.minServers,
          maxReplicas: values.maxServers,
          behavior: {
            scaleUp: { stabilizationMs: values.upWindowSeconds * 1000 },
            scaleDown: { stabilizationMs: values.downWindowSeconds * 1000 },
          },
        })
      : undefined;
    const turns = new Turns(initial);
    const wanted = charts.newLevel();
    wanted.set(0, initial);
    simulation.every(15_000, () => {
      turns.see(fleet.size);
      wanted.set(simulation.nowMs, fleet.size);
    });
    const there = charts.newLevel();
    there.set(0, initial);
    fleet.existing.series = there;
    const demand = demandOf(values);
    const customers = new Source(system, {
      arrivals: curveArrivals(demand, simulation.random.stream('arrivals')),
      workMs: (u) => exponential(u, values.workSeconds * 1000),
      goodWithinMs: values.promiseSeconds * 1000,
      onEnd: (_call, fate, responseMs) => charts.end(simulation.nowMs, fate, responseMs),
    }).to(balancer);
    simulate();

    const accounts = customers.accounts();
    const { metrics, samples } = measureResponses(customers, horizonMs);
    const ended = accounts.opened - accounts.open;
    const serverHours = fleet.serverMs() / hourMs;
    const neededHours = (meanRate(demand) * values.workSeconds * horizonMs) / hourMs;
    const inMinutes = (data: LineData): LineData => ({ ...data, x: data.x.map((seconds) => seconds / 60) });
    const levels = inMinutes(charts.levels({ there, wanted }));
    return {
      metrics: {
        ...metrics,
        goodShare: ended === 0 ? null : customers.good / ended,
        serverHours,
        paidForNeeded: serverHours / neededHours,
        largest: fleet.existing.highest,
        changes: autoscaler?.changes ?? 0,
        turns: turns.count,
      },
      samples: { ...samples, goodShare: ended },
      accounts: { requests: accounts, balancer: balancer.accounts() },
      charts: {
        servers: {
          ...levels,
          lines: [
            ...levels.lines,
            { key: 'needed', values: levels.x.map((minutes) => rateAt(demand, minutes * minuteMs) * values.workSeconds) },
          ],
        },
        responses: inMinutes(charts.responses()),
      },
    };
  },

  metrics: {
    ...responseMetrics,
    responseMsP50: { ...responseMetrics.responseMsP50, main: false },
    responseMsP99: { ...responseMetrics.responseMsP99, main: false },
    goodputPerSecond: { ...responseMetrics.goodputPerSecond, main: false },
    goodShare: {
      label: 'Answered within the promise',
      short: 'in time',
      unit: '%',
      better: 'higher',
      main: true,
      help: 'Of the requests that ended: those that kept the promised response time.',
    },
    serverHours: {
      label: 'Server hours',
      short: 'server hours',
      unit: '',
      better: 'lower',
      main: true,
      help: 'What is paid for: the time that servers were there, booting and finishing included.',
    },
    paidForNeeded: {
      label: 'Server hours paid over those needed',
      short: 'paid / needed',
      unit: '×',
      better: 'lower',
      main: true,
      help: 'Needed is the work itself: all requests, one after the other, without a gap.',
    },
    largest: { label: 'Largest fleet', short: 'largest', unit: 'servers', main: true, better: 'lower' },
    changes: {
      label: 'Changes of the fleet',
      short: 'changes',
      unit: '',
      better: 'lower',
      help: 'How often the autoscaler made it larger or smaller.',
    },
    turns: {
      label: 'Turns: up after down, or down after up',
      short: 'turns',
      unit: '',
      better: 'lower',
      main: true,
      help: 'A peak needs one, from up to down, and a crowd before it two more. All others answer to chance; very many are flapping.',
    },
  },
  charts: {
    servers: {
      title: 'Servers against demand',
      caption:
        'Servers that are there (paid for), servers that the autoscaler has asked for, and how many would be busy if every request were served at once.',
      x: { label: 'simulated time', unit: 'min' },
      y: { label: 'servers', unit: '' },
      series: { there: { label: 'there' }, wanted: { label: 'asked for' }, needed: { label: 'needed by demand', theory: true } },
      followsClock: true,
    },
    responses: {
      title: 'Response time over the evening',
      caption: 'Median and 95th percentile of the requests that completed in each stretch of the evening.',
      x: { label: 'simulated time', unit: 'min' },
      y: { label: 'response time', unit: 'ms' },
      series: { p50: { label: 'p50' }, p95: { label: 'p95' } },
      followsClock: true,
    },
  },
  scene: { layout: 'flow', words: { request: 'request', requests: 'requests' } },
  scenarios: {
    'As Kubernetes comes': { values: {}, note: 'Target 60 %, five minutes of patience before shrinking.' },
    'A fleet for the peak': {
      values: { mode: 'fixed', fixedServers: 27 },
      note: 'Nobody ever waits, and most of it stands idle at both ends.',
    },
    'Slow boots': { values: { bootSeconds: 300 }, note: 'Five minutes until a new server helps. Watch the crowd at 40 min.' },
    'No patience': {
      values: { downWindowSeconds: 0, targetPercent: 80 },
      note: 'It lets servers go at the first quiet look. Count the turns.',
    },
    'Great patience': { values: { downWindowSeconds: 1800 }, note: 'Half an hour of calm before any server goes. Calm costs.' },
    'Too full a target': { values: { targetPercent: 90 }, note: 'Cheap, and no room for chance.' },
    'Watch the lines': {
      values: { watches: 'queue', targetWaiting: 1 },
      note: 'It grows when requests wait. Servers that are booting do not shorten the line yet, so it asks for more and more.',
    },
  },
  claims: {
    'cheaper-than-peak': {
      sentence: 'A fleet that follows this evening takes less than four fifths of the server hours of a fleet made for its peak.',
      a: { values: {} },
      b: { values: { mode: 'fixed', fixedServers: 27 } },
      measure: (result) => result.metrics.serverHours.value ?? Number.NaN,
      expect: 'a below b',
      byFactor: 1.25,
    },
    'slow-boots-hurt': {
      sentence: 'With a boot time of five minutes fewer requests are answered in time than with one of a minute.',
      a: { values: { bootSeconds: 300 } },
      b: { values: {} },
      measure: (result) => result.metrics.goodShare.value ?? Number.NaN,
      expect: 'a below b',
    },
    'lines-overshoot': {
      sentence:
        'An autoscaler that watches the lines overshoots when servers take a minute to boot: the line asks for more while those that will serve it are still booting.',
      a: { values: { watches: 'queue', targetWaiting: 1, bootSeconds: 60 } },
      b: { values: { watches: 'queue', targetWaiting: 1, bootSeconds: 0 } },
      measure: (result) => result.metrics.largest.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 1.2,
    },
    'no-patience-flaps': {
      sentence: 'Without patience before shrinking, the fleet turns more than ten times as often.',
      a: { values: { downWindowSeconds: 0 } },
      b: { values: {} },
      measure: (result) => result.metrics.turns.value ?? Number.NaN,
      expect: 'a above b',
      byFactor: 10,
    },
    'calm-costs': {
      sentence: 'More patience takes more server hours.',
      a: { values: { downWindowSeconds: 1800 } },
      b: { values: {} },
      measure: (result) => result.metrics.serverHours.value ?? Number.NaN,
      expect: 'a above b',
    },
    'full-target-cheap-and-late': {
      sentence: 'A target of 90 % takes fewer server hours than one of 60 %.',
      a: { values: { targetPercent: 90 } },
      b: { values: {} },
      measure: (result) => result.metrics.serverHours.value ?? Number.NaN,
      expect: 'a below b',
    },
    'full-target-late': {
      sentence: 'A target of 90 % makes the 95th percentile of the response time longer than one of 60 % does.',
      a: { values: { targetPercent: 90 } },
      b: { values: {} },
      measure: (result) => result.metrics.responseMsP95.value ?? Number.NaN,
      expect: 'a above b',
    },
  },
  summary: (_say, { mode }, tell) => `${tell(mode === 'fixed' ? 'fixedFleet' : 'followed')} ${tell('came')}`,
  sentences: {
    fixedFleet: 'Through an evening that peaked at {peakPerSecond} requests per second, {fixedServers} servers stood ready.',
    followed:
      'Through an evening that peaked at {peakPerSecond} requests per second, the fleet followed demand and was {largest} at its largest.',
    came:
      '{goodShare} of the requests were answered within {promiseSeconds} s. That took {serverHours} server hours, {paidForNeeded} of ' +
      'what the work itself needed; the fleet changed direction {turns} times.',
    fewerThanLeast,
  },
  leavesOut: [
    'There are always enough machines to be had. A cloud can be out of a size at the moment when everybody wants it.',
    'A new server works at full speed from its first request. Real ones begin with cold caches.',
    'What the autoscaler reads is exact and fresh. Real metrics come late and are averaged.',
    'Servers are paid for by the moment. Real bills have a least time, discounts for the long term, and prices that change.',
    'The servers keep nothing, so that any of them can be let go once it has finished.',
  ],
});
