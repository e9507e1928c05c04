// Parameters that change in the middle of a run. A change is an intervention like any other:
//   { verb: 'set', targets: ['arrivalsPerSecond'], atMs: 12300, arguments: { value: 12 } }
// A number stands for itself, a switch is 1 or 0, and a choice is the place of its option, counted from 0: options are only ever
// added at the end. What is not live, or not known, is kept and skipped, as a part is that is not there.

import { type Intervention, spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import { formatNumber, unitAfter } from './number';
import type { LiveParameter, Parameter, Values } from './parameters';
import { phrases } from './phrases';

export const setVerb = 'set';

export function isLive(parameter: Parameter | undefined): parameter is LiveParameter {
  return parameter !== undefined && parameter.type !== 'list' && parameter.live === true;
}

/** The parameter that an intervention sets, or nothing when it does something else, or sets what cannot change. */
export function setParameter({ parameters }: ExperimentDefinition, { verb, targets }: Intervention): LiveParameter | undefined {
  if (verb !== setVerb || !Object.hasOwn(parameters, targets[0])) return undefined;
  const parameter = parameters[targets[0]];
  return isLive(parameter) ? parameter : undefined;
}

export function numberOf(parameter: LiveParameter, value: Values[string]): number {
  if (parameter.type === 'switch') return value === true ? 1 : 0;
  if (parameter.type === 'choice') return Object.keys(parameter.options).indexOf(String(value));
  return Number(value);
}

export function valueFor(parameter: LiveParameter, number: number): number | string | boolean {
  if (parameter.type === 'switch') return number !== 0;
  if (parameter.type === 'choice') return Object.keys(parameter.options)[number] ?? parameter.default;
  return number;
}

export function setIntervention(name: string, parameter: LiveParameter, value: Values[string], atMs: number): Intervention {
  return { atMs, verb: setVerb, targets: [name], arguments: { value: numberOf(parameter, value) } };
}

/** The values as they stand at `atMs`, what changes at that instant among them. */
export function valuesAt(definition: ExperimentDefinition, values: Values, interventions: readonly Intervention[], atMs: number): Values {
  const now = { ...values };
  for (const intervention of interventions) {
    const { atMs: fromMs, untilMs = Infinity, targets, arguments: given } = intervention;
    const parameter = setParameter(definition, intervention);
    if (parameter && given && fromMs <= atMs && atMs < untilMs) now[targets[0]] = valueFor(parameter, given.value);
  }
  return now;
}

/** "12 /s", "on", "least connections" */
export function liveValueText(parameter: LiveParameter, value: number | string | boolean): string {
  if (parameter.type === 'switch') return spoken(value === true ? phrases.on : phrases.off);
  if (parameter.type === 'choice') return parameter.options[String(value)] ?? String(value);
  return formatNumber(Number(value)) + unitAfter(parameter.unit);
}
