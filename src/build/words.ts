// Settings in words: values, interventions, lengths, as a page and a printout say them.

import { type Intervention, type PartDescription, spoken } from '@by-the-slice/simulation';
import type { Clock, ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { liveValueText, setParameter, valueFor } from '../experiments/definition/live';
import { formatNumber, unitAfter } from '../experiments/definition/number';
import type { Parameter, Values } from '../experiments/definition/parameters';
import { phrases } from '../experiments/definition/phrases';
import { defaultValues, horizonMsOf, shownParameters } from '../experiments/definition/settings';
import type { TwinSetup, TwinValue } from '../experiments/definition/twin';
import { buildSentences, deedText } from './sentences';

function valueText(parameter: Parameter, value: Values[string]): string {
  if (parameter.type === 'switch') return spoken(value === true ? phrases.on : phrases.off);
  if (parameter.type === 'choice') return parameter.options[String(value)] ?? String(value);
  if (parameter.type === 'list') return listText(value as number[], parameter.element.unit);
  return numberText(value as number, parameter.unit);
}

/** A parameter in percent holds percent; a metric in percent holds a share. */
function numberText(value: number, unit: string): string {
  return formatNumber(value) + unitAfter(unit);
}

/** All alike: "1× each". Otherwise one after the other. */
function listText(values: readonly number[], unit: string): string {
  if (values.length > 1 && values.every((value) => value === values[0]))
    return spoken(buildSentences.each, { value: numberText(values[0], unit) });
  return values.map((value) => numberText(value, unit)).join(', ');
}

/** The values that are shown for this setting. */
export function valuesInWords(definition: ExperimentDefinition, values: Values): TwinValue[] {
  const defaults = defaultValues(definition);
  return shownParameters(definition, values).map((name) => {
    const parameter = definition.parameters[name];
    return {
      name,
      label: parameter.label,
      text: valueText(parameter, values[name]),
      changed: isChanged(parameter, values[name], defaults[name]),
    };
  });
}

function isChanged(parameter: Parameter, value: Values[string], standard: Values[string]): boolean {
  if (parameter.type !== 'list' || !Array.isArray(value)) return value !== standard;
  return value.some((element, index) => element !== (parameter.default[index] ?? parameter.element.default));
}

/** `parts`: those of the run, which give their labels. */
export function interventionText(
  intervention: Intervention,
  definition: ExperimentDefinition,
  parts: readonly PartDescription[] = [],
): string {
  const { verb, targets, atMs, untilMs, arguments: given } = intervention;
  const parameter = setParameter(definition, intervention);
  const labels = targets.map((target) => parts.find(({ name }) => name === target)?.label ?? target);
  const what = parameter && given ? `${parameter.label} ${liveValueText(parameter, valueFor(parameter, given.value))}` : labels.join(', ');
  const words = { deed: deedText(verb, what), from: secondsText(atMs) };
  if (untilMs === undefined) return spoken(buildSentences.from, words);
  return spoken(buildSentences.fromUntil, { ...words, until: secondsText(untilMs) });
}

export function secondsText(ms: number): string {
  return formatNumber(ms / 1000, 's');
}

export const unitMs: Record<Clock['unit'], number> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

export function horizonText(definition: ExperimentDefinition, values: Values): string | undefined {
  if (!definition.clock) return undefined;
  const { unit } = definition.clock;
  return formatNumber(horizonMsOf(definition, values) / unitMs[unit], unit);
}

/** What a setting sets, entry by entry, where it differs from the defaults. */
export function settingsInWords(definition: ExperimentDefinition, setup: TwinSetup): string[] {
  const changed = (values: Values): string[] =>
    valuesInWords(definition, values).flatMap(({ label, text, changed }) =>
      changed ? [spoken(buildSentences.setting, { parameter: label, value: text })] : [],
    );
  const words = [...changed(setup.values), ...setup.interventions.map((one) => interventionText(one, definition))];
  if (setup.seed !== 1) words.push(spoken(buildSentences.seed, { seed: setup.seed }));
  if (setup.sideB) {
    const own = new Set(words);
    const sideB = [...changed(setup.sideB.values), ...setup.sideB.interventions.map((one) => interventionText(one, definition))].filter(
      (word) => !own.has(word),
    );
    words.push(spoken(buildSentences.sideB, { settings: sideB.length === 0 ? spoken(buildSentences.atDefaults) : sideB.join(', ') }));
  }
  if (setup.cursorMs !== undefined) words.push(spoken(buildSentences.clockAt, { time: secondsText(setup.cursorMs) }));
  return words;
}
