// `run ID --sweep`: one parameter over a range, one JSON line for each point as soon as its seeds are run.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { horizonMsOf, type Settled } from '../experiments/definition/settings';
import {
  canBeSwept,
  estimateOf,
  firstRange,
  isNumeric,
  type SweepPoint,
  type SweepRange,
  type SweptParameter,
  sweepPoint,
  sweptParameters,
  sweptValues,
} from '../experiments/definition/sweep';
import { theoryBeside } from '../experiments/definition/theoryBeside';
import type { RunArguments, SweepArgument } from './arguments';
import { CommandError } from './commandError';
import { runSeeds } from './replications';

const usualPoints = 17;
const usualSeeds = 10;

export async function sweep(definition: ExperimentDefinition, setup: Settled, asked: RunArguments): Promise<void> {
  if (asked.replications !== undefined || asked.traceFile !== undefined)
    throw new CommandError('--sweep goes with --seeds, and not with --replications or --trace.');
  const argument = asked.sweep as SweepArgument;
  const parameter = parameterOf(definition, setup, argument.parameter);
  const seeds = asked.seeds ?? usualSeeds;
  for (const value of sweptValues(parameter, rangeOf(definition, parameter, argument))) {
    const point = sweepPoint(definition, setup, argument.parameter, value);
    console.log(JSON.stringify(await lineOf(definition, setup.seed, point, argument.parameter, seeds)));
  }
}

function parameterOf(definition: ExperimentDefinition, setup: Settled, name: string): SweptParameter {
  const shown = sweptParameters(definition, setup.values);
  const parameter = shown.includes(name) ? definition.parameters[name] : undefined;
  if (canBeSwept(parameter)) return parameter;
  throw new CommandError(`--sweep names "${name}"; with these values ${definition.id} can sweep ${shown.join(', ')}.`);
}

function rangeOf(definition: ExperimentDefinition, parameter: SweptParameter, asked: SweepArgument): SweepRange {
  if (!isNumeric(parameter)) {
    if (asked.from === undefined) return { from: 0, to: 0, points: 0 };
    throw new CommandError(
      `--sweep: ${asked.parameter} has no range; name it alone to try ${sweptValues(parameter, { from: 0, to: 0, points: 0 }).join(', ')}.`,
    );
  }
  const { from, to } = { ...firstRange({ ...definition, sweep: undefined }, asked.parameter, parameter), ...given(asked) };
  if (from < parameter.min || to > parameter.max || from >= to)
    throw new CommandError(
      `--sweep: ${asked.parameter} goes from ${parameter.min} to ${parameter.max}, from low to high; given ${from}:${to}.`,
    );
  return { from, to, points: asked.points ?? usualPoints };
}

function given({ from, to }: SweepArgument): { from?: number; to?: number } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

async function lineOf(definition: ExperimentDefinition, seed: number, point: SweepPoint, parameter: string, seeds: number) {
  const { value, values, interventions, changes, isPossible } = point;
  const head = { id: definition.id, parameter, value };
  if (!isPossible) return { ...head, leftOut: true, changes };
  const runs = await runSeeds(definition, { values, interventions, seed, notices: [] }, seeds);
  const theory = theoryBeside(definition, { values, interventions, seed }, horizonMsOf(definition, values));
  return { ...head, seed, seeds, metrics: metricsOf(definition, runs), theory: valuesOf(theory), changes };
}

function metricsOf({ metrics }: ExperimentDefinition, runs: Awaited<ReturnType<typeof runSeeds>>) {
  return Object.fromEntries(
    Object.entries(metrics).map(([id, { unit }]) => {
      const estimate = estimateOf(runs.map((run) => run[id].value));
      if (!estimate) return [id, { mean: null, unit, runs: 0 }];
      const { mean, interval, lowest, highest, runs: count } = estimate;
      return [id, { mean, interval: interval ? [interval.low, interval.high] : null, lowest, highest, unit, runs: count }];
    }),
  );
}

function valuesOf(theory: Record<string, { value: number | null }>): Record<string, number> {
  return Object.fromEntries(Object.entries(theory).flatMap(([id, { value }]) => (value === null ? [] : [[id, value]])));
}
