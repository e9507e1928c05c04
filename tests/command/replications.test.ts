import { expect, test } from 'vitest';
import { replicate } from '../../src/command/replications';
import { settle } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';

test('replications over threads give the same estimates as one after the other, digit for digit', async () => {
  const definition = await loadExperiment('one-server');
  const setup = settle(definition, { seed: 5 });
  const alone = await replicate(definition, setup, 9, Infinity);
  expect(await replicate(definition, setup, 9, 0)).toEqual(alone);
  expect(alone.responseMsMean?.count ?? Object.values(alone)[0].count).toBe(9);
});
