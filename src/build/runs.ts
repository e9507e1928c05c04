// What a page asks runs for: a setting under the 20 seeds of the prose, one run, a claim.

import { meanInterval, spoken } from '@by-the-slice/simulation';
import { claimSeeds } from '../experiments/definition/claimSeeds';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { formatNumber } from '../experiments/definition/number';
import type { Estimate } from '../experiments/definition/replicate';
import type { Measured, Setup } from '../experiments/definition/result';
import type { Course } from './answers';
import type { Samples } from './runAnswers';

export function samplesOf(course: Course, { id }: ExperimentDefinition, { values, interventions }: Omit<Setup, 'seed'>): Promise<Samples> {
  return course.ask(id, 'samples', { values, interventions, seeds: claimSeeds });
}

/** One run's metrics. */
export function metricsOf(
  course: Course,
  { id }: ExperimentDefinition,
  { values, seed, interventions }: Setup,
): Promise<Record<string, Measured>> {
  return course.ask(id, 'metrics', { values, seed, interventions });
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

/** `detail`: what was found, in words. */
export async function verdictOf(course: Course, { id }: ExperimentDefinition, claim: string): Promise<{ holds: boolean; detail: string }> {
  const { holds, detail, numbers } = await course.ask(id, 'claim', { claim, seeds: claimSeeds });
  const written = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, formatNumber(number)]));
  return { holds, detail: spoken(detail, written) };
}

/** What a problem says about interventions that found nothing to act on, or nothing when all did. */
export async function missedParts(course: Course, definition: ExperimentDefinition, side: Setup): Promise<string | undefined> {
  if (side.interventions.length === 0) return undefined;
  const { values, seed, interventions } = side;
  const found = await course.ask(definition.id, 'partsMissed', { values, seed, interventions });
  if (found.skipped.length === 0) return undefined;
  const missed = found.skipped.map((skip) => {
    const [index, target] = skip.split(/:(.*)/s);
    return `${interventions[Number(index)].verb} ${target}`;
  });
  return `${[...new Set(missed)].join(', ')} finds no such part at that time, or one that cannot do that. Parts: ${found.parts.join(', ') || 'none'}.`;
}
