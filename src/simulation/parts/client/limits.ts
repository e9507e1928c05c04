// Checks of what the machines of a client are built with, in the words of parts/options.ts: who, what, the value, what is allowed.

/** A number between two bounds, both included; Infinity only where it is the upper bound. */
export function between(name: string, what: string, value: number, least: number, most: number): number {
  if (!(value >= least && value <= most)) {
    const allowed = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
    throw new RangeError(`The ${what} of ${name} is ${value}; it must be ${allowed}.`);
  }
  return value;
}

/** A whole number between two bounds, both included. */
export function wholeBetween(name: string, what: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`The ${what} of ${name} is ${value}; it must be a whole number from ${least} to ${most}.`);
  }
  return value;
}
