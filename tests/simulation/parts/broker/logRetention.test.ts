import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginsSegment, expiredSegments, type LogSegment, logRetentionRules } from '../../../../src/simulation/parts/broker/logRetention';
import '../../../cases';

/** Segments of [bytes, latestMs], ten offsets each. */
const segments = (...list: [bytes: number, latestMs: number][]): LogSegment[] =>
  list.map(([bytes, latestMs], index) => ({ baseOffset: index * 10, bytes, firstMs: latestMs, latestMs }));
const rules = (given: Parameters<typeof logRetentionRules>[1]) => logRetentionRules('log', { retentionMs: Infinity, ...given });

describe('deleting old segments', () => {
  test('by age: those whose latest message is older than the limit, up to the first that is not', () => {
    const list = segments([5, 0], [5, 100], [5, 50], [5, 300]);
    expect([100, 101, 200, 201, 400, 401].map((nowMs) => expiredSegments(list, nowMs, rules({ retentionMs: 100 })))).toEqual([
      0, 1, 1, 3, 3, 4,
    ]);
  });

  test('by size: as long as the rest still holds the limit', () => {
    const list = segments([40, 0], [30, 0], [20, 0], [10, 0]);
    const counts = [101, 100, 61, 60, 59, 30, 29, 10, 1, 0].map((retentionBytes) => expiredSegments(list, 0, rules({ retentionBytes })));
    expect(counts).toEqual([0, 0, 0, 1, 1, 2, 2, 3, 3, 4]);
  });

  test('a last segment that is empty stays, whatever the rule', () => {
    const list = segments([5, 0], [0, Number.NaN]);
    expect(expiredSegments(list, 1000, rules({ retentionMs: 0, retentionBytes: 0 }), 99)).toBe(1);
    expect(expiredSegments([], 1000, rules({ retentionMs: 0 }))).toBe(0);
  });

  test('by offset first, and the size of what is left counts then', () => {
    const list = segments([40, 0], [30, 0], [20, 0], [10, 0]);
    expect([0, 9, 10, 19, 20, 99].map((offset) => expiredSegments(list, 0, rules({}), offset))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(expiredSegments(list, 0, rules({ retentionBytes: 55 }), 10)).toBe(1);
    expect(expiredSegments(list, 0, rules({ retentionBytes: 30 }), 10)).toBe(2);
  });

  test('all three rules together are the same as one after the other, each on what the last one left', () => {
    const anySegment = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(
        fc.array(anySegment, { maxLength: 8 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 500 }),
        (list, endsEmpty, startOffset, retentionBytes, retentionMs) => {
          const all = segments(...(list as [number, number][]), ...(endsEmpty ? [[0, Number.NaN] as [number, number]] : []));
          let left = all;
          const drop = (mayGo: (segment: LogSegment, next: LogSegment | undefined) => boolean): void => {
            while (left.length > 0 && mayGo(left[0], left[1]) && !(left.length === 1 && left[0].bytes === 0)) left = left.slice(1);
          };
          drop((_, next) => next !== undefined && next.baseOffset <= startOffset);
          const total = () => left.reduce((sum, { bytes }) => sum + bytes, 0);
          drop(({ bytes }) => total() - bytes >= retentionBytes);
          drop(({ latestMs }) => 500 - latestMs > retentionMs);
          expect(expiredSegments(all, 500, rules({ retentionBytes, retentionMs }), startOffset)).toBe(all.length - left.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('beginning a segment', () => {
  const last: LogSegment = { baseOffset: 0, bytes: 90, firstMs: 1000, latestMs: 1900 };
  const empty: LogSegment = { baseOffset: 0, bytes: 0, firstMs: Number.NaN, latestMs: Number.NaN };
  test('when a message would make it too large', () => {
    expect([10, 11].map((bytes) => beginsSegment(last, bytes, 0, rules({ segmentBytes: 100 })))).toEqual([false, true]);
  });
  test('when its first message is too old; an empty one is never', () => {
    expect([2000, 2001].map((nowMs) => beginsSegment(last, 1, nowMs, rules({ segmentMs: 1000 })))).toEqual([false, true]);
    expect(beginsSegment(empty, 1, 1e9, rules({ segmentMs: 1000 }))).toBe(false);
  });
});

test('limits that are none are refused, with the limit named', () => {
  for (const bad of [-1, Number.NaN]) {
    expect(() => rules({ retentionMs: bad })).toThrow(`retentionMs of log is ${bad}`);
    expect(() => rules({ retentionBytes: bad })).toThrow(`retentionBytes of log is ${bad}`);
    expect(() => rules({ segmentMs: bad })).toThrow(RangeError);
  }
  expect(() => rules({ segmentBytes: 0 })).toThrow('above 0');
});
