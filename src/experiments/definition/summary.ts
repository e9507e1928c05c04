// What came out, as one paragraph, in the words of the definition. Told by whoever shows it, so that a page tells it in its language.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import { liveValueText, setParameter, valueFor } from './live';
import { formatNumber } from './number';
import type { Values } from './parameters';
import { exactly, phrases } from './phrases';
import type { Measured, Setup } from './result';

const mostChangesTold = 3;

export function summaryOf(definition: ExperimentDefinition, metrics: Record<string, Measured>, setup: Setup): string {
  const { summary, sentences = {} } = definition;
  const values = setup.values;
  const say = (metric: string): string => inWords(metrics[metric]);
  const fill = (text: string, more: Record<string, string | number> = {}): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => {
      if (Object.hasOwn(more, name)) return typeof more[name] === 'number' ? exactly(more[name]) : more[name];
      if (Object.hasOwn(definition.metrics, name)) return say(name);
      return Object.hasOwn(definition.parameters, name) ? valueInWords(definition, name, values) : place;
    });
  const told =
    typeof summary === 'string' ? fill(summary) : summary(say, values as never, (name, more) => fill(sentences[name] ?? name, more));
  return told + changesInWords(definition, setup.interventions);
}

/** Without its unit, which is in the sentence. */
function valueInWords(definition: ExperimentDefinition, name: string, values: Values): string {
  const parameter = definition.parameters[name];
  const value = values[name];
  if (typeof value === 'number') return exactly(value);
  if (parameter.type === 'choice') return parameter.options[String(value)] ?? String(value);
  if (typeof value === 'boolean') return spoken(value ? phrases.on : phrases.off);
  return Array.isArray(value) ? value.map(exactly).join(', ') : value;
}

function inWords(metric: Measured | undefined): string {
  if (!metric || metric.value === null) return spoken(phrases.notMeasurable);
  return formatNumber(metric.value, metric.unit);
}

/** A summary speaks of the values at the start; what changed later is added. */
function changesInWords(definition: ExperimentDefinition, interventions: Setup['interventions']): string {
  const changes = interventions.flatMap((intervention) => {
    const parameter = setParameter(definition, intervention);
    if (!parameter || !intervention.arguments) return [];
    const value = liveValueText(parameter, valueFor(parameter, intervention.arguments.value));
    const { atMs, untilMs } = intervention;
    const words = { from: formatNumber(atMs / 1000, 's'), parameter: parameter.label.toLowerCase(), value };
    if (untilMs === undefined) return [spoken(phrases.from, words)];
    return [spoken(phrases.fromUntil, { ...words, until: formatNumber(untilMs / 1000, 's') })];
  });
  const more = changes.length > mostChangesTold ? [spoken(phrases.moreChanges, { count: changes.length - mostChangesTold })] : [];
  return ['', ...changes.slice(0, mostChangesTold), ...more].join(' ');
}
