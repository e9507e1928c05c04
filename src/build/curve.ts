// The right curve of a sketch: a metric at several values of a parameter, or a line of a chart as it develops over the run. Each
// point is the mean of the 20 runs of the prose.

import { claimSeeds } from '../experiments/definition/claimSeeds';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { Setup } from '../experiments/definition/result';
import type { Course } from './answers';
import type { CurvePoint } from './curveAnswer';
import { estimateOf, samplesOf } from './runs';

/** The metric at each of these settings. */
export async function metricCurve(
  course: Course,
  definition: ExperimentDefinition,
  metric: string,
  setups: readonly { x: number; setup: Omit<Setup, 'seed'> }[],
): Promise<CurvePoint[]> {
  return Promise.all(
    setups.map(async ({ x, setup }) => ({ x, estimate: estimateOf((await samplesOf(course, definition, setup))[metric]) })),
  );
}

/** A line of a chart in so many stretches of equal length, each at its middle. */
export function chartCurve(
  course: Course,
  definition: ExperimentDefinition,
  { chart, line, stretches }: { chart: string; line: string; stretches: number },
  { values, interventions }: Omit<Setup, 'seed'>,
): Promise<CurvePoint[]> {
  return course.ask(definition.id, 'curve', { chart, line, stretches, values, interventions, seeds: claimSeeds });
}
