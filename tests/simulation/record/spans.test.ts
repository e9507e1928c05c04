import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import { Cache } from '../../../src/simulation/parts/cache';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { RetryingClient } from '../../../src/simulation/parts/retryingClient';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { System } from '../../../src/simulation/parts/system';
import { responseWindows } from '../../../src/simulation/record/responseWindows';
import { type Span, SpanIds, spansOf } from '../../../src/simulation/record/spans';
import { Recorder, type RecordKind, recordKinds, type Trace } from '../../../src/simulation/record/trace';
import { formatTraceParent, parseTraceParent } from '../../../src/simulation/record/traceContext';
import { poissonArrivals } from '../../../src/simulation/workload/arrivals';
import { finish, newSystem, sendScript } from '../scripted';

/** Each span as one line, two blanks further in than its parent. */
function tree(spans: readonly Span[]): string[] {
  const depthOf = new Map<string, number>();
  return spans.map(({ spanId, parentSpanId, name, startMs, endMs, fate, isOpen }) => {
    const depth = parentSpanId === '' ? 0 : (depthOf.get(parentSpanId) ?? Number.NaN) + 1;
    depthOf.set(spanId, depth);
    return `${'  '.repeat(depth)}${name} ${startMs}-${isOpen ? '' : endMs}${fate === undefined ? '' : ` ${fate}`}`;
  });
}

function spansOfRun(system: System, horizonMs: number): Span[] {
  finish(system, horizonMs);
  return spansOf(system.simulation.recorder.finish(horizonMs), { seed: 1 });
}

type Line = [timeMs: number, kind: keyof typeof recordKinds, part: number, value: number];

/** Records of request 0 among parts: customers (0), clients (1), a server (2) and a database (3), in a row. */
function scriptedTrace(lines: readonly Line[], horizonMs = 100): Trace {
  const recorder = new Recorder({ detail: 'all' });
  const kinds = ['source', 'client', 'server', 'database'] as const;
  for (const kind of kinds) recorder.describePart({ name: kind, kind, label: kind, concurrency: 1, queueCapacity: 0, speed: 1 });
  for (let id = 1; id < kinds.length; id++) recorder.describeLink(id - 1, id);
  for (const [timeMs, kind, part, value] of lines) recorder.request(timeMs, recordKinds[kind] as RecordKind, part, 0, value);
  return recorder.finish(horizonMs);
}
const began = (number: number) => 16 * number;
const ended = (number: number, fate: number) => 16 * number + 1 + fate;

