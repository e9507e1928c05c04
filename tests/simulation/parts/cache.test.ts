import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Cache, type CacheOptions } from '../../../src/simulation/parts/cache';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { uniformKeys } from '../../../src/simulation/workload/keys';
import { cases } from '../../cases';
import { finish, newSystem, sendScript } from '../scripted';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];

/** Asks for the keys 100 ms apart (or at the given instants) and tells which were hits: 1 ms, where the database takes 10. */
function ask(
  keys: number[],
  options: Partial<CacheOptions> = {},
  interventions: Interventions = [],
  instants = keys.map((_, index) => index * 100),
) {
  const system = newSystem();
  const database = new Server(system, { name: 'database', concurrency: 10, workMs: () => 10 });
  const cache = new Cache(system, { capacity: 2, hitMs: 1, ...options }).fillsFrom(database);
  const { endings } = sendScript(system, { arrivals: instants, works: 0, keys }, cache);
  system.intervene(interventions);
  finish(system, 10_000);
  const hits = [...endings]
    .sort((a, b) => a.request - b.request)
    .map(({ responseMs }) => (responseMs === 1 ? 'hit' : responseMs === 10 ? 'miss' : `${responseMs}`));
  return { hits: hits.join(' '), cache, database, endings, system };
}

describe('a cache', () => {
  test('asks once for each key, then answers from memory', () => {
    const { hits, cache, database } = ask([1, 1, 2, 2, 1]);
    expect(hits).toBe('miss hit miss hit hit');
    expect(cache.hitRatio()).toBe(3 / 5);
    expect(database.accounts().opened).toBe(2);
  });

  test('least recently used: a hit keeps a key', () => {
    expect(ask([1, 2, 1, 3, 1, 2]).hits).toBe('miss miss hit miss hit miss');
  });

  test('first in first out: a hit does not', () => {
    expect(ask([1, 2, 1, 3, 1, 2], { eviction: 'first-in-first-out' }).hits).toBe('miss miss hit miss miss miss');
  });

  test('first in first out goes by when a key first came, also when two asked for it at once', () => {
    // Key 1 is asked for twice before the first answer; 2 comes between the answers. 3 must push out 1.
    const { hits } = ask([1, 2, 1, 3, 2, 1], { eviction: 'first-in-first-out' }, [], [0, 2, 5, 100, 200, 300]);
    expect(hits).toBe('miss miss miss miss hit miss');
  });

  test('a key is good until its time to live is over, exactly', () => {
    expect(ask([1, 1, 1], { timeToLiveMs: 100 }, [], [0, 109.999, 110]).hits).toBe('miss hit miss');
  });

  test('with room for no key nothing is kept', () => {
    expect(ask([1, 1, 1], { capacity: 0 }).hits).toBe('miss miss miss');
  });

  test('a flush forgets everything', () => {
    expect(ask([1, 1, 1], {}, [{ atMs: 150, verb: 'flush', targets: ['cache'] }]).hits).toBe('miss hit miss');
  });

  test('a crashed cache lets every call through and keeps nothing until it is restored, empty', () => {
    const { hits } = ask([1, 1, 1, 1, 1, 1], {}, [{ atMs: 150, untilMs: 350, verb: 'crash', targets: ['cache'] }]);
    expect(hits).toBe('miss hit miss miss miss hit');
  });

  test('a crash in the middle of a hit sends the question on', () => {
    const { hits, cache } = ask([1, 1], { hitMs: 1 }, [{ atMs: 100.5, verb: 'crash', targets: ['cache'] }]);
    expect(hits).toBe('miss 10.5');
    expect([cache.hits, cache.misses]).toEqual([0, 2]);
  });

  test('a failed answer is not kept', () => {
    const { endings, cache } = ask([1, 1], {}, [{ atMs: 5, untilMs: 50, verb: 'crash', targets: ['database'] }]);
    expect(endings.map(({ fate }) => fate)).toEqual([fates.lost, fates.completed]);
    expect(cache.hits).toBe(0);
  });

  test('the level of keys follows what is held', () => {
    const { system } = ask([1, 2, 3], {}, [{ atMs: 350, verb: 'flush', targets: ['cache'] }]);
    const trace = system.simulation.recorder.finish(10_000);
    const keys = trace.levelNames.indexOf('keys');
    const levels = [...trace.kinds.keys()]
      .filter((at) => trace.kinds[at] === 6 && trace.subjects[at] === keys)
      .map((at) => trace.values[at]);
    expect(levels).toEqual([1, 2, 0]);
  });

  test('refuses a capacity that is no whole number', () => {
    expect(() => ask([1], { capacity: 1.5 })).toThrow('The capacity of cache is 1.5');
  });
});

