import { describe, expect, test } from 'vitest';
import { hashText, keyedUniform, RandomSource, Stream } from '../../../src/simulation/kernel/random';

/** sfc32 as published, on unsigned numbers, one 32-bit output at a time. */
function plainSfc32(state: [number, number, number, number]): () => number {
  let [a, b, c, counter] = state.map((word) => word >>> 0);
  return () => {
    const output = (a + b + counter) % 4294967296;
    counter = (counter + 1) % 4294967296;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + ((c << 3) >>> 0)) % 4294967296;
    c = ((((c << 21) | (c >>> 11)) >>> 0) + output) % 4294967296;
    return output;
  };
}

describe('random numbers', () => {
  test('a stream is sfc32: 26 bits of each of two outputs, in the middle of their interval', () => {
    const stream = new Stream(12345, 'work');
    const state = [...(stream as unknown as { state: Int32Array }).state] as [number, number, number, number];
    const plain = plainSfc32(state);
    for (let draw = 0; draw < 1000; draw++) {
      const expected = ((plain() >>> 6) * 2 ** 26 + (plain() >>> 6) + 0.5) / 2 ** 52;
      expect(stream.next()).toBe(expected);
    }
  });

  test('the ends of the range cannot come out: the largest number below 1 is below 1', () => {
    expect((2 ** 52 - 1 + 0.5) / 2 ** 52).toBeLessThan(1);
    expect(0.5 / 2 ** 52).toBeGreaterThan(0);
    expect(1 - 0.5 / 2 ** 52).toBeLessThan(1);
  });

  test('streams of other names and other seeds are other sequences, the same name and seed is the same', () => {
    const first = (seed: number, name: string) => new RandomSource(seed).stream(name).next();
    expect(first(1, 'work')).toBe(first(1, 'work'));
    const all = [first(1, 'work'), first(1, 'key'), first(2, 'work'), first(2 ** 40 + 1, 'work'), first(0, 'work')];
    expect(new Set(all).size).toBe(all.length);
    expect(new RandomSource(7).key('a')).not.toBe(new RandomSource(7 + 2 ** 32).key('a'));
  });

  test('streams and keyed numbers are uniform and not related: mean, variance, pairs, chi squared in 100 cells', () => {
    const count = 200_000;
    const stream = new Stream(3, 'uniform');
    const neighbor = new Stream(4, 'uniform');
    const key = new RandomSource(3).key('keyed');
    const samplers = [() => stream.next(), (index: number) => keyedUniform(key, index), (index: number) => keyedUniform(key, 5, index)];
    for (const sample of samplers) {
      const cells = new Float64Array(100);
      let sum = 0;
      let products = 0;
      let before = 0.5;
      for (let index = 0; index < count; index++) {
        const u = sample(index);
        sum += u;
        products += (u - 0.5) * (before - 0.5);
        before = u;
        cells[Math.floor(u * 100)]++;
      }
      const chiSquared = cells.reduce((total, cell) => total + (cell - count / 100) ** 2 / (count / 100), 0);
      expect(Math.abs(sum / count - 0.5)).toBeLessThan((4 * Math.sqrt(1 / 12)) / Math.sqrt(count));
      expect(Math.abs(products / count)).toBeLessThan(4 / 12 / Math.sqrt(count));
      expect(Math.abs(chiSquared - 99)).toBeLessThan(4 * Math.sqrt(2 * 99));
    }
    let across = 0;
    for (let index = 0; index < count; index++) across += (stream.next() - 0.5) * (neighbor.next() - 0.5);
    expect(Math.abs(across / count)).toBeLessThan(4 / 12 / Math.sqrt(count));
  });

  test('fill gives the same numbers as one by one, and goes on where it stopped', () => {
    const filled = new Stream(7, 'fill');
    const single = new Stream(7, 'fill');
    const numbers = new Float64Array(37);
    for (let round = 0; round < 50; round++) {
      filled.fill(numbers);
      expect([...numbers]).toEqual(Array.from(numbers, () => single.next()));
      expect(filled.next()).toBe(single.next());
    }
  });

  test('below gives every whole number in its range', () => {
    const stream = new Stream(1, 'below');
    const seen = new Set(Array.from({ length: 1000 }, () => stream.below(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('the hash of a text is fixed', () => {
    expect(hashText('')).toBe(hashText(''));
    expect(hashText('a')).not.toBe(hashText('b'));
  });
});
