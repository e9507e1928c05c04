// The messages of OTLP as published: field names in JSON and types, transcribed from the .proto files of
// github.com/open-telemetry/opentelemetry-proto at ac2c4b5, and the rules of its docs/specification.md, "JSON Protobuf Encoding".
// hex16 and hex8 stand for ids of so many bytes; `x of y` is one choice of the oneof y.

const messages: Record<string, Record<string, string>> = {
  AnyValue: {
    stringValue: 'string of value',
    boolValue: 'bool of value',
    intValue: 'int64 of value',
    doubleValue: 'double of value',
    arrayValue: 'ArrayValue of value',
    kvlistValue: 'KeyValueList of value',
    bytesValue: 'bytes of value',
    stringValueStrindex: 'int32 of value',
  },
  ArrayValue: {
    values: 'AnyValue[]',
  },
  KeyValueList: {
    values: 'KeyValue[]',
  },
  KeyValue: {
    key: 'string',
    value: 'AnyValue',
    keyStrindex: 'int32',
  },
  InstrumentationScope: {
    name: 'string',
    version: 'string',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
  },
  EntityRef: {
    schemaUrl: 'string',
    type: 'string',
    idKeys: 'string[]',
    descriptionKeys: 'string[]',
  },
  Resource: {
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
    entityRefs: 'EntityRef[]',
  },
  TracesData: {
    resourceSpans: 'ResourceSpans[]',
  },
  ResourceSpans: {
    resource: 'Resource',
    scopeSpans: 'ScopeSpans[]',
    schemaUrl: 'string',
  },
  ScopeSpans: {
    scope: 'InstrumentationScope',
    spans: 'Span[]',
    schemaUrl: 'string',
  },
  Span: {
    traceId: 'hex16',
    spanId: 'hex8',
    traceState: 'string',
    parentSpanId: 'hex8',
    flags: 'fixed32',
    name: 'string',
    kind: 'SpanKind',
    startTimeUnixNano: 'fixed64',
    endTimeUnixNano: 'fixed64',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
    events: 'Span.Event[]',
    droppedEventsCount: 'uint32',
    links: 'Span.Link[]',
    droppedLinksCount: 'uint32',
    status: 'Status',
  },
  'Span.Event': {
    timeUnixNano: 'fixed64',
    name: 'string',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
  },
  'Span.Link': {
    traceId: 'hex16',
    spanId: 'hex8',
    traceState: 'string',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
    flags: 'fixed32',
  },
  Status: {
    message: 'string',
    code: 'StatusCode',
  },
  LogsData: {
    resourceLogs: 'ResourceLogs[]',
  },
  ResourceLogs: {
    resource: 'Resource',
    scopeLogs: 'ScopeLogs[]',
    schemaUrl: 'string',
  },
  ScopeLogs: {
    scope: 'InstrumentationScope',
    logRecords: 'LogRecord[]',
    schemaUrl: 'string',
  },
  LogRecord: {
    timeUnixNano: 'fixed64',
    observedTimeUnixNano: 'fixed64',
    severityNumber: 'SeverityNumber',
    severityText: 'string',
    body: 'AnyValue',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
    flags: 'fixed32',
    traceId: 'hex16',
    spanId: 'hex8',
    eventName: 'string',
  },
  MetricsData: {
    resourceMetrics: 'ResourceMetrics[]',
  },
  ResourceMetrics: {
    resource: 'Resource',
    scopeMetrics: 'ScopeMetrics[]',
    schemaUrl: 'string',
  },
  ScopeMetrics: {
    scope: 'InstrumentationScope',
    metrics: 'Metric[]',
    schemaUrl: 'string',
  },
  Metric: {
    name: 'string',
    description: 'string',
    unit: 'string',
    gauge: 'Gauge of data',
    sum: 'Sum of data',
    histogram: 'Histogram of data',
    exponentialHistogram: 'ExponentialHistogram of data',
    summary: 'Summary of data',
    metadata: 'KeyValue[]',
  },
  Gauge: {
    dataPoints: 'NumberDataPoint[]',
  },
  Sum: {
    dataPoints: 'NumberDataPoint[]',
    aggregationTemporality: 'AggregationTemporality',
    isMonotonic: 'bool',
  },
  Histogram: {
    dataPoints: 'HistogramDataPoint[]',
    aggregationTemporality: 'AggregationTemporality',
  },
  ExponentialHistogram: {
    dataPoints: 'ExponentialHistogramDataPoint[]',
    aggregationTemporality: 'AggregationTemporality',
  },
  Summary: {
    dataPoints: 'SummaryDataPoint[]',
  },
  NumberDataPoint: {
    attributes: 'KeyValue[]',
    startTimeUnixNano: 'fixed64',
    timeUnixNano: 'fixed64',
    asDouble: 'double of value',
    asInt: 'sfixed64 of value',
    exemplars: 'Exemplar[]',
    flags: 'uint32',
  },
  HistogramDataPoint: {
    attributes: 'KeyValue[]',
    startTimeUnixNano: 'fixed64',
    timeUnixNano: 'fixed64',
    count: 'fixed64',
    sum: 'double',
    bucketCounts: 'fixed64[]',
    explicitBounds: 'double[]',
    exemplars: 'Exemplar[]',
    flags: 'uint32',
    min: 'double',
    max: 'double',
  },
  ExponentialHistogramDataPoint: {
    attributes: 'KeyValue[]',
    startTimeUnixNano: 'fixed64',
    timeUnixNano: 'fixed64',
    count: 'fixed64',
    sum: 'double',
    scale: 'sint32',
    zeroCount: 'fixed64',
    positive: 'ExponentialHistogramDataPoint.Buckets',
    negative: 'ExponentialHistogramDataPoint.Buckets',
    flags: 'uint32',
    exemplars: 'Exemplar[]',
    min: 'double',
    max: 'double',
    zeroThreshold: 'double',
  },
  'ExponentialHistogramDataPoint.Buckets': {
    offset: 'sint32',
    bucketCounts: 'uint64[]',
  },
  SummaryDataPoint: {
    attributes: 'KeyValue[]',
    startTimeUnixNano: 'fixed64',
    timeUnixNano: 'fixed64',
    count: 'fixed64',
    sum: 'double',
    quantileValues: 'SummaryDataPoint.ValueAtQuantile[]',
    flags: 'uint32',
  },
  'SummaryDataPoint.ValueAtQuantile': {
    quantile: 'double',
    value: 'double',
  },
  Exemplar: {
    filteredAttributes: 'KeyValue[]',
    timeUnixNano: 'fixed64',
    asDouble: 'double of value',
    asInt: 'sfixed64 of value',
    spanId: 'hex8',
    traceId: 'hex16',
  },
};

