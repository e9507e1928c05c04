// How the reader's language writes digits. Set for another language, by its pages and their build; English is written alike
// everywhere, by the code that asks.

export type Digits = (value: number, decimals: number) => string;

let writtenIn: Digits | null = null;

export function writeNumbersIn(digits: Digits | null): void {
  writtenIn = digits;
}

/** Null for English. */
export function readersDigits(): Digits | null {
  return writtenIn;
}
