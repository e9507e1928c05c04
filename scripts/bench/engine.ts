// The same M/M/4 from the package's parts, with all that a run of the course measures: accounts, levels, percentiles; and, where
// asked, the trace hash, which the page shows of a single run and leaves out where it replicates.

import { Balancer } from '../../src/simulation/parts/balancer';
import { leastConnections } from '../../src/simulation/parts/policies/leastConnections';
import { Server } from '../../src/simulation/parts/server';
import { Source } from '../../src/simulation/parts/source';
import { System } from '../../src/simulation/parts/system';
import type { RecordWindow } from '../../src/simulation/record/trace';
import { poissonArrivals } from '../../src/simulation/workload/arrivals';
import { exponentialDraw } from '../../src/simulation/workload/draws';

type Detail = RecordWindow['detail'];

export interface EngineRun {
  completed: number;
  /** In service times of mean 1. */
  meanResponse: number;
  p99: number;
}

/** Runs about `requests` requests through one station with `servers` places; service times have mean 1 ms. */
export function engineStation(requests: number, servers: number, rho: number, seed: number, detail: Detail = 'figures'): EngineRun {
  const system = new System({ seed, eventLimit: Infinity, record: { detail } });
  const station = new Server(system, { name: 'server', concurrency: servers });
  return run(system, requests, servers * rho, (source) => source.to(station));
}

/** The same load on `servers` servers behind a balancer that sends to the one with the fewest connections. */
export function engineBalanced(requests: number, servers: number, rho: number, seed: number): EngineRun {
  const system = new System({ seed, eventLimit: Infinity, record: { detail: 'figures' } });
  const targets = Array.from({ length: servers }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
  const balancer = new Balancer(system, targets, { policy: leastConnections() });
  return run(system, requests, servers * rho, (source) => source.to(balancer));
}

function run(system: System, requests: number, arrivalsPerMs: number, connect: (source: Source) => void): EngineRun {
  const { simulation } = system;
  const source = new Source(system, {
    arrivals: poissonArrivals(arrivalsPerMs * 1000, simulation.random.stream('arrivals')),
    workMs: exponentialDraw(1),
  });
  connect(source);
  simulation.runUntil(requests / arrivalsPerMs);
  simulation.audit();
  return { completed: source.response.count, meanResponse: source.response.mean, p99: source.response.percentile(99) };
}
