import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Call } from '../../../../src/simulation/parts/call';
import { nginxLeastConnections, nginxRandomTwo, nginxRoundRobin } from '../../../../src/simulation/parts/policies/nginx';
import { pickLeastConn, pickRandomTwo } from '../../../../src/simulation/parts/policies/nginxLeastConn';
import {
  createSmoothWeighted,
  pickSmoothWeighted,
  smoothWeightedFailed,
  smoothWeightedSucceeded,
} from '../../../../src/simulation/parts/policies/smoothWeighted';
import { readVector } from '../../../vectors/read';
import { isNear, pickMany, rotationOf } from './rotation';

interface Recording {
  weights: number[];
  maxFails: number;
  failTimeoutSeconds: number;
  steps: string;
}

const letter = (server: number) => (server < 0 ? '-' : 'abcdefghij'[server]);
const recorded = Object.entries(readVector<Record<'round robin' | 'least_conn', Recording[]>>('nginx.recorded'));
const all = () => true;

describe.each(recorded)('%s with failures and rests', (method, recordings) => {
  test.each(recordings.map((recording) => [recording.weights.join(', '), recording.maxFails, recording] as const))(
    'weights %s, max_fails %s: as nginx 1.22.1 did',
    (_weights, maxFails, { weights, failTimeoutSeconds, steps }) => {
      const state = createSmoothWeighted(weights, { maxFails, failTimeoutMs: failTimeoutSeconds * 1000 });
      const connections = new Int32Array(weights.length);
      const opened: number[] = [];
      let nowMs = 1e9;
      const seen = steps.split(', ').map((step) => {
        const [what, subject] = step.split(' ');
        if (what === 'wait') nowMs += Number(subject) * 1000;
        else if (what === 'open') {
          const server = method === 'least_conn' ? pickLeastConn(state, connections, all, nowMs) : pickSmoothWeighted(state, all, nowMs);
          opened.push(server);
          if (server >= 0) connections[server]++;
          return `open ${letter(server)}`;
        } else {
          const server = opened[Number(subject)];
          connections[server]--;
          if (what === 'fail') smoothWeightedFailed(state, server, nowMs);
          else smoothWeightedSucceeded(state, server);
        }
        return step;
      });
      expect(seen.join(', ')).toBe(steps);
    },
  );
});

describe('passive failure counts of a policy', () => {
  test('rest a server that fails, and try it again after its time, by whole seconds', () => {
    for (const policyOf of [nginxRoundRobin, nginxLeastConnections]) {
      const rotation = rotationOf([0, 0]);
      const policy = policyOf({ maxFails: 2, failTimeoutMs: 10_000 })(rotation);
      rotation.clockMs = 5999;
      for (let failure = 0; failure < 2; failure++) {
        expect(pickMany(policy, 2)).toContain(0);
        policy.heard?.(0, fates.failed, 1);
      }
      rotation.clockMs = 15_999;
      expect(new Set(pickMany(policy, 10))).toEqual(new Set([1]));
      rotation.clockMs = 16_000;
      expect(new Set(pickMany(policy, 10))).toEqual(new Set([0, 1]));
      // One success after the rest and its failures are forgotten.
      policy.heard?.(0, fates.completed, 1);
      policy.heard?.(0, fates.lost, 1);
      expect(new Set(pickMany(policy, 10))).toEqual(new Set([0, 1]));
    }
  });

  test('a full server that says so has not failed, nor has one whose caller went away', () => {
    const rotation = rotationOf([0, 0]);
    const policy = nginxRoundRobin()(rotation);
    policy.heard?.(0, fates.rejected, 1);
    policy.heard?.(0, fates.abandoned, 1);
    expect(pickMany(policy, 4)).toEqual([0, 1, 0, 1]);
    policy.heard?.(0, fates.timedOut, 1);
    expect(pickMany(policy, 4)).toEqual([1, 1, 1, 1]);
  });
});

describe('random two least_conn', () => {
  test('compares two by connections over weight, the second wins a tie, and the same one twice is no pair', () => {
    const state = createSmoothWeighted([1, 2, 1]);
    const tries = (draws: number[]) => (attempt: number) => (draws[attempt] + 0.5) / 4;
    expect(pickRandomTwo(state, [0, 0, 0], all, tries([0, 3]))).toBe(2);
    expect(pickRandomTwo(state, [0, 0, 1], all, tries([0, 3]))).toBe(0);
    expect(pickRandomTwo(state, [1, 2, 0], all, tries([0, 2]))).toBe(1);
    expect(pickRandomTwo(state, [1, 3, 0], all, tries([0, 0, 1]))).toBe(0);
    // Server 2 may not be used: drawn, and drawn anew.
    expect(pickRandomTwo(state, [1, 3, 0], (server) => server < 2, tries([3, 0, 3, 1]))).toBe(0);
  });

  test('leaves it to weighted round robin when 21 tries found no pair', () => {
    const state = createSmoothWeighted([5, 1, 1]);
    let tries = 0;
    const draw = () => {
      tries++;
      return 0.01;
    };
    expect([1, 2, 3].map(() => pickRandomTwo(state, [0, 0, 0], all, draw)).map(letter)).toEqual(['a', 'a', 'b']);
    expect(tries).toBe(63);
  });

  test('draws by weight and is common to both sides of a comparison', () => {
    const policy = nginxRandomTwo(9)(rotationOf([0, 0, 0], [2, 1, 1]));
    const chosen = pickMany(policy, 20_000);
    // All idle: the second of the pair. P(second = a) = P(first b or c) × P(a | not the first) = 2 × 1/4 × 2/3.
    expect(isNear(chosen, [1 / 3, 1 / 3, 1 / 3])).toBe(true);
    expect(pickMany(nginxRandomTwo(9)(rotationOf([0, 0, 0], [2, 1, 1])), 50)).toEqual(chosen.slice(0, 50));
    const call = new Call(0);
    const attempts = Array.from({ length: 50 }, (_, attempt) => policy.pick(Object.assign(call, { request: 1, attempt })));
    expect(new Set(attempts).size).toBe(3);
  });
});

test('nginx takes whole weights and a finite count of failures only', () => {
  for (const weight of [0, -1, 1.5, Number.NaN, Infinity]) expect(() => createSmoothWeighted([weight])).toThrow('whole numbers from 1 up');
  expect(() => createSmoothWeighted([1], { maxFails: -1 })).toThrow(RangeError);
  expect(() => createSmoothWeighted([1], { maxFails: 1, failTimeoutMs: Number.NaN })).toThrow('must be 0 or more');
});
