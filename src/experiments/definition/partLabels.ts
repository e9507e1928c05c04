// What an experiment calls its parts, for translators: it makes them for its defaults, its scenarios and every choice, and no run
// begins. "Server 1" and "Server 2" are one text: "Server {number}".

import { type PartDescription, System, spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import type { Values } from './parameters';
import type { Result } from './result';
import { defaultValues, horizonMsOf, settle } from './settings';

export function partLabels(definition: ExperimentDefinition): string[] {
  if (definition.kind !== 'simulation') return [];
  const labels = new Set<string>();
  for (const values of settings(definition)) for (const { label } of partsFor(definition, values)) labels.add(templateOf(label));
  return [...labels];
}

/** A label in the reader's language. */
function spokenLabel(label: string): string {
  const number = /\d+/.exec(label)?.[0];
  return number === undefined ? spoken(label) : spoken(templateOf(label), { number });
}

function templateOf(label: string): string {
  return label.replace(/\d+/, '{number}');
}

function settings(definition: ExperimentDefinition): Values[] {
  const defaults = defaultValues(definition);
  const changed = Object.entries(definition.parameters).flatMap(([name, parameter]): Values[] => {
    if (parameter.type === 'switch') return [{ ...defaults, [name]: !parameter.default }];
    return parameter.type === 'choice' ? Object.keys(parameter.options).map((option) => ({ ...defaults, [name]: option })) : [];
  });
  const wanted = [...changed, ...Object.values(definition.scenarios).map(({ values = {} }) => values)];
  return [defaults, ...wanted.map((values) => settle(definition, { values }).values)];
}

const made = Symbol('the parts are made');

function partsFor(definition: ExperimentDefinition, values: Values): readonly PartDescription[] {
  const system = new System({ seed: 1, record: { detail: 'none' } });
  const simulate = (): void => {
    throw made;
  };
  try {
    definition.run(values as never, { system, seed: 1, horizonMs: horizonMsOf(definition, values), live: () => {}, simulate });
  } catch (thrown) {
    if (thrown !== made) throw thrown;
  }
  return system.simulation.recorder.partList;
}

/** The parts of a run by the reader's names for them. */
export function withSpokenLabels(trace: NonNullable<Result['trace']>): NonNullable<Result['trace']> {
  return { ...trace, partList: trace.partList.map((part) => ({ ...part, label: spokenLabel(part.label) })) };
}
