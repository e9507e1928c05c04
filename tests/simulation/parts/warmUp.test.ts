import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Balancer,
  ClosedLoop,
  exponentialDraw,
  leastConnections,
  poissonArrivals,
  Server,
  SharedProcessor,
  Source,
  System,
} from '../../../src/simulation/index';
import { cases } from '../../cases';

function shop(seed: number, warmUpMs: number, discipline: 'first-come' | 'shortest-remaining' = 'first-come') {
  const system = new System({ seed, warmUpMs });
  const servers = [
    new Server(system, { name: 'servers/1', discipline, queueCapacity: 5 }),
    new SharedProcessor(system, { name: 'servers/2' }),
    new Server(system, { name: 'servers/3', concurrency: 2 }),
  ];
  const balancer = new Balancer(system, servers, { policy: leastConnections() });
  const source = new Source(system, {
    arrivals: poissonArrivals(300, system.simulation.random.stream('arrivals')),
    workMs: exponentialDraw(10),
  }).to(balancer);
  const loop = new ClosedLoop(system, { name: 'loop', clients: 3, thinkMs: exponentialDraw(20), workMs: exponentialDraw(5) }).to(balancer);
  system.intervene([{ atMs: 400, untilMs: 600, verb: 'slow', targets: ['servers/3'] }]);
  system.simulation.runUntil(2000);
  system.simulation.audit();
  return { system, source, loop, servers };
}

describe('a warm-up of whole systems', () => {
  test('changes no event, and the books of every part balance on what is left, wherever it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.double({ min: 0.001, max: 1990, noNaN: true }), (seed, warmUpMs) => {
        const whole = shop(seed, 0, 'shortest-remaining');
        const late = shop(seed, warmUpMs, 'shortest-remaining');
        expect(late.system.simulation.recorder.digest()).toBe(whole.system.simulation.recorder.digest());
        expect(late.system.simulation.events).toBe(whole.system.simulation.events);
        expect(late.source.accounts().open).toBe(whole.source.accounts().open);
        expect(late.source.response.count).toBeLessThanOrEqual(whole.source.response.count);
      }),
      { numRuns: cases },
    );
  });

  test('two sources number their requests without meeting', () => {
    const { system, source, loop } = shop(1, 0);
    expect(system.nextRequest()).toBe(source.accounts().opened + loop.accounts().opened);
  });

  test('removes the start from an empty shop: the mean wait of a busy server comes out higher', () => {
    const meanWait = (warmUpMs: number) => {
      let sum = 0;
      for (let seed = 1; seed <= 20; seed++) {
        const system = new System({ seed, warmUpMs });
        const source = new Source(system, {
          arrivals: poissonArrivals(900, system.simulation.random.stream('arrivals')),
          workMs: exponentialDraw(1),
        }).to(new Server(system, { name: 'server' }));
        system.simulation.runUntil(400);
        sum += source.response.mean;
      }
      return sum / 20;
    };
    expect(meanWait(200)).toBeGreaterThan(meanWait(0));
  });
});
