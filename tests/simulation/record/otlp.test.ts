import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { Tally } from '../../../src/simulation/measure/tally';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { unixNanos } from '../../../src/simulation/record/epoch';
import { logRecords, requestRecords } from '../../../src/simulation/record/logRecords';
import { bucketPoint, type Metric } from '../../../src/simulation/record/metrics';
import { otlpLogs, otlpMetrics, otlpTraces } from '../../../src/simulation/record/otlp';
import { spansOf } from '../../../src/simulation/record/spans';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { readVector } from '../../vectors/read';
import { finish } from '../scripted';
import { otlpFaults } from './otlpShapes';

function run(horizonMs: number, perSecond: number) {
  const system = new System({ seed: 5, record: { detail: 'all' } });
  const server = new Server(system, { name: 'server', queueCapacity: 2 });
  const client = new RetryingClient(system, { timeoutMs: 100, attempts: 2, backoffMs: 5 }).asks(server);
  const arrivals = poissonArrivals(perSecond, system.simulation.random.stream('arrivals'));
  new Source(system, { arrivals, workMs: (u) => exponential(u, 10) }).to(client);
  system.intervene([{ atMs: horizonMs / 2, untilMs: horizonMs / 2 + 200, verb: 'crash', targets: ['server'] }]);
  finish(system, horizonMs);
  const trace = system.simulation.recorder.finish(horizonMs);
  return { trace, spans: spansOf(trace, { seed: 5 }) };
}

const { trace, spans } = run(2000, 90);
const tally = new Tally();
for (let value = 1; value <= 100; value++) tally.record(value);
const metrics: Metric[] = [
  {
    name: 'responseMs',
    help: 'From arrival to reply.',
    unit: 'ms',
    kind: 'histogram',
    points: [bucketPoint(tally, { part: 'server' }), bucketPoint(new Tally())],
  },
  {
    name: 'responseMsP99',
    help: 'One in a hundred was slower.',
    unit: 'ms',
    kind: 'gauge',
    points: [{ value: 99 }, { labels: { side: 'b' }, value: Number.NaN }],
  },
  {
    name: 'requests',
    help: 'Requests by fate.',
    unit: 'requests',
    kind: 'counter',
    points: [{ labels: { fate: 'completed' }, value: 12 }],
  },
  {
    name: 'change',
    help: 'May be below 0.',
    unit: '',
    kind: 'histogram',
    points: [{ bounds: [-1, 1], counts: [1, 0, 2], sum: -3, min: -9, max: 5 }],
  },
  { name: 'none', help: '', unit: '', kind: 'gauge', points: [] },
];

