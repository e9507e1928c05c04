// What a wire does to what crosses it, by exact schedule and by counting.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fate, fates } from '../../../../src/simulation/measure/accounts';
import type { Call } from '../../../../src/simulation/parts/call';
import type { Link, LinkOptions } from '../../../../src/simulation/parts/link';
import { MessageWire } from '../../../../src/simulation/parts/network/messageWire';
import { type WireOptions, ways } from '../../../../src/simulation/parts/network/wire';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { Server } from '../../../../src/simulation/parts/server';
import { cases } from '../../../cases';
import { finish, newSystem, Probe, sendScript } from '../../scripted';

/** A front, a link and a server that takes 10 ms; calls are sent at given times. */
function wire(options: LinkOptions, sendsMs: readonly number[], seed = 1) {
  const system = newSystem({ detail: 'all' }, seed);
  const server = new Server(system, { name: 'server', concurrency: 10_000 });
  const front = new Probe(system, 'front');
  const link: Link = system.link(front.id, server, options);
  const replies: { request: number; atMs: number; fate: Fate }[] = [];
  const caller = {
    reply(call: Call, fate: Fate) {
      replies.push({ request: call.request, atMs: system.simulation.nowMs, fate });
      system.release(call);
    },
  };
  const calls: Call[] = [];
  sendsMs.forEach((atMs, request) => {
    system.simulation.at(atMs, () => {
      calls[request] = Object.assign(system.newCall(), { request, attempt: 0, workMs: 10, caller });
      link.send(calls[request]);
    });
  });
  return { system, server, link, replies, calls };
}

const every = (gapMs: number, count: number): number[] => Array.from({ length: count }, (_, index) => gapMs * index);

/** Arrivals of messages sent at given times, one way. */
function messages(options: WireOptions, sendsMs: readonly number[], seed = 1, sizes: readonly number[] = []) {
  const system = newSystem({ detail: 'none' }, seed);
  const [from, to] = [new Probe(system, 'from'), new Probe(system, 'to')];
  const arrivals: { message: number; atMs: number }[] = [];
  const line = new MessageWire<number>(system, from.id, to.id, options, (_way, message) =>
    arrivals.push({ message, atMs: system.simulation.nowMs }),
  );
  sendsMs.forEach((atMs, message) => void system.simulation.at(atMs, () => line.send(ways.there, message, sizes[message])));
  return { system, line, arrivals };
}

describe('jitter', () => {
  test('comes on top of the delay, both ways, drawn for each crossing', () => {
    const { system, replies } = wire({ delayMs: 5, jitterMs: (u) => 20 * u }, every(100, 500));
    finish(system, 60_000);
    const extra = replies.map(({ request, atMs }) => atMs - 100 * request - 20).sort((a, b) => a - b);
    expect(extra[0]).toBeGreaterThan(0);
    expect(extra[499]).toBeLessThan(40);
    // Two uniform draws of mean 10 each, variance 400 / 12 each.
    const mean = extra.reduce((sum, value) => sum + value, 0) / 500;
    expect(Math.abs(mean - 20)).toBeLessThan((4 * Math.sqrt(800 / 12)) / Math.sqrt(500));
  });

  test('of a request is the same whatever else crosses, and another with another seed', () => {
    const some = every(100, 50);
    const timesOf = (sends: readonly number[], seed: number) => {
      const { system, replies } = wire({ jitterMs: (u) => 20 * u }, sends, seed);
      finish(system, 60_000);
      return new Map(replies.map(({ request, atMs }) => [request, atMs - sends[request]]));
    };
    const [alone, shifted, other] = [timesOf(some, 1), timesOf(every(37, 90), 1), timesOf(some, 2)];
    for (const [request, ms] of alone) expect(shifted.get(request)).toBeCloseTo(ms, 9);
    expect([...other.values()]).not.toEqual([...alone.values()]);
  });

  test('of a retry is another one: what was lost once is not lost for ever', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 1000 });
    const client = new RetryingClient(system, { timeoutMs: 50, attempts: 12 }).asks(server, { delayMs: 1, lossShare: 0.5 });
    const { source } = sendScript(system, { arrivals: every(10, 300), works: 1 }, client);
    finish(system, 10_000);
    expect(source.accounts().completed).toBeGreaterThan(280);
  });

  test('that is negative or no number is refused when it is drawn', () => {
    for (const bad of [-1, Number.NaN, Infinity]) {
      const { system } = wire({ jitterMs: () => bad }, [1]);
      expect(() => system.simulation.runUntil(10)).toThrow('The jitter of the link to server is');
    }
  });
});

