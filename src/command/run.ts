// `run`: settles what was asked for, runs it, and prints the result as the page would show it.

import { writeFile } from 'node:fs/promises';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { readIntervention } from '../experiments/definition/link';
import { formatNumber } from '../experiments/definition/number';
import type { Estimate } from '../experiments/definition/replicate';
import type { Result } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';
import { type Settled, settle, shownParameters } from '../experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../experiments/registry';
import { type RunArguments, readRunArguments } from './arguments';
import { CommandError } from './commandError';
import { replicate } from './replications';
import { sweep } from './sweep';
import { traceLines } from './traceLines';

export async function run(words: string[]): Promise<void> {
  const asked = readRunArguments(words);
  if (!Object.hasOwn(experimentLoaders, asked.id)) {
    throw new CommandError(`There is no experiment "${asked.id}"; there are ${Object.keys(experimentLoaders).join(', ')}.`);
  }
  const definition = await loadExperiment(asked.id);
  const setup = settleStrictly(definition, asked);
  if (asked.sweep) {
    await sweep(definition, setup, asked);
    return;
  }
  if (asked.seeds !== undefined) throw new CommandError('--seeds is for --sweep; without it there is --replications.');
  const result = runExperiment(definition, setup, { record: { detail: asked.traceFile ? 'all' : 'none' } });
  if (asked.traceFile) {
    if (!result.trace) throw new CommandError(`--trace: ${asked.id} is a ${definition.kind} and has no trace.`);
    await writeFile(asked.traceFile, traceLines(result.trace)).catch((error: Error) => {
      throw new CommandError(`--trace: the file could not be written (${error.message}).`);
    });
  }
  const estimates = asked.replications ? await replicate(definition, setup, asked.replications) : undefined;
  if (asked.json) console.log(JSON.stringify(asJson(definition, result, estimates)));
  else print(definition, result, estimates);
}

/** On the command line a value out of range is a mistake, not something to put right silently. */
function settleStrictly(definition: ExperimentDefinition, asked: RunArguments): Settled {
  const scenario = asked.scenario === undefined ? undefined : definition.scenarios[asked.scenario];
  if (asked.scenario !== undefined && !scenario) {
    throw new CommandError(
      `--scenario is "${asked.scenario}"; ${definition.id} has ${Object.keys(definition.scenarios)
        .map((name) => `"${name}"`)
        .join(', ')}.`,
    );
  }
  const settled = settle(definition, {
    values: { ...scenario?.values, ...asked.values },
    seed: asked.seed,
    interventions: [...(scenario?.interventions ?? []), ...asked.interventions.map(readIntervention)],
  });
  if (settled.notices.length > 0) {
    const { about, text } = settled.notices[0];
    const known =
      Object.hasOwn(definition.parameters, about) || !text.startsWith('There is no parameter')
        ? ''
        : ` ${definition.id} has ${Object.keys(definition.parameters).join(', ')}.`;
    throw new CommandError(`${about}: ${text.split('. ')[0].replace(/\.$/, '')}.${known}`);
  }
  return settled;
}

type Estimates = Record<string, Estimate>;

function asJson(definition: ExperimentDefinition, result: Result, estimates: Estimates | undefined) {
  const { id, seed, modelHash, traceHash, accounts, notices, interventions, theory, skipped } = result;
  const shown = new Set(shownParameters(definition, result.values));
  const metrics = Object.fromEntries(
    Object.entries(result.metrics).map(([name, metric]) => {
      const estimate = estimates?.[name];
      return [
        name,
        estimate ? { ...metric, mean: estimate.mean, interval: [estimate.low, estimate.high], replications: estimate.count } : metric,
      ];
    }),
  );
  return {
    id,
    values: Object.fromEntries(Object.entries(result.values).filter(([name]) => shown.has(name))),
    seed,
    interventions,
    modelHash,
    traceHash,
    metrics,
    theory,
    accounts,
    skipped,
    notices,
  };
}

function print(definition: ExperimentDefinition, result: Result, estimates: Estimates | undefined): void {
  console.log(`${definition.title}, seed ${result.seed}\n${result.summary}\n`);
  for (const [name, { label, unit }] of Object.entries(definition.metrics)) {
    const theory = result.theory[name]?.value;
    const estimate = estimates?.[name];
    const beside = [
      theory === undefined || theory === null ? '' : `theory ${formatNumber(theory, unit)}`,
      estimate
        ? `mean of ${estimate.count}: ${formatNumber(estimate.mean, unit)}, 95 % from ${formatNumber(estimate.low, unit)} to ${formatNumber(estimate.high, unit)}`
        : '',
    ].filter(Boolean);
    console.log(`${label.padEnd(48)} ${formatNumber(result.metrics[name].value, unit).padStart(12)}  ${beside.join('; ')}`);
  }
  for (const notice of result.notices) console.log(notice.text);
}
