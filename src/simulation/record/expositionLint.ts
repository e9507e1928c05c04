// The advice of `promtool check metrics` on names, units and texts, and its exit code (Prometheus 2.42 with client_golang 1.14's promlint).

import { ExpositionError, type MetricFamily, parseExposition } from './expositionParser';

/** By base unit: the units that should be written in it. With a prefix (milli…, kilo…) all but the base unit itself are found. */
const unitsByBase: Readonly<Record<string, string>> = {
  amperes: '',
  bytes: 'bits',
  celsius: 'fahrenheit rankine',
  grams: 'pounds ounces',
  joules: 'calories',
  kelvin: 'kelvins',
  meters: 'inches yards miles',
  metres: '',
  seconds: 'minutes hours days weeks',
  volts: '',
};
const baseOf = new Map<string, string>();
for (const [base, others] of Object.entries(unitsByBase)) {
  baseOf.set(base, base);
  for (const unit of others.split(' ')) if (unit !== '') baseOf.set(unit, base);
}
const prefixed = /^(?:pico|nano|micro|milli|centi|deci|deca|hecto|kilo|kibi|mega|mibi|giga|gibi|tera|tebi|peta|pebi)(.*)$/;
const abbreviations = ['s', 'ms', 'us', 'ns', 'sec', 'b', 'kb', 'mb', 'gb', 'tb', 'pb', 'm', 'h', 'd'];
const typeNames = ['counter', 'gauge', 'summary', 'histogram', 'gauge_histogram'];

export interface ExpositionCheck {
  /** 0: fine. 1: not in the format. 3: in the format, with advice. */
  readonly exitCode: 0 | 1 | 3;
  /** What is printed, line by line. */
  readonly messages: readonly string[];
}

/** What `promtool check metrics` makes of a text. */
export function checkExposition(text: string): ExpositionCheck {
  try {
    const messages = lintExposition(parseExposition(text));
    return { exitCode: messages.length > 0 ? 3 : 0, messages };
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    return { exitCode: 1, messages: [`error while linting: ${error.message}`] };
  }
}

/** Advice, sorted by metric and text: `name text`. */
export function lintExposition(families: readonly MetricFamily[]): string[] {
  const problems: [name: string, text: string][] = [];
  for (const family of families) {
    const { name, help, type } = family;
    const say = (text: string): number => problems.push([name, text]);
    if (help === undefined) say('no help text');
    lintUnits(name, say);
    const isTotal = name.endsWith('_total');
    if (type === 'counter' && !isTotal) say('counter metrics should have "_total" suffix');
    if (type !== 'counter' && type !== 'untyped' && isTotal) say('non-counter metrics should not have "_total" suffix');
    if (type !== 'untyped') lintReserved(family, say);
    const lower = name.toLowerCase();
    for (const typeName of typeNames) if (hasWord(lower, typeName)) say(`metric name should not include type '${typeName}'`);
    if (name.includes(':')) say("metric names should not contain ':'");
    if (/[a-z][A-Z]/.test(name)) say("metric names should be written in 'snake_case' not 'camelCase'");
    for (const label of labelNames(family)) {
      if (/[a-z][A-Z]/.test(label)) say("label names should be written in 'snake_case' not 'camelCase'");
    }
    for (const short of abbreviations) if (hasWord(lower, short)) say('metric names should not contain abbreviated units');
  }
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  problems.sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]));
  return problems.map(([name, text]) => `${name} ${text}`);
}

function lintUnits(name: string, say: (text: string) => void): void {
  for (const word of name.split('_')) {
    const base = baseOf.get(word) ?? baseOf.get(prefixed.exec(word)?.[1] ?? '');
    if (base === undefined) continue;
    if (base !== word) say(`use base unit "${base}" instead of "${word}"`);
    return;
  }
}

function lintReserved(family: MetricFamily, say: (text: string) => void): void {
  const { name, type } = family;
  const isHistogram = type === 'histogram';
  const isSummary = type === 'summary';
  if (!isHistogram && name.endsWith('_bucket')) say('non-histogram metrics should not have "_bucket" suffix');
  for (const suffix of ['_count', '_sum']) {
    if (!isHistogram && !isSummary && name.endsWith(suffix))
      say(`non-histogram and non-summary metrics should not have "${suffix}" suffix`);
  }
  for (const label of labelNames(family)) {
    if (!isHistogram && label === 'le') say('non-histogram metrics should not have "le" label');
    if (!isSummary && label === 'quantile') say('non-summary metrics should not have "quantile" label');
  }
}

/** Not at the beginning. */
function hasWord(name: string, word: string): boolean {
  return name.includes(`_${word}_`) || name.endsWith(`_${word}`);
}

/** Names of the labels of every metric; the samples of one histogram or summary are one metric, without `le` or `quantile`. */
function labelNames({ type, samples }: MetricFamily): string[] {
  const special = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
  const seen = new Set<string>();
  const names: string[] = [];
  for (const { labels } of samples) {
    const own = labels.filter(([name]) => name !== special);
    const signature = JSON.stringify([...own].sort(([a], [b]) => (a < b ? -1 : 1)));
    if (special !== undefined && seen.has(signature)) continue;
    seen.add(signature);
    names.push(...own.map(([name]) => name));
  }
  return names;
}
