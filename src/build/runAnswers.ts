// What runs of an experiment answer: its metrics under one seed or the 20 of the prose, whether a claim holds, and which
// interventions found nothing to act on.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { type ClaimVerdict, checkClaim } from '../experiments/definition/replicate';
import type { Measured, Setup } from '../experiments/definition/result';
import { measureExperiment, runExperiment } from '../experiments/definition/run';

/** By metric: its value under each seed, in the order of the seeds. */
export type Samples = Record<string, (number | null)[]>;

export type Seeds = readonly number[];

export function samplesAnswer(definition: ExperimentDefinition, { seeds, ...setup }: Omit<Setup, 'seed'> & { seeds: Seeds }): Samples {
  const samples: Samples = {};
  for (const metric of Object.keys(definition.metrics)) samples[metric] = [];
  for (const seed of seeds) {
    const metrics = measureExperiment(definition, { ...setup, seed });
    for (const [metric, values] of Object.entries(samples)) values.push(metrics[metric].value);
  }
  return samples;
}

export function metricsAnswer(definition: ExperimentDefinition, setup: Setup): Record<string, Measured> {
  return measureExperiment(definition, setup);
}

export function claimAnswer(definition: ExperimentDefinition, { claim, seeds }: { claim: string; seeds: Seeds }): ClaimVerdict {
  return checkClaim(definition, definition.claims[claim], seeds);
}

/** `skipped`: "index:target" of the interventions. */
export function partsMissedAnswer(definition: ExperimentDefinition, setup: Setup): { skipped: readonly string[]; parts: string[] } {
  const { skipped, trace } = runExperiment(definition, setup, { record: { detail: 'coarse' } });
  return { skipped, parts: trace?.partList.map(({ name }) => name) ?? [] };
}
