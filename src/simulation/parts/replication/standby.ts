// How ready a replica is to take over. A hot one applies what it gets and answers reads; a warm one only stores it; a cold one gets a
// copy now and then and must be started first. Readiness costs machines; its lack costs time, and with copies also data.

import { milliseconds } from '../network/limits';

export interface Standby {
  /** Applies what it has as it comes, and may be read. */
  isApplying: boolean;
  /** What is new is sent to it at this interval, in ms; 0: at once. */
  shipEveryMs: number;
  /** From the decision to its first write, in ms, not counting what it must still apply. */
  promotionMs: number;
}

/** Examples; the times are a model's, not measured. */
export const standbys = {
  hot: { isApplying: true, shipEveryMs: 0, promotionMs: 1000 },
  warm: { isApplying: false, shipEveryMs: 0, promotionMs: 10_000 },
  cold: { isApplying: false, shipEveryMs: 3_600_000, promotionMs: 300_000 },
} as const satisfies Record<string, Standby>;

export function checkStandby(name: string, { shipEveryMs, promotionMs }: Standby): void {
  milliseconds(name, 'interval of shipping', shipEveryMs);
  milliseconds(name, 'time to promote', promotionMs);
}
