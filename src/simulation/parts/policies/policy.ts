// What a balancing policy sees and what it decides.

import type { Fate } from '../../measure/accounts';
import type { Call } from '../call';

/** The balancer's knowledge of its servers. */
export interface Rotation {
  readonly count: number;
  /** 1 while the balancer may send to the server. */
  readonly inRotation: Uint8Array;
  /** Calls sent and not yet answered. */
  readonly outstanding: Int32Array;
  readonly weights: readonly number[];
}

export interface BalancingPolicy {
  /** Index of the server for this call; -1 when none is in rotation. */
  pick(call: Call): number;
  /** How a call that it placed has ended. */
  heard?(server: number, fate: Fate): void;
}

export type PolicyOf = (rotation: Rotation) => BalancingPolicy;
