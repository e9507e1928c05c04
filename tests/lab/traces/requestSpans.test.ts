import { describe, expect, test } from 'vitest';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { loadExperiment } from '../../../src/experiments/registry';
import { conditionDuring } from '../../../src/lab/traces/conditions';
import { requestSpans, rowsAtPart, spanAt } from '../../../src/lab/traces/requestSpans';
import { requestTable } from '../../../src/lab/traces/requestTable';
import { isInFlight, outcomesIn, rowsInOrder, slowestAt, type Wanted } from '../../../src/lab/traces/rowsInOrder';
import { storyOf } from '../../../src/lab/traces/sentence';
import { traceSeed } from '../../../src/lab/traces/traceSeed';
import { waterfallOf } from '../../../src/lab/traces/waterfall';
import { outcomeOf } from '../../../src/lab/traces/words';
import {
  createReplay,
  fateNames,
  Recorder,
  type RecordKind,
  recordKinds,
  Server,
  spansOf,
  type Trace,
} from '../../../src/simulation/index';
import { finish, newSystem, sendScript } from '../../simulation/scripted';

async function traceOf(id: string, scenario?: string): Promise<Trace> {
  const definition = await loadExperiment(id);
  const setup = scenario === undefined ? {} : definition.scenarios[scenario];
  const { trace } = runExperiment(definition, settle(definition, setup), { record: { detail: 'all' } });
  if (!trace) throw new Error('A simulation has a trace.');
  return trace;
}

const chaos = await traceOf('chaos', 'Hasty clients');
const everything: Wanted = { sort: 'earliest', outcome: 'all', leastMs: 0, range: null, part: null };

describe('one request in full', () => {
  test('has the spans, with their ids, that the whole trace gives', () => {
    const table = requestTable(chaos);
    const all = spansOf(chaos, { seed: 7 });
    for (let row = 0; row < table.count; row += 97) {
      const { spans, number } = requestSpans(table, row, 7);
      expect(spans).toEqual(all.filter(({ request }) => request === number));
    }
  });

  test('spends all of its time somewhere', () => {
    const table = requestTable(chaos);
    let attempts = 0;
    for (let row = 0; row < table.count; row += 13) {
      const { stretches, startMs, endMs, ...spans } = requestSpans(table, row, 1);
      const sumMs = stretches.reduce((sum, { ms }) => sum + ms, 0);
      expect(sumMs).toBeCloseTo(endMs - startMs, 6);
      for (const { fromMs, toMs, ms } of stretches) {
        expect(fromMs).toBeGreaterThanOrEqual(startMs);
        expect(toMs).toBeLessThanOrEqual(endMs);
        expect(toMs - fromMs).toBeLessThanOrEqual(ms + 1e-9);
      }
      attempts = Math.max(attempts, spans.attempts);
    }
    expect(attempts).toBeGreaterThan(1);
  });

  test('tells waiting from service, and where it is at an instant', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'cook', label: 'The cook' });
    sendScript(system, { arrivals: [0, 2], works: 10 }, server);
    finish(system, 100);
    const trace = system.simulation.recorder.finish(100);
    const spans = requestSpans(requestTable(trace), 1, 1);
    expect(spans.stretches.map(({ doing, part, ms }) => [doing, part, ms])).toEqual([
      ['service', 'cook', 10],
      ['wait', 'cook', 8],
    ]);
    expect(spanAt(spans, 5)?.step).toBe('wait');
    expect(spanAt(spans, 15)?.step).toBe('service');
    expect(spanAt(spans, 50)).toBeUndefined();
    const { rows, fromMs, toMs } = waterfallOf(spans);
    expect([fromMs, toMs]).toEqual([2, 20]);
    expect(rows.map(({ span, depth, ms }) => [span.step, depth, ms])).toEqual([
      ['request', 0, 18],
      ['visit', 1, 18],
      ['wait', 2, 8],
      ['service', 2, 10],
    ]);
    expect(rows[3].left).toBeCloseTo(8 / 18, 9);
    expect(rows[3].share).toBeCloseTo(10 / 18, 9);
    expect(storyOf({ name: 'Order 1', outcome: outcomeOf(requestTable(trace).fate[1]), spans, trace, clock: (ms) => `${ms} ms` })).toBe(
      'Order 1 took 18\u202fms: 10\u202fms of it (56\u202f%) in service at The cook.',
    );
  });

  test('says that the part where it was stuck was down, and from when to when', () => {
    const recorder = new Recorder({ detail: 'all' });
    for (const kind of ['source', 'server'] as const)
      recorder.describePart({ name: kind, kind, label: kind, concurrency: 1, queueCapacity: 9, speed: 1 } as never);
    recorder.describeLink(0, 1);
    const say = (timeMs: number, kind: RecordKind, part: number, subject: number, value: number): void =>
      recorder.request(timeMs, kind, part, subject, value);
    say(0, recordKinds.open, 0, 0, 5);
    say(0, recordKinds.enter, 1, 0, 0);
    say(0, recordKinds.wait, 1, 0, 1);
    say(10, recordKinds.state, 1, 1, 0);
    say(40, recordKinds.state, 1, 0, 1);
    say(45, recordKinds.start, 1, 0, 5);
    say(50, recordKinds.leave, 1, 0, 0);
    const trace = recorder.finish(100);
    const spans = requestSpans(requestTable(trace), 0, 1);
    expect(storyOf({ name: 'Request 0', outcome: 'completed', spans, trace, clock: (ms) => `${ms} ms` })).toBe(
      'Request 0 took 50\u202fms: 45\u202fms of it (90\u202f%) waiting at server, which was down from 10 ms to 40 ms.',
    );
    expect(conditionDuring(trace, 'server', 41, 90)).toBeUndefined();
    expect(conditionDuring(trace, 'source', 0, 90)).toBeUndefined();
  });

  test('gives the two sides ids of their own', () => {
    const table = requestTable(chaos);
    const [a, b] = (['a', 'b'] as const).map((side) => requestSpans(table, 5, traceSeed(3, side)).spans[0].traceId);
    expect(a).toMatch(/^[0-9a-f]{32}$/);
    expect(b).not.toBe(a);
  });
});

