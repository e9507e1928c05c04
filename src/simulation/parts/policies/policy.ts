// What a balancing policy sees and what it decides.

import type { Fate } from '../../measure/accounts';
import type { Call } from '../call';

/** The balancer's knowledge of its servers. */
export interface Rotation {
  readonly count: number;
  /** 1 while the balancer may send to the server. Others write to it: a policy that keeps a state of its own compares at each pick. */
  readonly inRotation: Uint8Array;
  /** Calls sent and not yet answered. */
  readonly outstanding: Int32Array;
  readonly weights: readonly number[];
  /** Simulated time in ms. */
  readonly nowMs: () => number;
}

/** Hears of the calls that a balancer sent. */
export interface Listener {
  /**
   * How a call has ended, and how long after it was sent; `abandoned` when its caller took it back.
   * It no longer counts as outstanding.
   */
  heard(server: number, fate: Fate, responseMs: number): void;
}

export interface BalancingPolicy extends Partial<Listener> {
  /** Index of the server for this call; -1 when none is in rotation. What it names is sent. */
  pick(call: Call): number;
}

export type PolicyOf = (rotation: Rotation) => BalancingPolicy;
