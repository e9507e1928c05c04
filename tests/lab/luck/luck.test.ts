import { describe, expect, it } from 'vitest';
import { Luck } from '../../../src/lab/luck/luck';
import { remainingStep, remainingWords, secondsLeft } from '../../../src/lab/luck/remaining';
import { jobsOf, keyOf, studyOf } from '../../../src/lab/luck/study';
import type { PoolHandlers, PoolJob } from '../../../src/lab/worker/pool';

const side = (rate: number) => ({ values: { rate }, interventions: [] });

/** A pool whose answers come when the test says so. */
class HeldPool {
  jobs: readonly PoolJob[] = [];
  handlers: PoolHandlers | null = null;
  cancelled = 0;
  nowMs = 0;

  carryOut(jobs: readonly PoolJob[], handlers: PoolHandlers): () => void {
    this.jobs = jobs;
    this.handlers = handlers;
    return () => {
      this.cancelled++;
    };
  }
  /** Answers jobs `from` to `to` - 1, each `ms` after the one before. */
  answer(from: number, to: number, ms = 0): void {
    for (let index = from; index < to; index++) {
      this.nowMs += ms;
      this.handlers?.onMetrics(index, { wait: Number(this.jobs[index].setup.values.rate) * 100 + this.jobs[index].setup.seed });
      this.handlers?.onProgress(index + 1, this.jobs.length);
    }
  }
}

function held() {
  const pool = new HeldPool();
  const luck = new Luck('tiny', () => pool.nowMs);
  return { pool, luck, state: () => luck.store.getState() };
}

describe('a study', () => {
  it('runs both sides under the seeds from 1 on, and gives each run its place', () => {
    const { pool, luck, state } = held();
    luck.setSeeds(10);
    luck.start(pool, { a: side(1), b: side(2) }, () => 'B is lower.');
    expect(pool.jobs.map(({ setup }) => setup.seed)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10]);
    pool.answer(0, 20, 10);
    pool.handlers?.onDone();
    expect(state()).toMatchObject({ phase: 'done', done: 20 });
    expect(state().study).toMatchObject({ seeds: 10, tookMs: 200 });
    expect(state().study?.a[6]).toEqual({ wait: 107 });
    expect(state().study?.b?.[6]).toEqual({ wait: 207 });
  });

  it('has no side B where there is none', () => {
    expect(jobsOf('tiny', { a: side(1), b: null }, 3).length).toBe(3);
    expect(studyOf({ a: side(1), b: null }, 1, [{ wait: 1 }], 5).b).toBeNull();
  });

  it('knows its setup again, whatever the seed on screen', () => {
    const setups = { a: side(1), b: side(2), seed: 4 };
    expect(keyOf(setups)).toBe(keyOf({ a: side(1), b: side(2), seed: 9 } as never));
    expect(keyOf(setups)).not.toBe(keyOf({ a: side(1), b: null }));
    expect(keyOf(setups)).not.toBe(keyOf({ a: side(1), b: side(3) }));
    const crash = { atMs: 1, verb: 'crash', targets: ['server'] };
    expect(keyOf(setups)).not.toBe(keyOf({ a: { values: { rate: 1 }, interventions: [crash] }, b: side(2) }));
  });

  it('announces the start, every quarter and the end with its sentence', () => {
    const { pool, luck } = held();
    const said: string[] = [];
    luck.store.subscribe(() => {
      const { said: now } = luck.store.getState();
      if (said[said.length - 1] !== now) said.push(now);
    });
    luck.setSeeds(40);
    said.length = 0;
    luck.start(pool, { a: side(1), b: null }, ({ seeds }) => `${seeds} looked at.`);
    pool.answer(0, 40, 1);
    pool.handlers?.onDone();
    expect(said).toEqual(['Started: 40 runs.', '25\u202f% done.', '50\u202f% done.', '75\u202f% done.', 'Done: 40 runs. 40 looked at.']);
  });

  it('shows progress twice a second at the most, between the quarters', () => {
    const { pool, luck } = held();
    let changes = 0;
    luck.setSeeds(1000);
    luck.start(pool, { a: side(1), b: null }, () => '');
    luck.store.subscribe(() => changes++);
    pool.answer(0, 1000, 2);
    expect(changes).toBeGreaterThan(3);
    expect(changes).toBeLessThanOrEqual(4 + 3);
  });

  it('keeps the last study when the next is cancelled or fails', () => {
    const { pool, luck, state } = held();
    luck.setSeeds(10);
    luck.start(pool, { a: side(1), b: null }, () => '');
    pool.answer(0, 10);
    pool.handlers?.onDone();
    const first = state().study;
    luck.start(pool, { a: side(2), b: null }, () => '');
    luck.cancel();
    expect(pool.cancelled).toBe(1);
    expect(state()).toMatchObject({ phase: 'cancelled', study: first });
    luck.cancel();
    expect(pool.cancelled).toBe(1);
    luck.start(pool, { a: side(2), b: null }, () => '');
    pool.handlers?.onFailure('It broke.');
    expect(state()).toMatchObject({ phase: 'failed', failure: 'It broke.', study: first });
    expect(state().said).toContain('It broke.');
  });

  it('takes from 10 to 1,000 seeds', () => {
    const { luck, state } = held();
    const taken = [3, 10.4, 5000].map((seeds) => {
      luck.setSeeds(seeds);
      return state().seeds;
    });
    expect(taken).toEqual([10, 10, 1000]);
  });
});

describe('the time that is left', () => {
  it('is not told before there is anything to tell from', () => {
    expect(secondsLeft(0, 100, 5000)).toBeNull();
    expect(secondsLeft(1, 100, 200)).toBeNull();
    expect(secondsLeft(25, 100, 10_000)).toBe(30);
    expect(remainingWords(null)).toBe('');
  });

  it('goes down in coarse steps and does not waver', () => {
    const seconds = [100, 95, 118, 125, 85, 92, 61, 58, 44, 31, 12, 4];
    let step: number | null = null;
    const shown = seconds.map((left) => {
      step = remainingStep(left, step);
      return step;
    });
    expect(shown).toEqual([120, 120, 120, 120, 90, 90, 90, 60, 45, 45, 15, 5]);
  });

  it('goes up when it was far too short', () => {
    expect(remainingStep(100, 60)).toBe(120);
    expect(remainingStep(1e9, 60)).toBe(3600);
  });

  it.each([
    [5, 'a few seconds left'],
    [30, 'about 30 seconds left'],
    [60, 'about a minute left'],
    [90, 'about a minute and a half left'],
    [300, 'about 5 minutes left'],
    [3600, 'an hour or more left'],
  ])('in words: %d seconds', (step, words) => {
    expect(remainingWords(step)).toBe(words);
  });
});
