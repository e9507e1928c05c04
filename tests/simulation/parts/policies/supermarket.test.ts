// The supermarket model with 100 queues against the simulations in Mitzenmacher's paper. T2: every seed within four standard deviations of
// the seeds, their mean within four of its standard errors. The choices are different queues: with replacement long runs give 0.3 to 0.6 % more.

import { describe, expect, test } from 'vitest';
import { mean, sampleVariance } from '../../../../src/simulation/measure/confidence';
import { readVector } from '../../../vectors/read';
import { market } from './market';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
const horizons: Record<string, [number, number]> = { '0.5': [250, 50], '0.9': [400, 100], '0.99': [1600, 600] };

describe('100 queues', () => {
  test.each(readVector<number[][]>('p2c.paper_sim'))(
    '%s choices at load %s: the mean response that was simulated there, and not that of the limit',
    (choices, load, paper, limit) => {
      const [horizon, warmUp] = horizons[load];
      const responses = seeds.map((seed) => market({ queues: 100, choices, load, horizon, warmUp }, seed).response);
      const sigma = Math.sqrt(sampleVariance(responses));
      const ofMean = sigma / Math.sqrt(seeds.length);
      for (const response of responses) expect(Math.abs(response - paper)).toBeLessThan(4 * sigma);
      expect(Math.abs(mean(responses) - paper)).toBeLessThan(4 * ofMean);
      // A gate too wide to see the effect of so few queues would be none; at load 0.5 there is hardly any.
      expect(ofMean / paper).toBeLessThan(load < 0.99 ? 0.006 : 0.02);
      if (load > 0.5) expect(mean(responses) - limit).toBeGreaterThan(2 * ofMean);
    },
  );
});
