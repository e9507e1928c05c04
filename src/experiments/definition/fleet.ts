// What is said of the members of a fleet of servers: a row each, and how far apart they are.

import type { Balancer, LevelSeries, Server } from '@by-the-slice/simulation';
import type { BarData, LineData, ResultTable } from './result';

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
          accounts.failed + accounts.lost + accounts.rejected,
          server.utilization(),
          server.books.inside.area / server.books.spanMs,
          ended > 0 ? server.books.timeInsideMs / accounts.opened : null,
        ],
      };
    }),
  };
}

export interface Spread {
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
