import { describe, expect, test } from 'vitest';
import { Recorder, type RecordWindow, recordKinds } from '../../../src/simulation/record/trace';
import { hashOfText, TraceHash } from '../../../src/simulation/record/traceHash';

type Line = [timeMs: number, kind: number, part: number, subject: number, value: number];

function write(window: RecordWindow, lines: Line[]): Recorder {
  const recorder = new Recorder(window);
  for (const [timeMs, kind, part, subject, value] of lines) recorder.request(timeMs, kind as never, part, subject, value);
  return recorder;
}

const many: Line[] = Array.from({ length: 2000 }, (_, index) => [index / 7, index % 5, index % 40, index * 3, Math.sin(index)]);

describe('a recorder', () => {
  test('keeps every record as it was written, in order', () => {
    const trace = write({ detail: 'all' }, many).finish(1000);
    expect(trace.count).toBe(many.length);
    many.forEach((line, at) => {
      expect([trace.timesMs[at], trace.kinds[at], trace.parts[at], trace.subjects[at], trace.values[at]]).toEqual(line);
    });
  });

  test('leaves a finished trace alone, whatever it or the next run writes after it', () => {
    const recorder = write({ detail: 'all' }, many);
    const first = recorder.finish(1000);
    const copy = structuredClone(first);
    recorder.request(500, recordKinds.enter, 1, 2, 3);
    expect(recorder.finish(1000).count).toBe(many.length + 1);
    const next = write({ detail: 'all' }, [...many].reverse()).finish(1000);
    expect([...next.values]).toEqual([...copy.values].reverse());
    expect(first).toEqual(copy);
  });

  test('may be written while another is', () => {
    write({ detail: 'all' }, many).finish(1000);
    const [one, other] = [new Recorder({ detail: 'all' }), new Recorder({ detail: 'all' })];
    for (let request = 0; request < 5000; request++) {
      one.request(request, recordKinds.enter, 1, request, 1);
      other.request(request, recordKinds.enter, 2, request, 2);
    }
    const traces = [one.finish(5000), other.finish(5000)];
    expect(traces.map(({ parts }) => new Set(parts))).toEqual([new Set([1]), new Set([2])]);
    expect(traces.map(({ count }) => count)).toEqual([5000, 5000]);
  });

  test('keeps large subjects and part numbers, and values that are not finite', () => {
    const lines: Line[] = [
      [0, 4, 65_535, 4_294_967_295, Infinity],
      [1e9, 10, 0, 0, -1],
    ];
    const trace = write({ detail: 'all' }, lines).finish(2e9);
    expect([trace.parts[0], trace.subjects[0], trace.values[0], trace.timesMs[1], trace.values[1]]).toEqual([
      65_535,
      4_294_967_295,
      Infinity,
      1e9,
      -1,
    ]);
  });

  test('has one hash for every window, also when asked in the middle', () => {
    const windows: RecordWindow[] = [{ detail: 'none' }, { detail: 'coarse' }, { detail: 'all' }, { detail: 'all', fromMs: 20, toMs: 30 }];
    const digests = windows.map((window) => {
      const recorder = write(window, many.slice(0, 700));
      recorder.digest();
      recorder.mark(100, 'note', -1, 'something');
      recorder.say(100, 'info', 3, 'something');
      recorder.coarse(101, recordKinds.level, 2, 0, 5);
      for (const [timeMs, kind, part, subject, value] of many.slice(700)) recorder.request(timeMs, kind as never, part, subject, value);
      return recorder.digest();
    });
    expect(new Set(digests).size).toBe(1);
  });

  test('asked for figures alone keeps nothing, and says why it has no hash', () => {
    const recorder = write({ detail: 'figures' }, many);
    recorder.mark(100, 'note', -1, 'something');
    recorder.say(100, 'info', 3, 'something');
    const trace = recorder.finish(1000);
    expect([trace.count, trace.marks, trace.log]).toEqual([0, [], []]);
    expect(recorder.wantsText).toBe(false);
    expect(() => recorder.digest()).toThrow("figures only, so it has no trace hash; record with detail 'none' or more");
  });

  test('inside a window everything is kept, outside only what is coarse', () => {
    const recorder = new Recorder({ detail: 'all', fromMs: 10, toMs: 20 });
    for (const timeMs of [5, 10, 15, 20, 25]) {
      recorder.request(timeMs, recordKinds.start, 1, 7, 0);
      recorder.coarse(timeMs, recordKinds.level, 1, 0, timeMs);
    }
    recorder.mark(25, 'crash', 1, 'one');
    recorder.mark(26, 'note', -1, 'two');
    recorder.say(26, 'info', -1, 'three');
    const trace = recorder.finish(30);
    const timesOf = (kind: number) => [...trace.kinds.keys()].filter((at) => trace.kinds[at] === kind).map((at) => trace.timesMs[at]);
    expect(timesOf(recordKinds.start)).toEqual([10, 15, 20]);
    expect(timesOf(recordKinds.level)).toEqual([5, 10, 15, 20, 25]);
    expect(trace.marks.map(({ text, part }) => [text, part])).toEqual([
      ['one', 1],
      ['two', -1],
    ]);
    const marks = [...trace.kinds.keys()].filter((at) => trace.kinds[at] === recordKinds.mark);
    expect(marks.map((at) => [trace.subjects[at], trace.parts[at]])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([trace.fromMs, trace.toMs]).toEqual([10, 20]);
  });

  test('a snapshot is kept in its place and not hashed', () => {
    const plain = write({ detail: 'all', fromMs: 5, toMs: 9 }, [[6, recordKinds.enter, 1, 1, 0]]);
    const recorder = new Recorder({ detail: 'all', fromMs: 5, toMs: 9 });
    recorder.coarse(4, recordKinds.level, 1, 0, 1);
    const other = new Recorder({ detail: 'all', fromMs: 5, toMs: 9 });
    other.snapshot(5, recordKinds.enter, 1, 9, -1);
    other.request(6, recordKinds.enter, 1, 1, 0);
    expect(other.digest()).toBe(plain.digest());
    recorder.snapshot(5, recordKinds.enter, 1, 9, -1);
    recorder.request(6, recordKinds.enter, 1, 1, 0);
    expect([...recorder.finish(10).timesMs]).toEqual([4, 5, 6]);
  });
});

describe('the hash of a trace', () => {
  const digestOf = (lines: Line[]) => write({ detail: 'none' }, lines).digest();

  test('is sixteen digits, fixed for ever', () => {
    expect(digestOf([])).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf(many)).toBe(digestOf(many));
    expect(hashOfText('by the slice')).toBe(hashOfText('by the slice'));
  });

  test('changes with any single bit of any field of any record', () => {
    const base = many.slice(0, 300);
    const digests = new Set([digestOf(base)]);
    const bits = new Float64Array(1);
    const words = new Int32Array(bits.buffer);
    let tried = 1;
    const flipped = (value: number, bit: number) => {
      bits[0] = value;
      words[bit >> 5] ^= 1 << (bit & 31);
      return bits[0];
    };
    for (const at of [0, 1, 150, 255, 256, 299]) {
      for (let bit = 0; bit < 64; bit++) {
        for (const field of [0, 4]) {
          const line = [...base[at]] as Line;
          line[field] = flipped(line[field], bit);
          if (Number.isNaN(line[field])) continue;
          const digest = digestOf(base.with(at, line));
          expect(digests.has(digest), `record ${at}, field ${field}, bit ${bit}`).toBe(false);
          digests.add(digest);
          tried++;
        }
      }
      for (let bit = 0; bit < 16; bit++) {
        for (const field of [2, 3]) {
          const line = [...base[at]] as Line;
          line[field] ^= 1 << bit;
          digests.add(digestOf(base.with(at, line)));
          tried++;
        }
      }
    }
    expect(digests.size).toBe(tried);
  });

  test('changes with the order of records, and with one more or less', () => {
    const [first, second] = many;
    expect(digestOf([first, second])).not.toBe(digestOf([second, first]));
    expect(digestOf([first, first])).not.toBe(digestOf([first]));
  });

  test('does not collide over half a million small and alike records, in either half', () => {
    const seen = new Set<string>();
    const halves = new Int32Array(6);
    const doubles = new Float64Array(halves.buffer);
    let count = 0;
    for (let subject = 0; subject < 2000; subject++) {
      for (let value = 0; value < 6; value++) {
        for (let head = 0; head < 40; head++) {
          const hash = new TraceHash();
          doubles[0] = 1;
          doubles[1] = value;
          doubles[2] = head * 4294967296 + subject * 1000;
          hash.add(halves, 6);
          seen.add(hash.digest());
          count++;
        }
      }
    }
    expect(seen.size).toBe(count);
  });

  test('flips half of its bits when one bit of a record flips', () => {
    let flips = 0;
    let tried = 0;
    for (let index = 1; index < 400; index++) {
      const one = BigInt(`0x${digestOf([[index, 1, 2, 3, 4]])}`);
      const other = BigInt(`0x${digestOf([[index, 1, 2, 3 ^ (1 << (index % 20)), 4]])}`);
      for (let bits = one ^ other; bits > 0n; bits >>= 1n) flips += Number(bits & 1n);
      tried++;
    }
    expect(Math.abs(flips / tried - 32)).toBeLessThan(1);
  });
});
