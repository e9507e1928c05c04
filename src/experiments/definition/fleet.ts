// What is said of a fleet of servers: what it served, how busy it was, a row for each member, and how far apart they are.

import type { Accounts, Balancer, LevelSeries, Server } from '@by-the-slice/simulation';
import type { ChartDefinition, MetricDefinition } from './defineExperiment';
import type { BarData, LineData, ResultTable } from './result';

/** Why requests are not served differs: each experiment says so in its own `help`. */
export const fleetMetrics = {
  notServedShare: { label: 'Share of requests not served', short: 'not served', unit: '%', better: 'lower', main: true },
  utilization: {
    label: 'Mean utilization of the servers',
    short: 'utilization',
    unit: '%',
    help: 'Share of the time that a server is busy.',
  },
  utilizationSpread: {
    label: 'Busiest minus idlest server',
    short: 'uneven work',
    unit: '%',
    better: 'lower',
    help: 'Difference between the highest and the lowest utilization.',
  },
} satisfies Record<string, MetricDefinition>;

/** For `fullestAndMean` and `utilizationBars`. */
export const fleetCharts = {
  queues: {
    title: 'Requests at the servers',
    caption: 'Waiting and in service at the fullest server and at the mean server, in each stretch of the run.',
    x: { label: 'simulated time', unit: 's' },
    y: { label: 'requests', unit: '' },
    series: { fullest: { label: 'fullest server' }, mean: { label: 'mean of the servers' } },
    followsClock: true,
  },
  perServer: {
    title: 'Who worked how much',
    caption: 'Utilization of each server over the whole run.',
    x: { label: 'server', unit: '' },
    y: { label: 'utilization', unit: '%' },
    series: { utilization: { label: 'utilization' } },
  },
} satisfies Record<string, ChartDefinition>;

/** Values for `fleetMetrics`. @param accounts of the customers */
export function measureFleet(servers: readonly Server[], accounts: Accounts): Record<keyof typeof fleetMetrics, number | null> {
  const { highest, lowest, mean } = utilizationsOf(servers);
  return { notServedShare: notServedShare(accounts), utilization: mean, utilizationSpread: highest - lowest };
}

export function utilizationsOf(servers: readonly Server[]): Spread {
  return spreadOf(servers.map((server) => server.utilization()));
}

/** Of several sources of requests. */
export function sumOfAccounts(accounts: readonly Accounts[]): Accounts {
  const sum = { ...accounts[0] };
  for (const one of accounts.slice(1)) for (const key of Object.keys(one) as (keyof Accounts)[]) sum[key] += one[key];
  return sum;
}

/** Requests that were refused, lost or turned away. */
export function notServed({ failed, lost, rejected }: Accounts): number {
  return failed + lost + rejected;
}

/** Of all that came, those still inside too. */
export function notServedShare(accounts: Accounts): number | null {
  return accounts.opened === 0 ? null : notServed(accounts) / accounts.opened;
}

export function fleetTable(servers: readonly Server[], balancer: Balancer): ResultTable {
  return {
    caption: 'Each server over the whole run',
    columns: [
      { key: 'sent', label: 'sent to it', unit: 'requests' },
      { key: 'completed', label: 'completed', unit: 'requests' },
      { key: 'failed', label: 'failed or lost', unit: 'requests' },
      { key: 'utilization', label: 'utilization', unit: '%' },
      { key: 'inside', label: 'mean here', unit: 'requests' },
      { key: 'timeMs', label: 'mean time here', unit: 'ms' },
    ],
    rows: servers.map((server, index) => {
      const accounts = server.accounts();
      const ended = accounts.opened - accounts.open;
      return {
        label: server.name,
        cells: [
          balancer.sent[index],
          accounts.completed,
          notServed(accounts),
          server.utilization(),
          server.books.inside.area / server.books.spanMs,
          ended > 0 ? server.books.timeInsideMs / accounts.opened : null,
        ],
      };
    }),
  };
}

interface Spread {
  highest: number;
  lowest: number;
  mean: number;
}

export function spreadOf(values: ArrayLike<number>): Spread {
  let highest = -Infinity;
  let lowest = Infinity;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
    sum += value;
  }
  return { highest, lowest, mean: sum / values.length };
}

/** The fullest server and the mean server in each interval; x from another chart over time. */
export function fullestAndMean(x: number[], series: readonly LevelSeries[]): LineData {
  const each = series.map((level) => level.means());
  const spreads = x.map((_, interval) => spreadOf(each.map((means) => means[interval])));
  return {
    type: 'lines',
    x,
    lines: [
      { key: 'fullest', values: spreads.map((spread) => spread.highest) },
      { key: 'mean', values: spreads.map((spread) => spread.mean) },
    ],
  };
}

export function utilizationBars(servers: readonly Server[]): BarData {
  return {
    type: 'bars',
    categories: servers.map((_, index) => String(index + 1)),
    bars: [{ key: 'utilization', values: servers.map((server) => server.utilization()) }],
  };
}
