// The runs of a session: what no longer fits the setup is run again, the result on screen stays until the next one has come, and
// when the reader's hand rests, the range to expect is looked for.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { inReadersWords } from '../../experiments/definition/inReadersWords';
import type { Result, Setup } from '../../experiments/definition/result';
import { horizonMsOf } from '../../experiments/definition/settings';
import type { Expectations } from '../worker/expectation';
import type { RunRequest } from '../worker/messages';
import type { Job } from '../worker/runner';
import type { Playback } from './playback';
import { isOutside, recordWindowFor } from './recordWindow';
import { type SessionState, type SideName, setupOf } from './state';
import type { Store } from './store';

/** What carries out runs: `Runner`, or a stand-in. */
export interface Runs {
  submit(job: Job): void;
  rehearse(requests: Job['requests']): Promise<void>;
  close(): void;
}
/** What finds the range to expect: `ExpectationRunner`, or a stand-in. */
export interface Expecting {
  start(id: string, setup: ReturnType<typeof setupOf>, deliver: (expected: Expectations) => void): void;
  drop(): void;
  close(): void;
}

/** How long the reader's hand must rest before the background work begins. */
const restMs = 500;
/** A first run that took longer is not rehearsed: whoever asks for something meanwhile would wait for it. */
const longestRehearsedMs = 500;
const longestExpectationMs = 20_000;

export class Running {
  /** What a run of this setup took, recording included; 0: none yet. */
  lastRunMs = 0;
  private readonly definition: ExperimentDefinition;
  private readonly runs: Runs;
  private readonly expecting: Expecting | undefined;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private submitted = 0;
  private rehearsed = false;

  constructor(
    { definition, runs, expecting }: { definition: ExperimentDefinition; runs: Runs; expecting?: Expecting },
    private readonly store: Store<SessionState>,
    private readonly playback: Playback,
  ) {
    this.definition = definition;
    this.runs = runs;
    this.expecting = expecting;
    playback.subscribe(() => this.followCursor());
  }

  close(): void {
    clearTimeout(this.restTimer);
    this.runs.close();
    this.expecting?.close();
  }

  /** Runs the sides whose result is not that of their setup. `inputAtMs`: when the reader did what asks for it. */
  run(inputAtMs: number | null): void {
    const state = this.store.getState();
    const sides: SideName[] = state.b ? ['a', 'b'] : ['a'];
    const stale = sides.filter(
      (side) => !isResultOf(side === 'a' ? state.resultA : state.resultB, setupOf(state, side), this.playback.cursorMs()),
    );
    this.expecting?.drop();
    clearTimeout(this.restTimer);
    if (stale.length === 0 && this.submitted === 0) {
      this.finish({}, inputAtMs);
      return;
    }
    this.store.set({ status: state.resultA ? 'running' : 'starting', failure: null });
    this.submit(stale.length === 0 ? sides : stale, inputAtMs);
  }

  private submit(wanted: SideName[], inputAtMs: number | null): void {
    const state = this.store.getState();
    const number = ++this.submitted;
    this.runs.submit({
      requests: wanted.map((side) => this.requestFor(setupOf(state, side))),
      onResults: (results, tookMs) => {
        this.lastRunMs = tookMs / wanted.length;
        this.show(number, wanted, results, inputAtMs);
      },
      onFailure: (failure) => {
        if (number !== this.submitted) return;
        this.submitted = 0;
        this.store.set({ status: 'failed', failure });
      },
    });
  }

  private requestFor(setup: Setup): RunRequest {
    const { definition } = this;
    const record = recordWindowFor(definition, setup, horizonMsOf(definition, setup.values), this.playback.cursorMs());
    return { id: definition.id, setup, record };
  }

  private show(number: number, sides: SideName[], results: Result[], inputAtMs: number | null): void {
    const newest = number === this.submitted;
    const found: Partial<SessionState> = {};
    for (const [index, side] of sides.entries())
      found[side === 'a' ? 'resultA' : 'resultB'] = inReadersWords(this.definition, results[index]);
    if (!this.store.getState().b) found.resultB = null;
    if (newest) {
      this.submitted = 0;
      this.finish(found, inputAtMs);
    } else {
      this.store.set({ ...found, inputAtMs });
      this.playback.setHorizon(this.shownHorizonMs());
    }
  }

  private finish(found: Partial<SessionState>, inputAtMs: number | null): void {
    this.store.set({ ...found, status: 'idle', failure: null, inputAtMs });
    this.playback.setHorizon(this.shownHorizonMs());
    this.restTimer = setTimeout(() => this.useRest(), restMs);
  }

  /** What is good to have done while the reader looks: the first time a rehearsal, and each time the range to expect. */
  private useRest(): void {
    const { expecting } = this;
    const setup = setupOf(this.store.getState(), 'a');
    if (!this.rehearsed && this.lastRunMs <= longestRehearsedMs) void this.runs.rehearse([this.requestFor(setup)]);
    this.rehearsed = true;
    if (!expecting || this.lastRunMs * 20 > longestExpectationMs) return;
    expecting.start(this.definition.id, setup, (expected) => this.store.set({ expected }));
  }

  /** A run too long to be recorded whole is run again when the cursor leaves what was recorded. */
  private followCursor(): void {
    const { resultA, resultB, status } = this.store.getState();
    if (status !== 'idle') return;
    const cursorMs = this.playback.cursorMs();
    if (
      isOutside(resultA?.trace, Math.min(cursorMs, resultA?.horizonMs ?? 0)) ||
      isOutside(resultB?.trace, Math.min(cursorMs, resultB?.horizonMs ?? 0))
    )
      this.run(null);
  }

  private shownHorizonMs(): number {
    const { resultA, resultB } = this.store.getState();
    return Math.max(resultA?.horizonMs ?? 0, resultB?.horizonMs ?? 0);
  }
}

/** Results keep the setup that they came from, so this is a comparison of plain data. */
function isResultOf(result: Result | null, setup: ReturnType<typeof setupOf>, cursorMs: number): boolean {
  if (!result || isOutside(result.trace, Math.min(cursorMs, result.horizonMs))) return false;
  return (
    JSON.stringify([result.values, result.seed, result.interventions]) === JSON.stringify([setup.values, setup.seed, setup.interventions])
  );
}
