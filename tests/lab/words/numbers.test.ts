import { afterEach, describe, expect, it } from 'vitest';
import { digitsOf } from '../../../src/digits';
import { formatDecimals, formatNumber, formatShort } from '../../../src/experiments/definition/number';
import { clockText } from '../../../src/lab/player/clockText';
import { writeNumbersOf } from '../../../src/lab/words/numbers';
import { fieldText, plainNumeral } from '../../../src/lab/words/typedNumber';
import { writeNumbersIn } from '../../../src/picture/digits';

afterEach(() => writeNumbersIn(null));

const numbers = [0, 0.00004, 0.0123, 0.5, 1, 1.5, 12.34, 99.95, 123.4, 1234.5, 12_345, 1_234_567, -3.25, -0.00001, Number.NaN, Infinity];

describe('numbers in fields', () => {
  const read = (texts: string[]): string[] => texts.map(plainNumeral);

  it('are plain digits with the sign for decimals of the language', () => {
    expect([1.5, 1234.25, -3, 0.1 + 0.2].map(fieldText)).toEqual(['1.5', '1234.25', '-3', '0.3']);
    writeNumbersOf('de');
    expect([1.5, 1234.25, -3].map(fieldText)).toEqual(['1,5', '1234,25', '-3']);
  });

  it('are read as English has them, and with a comma for decimals where it cannot part thousands', () => {
    expect(read(['1,200', '1,200.5', '0,5', '12,5', '1 200', '−3', '1.5e3', '0,125'])).toEqual([
      '1200',
      '1200.5',
      '0.5',
      '12.5',
      '1200',
      '-3',
      '1.5e3',
      '0.125',
    ]);
  });

  it('are read as the language has them', () => {
    writeNumbersOf('de');
    expect(read(['1.200', '1.200,5', '0,5', '12.5', '1,125', '-1.234.567', '0.125'])).toEqual([
      '1200',
      '1200.5',
      '0.5',
      '12.5',
      '1.125',
      '-1234567',
      '0.125',
    ]);
  });

  it('come back from their field as they were, in every language', () => {
    for (const language of ['en', 'de', 'fr', 'ar', 'hi', 'pt-BR', 'ja', 'sv']) {
      writeNumbersOf(language);
      for (const value of [0, 0.25, 1.125, 1234, 1234.5, -1.5, 1e6]) expect(Number(plainNumeral(fieldText(value)))).toBe(value);
    }
  });

  it('are no numbers when they are not', () => {
    for (const language of ['en', 'de']) {
      writeNumbersOf(language);
      for (const text of ['abc', '1.2.3', '1,2,3', '1/2', '12,34.5,6']) expect(Number(plainNumeral(text)), text).toBeNaN();
    }
  });
});

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
