import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisiveAnswer } from '../../../src/build/decisiveMoment';
import { allMessages, inLanguage, runMessages, speakAs, speakingOf } from '../../../src/build/language';
import { tryLink } from '../../../src/build/tags/try';
import { twinOf } from '../../../src/build/twinOf';
import type { ExperimentDefinition, PartialSetup } from '../../../src/experiments/definition/defineExperiment';
import { inReadersWords } from '../../../src/experiments/definition/inReadersWords';
import { readLink } from '../../../src/experiments/definition/link';
import { formatNumber, units } from '../../../src/experiments/definition/number';
import { ownPicture } from '../../../src/experiments/definition/ownPicture';
import type { Messages } from '../../../src/experiments/definition/phraseBook';
import { phrases } from '../../../src/experiments/definition/phrases';
import type { Result } from '../../../src/experiments/definition/result';
import { runExperiment } from '../../../src/experiments/definition/run';
import { runWords } from '../../../src/experiments/definition/runWords';
import { settle } from '../../../src/experiments/definition/settings';
import { spokenLabel } from '../../../src/experiments/definition/spokenParts';
import { commonMessages, messagesOf } from '../../../src/experiments/definition/wording';
import { experimentLoaders, loadExperiment } from '../../../src/experiments/registry';
import { happeningsOf } from '../../../src/lab/announce/happenings';
import { heard } from '../../../src/lab/announce/heard';
import { axisName, withUnit } from '../../../src/lab/charts/chartModel';
import { captionOf } from '../../../src/lab/film/caption';
import { momentsOf } from '../../../src/lab/film/moments';
import { marksOf } from '../../../src/lab/player/steps';
import { saidText } from '../../../src/lab/words/saidText';
import { FlowPicture } from '../../../src/picture/flowPicture';
import type { Intervention, Said } from '../../../src/simulation/index';
import { Stream } from '../../../src/simulation/kernel/random';
import { randomValues } from '../../determinism/settings';
import { speakInBrackets } from '../translate';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

/** Each text between ⟦ and ⟧: what stands outside was not translated. */
function bracketed(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, `⟦${text}⟧`]));
}

/** Of the page and of the build. */
function messagesFor(definition: ExperimentDefinition): Messages {
  return allMessages([definition]);
}

/** What is left of a text when everything in brackets is taken away, as far as it can be read. */
function untranslated(text: string): string {
  // A label that is too long for its place ends early.
  let left = text.replace(/⟦[^⟦⟧]*…/gu, '');
  for (let shorter = ''; shorter !== left; ) {
    shorter = left;
    left = shorter.replace(/⟦[^⟦⟧]*⟧/gu, '');
  }
  return /\p{Letter}/u.test(left) ? left.trim() : '';
}

/** Every text in plain data. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsOf);
}

/** What is read of a picture: names of its tags and attributes are not. */
function textOfSvg(svg: string): string {
  return svg.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' ');
}

const lines = (texts: readonly string[]): string[] => [...new Set(texts.map(untranslated))].filter((text) => text !== '');

/** The setups that show most: the defaults, all scenarios, and a day on which each part has all done to it that can be done. */
function setupsOf(definition: ExperimentDefinition): PartialSetup[] {
  if (definition.kind !== 'simulation') return [{}, ...Object.values(definition.scenarios)];
  const { trace, horizonMs } = runExperiment(definition, settle(definition, {}), { record: { detail: 'coarse' } });
  const deeds = (trace?.partList ?? []).flatMap(({ name, verbs = [] }) => verbs.map((verb) => ({ verb, targets: [name] })));
  const chosen = deeds.filter(({ targets }) => !/\/([3-9]|\d\d)$/.test(targets[0])).slice(0, 60);
  const interventions = chosen.map((deed, index): Intervention => ({ ...deed, atMs: (horizonMs * (index + 1)) / (chosen.length + 2) }));
  const nobody: Intervention = { atMs: 1, verb: 'crash', targets: ['nobody'] };
  return [{}, ...Object.values(definition.scenarios), { interventions: [nobody, ...interventions] }];
}

/** In English, as a worker runs it. */
function runsOf(definition: ExperimentDefinition): Result[] {
  return setupsOf(definition).map((setup) => runExperiment(definition, settle(definition, setup), { record: { detail: 'all' } }));
}

