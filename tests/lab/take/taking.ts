// Runs to take along: every experiment at its defaults, and with two sides and something broken.

import type { ExperimentDefinition } from '../../../src/experiments/definition/defineExperiment';
import type { Setup } from '../../../src/experiments/definition/result';
import { runExperiment } from '../../../src/experiments/definition/run';
import { type RawSetup, settle } from '../../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../../src/experiments/registry';
import type { Taken } from '../../../src/lab/take/taken';

export const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

export function taken(definition: ExperimentDefinition, a: RawSetup = {}, b?: RawSetup): Taken {
  const run = (raw: RawSetup) => {
    const { notices: _, ...setup } = settle(definition, raw);
    return runExperiment(definition, setup satisfies Setup, { record: { detail: 'all' } });
  };
  const resultA = run(a);
  return {
    definition,
    sides: [{ side: 'a', result: resultA }, ...(b ? [{ side: 'b' as const, result: run({ ...b, seed: resultA.seed }) }] : [])],
    seed: resultA.seed,
    ...(definition.kind === 'simulation' ? { cursorMs: resultA.horizonMs * 0.35 } : {}),
    msPerSecond: resultA.horizonMs / 30,
  };
}

/** The last scenario against the first, with another seed and, where there is a clock, something that happens. */
export function busy(definition: ExperimentDefinition): Taken {
  const scenarios = Object.values(definition.scenarios);
  const plain = taken(definition);
  const trace = plain.sides[0].result.trace;
  const part = trace?.partList.find(({ kind }) => kind === 'server');
  const interventions = part
    ? [
        { atMs: 1000.25, untilMs: 2000, verb: 'slow', targets: [part.name], arguments: { factor: 0.5 } },
        { atMs: 3000, verb: 'crash', targets: [part.name] },
      ]
    : [];
  return taken(
    definition,
    { values: scenarios[0]?.values, seed: 7, interventions },
    { values: scenarios[scenarios.length - 1]?.values, interventions: [...interventions, ...interventions.slice(0, 1)] },
  );
}