describe('order', () => {
  const zigzag: WireOptions = { delayMs: 5, jitterMs: (_, number) => (number % 2 === 0 ? 40 : 0) };

  test('is lost where each message has a delay of its own', () => {
    const { system, arrivals } = messages(zigzag, every(10, 6));
    finish(system, 1000);
    expect(arrivals.map(({ message }) => message)).toEqual([1, 3, 0, 5, 2, 4]);
  });

  test('is kept, as by TCP, when what is early waits for what was sent before', () => {
    const { system, arrivals } = messages({ ...zigzag, keepsOrder: true }, every(10, 6));
    finish(system, 1000);
    expect(arrivals).toEqual([0, 1, 2, 3, 4, 5].map((message) => ({ message, atMs: 45 + 20 * Math.floor(message / 2) })));
  });
});

describe('loss', () => {
  test('hits the share that it is told to, by luck', () => {
    const { system, line, arrivals } = messages({ lossShare: 0.2 }, every(1, 5000));
    finish(system, 6000);
    expect(line.lost + arrivals.length).toBe(5000);
    expect(Math.abs(line.lost - 1000)).toBeLessThan(4 * Math.sqrt(5000 * 0.2 * 0.8));
  });

  test('of everything lets nothing through', () => {
    const { system, link, replies, server } = wire({ lossShare: 1 }, every(1, 50));
    finish(system, 1000);
    expect([replies.length, link.lost, server.accounts().opened]).toEqual([0, 50, 0]);
  });
});

describe('doubling', () => {
  test('makes the callee work twice, and the caller hear once', () => {
    const { system, replies, server } = wire({ delayMs: 3, duplicateShare: 1 }, every(100, 20));
    finish(system, 10_000);
    expect(replies).toHaveLength(20);
    expect(server.accounts()).toMatchObject({ opened: 40, completed: 40 });
  });

  test('delivers a message twice', () => {
    const { system, arrivals } = messages({ delayMs: 3, duplicateShare: 1, jitterMs: (u) => 10 * u }, [1]);
    finish(system, 100);
    expect(arrivals.map(({ message }) => message)).toEqual([0, 0]);
    expect(arrivals[0].atMs).not.toBe(arrivals[1].atMs);
  });

  test('saves a call whose other copy is lost', () => {
    const lostOf = (duplicateShare: number) => {
      const { system, replies } = wire({ lossShare: 0.3, duplicateShare }, every(5, 2000));
      finish(system, 20_000);
      return 1 - replies.length / 2000;
    };
    // There and back: 1 − 0.7² with one copy each way, 1 − (1 − 0.3²)² with two.
    expect(Math.abs(lostOf(0) - 0.51)).toBeLessThan(4 * Math.sqrt((0.51 * 0.49) / 2000));
    expect(Math.abs(lostOf(1) - 0.1719)).toBeLessThan(4 * Math.sqrt((0.1719 * 0.8281) / 2000));
  });
});

describe('a narrow wire', () => {
  test('sends one message after the other', () => {
    const { system, arrivals } = messages({ delayMs: 5, sendMs: 10 }, [0, 0, 0, 100]);
    finish(system, 1000);
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([15, 25, 35, 115]);
  });

  test('takes longer for more', () => {
    const { system, arrivals } = messages({ sendMs: 10 }, [0, 0, 100], 1, [3, 1, 0.5]);
    finish(system, 1000);
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([30, 40, 105]);
  });

  test('carries both ways at once', () => {
    const { system, replies } = wire({ sendMs: 10 }, [0, 0]);
    finish(system, 1000);
    expect(replies.map(({ atMs }) => atMs)).toEqual([30, 40]);
  });

  test('of a sender that crashes loses what was still in its buffers, and not what is on the way', () => {
    const { system, line, arrivals } = messages({ delayMs: 50, sendMs: 10 }, [0, 0, 0, 60]);
    system.simulation.at(15, () => line.dropUnsent(ways.there));
    finish(system, 1000);
    expect(arrivals).toEqual([
      { message: 0, atMs: 60 },
      { message: 3, atMs: 120 },
    ]);
    expect(line.lost).toBe(2);
  });
});

describe('a cut one way only', () => {
  test('there: nothing reaches the callee, and replies still come', () => {
    const { system, link, replies, server } = wire({ delayMs: 2 }, [0, 20]);
    system.simulation.at(10, () => link.cut(ways.there));
    finish(system, 100);
    expect(replies).toEqual([{ request: 0, atMs: 14, fate: fates.completed }]);
    expect(server.accounts().opened).toBe(1);
  });

  test('back: the callee works, and nobody hears of it', () => {
    const { system, link, replies, server } = wire({ delayMs: 2 }, [0, 20]);
    system.simulation.at(10, () => link.cut(ways.back));
    system.simulation.at(40, () => link.mend(ways.back));
    finish(system, 100);
    expect(replies).toEqual([]);
    expect(server.accounts().completed).toBe(2);
    expect([link.lost, link.isCut]).toEqual([2, false]);
  });

  test('and one that others hold shut opens when all have let go', () => {
    const { link } = wire({}, []);
    link.block(ways.there, 1);
    link.block(ways.there, 1);
    link.cut();
    link.block(ways.there, -1);
    link.mend();
    expect([link.isOpen(ways.there), link.isOpen(ways.back), link.isPlain]).toEqual([false, true, false]);
    link.block(ways.there, -1);
    expect([link.isOpen(ways.there), link.isPlain]).toEqual([true, true]);
  });
});

