import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer, type BalancerOptions, outReasons } from '../../../src/simulation/parts/balancer';
import type { BalancingPolicy } from '../../../src/simulation/parts/policies/policy';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { cases } from '../../cases';
import { finish, newSystem, sendScript } from '../scripted';

function balanced(count: number, options: Partial<BalancerOptions> = {}) {
  const system = newSystem();
  const servers = Array.from({ length: count }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
  return { system, balancer: new Balancer(system, servers, { policy: roundRobin, ...options }) };
}

describe('reasons to keep a server out', () => {
  test('each has to end before it is in again', () => {
    const { balancer } = balanced(2);
    balancer.setOut(0, outReasons.failedCheck, true);
    balancer.setOut(0, outReasons.ejected, true);
    balancer.setOut(0, outReasons.failedCheck, false);
    expect([...balancer.rotation.inRotation]).toEqual([0, 1]);
    balancer.setOut(0, outReasons.ejected, false);
    expect([...balancer.rotation.inRotation]).toEqual([1, 1]);
  });

  test('are overruled by whoever writes to the rotation himself', () => {
    const { balancer } = balanced(2);
    balancer.setOut(0, outReasons.failedCheck, true);
    balancer.rotation.inRotation[0] = 1;
    expect(balancer.isOut(0, outReasons.failedCheck)).toBe(false);
    balancer.setOut(0, outReasons.ejected, true);
    balancer.setOut(0, outReasons.ejected, false);
    expect(balancer.rotation.inRotation[0]).toBe(1);
  });

  test('count for nothing in panic, which begins below the threshold, not at it, and ends when enough are healthy', () => {
    const { balancer } = balanced(4, { panicBelowPercent: 50 });
    const inRotation = () => [...balancer.rotation.inRotation];
    balancer.setOut(0, outReasons.failedCheck, true);
    balancer.setOut(1, outReasons.failedCheck, true);
    expect([balancer.isInPanic, inRotation()]).toEqual([false, [0, 0, 1, 1]]);
    balancer.setOut(2, outReasons.ejected, true);
    expect([balancer.isInPanic, inRotation()]).toEqual([true, [1, 1, 1, 1]]);
    balancer.setOut(1, outReasons.failedCheck, false);
    expect([balancer.isInPanic, inRotation()]).toEqual([false, [0, 1, 0, 1]]);
  });

  test('panic does not bring in servers that are not there, nor count them', () => {
    const { balancer } = balanced(4, { panicBelowPercent: 50 });
    balancer.setOut(2, outReasons.absent, true);
    balancer.setOut(3, outReasons.absent, true);
    balancer.setOut(0, outReasons.failedCheck, true);
    expect([balancer.isInPanic, [...balancer.rotation.inRotation]]).toEqual([false, [0, 1, 0, 0]]);
    balancer.setOut(1, outReasons.failedCheck, true);
    expect([balancer.isInPanic, [...balancer.rotation.inRotation]]).toEqual([true, [1, 1, 0, 0]]);
  });

  test('leave in rotation those without a reason, or all in panic, in whatever order they come and go', () => {
    const change = fc.record({ server: fc.nat(4), reason: fc.constantFrom(1 as const, 2 as const, 4 as const), isOut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.constantFrom(0, 50, 100), (changes, panicBelowPercent) => {
        const { balancer } = balanced(5, { panicBelowPercent });
        const reasons = [0, 0, 0, 0, 0];
        for (const { server, reason, isOut } of changes) {
          balancer.setOut(server, reason, isOut);
          reasons[server] = isOut ? reasons[server] | reason : reasons[server] & ~reason;
          const there = reasons.filter((bits) => (bits & 4) === 0).length;
          const healthy = reasons.filter((bits) => bits === 0).length;
          const panics = 100 * healthy < panicBelowPercent * there;
          expect(balancer.isInPanic).toBe(panics);
          expect([...balancer.rotation.inRotation]).toEqual(reasons.map((bits) => (bits === 0 || (panics && (bits & 4) === 0) ? 1 : 0)));
        }
      }),
      { numRuns: cases },
    );
  });
});

describe('what a policy is told and asked', () => {
  test('it sees the clock, and hears how each call ended and how long it took, also when it was taken back', () => {
    const heard: string[] = [];
    const picked: number[] = [];
    const { system, balancer } = balanced(1, {
      policy: (rotation) => ({
        pick() {
          picked.push(rotation.nowMs());
          return 0;
        },
        heard: (server, fate, responseMs) => heard.push(`${rotation.nowMs()} ${server} ${fate} ${responseMs} ${rotation.outstanding[0]}`),
      }),
    });
    const client = new RetryingClient(system, { timeoutMs: 25, attempts: 1, cancelsOnTimeout: true }).asks(balancer);
    sendScript(system, { arrivals: [0, 5], works: 20 }, client);
    finish(system, 100);
    expect(picked).toEqual([0, 5]);
    expect(heard).toEqual([`20 0 ${fates.completed} 20 1`, `30 0 ${fates.abandoned} 25 0`]);
    expect(balancer.accounts()).toMatchObject({ opened: 2, completed: 1, abandoned: 1, open: 0 });
  });

  test('a pick that is no server ends the run with its name', () => {
    for (const wrong of [1e9, 2, 1.5, Number.NaN, Infinity, '0', undefined, null, Promise.resolve(0)]) {
      const policy = () => ({ pick: () => wrong }) as unknown as BalancingPolicy;
      const { system, balancer } = balanced(2, { policy });
      sendScript(system, { arrivals: [0], works: 1 }, balancer);
      expect(() => finish(system, 10)).toThrow(`picked server ${String(wrong)}; it must be a whole number below 2, or -1`);
    }
  });

  test('no server is a rejection', () => {
    const { system, balancer } = balanced(2, { policy: () => ({ pick: () => -1 }) });
    const { endings } = sendScript(system, { arrivals: [3], works: 1 }, balancer);
    finish(system, 10);
    expect(endings).toMatchObject([{ atMs: 3, fate: fates.rejected }]);
  });
});

describe('a balancer that reads', () => {
  test('reads one call after the other, and only then asks its policy', () => {
    const picked: number[] = [];
    const policy = (rotation: { nowMs: () => number }) => ({
      pick() {
        picked.push(rotation.nowMs());
        return 0;
      },
    });
    const { system, balancer } = balanced(1, { policy, readMs: 10 });
    const { endings } = sendScript(system, { arrivals: [0, 2, 40], works: 1 }, balancer);
    finish(system, 100);
    expect(picked).toEqual([10, 20, 50]);
    expect(endings.map(({ atMs }) => atMs)).toEqual([11, 21, 51]);
    expect(balancer.utilization()).toBeCloseTo(0.3, 12);
  });

  test('has in its books what it has not read yet, and of its time only what is over', () => {
    const { system, balancer } = balanced(1, { readMs: 30 });
    sendScript(system, { arrivals: [0, 0], works: 1 }, balancer);
    finish(system, 45);
    expect(balancer.accounts()).toMatchObject({ opened: 2, completed: 1, open: 1 });
    expect(balancer.utilization()).toBe(1);
  });

  test('never sends on a call that was taken back while it waited to be read', () => {
    const { system, balancer } = balanced(1, { readMs: 20 });
    const client = new RetryingClient(system, { timeoutMs: 25, attempts: 1, cancelsOnTimeout: true }).asks(balancer);
    sendScript(system, { arrivals: [0, 1], works: 1 }, client);
    finish(system, 100);
    expect([...balancer.sent]).toEqual([1]);
    expect(balancer.accounts()).toMatchObject({ opened: 2, completed: 1, abandoned: 1, open: 0 });
  });

  test('keeps the order when it stops to read', () => {
    const { system, balancer } = balanced(1, { readMs: 10 });
    const { endings } = sendScript(system, { arrivals: [0, 1, 6, 30], works: 1 }, balancer);
    system.simulation.at(5, () => balancer.setReadMs(0));
    finish(system, 100);
    expect(endings.map(({ request, atMs }) => [request, atMs])).toEqual([
      [0, 11],
      [1, 21],
      [2, 22],
      [3, 31],
    ]);
  });
});

test('a time to read that makes no sense is refused', () => {
  for (const readMs of [-1, Number.NaN, Infinity]) {
    expect(() => balanced(1, { readMs })).toThrow('must be a number from 0 up');
    expect(() => balanced(1).balancer.setReadMs(readMs)).toThrow('must be a number from 0 up');
  }
});

test('weights and thresholds that make no sense are refused', () => {
  for (const weight of [0, -1, Number.NaN, Infinity]) expect(() => balanced(2, { weights: [1, weight] })).toThrow('one weight above 0');
  expect(() => balanced(2, { weights: [1] })).toThrow('one weight above 0');
  for (const panicBelowPercent of [-1, 101, Number.NaN]) expect(() => balanced(2, { panicBelowPercent })).toThrow('must be 0 to 100');
  expect(() => balanced(0)).toThrow('at least one server');
});
