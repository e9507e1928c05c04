// The seed that trace ids come from: the run's, and for side B another, so that the two sides' traces do not share ids.
// The exported files (src/lab/take/telemetry.ts) do the same: an id that is seen here is found there.

import type { SideName } from '../session/state';

const apart = 4_294_967_296;

export function traceSeed(seed: number, side: SideName): number {
  return side === 'b' ? seed + apart : seed;
}
