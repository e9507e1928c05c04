// Small systems, run with the real parts, for the pictures.

import {
  Balancer,
  HealthCheck,
  type Intervention,
  leastConnections,
  poissonArrivals,
  RetryingClient,
  Server,
  Source,
  System,
  type Trace,
} from '@by-the-slice/simulation';

export const secondsMs = (seconds: number): number => seconds * 1000;

export function fleet(count: number, arrivalsPerSecond: number, interventions: Intervention[] = []): Trace {
  const system = new System({ seed: 11, record: { detail: 'all' } });
  const { simulation } = system;
  const servers = Array.from(
    { length: count },
    (_, index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}` }),
  );
  const balancer = new Balancer(system, servers, { policy: leastConnections() });
  new HealthCheck(system, balancer, servers, { intervalMs: 2000 });
  new Source(system, {
    arrivals: poissonArrivals(arrivalsPerSecond, simulation.random.stream('arrivals')),
    workMs: (u) => 100 + 200 * u,
  }).to(balancer);
  system.intervene(interventions);
  simulation.runUntil(60_000);
  return simulation.recorder.finish(60_000);
}

/** Clients → server → database, with a crash of the server. */
export function chain(): Trace {
  const system = new System({ seed: 5, record: { detail: 'all' } });
  const { simulation } = system;
  const database = new Server(system, { name: 'database', label: 'Database', kind: 'database', workMs: () => 30 });
  const server = new Server(system, { name: 'server', label: 'Server', concurrency: 2, queueCapacity: 3 }).asks(database);
  const clients = new RetryingClient(system, { timeoutMs: 150, attempts: 2, backoffMs: 20 }).asks(server);
  new Source(system, { arrivals: poissonArrivals(20, simulation.random.stream('arrivals')), workMs: () => 50 }).to(clients);
  system.intervene([{ atMs: 5000, untilMs: 6000, verb: 'crash', targets: ['server'] }]);
  simulation.runUntil(20_000);
  return simulation.recorder.finish(20_000);
}
