// What every closed form checks first: numbers that make sense, and a load that has a steady state.

/** Throws RangeError unless `value` is a number above 0. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0) || value === Infinity) throw new RangeError(`${name} is ${value}; it must be a number above 0.`);
}

/** Throws RangeError unless `value` is a number from 0 up. */
export function requireNonNegative(name: string, value: number): void {
  if (!(value >= 0) || value === Infinity) throw new RangeError(`${name} is ${value}; it must be a number from 0 up.`);
}

/** Throws RangeError unless `value` lies between 0 and 1, both included. */
export function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is ${value}; it must lie between 0 and 1.`);
}

/** Throws RangeError unless `value` lies between 0 and 1, both excluded. */
export function requireBetween(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} is ${value}; it must lie between 0 and 1, both excluded.`);
}

/** Throws RangeError unless the utilization is at least 0 and below 1. */
export function requireStable(utilization: number): void {
  if (!(utilization >= 0) || utilization >= 1) {
    throw new RangeError(
      `The utilization is ${utilization}; the formula holds from 0 up to, not including, 1: above, the queue grows for ever.`,
    );
  }
}

/** Throws RangeError unless `value` is a whole number from `least` to `most`, which is what the formula can count through. */
export function requireWhole(name: string, value: number, least: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    throw new RangeError(`${name} is ${value}; it must be a whole number ${range}.`);
  }
}
