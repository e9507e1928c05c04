// The right curve of a sketch: a metric at several values of a parameter, or a line of a chart as it develops over the run. Each
// point is the mean of the 20 runs of the prose.

import { meanInterval } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { claimSeeds, type Estimate } from '../experiments/definition/replicate';
import type { LineData, Setup } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';
import { type Course, estimateOf, samplesOf } from './runs';

export interface CurvePoint {
  x: number;
  /** Missing: in how many of the runs there is no value. */
  estimate: Estimate | { missing: number };
}

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
  const question = { what: 'curve', chart, line, stretches, values, interventions, seeds: claimSeeds };
  return course.remember(definition.id, 'curve', question, () => {
    const runs = claimSeeds.map((seed) => {
      const data = runExperiment(definition, { values, interventions, seed }).charts[chart];
      return data?.type === 'lines' ? stretchesOf(data, line, stretches) : [];
    });
    return Array.from({ length: stretches }, (_, index) => {
      const found = runs.flatMap((run) => (run[index]?.y === undefined ? [] : [run[index].y]));
      const estimate = found.length < runs.length ? { missing: runs.length - found.length } : meanInterval(found);
      return { x: runs[0][index]?.x ?? index, estimate };
    });
  });
}

/** The mean of a line's values in each stretch of its x axis; none where it has no value. */
export function stretchesOf({ x, lines }: LineData, line: string, stretches: number): { x: number; y: number | undefined }[] {
  const values = lines.find(({ key }) => key === line)?.values ?? [];
  const from = x[0] ?? 0;
  const width = ((x[x.length - 1] ?? 1) - from) / stretches;
  const sums = Array.from({ length: stretches }, () => ({ sum: 0, count: 0 }));
  for (const [index, at] of x.entries()) {
    const value = values[index];
    if (value === null || value === undefined) continue;
    const stretch = sums[Math.min(stretches - 1, Math.floor((at - from) / width))];
    stretch.sum += value;
    stretch.count++;
  }
  return sums.map(({ sum, count }, index) => ({
    x: from + (index + 0.5) * width,
    y: count === 0 ? undefined : sum / count,
  }));
}
