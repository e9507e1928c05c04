import { afterEach, describe, expect, it } from 'vitest';
import { digitsOf } from '../../../src/digits';
import { formatDecimals, formatNumber, formatShort } from '../../../src/experiments/definition/number';
import { clockText } from '../../../src/lab/player/clockText';
import { writeNumbersOf } from '../../../src/lab/words/numbers';
import { writeNumbersIn } from '../../../src/picture/digits';

afterEach(() => writeNumbersIn(null));

const numbers = [0, 0.00004, 0.0123, 0.5, 1, 1.5, 12.34, 99.95, 123.4, 1234.5, 12_345, 1_234_567, -3.25, -0.00001, Number.NaN, Infinity];

describe('numbers in the language of the page', () => {
  it('are exactly those of the build in English', () => {
    const english = numbers.map((number) => formatNumber(number, 'ms'));
    writeNumbersOf('en');
    expect(numbers.map((number) => formatNumber(number, 'ms'))).toEqual(english);
    expect(digitsOf('en')).toBe(null);
  });

  it('are written the German way in German: 1.234,5', () => {
    writeNumbersOf('de');
    expect(formatDecimals(1234.5, 1)).toBe('1.234,5');
    expect(formatNumber(1234567)).toBe('1.234.567');
    expect(formatNumber(1.5, 'ms')).toBe('1,50\u202fms');
    expect(formatNumber(0.256, '%')).toBe('25,6\u202f%');
    expect(formatNumber(-3.25)).toBe('−3,25');
    expect([1230, 1.5, 0.25, 12.0].map(formatShort)).toEqual(['1.230', '1,5', '0,25', '12']);
    expect(formatNumber(-0.00001)).toBe(formatNumber(0.00001));
    expect(clockText(12_340, 60_000, 's')).toBe('12,34 s');
  });

  it('have the same digits as in English, whatever parts them', () => {
    const digits = (text: string): string => text.replace(/[^0-9∞–]/g, '');
    const finite = numbers.filter((number) => Math.abs(number) >= 0.001 || number === 0);
    const english = finite.map((number) => digits(formatNumber(number)));
    writeNumbersOf('fr');
    expect(finite.map((number) => digits(formatNumber(number)))).toEqual(english);
  });

  it('are English where the language is no language', () => {
    expect(digitsOf('x!')).toBe(null);
    expect(digitsOf('')).toBe(null);
  });
});
