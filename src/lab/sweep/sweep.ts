// The sweep that a reader asks for: starts it, gathers what comes, can drop it. The last one of each parameter stays.

import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { remainingStep, secondsLeft } from '../luck/remaining';
import { Store } from '../session/store';
import type { RunPool } from '../worker/pool';
import type { SweepStudy } from './curve';
import { jobAt, placesOf, type SweepPlan, workOfPlan } from './plan';
import type { Band } from './pointWords';

export interface SweepState {
  /** What the reader chose; null: the first, as the experiment says. */
  parameter: string | null;
  metric: string | null;
  ranges: Record<string, { from: number; to: number }>;
  points: number;
  seeds: number;
  band: Band;
  phase: 'none' | 'running' | 'done' | 'cancelled' | 'failed';
  done: number;
  of: number;
  /** In seconds, see `remainingStep`. */
  leftStep: number | null;
  /** By parameter. */
  studies: Record<string, SweepStudy>;
  failure: string | null;
  /** For those who listen: start, every quarter, the end. */
  said: string;
}

/** Drawn more often, a curve would only flicker. */
const showEveryMs = 150;
/** In a shorter sweep the start of the workers counts for too much. */
const tellingMs = 2900;

export class Sweep {
  readonly store = new Store<SweepState>({
    parameter: null,
    metric: null,
    ranges: {},
    points: 17,
    seeds: 10,
    band: 'interval',
    phase: 'none',
    done: 0,
    of: 0,
    leftStep: null,
    studies: {},
    failure: null,
    said: '',
  });
  /** What one unit of work took in the last sweep that was long enough to tell, over all workers. */
  msPerWork: number | null = null;
  private running: { study: SweepStudy; stop: () => void } | null = null;

  constructor(
    private readonly definition: ExperimentDefinition,
    private readonly nowMs: () => number,
  ) {}

  setRange(parameter: string, range: { from: number; to: number }): void {
    this.store.set({ ranges: { ...this.store.getState().ranges, [parameter]: range } });
  }

  /** `sentence` says what came out, for the end of the announcement. */
  start(pool: Pick<RunPool, 'carryOut'>, plan: SweepPlan, sentence: (study: SweepStudy) => string): void {
    const places = placesOf(plan);
    const study: SweepStudy = { plan, found: plan.points.map(() => ({ a: [], b: [] })), tookMs: 0 };
    const startedMs = this.nowMs();
    const said = translate({ id: 'lab.sweep.said.start', message: 'Started: {runs} runs.' }, { runs: places.length });
    this.store.set({ phase: 'running', done: 0, of: places.length, leftStep: null, failure: null, said });
    this.show(study);
    const stop = pool.carryOut(
      places.map((place) => jobAt(this.definition.id, plan, place)),
      {
        onMetrics: (index, metrics) => {
          const { point, side, run } = places[index];
          study.found[point][side][run] = metrics;
        },
        onProgress: this.progressFrom(study, startedMs),
        onDone: () => {
          study.tookMs = this.nowMs() - startedMs;
          if (study.tookMs > tellingMs) this.msPerWork = study.tookMs / Math.max(1, workOfPlan(this.definition, plan));
          const end = translate(
            { id: 'lab.sweep.said.end', message: 'Done: {runs} runs. {sentence}' },
            { runs: places.length, sentence: sentence(study) },
          );
          this.end(study, { phase: 'done', done: places.length, said: end });
        },
        onFailure: (failure) =>
          this.end(study, {
            phase: 'failed',
            failure,
            said: translate({ id: 'lab.sweep.said.failed', message: 'The sweep stopped. {failure}' }, { failure }),
          }),
      },
    );
    this.running = { study, stop };
  }

  /** What has come stays. */
  cancel(): void {
    if (!this.running) return;
    const { study, stop } = this.running;
    stop();
    this.end(study, { phase: 'cancelled', said: translate({ id: 'lab.sweep.said.cancelled', message: 'Cancelled.' }) });
  }

  private end(study: SweepStudy, change: Partial<SweepState>): void {
    this.running = null;
    this.store.set(change);
    this.show(study);
  }

  /** A new object each time, so that whoever draws it knows. */
  private show(study: SweepStudy): void {
    this.store.set({ studies: { ...this.store.getState().studies, [study.plan.parameter]: { ...study } } });
  }

  private progressFrom(study: SweepStudy, startedMs: number): (done: number, of: number) => void {
    let shownMs = -Infinity;
    let quarter = 0;
    return (done, of) => {
      const now = this.nowMs();
      const reached = Math.floor((4 * done) / of);
      const isQuarter = reached > quarter && reached < 4;
      if (now - shownMs < showEveryMs && !isQuarter) return;
      shownMs = now;
      quarter = Math.max(quarter, reached);
      const { leftStep, said } = this.store.getState();
      const seconds = secondsLeft(done, of, now - startedMs);
      this.store.set({
        done,
        leftStep: seconds === null ? leftStep : remainingStep(seconds, leftStep),
        said: isQuarter ? translate({ id: 'lab.sweep.said.quarter', message: '{percent} % done.' }, { percent: 25 * reached }) : said,
      });
      this.show(study);
    };
  }
}
