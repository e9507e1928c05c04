import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogramQuantile } from '../../../src/simulation/measure/bucketQuantile';
import { Tally } from '../../../src/simulation/measure/tally';
import { prometheusText } from '../../../src/simulation/record/exposition';
import { checkExposition, lintExposition } from '../../../src/simulation/record/expositionLint';
import { ExpositionError, parseExposition } from '../../../src/simulation/record/expositionParser';
import { bucketPoint, type Metric } from '../../../src/simulation/record/metrics';
import { cases } from '../../cases';
import { readVector } from '../../vectors/read';

const messageOf = (text: string) => checkExposition(text).messages.join('\n');

describe('promtool check metrics', () => {
  test.each(readVector<[string, string, 0 | 1 | 3, string][]>('prom.exposition'))('%s', (_name, text, exitCode, message) => {
    expect(checkExposition(text)).toEqual({ exitCode, messages: message === '' ? [] : [message] });
  });

  // Read off expfmt/text_parse.go of prometheus/common 0.39, line by line.
  test.each([
    ['', undefined],
    ['\n \n\t\n', undefined],
    ['a 1\n', undefined],
    ['  a{} 1 \t123\n', undefined],
    ['a{b="c",} +Inf\n', undefined],
    ['a { b = "c" , d="e" } .5e+3 -7\n', undefined],
    [':a:b{c="\\\\ \\" \\n"} NaN\n', undefined],
    ['a 1\na 1\n', undefined],
    ['#\n# \n#comment\n# HELP\n# HELP a\n# TYPE a\n# HELP a \na infinity\n', undefined],
    ['# TYPE a GaUgE\na -1\n', undefined],
    ['# TYPE a gau\\ge\na 1\n', undefined],
    ['# TYPE a gauge_histogram\na 1\n', undefined],
    ['# HELP a one\\\\two\\nthree\n', undefined],
    ['a{é="1"} 1\n', 'invalid label name for metric "a"'],
    ['a', 'unexpected end of input stream'],
    ['a 1', 'unexpected end of input stream'],
    ['#', 'unexpected end of input stream'],
    ['# x', 'unexpected end of input stream'],
    ['a{b="c', 'unexpected end of input stream'],
    ['1 a\n', 'invalid metric name'],
    ['\ra 1\n', 'invalid metric name'],
    ['# TYPE a-b gauge\n', 'invalid metric name in comment'],
    ['# HELP a x\n# HELP a y\n', 'second HELP line for metric name "a"', 2],
    ['# HELP a \\t\n', "invalid escape sequence '\\t'"],
    ['# TYPE a gauge\n# TYPE a gauge\n', 'second TYPE line for metric name "a", or TYPE reported after samples', 2],
    ['# TYPE a gauge \n', 'unknown metric type "gauge "'],
    ['# TYPE a info\n', 'unknown metric type "info"'],
    ['a\n', 'expected float as value, got ""'],
    ['a b\n', 'expected float as value, got "b"'],
    ['a 1_000\n', 'expected float as value, got "1_000"'],
    ['a 0x1p4\n', 'expected float as value, got "0x1p4"'],
    ['a 1e999\n', 'expected float as value, got "1e999"'],
    ['a +nan\n', 'expected float as value, got "+nan"'],
    ['a 1\r\n', 'expected float as value, got "1\\r"'],
    ['a{b="c"}1\n', undefined],
    ['a 1 \n', 'expected integer as timestamp, got ""'],
    ['a 1 1.5\n', 'expected integer as timestamp, got "1.5"'],
    ['a 1 9223372036854775808\n', 'expected integer as timestamp, got "9223372036854775808"'],
    ['a 1 -9223372036854775808\n', undefined],
    ['a 1 +9223372036854775807\n', undefined],
    ['a 1 2 \n', 'spurious string after timestamp: " "'],
    ['a 1 2 # exemplar\n', 'spurious string after timestamp: " # exemplar"'],
    ['a{\n', 'invalid label name for metric "a"'],
    ['a{,} 1\n', 'invalid label name for metric "a"'],
    ['a{1b="c"} 1\n', 'invalid label name for metric "a"'],
    ['a{__name__="b"} 1\n', 'label name "__name__" is reserved'],
    ['a{b:c="d"} 1\n', "expected '=' after label name, found ':'"],
    ['a{b} 1\n', "expected '=' after label name, found '}'"],
    ['a{b\n', "expected '=' after label name, found '\\n'"],
    ['a{b=c} 1\n', `expected '"' at start of label value, found 'c'`],
    ["a{b='c'} 1\n", `expected '"' at start of label value, found '\\''`],
    ['a{b="c", b="d"} 1\n', 'duplicate label names for metric "a"'],
    ['a{b="c\n"} 1\n', 'label value "c" contains unescaped new-line'],
    ['a{b="\\t"} 1\n', "invalid escape sequence '\\t'"],
    ['a{b="c" d="e"} 1\n', 'unexpected end of label value "c"'],
    ['a{b="\ud800"} 1\n', 'invalid label value "\ud800"'],
    ['# TYPE a histogram\na_bucket{le="x"} 1\n', `expected float as value for 'le' label, got "x"`, 2],
    ['# TYPE a summary\na{quantile="x"} 1\n', `expected float as value for 'quantile' label, got "x"`, 2],
    ['# TYPE a gauge\na{le="x",quantile="y"} 1\n', undefined],
    ['# TYPE a histogram\n# HELP a_count x\na_count 1\n# HELP a y\n', 'second HELP line for metric name "a"', 4],
  ] as [string, string | undefined, number?][])('reads %j: %s', (text, message, line = 1) => {
    if (message === undefined) expect(() => parseExposition(text)).not.toThrow();
    else {
      expect(() => parseExposition(text)).toThrow(ExpositionError);
      expect(checkExposition(text)).toEqual({
        exitCode: 1,
        messages: [`error while linting: text format parsing error in line ${line}: ${message}`],
      });
    }
  });

  test.each([
    ['# HELP a x\n# TYPE a counter\na 1\n', 'a counter metrics should have "_total" suffix'],
    ['# HELP a_total x\n# TYPE a_total gauge\na_total 1\n', 'a_total non-counter metrics should not have "_total" suffix'],
    ['# HELP a_total x\na_total 1\n', ''],
    ['# HELP a_bucket x\n# TYPE a_bucket gauge\na_bucket 1\n', 'a_bucket non-histogram metrics should not have "_bucket" suffix'],
    [
      '# HELP a_count x\n# TYPE a_count gauge\na_count 1\n',
      'a_count non-histogram and non-summary metrics should not have "_count" suffix',
    ],
    ['# HELP a_sum x\n# TYPE a_sum gauge\na_sum 1\n', 'a_sum non-histogram and non-summary metrics should not have "_sum" suffix'],
    ['# HELP a x\n# TYPE a gauge\na{le="1"} 1\n', 'a non-histogram metrics should not have "le" label'],
    ['# HELP a x\n# TYPE a histogram\na_count{quantile="1"} 1\n', 'a non-summary metrics should not have "quantile" label'],
    ['# HELP a_gauge x\n# TYPE a_gauge gauge\na_gauge 1\n', "a_gauge metric name should not include type 'gauge'"],
    ['# HELP a:b x\n# TYPE a:b gauge\na:b 1\n', "a:b metric names should not contain ':'"],
    ['# HELP aB x\n# TYPE aB gauge\naB 1\n', "aB metric names should be written in 'snake_case' not 'camelCase'"],
    [
      '# HELP a x\n# TYPE a gauge\na{bC="1"} 1\na{bC="2"} 1\n',
      "a label names should be written in 'snake_case' not 'camelCase'\n".repeat(2).trim(),
    ],
    [
      '# HELP a x\n# TYPE a histogram\na_sum{bC="1"} 1\na_count{bC="1"} 1\n',
      "a label names should be written in 'snake_case' not 'camelCase'",
    ],
    ['# HELP a_ms x\n# TYPE a_ms gauge\na_ms 1\n', 'a_ms metric names should not contain abbreviated units'],
    ['# HELP ms_a x\n# TYPE ms_a gauge\nms_a 1\n', ''],
    ['# HELP a_hours x\n# TYPE a_hours gauge\na_hours 1\n', 'a_hours use base unit "seconds" instead of "hours"'],
    ['# HELP a_kilobytes x\n# TYPE a_kilobytes gauge\na_kilobytes 1\n', 'a_kilobytes use base unit "bytes" instead of "kilobytes"'],
    ['# HELP thermometers x\n# TYPE thermometers gauge\nthermometers 1\n', ''],
    ['# TYPE b gauge\nb 1\n# TYPE a counter\na 1\n', 'a counter metrics should have "_total" suffix\na no help text\nb no help text'],
    ['# HELP unused x\n# TYPE unused counter\n', ''],
  ])('advises on %j', (text, message) => {
    expect(messageOf(text)).toBe(message);
    expect(checkExposition(text).exitCode).toBe(message === '' ? 0 : 3);
  });
});

