// Every policy, with probes that are traffic, ejection, panic and slow start, in small shops under random faults: the books balance,
// no call is given back twice, and the run is the same however much of it is recorded.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { Balancer } from '../../../src/simulation/parts/balancer';
import type { Part } from '../../../src/simulation/parts/call';
import { HealthCheck } from '../../../src/simulation/parts/healthCheck';
import type { Link } from '../../../src/simulation/parts/link';
import { OutlierEjection } from '../../../src/simulation/parts/outlierEjection';
import { envoyLeastRequest, envoyRoundRobin } from '../../../src/simulation/parts/policies/envoy';
import { haproxyLeastconn } from '../../../src/simulation/parts/policies/haproxyLeastconn';
import { haproxyRoundRobin } from '../../../src/simulation/parts/policies/haproxyRoundRobin';
import { haproxyStatic } from '../../../src/simulation/parts/policies/haproxyStatic';
import { leastResponseTime } from '../../../src/simulation/parts/policies/leastResponseTime';
import { nginxLeastConnections, nginxRandomTwo, nginxRoundRobin } from '../../../src/simulation/parts/policies/nginx';
import { peakEwma } from '../../../src/simulation/parts/policies/peakEwma';
import type { PolicyOf } from '../../../src/simulation/parts/policies/policy';
import { powerOfChoices } from '../../../src/simulation/parts/policies/powerOfChoices';
import { slowStart } from '../../../src/simulation/parts/policies/slowStart';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import { Source } from '../../../src/simulation/parts/source';
import type { RecordWindow } from '../../../src/simulation/record/trace';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { cases } from '../../cases';
import { WatchedSystem } from '../scripted';

const horizonMs = 3000;

const policies: Record<string, (key: number) => PolicyOf> = {
  'HAProxy roundrobin': () => haproxyRoundRobin,
  'HAProxy static-rr': () => haproxyStatic,
  'HAProxy leastconn': () => haproxyLeastconn,
  'nginx round robin': () => nginxRoundRobin({ maxFails: 2, failTimeoutMs: 1000 }),
  'nginx least_conn': () => nginxLeastConnections({ maxFails: 1, failTimeoutMs: 1000 }),
  'nginx random two': (key) => nginxRandomTwo(key),
  'Envoy round robin': envoyRoundRobin,
  'Envoy least request': (key) => envoyLeastRequest(key),
  'Envoy full scan': (key) => envoyLeastRequest(key, { selection: 'full-scan' }),
  'three choices': (key) => powerOfChoices(key, { choices: 3 }),
  'peak EWMA': (key) => peakEwma(key, { decayMs: 500 }),
  'least response time': () => leastResponseTime(),
};

const shop = fc.record({
  seed: fc.nat(4294967295),
  perSecond: fc.integer({ min: 1, max: 200 }),
  workMs: fc.integer({ min: 1, max: 60 }),
  timeoutMs: fc.option(fc.integer({ min: 5, max: 300 })),
  cancels: fc.boolean(),
  policy: fc.constantFrom(...Object.keys(policies)),
  slowStart: fc.boolean(),
  weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
  shared: fc.boolean(),
  queueCapacity: fc.constantFrom(0, 2, Infinity),
  panicBelowPercent: fc.constantFrom(0, 50),
  probes: fc.option(fc.record({ delayMs: fc.constantFrom(0, 7), timeoutMs: fc.integer({ min: 1, max: 90 }) })),
  ejection: fc.boolean(),
  delayMs: fc.constantFrom(0, 3),
});
type Shop = typeof shop extends fc.Arbitrary<infer T> ? T : never;

const faults = fc.array(
  fc.record({
    atMs: fc.integer({ min: 0, max: horizonMs }),
    lastsMs: fc.integer({ min: 1, max: 1500 }),
    verb: fc.constantFrom('crash', 'slow', 'pause', 'cut'),
    target: fc.nat(30),
  }),
  { maxLength: 8 },
);
type Faults = typeof faults extends fc.Arbitrary<infer T> ? T : never;

function run(values: Shop, given: Faults, record: RecordWindow) {
  const system = new WatchedSystem({ seed: values.seed, record });
  const { simulation } = system;
  const links: Link[] = [];
  const makeLink = system.link.bind(system);
  system.link = (...wanted) => {
    links.push(makeLink(...wanted));
    return links[links.length - 1];
  };
  const servers = values.weights.map((_, index) => {
    const options = { name: `servers/${index + 1}`, queueCapacity: values.queueCapacity };
    return values.shared ? new SharedProcessor(system, { ...options, capacity: 4 }) : new Server(system, options);
  });
  const inner = policies[values.policy](simulation.random.key('balancer'));
  // nginx reads whole weights once.
  const slow = values.slowStart && !values.policy.startsWith('nginx');
  const balancer = new Balancer(
    system,
    servers,
    { policy: slow ? slowStart(inner, { windowMs: 400 }) : inner, weights: values.weights, panicBelowPercent: values.panicBelowPercent },
    { delayMs: values.delayMs },
  );
  let healthCheck: HealthCheck | undefined;
  if (values.probes) {
    const { delayMs, timeoutMs } = values.probes;
    healthCheck = new HealthCheck(system, balancer, servers, { intervalMs: 90, timeoutMs, failuresToRemove: 2, asTraffic: { delayMs } });
  }
  const ejection = values.ejection
    ? new OutlierEjection(system, balancer, { intervalMs: 200, baseEjectionMs: 300, maxEjectionPercent: 60, healthCheck })
    : undefined;
  let front: Part = balancer;
  if (values.timeoutMs !== null) {
    front = new RetryingClient(system, { timeoutMs: values.timeoutMs, attempts: 2, cancelsOnTimeout: values.cancels }).asks(front);
  }
  const source = new Source(system, {
    arrivals: poissonArrivals(values.perSecond, simulation.random.stream('arrivals')),
    workMs: (u) => exponential(u, values.workMs),
  }).to(front);
  for (const { atMs, lastsMs, verb, target } of given) {
    if (verb === 'cut') {
      const link = links[target % links.length];
      simulation.at(atMs, () => link.cut());
      simulation.at(atMs + lastsMs, () => link.mend());
    } else {
      system.intervene([{ atMs, untilMs: atMs + lastsMs, verb, targets: [`servers/${1 + (target % servers.length)}`] }]);
    }
  }
  simulation.runUntil(horizonMs);
  simulation.audit();
  for (let server = 0; server < servers.length; server++) expect(balancer.rotation.outstanding[server]).toBeGreaterThanOrEqual(0);
  if (ejection) expect(ejection.detector.ejectedNow).toBeLessThanOrEqual(Math.max(1, servers.length * 0.6));
  return { hash: simulation.recorder.digest(), events: simulation.events, accounts: source.accounts() };
}

test('books balance, calls are given back once, and recording changes nothing', () => {
  fc.assert(
    fc.property(shop, faults, (values, given) => {
      const all = run(values, given, { detail: 'all' });
      expect(run(values, given, { detail: 'none' })).toEqual(all);
    }),
    { numRuns: cases },
  );
}, 600_000);
