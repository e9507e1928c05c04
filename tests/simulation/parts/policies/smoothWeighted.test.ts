import { describe, expect, test } from 'vitest';
import {
  createSmoothWeighted,
  pickSmoothWeighted,
  smoothWeightedFailed,
  smoothWeightedSucceeded,
} from '../../../../src/simulation/parts/policies/smoothWeighted';
import { readVector } from '../../../vectors/read';

const letter = (server: number) => 'abcdef'[server];

test.each(Object.entries(readVector<Record<string, { weights: number[]; seq: string }>>('nginx.swrr')))(
  '%s gives the turns that nginx 1.22.1 gave',
  (_name, { weights, seq }) => {
    const state = createSmoothWeighted(weights);
    expect([...seq].map(() => letter(pickSmoothWeighted(state, () => true))).join('')).toBe(seq);
  },
);

describe('a server that refuses connections (max_fails=3)', () => {
  test.each(Object.entries(readVector<Record<string, string[]>>('nginx.swrr_dead')))(
    '%s is tried and left as nginx 1.22.1 did',
    (_name, requests) => {
      const state = createSmoothWeighted([5, 1, 1], { maxFails: 3, failTimeoutMs: 600_000 });
      const seen = requests.map(() => {
        const tried: string[] = [];
        for (;;) {
          const server = pickSmoothWeighted(state, (candidate) => !tried.includes(letter(candidate)), 1);
          if (server !== 0) {
            smoothWeightedSucceeded(state, server);
            return [...tried.map((name) => `${name.toUpperCase()}!`), letter(server)].join('');
          }
          tried.push('a');
          smoothWeightedFailed(state, server, 1);
        }
      });
      expect(seen).toEqual(requests);
    },
  );
});

test('a server that is the only one is tried again whatever it did, as nginx does with a single peer', () => {
  const state = createSmoothWeighted([1], { maxFails: 1, failTimeoutMs: 10_000 });
  for (let nowMs = 0; nowMs < 5; nowMs++) {
    expect(pickSmoothWeighted(state, () => true, nowMs)).toBe(0);
    smoothWeightedFailed(state, 0, nowMs);
  }
});
