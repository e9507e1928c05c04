// Where parts are decides how long their messages take: wires by the great circle between two places on the globe.

import { type Place, roundTripFloorMs } from '../../theory/greatCircle';
import type { WireOptions } from './wire';

/**
 * The wire between two places: half of the round trip through fiber, each way.
 * @param stretch how many times as long as the straight way the fiber is, 1 or more. Measured: 1.3 to 2 times; default 1.6
 */
export function wireBetween(a: Place, b: Place, stretch = 1.6): Pick<WireOptions, 'delayMs'> {
  if (!(stretch >= 1 && stretch < Infinity)) {
    throw new RangeError(`The fiber is ${stretch} times as long as the straight way; it must be 1 or more.`);
  }
  return { delayMs: (roundTripFloorMs(a, b) * stretch) / 2 };
}

/** Round trips in ms from every place to every other, for policies that go to the nearest. `localMs` is that within a place, above 0. */
export function roundTripTable(from: readonly Place[], to: readonly Place[], localMs: number, stretch?: number): number[][] {
  if (!(localMs > 0 && localMs < Infinity)) throw new RangeError(`The round trip within a place is ${localMs} ms; it must be above 0.`);
  return from.map((a) => to.map((b) => Math.max(localMs, 2 * (wireBetween(a, b, stretch).delayMs as number))));
}
