import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changeHaproxyLeastconn,
  countHaproxyConnections,
  createHaproxyLeastconn,
  haproxyLeastconn,
  pickHaproxyLeastconn,
} from '../../../../src/simulation/parts/policies/haproxyLeastconn';
import {
  changeHaproxyServer,
  createHaproxyRoundRobin,
  haproxyRoundRobin,
  haproxyWeight,
  pickHaproxyRoundRobin,
} from '../../../../src/simulation/parts/policies/haproxyRoundRobin';
import {
  createHaproxyStatic,
  haproxyStatic,
  pickHaproxyStatic,
  setHaproxyStaticUp,
} from '../../../../src/simulation/parts/policies/haproxyStatic';
import type { PolicyOf } from '../../../../src/simulation/parts/policies/policy';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';
import { picks, rotationOf } from './rotation';

type Algorithm = 'roundrobin' | 'static-rr' | 'leastconn';
type Turns = { weights: number[] } & Record<Algorithm, string>;
interface Recording {
  weights: number[];
  most?: number;
  steps: string;
}

const letter = (server: number) => (server < 0 ? '-' : 'abcdefghij'[server]);
const indexOf = (name: string) => 'abcdefghij'.indexOf(name);

/** The three algorithms behind one set of words. */
interface Machine {
  pick(isFull?: (server: number) => boolean, avoid?: number): number;
  change(server: number, isUp: boolean, weight: number): void;
  count(server: number): void;
}

const machines: Record<Algorithm, (weights: number[], connections: Int32Array) => Machine> = {
  roundrobin(weights) {
    const state = createHaproxyRoundRobin(weights);
    return {
      pick: (isFull, avoid) => pickHaproxyRoundRobin(state, isFull, avoid),
      change: (server, isUp, weight) => changeHaproxyServer(state, server, isUp, haproxyWeight(weight)),
      count: () => {},
    };
  },
  'static-rr'(weights) {
    const state = createHaproxyStatic(weights);
    return {
      pick: (isFull, avoid) => pickHaproxyStatic(state, isFull, avoid),
      change: (server, isUp) => setHaproxyStaticUp(state, server, isUp),
      count: () => {},
    };
  },
  leastconn(weights, connections) {
    const state = createHaproxyLeastconn(weights);
    return {
      pick: (isFull, avoid) => pickHaproxyLeastconn(state, isFull, avoid),
      change: (server, isUp, weight) => changeHaproxyLeastconn(state, server, isUp, haproxyWeight(weight), connections[server]),
      count: (server) => countHaproxyConnections(state, server, connections[server]),
    };
  },
};

/** What HAProxy did, step by step, with the picks made here in place of those recorded. */
function replay(algorithm: Algorithm, { weights, most = Infinity, steps }: Recording): string {
  const connections = new Int32Array(weights.length);
  const machine = machines[algorithm](weights, connections);
  const isFull = (server: number) => connections[server] >= most;
  const isUp = weights.map(() => true);
  const current = [...weights];
  const opened: number[] = [];
  const take = () => {
    const server = machine.pick(isFull);
    connections[server]++;
    machine.count(server);
    return server;
  };
  const drop = (server: number) => {
    connections[server]--;
    machine.count(server);
  };
  return steps
    .split(', ')
    .map((step) => {
      const [what, subject, value] = step.split(' ');
      const server = indexOf(subject);
      if (what === 'open') opened.push(take());
      else if (what === 'close') drop(opened[Number(subject)]);
      else if (what === 'pick') {
        const sequence = [...subject].map(() => {
          const picked = take();
          drop(picked);
          return letter(picked);
        });
        return `pick ${sequence.join('')}`;
      } else {
        if (what === 'weight') current[server] = Number(value);
        else isUp[server] = what === 'up';
        machine.change(server, isUp[server], current[server]);
      }
      return what === 'open' ? `open ${letter(opened[opened.length - 1])}` : step;
    })
    .join(', ');
}

const algorithms: Algorithm[] = ['roundrobin', 'static-rr', 'leastconn'];
const policies: Record<Algorithm, PolicyOf> = { roundrobin: haproxyRoundRobin, 'static-rr': haproxyStatic, leastconn: haproxyLeastconn };

