// Our metric names as other tools want them. `responseMsP99` in ms becomes, with values in seconds,
//   Prometheus: response_p99_seconds      OpenTelemetry: response.p99, unit s
// Words in lower case; the word for the unit goes (Prometheus: to the end, as its base unit); a counter ends on _total.

/** How a unit is written elsewhere, and by what to multiply values. */
export interface ExportedUnit {
  /** Last word of a Prometheus name; empty for none. */
  readonly suffix: string;
  /** For OTLP, by the Unified Code for Units of Measure. */
  readonly ucum: string;
  readonly factor: number;
  /** Words of our names that tell this unit. */
  readonly words: readonly string[];
}

const timeWords = ['ms', 'milliseconds', 's', 'seconds', 'minutes', 'hours', 'days'];
const time = (factor: number): ExportedUnit => ({ suffix: 'seconds', ucum: 's', factor, words: timeWords });
const units: Readonly<Record<string, ExportedUnit>> = {
  '': { suffix: '', ucum: '1', factor: 1, words: [] },
  ms: time(0.001),
  s: time(1),
  min: time(60),
  h: time(3600),
  d: time(86_400),
  bytes: { suffix: 'bytes', ucum: 'By', factor: 1, words: ['bytes'] },
  '%': { suffix: 'ratio', ucum: '1', factor: 1, words: ['share', 'ratio', 'percent'] },
  '/s': { suffix: '', ucum: '1/s', factor: 1, words: [] },
  '×': { suffix: '', ucum: '1', factor: 1, words: [] },
};

/** A noun counts without a unit: `{requests}` in OTLP. */
export function exportedUnit(unit: string): ExportedUnit {
  if (Object.hasOwn(units, unit)) return units[unit];
  return { suffix: '', ucum: `{${unit.replace(/[^!-z|~]/g, '_')}}`, factor: 1, words: [] };
}

/** Dividing by 1000 keeps 25 ms at 0.025; multiplying by its inverse would not. */
export function inBaseUnit(value: number, { factor }: ExportedUnit): number {
  return factor < 1 ? value / Math.round(1 / factor) : value * factor;
}

/** Lower-case words of a camelCase name. Throws RangeError when there is no letter or digit in it. */
function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (words === null) throw new RangeError(`A metric is named "${name}"; a name needs letters a to z or digits.`);
  return words;
}

function withoutUnit(name: string, { words }: ExportedUnit): string[] {
  const all = wordsOf(name);
  const rest = all.filter((word) => !words.includes(word));
  return rest.length > 0 ? rest : all;
}

/** Suffixes that Prometheus keeps for counters and histograms. */
const reserved = /_(total|count|sum|bucket)$/;

/** snake_case name with its base unit. A gauge that would end like a part of a counter or histogram gets `_value`. */
export function prometheusName(name: string, unit: string, kind: 'counter' | 'gauge' | 'histogram', namespace = ''): string {
  const exported = exportedUnit(unit);
  const words = withoutUnit(name, exported);
  if (namespace !== '') words.unshift(...wordsOf(namespace));
  if (kind === 'counter' && words.length > 1 && words[words.length - 1] === 'total') words.pop();
  if (exported.suffix !== '' && words[words.length - 1] !== exported.suffix) words.push(exported.suffix);
  const joined = words.join('_').replace(/^(?=[0-9])/, '_');
  if (kind === 'counter') return `${joined}_total`;
  return reserved.test(joined) ? `${joined}_value` : joined;
}

/** snake_case label name. Throws RangeError for `le` and `quantile`, which Prometheus keeps for itself. */
export function prometheusLabel(name: string): string {
  const label = wordsOf(name)
    .join('_')
    .replace(/^(?=[0-9])/, '_');
  if (label === 'le' || label === 'quantile') throw new RangeError(`A label is named ${name}; Prometheus keeps that name for itself.`);
  return label;
}

/** Words with dots between, without the unit: that has a field of its own. */
export function otelName(name: string, unit: string): string {
  return withoutUnit(name, exportedUnit(unit)).join('.');
}
