// A network of stations: after each the request goes on to another by chance, or leaves. Each station then behaves as if it stood alone.
// Source: Jackson, Operations Research 5(4), 1957. Poisson arrivals from outside, exponential service, one line at each station.

import { mmc } from './mmc';
import { requireNonNegative, requirePositive, requireShare, requireWhole } from './validity';

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
  utilization: number[];
  meanInside: number[];
  /** Mean time in each station, once through it, in ms. */
  stationResponseMs: number[];
  /** Mean time from entering to leaving the network, in ms. */
  responseMs: number;
}

/** Throws RangeError when shares do not make sense, nobody enters, nobody ever leaves some loop, or a station is busier than 100 %. */
export function jacksonNetwork(stations: readonly JacksonStation[]): JacksonResult {
  stations.forEach(checkStation);
  const outside = stations.reduce((sum, { arrivalsPerSecond }) => sum + arrivalsPerSecond, 0);
  requirePositive('The arrival rate from outside', outside);
  const rates = trafficOf(stations);
  const stationResponseMs = stations.map(({ serviceMs, servers = 1 }, index) =>
    rates[index] === 0 ? serviceMs : mmc({ arrivalsPerSecond: rates[index], serviceMs, servers }).responseMs,
  );
  const meanInside = rates.map((rate, index) => (rate * stationResponseMs[index]) / 1000);
  return {
    arrivalsPerSecond: rates,
    utilization: rates.map((rate, index) => (rate * stations[index].serviceMs) / 1000 / (stations[index].servers ?? 1)),
    meanInside,
    stationResponseMs,
    responseMs: (1000 * meanInside.reduce((sum, mean) => sum + mean, 0)) / outside,
  };
}

function checkStation(
  { arrivalsPerSecond, serviceMs, servers = 1, next = [] }: JacksonStation,
  index: number,
  stations: readonly JacksonStation[],
): void {
  const place = `station ${index + 1}`;
  requireNonNegative(`The arrival rate at ${place}`, arrivalsPerSecond);
  requirePositive(`The service time of ${place}`, serviceMs);
  requireWhole(`The number of servers of ${place}`, servers, 1);
  let sum = 0;
  for (const share of next) {
    requireShare(`A share of ${place}`, share);
    sum += share;
  }
  if (sum > 1 + 1e-12) throw new RangeError(`The shares of ${place} add up to ${sum}; they must not exceed 1.`);
  if (next.length > stations.length) {
    throw new RangeError(`The shares of ${place} name ${next.length} stations, but there are only ${stations.length}.`);
  }
}

/** Solves the traffic equations λ = outside + Σ λ·share by elimination. */
function trafficOf(stations: readonly JacksonStation[]): number[] {
  const count = stations.length;
  const rows = stations.map(({ arrivalsPerSecond }, to) => [
    ...stations.map(({ next = [] }, from) => (from === to ? 1 : 0) - (next[to] ?? 0)),
    arrivalsPerSecond,
  ]);
  // In each column the diagonal is the largest and only it is above 0, so no rows need swapping and no arrivals cancel out.
  for (let pivot = 0; pivot < count; pivot++) {
    if (rows[pivot][pivot] < 1e-12) throw new RangeError('From some stations nobody ever leaves the network: it fills for ever.');
    for (let row = 0; row < count; row++) {
      if (row === pivot || rows[row][pivot] === 0) continue;
      const factor = rows[row][pivot] / rows[pivot][pivot];
      for (let column = pivot; column <= count; column++) rows[row][column] -= factor * rows[pivot][column];
    }
  }
  return rows.map((row, index) => row[count] / row[index]);
}
