// Sketch of the experiment autoscaler: a fleet under a day curve, grown and shrunk by the Kubernetes autoscaler.

import { describe, expect, test } from 'vitest';
import {
  Autoscaler,
  Balancer,
  curveArrivals,
  dayCurve,
  exponentialDraw,
  Fleet,
  leastConnections,
  Server,
  Source,
  System,
} from '../../../src/simulation/index';

interface Values {
  bootSeconds: number;
  targetPercent: number;
  stabilizationSeconds: number;
}

const minute = 60_000;
const dayLengthMs = 120 * minute;

function run(values: Values, seed: number) {
  const system = new System({ seed });
  const { simulation } = system;
  const servers = Array.from(
    { length: 40 },
    (_, index) => new Server(system, { name: `servers/${index + 1}`, label: `Server ${index + 1}` }),
  );
  const balancer = new Balancer(system, servers, { policy: leastConnections() });
  const fleet = new Fleet(system, balancer, servers, { initial: 2, bootMs: values.bootSeconds * 1000 });
  const autoscaler = new Autoscaler(system, fleet, {
    metrics: [{ kind: 'utilization', target: values.targetPercent }],
    minReplicas: 2,
    maxReplicas: 40,
    behavior: { scaleDown: { stabilizationMs: values.stabilizationSeconds * 1000 } },
    cpuInitializationMs: 0,
    initialReadinessDelayMs: 0,
  });
  const demand = dayCurve({ quietPerSecond: 2, peakPerSecond: 40, lengthMs: dayLengthMs });
  const customers = new Source(system, {
    arrivals: curveArrivals(demand, simulation.random.stream('arrivals')),
    workMs: exponentialDraw(400),
    goodWithinMs: 2000,
  }).to(balancer);
  simulation.runUntil(dayLengthMs);
  simulation.audit();
  return {
    changes: autoscaler.changes,
    largest: fleet.existing.highest,
    serverHours: fleet.serverMs() / 3_600_000,
    goodShare: customers.good / customers.accounts().opened,
    hash: simulation.recorder.digest(),
  };
}

const usual: Values = { bootSeconds: 20, targetPercent: 60, stabilizationSeconds: 300 };

describe('autoscaler', () => {
  test('follows the day: many servers at the peak, and fewer server hours than a fleet for the peak all day', () => {
    const day = run(usual, 1);
    expect(day.largest).toBeGreaterThan(16);
    expect(day.serverHours).toBeLessThan(day.largest * 2 * 0.8);
    expect(day.goodShare).toBeGreaterThan(0.95);
    expect(run(usual, 1).hash).toBe(day.hash);
  });

  test('slow boots cost good answers; a longer window costs server hours and brings calm', () => {
    expect(run({ ...usual, bootSeconds: 240 }, 1).goodShare).toBeLessThan(run(usual, 1).goodShare);
    const eager = run({ ...usual, stabilizationSeconds: 0 }, 1);
    const calm = run({ ...usual, stabilizationSeconds: 900 }, 1);
    expect(calm.changes).toBeLessThan(eager.changes);
    expect(calm.serverHours).toBeGreaterThan(eager.serverHours);
  });
});
