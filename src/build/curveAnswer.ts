// A line of a chart as it develops over the run: the mean of several runs in stretches of equal length, each at its middle.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { Estimate } from '../experiments/definition/replicate';
import type { LineData, Setup } from '../experiments/definition/result';
import { figuresOnly, runExperiment } from '../experiments/definition/run';
import type { Seeds } from './runAnswers';
import { estimateOf } from './runs';

export interface CurvePoint {
  x: number;
  /** Missing: in how many of the runs there is no value. */
  estimate: Estimate | { missing: number };
}

export interface CurveQuestion extends Omit<Setup, 'seed'> {
  chart: string;
  line: string;
  stretches: number;
  seeds: Seeds;
}

export function curveAnswer(
  definition: ExperimentDefinition,
  { chart, line, stretches, seeds, values, interventions }: CurveQuestion,
): CurvePoint[] {
  const runs = seeds.map((seed) => {
    const data = runExperiment(definition, { values, interventions, seed }, figuresOnly).charts[chart];
    return data?.type === 'lines' ? stretchesOf(data, line, stretches) : [];
  });
  return Array.from({ length: stretches }, (_, index) => ({
    x: runs[0][index]?.x ?? index,
    estimate: estimateOf(runs.map((run) => run[index]?.y ?? null)),
  }));
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
