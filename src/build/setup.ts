// From the properties of a tag to a setting that can run. Stricter than a link: whatever `settle` would mend is a problem here.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { NumberParameter, Parameter, Values } from '../experiments/definition/parameters';
import type { Setup } from '../experiments/definition/result';
import { defaultSeed, horizonNotice, settle, shownParameters } from '../experiments/definition/settings';
import type { TwinSetup } from '../experiments/definition/twin';
import type { Given } from './given';
import type { Literal } from './literals';
import { kindOf, known, type Problems, written } from './problems';

/** Properties with a meaning of their own: no parameter may be called like one. */
export const reservedNames = [
  'id',
  'experiment',
  'metric',
  'scenario',
  'seed',
  'interventions',
  'compare',
  'cursorMs',
  'against',
  'values',
  'as',
  'theory',
  'unit',
  'goal',
  'sketch',
  'over',
  'at',
  'chart',
  'series',
  'top',
  'solution',
  'children',
  'key',
  'ref',
] as const;

interface SetupOptions {
  seed?: boolean;
  compare?: boolean;
  cursor?: boolean;
  /** The other properties of the tag, for the message about an unknown one. */
  others: readonly string[];
  /** What values start from. Default: the experiment's defaults. */
  base?: Pick<Setup, 'values' | 'interventions'>;
}

/** Takes everything that `given` still has. Undefined when it cannot run. */
export function readSetup(
  definition: ExperimentDefinition,
  given: Given,
  problems: Problems,
  options: SetupOptions,
): TwinSetup | undefined {
  const { parameters } = definition;
  given.absorb('values');
  const seed = options.seed ? (given.take('seed', 'number') ?? defaultSeed) : defaultSeed;
  const start = scenarioOf(definition, given, problems) ?? {
    values: { ...options.base?.values },
    interventions: options.base?.interventions ?? [],
  };
  const interventions = given.has('interventions') ? interventionsOf(given, problems) : start.interventions;
  const values: Record<string, unknown> = { ...start.values };
  let sound = true;
  const written = given.rest().filter((name) => Object.hasOwn(parameters, name));
  for (const name of written) {
    const value = given.raw(name) as Literal;
    const wrong = wrongValue(`${name} of ${given.owner}`, parameters[name], value);
    if (wrong) {
      problems.add(given.at(name), wrong);
      sound = false;
    } else values[name] = value;
  }
  const cursorMs = options.cursor ? given.take('cursorMs', 'number') : undefined;
  const compare = options.compare ? given.inside('compare') : undefined;
  const unknown = given.rest();
  const extras = [
    'scenario',
    'interventions',
    ...(options.seed ? ['seed'] : []),
    ...(options.compare ? ['compare'] : []),
    ...(options.cursor ? ['cursorMs'] : []),
  ];
  given.refuseRest([...options.others, ...extras, ...Object.keys(parameters)]);
  if (!sound || unknown.length > 0) return undefined;

  const { notices, ...setup } = settle(definition, { values, seed, interventions });
  const tooLong = horizonNotice(definition, setup.values);
  for (const notice of tooLong ? [...notices, tooLong] : notices) {
    const place = given.has(notice.about) ? given.at(notice.about) : given.place;
    problems.add(place, `${given.owner} asks for something that does not fit: ${notice.text}`);
    sound = false;
  }
  const shown = shownParameters(definition, setup.values);
  for (const name of written.filter((name) => !shown.includes(name))) {
    problems.add(
      given.at(name),
      `${name} of ${given.owner} has no effect: "${parameters[name].label}" is not used with the other values given.`,
    );
    sound = false;
  }
  for (const name of written) {
    const list = values[name];
    const settled = setup.values[name];
    if (Array.isArray(list) && Array.isArray(settled) && list.length > settled.length) {
      problems.add(
        given.at(name),
        `${name} of ${given.owner} has ${list.length} numbers; with the other values given, "${parameters[name].label}" has ${settled.length}.`,
      );
      sound = false;
    }
  }
  if (!sound) return undefined;
  const complete: TwinSetup = setup;
  if (cursorMs !== undefined) complete.cursorMs = cursorMs;
  if (compare) {
    const sideB = readSetup(definition, compare, problems, {
      others: [],
      base: { values: ownValues(definition, setup.values), interventions: setup.interventions },
    });
    if (!sideB) return undefined;
    complete.sideB = { values: sideB.values, interventions: sideB.interventions };
  }
  return complete;
}