describe('what is parsed', () => {
  test('keeps names, labels, values and times, and puts the parts of a histogram together', () => {
    const text = '# HELP h a\\nb\n# TYPE h histogram\nh_bucket{x="\\"",le="+Inf"} 3 17\nh_sum{x="\\""} 1.5\nother -Inf\n';
    const unset = undefined;
    expect(parseExposition(text)).toEqual([
      {
        name: 'h',
        help: 'a\nb',
        type: 'histogram',
        samples: [
          {
            name: 'h_bucket',
            labels: [
              ['x', '"'],
              ['le', '+Inf'],
            ],
            value: 3,
            timestampMs: 17n,
          },
          { name: 'h_sum', labels: [['x', '"']], value: 1.5, timestampMs: unset },
        ],
      },
      { name: 'other', help: unset, type: 'untyped', samples: [{ name: 'other', labels: [], value: -Infinity, timestampMs: unset }] },
    ]);
  });

  test('any text is read or refused with its line, never more', () => {
    const piece = fc.constantFrom(
      'a',
      '_bucket',
      '{',
      '}',
      '"',
      'le',
      '=',
      ',',
      ' ',
      '\n',
      '# ',
      'HELP ',
      'TYPE ',
      'histogram',
      '1',
      '\\',
      'é',
      '+Inf',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { exitCode, messages } = checkExposition(text);
        if (exitCode !== 1) return;
        const line = Number(/in line (\d+)/.exec(messages[0])?.[1]);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: cases },
    );
  });
});

