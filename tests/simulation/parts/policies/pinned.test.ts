import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Call } from '../../../../src/simulation/parts/call';
import { leastConnections } from '../../../../src/simulation/parts/policies/leastConnections';
import { type PinnedOptions, pinned } from '../../../../src/simulation/parts/policies/pinned';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { cases } from '../../../cases';
import { rotationOf } from './rotation';

function made(servers: number, options: Partial<PinnedOptions> = {}, policyOf = roundRobin) {
  const rotation = rotationOf(new Array(servers).fill(0));
  const policy = pinned(policyOf, { pins: 4, pinOf: ({ client }) => client, ...options })(rotation);
  const call = new Call(0);
  const pick = (...clients: number[]) => clients.map((client) => policy.pick(Object.assign(call, { client })));
  return { rotation, policy, pick };
}

describe('connections', () => {
  test('go to a server as a whole', () => {
    const { pick } = made(3);
    expect(pick(2, 2, 0, 2, 1, 0, 3, 1, 2)).toEqual([0, 0, 1, 0, 2, 1, 0, 2, 0]);
  });

  test('are opened anew after so many calls', () => {
    const { pick } = made(2, { callsPerPin: 2 });
    expect(pick(0, 0, 0, 1, 0, 0)).toEqual([0, 0, 1, 0, 1, 1]);
  });

  test('are what the policy counts as outstanding, whatever they carry', () => {
    const { pick, rotation } = made(2, {}, leastConnections('lowest'));
    rotation.outstanding[1] = 50;
    expect(pick(0, 1, 2, 3)).toEqual([0, 1, 0, 1]);
  });

  test('break all at once when their server fails, and not by a completion or a rejection', () => {
    const changes: [number, number][] = [];
    const { pick, policy } = made(2, { changed: (pin, server) => changes.push([pin, server]) });
    pick(0, 1, 2);
    policy.heard?.(0, fates.completed, 1);
    policy.heard?.(0, fates.rejected, 1);
    expect(pick(0, 2)).toEqual([0, 0]);
    policy.heard?.(0, fates.lost, 1);
    expect(pick(1, 0, 2)).toEqual([1, 1, 0]);
    expect(changes).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
      [0, -1],
      [2, -1],
      [0, 1],
      [2, 0],
    ]);
  });

  test('outlive a removal from rotation, which only keeps new ones away', () => {
    const { pick, rotation } = made(2);
    pick(0);
    rotation.inRotation[0] = 0;
    expect(pick(0, 1, 2, 0)).toEqual([0, 1, 1, 0]);
  });

  test('are not opened when no server is in rotation', () => {
    const { pick, rotation } = made(2);
    rotation.inRotation.fill(0);
    expect(pick(0)).toEqual([-1]);
    rotation.inRotation.fill(1);
    expect(pick(0, 0)).toEqual([0, 0]);
  });

  test('are counted right in whatever order they open, break and end', () => {
    const step = fc.oneof(fc.record({ client: fc.nat(3) }), fc.record({ fails: fc.nat(2) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, callsPerPin) => {
        const held = new Map<number, number>();
        let seen: Int32Array = new Int32Array(3);
        const spy: typeof roundRobin = (rotation) => {
          seen = rotation.outstanding;
          return roundRobin(rotation);
        };
        const changed = (pin: number, server: number) => (server < 0 ? held.delete(pin) : held.set(pin, server));
        const { pick, policy } = made(3, { callsPerPin, changed }, spy);
        for (const one of steps) {
          if ('client' in one) expect(pick(one.client)).toEqual([held.get(one.client)]);
          else policy.heard?.(one.fails, fates.failed, 1);
          expect([...seen]).toEqual([0, 1, 2].map((server) => [...held.values()].filter((other) => other === server).length));
        }
      }),
      { numRuns: cases },
    );
  });
});

describe('sessions', () => {
  test('stay through failures, and move when their server is out of rotation', () => {
    const { pick, policy, rotation } = made(3, { kind: 'session' });
    expect(pick(0, 1, 0)).toEqual([0, 1, 0]);
    policy.heard?.(0, fates.failed, 1);
    expect(pick(0)).toEqual([0]);
    rotation.inRotation[0] = 0;
    expect(pick(0, 1)).toEqual([2, 1]);
    rotation.inRotation[0] = 1;
    expect(pick(0)).toEqual([2]);
  });

  test('leave the counts of open calls to the policy', () => {
    const { pick, rotation } = made(2, { kind: 'session' }, leastConnections('lowest'));
    rotation.outstanding[0] = 3;
    expect(pick(0, 1, 2)).toEqual([1, 1, 1]);
  });
});

test('numbers that make no sense are refused', () => {
  for (const wrong of [0, -1, 1.5, Number.NaN]) {
    expect(() => made(2, { pins: wrong })).toThrow('number of pins');
    expect(() => made(2, { callsPerPin: wrong })).toThrow('number of calls for each pin');
  }
  expect(() => made(2, { pins: Infinity })).toThrow('number of pins');
  for (const pin of [-1, 4, 0.5, Number.NaN]) {
    expect(() => made(2, { pinOf: () => pin }).pick(0)).toThrow(`belongs to pin ${pin}; it must be a whole number from 0 to 3`);
  }
});
