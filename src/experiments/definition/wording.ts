// Every text that an experiment shows, by its place: one walk over the definition hands each to `write` and takes what comes
// back. With it the texts are collected for translators, and put in again in another language. What depends on a run stays.

import { sentences, speakIn } from '@by-the-slice/simulation';
import { pictureWords } from '../../picture/words';
import type { ChartDefinition, ExperimentDefinition, MetricDefinition } from './defineExperiment';
import { units } from './number';
import type { Parameter } from './parameters';
import { type Messages, phraseBook } from './phraseBook';
import { phrases } from './phrases';

/** `place`: `parameters.arrivalsPerSecond.label`. */
type Write = (place: string, text: string) => string;

export function messagesOf(definition: ExperimentDefinition): Messages {
  const messages: Messages = {};
  reworded(definition, (place, text) => {
    messages[idOf(definition, place)] = text;
    return text;
  });
  return messages;
}

/** What all experiments share: the sentences of runs, pictures and settings, and units. */
export function commonMessages(): Messages {
  return messagesIn({ simulation: sentences, picture: pictureWords, settings: phrases, unit: units });
}

/** By table and name. */
export function messagesIn(tables: Record<string, Record<string, string>>): Messages {
  return Object.fromEntries(
    Object.entries(tables).flatMap(([table, texts]) => Object.entries(texts).map(([name, text]) => [`${table}.${name}`, text])),
  );
}

const book = new Map<string, string>();
let bookOf: Messages | null = null;

/** From now on all that is told is told in the words of `messages`, as far as it is among `originals`, now or before. */
export function speak(originals: Messages, messages: Messages): void {
  if (bookOf !== messages) book.clear();
  bookOf = messages;
  for (const [text, translated] of phraseBook(originals, messages)) book.set(text, translated);
  speakIn(book.size === 0 ? null : book);
}

/** The definition in the words of `messages`; what is missing there stays as it is. Its runs are the same. */
export function localized(definition: ExperimentDefinition, messages: Messages): ExperimentDefinition {
  const known = Object.keys(messages).some((id) => id.startsWith(idOf(definition, '')));
  return known ? reworded(definition, (place, text) => messages[idOf(definition, place)] || text) : definition;
}

export function idOf({ id }: ExperimentDefinition, place: string): string {
  return `experiment.${id}.${place}`;
}

function reworded(definition: ExperimentDefinition, write: Write): ExperimentDefinition {
  const { title, question, topics, parameters, metrics, charts, scenarios, claims, leavesOut, scene, summary, sentences: own } = definition;
  return {
    ...definition,
    title: write('title', title),
    question: write('question', question),
    topics: topics.map((topic) => write(`topics.${placeOf(topic)}`, topic)),
    parameters: mapped(parameters, (parameter, name) => rewordedParameter(parameter, `parameters.${name}`, write)),
    metrics: mapped(metrics, (metric, id) => rewordedMetric(metric, `metrics.${id}`, write)),
    charts: mapped(charts, (chart, id) => rewordedChart(chart, `charts.${id}`, write)),
    scenarios: mapped(scenarios, ({ title, note, ...scenario }, name) => {
      const at = `scenarios.${placeOf(name)}`;
      return { ...scenario, title: write(`${at}.name`, title ?? name), note: write(`${at}.note`, note) };
    }),
    claims: mapped(claims, (claim, id) => ({ ...claim, sentence: write(`claims.${id}`, claim.sentence) })),
    ...(typeof summary === 'string' ? { summary: write('summary', summary) } : {}),
    ...(own ? { sentences: mapped(own, (sentence, name) => write(`sentences.${name}`, sentence)) } : {}),
    leavesOut: leavesOut.map((sentence) => write(`leavesOut.${placeOf(sentence)}`, sentence)),
    ...(scene?.words ? { scene: { ...scene, words: mapped(scene.words, (word, which) => word && write(`scene.${which}`, word)) } } : {}),
  };
}

function rewordedParameter(parameter: Parameter, at: string, write: Write): Parameter {
  const common = {
    label: write(`${at}.label`, parameter.label),
    ...(parameter.help === undefined ? {} : { help: write(`${at}.help`, parameter.help) }),
  };
  if (parameter.type === 'choice') {
    const each = <T extends Record<string, string>>(words: T, what: string): T =>
      mapped(words, (text, key) => write(`${at}.${what}.${key}`, text as string) as T[keyof T]);
    return {
      ...parameter,
      ...common,
      options: each(parameter.options, 'options'),
      ...(parameter.optionHelp === undefined ? {} : { optionHelp: each(parameter.optionHelp, 'optionHelp') }),
      ...(parameter.groups === undefined ? {} : { groups: each(parameter.groups, 'groups') }),
    };
  }
  if (parameter.type !== 'list') return { ...parameter, ...common };
  const element = { ...parameter.element, label: write(`${at}.element`, parameter.element.label) };
  const template = templateOf(parameter.elementLabel);
  if (template === undefined) return { ...parameter, ...common, element };
  const written = write(`${at}.elementLabel`, template);
  return { ...parameter, ...common, element, elementLabel: (index) => filled(written, index) };
}

function rewordedMetric(metric: MetricDefinition, at: string, write: Write): MetricDefinition {
  const { label, short, help } = metric;
  return {
    ...metric,
    label: write(`${at}.label`, label),
    short: write(`${at}.short`, short),
    ...(help === undefined ? {} : { help: write(`${at}.help`, help) }),
  };
}

function rewordedChart(chart: ChartDefinition, at: string, write: Write): ChartDefinition {
  return {
    ...chart,
    title: write(`${at}.title`, chart.title),
    caption: write(`${at}.caption`, chart.caption),
    x: { ...chart.x, label: write(`${at}.x`, chart.x.label) },
    y: { ...chart.y, label: write(`${at}.y`, chart.y.label) },
    series: mapped(chart.series, (series, key) => ({ ...series, label: write(`${at}.series.${key}`, series.label) })),
  };
}

/** "Server {number}" for labels that differ in their number only; nothing for others, which stay as they are. */
function templateOf(label: ((index: number) => string) | undefined): string | undefined {
  if (!label) return undefined;
  const template = label(6).replace('7', '{number}');
  const isRegular = template.includes('{number}') && [0, 1, 9, 25].every((index) => filled(template, index) === label(index));
  return isRegular ? template : undefined;
}

function filled(template: string, index: number): string {
  return template.replace('{number}', String(index + 1));
}

/** A name made of a sentence's first words: unlike its number, they stay with it when others come or go. */
export function placeOf(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .slice(0, 6)
    .join('-');
}

function mapped<T extends object>(record: T, change: (value: T[keyof T], key: string) => T[keyof T]): T {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)])) as T;
}
