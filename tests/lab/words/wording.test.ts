import { describe, expect, it } from 'vitest';
import { translatedOf, translationFile } from '../../../src/build/localWords';
import type { ExperimentDefinition } from '../../../src/experiments/definition/defineExperiment';
import { runExperiment } from '../../../src/experiments/definition/run';
import { defaultValues, settle } from '../../../src/experiments/definition/settings';
import { localized, messagesOf } from '../../../src/experiments/definition/wording';
import { experimentLoaders, loadExperiment } from '../../../src/experiments/registry';
import { arrange } from '../../../src/lab/session/arrange';
import { tiny } from '../tiny';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

/** Every letter of the original gets an accent, as in a language that nobody speaks. */
function accented(text: string): string {
  const kept = /(\{\w+\})/;
  return text
    .split(kept)
    .map((piece) => (kept.test(piece) ? piece : piece.replace(/[a-zA-Z]/g, (letter) => `${letter}\u0301`)))
    .join('');
}

function pseudo(definition: ExperimentDefinition): ExperimentDefinition {
  return localized(definition, Object.fromEntries(Object.entries(messagesOf(definition)).map(([id, text]) => [id, accented(text)])));
}

/** Every text of a definition that a reader can see, wherever it stands, with what a list calls its members. */
function textsIn(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    if (key === 'elementLabel') return [[`${path}.${key}`, (inner as (index: number) => string)(2)]];
    return textsIn(inner, `${path}.${key}`);
  });
}

/** Words that a program reads, and no reader. */
const notRead =
  /^\.(id|kind|sweep)|\.(type|unit|scale|better|layout|expect|default)$|\.(setups|values|interventions|a|b)\.|^\.clock|\.default\.\d+$/;

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s in another language', (_id, definition) => {
  it('has no text left in the old one', () => {
    expect(Object.values(pseudo(definition).scenarios).every(({ title }) => title !== undefined)).toBe(true);
    const left = textsIn(pseudo(definition)).filter(
      ([path, text]) => !notRead.test(path) && /[a-z](?!\u0301)/i.test(text.replace(/\{\w+\}/g, '')),
    );
    expect(left).toEqual([]);
  });

  it('gives the same runs, the same model hash and the same settings', () => {
    const other = pseudo(definition);
    const setup = { values: defaultValues(definition), seed: 3, interventions: [] };
    const [mine, theirs] = [runExperiment(definition, setup), runExperiment(other, setup)];
    expect(theirs.traceHash).toBe(mine.traceHash);
    expect(theirs.modelHash).toBe(mine.modelHash);
    expect(arrange(other, { values: { nonsense: 1 }, seed: 3 }).arrangement).toEqual(arrange(definition, { seed: 3 }).arrangement);
    expect(Object.values(other.scenarios).map((scenario) => settle(other, scenario).values)).toEqual(
      Object.values(definition.scenarios).map((scenario) => settle(definition, scenario).values),
    );
  });

  it('has an id of its own for every text', () => {
    const texts = textsIn(definition).filter(([path, text]) => !notRead.test(path) && text !== '');
    const names = Object.keys(definition.scenarios).length;
    expect(Object.keys(messagesOf(definition)).length).toBe(texts.length + names);
  });
});

describe('texts of an experiment', () => {
  it('are called by their place in the definition', () => {
    expect(messagesOf(tiny)).toMatchObject({
      'experiment.tiny.title': 'Tiny',
      'experiment.tiny.parameters.rate.label': 'Rate',
      'experiment.tiny.parameters.order.options.first': 'first come',
      'experiment.tiny.metrics.opened.short': 'opened',
      'experiment.tiny.scenarios.busy.name': 'Busy',
      'experiment.tiny.leavesOut.everything': 'Everything.',
    });
  });

  it('stay as they are where no translation is known, even to the object', () => {
    expect(localized(tiny, {})).toBe(tiny);
    expect(localized(tiny, { 'experiment.tiny.title': 'Winzig' })).toMatchObject({ title: 'Winzig', question: tiny.question });
    expect(localized(tiny, { 'experiment.other.title': 'Anders' })).toBe(tiny);
  });

  it('leave a scenario the name that tags know, and show another', () => {
    const { scenarios } = localized(tiny, { 'experiment.tiny.scenarios.busy.name': 'Voll' });
    expect(scenarios).toEqual({ Busy: { ...tiny.scenarios.Busy, title: 'Voll' } });
  });

  it('go to a translator and come back', () => {
    const messages = messagesOf(tiny);
    const file = translationFile(messages);
    expect(file.content['experiment.tiny.title']).toEqual({ message: 'Tiny' });
    expect(translatedOf(messages, [file])).toEqual({});
    const german = { ...file, content: { ...file.content, 'experiment.tiny.title': { message: 'Winzig' }, unknown: { message: 'x' } } };
    expect(translatedOf(messages, [german])).toEqual({ 'experiment.tiny.title': 'Winzig' });
  });
});