const enums: Record<string, readonly [least: number, most: number]> = {
  SpanKind: [0, 5],
  StatusCode: [0, 2],
  SeverityNumber: [0, 24],
  AggregationTemporality: [0, 2],
};

const ranges: Record<string, readonly [least: bigint, most: bigint]> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  sfixed64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  fixed64: [0n, 2n ** 64n - 1n],
};

/** What is wrong with a message, by path. A receiver must ignore fields that it does not know; a sender should not send them. */
export function otlpFaults(message: unknown, type: string, unknownFields: 'reject' | 'ignore' = 'reject', path = type): string[] {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return [`${path} is no object`];
  const faults: string[] = [];
  const chosen = new Set<string>();
  for (const [field, value] of Object.entries(message)) {
    const at = `${path}.${field}`;
    if (!Object.hasOwn(messages[type], field)) {
      if (unknownFields === 'reject') faults.push(`${at} is unknown`);
      continue;
    }
    const [kind, oneof] = messages[type][field].split(' of ');
    if (oneof !== undefined) {
      if (chosen.has(oneof)) faults.push(`${at} is a second choice of ${oneof}`);
      chosen.add(oneof);
    }
    if (!kind.endsWith('[]')) faults.push(...valueFaults(value, kind, unknownFields, at));
    else if (!Array.isArray(value)) faults.push(`${at} is no list`);
    else
      for (const [index, item] of value.entries()) faults.push(...valueFaults(item, kind.slice(0, -2), unknownFields, `${at}[${index}]`));
  }
  return faults;
}

function valueFaults(value: unknown, kind: string, unknownFields: 'reject' | 'ignore', path: string): string[] {
  if (Object.hasOwn(messages, kind)) return otlpFaults(value, kind, unknownFields, path);
  return fits(value, kind) ? [] : [`${path} is no ${kind}: ${JSON.stringify(value)}`];
}

function fits(value: unknown, kind: string): boolean {
  if (kind === 'string') return typeof value === 'string';
  if (kind === 'bool') return typeof value === 'boolean';
  if (kind === 'double') return typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(value as string);
  if (kind === 'bytes') return typeof value === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value);
  if (kind === 'hex16' || kind === 'hex8') {
    const digits = kind === 'hex16' ? 32 : 16;
    return typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/i.test(value) && /[^0]/.test(value);
  }
  if (Object.hasOwn(enums, kind)) {
    // Names are not allowed; an integer of a later version is.
    return Number.isInteger(value) && (value as number) >= enums[kind][0] && (value as number) <= enums[kind][1];
  }
  const [least, most] = ranges[kind];
  // 64 bits are decimal strings, 32 bits are numbers.
  const isText = kind.endsWith('64');
  if (isText ? !(typeof value === 'string' && /^-?\d+$/.test(value)) : !Number.isInteger(value)) return false;
  const whole = BigInt(value as string | number);
  return whole >= least && whole <= most;
}