describe.each(algorithms)('balance %s', (algorithm) => {
  test.each(Object.entries(readVector<Record<string, Turns>>('haproxy.rr')))('%s gives the turns of HAProxy 2.6.12', (_name, turns) => {
    const steps = `pick ${turns[algorithm]}`;
    expect(replay(algorithm, { weights: turns.weights, steps })).toBe(steps);
    const rotation = rotationOf(
      turns.weights.map(() => 0),
      turns.weights,
    );
    if (algorithm === 'leastconn') return;
    expect(picks(policies[algorithm], rotation, turns[algorithm].length).map(letter).join('')).toBe(turns[algorithm]);
  });

  const recordings = readVector<Record<Algorithm, Recording[]>>('haproxy.recorded')[algorithm];
  test.each(recordings.map((recording) => [recording.weights.join(', '), recording] as const))(
    'weights %s: servers that go, return, change and fill up, as HAProxy 2.6.12 did',
    (_weights, recording) => {
      expect(replay(algorithm, recording)).toBe(recording.steps);
    },
  );

  test('a server to avoid is taken only when there is no other', () => {
    const machine = machines[algorithm]([1, 1], new Int32Array(2));
    for (let turn = 0; turn < 5; turn++) expect(machine.pick(undefined, 0)).toBe(1);
    expect(machine.pick((server) => server === 1, 0)).toBe(0);
    machine.change(1, false, 1);
    expect(machine.pick(undefined, 0)).toBe(0);
    expect(machine.pick(() => true)).toBe(-1);
  });

  test('weights that HAProxy does not take are refused', () => {
    for (const weight of [-1, 257, Number.NaN, Infinity]) {
      expect(() => machines[algorithm]([1, weight], new Int32Array(2))).toThrow(RangeError);
    }
    expect(() => createHaproxyStatic([1.5])).toThrow('whole numbers from 0 to 256');
  });
});

describe('the round robin', () => {
  test('as a policy follows the rotation and the weights as they are at each pick', () => {
    for (const { weights, steps, most } of readVector<Record<Algorithm, Recording[]>>('haproxy.recorded').roundrobin) {
      if (most !== undefined) continue;
      const rotation = rotationOf(
        weights.map(() => 0),
        weights,
      );
      const policy = haproxyRoundRobin(rotation);
      for (const step of steps.split(', ')) {
        const [what, subject, value] = step.split(' ');
        if (what === 'pick') {
          const seen = picks(() => policy, rotation, subject.length);
          expect(seen.map(letter).join('')).toBe(subject);
        } else if (what === 'weight') rotation.weights[indexOf(subject)] = Number(value);
        else rotation.inRotation[indexOf(subject)] = what === 'up' ? 1 : 0;
      }
    }
  });

  test('gives each server exactly its weight in a round, whatever the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }), (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const algorithm of ['roundrobin', 'static-rr'] as const) {
          const machine = machines[algorithm](weights, new Int32Array(weights.length));
          const counts = new Array(weights.length).fill(0);
          for (let turn = 0; turn < total; turn++) counts[machine.pick()]++;
          if (algorithm === 'static-rr') expect(counts).toEqual(weights);
          counts.forEach((count, server) => {
            expect(Math.abs(count - weights[server])).toBeLessThanOrEqual(1);
          });
        }
      }),
      { numRuns: cases },
    );
  });

  test('a server without weight takes nothing until it gets one', () => {
    const state = createHaproxyRoundRobin([0, 1]);
    for (let turn = 0; turn < 4; turn++) expect(pickHaproxyRoundRobin(state)).toBe(1);
    changeHaproxyServer(state, 1, true, 0);
    expect(pickHaproxyRoundRobin(state)).toBe(-1);
    changeHaproxyServer(state, 0, true, haproxyWeight(1));
    expect(pickHaproxyRoundRobin(state)).toBe(0);
    expect(pickHaproxyRoundRobin(createHaproxyRoundRobin([]))).toBe(-1);
  });
});

test('leastconn as a policy counts what it sends and what has ended', () => {
  const rotation = rotationOf([0, 0], [1, 2]);
  const policy = haproxyLeastconn(rotation);
  const send = () => {
    const [server] = picks(() => policy, rotation, 1);
    rotation.outstanding[server]++;
    return letter(server);
  };
  // Idle ones first; then (connections + 1) / weight: a 2/1, b 2/2, then b 3/2, b 4/2 is a tie and a came first.
  expect([send(), send(), send(), send(), send()].join('')).toBe('abbba');
  rotation.outstanding[0] = 0;
  policy.heard?.(0, 0, 1);
  expect(send()).toBe('a');
});
