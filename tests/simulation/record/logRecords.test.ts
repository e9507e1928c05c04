import { describe, expect, test } from 'vitest';
import { Server } from '../../../src/simulation/parts/server';
import { csv, logCsv, metricsCsv, spansCsv } from '../../../src/simulation/record/csv';
import { defaultEpochNanos, unixNanos } from '../../../src/simulation/record/epoch';
import { logRecords, requestRecords } from '../../../src/simulation/record/logRecords';
import { spansOf } from '../../../src/simulation/record/spans';
import { Recorder } from '../../../src/simulation/record/trace';
import { finish, newSystem, sendScript } from '../scripted';

function shop() {
  const system = newSystem();
  const server = new Server(system, { name: 'server', label: 'Oven', queueCapacity: 0 });
  sendScript(system, { arrivals: [0, 1, 20], works: 10 }, server);
  system.intervene([{ atMs: 25, verb: 'crash', targets: ['server'] }]);
  finish(system, 40);
  const trace = system.simulation.recorder.finish(40);
  return { trace, spans: spansOf(trace, { seed: 1 }) };
}

describe('log records', () => {
  test('are the lines of the log and the marks as events, by time', () => {
    const records = logRecords(shop().trace);
    expect(records.map(({ timeMs, severity, part, eventName }) => [timeMs, severity, part, eventName])).toEqual([
      [1, 'warn', 'server', undefined],
      [1, 'info', 'server', 'simulation.rejection'],
      [25, 'error', 'server', undefined],
      [25, 'info', 'server', 'simulation.crash'],
    ]);
    expect(records[0]).toMatchObject({ body: 'Request 1 rejected: 0 already wait at Oven', attributes: { waiting: 0, request: 1n } });
  });

  test('about a request carry the ids of its trace where its spans are at hand', () => {
    const { trace, spans } = shop();
    const root = spans.find(({ request, step }) => request === 1 && step === 'request');
    expect(logRecords(trace, spans)[0]).toMatchObject({ traceId: root?.traceId, spanId: root?.spanId });
    expect(logRecords(trace, spans)[2].traceId).toBeUndefined();
    expect(logRecords(trace)[0].traceId).toBeUndefined();
  });

  test('of requests come in order of their end, with the ids of their trace', () => {
    const { spans } = shop();
    const records = requestRecords(spans);
    expect(records.map(({ timeMs, severity, body }) => [timeMs, severity, body])).toEqual([
      [1, 'warn', 'Request 1 rejected after 0 ms.'],
      [10, 'info', 'Request 0 completed after 10 ms.'],
      [25, 'warn', 'Request 2 lost after 5 ms.'],
    ]);
    const root = spans.find(({ request, step }) => request === 2 && step === 'request');
    expect(records[2]).toMatchObject({
      traceId: root?.traceId,
      spanId: root?.spanId,
      attributes: { request: 2n, responseMs: 5, fate: 'lost' },
    });
  });

  test('a hundred thousand lines are no trouble', () => {
    const recorder = new Recorder({ detail: 'coarse' });
    for (let line = 0; line < 100_000; line++) recorder.say(line, 'info', -1, `Line ${line}, with a comma.`);
    const records = logRecords(recorder.finish(100_000));
    expect(records).toHaveLength(100_000);
    expect(records[7]).toEqual({ timeMs: 7, severity: 'info', part: '', body: 'Line 7, with a comma.', attributes: {} });
    expect(logCsv(records).split('\r\n')).toHaveLength(100_002);
  });
});

describe('comma-separated values', () => {
  test('follow RFC 4180: line ends, quotes where needed, quotes doubled', () => {
    expect(
      csv(
        ['a', 'b,c'],
        [
          ['x"y', 'line\nend'],
          ['cr\rhere', ' blank '],
        ],
      ),
    ).toBe('a,"b,c"\r\n"x""y","line\nend"\r\n"cr\rhere", blank \r\n');
    expect(csv(['n'], [[1.5], [null], [undefined], [Number.NaN], [true], [12345678901234567890n], [-Infinity], ['']])).toBe(
      'n\r\n1.5\r\n\r\n\r\n\r\ntrue\r\n12345678901234567890\r\n-Infinity\r\n\r\n',
    );
  });

  test('refuse a row of another length than the header', () => {
    expect(() => csv(['a', 'b'], [[1]])).toThrow('A row has 1 cells, the header 2.');
  });

  test('of spans, logs and metrics have one line each', () => {
    const { trace, spans } = shop();
    const lines = spansCsv(spans).split('\r\n');
    expect(lines[0]).toBe('traceId,spanId,parentSpanId,name,step,part,request,attempt,startMs,endMs,fate');
    expect(lines).toHaveLength(spans.length + 2);
    expect(lines[1]).toBe(`${spans[0].traceId},${spans[0].spanId},,customers request,request,customers,0,0,0,10,completed`);
    expect(logCsv(logRecords(trace)).split('\r\n')[4]).toBe('25,info,server,simulation.crash,Oven crashed,');
    const table = metricsCsv([
      {
        name: 'responseMsP99',
        help: '',
        unit: 'ms',
        kind: 'gauge',
        points: [{ labels: { part: 'a', side: 'b' }, value: 1.25 }, { value: Number.NaN }],
      },
      { name: 'waitMs', help: '', unit: 'ms', kind: 'histogram', points: [{ bounds: [5, 10], counts: [1, 2, 3], sum: 50 }] },
    ]);
    expect(table.split('\r\n')).toEqual([
      'name,labels,kind,unit,upperBound,value',
      'responseMsP99,part=a side=b,gauge,ms,,1.25',
      'responseMsP99,,gauge,ms,,',
      'waitMs,,histogram,ms,5,1',
      'waitMs,,histogram,ms,10,2',
      'waitMs,,histogram,ms,Infinity,3',
      '',
    ]);
  });
});

describe('simulated time 0', () => {
  test('is the first instant of 2024 unless another is given', () => {
    expect(defaultEpochNanos).toBe(BigInt(Date.UTC(2024, 0, 1)) * 1_000_000n);
    expect(unixNanos(0)).toBe('1704067200000000000');
    expect(unixNanos(1.5, 10n)).toBe('1500010');
    expect(unixNanos(-0.000001, 10n)).toBe('9');
  });

  test('keeps nanoseconds also after many years', () => {
    expect(unixNanos(9_007_199_254_740_991, 0n)).toBe('9007199254740991000000');
    expect(unixNanos(1e9 + 0.25, 0n)).toBe('1000000000250000');
    for (const timeMs of [Number.NaN, Infinity]) expect(() => unixNanos(timeMs)).toThrow(RangeError);
  });
});
