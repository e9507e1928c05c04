// What the build runs: a setting under the 20 seeds of the prose, a claim. Each is remembered on disk under a key that holds the
// hash of all code behind it, so it is run once and never stale.

import { meanInterval } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { type ClaimVerdict, checkClaim, claimSeeds, type Estimate } from '../experiments/definition/replicate';
import type { Measured, Setup } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';

/** Where the build looks experiments up and keeps what it has run. */
export interface Course {
  ids: string[];
  load(id: string): Promise<ExperimentDefinition>;
  /**
   * The result of `compute` for this experiment and question, as JSON. `maker` is the file of src/build whose code computes it:
   * it is computed again when that file, anything that it imports, or the experiment changes.
   */
  remember<T>(id: string, maker: 'runs' | 'twinOf' | 'moment' | 'curve', question: unknown, compute: () => T | Promise<T>): Promise<T>;
}

/** By metric: its value under each seed, in the order of the seeds. */
export type Samples = Record<string, (number | null)[]>;

export function samplesOf(
  course: Course,
  definition: ExperimentDefinition,
  { values, interventions }: Omit<Setup, 'seed'>,
): Promise<Samples> {
  return course.remember(definition.id, 'runs', { what: 'samples', values, interventions, seeds: claimSeeds }, () => {
    const samples: Samples = {};
    for (const metric of Object.keys(definition.metrics)) samples[metric] = [];
    for (const seed of claimSeeds) {
      const { metrics } = runExperiment(definition, { values, interventions, seed });
      for (const [metric, values] of Object.entries(samples)) values.push(metrics[metric].value);
    }
    return samples;
  });
}

/** One run's metrics. */
export function metricsOf(
  course: Course,
  definition: ExperimentDefinition,
  { values, seed, interventions }: Setup,
): Promise<Record<string, Measured>> {
  const setup = { values, seed, interventions };
  return course.remember(definition.id, 'runs', { what: 'metrics', setup }, () => runExperiment(definition, setup).metrics);
}

/** Mean and interval, or how many of the runs have no value. */
export function estimateOf(values: readonly (number | null)[]): Estimate | { missing: number } {
  const present = values.filter((value): value is number => value !== null && Number.isFinite(value));
  return present.length < values.length ? { missing: values.length - present.length } : meanInterval(present);
}

/** The same measure of two settings, seed by seed: what both share cancels out. */
export function paired(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  combine: (a: number, b: number) => number,
): (number | null)[] {
  return a.map((left, index) => {
    const right = b[index];
    if (left === null || right === null) return null;
    const combined = combine(left, right);
    return Number.isFinite(combined) ? combined : null;
  });
}

export function verdictOf(course: Course, definition: ExperimentDefinition, claim: string): Promise<ClaimVerdict> {
  return course.remember(definition.id, 'runs', { what: 'claim', claim, seeds: claimSeeds }, () =>
    checkClaim(definition, definition.claims[claim]),
  );
}

/** What a problem says about interventions that found nothing to act on, or nothing when all did. */
export async function missedParts(course: Course, definition: ExperimentDefinition, side: Setup): Promise<string | undefined> {
  if (side.interventions.length === 0) return undefined;
  const { values, seed, interventions } = side;
  const found = await course.remember(definition.id, 'runs', { what: 'missed parts', values, seed, interventions }, () => {
    const { skipped, trace } = runExperiment(definition, { values, seed, interventions }, { record: { detail: 'coarse' } });
    return { skipped, parts: trace?.partList.map(({ name }) => name) ?? [] };
  });
  if (found.skipped.length === 0) return undefined;
  const missed = found.skipped.map((skip) => {
    const [index, target] = skip.split(/:(.*)/s);
    return `${interventions[Number(index)].verb} ${target}`;
  });
  return `${[...new Set(missed)].join(', ')} finds no such part at that time, or one that cannot do that. Parts: ${found.parts.join(', ') || 'none'}.`;
}
