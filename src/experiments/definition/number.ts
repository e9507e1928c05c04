// Numbers for readers, the same on the server and in every browser (no Intl: its output differs between versions).

import { spoken } from '@by-the-slice/simulation';
import { readersDigits } from '../../picture/digits';

/** No line breaks at it: thousands and units stay with their number. */
const narrowSpace = '\u202f';

/** By name, for translators. Signs such as % and × are the same everywhere. */
export const units = {
  milliseconds: 'ms',
  seconds: 's',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  perSecond: '/s',
  kilobytes: 'kB',
  gigabytes: 'GB',
  megabitsPerSecond: 'Mbit/s',
  timesSmall: '× small',
  requests: 'requests',
  keys: 'keys',
  servers: 'servers',
  shards: 'shards',
  machines: 'machines',
} as const;

/** With so many decimals, whatever they are. */
export function formatDecimals(value: number, decimals: number): string {
  return readersDigits()?.(value, decimals) ?? value.toFixed(decimals);
}

/** With the digits that it has been rounded to: "-12345.60". */
export function formatDigits(rounded: string): string {
  const [whole, fraction] = rounded.split('.');
  const english = (): string => grouped(whole) + (fraction === undefined ? '' : `.${fraction}`);
  return readersDigits()?.(Number(rounded), fraction?.length ?? 0) ?? english();
}

/** Three significant digits, thousands apart by a narrow space from 10,000 on; "–" for none. */
export function formatNumber(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const text = formatBare(unit === '%' ? value * 100 : value);
  return text + unitAfter(unit);
}

/** In the reader's language. */
export function unitName(unit: string): string {
  return spoken(unit);
}

/** The unit as it stands behind its number. */
export function unitAfter(unit: string): string {
  return unit === '' || unit === '×' ? unit : narrowSpace + unitName(unit);
}

/** Without the zeros at the end of its decimals: 1.5 and not 1.50. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const digits = significant(value);
  return formatDigits(digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);
}

function formatBare(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return formatDigits(significant(value));
}

/** Its digits, as English has them and without groups. */
function significant(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return String(Math.round(value) + 0);
  const decimals = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.001 ? 3 : 4;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? '0' : text;
}

function grouped(whole: string): string {
  const digits = whole.replace('-', '');
  const body = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, narrowSpace) : digits;
  return whole.startsWith('-') ? `−${body}` : body;
}
