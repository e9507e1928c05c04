// When was simulated time 0? Other tools want an instant, in ns since 1970, which is beyond what a double can tell apart.

/** 2024-01-01T00:00:00Z, in ns since 1970. */
export const defaultEpochNanos = 1_704_067_200_000_000_000n;
const nanosPerMs = 1_000_000;

/** A simulated time as ns since 1970, rounded to a whole one, in decimal digits. Throws RangeError for a time that is not finite. */
export function unixNanos(timeMs: number, epochNanos = defaultEpochNanos): string {
  if (!Number.isFinite(timeMs)) throw new RangeError(`A time must be a finite number of ms, given ${timeMs}.`);
  const wholeMs = Math.floor(timeMs);
  return String(epochNanos + BigInt(wholeMs) * BigInt(nanosPerMs) + BigInt(Math.round((timeMs - wholeMs) * nanosPerMs)));
}
