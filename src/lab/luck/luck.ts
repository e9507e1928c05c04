// The study that a reader asks for: starts it, follows its progress, can drop it. The last one stays until another is done.

import { translate } from '@docusaurus/Translate';
import type { Arrangement } from '../session/state';
import { Store } from '../session/store';
import type { Values } from '../worker/messages';
import type { RunPool } from '../worker/pool';
import { remainingStep, secondsLeft } from './remaining';
import { jobsOf, type Study, studyOf } from './study';

export const fewestSeeds = 10;
export const mostSeeds = 1000;

export interface LuckState {
  phase: 'none' | 'running' | 'done' | 'cancelled' | 'failed';
  /** How many the next run takes. */
  seeds: number;
  /** The metric that is looked at; null: the first. */
  metric: string | null;
  /** Of the run that is under way or ended last. */
  done: number;
  of: number;
  /** In seconds, see `remainingStep`. */
  leftStep: number | null;
  study: Study | null;
  failure: string | null;
  /** For those who listen: start, every quarter, the end. */
  said: string;
}

/** Numbers that change more often than this cannot be read. */
const showEveryMs = 500;

export class Luck {
  readonly store = new Store<LuckState>({
    phase: 'none',
    seeds: 100,
    metric: null,
    done: 0,
    of: 0,
    leftStep: null,
    study: null,
    failure: null,
    said: '',
  });
  private stop: (() => void) | null = null;

  constructor(
    private readonly id: string,
    private readonly nowMs: () => number,
  ) {}

  setSeeds(seeds: number): void {
    this.store.set({ seeds: Math.min(mostSeeds, Math.max(fewestSeeds, Math.round(seeds))) });
  }

  /** `sentence` says what came out, for the end of the announcement. */
  start(pool: Pick<RunPool, 'carryOut'>, sides: Pick<Arrangement, 'a' | 'b'>, sentence: (study: Study) => string): void {
    const { seeds } = this.store.getState();
    const jobs = jobsOf(this.id, sides, seeds);
    const found = new Array<Values>(jobs.length);
    const startedMs = this.nowMs();
    const said = translate({ id: 'lab.luck.said.start', message: 'Started: {runs} runs.' }, { runs: jobs.length });
    this.store.set({ phase: 'running', done: 0, of: jobs.length, leftStep: null, failure: null, said });
    const progress = this.progressFrom(startedMs);
    this.stop = pool.carryOut(jobs, {
      onMetrics: (index, metrics) => {
        found[index] = metrics;
      },
      onProgress: progress,
      onDone: () => {
        const study = studyOf(sides, seeds, found, this.nowMs() - startedMs);
        const end = translate(
          { id: 'lab.luck.said.end', message: 'Done: {runs} runs. {sentence}' },
          { runs: jobs.length, sentence: sentence(study) },
        );
        this.stop = null;
        this.store.set({ phase: 'done', done: jobs.length, study, said: end });
      },
      onFailure: (failure) => {
        this.stop = null;
        this.store.set({
          phase: 'failed',
          failure,
          said: translate({ id: 'lab.luck.said.failed', message: 'The runs failed. {failure}' }, { failure }),
        });
      },
    });
  }

  cancel(): void {
    if (!this.stop) return;
    this.stop();
    this.stop = null;
    this.store.set({ phase: 'cancelled', said: translate({ id: 'lab.luck.said.cancelled', message: 'Cancelled.' }) });
  }

  private progressFrom(startedMs: number): (done: number, of: number) => void {
    let shownMs = -Infinity;
    let quarter = 0;
    return (done, of) => {
      const now = this.nowMs();
      const reached = Math.floor((4 * done) / of);
      const isQuarter = reached > quarter && reached < 4;
      if (now - shownMs < showEveryMs && !isQuarter) return;
      shownMs = now;
      const { leftStep, said } = this.store.getState();
      const seconds = secondsLeft(done, of, now - startedMs);
      this.store.set({
        done,
        leftStep: seconds === null ? leftStep : remainingStep(seconds, leftStep),
        said: isQuarter ? translate({ id: 'lab.luck.said.quarter', message: '{percent}\u202f% done.' }, { percent: 25 * reached }) : said,
      });
      quarter = reached;
    };
  }
}
