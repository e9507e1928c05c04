// How much has been written up to an instant. Weeks of writes are counted by the interval, not one by one.

import { positive } from '../options';

/** Megabytes written from the beginning of the run up to an instant in ms; never falls. */
export type WrittenMb = (atMs: number) => number;

export function steadyWrites(megabytesPerHour: number): WrittenMb {
  if (!(megabytesPerHour >= 0 && megabytesPerHour < Infinity)) {
    throw new RangeError(`The writes are ${megabytesPerHour} MB an hour; they must be a number from 0 up.`);
  }
  return (atMs) => (atMs / 3_600_000) * megabytesPerHour;
}

/** So many megabytes in each interval, spread evenly over it; nothing after the last. */
export function countedWrites(intervalMs: number, megabytes: readonly number[]): WrittenMb {
  positive('counted writes', 'interval', intervalMs);
  const before = new Float64Array(megabytes.length + 1);
  megabytes.forEach((count, index) => {
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(`The writes of interval ${index + 1} are ${count} MB; they must be a number from 0 up.`);
    }
    before[index + 1] = before[index] + count;
  });
  return (atMs) => {
    const interval = Math.min(Math.max(0, Math.floor(atMs / intervalMs)), megabytes.length);
    if (interval === megabytes.length) return before[interval];
    return before[interval] + (megabytes[interval] * (atMs - interval * intervalMs)) / intervalMs;
  };
}