function exported(): Metric[] {
  const tally = new Tally();
  for (let value = 1; value <= 1000; value++) tally.record(value);
  return [
    {
      name: 'responseMs',
      help: 'From arrival to reply.',
      unit: 'ms',
      kind: 'histogram',
      points: [bucketPoint(tally, { part: 'servers/1' }), bucketPoint(new Tally(), { part: 'b' })],
    },
    { name: 'responseMsP99', help: 'One in a hundred\nwas "slower" \\ than this.', unit: 'ms', kind: 'gauge', points: [{ value: 990 }] },
    {
      name: 'requests',
      help: 'Requests by fate.',
      unit: 'requests',
      kind: 'counter',
      points: [
        { labels: { fate: 'completed' }, value: 12 },
        { labels: { fate: 'timed "out"\n' }, value: 3 },
      ],
    },
    { name: 'utilization', help: '', unit: '%', kind: 'gauge', points: [{ value: Number.NaN }] },
    { name: 'throughputPerSecond', help: 'Completed per second.', unit: '/s', kind: 'gauge', points: [{ value: Infinity }] },
    { name: 'nothing', help: 'No points.', unit: '', kind: 'gauge', points: [] },
  ];
}

describe('an export', () => {
  const text = prometheusText(exported(), { namespace: 'slice', labels: { experimentId: 'one-server' } });

  test('is in base units, with HELP and TYPE, and buckets that add up', () => {
    expect(text).toContain('# TYPE slice_response_seconds histogram\n');
    expect(text).toContain('slice_response_seconds_bucket{experiment_id="one-server",part="servers/1",le="0.025"} 25\n');
    expect(text).toContain('slice_response_seconds_bucket{experiment_id="one-server",part="servers/1",le="+Inf"} 1000\n');
    expect(text).toContain('slice_response_seconds_sum{experiment_id="one-server",part="servers/1"} 500.5\n');
    expect(text).toContain('slice_response_seconds_count{experiment_id="one-server",part="b"} 0\n');
    expect(text).toContain('# HELP slice_response_p99_seconds One in a hundred\\nwas "slower" \\\\ than this.\n');
    expect(text).toContain('slice_response_p99_seconds{experiment_id="one-server"} 0.99\n');
    expect(text).toContain('slice_requests_total{experiment_id="one-server",fate="timed \\"out\\"\\n"} 3\n');
    expect(text).toContain('slice_throughput_per_second{experiment_id="one-server"} +Inf\n');
    expect(text).toContain('slice_utilization_ratio{experiment_id="one-server"} NaN\n');
    expect(text).not.toContain('nothing');
  });

  test('is read back as it was, and nothing is to be said about it', () => {
    const families = parseExposition(text);
    expect(lintExposition(families)).toEqual([]);
    expect(families.map(({ name, type }) => [name, type])).toEqual([
      ['slice_response_seconds', 'histogram'],
      ['slice_response_p99_seconds', 'gauge'],
      ['slice_requests_total', 'counter'],
      ['slice_utilization_ratio', 'gauge'],
      ['slice_throughput_per_second', 'gauge'],
    ]);
    expect(families[1].help).toBe('One in a hundred\nwas "slower" \\ than this.');
    expect(families[2].samples[1].labels).toEqual([
      ['experiment_id', 'one-server'],
      ['fate', 'timed "out"\n'],
    ]);
    const buckets = families[0].samples.filter(({ name, labels }) => name.endsWith('_bucket') && labels[1][1] === 'servers/1');
    const bounds = buckets.map(({ labels }) => (labels[2][1] === '+Inf' ? Infinity : Number(labels[2][1])));
    const counts = buckets.map(({ value }) => value);
    expect(histogramQuantile(0.5, bounds, counts)).toBe(0.5);
  });

  const found = spawnSync('promtool', ['--version']);
  test.skipIf(found.error !== undefined)(
    `passes promtool check metrics${found.error ? ' (skipped: promtool is not on this machine)' : ''}`,
    () => {
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    },
  );

  test('refuses two metrics of one name, two points of one series, and counters that are no counts', () => {
    const gauge = (name: string, unit: string): Metric => ({ name, help: 'x', unit, kind: 'gauge', points: [{ value: 1 }] });
    expect(() => prometheusText([gauge('waitMs', 'ms'), gauge('waitSeconds', 's')])).toThrow(
      'The metrics waitMs and waitSeconds would both be named wait_seconds.',
    );
    const counter = (value: number): Metric => ({
      name: 'n',
      help: 'x',
      unit: '',
      kind: 'counter',
      points: [{ value }, { labels: { a: 'b' }, value: 1 }],
    });
    expect(prometheusText([counter(0)])).toContain('n_total 0\n');
    for (const value of [-1, Number.NaN]) expect(() => prometheusText([counter(value)])).toThrow(/must be 0 or more/);
    const twice: Metric = { ...gauge('a', ''), kind: 'gauge', points: [{ value: 1 }, { labels: {}, value: 2 }] };
    expect(() => prometheusText([twice])).toThrow(/two points/);
    const reserved: Metric = { ...gauge('a', ''), kind: 'gauge', points: [{ labels: { le: '1' }, value: 2 }] };
    expect(() => prometheusText([reserved])).toThrow(/keeps that name/);
  });
});