/** Side B starts from side A's values; lists whose length follows another value are left to be filled again. */
function ownValues(definition: ExperimentDefinition, values: Values): Values {
  const shown = shownParameters(definition, values);
  return Object.fromEntries(Object.entries(values).filter(([name]) => shown.includes(name)));
}

function scenarioOf(
  definition: ExperimentDefinition,
  given: Given,
  problems: Problems,
): { values: Values; interventions: Setup['interventions'] } | undefined {
  const name = given.take('scenario', 'text');
  if (name === undefined) return undefined;
  if (!Object.hasOwn(definition.scenarios, name)) {
    problems.add(given.at('scenario'), `${definition.id} has no scenario "${name}". ${known(name, Object.keys(definition.scenarios))}`);
    return undefined;
  }
  const scenario = definition.scenarios[name];
  return { values: { ...scenario.values }, interventions: scenario.interventions ?? [] };
}

const interventionNames = ['atMs', 'untilMs', 'verb', 'targets', 'arguments'];

function interventionsOf(given: Given, problems: Problems): Setup['interventions'] {
  return given.insideEach('interventions').flatMap((one) => {
    const atMs = one.need('atMs', 'number');
    const verb = one.need('verb', 'text');
    if (!one.has('targets')) problems.add(one.place, `${one.owner} lacks targets: a list of part names, like {['servers/2']}.`);
    const targets = one.texts('targets');
    const untilMs = one.take('untilMs', 'number');
    const numbers = one.take('arguments', 'object') as Record<string, number> | undefined;
    one.refuseRest(interventionNames);
    if (atMs === undefined || verb === undefined || targets === undefined) return [];
    return [
      { atMs, verb, targets, ...(untilMs === undefined ? {} : { untilMs }), ...(numbers === undefined ? {} : { arguments: numbers }) },
    ];
  });
}

/** What is wrong with a value for this parameter, as a sentence about `subject` (`servers of <Experiment>`), or nothing. */
export function wrongValue(subject: string, parameter: Parameter, value: Literal): string | undefined {
  const found = `${subject} is ${written(value)}`;
  switch (parameter.type) {
    case 'number':
    case 'integer':
      return wrongNumber(found, parameter, parameter.label, value);
    case 'choice':
      if (typeof value === 'string' && Object.hasOwn(parameter.options, value)) return undefined;
      return `${found}, which is no option of "${parameter.label}". ${known(String(value), Object.keys(parameter.options))}`;
    case 'switch':
      return typeof value === 'boolean' ? undefined : `${found}, ${kindOf(value)}; "${parameter.label}" takes {true} or {false}.`;
    case 'list': {
      if (!Array.isArray(value)) return `${found}, ${kindOf(value)}; "${parameter.label}" takes a list of numbers, like {[1, 2]}.`;
      const wrong = value.map((element, index) =>
        wrongNumber(`${subject}, number ${index + 1}, is ${written(element)}`, parameter.element, parameter.label, element),
      );
      return wrong.find((sentence) => sentence !== undefined);
    }
  }
}

function wrongNumber(
  found: string,
  { type, min, max, default: standard }: NumberParameter,
  label: string,
  value: Literal,
): string | undefined {
  const range = `${type === 'integer' ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  if (typeof value !== 'number') return `${found}, ${kindOf(value)}; "${label}" takes ${range}, like {${standard}}.`;
  const fits = value >= min && value <= max && (type === 'number' || Number.isInteger(value));
  return fits ? undefined : `${found}; "${label}" takes ${range}.`;
}
