// The supermarket model with 500 queues is near enough to endlessly many: their lengths, and the mean response.

import { describe, expect, test } from 'vitest';
import { mean } from '../../../../src/simulation/measure/confidence';
import { readVector } from '../../../vectors/read';
import { market } from './market';

describe('500 queues', () => {
  const responses = readVector<number[][]>('p2c.T');
  const tails = readVector<Record<string, number[]>>('p2c.tail');

  test.each([
    [1, 900, 600, [1]],
    [2, 250, 80, [1, 2]],
    [3, 250, 80, [1, 2]],
  ])('%s choices at load 0.9: the lengths of the queues are those of the limit', (choices, horizon, warmUp, seeds) => {
    const runs = seeds.map((seed) => market({ queues: 500, choices, load: 0.9, horizon, warmUp }, seed));
    tails[`d=${choices},lam=0.9`].forEach((tail, index) => {
      expect(Math.abs(mean(runs.map((run) => run.tails[index])) - tail)).toBeLessThan(0.01);
    });
    if (choices > 1) expectLimit(choices, 0.9, mean(runs.map(({ response }) => response)));
  });

  test.each([1, 2, 3])('%s choices at load 0.5: the mean response is that of the limit', (choices) => {
    const runs = [1, 2, 3].map((seed) => market({ queues: 500, choices, load: 0.5, horizon: 120, warmUp: 40 }, seed));
    expectLimit(choices, 0.5, mean(runs.map(({ response }) => response)));
  });

  function expectLimit(choices: number, load: number, response: number) {
    const limit = responses.find(([d, lambda]) => d === choices && lambda === load)?.[2] ?? Number.NaN;
    expect(Math.abs(response / limit - 1)).toBeLessThan(0.02);
  }

  test('more choices are better, and the second gains the most', () => {
    const [one, two, three] = [1, 2, 3].map(
      (choices) => market({ queues: 100, choices, load: 0.9, horizon: 300, warmUp: 100 }, 4).response,
    );
    expect(one - two).toBeGreaterThan(3 * (two - three));
    expect(two).toBeGreaterThan(three);
  });
});
