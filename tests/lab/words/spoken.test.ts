import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentDefinition, PartialSetup } from '../../../src/experiments/definition/defineExperiment';
import { inReadersWords } from '../../../src/experiments/definition/inReadersWords';
import { readLink } from '../../../src/experiments/definition/link';
import { phrases } from '../../../src/experiments/definition/phrases';
import type { Result } from '../../../src/experiments/definition/result';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { commonMessages, inLanguage, type Messages, messagesOf, partMessages } from '../../../src/experiments/definition/wording';
import { experimentLoaders, loadExperiment } from '../../../src/experiments/registry';
import { happeningsOf } from '../../../src/lab/announce/happenings';
import { heard } from '../../../src/lab/announce/heard';
import { captionOf } from '../../../src/lab/film/caption';
import { momentsOf } from '../../../src/lab/film/moments';
import { marksOf } from '../../../src/lab/player/steps';
import { saidText } from '../../../src/lab/words/saidText';
import { FlowPicture } from '../../../src/picture/flowPicture';
import { type Intervention, type Said, speakIn } from '../../../src/simulation/index';
import { Stream } from '../../../src/simulation/kernel/random';
import { randomValues } from '../../determinism/settings';
import { speakInBrackets } from '../translate';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

/** Each text between ⟦ and ⟧: what stands outside was not translated. */
function bracketed(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, `⟦${text}⟧`]));
}

function messagesFor(definition: ExperimentDefinition): Messages {
  return { ...commonMessages(), ...messagesOf(definition), ...partMessages(definition) };
}

/** What is left of a text when everything in brackets is taken away, as far as it can be read. */
function untranslated(text: string): string {
  let left = text;
  for (let shorter = ''; shorter !== left; ) {
    shorter = left;
    left = shorter.replace(/⟦[^⟦⟧]*⟧/gu, '');
  }
  return /\p{Letter}/u.test(left) ? left.trim() : '';
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
  speakIn(null);
  speakInBrackets(false);
});

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  let english: Result[] = [];
  let results: Result[] = [];
  let localized = definition;

  beforeAll(() => {
    speakIn(null);
    speakInBrackets(false);
    english = runsOf(definition);
    localized = inLanguage(definition, bracketed(messagesFor(definition)));
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
