// The measurements that every experiment with a stream of requests shares: response times, rates, charts of both over time.

import { type Fate, fates, IntervalSeries, LevelSeries, type Source, type Tally } from '@by-the-slice/simulation';
import type { ChartDefinition, MetricDefinition, Outcome } from './defineExperiment';
import { type NumberParameter, number } from './parameters';
import type { BarData, LineData } from './result';

/** Points of a chart over time: enough for a wide screen, under the limit of 400. */
const shownIntervals = 120;

/** What is good: `goodWithinMs` of the customers. @param min in ms */
export function promisedResponseTime(min = 50): NumberParameter {
  const help = 'A response within this time is good; only good ones count as goodput.';
  return number({ label: 'Promised response time', unit: 'ms', min, max: 10_000, step: 50, default: 1000, scale: 'log', help });
}

export const responseMetrics = {
  responseMsP50: {
    label: 'Median response time',
    short: 'p50',
    unit: 'ms',
    better: 'lower',
    main: true,
    help: 'Half of the completed requests were faster.',
  },
  responseMsP95: {
    label: '95th percentile of the response time',
    short: 'p95',
    unit: 'ms',
    better: 'lower',
    main: true,
    help: 'One completed request in twenty was slower.',
  },
  responseMsP99: {
    label: '99th percentile of the response time',
    short: 'p99',
    unit: 'ms',
    better: 'lower',
    main: true,
    help: 'One completed request in a hundred was slower.',
  },
  responseMsP999: {
    label: '99.9th percentile of the response time',
    short: 'p99.9',
    unit: 'ms',
    better: 'lower',
    help: 'One completed request in a thousand was slower. Shown from 10,000 samples on.',
  },
  responseMs: {
    label: 'Mean response time',
    short: 'mean',
    unit: 'ms',
    better: 'lower',
    help: 'From arrival to reply, of completed requests.',
  },
  throughputPerSecond: { label: 'Throughput', short: 'throughput', unit: '/s', better: 'higher', help: 'Requests completed per second.' },
  goodputPerSecond: {
    label: 'Goodput',
    short: 'goodput',
    unit: '/s',
    better: 'higher',
    main: true,
    help: 'Requests completed per second within the promised time.',
  },
} satisfies Record<string, MetricDefinition>;

/** Values and sample counts for `responseMetrics`. */
export function measureResponses(
  source: Pick<Source, 'response' | 'good'>,
  horizonMs: number,
): Required<Pick<Outcome, 'metrics' | 'samples'>> {
  const { response } = source;
  const seconds = horizonMs / 1000;
  const { count } = response;
  return {
    metrics: {
      responseMsP50: response.supportedPercentile(50),
      responseMsP95: response.supportedPercentile(95),
      responseMsP99: response.supportedPercentile(99),
      responseMsP999: response.supportedPercentile(99.9),
      responseMs: response.mean,
      throughputPerSecond: count / seconds,
      goodputPerSecond: source.good / seconds,
    },
    samples: {
      responseMsP50: count,
      responseMsP95: count,
      responseMsP99: count,
      responseMsP999: count,
      responseMs: count,
    },
  };
}

/** Collects what charts over time need: tell `end` of each request that ended, and give a part's level a series from `newLevel`. */
export class ResponseCharts {
  private readonly intervals: number;
  private readonly completed: IntervalSeries;
  private readonly notServed: IntervalSeries;

  /** @param isWanted false: nobody will see the charts, and they cost next to nothing */
  constructor(
    private readonly horizonMs: number,
    private readonly isWanted = true,
  ) {
    this.intervals = isWanted ? shownIntervals : 1;
    this.completed = new IntervalSeries(horizonMs, this.intervals);
    this.notServed = new IntervalSeries(horizonMs, this.intervals);
  }

  end(nowMs: number, fate: Fate, responseMs: number): void {
    if (!this.isWanted) return;
    (fate === fates.completed ? this.completed : this.notServed).add(nowMs, responseMs);
  }

  /** p50 and p95 in each interval; x in seconds. */
  responses(): LineData {
    return {
      type: 'lines',
      x: this.completed.middlesMs().map((middleMs) => middleMs / 1000),
      lines: [
        { key: 'p50', values: this.completed.percentiles(50, 4) },
        { key: 'p95', values: this.completed.percentiles(95, 4) },
      ],
    };
  }

  /** Completed and not served, per second. */
  rates(): LineData {
    return {
      type: 'lines',
      x: this.completed.middlesMs().map((middleMs) => middleMs / 1000),
      lines: [
        { key: 'completed', values: this.completed.perSecond() },
        { key: 'notServed', values: this.notServed.perSecond() },
      ],
    };
  }

  newLevel(): LevelSeries {
    return new LevelSeries(this.horizonMs, this.intervals);
  }

  /** Levels over time; x in seconds. */
  levels(series: Record<string, LevelSeries>): LineData {
    return {
      type: 'lines',
      x: this.completed.middlesMs().map((middleMs) => middleMs / 1000),
      lines: Object.entries(series).map(([key, level]) => ({ key, values: level.means() })),
    };
  }
}

/** The distribution of the response time in equal bins up to p99.5, the last bin open, as shares of all. */
export function distribution(tally: Tally, bins = 40): BarData {
  if (tally.count === 0) return { type: 'bars', categories: [], bars: [{ key: 'share', values: [] }] };
  const step = roundUp(tally.percentile(99.5) / bins);
  const categories = Array.from({ length: bins }, (_, bin) => (bin === bins - 1 ? `≥ ${bin * step}` : String(bin * step)));
  const counts = new Array<number>(bins).fill(0);
  tally.histogram.forEachBucket((lowest, highest, count) => {
    counts[Math.min(bins - 1, Math.floor((lowest + highest) / 2000 / step))] += count;
  });
  return { type: 'bars', categories, bars: [{ key: 'share', values: counts.map((count) => count / tally.count) }] };
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function roundUp(value: number): number {
  let unit = 1;
  while (unit * 10 <= value) unit *= 10;
  for (const factor of [1, 2, 5]) if (unit * factor >= value) return unit * factor;
  return unit * 10;
}

export const responseCharts = {
  responses: {
    title: 'Response time over the run',
    caption: 'Median and 95th percentile of the requests that completed in each stretch of the run.',
    x: { label: 'simulated time', unit: 's' },
    y: { label: 'response time', unit: 'ms' },
    series: { p50: { label: 'p50' }, p95: { label: 'p95' } },
    followsClock: true,
  },
  rates: {
    title: 'Served and not served',
    caption: 'Requests that completed, and those that were refused, lost or turned away, per second.',
    x: { label: 'simulated time', unit: 's' },
    y: { label: 'requests', unit: '/s' },
    series: { completed: { label: 'completed' }, notServed: { label: 'not served' } },
    followsClock: true,
  },
  distribution: {
    title: 'How response times are distributed',
    caption: 'Share of the completed requests by response time. The last bar holds all that took longer.',
    x: { label: 'response time', unit: 'ms' },
    y: { label: 'share of requests', unit: '%' },
    series: { share: { label: 'share of requests' } },
  },
} satisfies Record<string, ChartDefinition>;
