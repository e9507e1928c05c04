// What an experiment's runs call things, for translators: parts and members of tables, tables, formulas with their sources. It is
// made for its defaults, its scenarios and every choice, and no run begins. "Server 1" and "Server 2" are one text: "Server {number}".

import { type PartDescription, System } from '@by-the-slice/simulation';
import type { ExperimentDefinition, Outcome } from './defineExperiment';
import { ResponseCharts } from './measures';
import type { Values } from './parameters';
import { defaultValues, horizonMsOf, settle } from './settings';
import { templateOf } from './spokenParts';

/** By its place in the experiment. `placed`: a name made of a text's first words. */
export function runWords(definition: ExperimentDefinition, placed: (text: string) => string): Record<string, string> {
  const words: Record<string, string> = {};
  const add = (place: string, text: string): void => {
    // Two texts may begin alike.
    if (words[place] === undefined || words[place] === text) words[place] = text;
    else add(`${place}-more`, text);
  };
  const known = new Set<string>();
  const name = (kind: string, label: string): void => {
    const template = templateOf(label);
    if (known.has(template) || !/\p{Letter}/u.test(label)) return;
    known.add(template);
    add(`${kind}.${placed(template)}`, template);
  };
  const all = settings(definition);
  // A calculation has no parts, and its tables are alike for all values.
  for (const values of definition.kind === 'simulation' ? all : all.slice(0, 1)) {
    const { parts, outcome } = setUp(definition, values);
    for (const { label } of parts) name('parts', label);
    for (const account of Object.keys(outcome.accounts ?? {})) name('accounts', account);
    const { table, charts = {} } = outcome;
    if (table) words['table.caption'] = table.caption;
    for (const { key, label } of table?.columns ?? []) words[`table.columns.${key}`] = label;
    for (const { label } of table?.rows ?? []) name('table.rows', label);
    for (const [id, data] of Object.entries(charts))
      if (data.type === 'bars') for (const category of data.categories) name(`charts.${id}.categories`, category);
  }
  for (const values of all) {
    for (const [id, theory] of Object.entries(definition.theory?.(values as never, horizonMsOf(definition, values)) ?? {}))
      for (const text of [theory.formula, theory.source]) add(`theory.${id}.${placed(text)}`, text);
  }
  return words;
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

/** All parts, and the outcome of a system in which nothing has happened. */
function setUp(definition: ExperimentDefinition, values: Values): { parts: readonly PartDescription[]; outcome: Outcome } {
  const system = new System({ seed: 1, record: { detail: 'none' } });
  const horizonMs = horizonMsOf(definition, values);
  const charts = new ResponseCharts(horizonMs);
  const outcome = definition.run(values as never, { system, seed: 1, horizonMs, charts, live: () => {}, simulate: () => {} });
  return { parts: system.simulation.recorder.partList, outcome };
}