describe('the spans of a request', () => {
  test('are its wait and service at each part, below a balancer that ends with their answer', () => {
    const system = newSystem();
    const servers = [1, 2].map((index) => new Server(system, { name: `servers/${index}` }));
    const balancer = new Balancer(system, servers, { policy: roundRobin });
    sendScript(system, { arrivals: [0, 1, 2], works: 10 }, balancer);
    expect(tree(spansOfRun(system, 15))).toEqual([
      'customers request 0-10 completed',
      '  balancer 0-10 completed',
      '    servers/1 0-10 completed',
      '      servers/1 service 0-10',
      'customers request 1-11 completed',
      '  balancer 1-11 completed',
      '    servers/2 1-11 completed',
      '      servers/2 service 1-11',
      'customers request 2-',
      '  balancer 2-',
      '    servers/1 2-',
      '      servers/1 wait 2-10',
      '      servers/1 service 10-',
    ]);
  });

  test('tell of the time on slow links, there and back', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database', kind: 'database', workMs: () => 5 });
    const server = new Server(system, { name: 'server' }).asks(database, { delayMs: 2 });
    const balancer = new Balancer(system, [server], { policy: roundRobin });
    new Source(system, { arrivals: { nextMs: oneAt(1) }, workMs: () => 10 }).to(balancer, { delayMs: 3 });
    expect(tree(spansOfRun(system, 100))).toEqual([
      'customers request 1-26 completed',
      '  balancer flight 1-4 completed',
      '  balancer 4-23 completed',
      '    server 4-23 completed',
      '      server service 4-23',
      '      database flight 14-16 completed',
      '      database 16-21 completed',
      '        database service 16-21',
      '      server flight 21-23 completed',
      '  customers flight 23-26 completed',
    ]);
  });

  test('show what was lost on a cut link as a flight that never landed', () => {
    const trace = scriptedTrace([
      [0, 'open', 0, 10],
      [0, 'flight', 1, 5],
    ]);
    expect(tree(spansOf(trace, { seed: 1 }))).toEqual(['source request 0-', '  client flight 0-5 lost']);
  });

  test('stay open when the answer gets lost on the way back', () => {
    const records: Line[] = [
      [0, 'open', 0, 10],
      [0, 'flight', 1, 5],
      [5, 'enter', 1, 0],
      [7, 'leave', 1, fates.completed],
    ];
    expect(tree(spansOf(scriptedTrace(records), { seed: 1 }))).toEqual([
      'source request 0-',
      '  client flight 0-5 completed',
      '  client 5-7 completed',
    ]);
    expect(tree(spansOf(scriptedTrace([...records, [7, 'flight', 0, 12]]), { seed: 1 }))[0]).toBe('source request 0-12 completed');
  });

  test('of two sources that both count from 0 are two traces', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 2 });
    for (const [name, atMs, workMs] of [
      ['a', 0, 30],
      ['b', 10, 5],
    ] as const)
      new Source(system, { name, arrivals: { nextMs: oneAt(atMs) }, workMs: () => workMs }).to(server);
    const spans = spansOfRun(system, 100);
    expect(tree(spans)).toEqual([
      'a request 0-30 completed',
      '  server 0-30 completed',
      '    server service 0-30',
      'b request 10-15 completed',
      '  server 10-15 completed',
      '    server service 10-15',
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(2);
    expect(spans.slice(3).every(({ traceId }) => traceId === spans[3].traceId)).toBe(true);
  });

  test('end with the fate of the request: rejected at the door, lost in a crash', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', queueCapacity: 1 });
    sendScript(system, { arrivals: [0, 1, 2], works: 10 }, server);
    system.intervene([{ atMs: 5, verb: 'crash', targets: ['server'] }]);
    expect(tree(spansOfRun(system, 15))).toEqual([
      'customers request 0-5 lost',
      '  server 0-5 lost',
      '    server service 0-5',
      'customers request 1-5 lost',
      '  server 1-5 lost',
      '    server wait 1-5',
      'customers request 2-2 rejected',
      '  server 2-2 rejected',
    ]);
  });

  test('of a cache that asks hang below it', () => {
    const system = newSystem();
    const database = new Server(system, { name: 'database' });
    const cache = new Cache(system, { capacity: 10, hitMs: 1 }).fillsFrom(database);
    sendScript(system, { arrivals: [0, 20], works: 10, keys: [7, 7] }, cache);
    expect(tree(spansOfRun(system, 50))).toEqual([
      'customers request 0-10 completed',
      '  cache 0-10 completed',
      '    database 0-10 completed',
      '      database service 0-10',
      'customers request 20-21 completed',
      '  cache 20-21 completed',
    ]);
  });
});

/** One arrival. */
function oneAt(atMs: number): () => number {
  let next = atMs;
  return () => {
    const now = next;
    next = Infinity;
    return now;
  };
}

