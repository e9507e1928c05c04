// Small systems, run with the real parts, for the pictures.

import {
  Balancer,
  HealthCheck,
  type Intervention,
  leastConnections,
  pinned,
  poissonArrivals,
  RetryingClient,
  recordKinds,
  roundRobin,
  Server,
  Source,
  System,
  type Trace,
} from '@by-the-slice/simulation';

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

/** Clients with a connection each to one of the servers, through a balancer. */
export function connected(clients: number, servers: number): Trace {
  const system = new System({ seed: 3, record: { detail: 'all' } });
  const { simulation } = system;
  const level = simulation.recorder.levelIndex('connected to');
  const fleetOf = Array.from(
    { length: servers },
    (_, index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}` }),
  );
  const ids: number[] = [];
  const policy = pinned(roundRobin, {
    pins: clients,
    pinOf: ({ client }) => client,
    changed: (client, server) => simulation.recorder.coarse(simulation.nowMs, recordKinds.level, ids[client], level, fleetOf[server].id),
  });
  const balancer = new Balancer(system, fleetOf, { policy });
  for (let client = 0; client < clients; client++) {
    const source = new Source(system, {
      name: `clients/${client + 1}`,
      label: `Client ${client + 1}`,
      firstClient: client,
      arrivals: poissonArrivals(2, simulation.random.stream(`arrivals ${client}`)),
      workMs: () => 50,
    });
    ids.push(source.to(balancer).id);
  }
  simulation.runUntil(20_000);
  return simulation.recorder.finish(20_000);
}
