// Partitions by name, places on the globe, and names that clients remember.

import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Balancer } from '../../../../src/simulation/parts/balancer';
import { HealthCheck } from '../../../../src/simulation/parts/healthCheck';
import { lookedUp, NameCache, type NameCacheOptions } from '../../../../src/simulation/parts/network/nameCache';
import { NetworkPartition, type NetworkPartitionOptions } from '../../../../src/simulation/parts/network/networkPartition';
import { roundTripTable, wireBetween } from '../../../../src/simulation/parts/network/regions';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import type { Intervention } from '../../../../src/simulation/parts/system';
import { replayedArrivals } from '../../../../src/simulation/workload/arrivals';
import { readVector } from '../../../vectors/read';
import { finish, newSystem, sendScript } from '../../scripted';
import { told } from '../../told';

const every = (gapMs: number, count: number): number[] => Array.from({ length: count }, (_, index) => gapMs * index);

describe('a network partition', () => {
  /** A balancer before three servers, one request every 10 ms, in turn. */
  function shop(options: Partial<NetworkPartitionOptions>, interventions: readonly Intervention[]) {
    const system = newSystem();
    const servers = [1, 2, 3].map((number) => new Server(system, { name: `servers/${number}`, concurrency: 100 }));
    const balancer = new Balancer(system, servers, { policy: roundRobin });
    const { endings } = sendScript(system, { arrivals: every(10, 30), works: 1 }, balancer);
    new NetworkPartition(system, { name: 'border', between: ['servers/1'], ...options });
    system.intervene(interventions);
    finish(system, 2000);
    return { system, servers, answered: endings.map(({ request, responseMs }) => [request, responseMs] as const) };
  }
  const during: Intervention = { atMs: 95, untilMs: 195, verb: 'partition', targets: ['border'] };

  test('loses what crosses it while it is closed, and nothing else', () => {
    const { answered } = shop({}, [during]);
    // Requests 10 to 19 come meanwhile; those for the first server are 12, 15 and 18.
    expect(every(1, 30).filter((request) => !answered.some(([one]) => one === request))).toEqual([12, 15, 18]);
  });

  test('holds a whole fleet by its name', () => {
    const { answered } = shop({ between: ['servers'] }, [during]);
    expect(answered.length).toBe(20);
  });

  test('between two sets leaves the rest alone', () => {
    expect(shop({ and: ['servers/2'] }, [during]).answered.length).toBe(30);
    expect(shop({ and: ['balancer'] }, [during]).answered.length).toBe(27);
  });

  test('one way lets requests in and no answer out', () => {
    const { answered, servers } = shop({ isOneWay: true }, [during]);
    expect(answered.length).toBe(27);
    expect(servers[0].accounts().completed).toBe(10);
  });

  test('the other way lets no request in', () => {
    const { answered, servers } = shop({ between: ['balancer'], and: ['servers/1'], isOneWay: true }, [during]);
    expect(answered.length).toBe(27);
    expect(servers[0].accounts().completed).toBe(7);
  });

  test('can delay what crosses it, and give up delaying', () => {
    const { answered } = shop({}, [{ ...during, verb: 'delay', arguments: { ms: 7 } }]);
    expect(answered.filter(([, ms]) => ms > 1)).toEqual([12, 15, 18].map((request) => [request, 15]));
  });

  test('can lose a share of what crosses it', () => {
    const { answered } = shop({ between: ['servers'] }, [{ atMs: 0, verb: 'lose', targets: ['border'], arguments: { share: 0.5 } }]);
    // There and back: a quarter comes through.
    expect(answered.length).toBeGreaterThan(1);
    expect(answered.length).toBeLessThan(17);
    expect(shop({}, [{ atMs: 0, verb: 'lose', targets: ['border'], arguments: { share: 1 } }]).answered.length).toBe(20);
  });

  test('overlapping another, opens where both are open', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin });
    const { endings } = sendScript(system, { arrivals: every(10, 30), works: 1 }, balancer);
    for (const name of ['one', 'two']) new NetworkPartition(system, { name, between: ['server'] });
    system.intervene([
      { atMs: 45, untilMs: 145, verb: 'partition', targets: ['one'] },
      { atMs: 95, untilMs: 195, verb: 'partition', targets: ['two'] },
    ]);
    finish(system, 1000);
    expect(endings.map(({ request }) => request)).toEqual([0, 1, 2, 3, 4, ...every(1, 10).map((index) => 20 + index)]);
  });

  test('says what it does, and is undone by restore', () => {
    const { system, answered } = shop({}, [
      { atMs: 95, verb: 'partition', targets: ['border'] },
      { atMs: 195, verb: 'restore', targets: ['border'] },
    ]);
    expect(answered.length).toBe(27);
    expect(told(system.simulation.recorder.log, system.simulation.recorder).map(({ text }) => text)).toEqual([
      'border is closed',
      'border is open again',
      'border is as ever',
    ]);
  });

  test('refuses an empty side and impossible burdens', () => {
    expect(() => shop({ between: [] }, [])).toThrow('border has an empty side');
    expect(() => shop({ and: [] }, [])).toThrow('border has an empty side');
    expect(() => shop({}, [{ ...during, verb: 'delay', arguments: { ms: -1 } }])).toThrow('added delay');
    expect(() => shop({}, [{ ...during, verb: 'lose', arguments: { share: 2 } }])).toThrow('share of lost messages');
  });
});

