// Digits as a language writes them, for the pages of that language and their build. None for English, which is written alike in
// every engine: what the build wrote and what the page writes are then the same.

export function digitsOf(locale: string): ((value: number, decimals: number) => string) | null {
  if (locale === 'en' || !isKnown(locale)) return null;
  const writers = new Map<number, Intl.NumberFormat>();
  return (value, decimals) => {
    let writer = writers.get(decimals);
    if (!writer) {
      writer = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
      writers.set(decimals, writer);
    }
    // As in English: nothing is less than nothing, and minus is longer than a hyphen.
    return writer.format(Number(value.toFixed(decimals)) === 0 ? 0 : value).replace('-', '−');
  };
}

function isKnown(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}