describe('keys asked for by many at once', () => {
  test('without coalescing each asks the source; with it one does, and all are answered together', () => {
    const alone = ask([1, 1, 1], {}, [], [0, 2, 4]);
    expect(alone.database.accounts().opened).toBe(3);
    const together = ask([1, 1, 1], { coalesces: true }, [], [0, 2, 4]);
    expect(together.database.accounts().opened).toBe(1);
    expect(together.hits).toBe('miss 8 6');
    expect([together.cache.misses, together.cache.coalesced]).toEqual([3, 2]);
  });

  test('other keys are not held up', () => {
    expect(ask([1, 2, 1], { coalesces: true }, [], [0, 1, 2]).hits).toBe('miss miss 8');
  });

  test('when the one who asked gives up, the next takes over its question', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database', concurrency: 10, workMs: () => 10 });
    const cache = new Cache(system, { capacity: 2, hitMs: 1, coalesces: true }).fillsFrom(database);
    const client = new RetryingClient(system, { timeoutMs: 9, attempts: 1, cancelsOnTimeout: true }).asks(cache);
    const { endings } = sendScript(system, { arrivals: [0, 4], works: 0, keys: [1, 1] }, client);
    finish(system, 1000);
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [0, 9, fates.timedOut],
      [1, 10, fates.completed],
    ]);
    expect(database.accounts()).toMatchObject({ opened: 1, completed: 1 });
  });

  test('a failure is shared too, and the next question asks again', () => {
    const { endings, database } = ask(
      [1, 1, 1],
      { coalesces: true },
      [{ atMs: 5, untilMs: 50, verb: 'crash', targets: ['database'] }],
      [0, 2, 100],
    );
    expect(endings.map(({ fate }) => fate)).toEqual([fates.lost, fates.lost, fates.completed]);
    expect(database.accounts().opened).toBe(2);
  });
});

describe('a key that is a little stale', () => {
  test('is served at once while it is fetched anew, by one', () => {
    const { hits, cache, database } = ask([1, 1, 1, 1], { timeToLiveMs: 100, staleWhileRevalidateMs: 50 }, [], [0, 120, 125, 140]);
    // Kept at 10, stale from 110; fetched anew at 120 and fresh from 130.
    expect(hits).toBe('miss hit hit hit');
    expect(cache.staleServed).toBe(2);
    expect(database.accounts().opened).toBe(2);
  });

  test('is fetched in the usual way once it is too stale', () => {
    expect(ask([1, 1], { timeToLiveMs: 100, staleWhileRevalidateMs: 50 }, [], [0, 160]).hits).toBe('miss miss');
  });

  test('is better than an error', () => {
    const options = { timeToLiveMs: 100, staleIfErrorMs: 500 };
    const crash = [{ atMs: 105, untilMs: 900, verb: 'crash', targets: ['database'] }];
    const { endings, cache } = ask([1, 1, 1], options, crash, [0, 200, 700]);
    expect(endings.map(({ fate }) => fate)).toEqual([fates.completed, fates.completed, fates.failed]);
    expect(cache.staleServed).toBe(1);
  });
});

test('coalescing, stale keys and crashes keep the books in every mixture', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 0, max: 1e6 }),
        coalesces: fc.boolean(),
        timeToLiveMs: fc.integer({ min: 1, max: 60 }),
        staleWhileRevalidateMs: fc.integer({ min: 0, max: 40 }),
        staleIfErrorMs: fc.integer({ min: 0, max: 40 }),
        capacity: fc.integer({ min: 0, max: 4 }),
        eviction: fc.constantFrom('least-recently-used', 'first-in-first-out', 'least-frequently-used', 'clock', 'random'),
        timeoutMs: fc.integer({ min: 2, max: 30 }),
        crashMs: fc.integer({ min: 1, max: 400 }),
      }),
      ({ seed, timeoutMs, crashMs, ...options }) => {
        const run = () => {
          const system = newSystem({ detail: 'none' }, seed);
          const database = new Server(system, { name: 'database', concurrency: 2, workMs: () => 8 });
          const cache = new Cache(system, { hitMs: 1, ...options } as CacheOptions).fillsFrom(database);
          const client = new RetryingClient(system, { timeoutMs, attempts: 2, cancelsOnTimeout: seed % 2 === 0 }).asks(cache);
          const source = new Source(system, {
            arrivals: poissonArrivals(300, system.simulation.random.stream('arrivals')),
            workMs: () => 0,
            key: uniformKeys(6),
          }).to(client);
          system.intervene([
            { atMs: crashMs, untilMs: crashMs + 50, verb: 'crash', targets: ['cache'] },
            { atMs: crashMs / 2, untilMs: crashMs, verb: 'crash', targets: ['database'] },
          ]);
          finish(system, 500);
          expect(cache.hits + cache.misses).toBeGreaterThanOrEqual(0);
          return { digest: system.simulation.recorder.digest(), accounts: source.accounts() };
        };
        expect(run()).toEqual(run());
      },
    ),
    { numRuns: cases },
  );
});
