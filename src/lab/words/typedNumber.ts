// Numbers in fields, as the language of the page writes them but without groups: 1.5 in English, 1,5 in German. What is typed may
// have groups, and the other sign for decimals where that cannot be mistaken.

import { readersDigits } from '../../picture/digits';

/** Plain digits for a field: no groups, no unit, at most six decimals. */
export function fieldText(value: number): string {
  return String(Math.round(value * 1e6) / 1e6).replace('.', decimalSign());
}

/** What was typed as a numeral of JavaScript, if it is one: "1,200.5" is 1200.5, "0,5" is 0.5, and in German "1.200,5" is 1200.5. */
export function plainNumeral(text: string): string {
  const bare = text
    .trim()
    .replace(/[\s\u00a0\u202f\u2009']/g, '')
    .replace('−', '-');
  const sign = decimalSign();
  const group = sign === ',' ? '.' : ',';
  const [whole, ...decimals] = bare.split(sign);
  const isGrouped = decimals.length < 2 && new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${group}\\d{3})+$`).test(whole);
  return (isGrouped ? bare.replaceAll(group, '') : bare).replace(sign, '.').replace(',', '.');
}

function decimalSign(): string {
  return readersDigits()?.(1.5, 1).match(/^\p{Nd}(.)\p{Nd}$/u)?.[1] ?? '.';
}
