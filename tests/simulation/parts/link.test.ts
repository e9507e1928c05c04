import { describe, expect, test } from 'vitest';
import { type Fate, fates } from '../../../src/simulation/measure/accounts';
import { answer, type Call } from '../../../src/simulation/parts/call';
import type { Link } from '../../../src/simulation/parts/link';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { recordKinds } from '../../../src/simulation/record/trace';
import { finish, newSystem, Probe, sendScript } from '../scripted';

/** A caller, a link and a callee that answers after 10 ms; the callee's own timers stand in for its work. */
function wire(delayMs: number) {
  const system = newSystem();
  const replies: { request: number; atMs: number; fate: Fate }[] = [];
  const server = new Server(system, { name: 'server', concurrency: 10 });
  const front = new Probe(system, 'front');
  const link = system.link(front.id, server, { delayMs });
  const caller = {
    reply(call: Call, fate: Fate) {
      replies.push({ request: call.request, atMs: system.simulation.nowMs, fate });
      system.release(call);
    },
  };
  const calls: Call[] = [];
  const sendAt = (atMs: number, request: number) =>
    system.simulation.at(atMs, () => {
      calls[request] = Object.assign(system.newCall(), { request, workMs: 10, caller });
      link.send(calls[request]);
    });
  const at = (atMs: number, action: (link: Link) => void) => system.simulation.at(atMs, () => action(link));
  return { system, server, link, replies, sendAt, at, calls };
}

