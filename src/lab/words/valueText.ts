// A setup in words: values with their units, interventions with their times.

import type { Intervention, PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { setParameter, valueFor } from '../../experiments/definition/live';
import { formatNumber, unitAfter } from '../../experiments/definition/number';
import type { Parameter, Values } from '../../experiments/definition/parameters';
import { shownParameters } from '../../experiments/definition/settings';
import { verbName } from '../controls/verbs';
import { clockText } from '../player/clockText';

export function valueText(parameter: Parameter, value: Values[string]): string {
  if (parameter.type === 'switch')
    return value === true ? translate({ id: 'lab.words.on', message: 'on' }) : translate({ id: 'lab.words.off', message: 'off' });
  if (parameter.type === 'choice') return parameter.options[String(value)] ?? String(value);
  if (parameter.type === 'list') return listText(value as number[], parameter.element.unit);
  return numberText(value as number, parameter.unit);
}

/** A parameter in percent holds percent; a metric in percent holds a share. */
export function numberText(value: number, unit: string): string {
  return formatNumber(value) + unitAfter(unit);
}

function listText(values: readonly number[], unit: string): string {
  if (values.length > 1 && values.every((value) => value === values[0]))
    return translate({ id: 'lab.words.each', message: '{value} each' }, { value: numberText(values[0], unit) });
  return values.map((value) => numberText(value, unit)).join(', ');
}

interface NamedValue {
  name: string;
  label: string;
  text: string;
}

/** Those that are shown for these values. */
export function valuesInWords(definition: ExperimentDefinition, values: Values): NamedValue[] {
  return shownParameters(definition, values).map((name) => {
    const parameter = definition.parameters[name];
    return { name, label: parameter.label, text: valueText(parameter, values[name]) };
  });
}

/** "Crash Server 2 at 30.0 s until 50.0 s". `parts`: those of the run; one that it does not have keeps its name. */
export function interventionText(
  definition: ExperimentDefinition,
  intervention: Intervention,
  horizonMs: number,
  parts: readonly PartDescription[] = [],
): string {
  const unit = definition.clock?.unit ?? 's';
  const parameter = setParameter(definition, intervention);
  const value = parameter ? valueText(parameter, valueFor(parameter, intervention.arguments?.value ?? 0)) : '';
  const words = {
    verb: verbName(intervention.verb),
    // What is set needs its new value: "Set Arrival rate = 12 /s at 30.0 s".
    targets: parameter
      ? `${parameter.label} = ${value}`
      : intervention.targets.map((target) => parts.find(({ name }) => name === target)?.label ?? target).join(', '),
    at: clockText(intervention.atMs, horizonMs, unit),
    until: intervention.untilMs === undefined ? '' : clockText(intervention.untilMs, horizonMs, unit),
  };
  return words.until === ''
    ? translate({ id: 'lab.words.intervention', message: '{verb} {targets} at {at}' }, words)
    : translate({ id: 'lab.words.interventionUntil', message: '{verb} {targets} at {at} until {until}' }, words);
}

/** "A, B and C" */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return translate(
    { id: 'lab.words.listed', message: '{most} and {last}', description: 'A list: "A, B" and "C"' },
    { most: names.slice(0, -1).join(', '), last: names[names.length - 1] },
  );
}