describe('the word that a call is not wanted', () => {
  const options: LinkOptions = { delayMs: 5, cancelTravels: true };

  test('travels: the callee works until it arrives', () => {
    const { system, link, calls, server, replies } = wire(options, [0]);
    system.simulation.at(8, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(replies).toEqual([]);
    expect(server.accounts()).toMatchObject({ abandoned: 1, completed: 0 });
    // Work began at 5 ms and was stopped at 13, not at 8.
    expect(server.books.busy.area).toBe(8);
  });

  test('passes the answer on the way, and is forgotten', () => {
    const { system, link, calls, server, replies } = wire(options, [0, 30]);
    system.simulation.at(12, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(replies).toMatchObject([{ request: 1 }]);
    expect(server.accounts()).toMatchObject({ abandoned: 0, completed: 2 });
  });

  test('follows a question that is still on its way', () => {
    const { system, link, calls, server } = wire(options, [0]);
    system.simulation.at(2, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(server.accounts()).toMatchObject({ opened: 1, abandoned: 1 });
    expect(server.books.busy.area).toBe(2);
  });

  test('is not needed when the answer is under way', () => {
    const { system, link, calls, server, replies } = wire(options, [0]);
    system.simulation.at(17, () => link.cancel(calls[0]));
    finish(system, 100);
    expect(replies).toEqual([]);
    expect(server.accounts()).toMatchObject({ abandoned: 0, completed: 1 });
  });

  test('gets lost like anything else: the callee works for nobody', () => {
    const { system, link, calls, server, replies } = wire(options, [0, 50]);
    system.simulation.at(8, () => link.cancel(calls[0]));
    system.simulation.at(10, () => link.cut(ways.there));
    system.simulation.at(40, () => link.mend());
    finish(system, 100);
    expect(server.accounts()).toMatchObject({ abandoned: 0, completed: 2 });
    expect(replies).toMatchObject([{ request: 1 }]);
  });

  test('and every other mishap leave the pool and the books whole', () => {
    const script = fc.array(fc.record({ atMs: fc.nat(300), cancelMs: fc.option(fc.nat(60)) }), { minLength: 1, maxLength: 25 });
    const cuts = fc.array(fc.record({ atMs: fc.nat(300), lastsMs: fc.nat(60), way: fc.constantFrom(undefined, ways.there, ways.back) }), {
      maxLength: 4,
    });
    const link = fc.record({
      delayMs: fc.constantFrom(0, 5),
      jitter: fc.constantFrom(0, 20),
      lossShare: fc.constantFrom(0, 0.3),
      duplicateShare: fc.constantFrom(0, 0.5),
      cancelTravels: fc.boolean(),
      keepsOrder: fc.boolean(),
      sendMs: fc.constantFrom(0, 3),
    });
    fc.assert(
      fc.property(link, script, cuts, ({ jitter, ...options }, sends, gaps) => {
        const jitterMs = jitter > 0 ? (u: number) => u * jitter : undefined;
        const built = wire(
          { ...options, jitterMs },
          sends.map(({ atMs }) => atMs),
        );
        const { simulation } = built.system;
        sends.forEach(({ atMs, cancelMs }, request) => {
          if (cancelMs === null) return;
          // A caller takes back only what it still waits for.
          simulation.at(atMs + cancelMs, () => {
            if (!built.replies.some((reply) => reply.request === request)) built.link.cancel(built.calls[request]);
          });
        });
        for (const { atMs, lastsMs, way } of gaps) {
          simulation.at(atMs, () => built.link.cut(way));
          simulation.at(atMs + lastsMs, () => built.link.mend(way));
        }
        // The watched system throws when a call is given back twice.
        finish(built.system, 2000);
        expect(new Set(built.replies.map(({ request }) => request)).size).toBe(built.replies.length);
        expect(built.server.accounts().open).toBe(0);
      }),
      { numRuns: cases },
    );
  }, 600_000);
});

test('a wire refuses what no wire does', () => {
  const build = (options: LinkOptions) => () => wire(options, []);
  expect(build({ delayMs: -1 })).toThrow('The delay of the link to server is -1 ms');
  expect(build({ lossShare: 1.1 })).toThrow('The share of lost messages of the link to server is 1.1; it must lie between 0 and 1');
  expect(build({ duplicateShare: Number.NaN })).toThrow('doubled');
  expect(build({ sendMs: Infinity })).toThrow('time to send');
});
