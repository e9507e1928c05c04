// What every closed form checks first: numbers that make sense, and a load that has a steady state.

/** Throws RangeError unless `value` is a number above 0. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0) || value === Infinity) throw new RangeError(`${name} is ${value}; the formula needs a number above 0.`);
}

/** Throws RangeError unless the utilization is at least 0 and below 1. */
export function requireSteady(utilization: number): void {
  if (!(utilization >= 0) || utilization >= 1) {
    throw new RangeError(
      `The utilization is ${utilization}; the formula holds from 0 up to, not including, 1: above, the queue grows for ever.`,
    );
  }
}

/** Throws RangeError unless `value` is a whole number from `least` up. */
export function requireCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) throw new RangeError(`${name} is ${value}; it must be a whole number from ${least} up.`);
}
