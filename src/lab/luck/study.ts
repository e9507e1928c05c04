// What is run: the setup on screen, both sides of it, under the seeds 1 to N. And what came back.

import type { Result } from '../../experiments/definition/result';
import type { Arrangement, Side } from '../session/state';
import type { Values } from '../worker/messages';
import type { PoolJob } from '../worker/pool';

export interface Study {
  /** Tells whether the setup on screen is still the one that was run. */
  key: string;
  seeds: number;
  /** `[0]` is seed 1. */
  a: Values[];
  b: Values[] | null;
  tookMs: number;
}

type Sides = Pick<Arrangement, 'a' | 'b'>;

/** A and B of a seed one after the other, so that they end together. */
export function jobsOf(id: string, { a, b }: Sides, seeds: number): PoolJob[] {
  return Array.from({ length: seeds }, (_, index) => (b ? [a, b] : [a]).map((side) => jobOf(id, side, index + 1))).flat();
}

function jobOf(id: string, { values, interventions }: Side, seed: number): PoolJob {
  return { id, setup: { values, interventions, seed } };
}

export function keyOf({ a, b }: Sides): string {
  return JSON.stringify([sideKey(a), b ? sideKey(b) : null]);
}

function sideKey({ values, interventions }: Pick<Result, 'values' | 'interventions'>): string {
  return JSON.stringify([values, interventions]);
}

/** Puts what the jobs gave into the columns of the two sides. */
export function studyOf(sides: Sides, seeds: number, found: readonly Values[], tookMs: number): Study {
  const step = sides.b ? 2 : 1;
  const column = (offset: number): Values[] => Array.from({ length: seeds }, (_, index) => found[index * step + offset]);
  return { key: keyOf(sides), seeds, a: column(0), b: sides.b ? column(1) : null, tookMs };
}
