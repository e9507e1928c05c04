// What a session knows. Plain data; actions stand in session.ts.

import type { Intervention } from '@by-the-slice/simulation';
import type { Values } from '../../experiments/definition/parameters';
import type { Notice, Result, Setup } from '../../experiments/definition/result';
import type { RawSetup } from '../../experiments/definition/settings';
import type { Expectations } from '../worker/expectation';

export type SideName = 'a' | 'b';

/** All of a side's setup but the seed, which both sides share. */
export interface Side {
  values: Values;
  interventions: Intervention[];
}

/** What undo brings back. */
export interface Arrangement {
  seed: number;
  a: Side;
  b: Side | null;
  scenario: string | null;
  /** From when on live controls may act, and where the past forks when there are two sides; null: from the start. */
  fromMs: number | null;
}

/** As a tag, a `<Try>` or a link gives it: anything at all. */
export interface RawArrangement extends RawSetup {
  sideB?: RawSetup | null;
  cursorMs?: number;
}

export interface SessionState extends Arrangement {
  /** The side that the controls change. */
  edited: SideName;
  /** Controls change the whole run, even where there is a time from which they could act. */
  wholeRun: boolean;
  resultA: Result | null;
  resultB: Result | null;
  /** What twenty runs of this length gave, for side A. */
  expected: Expectations | null;
  /** starting: no result yet. running: another one is on its way, the last stays on screen. */
  status: 'starting' | 'running' | 'idle' | 'failed';
  failure: string | null;
  notices: Notice[];
  /** A sentence that stays until dismissed: what a `<Try>` or a link set up. */
  message: string | null;
  canUndo: boolean;
  canRedo: boolean;
  /** When the input was made that led to the results on screen, by the page's clock; null before the first input. */
  inputAtMs: number | null;
}

export function setupOf(state: Arrangement, side: SideName): Setup {
  const { values, interventions } = side === 'b' && state.b ? state.b : state.a;
  return { values, interventions, seed: state.seed };
}

/** From when on a live control acts; null: on the whole run. */
export function actsFromMs({ wholeRun, fromMs }: Pick<SessionState, 'wholeRun' | 'fromMs'>): number | null {
  return wholeRun ? null : fromMs;
}

export function arrangementOf({ seed, a, b, scenario, fromMs }: SessionState): Arrangement {
  return { seed, a, b, scenario, fromMs };
}
