// Numbers for readers, the same on the server and in every browser (no Intl: its output differs between versions).

/** No line breaks at it: thousands and units stay with their number. */
const narrowSpace = '\u202f';

/** How a reader's language writes digits, and units that are words. */
export interface NumberWords {
  digits(value: number, decimals: number): string;
  unit(unit: string): string;
}

let words: NumberWords | null = null;

/** Set by a page in another language, and by nobody else: build, tests and command line write numbers alike everywhere. */
export function writeNumbersIn(language: NumberWords | null): void {
  words = language;
}

/** With so many decimals, whatever they are. */
export function formatDecimals(value: number, decimals: number): string {
  return words ? words.digits(value, decimals) : value.toFixed(decimals);
}

/** Three significant digits, thousands apart by a narrow space from 10,000 on; "–" for none. */
export function formatNumber(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const text = formatBare(unit === '%' ? value * 100 : value);
  return text + unitAfter(unit);
}

/** A unit that is a word, in the reader's. */
export function unitName(unit: string): string {
  return words ? words.unit(unit) : unit;
}

/** The unit as it stands behind its number. */
export function unitAfter(unit: string): string {
  return unit === '' || unit === '×' ? unit : narrowSpace + unitName(unit);
}

function formatBare(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (Number.isInteger(value) || size >= 100) return words ? words.digits(Math.round(value), 0) : grouped(Math.round(value));
  const decimals = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.001 ? 3 : 4;
  if (words) return words.digits(value, decimals);
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? '0' : text).replace('-', '−');
}

function grouped(value: number): string {
  const digits = String(Math.abs(value));
  const body = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, narrowSpace) : digits;
  return value < 0 ? `−${body}` : body;
}
