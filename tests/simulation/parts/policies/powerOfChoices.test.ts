import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomSource, Stream } from '../../../../src/simulation/kernel/random';
import { mean } from '../../../../src/simulation/measure/confidence';
import { Available } from '../../../../src/simulation/parts/policies/available';
import { ballsIntoBins, powerOfChoices, Sample } from '../../../../src/simulation/parts/policies/powerOfChoices';
import { cases } from '../../../cases';
import { readVector } from '../../../vectors/read';
import { isNear, picks, rotationOf } from './rotation';

describe('balls into bins', () => {
  const trials = 3000;

  test.each(readVector<[number, number, Record<string, number>][]>('bins.max'))(
    '%s balls, %s choices: the greatest load has its known distribution',
    (bins, choices, expected) => {
      const stream = new RandomSource(choices).stream('balls');
      const counts: Record<string, number> = {};
      for (let trial = 0; trial < trials; trial++) {
        const most = Math.max(...ballsIntoBins({ balls: bins, bins, choices }, stream));
        counts[most] = (counts[most] ?? 0) + 1;
      }
      const mode = (loads: Record<string, number>) => Object.entries(loads).sort((a, b) => b[1] - a[1])[0][0];
      expect(mode(counts)).toBe(mode(expected));
      for (const load of new Set([...Object.keys(counts), ...Object.keys(expected)])) {
        expect(Math.abs((counts[load] ?? 0) / trials - (expected[load] ?? 0))).toBeLessThan(0.05);
      }
    },
  );

  test.each(Object.entries(readVector<Record<string, number[]>>('bins.fluid')))(
    'with %s choices the share of bins with so many balls is that of endlessly many bins',
    (choices, tails) => {
      const bins = 65_536;
      const stream = new Stream(3, 'fluid');
      // One throw of so many balls is uncertain by 0.0012: the mean of sixteen is held to the tolerance.
      const throws = Array.from({ length: 16 }, () => ballsIntoBins({ balls: bins, bins, choices: Number(choices) }, stream));
      tails.forEach((tail, index) => {
        const shares = throws.map((loads) => loads.reduce((sum, load) => sum + (load > index ? 1 : 0), 0) / bins);
        expect(Math.abs(mean(shares) - tail)).toBeLessThan(0.002);
      });
    },
  );

  test('all balls are in some bin, and the first of the emptiest drawn gets it', () => {
    const loads = ballsIntoBins({ balls: 1000, bins: 7, choices: 2 }, new Stream(1, 'all'));
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(1000);
    const draws = [0.1, 0.9, 0.1, 0.9, 0.9, 0.1].values();
    expect([...ballsIntoBins({ balls: 3, bins: 2, choices: 2 }, { next: () => draws.next().value ?? 0 })]).toEqual([1, 2]);
  });

  test('refuses numbers that make no sense', () => {
    const stream = new Stream(1, 'none');
    for (const wrong of [-1, 1.5, Number.NaN, Infinity]) {
      expect(() => ballsIntoBins({ balls: wrong, bins: 1, choices: 1 }, stream)).toThrow(RangeError);
      expect(() => ballsIntoBins({ balls: 1, bins: wrong, choices: 1 }, stream)).toThrow(RangeError);
      expect(() => ballsIntoBins({ balls: 1, bins: 1, choices: wrong }, stream)).toThrow(RangeError);
    }
    expect(() => ballsIntoBins({ balls: 1, bins: 0, choices: 1 }, stream)).toThrow('from 1');
  });
});

describe('d choices', () => {
  test('are different servers, each set as likely as any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (count, seed) => {
        const sample = new Sample(count);
        const stream = new Stream(seed, 'sample');
        const places = Array.from({ length: count }, () => sample.next(stream.next(), count));
        expect(new Set(places).size).toBe(count);
        for (const place of places) expect(place >= 0 && place < count).toBe(true);
      }),
      { numRuns: cases },
    );
    const sample = new Sample(2);
    const stream = new Stream(2, 'pairs');
    const pairs = Array.from({ length: 30_000 }, () => {
      sample.clear();
      const first = sample.next(stream.next(), 3);
      return first * 2 + (sample.next(stream.next(), 3) > (first === 2 ? 0 : first === 0 ? 1 : 0) ? 1 : 0);
    });
    expect(isNear(pairs, new Array(6).fill(1 / 6))).toBe(true);
  });

  test('take the least busy that was looked at', () => {
    const busy = [0, 1, 2, 3];
    expect(isNear(picks(powerOfChoices(1, { choices: 3 }), rotationOf(busy), 20_000), [3 / 4, 1 / 4, 0, 0])).toBe(true);
    const replaced = picks(powerOfChoices(1, { choices: 3, withReplacement: true }), rotationOf(busy), 20_000);
    expect(isNear(replaced, [37 / 64, 19 / 64, 7 / 64, 1 / 64])).toBe(true);
    expect(isNear(picks(powerOfChoices(1, { choices: 1 }), rotationOf(busy), 20_000), [1 / 4, 1 / 4, 1 / 4, 1 / 4])).toBe(true);
  });

  test('are all servers when there are fewer', () => {
    expect(picks(powerOfChoices(1, { choices: 9 }), rotationOf([3, 1, 2]), 5)).toEqual([1, 1, 1, 1, 1]);
  });

  test('are at least one', () => {
    for (const choices of [0, -1, 1.5, Number.NaN, Infinity]) expect(() => powerOfChoices(1, { choices })).toThrow(RangeError);
  });
});

test('the list of available servers is that of the rotation, made anew only when it has changed', () => {
  const inRotation = Uint8Array.of(1, 1, 0, 1);
  const available = new Available(inRotation);
  expect([available.refresh(), available.refresh()]).toEqual([true, false]);
  expect([...available.list.subarray(0, available.count)]).toEqual([0, 1, 3]);
  inRotation.fill(0);
  expect([available.refresh(), available.count]).toEqual([true, 0]);
});
