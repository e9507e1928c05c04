// Runs an experiment: the one function behind the page, the build, the tests and the command line.

import { hashOfText, type RecordWindow, System } from '@by-the-slice/simulation';
import type { ExperimentDefinition, Outcome } from './defineExperiment';
import { formatNumber } from './number';
import type { Measured, Result, Setup, Theory } from './result';
import { defaultValues, horizonMsOf, horizonNotice } from './settings';

export interface RunOptions {
  record?: RecordWindow;
}

/** Runs a settled setup (see `settle`). The same setup gives the same result, whatever is recorded. */
export function runExperiment(definition: ExperimentDefinition, setup: Setup, options: RunOptions = {}): Result {
  return { ...runOnce(definition, setup, options), modelHash: modelHashOf(definition) };
}

const modelHashes = new WeakMap<ExperimentDefinition, string>();

/** Changes when the experiment's parameters or its behavior at their defaults change, so that an old link can tell. */
export function modelHashOf(definition: ExperimentDefinition): string {
  let hash = modelHashes.get(definition);
  if (hash === undefined) {
    const { traceHash } = runOnce(definition, { values: defaultValues(definition), seed: 1, interventions: [] }, {});
    hash = hashOfText(JSON.stringify(definition.parameters) + traceHash).slice(0, 8);
    modelHashes.set(definition, hash);
  }
  return hash;
}

function runOnce(definition: ExperimentDefinition, setup: Setup, options: RunOptions): Result {
  const { values, seed, interventions } = setup;
  const horizonMs = horizonMsOf(definition, values);
  const record = options.record ?? { detail: 'none' };
  const system = new System({ seed, record });
  const { simulation } = system;
  const outcome = definition.run(values as never, {
    system,
    seed,
    horizonMs,
    simulate() {
      system.intervene(interventions);
      simulation.runUntil(horizonMs);
      simulation.audit();
    },
  });
  const isSimulation = definition.kind === 'simulation';
  const notice = horizonNotice(definition, values);
  const metrics = measured(definition, outcome);
  const trace = isSimulation && record.detail !== 'none' ? simulation.recorder.finish(horizonMs) : undefined;
  return {
    id: definition.id,
    values,
    seed,
    interventions,
    horizonMs,
    metrics,
    theory: theoryBeside(definition, setup, horizonMs),
    accounts: outcome.accounts ?? {},
    table: outcome.table,
    charts: outcome.charts ?? {},
    notices: notice ? [notice] : [],
    skipped: system.skipped,
    marks: trace?.marks ?? [],
    events: simulation.events,
    traceHash: isSimulation ? simulation.recorder.digest() : hashOfText(JSON.stringify(withoutPictures(outcome))),
    modelHash: '',
    picture: outcome.picture,
    pictureNarrow: outcome.pictureNarrow,
    trace,
    summary: definition.summary((metric) => inWords(metrics[metric]), values as never),
  };
}

/** How a result is drawn is no part of what came out: a new drawing must not make old links look stale. */
function withoutPictures({ picture: _wide, pictureNarrow: _narrow, ...outcome }: Outcome): Outcome {
  return outcome;
}

function measured(definition: ExperimentDefinition, outcome: Outcome): Record<string, Measured> {
  const metrics: Record<string, Measured> = {};
  for (const [id, metric] of Object.entries(definition.metrics)) {
    const raw = outcome.metrics[id];
    const value = raw === undefined || raw === null || Number.isNaN(raw) ? null : raw;
    const samples = outcome.samples?.[id];
    metrics[id] = { value, unit: metric.unit };
    if (samples !== undefined) metrics[id].samples = samples;
    if (value === null) metrics[id].reason = samples === undefined ? 'nothing to measure' : `${samples} samples are too few`;
  }
  return metrics;
}

function theoryBeside(definition: ExperimentDefinition, setup: Setup, horizonMs: number): Record<string, Theory> {
  const theory = definition.theory?.(setup.values as never, horizonMs) ?? {};
  if (setup.interventions.length === 0 || definition.theoryHoldsUnderInterventions) return theory;
  return Object.fromEntries(
    Object.entries(theory).map(([id, entry]) => [
      id,
      { ...entry, value: null, reason: 'The formula assumes a system that nobody interferes with; this run has interventions.' },
    ]),
  );
}

function inWords(metric: Measured | undefined): string {
  if (!metric || metric.value === null) return 'not measurable';
  return formatNumber(metric.value, metric.unit);
}
