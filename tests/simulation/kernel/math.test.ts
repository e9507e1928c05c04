import { describe, expect, test } from 'vitest';
import { asin, cos, exp, expm1, log, log1p, log2, logEach, power, sin, tanh } from '../../../src/simulation/kernel/math';
import { Stream } from '../../../src/simulation/kernel/random';
import vectors from '../../vectors/math.fdlibm.json';

const view = new DataView(new ArrayBuffer(8));
function fromBits(hex: string): number {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}
function toBits(value: number): string {
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

const functions: Record<string, (x: number, y: number) => number> = {
  log,
  exp,
  expm1,
  log1p,
  tanh,
  sin,
  cos,
  asin,
  power,
};

describe('elementary functions', () => {
  test('the logarithms of many numbers are those of each, to the last bit', () => {
    const special = [0, -1, Number.NaN, Infinity, 1, 2, 0.5, 1e-310, 5e-324, 1 + 2 ** -52, 1 - 2 ** -53, Number.MAX_VALUE];
    const stream = new Stream(3, 'logarithms');
    const usual = Array.from({ length: 20_000 }, (_, index) => stream.next() * 2 ** ((index % 80) - 40));
    const near = Array.from({ length: 5000 }, () => 1 + (stream.next() - 0.5) * 2 ** -18);
    const numbers = Float64Array.from([...special, ...usual, ...near]);
    const expected = [...numbers].map(log);
    logEach(numbers);
    expect([...numbers].every((value, index) => Object.is(value, expected[index]))).toBe(true);
  });

  for (const name of Object.keys(functions)) {
    test(`${name} gives every bit of Java's StrictMath, which is fdlibm`, () => {
      const rows = vectors.data.filter((row) => row[0] === name);
      expect(rows.length).toBe(40);
      for (const [, x, y, result] of rows as [string, string, string, string][]) {
        const given = `${name}(${fromBits(x)}, ${fromBits(y)})`;
        expect(`${given} = ${toBits((functions[name] as (x: number, y: number) => number)(fromBits(x), fromBits(y)))}`).toBe(
          `${given} = ${result}`,
        );
      }
    });
  }

  test('log2 is exact for every power of two', () => {
    let value = 5e-324;
    for (let k = -1074; k <= 1023; k += 1) {
      expect(log2(value)).toBe(k);
      value *= 2;
    }
  });

  test('log2 agrees with published digits', () => {
    expect(log2(3)).toBe(1.584962500721156);
    expect(log2(10)).toBe(3.321928094887362);
    expect(log2(1000000)).toBe(19.931568569324174);
  });

  test('special values follow the rules of Math', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(NaN)).toBeNaN();
    expect(log1p(-1)).toBe(-Infinity);
    expect(expm1(-Infinity)).toBe(-1);
    expect(power(0, 0)).toBe(1);
    expect(power(-8, 1 / 3)).toBeNaN();
    expect(power(-0, -3)).toBe(-Infinity);
    expect(power(-2, 3)).toBe(-8);
    expect(power(2, -1074)).toBe(5e-324);
    expect(power(2, 1024)).toBe(Infinity);
    expect(power(1, Infinity)).toBeNaN();
    expect(asin(1.5)).toBeNaN();
    expect(tanh(Infinity)).toBe(1);
  });

  test('sin and cos refuse angles too large to reduce exactly', () => {
    expect(() => sin(1e6)).toThrow(RangeError);
    expect(() => cos(-Infinity)).toThrow(RangeError);
  });
});
