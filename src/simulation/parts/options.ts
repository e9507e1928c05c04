// Checks of what a part is built with: the message names the part, the value found and what is allowed.

/** Whole, from `least` to a million; Infinity too where 0 is allowed (a capacity without limit). */
export function wholeNumber(name: string, what: string, value: number, least: number): number {
  if (value === Infinity && least === 0) return value;
  if (!Number.isInteger(value) || value < least || value > 1_000_000) {
    throw new RangeError(`The ${what} of ${name} is ${value}; it must be a whole number from ${least} to 1,000,000.`);
  }
  return value;
}

export function positive(name: string, what: string, value: number): number {
  if (!(value > 0) || value === Infinity) throw new RangeError(`The ${what} of ${name} is ${value}; it must be a number above 0.`);
  return value;
}

export function zeroOrMore(name: string, what: string, value: number): number {
  if (!(value >= 0) || value === Infinity) throw new RangeError(`The ${what} of ${name} is ${value}; it must be a number from 0 up.`);
  return value;
}
