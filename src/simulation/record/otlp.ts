// Logs, metrics and spans for OpenTelemetry tools: OTLP/JSON, the JSON mapping of the messages in opentelemetry-proto 1.x. Its rules:
// names in lowerCamelCase, ids in hexadecimal, enumerations as numbers, whole numbers of 64 bits and times as decimal strings.
// Each part is a service of its own, so that tools draw the topology.

import { unixNanos } from './epoch';
import type { Attributes, AttributeValue, LogRecord } from './logRecords';
import { type ExportedUnit, exportedUnit, inBaseUnit, otelName } from './metricNames';
import type { BucketPoint, Labels, Metric, NumberPoint } from './metrics';
import type { Span } from './spans';

export interface OtlpOptions {
  /** Simulated time 0, in ns since 1970. Default: 2024-01-01T00:00:00Z. */
  readonly epochNanos?: bigint;
  /** What the services have in common (`service.namespace`): the experiment. Default simulation. */
  readonly namespace?: string;
  /** Of the run, on every resource: seed, side. */
  readonly attributes?: Attributes;
}

const scope = { name: '@by-the-slice/simulation' };
const severities = { info: 9, warn: 13, error: 17 } as const;
const spanKinds = { request: 3, attempt: 3, visit: 2, wait: 1, service: 1, flight: 1 } as const;
const cumulative = 2;
const errorStatus = 2;
/** Sampled, with a random trace id; and the parent, if any, is known not to be remote. */
const spanFlags = 0x103;

/** A message LogsData. */
export function otlpLogs(records: readonly LogRecord[], options: OtlpOptions = {}): string {
  const { epochNanos } = options;
  const resourceLogs = byPart(records, options, (resource, logRecords) => ({
    resource,
    scopeLogs: [{ scope, logRecords: logRecords.map((record) => logRecord(record, epochNanos)) }],
  }));
  return JSON.stringify({ resourceLogs });
}

/** A message TracesData. */
export function otlpTraces(spans: readonly Span[], options: OtlpOptions = {}): string {
  const { epochNanos } = options;
  const resourceSpans = byPart(spans, options, (resource, own) => ({
    resource,
    scopeSpans: [{ scope, spans: own.map((span) => spanMessage(span, epochNanos)) }],
  }));
  return JSON.stringify({ resourceSpans });
}

/**
 * A message MetricsData: what was measured from `fromMs` (the end of the warm-up) to `toMs` of simulated time. Times are in seconds.
 */
export function otlpMetrics(
  metrics: readonly Metric[],
  { fromMs, toMs, ...options }: OtlpOptions & { readonly fromMs?: number; readonly toMs: number },
): string {
  const times = { startTimeUnixNano: unixNanos(fromMs ?? 0, options.epochNanos), timeUnixNano: unixNanos(toMs, options.epochNanos) };
  const messages = metrics.filter(({ points }) => points.length > 0).map((metric) => metricMessage(metric, times));
  return JSON.stringify({ resourceMetrics: [{ resource: resourceOf('', options), scopeMetrics: [{ scope, metrics: messages }] }] });
}

/** In order of first appearance. */
function byPart<Item extends { readonly part: string }, Message>(
  items: readonly Item[],
  options: OtlpOptions,
  toMessage: (resource: object, items: Item[]) => Message,
): Message[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.part);
    if (group) group.push(item);
    else groups.set(item.part, [item]);
  }
  return Array.from(groups, ([part, own]) => toMessage(resourceOf(part, options), own));
}

function resourceOf(part: string, { namespace = 'simulation', attributes = {} }: OtlpOptions): object {
  return { attributes: keyValues({ 'service.name': part === '' ? namespace : part, 'service.namespace': namespace, ...attributes }) };
}

function logRecord({ timeMs, severity, body, eventName, attributes, traceId, spanId }: LogRecord, epochNanos?: bigint): object {
  const time = unixNanos(timeMs, epochNanos);
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: severities[severity],
    severityText: severity.toUpperCase(),
    body: { stringValue: body },
    attributes: keyValues(attributes),
    ...(traceId === undefined ? {} : { traceId, spanId, flags: spanFlags & 0xff }),
    ...(eventName === undefined ? {} : { eventName }),
  };
}

function spanMessage(span: Span, epochNanos?: bigint): object {
  const { traceId, spanId, parentSpanId, name, step, request, attempt, startMs, endMs, fate, isOpen } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId === '' ? {} : { parentSpanId }),
    flags: spanFlags,
    name,
    kind: spanKinds[step],
    startTimeUnixNano: unixNanos(startMs, epochNanos),
    endTimeUnixNano: unixNanos(endMs, epochNanos),
    attributes: keyValues({
      'simulation.request': BigInt(request),
      'simulation.step': step,
      ...(attempt > 0 ? { 'simulation.attempt': BigInt(attempt) } : {}),
      ...(fate === undefined ? {} : { 'simulation.fate': fate }),
      ...(isOpen ? { 'simulation.open': true } : {}),
    }),
    ...(fate === undefined || fate === 'completed' ? {} : { status: { message: fate, code: errorStatus } }),
  };
}

interface PointTimes {
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
}

function metricMessage(metric: Metric, times: PointTimes): object {
  const unit = exportedUnit(metric.unit);
  const text = { name: otelName(metric.name, metric.unit), description: metric.help, unit: unit.ucum };
  if (metric.kind === 'histogram') {
    const dataPoints = metric.points.map((point) => bucketMessage(point, times, unit));
    return { ...text, histogram: { dataPoints, aggregationTemporality: cumulative } };
  }
  const dataPoints = metric.points.map(({ labels, value }: NumberPoint) => ({
    attributes: keyValues(labels ?? {}),
    ...times,
    asDouble: double(inBaseUnit(value, unit)),
  }));
  if (metric.kind === 'gauge') return { ...text, gauge: { dataPoints } };
  return { ...text, sum: { dataPoints, aggregationTemporality: cumulative, isMonotonic: true } };
}

function bucketMessage({ labels, bounds, counts, sum, min, max }: BucketPoint, times: PointTimes, unit: ExportedUnit): object {
  const bucketCounts = Array.from(counts, String);
  return {
    attributes: keyValues(labels ?? {}),
    ...times,
    count: String(Array.from(counts).reduce((total, count) => total + count, 0)),
    // A sum that can fall is no sum: the receiver would take it for a counter.
    ...(min !== undefined && min < 0 ? {} : { sum: double(inBaseUnit(sum, unit)) }),
    bucketCounts,
    explicitBounds: bounds.map((bound) => inBaseUnit(bound, unit)),
    ...(min === undefined ? {} : { min: double(inBaseUnit(min, unit)) }),
    ...(max === undefined ? {} : { max: double(inBaseUnit(max, unit)) }),
  };
}

function keyValues(attributes: Attributes | Labels): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: AttributeValue): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: String(value) };
    default:
      return { doubleValue: double(value) };
  }
}

/** JSON has no NaN and no infinity: they are strings there. */
function double(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
