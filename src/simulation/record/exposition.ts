// Metrics in the text format that Prometheus scrapes (exposition format 0.0.4). `promtool check metrics` finds nothing to say about it.

import { type ExportedUnit, exportedUnit, inBaseUnit, prometheusLabel, prometheusName } from './metricNames';
import type { BucketPoint, Labels, Metric } from './metrics';

export interface ExpositionOptions {
  /** First word of every name. */
  readonly namespace?: string;
  /** On every sample: the experiment, the side. */
  readonly labels?: Labels;
}

/**
 * One text, with HELP and TYPE for each metric, times in seconds. Throws RangeError when two metrics get one name, when a point repeats the
 * labels of another, or when a counter is below 0 or not a number.
 */
export function prometheusText(metrics: readonly Metric[], { namespace = '', labels = {} }: ExpositionOptions = {}): string {
  const lines: string[] = [];
  const taken = new Map<string, string>();
  for (const metric of metrics) {
    const name = prometheusName(metric.name, metric.unit, metric.kind, namespace);
    const before = taken.get(name);
    if (before !== undefined) throw new RangeError(`The metrics ${before} and ${metric.name} would both be named ${name}.`);
    taken.set(name, metric.name);
    if (metric.points.length === 0) continue;
    lines.push(`# HELP ${name} ${escapeText(metric.help === '' ? metric.name : metric.help)}`, `# TYPE ${name} ${metric.kind}`);
    const seen = new Set<string>();
    for (const point of metric.points) {
      const text = labelText({ ...labels, ...point.labels });
      if (seen.has(text)) throw new RangeError(`The metric ${metric.name} has two points with the labels {${text}}.`);
      seen.add(text);
      const unit = exportedUnit(metric.unit);
      if ('value' in point) {
        if (metric.kind === 'counter' && !(point.value >= 0))
          throw new RangeError(`The counter ${metric.name} is ${point.value}; it must be 0 or more.`);
        lines.push(`${name}${text === '' ? '' : `{${text}}`} ${numberText(inBaseUnit(point.value, unit))}`);
      } else appendBuckets(lines, name, text, point, unit);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

function appendBuckets(lines: string[], name: string, text: string, point: BucketPoint, unit: ExportedUnit): void {
  const prefix = text === '' ? '' : `${text},`;
  let cumulative = 0;
  for (let index = 0; index < point.counts.length; index++) {
    cumulative += point.counts[index];
    const bound = index < point.bounds.length ? inBaseUnit(point.bounds[index], unit) : Infinity;
    lines.push(`${name}_bucket{${prefix}le="${numberText(bound)}"} ${cumulative}`);
  }
  const braces = text === '' ? '' : `{${text}}`;
  lines.push(`${name}_sum${braces} ${numberText(inBaseUnit(point.sum, unit))}`, `${name}_count${braces} ${cumulative}`);
}

function labelText(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${prometheusLabel(key)}="${escapeText(labels[key]).replaceAll('"', '\\"')}"`)
    .join(',');
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
