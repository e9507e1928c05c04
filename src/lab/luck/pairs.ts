// A against B: each seed is run on both sides, so what both share cancels and the difference stands out.

import type { Values } from '../worker/messages';
import { type Run, runsOf, type Spread, sameValue, spreadOf } from './spread';

export interface Pairs {
  /** B − A of each seed that has a value on both sides. */
  difference: Spread;
  lower: number;
  higher: number;
  ties: number;
  /** same: no seed differs. clear: the interval leaves zero out. unclear: it does not. few: one seed alone tells nothing. */
  verdict: 'same' | 'clear' | 'unclear' | 'few';
}

/** null: no seed has a value on both sides. */
export function pairsOf(a: readonly Values[], b: readonly Values[], metric: string): Pairs | null {
  const other = new Map(runsOf(b, metric).map(({ seed, value }) => [seed, value]));
  const differences: Run[] = runsOf(a, metric).flatMap(({ seed, value }) => {
    const against = other.get(seed);
    // Without the noise of the last digits, which would make a difference of nothing look certain.
    return against === undefined ? [] : [{ seed, value: sameValue(value, against) ? 0 : against - value }];
  });
  const difference = spreadOf(differences, a.length);
  if (!difference) return null;
  const lower = differences.filter(({ value }) => value < 0).length;
  const higher = differences.filter(({ value }) => value > 0).length;
  return { difference, lower, higher, ties: differences.length - lower - higher, verdict: verdictOf(difference) };
}

function verdictOf({ runs, interval }: Spread): Pairs['verdict'] {
  if (runs[0].value === 0 && runs[runs.length - 1].value === 0) return 'same';
  if (runs.length < 2) return 'few';
  return interval.low > 0 || interval.high < 0 ? 'clear' : 'unclear';
}

/** How many seeds each side wins; null when neither direction is better. */
export function winsOf({ lower, higher }: Pairs, better: 'lower' | 'higher' | undefined): { a: number; b: number } | null {
  if (!better) return null;
  return better === 'lower' ? { a: higher, b: lower } : { a: lower, b: higher };
}
