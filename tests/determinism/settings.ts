// Random settings of every experiment, and what a run of each gives, as plain text that engines can compare to the last digit.

import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import type { Parameter, Values } from '../../src/experiments/definition/parameters';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { Stream } from '../../src/simulation/kernel/random';

function randomValue(parameter: Exclude<Parameter, { type: 'list' }>, stream: Stream): number | string | boolean {
  if (parameter.type === 'switch') return stream.next() < 0.5;
  if (parameter.type === 'choice') return Object.keys(parameter.options)[stream.below(Object.keys(parameter.options).length)];
  const value = parameter.min + stream.next() * (parameter.max - parameter.min);
  return parameter.type === 'integer' ? Math.round(value) : value;
}

export function randomValues(definition: ExperimentDefinition, stream: Stream): Values {
  const values: Values = {};
  for (const [name, parameter] of Object.entries(definition.parameters)) {
    if (parameter.type !== 'list') values[name] = randomValue(parameter, stream);
    else values[name] = Array.from({ length: 64 }, () => randomValue(parameter.element, stream) as number);
  }
  // Long runs say no more about digits than short ones.
  if (typeof values.seconds === 'number') values.seconds = Math.min(values.seconds, 60);
  return values;
}

function randomInterventions(stream: Stream): unknown[] {
  const verbs = ['crash', 'slow', 'flush', 'restore'];
  const targets = ['server', 'servers/1', 'servers/2', 'cache', 'database'];
  return Array.from({ length: stream.below(4) }, () => {
    const atMs = stream.next() * 30_000;
    return {
      atMs,
      untilMs: atMs + stream.next() * 10_000,
      verb: verbs[stream.below(4)],
      targets: [targets[stream.below(5)]],
      arguments: { factor: 0.05 + stream.next() },
    };
  });
}

export interface Digits {
  id: string;
  number: number;
  traceHash: string;
  /** All that a run measures, with every digit. */
  result: string;
}

/** Runs `perExperiment` random settings of every experiment. The same list in every engine, or something is wrong. */
export async function digitsOfAll(perExperiment: number): Promise<Digits[]> {
  const digits: Digits[] = [];
  for (const id of Object.keys(experimentLoaders)) {
    const definition = await loadExperiment(id);
    if (definition.kind === 'session') continue;
    for (let number = 0; number < perExperiment; number++) {
      const stream = new Stream(number, `settings of ${id}`);
      const first = number === 0 ? {} : { values: randomValues(definition, stream), interventions: randomInterventions(stream) };
      const result = runExperiment(definition, settle(definition, { ...first, seed: number + 1 }));
      const { traceHash, metrics, theory, accounts, charts, table, events, modelHash } = result;
      digits.push({ id, number, traceHash, result: JSON.stringify({ metrics, theory, accounts, charts, table, events, modelHash }) });
    }
  }
  return digits;
}
