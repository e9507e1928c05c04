import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Cache, type CacheOptions } from '../../../src/simulation/parts/cache';
import { Server } from '../../../src/simulation/parts/server';
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