describe('the list of requests', () => {
  const table = requestTable(chaos);
  const lasted = (row: number): number => table.endMs[row] - table.startMs[row];

  test('is sorted by duration, start and outcome', () => {
    const slowest = Array.from(rowsInOrder(table, { ...everything, sort: 'slowest' }), lasted);
    expect(slowest).toEqual([...slowest].sort((a, b) => b - a));
    const fastest = Array.from(rowsInOrder(table, { ...everything, sort: 'fastest' }), lasted);
    expect(fastest).toEqual([...slowest].reverse());
    const latest = Array.from(rowsInOrder(table, { ...everything, sort: 'latest' }), (row) => table.startMs[row]);
    expect(latest).toEqual([...latest].sort((a, b) => b - a));
    const outcomes = Array.from(rowsInOrder(table, { ...everything, sort: 'outcome' }), (row) => outcomeOf(table.fate[row]));
    expect(outcomes[0]).not.toBe('completed');
    expect(outcomes.indexOf('completed')).toBe(outcomes.length - outcomes.filter((one) => one === 'completed').length);
  });

  test('is narrowed by outcome and by least duration', () => {
    for (const { outcome, count } of outcomesIn(table)) expect(rowsInOrder(table, { ...everything, outcome })).toHaveLength(count);
    const bad = rowsInOrder(table, { ...everything, outcome: 'not completed' });
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.every((row) => table.fate[row] > 0)).toBe(true);
    const slow = rowsInOrder(table, { ...everything, leastMs: 500 });
    expect(slow.length).toBeGreaterThan(0);
    expect(slow.length).toBeLessThan(table.count);
    expect(slow.every((row) => lasted(row) >= 500)).toBe(true);
  });

  test('shows at an instant and a part whom the picture shows there', () => {
    const replay = createReplay(chaos);
    for (let atMs = 1234.5; atMs < chaos.horizonMs; atMs += chaos.horizonMs / 23) {
      const { parts } = replay.stateAt(atMs);
      for (const { part, serving, waiting, holding } of parts.filter((one) => one.part.concurrency > 0)) {
        const inside = new Set([...serving.filter((request) => request >= 0), ...waiting.toArray(), ...holding.toArray()]);
        const found = rowsAtPart(table, part.id, atMs, atMs);
        const numbers = new Set(Array.from(table.numbers).filter((_, row) => found[row] === 1));
        expect(numbers).toEqual(inside);
      }
    }
  });

  test('keeps to those in flight in a stretch of time', () => {
    const range = { fromMs: chaos.horizonMs / 2, toMs: chaos.horizonMs / 2 + 100 };
    const rows = new Set(rowsInOrder(table, { ...everything, range }));
    expect(rows.size).toBeGreaterThan(0);
    for (let row = 0; row < table.count; row++)
      expect(rows.has(row)).toBe(table.startMs[row] <= range.toMs && (table.endMs[row] > range.fromMs || table.fate[row] < 0));
    const slowest = slowestAt(table, range.fromMs, -1);
    const [first] = rowsInOrder(table, { ...everything, sort: 'slowest', range: { fromMs: range.fromMs, toMs: range.fromMs } });
    expect(slowest).toBe(table.numbers[first]);
    expect(slowestAt(table, -5, -1)).toBeNull();
    expect(isInFlight(table, first, range)).toBe(true);
  });

  test('of 30,000 requests is there in less than 100 ms', () => {
    const took = Array.from({ length: 8 }, () => {
      const trace = madeUp(30_000);
      const startMs = performance.now();
      const rows = rowsInOrder(requestTable(trace), { ...everything, sort: 'slowest' });
      for (const row of rows.subarray(0, 20)) requestSpans(requestTable(trace), row, 1);
      expect(rows).toHaveLength(30_000);
      return performance.now() - startMs;
    });
    expect(Math.min(...took)).toBeLessThan(100);
  });
});

/** Requests through one server, five records each. */
function madeUp(count: number): Trace {
  const recorder = new Recorder({ detail: 'all' });
  for (const kind of ['source', 'server'] as const)
    recorder.describePart({ name: kind, kind, label: kind, concurrency: 9, queueCapacity: 9, speed: 1 } as never);
  recorder.describeLink(0, 1);
  for (let request = 0; request < count; request++) {
    const atMs = request * 3;
    recorder.request(atMs, recordKinds.open, 0, request, 5);
    recorder.request(atMs, recordKinds.enter, 1, request, 0);
    recorder.request(atMs, recordKinds.wait, 1, request, 1);
    recorder.request(atMs + 1, recordKinds.start, 1, request, 1);
    recorder.request(atMs + 1 + ((request * 7919) % 100) / 50, recordKinds.leave, 1, request, request % fateNames.length);
  }
  return recorder.finish(count * 4);
}
