// What the reader changed last, in one sentence: "Arrival rate is now 9 /s."

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Parameter, Values } from '../../experiments/definition/parameters';
import { shownParameters } from '../../experiments/definition/settings';
import type { Arrangement, Side } from '../session/state';
import { interventionText, listed, numberText, valueText } from '../words/valueText';

type Value = Values[string];

const mostNamed = 3;

/** Nothing when both are alike. */
export function changeSentence(
  definition: ExperimentDefinition,
  before: Arrangement,
  after: Arrangement,
  horizonMs: number,
  parts?: readonly PartDescription[],
): string | null {
  const sentences: string[] = [];
  if (after.scenario !== null && after.scenario !== before.scenario)
    return translate(
      { id: 'lab.announce.scenario', message: 'Scenario {name} is set up.' },
      { name: definition.scenarios[after.scenario]?.title ?? after.scenario },
    );
  if (before.seed !== after.seed)
    sentences.push(translate({ id: 'lab.announce.seed', message: 'The seed is now {seed}.' }, { seed: after.seed }));
  if (before.b === null && after.b !== null)
    sentences.push(translate({ id: 'lab.announce.compares', message: 'Two sides are compared; the controls change side B.' }));
  if (before.b !== null && after.b === null) sentences.push(translate({ id: 'lab.announce.oneSide', message: 'There is one side again.' }));
  sentences.push(...sideSentences(definition, before.a, after.a, horizonMs, parts));
  if (before.b && after.b) {
    const onB = sideSentences(definition, before.b, after.b, horizonMs, parts);
    sentences.push(...onB.map((what) => translate({ id: 'lab.announce.onSideB', message: 'Side B: {what}' }, { what })));
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

function sideSentences(
  definition: ExperimentDefinition,
  before: Side,
  after: Side,
  horizonMs: number,
  parts?: readonly PartDescription[],
): string[] {
  const changed = shownParameters(definition, after.values).filter((name) => hasChanged(before.values[name], after.values[name]));
  const sentences: string[] = [];
  if (changed.length > mostNamed) {
    const names = listed(changed.slice(0, mostNamed).map((name) => definition.parameters[name].label));
    sentences.push(
      translate(
        { id: 'lab.announce.manyValues', message: '{count} values changed, among them {names}.' },
        { count: changed.length, names },
      ),
    );
  } else for (const name of changed) sentences.push(valueSentence(definition.parameters[name], before.values[name], after.values[name]));
  const had = before.interventions.map((one) => interventionText(definition, one, horizonMs, parts));
  const has = after.interventions.map((one) => interventionText(definition, one, horizonMs, parts));
  const added = has.filter((one) => !had.includes(one));
  const removed = had.filter((one) => !has.includes(one));
  if (added.length > 0)
    sentences.push(translate({ id: 'lab.announce.added', message: 'Will happen: {what}.' }, { what: listed(added.slice(0, mostNamed)) }));
  if (removed.length > 0)
    sentences.push(
      translate(
        { id: 'lab.announce.removed', message: 'Will not happen any more: {what}.' },
        { what: listed(removed.slice(0, mostNamed)) },
      ),
    );
  return sentences;
}

/** A list that only became longer or shorter did so because another value changed. */
function hasChanged(before: Value, after: Value): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return before !== after;
  return after.some((element, index) => index < before.length && element !== before[index]);
}

function valueSentence(parameter: Parameter, before: Value, after: Value): string {
  const words = { label: parameter.label, value: valueText(parameter, after) };
  if (parameter.type === 'list' && Array.isArray(before) && Array.isArray(after)) {
    const different = after.flatMap((element, index) => (element === before[index] ? [] : [index]));
    if (different.length === 1) {
      words.label = `${parameter.label}, ${parameter.elementLabel?.(different[0]) ?? different[0] + 1}`;
      words.value = numberText(after[different[0]], parameter.element.unit);
    }
  }
  return translate({ id: 'lab.announce.value', message: '{label} is now {value}.' }, words);
}