describe('the published shape', () => {
  const example = readVector<object>('otlp');

  test('is that of the published example', () => {
    expect(otlpFaults(example, 'TracesData')).toEqual([]);
  });

  // One thing wrong each, with the rule it breaks.
  test.each([
    [/"traceId":"[^"]*"/, '"traceId":"W47/95gDgQPSabYzgT/GDA=="', 'traceId is no hex16'],
    [/"spanId":"[^"]*"/, '"spanId":"0000000000000000"', 'spanId is no hex8'],
    [/"startTimeUnixNano":"(\d+)"/, '"startTimeUnixNano":$1', 'startTimeUnixNano is no fixed64'],
    [/"kind":2/, '"kind":"SPAN_KIND_SERVER"', 'kind is no SpanKind'],
    [/"parentSpanId"/, '"parent_span_id"', 'parent_span_id is unknown'],
    [/"stringValue":"some value"/, '"stringValue":"a","boolValue":true', 'boolValue is a second choice of value'],
    [/"attributes":\[(\{"key":"my.span.attr".*?\}\})\]/, '"attributes":$1', 'attributes is no list'],
    [/"name":"my.library"/, '"name":7', 'name is no string'],
  ])('finds a fault: %s', (pattern, replacement, fault) => {
    const faults = otlpFaults(JSON.parse(JSON.stringify(example).replace(pattern, replacement)), 'TracesData');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test('a receiver passes over fields that it does not know', () => {
    const later = JSON.parse(JSON.stringify(example).replace('"kind":2', '"kind":2,"fromTheFuture":{"x":1}'));
    expect(otlpFaults(later, 'TracesData', 'ignore')).toEqual([]);
    expect(otlpFaults(later, 'TracesData')).toHaveLength(1);
  });
});

describe('exports to OpenTelemetry', () => {
  test('of spans have the published shape, and say when, what and how it ended', () => {
    const message = JSON.parse(otlpTraces(spans, { namespace: 'one-server', attributes: { seed: 5n } }));
    expect(otlpFaults(message, 'TracesData')).toEqual([]);
    const services = message.resourceSpans.map(
      ({ resource }: { resource: { attributes: { key: string; value: object }[] } }) => resource.attributes,
    );
    expect(services[1]).toEqual([
      { key: 'service.name', value: { stringValue: 'clients' } },
      { key: 'service.namespace', value: { stringValue: 'one-server' } },
      { key: 'seed', value: { intValue: '5' } },
    ]);
    const messages = message.resourceSpans.flatMap((one: { scopeSpans: { spans: object[] }[] }) => one.scopeSpans[0].spans);
    expect(messages).toHaveLength(spans.length);
    const root = spans[0];
    expect(messages[0]).toMatchObject({ traceId: root.traceId, spanId: root.spanId, name: 'customers request', kind: 3 });
    expect(messages[0]).not.toHaveProperty('parentSpanId');
    expect([messages[0].startTimeUnixNano, messages[0].endTimeUnixNano]).toEqual([unixNanos(root.startMs), unixNanos(root.endMs)]);
    expect(messages.some(({ status }: { status?: object }) => JSON.stringify(status) === '{"message":"rejected","code":2}')).toBe(true);
    expect(messages.every(({ startTimeUnixNano: time }: { startTimeUnixNano: string }) => time.startsWith('17040672'))).toBe(true);
  });

  test('of logs have the published shape, and lead from the end of a request to its trace', () => {
    const records = [...logRecords(trace), ...requestRecords(spans)];
    const message = JSON.parse(otlpLogs(records));
    expect(otlpFaults(message, 'LogsData')).toEqual([]);
    const messages = message.resourceLogs.flatMap((one: { scopeLogs: { logRecords: object[] }[] }) => one.scopeLogs[0].logRecords);
    expect(messages).toHaveLength(records.length);
    const withTrace = messages.find(({ traceId }: { traceId?: string }) => traceId === spans[0].traceId);
    expect(withTrace).toMatchObject({ spanId: spans[0].spanId, flags: 3 });
    expect(messages).toContainEqual(expect.objectContaining({ severityNumber: 17, severityText: 'ERROR' }));
    expect(messages).toContainEqual(expect.objectContaining({ eventName: 'simulation.crash' }));
  });

  test('of metrics have the published shape, in seconds, cumulative from the end of the warm-up', () => {
    const message = JSON.parse(otlpMetrics(metrics, { fromMs: 1000, toMs: 2000.0000015, epochNanos: 1_000_000_000n }));
    expect(otlpFaults(message, 'MetricsData')).toEqual([]);
    const [response, percentile, requests, change, ...more] = message.resourceMetrics[0].scopeMetrics[0].metrics;
    expect(more).toEqual([]);
    expect(response).toMatchObject({ name: 'response', unit: 's', histogram: { aggregationTemporality: 2 } });
    expect(response.histogram.dataPoints[0]).toMatchObject({
      startTimeUnixNano: '2000000000',
      timeUnixNano: '3000000002',
      count: '100',
      sum: 5.05,
      min: 0.001,
      max: 0.1,
      explicitBounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      bucketCounts: ['5', '5', '15', '25', '50', '0', '0', '0', '0', '0', '0', '0'],
    });
    expect(response.histogram.dataPoints[1]).not.toHaveProperty('min');
    expect(percentile.gauge.dataPoints.map(({ asDouble }: { asDouble: unknown }) => asDouble)).toEqual([0.099, 'NaN']);
    expect(requests).toMatchObject({ unit: '{requests}', sum: { isMonotonic: true, dataPoints: [{ asDouble: 12 }] } });
    expect(change.histogram.dataPoints[0]).toMatchObject({ count: '3', min: -9 });
    expect(change.histogram.dataPoints[0]).not.toHaveProperty('sum');
  });

  test('of nothing are still messages', () => {
    expect(otlpFaults(JSON.parse(otlpTraces([])), 'TracesData')).toEqual([]);
    expect(otlpFaults(JSON.parse(otlpLogs([])), 'LogsData')).toEqual([]);
    expect(otlpFaults(JSON.parse(otlpMetrics([], { toMs: 1 })), 'MetricsData')).toEqual([]);
  });

  test('of a run of 30,000 requests take time in proportion', () => {
    const long = run(400_000, 75);
    const roots = long.spans.filter(({ step }) => step === 'request');
    expect(roots.length).toBeGreaterThan(29_000);
    const text = otlpTraces(long.spans);
    // Every span is there, and its parent with it.
    expect(text.split('"spanId"').length - 1).toBe(long.spans.length);
    const logs = otlpLogs(requestRecords(long.spans));
    expect(logs.split('"body"').length - 1).toBe(roots.filter(({ fate }) => fate !== undefined).length);
  });
});
