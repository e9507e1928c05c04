// Sketch of the experiment locations: cities with true distances, demand that follows the sun, names with a time to live, one city dark.

import { describe, expect, test } from 'vitest';
import {
  Balancer,
  curveArrivals,
  dayCurve,
  exponentialDraw,
  HealthCheck,
  inTimeZone,
  lookedUp,
  nearest,
  type Place,
  RetryingClient,
  roundTripTable,
  Server,
  Source,
  System,
  wireBetween,
} from '../../../src/simulation/index';

const cities: Record<string, Place & { hoursEast: number }> = {
  Frankfurt: { latitude: 50.1109, longitude: 8.6821, hoursEast: 1 },
  'New York': { latitude: 40.7128, longitude: -74.006, hoursEast: -5 },
  Singapore: { latitude: 1.3521, longitude: 103.8198, hoursEast: 8 },
};
const names = Object.keys(cities);
const places = Object.values(cities);
const hourMs = 10_000;

/** One source of demand for each city; its orders go by name to the nearest kitchen, over true distances. */
function run({ places: cooks, timeToLiveMs, outage }: { places: number; timeToLiveMs: number; outage: boolean }, seed: number) {
  const system = new System({ seed });
  const { simulation } = system;
  const kitchens = names.map((name) => new Server(system, { name, label: name, concurrency: cooks }));
  const roundTripMs = roundTripTable(places, places, 2);
  const sources = names.map((name, home) => {
    const nearestKitchen = nearest({ roundTripMs, locationOf: () => home });
    const router = new Balancer(
      system,
      kitchens,
      { name: `names in ${name}`, policy: lookedUp(system, { name: `resolver in ${name}`, timeToLiveMs }, nearestKitchen) },
      (kitchen) => wireBetween(places[home], places[kitchen]),
    );
    new HealthCheck(system, router, kitchens, { intervalMs: 1000, failuresToRemove: 2 });
    const clients = new RetryingClient(system, { name: `clients in ${name}`, timeoutMs: 3000, attempts: 1 }).asks(router);
    const demand = inTimeZone(dayCurve({ quietPerSecond: 1, peakPerSecond: 8, lengthMs: 24 * hourMs }), cities[name].hoursEast);
    return new Source(system, {
      name: `customers in ${name}`,
      arrivals: curveArrivals(demand, simulation.random.stream(`arrivals in ${name}`)),
      workMs: exponentialDraw(200),
      clients: 200,
    }).to(clients);
  });
  if (outage) system.intervene([{ atMs: 6 * hourMs, untilMs: 12 * hourMs, verb: 'crash', targets: ['Singapore'] }]);
  simulation.runUntil(24 * hourMs);
  simulation.audit();
  return sources.map((source) => {
    const { completed, opened, open } = source.accounts();
    return { responseMs: source.response.mean, goodShare: completed / (opened - open) };
  });
}

describe('locations', () => {
  test('without an outage each city is served at home, within its own hundreds of ms', () => {
    for (const { responseMs, goodShare } of run({ places: 4, timeToLiveMs: 5000, outage: false }, 1)) {
      expect(goodShare).toBe(1);
      expect(responseMs).toBeLessThan(320);
    }
  });

  test('a dark city is served from abroad: slower, and lost for as long as the old answers live', () => {
    // Frankfurt takes over: 1.6 times the straight fiber to Singapore and back.
    const quick = run({ places: 4, timeToLiveMs: 2000, outage: true }, 1)[2];
    const slow = run({ places: 4, timeToLiveMs: 40_000, outage: true }, 1)[2];
    expect(quick.responseMs).toBeGreaterThan(run({ places: 4, timeToLiveMs: 2000, outage: false }, 1)[2].responseMs);
    expect(slow.goodShare).toBeLessThan(quick.goodShare);
    expect(quick.goodShare).toBeGreaterThan(0.9);
  });

  test('without spare capacity one outage becomes two', () => {
    const tight = run({ places: 2, timeToLiveMs: 2000, outage: true }, 1);
    const roomy = run({ places: 4, timeToLiveMs: 2000, outage: true }, 1);
    expect(Math.min(...tight.map(({ goodShare }) => goodShare))).toBeLessThan(Math.min(...roomy.map(({ goodShare }) => goodShare)));
  });
});
