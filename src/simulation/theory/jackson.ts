// A network of stations: after each the request goes on to another by chance, or leaves. Each station then behaves as if it stood alone.
// Source: Jackson, Operations Research 5(4), 1957. Poisson arrivals from outside, exponential service, one line at each station.

import { mmc } from './mmc';
import { requireNonNegative, requireShare } from './validity';

export interface JacksonStation {
  /** Arrivals from outside, 0 or more. */
  arrivalsPerSecond: number;
  serviceMs: number;
  servers?: number;
  /** Share that goes on to each station, by index; what is missing to 1 leaves. Default: all leave. */
  next?: readonly number[];
}

export interface JacksonResult {
  /** Arrivals at each station, from outside and inside. */
  arrivalsPerSecond: number[];
  meanInside: number[];
  /** Mean time from entering to leaving the network, in ms. */
  responseMs: number;
}

/** Throws RangeError when shares do not make sense, nobody ever leaves some loop, or a station is busier than 100 %. */
export function jacksonNetwork(stations: readonly JacksonStation[]): JacksonResult {
  stations.forEach(({ arrivalsPerSecond, next = [] }, index) => {
    requireNonNegative(`The arrival rate at station ${index + 1}`, arrivalsPerSecond);
    let sum = 0;
    for (const share of next) {
      requireShare(`A share of station ${index + 1}`, share);
      sum += share;
    }
    if (sum > 1 + 1e-12) throw new RangeError(`The shares of station ${index + 1} add up to ${sum}; they must not exceed 1.`);
  });
  const rates = trafficOf(stations);
  const meanInside = stations.map(({ serviceMs, servers = 1 }, index) =>
    rates[index] === 0 ? 0 : mmc({ arrivalsPerSecond: rates[index], serviceMs, servers }).meanInSystem,
  );
  const outside = stations.reduce((sum, { arrivalsPerSecond }) => sum + arrivalsPerSecond, 0);
  const inside = meanInside.reduce((sum, mean) => sum + mean, 0);
  return { arrivalsPerSecond: rates, meanInside, responseMs: (1000 * inside) / outside };
}

/** Solves the traffic equations λ = outside + Σ λ·share by elimination. */
function trafficOf(stations: readonly JacksonStation[]): number[] {
  const count = stations.length;
  const rows = stations.map(({ arrivalsPerSecond }, to) => [
    ...stations.map(({ next = [] }, from) => (from === to ? 1 : 0) - (next[to] ?? 0)),
    arrivalsPerSecond,
  ]);
  for (let pivot = 0; pivot < count; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < count; row++) if (Math.abs(rows[row][pivot]) > Math.abs(rows[best][pivot])) best = row;
    [rows[pivot], rows[best]] = [rows[best], rows[pivot]];
    if (Math.abs(rows[pivot][pivot]) < 1e-12) throw new RangeError('From some stations nobody ever leaves the network: it fills for ever.');
    for (let row = 0; row < count; row++) {
      if (row === pivot) continue;
      const factor = rows[row][pivot] / rows[pivot][pivot];
      for (let column = pivot; column <= count; column++) rows[row][column] -= factor * rows[pivot][column];
    }
  }
  return rows.map((row, index) => row[count] / row[index]);
}