describe('the spans of attempts', () => {
  const retried = [
    [0, 'open', 0, 10],
    [0, 'enter', 1, 0],
    [0, 'attempt', 1, began(0)],
    [0, 'enter', 2, 1],
    [0, 'start', 2, 30],
    [20, 'attempt', 1, ended(0, fates.timedOut)],
    [25, 'attempt', 1, began(1)],
    [25, 'enter', 2, 1],
    [25, 'wait', 2, 1],
    [30, 'leave', 2, fates.completed],
    [30, 'start', 2, 10],
    [40, 'leave', 2, fates.completed],
    [40, 'attempt', 1, ended(1, fates.completed)],
    [40, 'leave', 1, fates.completed],
  ] satisfies Line[];

  test('recorded, begin and end as the client saw them; the first goes on at the server for nobody', () => {
    const spans = spansOf(scriptedTrace(retried), { seed: 1 });
    expect(tree(spans)).toEqual([
      'source request 0-40 completed',
      '  client 0-40 completed',
      '    client attempt 0-20 timedOut',
      '      server 0-30 completed',
      '        server service 0-30',
      '    client attempt 25-40 completed',
      '      server 25-40 completed',
      '        server wait 25-30',
      '        server service 30-40',
    ]);
    expect(spans.map(({ attempt }) => attempt)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('unrecorded, are found from who asked: one without an answer ends when the next begins', () => {
    const spans = spansOf(scriptedTrace(retried.filter(([, kind]) => kind !== 'attempt')), { seed: 1 });
    expect(tree(spans)).toEqual([
      'source request 0-40 completed',
      '  client 0-40 completed',
      '    client attempt 0-25 timedOut',
      '      server 0-30 completed',
      '        server service 0-30',
      '    client attempt 25-40 completed',
      '      server 25-40 completed',
      '        server wait 25-30',
      '        server service 30-40',
    ]);
  });

  test('two visits served side by side end each when its own service was due', () => {
    const spans = spansOf(
      scriptedTrace([
        [0, 'open', 0, 10],
        [0, 'enter', 1, 0],
        [0, 'attempt', 1, began(0)],
        [0, 'enter', 2, 1],
        [0, 'start', 2, 50],
        [10, 'attempt', 1, began(1)],
        [10, 'enter', 2, 1],
        [10, 'start', 2, 5],
        [15, 'leave', 2, fates.completed],
        [15, 'attempt', 1, ended(1, fates.completed)],
        [15, 'attempt', 1, ended(0, fates.abandoned)],
        [15, 'leave', 2, fates.abandoned],
        [15, 'leave', 1, fates.completed],
      ]),
      { seed: 1 },
    );
    expect(tree(spans).filter((line) => /server \d|attempt/.test(line))).toEqual([
      '    client attempt 0-15 abandoned',
      '      server 0-15 abandoned',
      '    client attempt 10-15 completed',
      '      server 10-15 completed',
    ]);
  });

  test('a retry over a slow link hangs below its own attempt, all the way down', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server', concurrency: 2 });
    const client = new RetryingClient(system, { name: 'clients', timeoutMs: 10, attempts: 2 }).asks(server, { delayMs: 1 });
    sendScript(system, { arrivals: [0], works: 30 }, client);
    const spans = spansOfRun(system, 100);
    const lines = tree(spans);
    expect(lines.slice(0, 2)).toEqual(['customers request 0-20 timedOut', '  clients 0-20 timedOut']);
    const attempts = spans.filter(({ step }) => step === 'attempt');
    expect(attempts.map(({ attempt, startMs, fate }) => [attempt, startMs, fate])).toEqual([
      [0, 0, 'timedOut'],
      [1, 10, expect.anything()],
    ]);
    const visits = spans.filter(({ step, part }) => step === 'visit' && part === 'server');
    expect(visits.map(({ parentSpanId, startMs, endMs, attempt }) => [parentSpanId, startMs, endMs, attempt])).toEqual([
      [attempts[0].spanId, 1, 31, 0],
      [attempts[1].spanId, 11, 41, 1],
    ]);
  });

  test('an interrupted service waits and goes on', () => {
    const spans = spansOf(
      scriptedTrace([
        [0, 'open', 0, 10],
        [0, 'enter', 1, 0],
        [0, 'enter', 2, 1],
        [0, 'start', 2, 10],
        [4, 'interrupt', 2, 6],
        [9, 'start', 2, 6],
        [12, 'replan', 2, 6],
        [18, 'leave', 2, fates.completed],
        [18, 'leave', 1, fates.completed],
      ]),
      { seed: 1 },
    );
    expect(tree(spans).slice(-4)).toEqual([
      '      server 0-18 completed',
      '        server service 0-4',
      '        server wait 4-9',
      '        server service 9-18',
    ]);
  });
});

function busyShop(seed: number, recordFromMs = 0): { system: System; source: Source } {
  const system = new System({ seed, record: { detail: 'all', fromMs: recordFromMs } });
  const database = new Server(system, { name: 'database', kind: 'database', workMs: (call) => call.workMs / 4 });
  const servers = [1, 2, 3].map((index) => new Server(system, { name: `servers/${index}`, queueCapacity: 5 }).asks(database));
  const balancer = new Balancer(system, servers, { policy: roundRobin }, { delayMs: 1 });
  const client = new RetryingClient(system, { timeoutMs: 60, attempts: 3, backoffMs: 10, jitter: 'full' }).asks(balancer);
  const source = new Source(system, {
    arrivals: poissonArrivals(40, system.simulation.random.stream('arrivals')),
    workMs: (u) => exponential(u, 20),
  }).to(client);
  return { system, source };
}

describe('the spans of a busy run', () => {
  const { system, source } = busyShop(3);
  finish(system, 10_000);
  const trace = system.simulation.recorder.finish(10_000);
  const spans = spansOf(trace, { seed: 3 });
  const roots = spans.filter(({ step }) => step === 'request');

  test('have one root for each request, with the fates and response times that the source counted', () => {
    const accounts = source.accounts();
    expect(roots.length).toBe(accounts.opened);
    const count = (fate: string | undefined) => roots.filter((root) => root.fate === fate).length;
    expect(count('completed')).toBe(accounts.completed);
    expect(count('timedOut')).toBe(accounts.timedOut);
    expect(count('rejected')).toBe(accounts.rejected);
    expect(count(undefined)).toBe(accounts.open);
    const completed = roots.filter(({ fate }) => fate === 'completed');
    const sumMs = completed.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(Math.abs(sumMs / source.response.sum - 1)).toBeLessThan(1e-9);
    expect(accounts.completed).toBeGreaterThan(200);
    expect(accounts.timedOut).toBeGreaterThan(20);
  });

  test('give the throughput and response times of each window, after the warm-up', () => {
    const windows = responseWindows(spans, { windowMs: 1000, fromMs: 2000, toMs: 10_000, percents: [50, 100] });
    expect(windows).toHaveLength(8);
    const late = roots.filter(({ fate, endMs }) => fate === 'completed' && endMs >= 2000);
    expect(windows.reduce((sum, { count }) => sum + count, 0)).toBe(late.length);
    const sumMs = windows.reduce((sum, { count, mean }) => sum + (count > 0 ? count * mean : 0), 0);
    expect(sumMs).toBeCloseTo(
      late.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      6,
    );
    expect(Math.max(...windows.map(({ percentiles }) => percentiles[1] || 0))).toBe(
      Math.max(...late.map(({ startMs, endMs }) => endMs - startMs)),
    );
  });

  test('add up to the time that each part had requests inside and in service', () => {
    for (const name of ['database', 'servers/1', 'servers/2', 'servers/3']) {
      const part = trace.partList.findIndex((one) => one.name === name);
      let inside = 0;
      let lastMs = 0;
      let area = 0;
      for (let index = 0; index < trace.count; index++) {
        if (trace.parts[index] !== part) continue;
        area += inside * (trace.timesMs[index] - lastMs);
        lastMs = trace.timesMs[index];
        if (trace.kinds[index] === recordKinds.enter) inside++;
        else if (trace.kinds[index] === recordKinds.leave) inside--;
      }
      area += inside * (10_000 - lastMs);
      const visits = spans.filter((span) => span.step === 'visit' && span.part === name);
      const sumMs = visits.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      expect(Math.abs(sumMs / area - 1)).toBeLessThan(1e-9);
    }
  });

  test('hang together: a parent comes first, in the same trace, and began no later', () => {
    const byId = new Map<string, Span>();
    for (const span of spans) {
      expect(span.endMs).toBeGreaterThanOrEqual(span.startMs);
      expect(byId.has(span.traceId + span.spanId)).toBe(false);
      if (span.parentSpanId !== '') {
        const parent = byId.get(span.traceId + span.parentSpanId);
        expect(parent?.startMs).toBeLessThanOrEqual(span.startMs);
        expect(parent?.request).toBe(span.request);
      }
      byId.set(span.traceId + span.spanId, span);
    }
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(roots.length);
    const attempts = spans.filter(({ step }) => step === 'attempt');
    const servers = new Map(spans.map((span) => [span.spanId, span]));
    for (const span of spans) {
      if (span.step === 'visit' && span.part === 'balancer') expect(servers.get(span.parentSpanId)?.step).toBe('attempt');
      if (span.part === 'database' && span.step === 'visit') expect(servers.get(span.parentSpanId)?.part).toMatch(/^servers/);
    }
    expect(attempts.some(({ attempt }) => attempt === 2)).toBe(true);
  });

  test('are the same every time, and others for another seed', () => {
    expect(spansOf(trace, { seed: 3 })).toEqual(spans);
    expect(spansOf(trace, { seed: 4 })[0].traceId).not.toBe(spans[0].traceId);
  });

  test('sampled at the root, are whole traces or nothing', () => {
    const sampled = spansOf(trace, { seed: 3, sampledShare: 0.3 });
    const kept = new Set(sampled.map(({ request }) => request));
    expect(sampled).toEqual(spans.filter(({ request }) => kept.has(request)));
    expect(Math.abs(kept.size / roots.length - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / roots.length));
    expect(spansOf(trace, { seed: 3, sampledShare: 0 })).toEqual([]);
  });

  test('of a window that begins mid-run tell what was inside then', () => {
    const late = busyShop(3, 5000).system;
    finish(late, 10_000);
    const lateTrace = late.simulation.recorder.finish(10_000);
    const lateSpans = spansOf(lateTrace, { seed: 3 });
    const lateIds = new Map(lateSpans.filter(({ step }) => step === 'request').map((root) => [root.request, root]));
    for (const root of roots) {
      if (root.startMs < 5000) continue;
      expect(lateIds.get(root.request)).toEqual(root);
    }
    expect([...lateIds.values()].some(({ startMs }) => startMs === 5000)).toBe(true);
    expect(lateSpans.every(({ startMs }) => startMs >= 5000)).toBe(true);
  });

  test('refuse a share or seed out of range', () => {
    for (const sampledShare of [-0.1, 1.1, Number.NaN]) expect(() => spansOf(trace, { seed: 1, sampledShare })).toThrow(RangeError);
    for (const seed of [-1, 0.5, Number.NaN]) expect(() => spansOf(trace, { seed })).toThrow(/seed/);
  });
});

describe('span ids', () => {
  test('fit the headers of W3C Trace Context and do not repeat', () => {
    const ids = new SpanIds(7);
    const seen = new Set<string>();
    for (let request = 0; request < 5000; request++) {
      const traceId = ids.traceId(request);
      seen.add(traceId);
      for (let ordinal = 0; ordinal < 4; ordinal++) seen.add(ids.spanId(request, ordinal));
      const header = formatTraceParent({ traceId, parentId: ids.spanId(request, 0), flags: 3 });
      expect(parseTraceParent(header)).toMatchObject({ traceId });
    }
    expect(seen.size).toBe(5 * 5000);
  });
});
