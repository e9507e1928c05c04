// How a quantity is drawn: one uniform number in, one value out, so two runs that share their numbers share their luck.

import { logEach } from '../kernel/math';

/**
 * Turns one uniform number in (0, 1) into a quantity. Pure: it is asked ahead of time, and the same number gives the same quantity.
 * @param request number of the request, from 0
 */
export interface Draw {
  (uniform: number, request: number): number;
  /** The same for many numbers at once, in place. Only for speed: each must come out as it would alone. */
  each?(uniforms: Float64Array): void;
}

/** Turns uniform numbers into quantities, in place. @param first number of the request that the first is for */
export function drawEach(draw: Draw, uniforms: Float64Array, first: number): void {
  if (draw.each !== undefined) draw.each(uniforms);
  else for (let index = 0; index < uniforms.length; index++) uniforms[index] = draw(uniforms[index], first + index);
}

/** Exponential with a mean (above 0, in the unit of the result), as `exponential`, but quick for many. */
export function exponentialDraw(mean: number): Draw {
  if (!(mean > 0 && mean < Infinity)) throw new RangeError(`The mean of an exponential is ${mean}; it must be a number above 0.`);
  const one = Float64Array.of(0);
  const each = (uniforms: Float64Array): void => {
    for (let index = 0; index < uniforms.length; index++) uniforms[index] = 1 - uniforms[index];
    logEach(uniforms);
    for (let index = 0; index < uniforms.length; index++) uniforms[index] *= -mean;
  };
  const draw: Draw = (uniform) => {
    one[0] = uniform;
    each(one);
    return one[0];
  };
  draw.each = each;
  return draw;
}