describe('places', () => {
  const { cities, pairs } = readVector<{ cities: Record<string, [number, number]>; pairs: [string, string, number, number][] }>('geo');
  const place = (name: string) => ({ latitude: cities[name][0], longitude: cities[name][1] });

  test.each(pairs)('%s and %s are as far apart in time as light in fiber needs', (from, to, _km, roundTripMs) => {
    const delayMs = wireBetween(place(from), place(to), 1).delayMs as number;
    expect(Math.abs(2 * delayMs - roundTripMs) / roundTripMs).toBeLessThan(1e-4);
    // A request and its answer over the link.
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin }, wireBetween(place(from), place(to), 1.5));
    const { endings } = sendScript(system, { arrivals: [10], works: 5 }, balancer);
    finish(system, 1000);
    expect(endings[0].responseMs).toBeCloseTo(1.5 * 2 * delayMs + 5, 9);
  });

  test('make a table of round trips, with a floor within a place', () => {
    const names = Object.keys(cities).slice(0, 4);
    const table = roundTripTable(names.map(place), names.map(place), 0.5);
    table.forEach((row, from) => {
      expect(row).toEqual(names.map((_, to) => (from === to ? 0.5 : table[to][from])));
    });
  });

  test('that do not exist, and fibers shorter than the way, are refused', () => {
    const london = place('London');
    expect(() => wireBetween(london, { latitude: 91, longitude: 0 })).toThrow('latitude is 91');
    expect(() => wireBetween(london, london, 0.9)).toThrow('0.9 times as long');
    expect(() => wireBetween(london, london, Number.NaN)).toThrow(RangeError);
    expect(() => roundTripTable([london], [london], 0)).toThrow('within a place');
  });
});

describe('a name that clients remember', () => {
  const cached = (options: Partial<NameCacheOptions>) => {
    const system = newSystem();
    const cache = new NameCache(system, { timeToLiveMs: 100, ...options });
    let address = 1;
    const answers: number[] = [];
    const askAt = (atMs: number, client = 0) => system.simulation.at(atMs, () => answers.push(cache.answerFor(client, () => address)));
    system.simulation.at(50, () => {
      address = 2;
    });
    return { system, cache, answers, askAt };
  };

  test('is asked again when the time to live is over, to the instant', () => {
    const { system, cache, answers, askAt } = cached({});
    for (const atMs of [10, 60, 109, 110, 209]) askAt(atMs);
    finish(system, 300);
    expect(answers).toEqual([1, 1, 1, 2, 2]);
    expect(cache.lookups).toBe(2);
  });

  test('with a time to live of 0 is asked every time', () => {
    const { system, cache, askAt } = cached({ timeToLiveMs: 0 });
    for (const atMs of [10, 10, 20]) askAt(atMs);
    finish(system, 300);
    expect(cache.lookups).toBe(3);
  });

  test('is remembered by each client, or by the resolver that they share', () => {
    const lookups = (resolverOf?: (client: number) => number) => {
      const { system, cache, askAt } = cached({ resolverOf });
      for (let client = 0; client < 10; client++) askAt(10, client);
      finish(system, 300);
      return cache.lookups;
    };
    expect([lookups(), lookups((client) => client % 3)]).toEqual([10, 3]);
  });

  test('is kept for ever, or for longer, by those who ignore the time to live', () => {
    const kept = (ignoringMs?: number) => {
      const { system, answers, askAt } = cached({ ignoringShare: 0.25, ignoringMs });
      for (let client = 0; client < 2000; client++) for (const atMs of [10, 1000]) askAt(atMs, client);
      finish(system, 2000);
      return answers.slice(2000).filter((answer) => answer === 1).length / 2000;
    };
    expect(Math.abs(kept() - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 2000));
    expect(kept(500)).toBe(0);
  });

  test('is not remembered when there is no answer', () => {
    const { system, cache } = cached({});
    expect([cache.answerFor(0, () => -1), cache.answerFor(0, () => 3), cache.answerFor(0, () => 4)]).toEqual([-1, 3, 3]);
    finish(system, 10);
  });

  test('is the tail of a failover: clients go to a dead server until their answers expire', () => {
    const lastFailure = (timeToLiveMs: number) => {
      const system = newSystem();
      const servers = [1, 2].map((number) => new Server(system, { name: `servers/${number}`, concurrency: 100 }));
      const balancer = new Balancer(system, servers, { policy: lookedUp(system, { timeToLiveMs }, roundRobin) });
      new HealthCheck(system, balancer, servers, { intervalMs: 100, failuresToRemove: 1 });
      system.intervene([{ atMs: 1000, verb: 'crash', targets: ['servers/1'] }]);
      let last = 0;
      new Source(system, {
        arrivals: replayedArrivals(every(5, 2000)),
        workMs: () => 1,
        clients: 50,
        onEnd: (_call, fate) => {
          if (fate === fates.failed) last = system.simulation.nowMs;
        },
      }).to(balancer);
      finish(system, 10_000);
      return last;
    };
    expect(lastFailure(0)).toBeLessThan(1110);
    const tail = lastFailure(3000);
    expect(tail).toBeGreaterThan(1000 + 2000);
    expect(tail).toBeLessThanOrEqual(1100 + 3000);
  });

  test('refuses impossible times and shares', () => {
    expect(() => cached({ timeToLiveMs: -1 })).toThrow('time to live');
    expect(() => cached({ ignoringShare: 1.5 })).toThrow('share of clients');
    expect(() => cached({ ignoringMs: 50 })).toThrow('no less than the 100 ms');
  });
});
