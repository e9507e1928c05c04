// More checks of what a part is built with, in the words of options.ts.

/** A time from 0 up, and finite. */
export function milliseconds(name: string, what: string, value: number): number {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`The ${what} of ${name} is ${value} ms; it must be 0 or more, and finite.`);
  return value;
}

/** A number from 0 to 1. */
export function share(name: string, what: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`The ${what} of ${name} is ${value}; it must lie between 0 and 1.`);
  return value;
}
