// Sketch of the experiment bulkheads-and-timeouts: product pages while payments hang, with a shared pool of threads or pools of their own.

import { describe, expect, test } from 'vitest';
import {
  Bulkhead,
  type Call,
  exponentialDraw,
  type Part,
  poissonArrivals,
  RetryingClient,
  requestMix,
  Server,
  Source,
  System,
} from '../../../src/simulation/index';

const pages = 0;
const payments = 1;

interface Values {
  hasBulkhead: boolean;
  paymentTimeoutMs: number;
}

/** A web server of 20 threads asks one of two services; a thread waits for its service's answer. Payments hang from 20 s to 40 s. */
function run({ hasBulkhead, paymentTimeoutMs }: Values, seed: number) {
  const system = new System({ seed });
  const catalog = new Server(system, { name: 'catalog', concurrency: 20 });
  const payment = new Server(system, { name: 'payment', concurrency: 20 });
  const patient = new RetryingClient(system, {
    name: 'payment client',
    timeoutMs: paymentTimeoutMs,
    attempts: 1,
    cancelsOnTimeout: true,
  }).asks(payment);
  const guarded = hasBulkhead ? new Bulkhead(system, { name: 'payment pool', concurrency: 8 }).asks(patient) : patient;
  const web = new Server(system, { name: 'web', concurrency: 20, queueCapacity: 40, workMs: () => 2 });
  web.asks(byClass(system, [catalog, guarded]));
  const source = new Source(system, {
    arrivals: poissonArrivals(60, system.simulation.random.stream('arrivals')),
    workMs: requestMix([
      { name: 'page', share: 3, workMs: exponentialDraw(30) },
      { name: 'payment', share: 1, workMs: exponentialDraw(80) },
    ]),
    goodWithinMs: 1000,
    onEnd: (call, fate) => {
      const atMs = system.simulation.nowMs;
      if (call.requestClass === pages && atMs > 20_000 && atMs < 40_000) ends[fate === 0 ? 'served' : 'not']++;
    },
  }).to(web);
  const ends = { served: 0, not: 0 };
  system.intervene([{ atMs: 20_000, untilMs: 40_000, verb: 'pause', targets: ['payment'] }]);
  system.simulation.runUntil(60_000);
  system.simulation.audit();
  return { pagesServed: ends.served / (ends.served + ends.not), source };
}

/** Routes by the class of the request: a dozen lines, because whatever accepts calls is a part. */
function byClass(system: System, targets: Part[]): Part {
  const id = system.register({ name: 'routes', kind: 'balancer', label: 'Routes', concurrency: 0, queueCapacity: 0, speed: 1 });
  const links = targets.map((target) => system.link(id, target));
  const part = {
    id,
    name: 'routes',
    accept(call: Call) {
      const child = system.childOf(call);
      child.caller = part;
      call.child = child;
      links[call.requestClass === payments ? 1 : 0].send(child);
    },
    cancel(call: Call) {
      const { child } = call;
      call.child = null;
      child?.link.cancel(child);
    },
    reply(child: Call, fate: Parameters<RetryingClient['reply']>[1]) {
      const call = child.parent as Call;
      system.release(child);
      call.child = null;
      call.link.isPlain ? call.caller.reply(call, fate) : call.link.carryReply(call, fate);
    },
  };
  return part;
}

describe('bulkheads and timeouts', () => {
  test('one hanging service takes every thread of a shared pool, and the pages with it', () => {
    expect(run({ hasBulkhead: false, paymentTimeoutMs: 30_000 }, 1).pagesServed).toBeLessThan(0.4);
  });

  test('a bulkhead keeps the pages alive; so does a short timeout, nearly', () => {
    expect(run({ hasBulkhead: true, paymentTimeoutMs: 30_000 }, 1).pagesServed).toBeGreaterThan(0.99);
    const timeout = run({ hasBulkhead: false, paymentTimeoutMs: 500 }, 1).pagesServed;
    expect(timeout).toBeGreaterThan(0.9);
  });
});
