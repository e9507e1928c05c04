// Runs an experiment: the one function behind the page, the build, the tests and the command line.

import { hashOfText, type RecordWindow, reusingRoom, type SpokenValues, System, spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition, Outcome } from './defineExperiment';
import { isLive, liveValueText, numberOf, valueFor } from './live';
import { ResponseCharts } from './measures';
import type { LiveParameter, Values } from './parameters';
import { phrases } from './phrases';
import type { Measured, Result, Setup } from './result';
import { defaultValues, horizonMsOf, horizonNotice } from './settings';
import { summaryOf } from './summary';
import { theoryBeside } from './theoryBeside';

interface RunOptions {
  record?: RecordWindow;
}

/** For one of several runs of which nobody looks at the trace or its hash: sooner done. */
export const figuresOnly: RunOptions = { record: { detail: 'figures' } };

/** Runs a settled setup (see `settle`). The same setup gives the same result, whatever is recorded. */
export function runExperiment(definition: ExperimentDefinition, setup: Setup, options: RunOptions = {}): Result {
  return { ...runOnce(definition, setup, options), modelHash: modelHashOf(definition) };
}

/** Its metrics alone, for one of many runs: no trace, no charts, no theory, no words. Soonest done. */
export function measureExperiment(definition: ExperimentDefinition, setup: Setup): Result['metrics'] {
  return reusingRoom(() => measured(definition, carryOut(definition, setup, { detail: 'figures' }, false).outcome));
}

const modelHashes = new WeakMap<ExperimentDefinition, string>();

/** Changes when the experiment's parameters or its behavior at their defaults change, so that an old link can tell. */
function modelHashOf(definition: ExperimentDefinition): string {
  let hash = modelHashes.get(definition);
  if (hash === undefined) {
    const { traceHash } = runOnce(definition, { values: defaultValues(definition), seed: 1, interventions: [] }, {});
    hash = hashOfText(JSON.stringify(definition.parameters, withoutWords) + traceHash).slice(0, 8);
    modelHashes.set(definition, hash);
  }
  return hash;
}

/** Another word for a knob, another language, or that a knob may be turned later too, is no other model. */
function withoutWords(key: string, value: unknown): unknown {
  if (['label', 'help', 'live', 'optionHelp', 'groups'].includes(key)) return undefined;
  return key === 'options' ? Object.keys(value as object) : value;
}

function runOnce(definition: ExperimentDefinition, setup: Setup, options: RunOptions): Result {
  const { values, seed, interventions } = setup;
  const horizonMs = horizonMsOf(definition, values);
  const record = options.record ?? { detail: 'none' };
  const { system, outcome } = carryOut(definition, setup, record, true);
  const { simulation } = system;
  const isSimulation = definition.kind === 'simulation';
  const notice = horizonNotice(definition, values);
  const metrics = measured(definition, outcome);
  const trace = isSimulation && simulation.recorder.wantsText ? simulation.recorder.finish(horizonMs) : undefined;
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
    traceHash: isSimulation
      ? record.detail === 'figures'
        ? ''
        : simulation.recorder.digest()
      : hashOfText(JSON.stringify(withoutDrawing(outcome))),
    modelHash: '',
    drawing: outcome.drawing,
    trace,
    summary: summaryOf(definition, metrics, setup),
  };
}

function carryOut(definition: ExperimentDefinition, setup: Setup, record: RecordWindow, wantsCharts: boolean) {
  const { values, seed, interventions } = setup;
  const horizonMs = horizonMsOf(definition, values);
  const system = new System({ seed, record });
  const outcome = definition.run(values as never, {
    system,
    seed,
    horizonMs,
    charts: new ResponseCharts(horizonMs, wantsCharts),
    live: liveIn(definition, system, values),
    simulate() {
      system.describeVerbs();
      system.intervene(interventions);
      system.simulation.runUntil(horizonMs);
      system.simulation.audit();
    },
  });
  return { system, outcome };
}

/** What `run` binds its live parameters with. Each change is told in the log and marked on the timeline. */
function liveIn(definition: ExperimentDefinition, system: System, values: Values): (name: string, set: (now: never) => void) => void {
  const now = { ...values };
  return (name, set) => {
    const parameter = definition.parameters[name];
    if (!isLive(parameter)) throw new Error(`${definition.id} binds ${name}, which is not marked live.`);
    system.setting(name, numberOf(parameter, values[name]), (number) => {
      const { nowMs, recorder } = system.simulation;
      now[name] = valueFor(parameter, number);
      const values = recorder.wantsText ? changeValues(parameter, now[name] as number) : undefined;
      const text = values?.unit ? phrases.isNowWithUnit : phrases.isNow;
      recorder.mark(nowMs, 'note', -1, text, values);
      recorder.say(nowMs, 'info', -1, text, values);
      set({ ...now } as never);
    });
  };
}

/** A number stays one, for the language of whoever reads it. */
function changeValues(parameter: LiveParameter, value: number | string | boolean): SpokenValues {
  if (typeof value === 'number' && 'unit' in parameter) return { parameter: parameter.label, value, unit: parameter.unit };
  return { parameter: parameter.label, value: liveValueText(parameter, value) };
}

/** How a result is drawn is no part of what came out: a new drawing must not make old links look stale. */
function withoutDrawing({ drawing: _, ...outcome }: Outcome): Outcome {
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
    if (value === null)
      metrics[id].reason = samples === undefined ? spoken(phrases.nothingMeasured) : spoken(phrases.fewSamples, { samples });
  }
  return metrics;
}
