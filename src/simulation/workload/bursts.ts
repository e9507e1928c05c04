// Demand that comes in bursts: now and then a busy spell, quiet in between, each of a random length.
// An interrupted (or two-state Markov-modulated) Poisson process: Fischer and Meier-Hellstern, Performance Evaluation 18(2), 1993.

import { log } from '../kernel/math';
import type { Stream } from '../kernel/random';
import type { ArrivalProcess } from './arrivals';

export interface BurstOptions {
  /** Arrivals per second during a burst, and between two. 0 or more. */
  burstPerSecond: number;
  quietPerSecond: number;
  /** Mean length of a burst and of a quiet spell in ms, above 0. */
  meanBurstMs: number;
  meanQuietMs: number;
  /** Every spell has just its mean length. Default: lengths are exponential. */
  isRegular?: boolean;
}

/** Mean arrivals per second over time. */
export function meanBurstRate({ burstPerSecond, quietPerSecond, meanBurstMs, meanQuietMs }: BurstOptions): number {
  return (burstPerSecond * meanBurstMs + quietPerSecond * meanQuietMs) / (meanBurstMs + meanQuietMs);
}

/** Begins quiet. Spells and gaps have streams of their own, so other rates keep the same spells. */
export function burstArrivals(options: BurstOptions, gaps: Stream, spells: Stream): ArrivalProcess {
  for (const name of ['burstPerSecond', 'quietPerSecond'] as const) {
    const value = options[name];
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} is ${value}; it must be a number from 0 up.`);
  }
  for (const name of ['meanBurstMs', 'meanQuietMs'] as const) {
    const value = options[name];
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} is ${value}; it must be a number above 0.`);
  }
  return new BurstArrivals(options, gaps, spells);
}

class BurstArrivals implements ArrivalProcess {
  private atMs = 0;
  private untilMs = 0;
  private isBurst = true;

  constructor(
    private readonly options: BurstOptions,
    private readonly gaps: Stream,
    private readonly spells: Stream,
  ) {}

  nextMs(): number {
    const { burstPerSecond, quietPerSecond } = this.options;
    if (burstPerSecond === 0 && quietPerSecond === 0) return Infinity;
    let needed = -log(this.gaps.next());
    for (;;) {
      const perMs = (this.isBurst ? burstPerSecond : quietPerSecond) / 1000;
      const available = perMs * (this.untilMs - this.atMs);
      if (perMs > 0 && needed <= available) {
        this.atMs = Math.min(this.untilMs, this.atMs + needed / perMs);
        return this.atMs;
      }
      needed -= available;
      this.turn();
    }
  }

  private turn(): void {
    const { meanBurstMs, meanQuietMs, isRegular } = this.options;
    this.isBurst = !this.isBurst;
    const meanMs = this.isBurst ? meanBurstMs : meanQuietMs;
    this.atMs = this.untilMs;
    this.untilMs += isRegular ? meanMs : -log(this.spells.next()) * meanMs;
  }
}
