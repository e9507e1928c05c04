import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpanIds } from '../../../src/simulation/record/spans';
import {
  formatTraceParent,
  formatTraceState,
  isSampledByRatio,
  parseTraceParent,
  parseTraceState,
  readTraceContext,
  withTraceState,
  writeTraceContext,
} from '../../../src/simulation/record/traceContext';
import { readVector } from '../../vectors/read';
import '../../cases';

const traceId = '12345678901234567890123456789012';
const parentId = '1234567890123456';
const valid = `00-${traceId}-${parentId}-01`;
const read = (...headers: [string, string][]) => readTraceContext(headers);

describe('traceparent', () => {
  test.each(readVector<[string, 0 | 1][]>('traceparent'))('%s: kept %d', (header, isKept) => {
    const { parent } = read(['traceparent', header]);
    expect(parent === undefined ? 0 : 1).toBe(isKept);
    if (parent) expect(parent.traceId).toBe(header.slice(3, 35));
  });

  // The other cases of the test suite of the recommendation.
  test.each([
    ['.0', `.0-${traceId}-${parentId}-01`],
    ['a version of three digits', `000-${traceId}-${parentId}-01`],
    ['a version of four digits', `0000-${traceId}-${parentId}-01`],
    ['more after version 00', `${valid}.`],
    ['more after a later version, without a dash', `cc-${traceId}-${parentId}-01.what-the-future-will-be-like`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['a trace id that ends in a dot', `00-${traceId.slice(1)}.-${parentId}-01`],
    ['a long trace id', `00-${traceId}3-${parentId}-01`],
    ['a short trace id', `00-${traceId.slice(1)}-${parentId}-01`],
    ['a parent id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a parent id that ends in a dot', `00-${traceId}-${parentId.slice(1)}.-01`],
    ['a long parent id', `00-${traceId}-${parentId}7-01`],
    ['a short parent id', `00-${traceId}-${parentId.slice(1)}-01`],
    ['flags that begin with a dot', `00-${traceId}-${parentId}-.0`],
    ['flags that end with a dot', `00-${traceId}-${parentId}-0.`],
    ['flags of one digit', `00-${traceId}-${parentId}-1`],
    ['capitals in the trace id', `00-${'AB'.repeat(16)}-${parentId}-01`],
    ['capitals in the flags', `00-${traceId}-${parentId}-0A`],
    ['a line end', `${valid}\n`],
    ['nothing', ''],
  ])('with %s is ignored', (_what, header) => {
    expect(parseTraceParent(header)).toBeUndefined();
  });

  test('a later version counts with or without more fields; its flags are kept to those known when sent on', () => {
    for (const more of ['', '-', '-what-the-future-will-be-like']) {
      const parent = parseTraceParent(`cc-${traceId}-${parentId}-ff${more}`);
      expect(parent).toEqual({ version: 0xcc, traceId, parentId, flags: 0xff });
      expect(parent && formatTraceParent(parent)).toBe(`00-${traceId}-${parentId}-03`);
    }
  });

  test('blanks around it are no part of it', () => {
    for (const header of [` ${valid}`, `\t${valid}`, `${valid} `, `\t ${valid} \t`])
      expect(parseTraceParent(header)?.traceId).toBe(traceId);
  });

  test('its name is read in any case, and only that name', () => {
    for (const name of ['TraceParent', 'TrAcEpArEnT', 'TRACEPARENT']) expect(read([name, valid]).parent?.traceId).toBe(traceId);
    for (const name of ['trace-parent', 'trace.parent']) expect(read([name, valid]).parent).toBeUndefined();
  });

  test('two of them are none', () => {
    expect(read(['traceparent', valid], ['traceparent', valid])).toEqual({ parent: undefined, state: [] });
  });

  test('reading undoes writing', () => {
    const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length - 1}}[1-9a-f]$`));
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 3 }), (trace, span, flags) => {
        expect(parseTraceParent(formatTraceParent({ traceId: trace, parentId: span, flags }))).toEqual({
          version: 0,
          traceId: trace,
          parentId: span,
          flags,
        });
      }),
    );
  });

  test('bad ids and flags are not written', () => {
    const parts = { traceId, parentId, flags: 1 };
    for (const bad of [
      { traceId: '0'.repeat(32) },
      { traceId: 'AB'.repeat(16) },
      { traceId: `${traceId}-12` },
      { parentId: '12' },
      { flags: 256 },
      { flags: -1 },
      { flags: Number.NaN },
    ])
      expect(() => formatTraceParent({ ...parts, ...bad })).toThrow(RangeError);
  });
});

describe('tracestate', () => {
  const state = (...headers: string[]) =>
    read(['traceparent', valid], ...headers.map((value) => ['tracestate', value] as [string, string])).state;
  const text = (...headers: string[]) => formatTraceState(state(...headers));

  test('is read from several headers in order, empty ones skipped', () => {
    expect(text('foo=1,bar=2', 'rojo=1,congo=2', 'baz=3')).toBe('foo=1,bar=2,rojo=1,congo=2,baz=3');
    expect(text('foo=1', '')).toBe('foo=1');
    expect(text('', 'foo=1')).toBe('foo=1');
    expect(text('foo=1,,  ,bar=2,')).toBe('foo=1,bar=2');
    expect(text('foo=1 \t , \t bar=2, \t baz=3')).toBe('foo=1,bar=2,baz=3');
    expect(text('\t foo=1 \t')).toBe('foo=1');
    expect(state('')).toEqual([]);
  });

  test('keeps the first of members with one key, and leading blanks of a value', () => {
    expect(text('foo=1,foo=2')).toBe('foo=1');
    expect(state('foo=  a b')).toEqual([{ key: 'foo', value: '  a b' }]);
  });

  test.each([
    'foo =1',
    'FOO=1',
    'foo.bar=1',
    '@foo=1,bar=2',
    'foo=bar=baz',
    'foo=,bar=3',
    'foo',
    '=1',
    'foo=ü',
    'foo=a\tb',
    `${'z'.repeat(257)}=1`,
    `foo=${'x'.repeat(257)}`,
  ])('is discarded whole, and traceparent kept, for %s', (header) => {
    const context = read(['traceparent', valid], ['tracestate', 'good=1'], ['tracestate', header]);
    expect([context.parent?.traceId, context.state]).toEqual([traceId, []]);
  });

  test.each([
    'foo@',
    'foo@@bar',
    'foo@bar@baz',
    '1special',
    'z'.repeat(256),
    `${'t'.repeat(241)}@${'v'.repeat(14)}`,
    `t@${'v'.repeat(15)}`,
    'a_-*/0',
  ])('has the key %s', (key) => {
    expect(state(`${key}=1,bar=2`)).toEqual([
      { key, value: '1' },
      { key: 'bar', value: '2' },
    ]);
  });

  test('takes every character allowed in a value', () => {
    const value = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
      .filter((character) => character !== ',' && character !== '=')
      .join('');
    expect(state(`key=${value}`)).toEqual([{ key: 'key', value }]);
    expect(state(`key=${'x'.repeat(256)}`)[0].value).toHaveLength(256);
  });

  test('has at most 32 members: 33 discard all, and the last gives way to a new one', () => {
    const members = (count: number) => Array.from({ length: count }, (_, index) => `bar${index}=${index}`).join(',');
    expect(state(members(32))).toHaveLength(32);
    expect(state(members(33))).toEqual([]);
    expect(parseTraceState(members(20), members(13))).toBeUndefined();
    const full = withTraceState(state(members(32)), 'new', '1');
    expect([full.length, full[0].key, full[31].key]).toEqual([32, 'new', 'bar30']);
    expect(withTraceState(state('a=1,b=2'), 'b', '3')).toEqual([
      { key: 'b', value: '3' },
      { key: 'a', value: '1' },
    ]);
    expect(() => withTraceState([], 'B', '1')).toThrow(RangeError);
  });

  test('without traceparent, or with a bad one, is discarded', () => {
    expect(read(['tracestate', 'foo=1']).state).toEqual([]);
    expect(read(['traceparent', `ff${valid.slice(2)}`], ['tracestate', 'foo=1']).state).toEqual([]);
    expect(read(['traceparent', valid], ['trace-state', 'foo=1']).state).toEqual([]);
    expect(read(['traceparent', valid], ['TraceState', 'foo=1']).state).toHaveLength(1);
  });
});

describe('sending on', () => {
  test('keeps the trace, the state and the random flag, and tells the own span and decision', () => {
    const context = read(['traceparent', `00-${traceId}-${parentId}-02`], ['tracestate', 'foo=1']);
    expect(writeTraceContext(context, 'aaaaaaaaaaaaaaaa', true)).toEqual([
      ['traceparent', `00-${traceId}-aaaaaaaaaaaaaaaa-03`],
      ['tracestate', 'foo=1'],
    ]);
    expect(writeTraceContext(read(['traceparent', valid]), 'aaaaaaaaaaaaaaaa', false)).toEqual([
      ['traceparent', `00-${traceId}-aaaaaaaaaaaaaaaa-00`],
    ]);
    expect(writeTraceContext(read(), 'aaaaaaaaaaaaaaaa', true)).toEqual([]);
  });
});

describe('sampling by ratio', () => {
  test('compares the last eight bytes without their lowest bit, as opentelemetry-go does', () => {
    const id = (low: string) => `${'0'.repeat(16)}${low}`;
    // Half of 2^63 is 4000…; the id 8000… without its lowest bit is just that, so it is not below.
    expect(isSampledByRatio(id('7fffffffffffffff'), 0.5)).toBe(true);
    expect(isSampledByRatio(id('8000000000000000'), 0.5)).toBe(false);
    expect(isSampledByRatio(id('ffffffffffffffff'), 0.999999)).toBe(false);
    expect(isSampledByRatio(id('ffffffffffffffff'), 1)).toBe(true);
    expect(isSampledByRatio(id('0000000000000000'), 0)).toBe(false);
    expect(isSampledByRatio(id('0000000000000000'), Number.NaN)).toBe(false);
    expect(isSampledByRatio(id('0000000000000000'), 1e-15)).toBe(true);
  });

  test('keeps the share asked for of a run’s trace ids, and a larger share keeps all of a smaller one', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const ids = new SpanIds(seed);
      let kept = 0;
      for (let request = 0; request < 20_000; request++) {
        const traceIdOfRequest = ids.traceId(request);
        if (!isSampledByRatio(traceIdOfRequest, 0.1)) continue;
        kept++;
        expect(isSampledByRatio(traceIdOfRequest, 0.25)).toBe(true);
      }
      expect(Math.abs(kept / 20_000 - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / 20_000));
    }
  });
});