describe('a link', () => {
  test('with no delay is instant both ways', () => {
    const { system, replies, sendAt } = wire(0);
    sendAt(1, 0);
    finish(system, 100);
    expect(replies).toEqual([{ request: 0, atMs: 11, fate: fates.completed }]);
  });

  test('delays both ways, and records both flights with the instant of arrival', () => {
    const { system, replies, sendAt, server } = wire(3);
    sendAt(1, 0);
    finish(system, 100);
    expect(replies).toEqual([{ request: 0, atMs: 17, fate: fates.completed }]);
    const trace = system.simulation.recorder.finish(100);
    const flights = [...trace.kinds.keys()].filter((at) => trace.kinds[at] === recordKinds.flight);
    expect(flights.map((at) => [trace.timesMs[at], trace.parts[at] === server.id, trace.values[at]])).toEqual([
      [1, true, 4],
      [14, false, 17],
    ]);
  });

  test('a cut loses requests and replies and tells nobody; a mended link carries again', () => {
    const { system, replies, sendAt, at, link, server } = wire(0);
    sendAt(0, 0); // its reply at 10 is lost
    at(5, (wireOf) => wireOf.cut());
    sendAt(6, 1); // lost on the way there
    at(20, (wireOf) => wireOf.mend());
    sendAt(21, 2);
    finish(system, 100);
    expect(replies).toEqual([{ request: 2, atMs: 31, fate: fates.completed }]);
    expect(link.lost).toBe(2);
    expect(server.accounts().opened).toBe(2);
  });

  test('what is under way when the wire is cut is lost if it still is on arrival, and arrives if it was mended', () => {
    const { system, replies, sendAt, at, link } = wire(10);
    sendAt(0, 0);
    at(5, (wireOf) => wireOf.cut());
    at(8, (wireOf) => wireOf.mend());
    sendAt(50, 1);
    at(55, (wireOf) => wireOf.cut());
    finish(system, 200);
    expect(replies).toEqual([{ request: 0, atMs: 30, fate: fates.completed }]);
    expect(link.lost).toBe(1);
  });

  test('a call taken back on its way never arrives, and its object carries the next call, once', () => {
    const { system, replies, sendAt, at, calls, server } = wire(5);
    sendAt(0, 0);
    at(2, (wireOf) => wireOf.cancel(calls[0]));
    sendAt(3, 1);
    finish(system, 100);
    expect(calls[1]).toBe(calls[0]);
    expect(replies).toEqual([{ request: 1, atMs: 23, fate: fates.completed }]);
    expect(server.accounts().opened).toBe(1);
  });

  test('a call taken back while its reply is on the way hears nothing', () => {
    const { system, replies, sendAt, at, calls } = wire(5);
    sendAt(0, 0);
    at(17, (wireOf) => wireOf.cancel(calls[0]));
    sendAt(18, 1);
    finish(system, 100);
    expect(calls[1]).toBe(calls[0]);
    expect(replies).toEqual([{ request: 1, atMs: 38, fate: fates.completed }]);
  });

  test('a call taken back behind a cut is worked on for nobody, and its object is not used again before that ends', () => {
    const { system, replies, sendAt, at, calls, server } = wire(0);
    sendAt(0, 0);
    at(2, (wireOf) => {
      wireOf.cut();
      wireOf.cancel(calls[0]);
    });
    at(3, (wireOf) => wireOf.mend());
    sendAt(4, 1);
    finish(system, 100);
    expect(calls[1]).not.toBe(calls[0]);
    expect(replies).toEqual([{ request: 1, atMs: 14, fate: fates.completed }]);
    expect(server.accounts()).toMatchObject({ opened: 2, completed: 2 });
  });

  test('taking back a call that was lost touches nobody: not the callee that never had it, nor the one that answered it', () => {
    const { system, replies, sendAt, at, calls, server } = wire(0);
    sendAt(0, 0);
    at(9, (wireOf) => wireOf.cut());
    at(10.5, (wireOf) => wireOf.mend());
    sendAt(11, 1); // takes the place that request 0 had
    at(12, (wireOf) => wireOf.cancel(calls[0]));
    finish(system, 100);
    expect(replies).toEqual([{ request: 1, atMs: 21, fate: fates.completed }]);
    expect(server.accounts()).toMatchObject({ opened: 2, completed: 2, abandoned: 0 });
  });

  test('a forgotten call is worked on, and its answer goes nowhere', () => {
    const { system, replies, sendAt, at, calls, server } = wire(2);
    sendAt(0, 0);
    at(1, (wireOf) => wireOf.forget(calls[0]));
    finish(system, 100);
    expect(replies).toEqual([]);
    expect(server.accounts().completed).toBe(1);
  });

  test('a client behind a lossy wire retries, and its books and the pool stay whole', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 4 });
    const client = new RetryingClient(system, { timeoutMs: 30, attempts: 5, backoffMs: 5, cancelsOnTimeout: true }).asks(server, {
      delayMs: 4,
    });
    const { source } = sendScript(system, { arrivals: Array.from({ length: 100 }, (_, index) => index * 7), works: 9 }, client);
    const link = (client as unknown as { link: Link }).link;
    for (let atMs = 40; atMs < 700; atMs += 60) {
      system.simulation.at(atMs, () => link.cut());
      system.simulation.at(atMs + 23, () => link.mend());
    }
    finish(system, 2000);
    expect(link.lost).toBeGreaterThan(20);
    const { opened, completed, timedOut, open } = source.accounts();
    expect([opened, completed + timedOut, open]).toEqual([100, 100, 0]);
    expect(completed).toBeGreaterThan(90);
    expect(client.attemptAccounts().timedOut).toBeGreaterThan(20);
  });

  test('refuses a negative or endless delay', () => {
    const system = newSystem();
    const probe = new Probe(system);
    expect(() => system.link(0, probe, { delayMs: -1 })).toThrow('The delay of the link to probe is -1 ms');
    expect(() => system.link(0, probe, { delayMs: Infinity })).toThrow('delay');
  });

  test('answers reach the caller with the fate that the callee gave', () => {
    const system = newSystem();
    const probe = new Probe(system, 'probe', (call) => answer(call, fates.failed));
    const { endings } = sendScript(system, { arrivals: [3], works: 1 }, probe);
    finish(system, 10);
    expect(endings).toMatchObject([{ atMs: 3, fate: fates.failed, responseMs: 0 }]);
  });
});