afterAll(() => {
  speakAs({ locale: 'en', words: {} });
  speakInBrackets(false);
});

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  let english: Result[] = [];
  let results: Result[] = [];
  let localized = definition;

  beforeAll(() => {
    speakAs({ locale: 'en', words: {} });
    speakInBrackets(false);
    english = runsOf(definition);
    localized = speakingOf(definition, { locale: 'eo', words: bracketed(messagesFor(definition)) });
    speakInBrackets(true);
    results = english.map((result) => inReadersWords(localized, result));
  }, 120_000);

  it('says nothing that is not among the texts for translators', () => {
    const known = new Set(Object.values(messagesFor(definition)));
    const said = english.flatMap(({ trace, marks }): Said[] => [...(trace?.log ?? []), ...marks]);
    expect([...new Set(said.map(({ text }) => text))].filter((text) => !known.has(text))).toEqual([]);
  });

  it('has no text left in English in log, marks, announcements and film', () => {
    const texts = results.flatMap((result) => [
      ...(result.trace?.log ?? []).map((line) => saidText(result.trace, line)),
      ...marksOf(result, null).map(({ text }) => text),
      ...momentsOf(result).map((moment) => captionOf(moment, '')),
      heard(happeningsOf(result, 'a'), () => ''),
    ]);
    expect(lines(texts)).toEqual([]);
  });

  it('has no text left in English in what the picture says', () => {
    const texts = results.flatMap(({ trace }) => {
      if (!trace || trace.partList.length === 0) return [];
      const picture = new FlowPicture(trace, localized.scene);
      const times = [0.1, 0.35, 0.5, 0.75, 1].map((share) => share * trace.horizonMs);
      return times.flatMap((atMs) => [picture.describeAt(atMs), ...trace.partList.map(({ id }) => picture.describePartAt(atMs, id))]);
    });
    expect(lines(texts)).toEqual([]);
  });

  it('has no text left in English in tables, charts, formulas and pictures of its own', () => {
    const texts = results.flatMap((result) => {
      const { table, charts, theory, accounts } = result;
      const { wide, narrow } = ownPicture(result, localized.scene) ?? { wide: { shapes: [] } };
      return [
        ...(table ? [table.caption, ...[...table.columns, ...table.rows].map(({ label }) => label)] : []),
        ...Object.values(charts).flatMap((data) => (data.type === 'bars' ? data.categories : [])),
        ...Object.values(theory).flatMap(({ formula, source }) => [formula, source]),
        ...Object.keys(accounts).map(spokenLabel),
        // A text may go over several lines.
        ...[wide, narrow].map((picture) => picture?.shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : [])).join(' ') ?? ''),
      ];
    });
    expect(lines(texts)).toEqual([]);
  });

  it('has no text left in English in what the build lays down of a setting', () => {
    const setups = Object.values(definition.scenarios).map((scenario) => settle(localized, { ...scenario, seed: 7 }));
    const [first, second = first] = setups;
    const texts = [first, { ...second, sideB: first, cursorMs: 1500 }].flatMap((setup) => {
      const {
        id,
        kind,
        setup: _,
        scenarios,
        modelHash,
        resultHash,
        metrics,
        values,
        picture,
        narrowPicture,
        ...twin
      } = twinOf(localized, setup);
      return [
        ...textsOf(twin),
        ...[...Object.keys(twin.accounts), ...values.flatMap(({ label, text }) => [label, text])],
        ...scenarios.flatMap(({ name, note }) => [name, note]),
        ...metrics.flatMap(({ id, ...metric }) => textsOf(metric)),
        ...[picture, narrowPicture].map((drawn) => (drawn ? textOfSvg(drawn.svg) : '')),
        ...tryLink(localized, setup).sets,
        decisiveAnswer(localized, setup)?.sentence ?? '',
      ];
    });
    expect(lines(texts)).toEqual([]);
  });

  it('measures in units that are known to translators', () => {
    const { parameters, metrics, charts } = definition;
    const measured = [
      ...Object.values(parameters).map((parameter) => ('unit' in parameter ? parameter.unit : '')),
      ...Object.values(metrics).map(({ unit }) => unit),
      ...Object.values(charts).flatMap(({ x, y }) => [x.unit, y.unit]),
    ];
    const known = new Set<string>(Object.values(units));
    expect(measured.filter((unit) => /\p{Letter}/u.test(unit) && !known.has(unit))).toEqual([]);
    expect(lines(measured.flatMap((unit) => [formatNumber(1.5, unit), axisName({ label: '', unit }), withUnit(2, unit)]))).toEqual([]);
  });

  it('has no text left in English in summary, reasons and notices', () => {
    const texts = results.flatMap(({ summary, theory, metrics, notices }) => [
      ...(typeof definition.summary === 'string' || definition.sentences ? [summary] : []),
      ...[...Object.values(theory), ...Object.values(metrics)].map(({ reason = '' }) => reason),
      ...notices.map(({ text }) => text),
    ]);
    expect(lines(texts)).toEqual([]);
    const names = Object.keys(definition.parameters).flatMap((name) => [`${name}=nonsense`, `b.${name}=1e9`]);
    const { notices } = readLink(localized, `x=9;id=x;b=1;seed=-1;seed=2;i=crash;nonsense=1;${names.join(';')}`);
    expect(notices.length).toBeGreaterThan(5);
    expect(lines(notices.map(({ text }) => text))).toEqual([]);
  });

  it('has no text left in English in what is said of values that do not fit together', () => {
    const stream = new Stream(1, `misfits of ${definition.id}`);
    const misfits = Array.from({ length: 1000 }, () => settle(localized, { values: randomValues(localized, stream) }).notices).flat();
    expect(misfits.length > 0).toBe(definition.constrain !== undefined);
    expect(lines(misfits.map(({ text }) => text))).toEqual([]);
  });
});

describe('texts for translators', () => {
  it.each(experiments.map((definition) => [definition.id, definition] as const))('have an id each in what runs of %s say', (_id, one) => {
    const texts = Object.keys(runWords(one, (text) => text));
    expect(Object.keys(runMessages(one)).length).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(3);
  });

  it('are the same whether the page asks or the build', () => {
    const all = allMessages(experiments);
    for (const definition of experiments)
      expect(all).toMatchObject({ ...commonMessages(), ...messagesOf(definition), ...runMessages(definition) });
  });

  it('name each English text once in each table', () => {
    const texts = Object.values(phrases);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('leave English alone where there is none', () => {
    const [definition] = experiments;
    expect(inLanguage(definition, {})).toBe(definition);
    const result = runExperiment(definition, settle(definition, {}));
    expect(inReadersWords(definition, result)).toBe(result);
  });
});
