// Requests are not all alike: most ask for a slice, some for a feast. A class has its share, its own work and its urgency.

/** One kind of request. */
export interface RequestClass {
  name: string;
  /** Relative frequency, 0 or more; shares are divided by their sum. */
  share: number;
  /** Work in ms at speed 1, drawn from one uniform number in (0, 1). */
  workMs: (uniform: number, request: number) => number;
}

/** Classes with their cumulative shares, for drawing by inversion. */
export interface RequestMix {
  readonly classes: readonly RequestClass[];
  readonly cumulative: Float64Array;
}

/** Throws RangeError when there is no class, a share is no number from 0 up, or all are 0. */
export function requestMix(classes: readonly RequestClass[]): RequestMix {
  let total = 0;
  for (const { name, share } of classes) {
    if (!(share >= 0 && share < Infinity)) throw new RangeError(`The share of class ${name} is ${share}; it must be a number from 0 up.`);
    total += share;
  }
  if (!(total > 0)) throw new RangeError(`${classes.length} classes with shares that add up to ${total}: at least one must be above 0.`);
  const cumulative = new Float64Array(classes.length);
  let sum = 0;
  classes.forEach(({ share }, index) => {
    sum += share;
    cumulative[index] = sum / total;
  });
  return { classes, cumulative };
}

/** Index of the class whose stretch of (0, 1) holds the number. */
export function drawClass({ cumulative }: RequestMix, uniform: number): number {
  let index = 0;
  while (index < cumulative.length - 1 && uniform >= cumulative[index]) index++;
  return index;
}
