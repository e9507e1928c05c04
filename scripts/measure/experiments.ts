// The experiments with the page of each, and how long their default runs take in this process once warm.

import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { experimentLoaders } from '../../src/experiments/registry';
import { pageOf } from '../../tests/browser/frame';
import { bundled } from '../bundle';
import type { Figure } from './figure';

const runsEach = 15;

export interface ExperimentPage {
  id: string;
  path: string;
}

export function experimentPages(): ExperimentPage[] {
  return Object.keys(experimentLoaders).map((id) => ({ id, path: pageOf(id) }));
}

/** Median by experiment, in ms. Bundled first, as it is for the page: modules loaded one by one run slower. */
export async function runTimes(): Promise<Map<string, number>> {
  const { loadExperiment } = await bundled<typeof import('../../src/experiments/registry')>('src/experiments/registry.ts');
  const { runExperiment } = await bundled<typeof import('../../src/experiments/definition/run')>('src/experiments/definition/run.ts');
  const { settle } = await bundled<typeof import('../../src/experiments/definition/settings')>('src/experiments/definition/settings.ts');
  const times = new Map<string, number>();
  for (const id of Object.keys(experimentLoaders)) {
    const definition: ExperimentDefinition = await loadExperiment(id);
    if (definition.kind !== 'session')
      times.set(
        id,
        medianTime(() => runExperiment(definition, settle(definition, {}))),
      );
  }
  return times;
}

function medianTime(run: () => unknown): number {
  const times: number[] = [];
  for (let round = -3; round < runsEach; round++) {
    const began = performance.now();
    run();
    if (round >= 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[runsEach >> 1];
}

export async function runFigures(): Promise<Figure[]> {
  return [...(await runTimes())].map(([id, ms]) => ({
    part: `Default run, median of ${runsEach} once warm`,
    what: id,
    value: ms,
    unit: 'ms',
    aim: { atMost: 50 },
  }));
}
