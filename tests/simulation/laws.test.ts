// Laws that hold for every run of anything, and the shapes that "The Tail at Scale" reports: a copy sent late costs little and cuts the tail.

import { describe, expect, test } from 'vitest';
import {
  Balancer,
  exponentialDraw,
  Hedge,
  leastConnections,
  log,
  poissonArrivals,
  RetryingClient,
  Server,
  Source,
  System,
} from '../../src/simulation/index';
import { readVector } from '../vectors/read';

type ShopRun = ReturnType<typeof shop>;

function shop(seed: number, warmUpMs: number) {
  const system = new System({ seed, warmUpMs });
  const horizonMs = 20_000;
  const servers = [1, 2, 3].map(
    (index) => new Server(system, { name: `servers/${index}`, concurrency: 2, speed: index / 2, queueCapacity: 6 }),
  );
  const balancer = new Balancer(system, servers, { policy: leastConnections() });
  const client = new RetryingClient(system, { timeoutMs: 200, attempts: 2, backoffMs: 20 }).asks(balancer);
  const source = new Source(system, {
    arrivals: poissonArrivals(100, system.simulation.random.stream('arrivals')),
    workMs: exponentialDraw(50),
  }).to(client);
  system.intervene([{ atMs: 9000, untilMs: 12_000, verb: 'crash', targets: ['servers/3'] }]);
  system.simulation.runUntil(horizonMs);
  system.simulation.audit();
  return { servers, source, balancer, windowMs: horizonMs - warmUpMs };
}

/** By the words of the recorded list; a law without a check here fails the test. */
const laws: Record<string, (run: ShopRun) => void> = {
  'L=X*W': ({ servers, windowMs }) => {
    for (const { books } of servers) {
      const accounts = books.accounts();
      const ended = accounts.opened - accounts.open;
      const inSystem = books.inside.area / windowMs;
      const byTimes = (ended / windowMs) * (books.timeInsideMs / ended);
      expect(Math.abs(inSystem - byTimes)).toBeLessThanOrEqual(1e-9 * Math.max(1, inSystem));
    }
  },
  'U=X*S': ({ servers, windowMs }) => {
    for (const { books } of servers) {
      const { completed } = books.accounts();
      const serviceMs = books.busy.area / completed;
      expect(Math.abs(books.busy.area / windowMs - (completed / windowMs) * serviceMs)).toBeLessThan(1e-9);
    }
  },
  'arrivals=done+dropped+inflight': ({ servers, source }) => {
    for (const accounts of [source.accounts(), ...servers.map((server) => server.accounts())]) {
      const { opened, open, completed, rejected, abandoned, timedOut, failed, lost } = accounts;
      expect(opened).toBe(completed + rejected + abandoned + timedOut + failed + lost + open);
    }
  },
};

describe('operational laws', () => {
  test.each(readVector<string[]>('little'))('%s', (law) => {
    expect(Object.keys(laws)).toContain(law);
    for (const seed of [1, 2, 3]) for (const warmUpMs of [0, 5000]) laws[law](shop(seed, warmUpMs));
  });

  test('what the servers complete is what the balancer counts as completed (forced flow)', () => {
    const { servers, balancer } = shop(4, 0);
    const completed = servers.reduce((sum, server) => sum + server.accounts().completed, 0);
    expect(balancer.accounts().completed).toBe(completed);
  });
});

describe('hedging, as the paper tells it', () => {
  /** One answer in a hundred is slow: the mixture of the recorded survival values. */
  const slowNowAndThen = (u: number) => (u < 0.99 ? -5 * log(1 - u / 0.99) : -200 * log(1 - (u - 0.99) / 0.01));

  function run(delayMs: number) {
    const system = new System({ seed: 11 });
    // Endless places: nobody waits, only the luck of each copy counts.
    const stream = system.simulation.random.stream('copies');
    const leaf = (name: string) => new Server(system, { name, concurrency: 1000, workMs: () => slowNowAndThen(stream.next()) });
    const hedge = new Hedge(system, { delayMs }).asks(leaf('leaves/1')).asks(leaf('leaves/2'));
    const source = new Source(system, {
      arrivals: poissonArrivals(1000, system.simulation.random.stream('arrivals')),
      workMs: () => 0,
    }).to(hedge);
    system.simulation.runUntil(200_000);
    system.simulation.audit();
    const questions = source.accounts().opened;
    return {
      extra: hedge.copyAccounts().opened / questions - 1,
      p999: source.response.percentile(99.9),
      p95: source.response.percentile(95),
      p50: source.response.percentile(50),
    };
  }

  const { rule, hedge: told } = readVector<{ rule: string; hedge: string }>('tail.paper');
  test(`${rule.split(';')[0]}: a copy after the 95th percentile`, () => {
    const alone = run(Infinity);
    const hedged = run(alone.p95);
    expect(alone.extra).toBe(0);
    expect(hedged.extra).toBeLessThan(0.055);
    expect(hedged.extra).toBeGreaterThan(0.02);
  });

  test(`a late copy cuts the tail many times over for a few percent of work (${told.split(':')[0]})`, () => {
    const alone = run(Infinity);
    const hedged = run(23);
    expect(hedged.extra).toBeLessThan(0.03);
    expect(alone.p999 / hedged.p999).toBeGreaterThan(8);
    expect(Math.abs(hedged.p50 / alone.p50 - 1)).toBeLessThan(0.02);
  });
});
