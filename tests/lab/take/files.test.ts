// Files hold what was on screen, in forms that other tools read.

import { describe, expect, test } from 'vitest';
import { arrange, overlay } from '../../../src/lab/session/arrange';
import { readExperimentFile } from '../../../src/lab/share/experimentFile';
import { runData } from '../../../src/lab/take/runData';
import { runTable } from '../../../src/lab/take/runTable';
import { mostRequests, otlpFiles, prometheusFile } from '../../../src/lab/take/telemetry';
import { checkExposition } from '../../../src/simulation/record/expositionLint';
import { otlpFaults } from '../../simulation/record/otlpShapes';
import { busy, experiments, taken } from './taking';

const named = experiments.map((definition) => [definition.id, definition] as const);
const address = 'https://example.org/page#x=1';

/** RFC 4180, as strict as a spreadsheet. */
function readCsv(text: string): Record<string, string>[] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, cell, end] of cells) {
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ',') rows.push([]);
  }
  const [header, ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

describe('the run as CSV', () => {
  test.each(named)('of %s has a row for every number on screen, of both sides', (_id, definition) => {
    const run = busy(definition);
    const rows = readCsv(runTable(run, address));
    for (const { side, result } of run.sides) {
      const own = rows.filter((row) => row.side === side);
      for (const [name, { value, unit }] of Object.entries(result.metrics)) {
        const row = own.find((one) => one.kind === 'metric' && one.name === name);
        expect(row).toMatchObject({ value: value === null ? '' : String(value), unit });
      }
      for (const [name, data] of Object.entries(result.charts)) {
        const numbers = data.type === 'lines' ? data.lines : data.bars;
        const count = numbers.reduce((sum, { values }) => sum + values.length, 0);
        expect(own.filter((row) => row.kind === 'chart' && row.name === name)).toHaveLength(count);
      }
      for (const [name, book] of Object.entries(result.accounts))
        expect(own.filter((row) => row.kind === 'account' && row.name === name)).toHaveLength(Object.keys(book).length);
      expect(own.filter((row) => row.kind === 'intervention')).toHaveLength(result.interventions.length);
      expect(own.find((row) => row.name === 'hash')?.value).toBe(result.traceHash);
    }
    expect(rows.find((row) => row.name === 'seed')?.value).toBe('7');
  });
});

describe('the run as JSON', () => {
  test.each(named)('of %s holds results, how to reproduce them, and opens again as the same run', (_id, definition) => {
    const run = busy(definition);
    const text = runData(run, address);
    const data = JSON.parse(text);
    expect(data.reproduce.address).toBe(address);
    expect(data.reproduce.commands).toHaveLength(2);
    for (const { side, result } of run.sides) {
      const own = data.sides[side];
      expect(own.traceHash).toBe(result.traceHash);
      expect(own.accounts).toEqual(JSON.parse(JSON.stringify(result.accounts)));
      expect(own.charts).toEqual(JSON.parse(JSON.stringify(result.charts)));
      for (const [id, { value, unit }] of Object.entries(result.metrics))
        expect(own.metrics[id]).toMatchObject({ value, unit, label: definition.metrics[id].label });
    }
    const reading = readExperimentFile(definition, text, run.sides[0].result.modelHash);
    if ('refusal' in reading) throw new Error(reading.refusal);
    const { arrangement, notices } = arrange(definition, overlay({}, reading.raw));
    expect([...reading.notices, ...notices]).toEqual([]);
    expect(arrangement.seed).toBe(7);
    expect(arrangement.a.interventions).toEqual(run.sides[0].result.interventions);
    expect(arrangement.b?.interventions).toEqual(run.sides[1].result.interventions);
  });
});

describe('for operators’ tools', () => {
  test.each(named)('the metrics of %s are what promtool accepts', (_id, definition) => {
    const text = prometheusFile(busy(definition));
    // 1 would be: not in the format. It may advise other units than an experiment counts in, such as server hours.
    const { exitCode, messages } = checkExposition(text);
    expect(exitCode).not.toBe(1);
    expect(messages.filter((message) => !message.includes('use base unit'))).toEqual([]);
    expect(text).toContain(`experiment="${definition.id}"`);
    expect(text).toContain('side="b"');
  });

  test.each(named.filter(([, { kind }]) => kind === 'simulation'))('the traces, logs and metrics of %s are OTLP', (_id, definition) => {
    const { files, share } = otlpFiles(busy(definition));
    expect(files.map(({ what }) => what)).toEqual(
      ['a', 'b'].flatMap((side) => ['traces', 'logs', 'metrics'].map((one) => `side-${side}-${one}`)),
    );
    const types = ['TracesData', 'LogsData', 'MetricsData'];
    for (const [index, { text }] of files.entries()) expect(otlpFaults(JSON.parse(text), types[index % 3])).toEqual([]);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(1);
    const idsOf = (text: string): Set<string> => new Set([...text.matchAll(/"traceId":"([0-9a-f]+)"/g)].map(([, id]) => id));
    // Both sides have the same requests, and a tool that takes in both must not take them for one.
    const [a, b] = [idsOf(files[0].text), idsOf(files[3].text)];
    expect(a.size).toBeGreaterThan(10);
    expect(a.size).toBeLessThan(mostRequests * 1.1);
    expect([...b].filter((id) => a.has(id))).toEqual([]);
  });

  test('a run that was not recorded has no files', () => {
    const run = taken(experiments[0]);
    const [{ result }] = run.sides;
    expect(otlpFiles({ ...run, sides: [{ side: 'a', result: { ...result, trace: undefined } }] }).files).toEqual([]);
  });
});
