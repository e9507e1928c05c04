// Numbers and units as the language of the page writes them. English stays with the deterministic form that the build uses, so
// that what the server wrote and what the page writes are the same.

import { translate } from '@docusaurus/Translate';
import { type NumberWords, writeNumbersIn } from '../../experiments/definition/number';

/** Called when the lab opens on a page; `locale` is the page's. */
export function speakNumbersOf(locale: string): void {
  writeNumbersIn(numbersOf(locale));
}

export function numbersOf(locale: string): NumberWords | null {
  if (locale === 'en' || !isKnown(locale)) return null;
  const writers = new Map<number, Intl.NumberFormat>();
  const digits = (value: number, decimals: number): string => {
    let writer = writers.get(decimals);
    if (!writer) {
      writer = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
      writers.set(decimals, writer);
    }
    const text = writer.format(value);
    // As in English: nothing is less than nothing, and minus is longer than a hyphen.
    return (Number(value.toFixed(decimals)) === 0 ? writer.format(0) : text).replace('-', '−');
  };
  return { digits, unit: unitWord };
}

function isKnown(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

/** Signs such as ms and % are the same everywhere; words are not. */
function unitWord(unit: string): string {
  switch (unit) {
    case 'requests':
      return translate({ id: 'lab.words.requests', message: 'requests', description: 'A unit behind a number' });
    case 'keys':
      return translate({ id: 'lab.words.keys', message: 'keys', description: 'A unit behind a number' });
    case 'servers':
      return translate({ id: 'lab.words.servers', message: 'servers', description: 'A unit behind a number' });
    case 'shards':
      return translate({ id: 'lab.words.shards', message: 'shards', description: 'A unit behind a number' });
    case 'min':
      return translate({ id: 'lab.words.minutes', message: 'min', description: 'A unit behind a number: minutes' });
    case 'h':
      return translate({ id: 'lab.words.hours', message: 'h', description: 'A unit behind a number: hours' });
    case 'd':
      return translate({ id: 'lab.words.days', message: 'd', description: 'A unit behind a number: days' });
    default:
      return unit;
  }
}
