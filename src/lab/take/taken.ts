// What is taken along: the run on screen, or both sides of it, with all that is needed to make it again. Results keep the
// setting that they came from, so a file never holds the values of one run and the numbers of another.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { type LinkState, writeLink } from '../../experiments/definition/link';
import type { Result } from '../../experiments/definition/result';
import type { Session } from '../session/session';
import type { SideName } from '../session/state';

export interface TakenSide {
  side: SideName;
  result: Result;
}

export interface Taken {
  definition: ExperimentDefinition;
  /** A alone, or A and B. */
  sides: TakenSide[];
  seed: number;
  /** Absent for a calculation. */
  cursorMs?: number;
  /** Simulated ms in a second of watching. */
  msPerSecond: number;
}

/** Nothing until the first run is there. */
export function takenFrom({ definition, store, playback }: Session): Taken | null {
  const { resultA, resultB } = store.getState();
  if (!resultA) return null;
  const sides: TakenSide[] = [{ side: 'a', result: resultA }];
  if (resultB) sides.push({ side: 'b', result: resultB });
  const hasClock = definition.kind === 'simulation';
  return {
    definition,
    sides,
    seed: resultA.seed,
    ...(hasClock ? { cursorMs: playback.cursorMs() } : {}),
    msPerSecond: (playback.horizonMs() / (definition.clock?.playSeconds ?? 30)) * playback.speed(),
  };
}

export function stateOf({ sides: [a, b], cursorMs }: Taken): LinkState {
  const { values, seed, interventions, modelHash } = a.result;
  return {
    values,
    seed,
    interventions,
    modelHash,
    ...(b ? { sideB: { values: b.result.values, interventions: b.result.interventions } } : {}),
    ...(cursorMs === undefined ? {} : { cursorMs }),
  };
}

/** The fragment of a link to it, without `#`. */
export function linkOf(taken: Taken): string {
  return writeLink(taken.definition, stateOf(taken));
}

/** `load-balancing-seed-7-1a2b3c4d-vs-5e6f7a8b-run.csv`: experiment, seed and the runs' hashes, then what it is. */
export function fileName({ definition, sides, seed }: Taken, what: string, extension: string): string {
  const hashes = sides.map(({ result }) => result.traceHash.slice(0, 8)).join('-vs-');
  return `${definition.id}-seed-${seed}-${hashes}-${what}.${extension}`;
}
