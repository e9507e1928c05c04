import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/experiments/definition/settings';
import type { SweepPoint } from '../../../src/experiments/definition/sweep';
import { Session } from '../../../src/lab/session/session';
import { curveOf } from '../../../src/lab/sweep/curve';
import { openRun } from '../../../src/lab/sweep/openRun';
import { isOlder, isOtherPlan, msPerWork, placesOf, planOf, workOfPlan } from '../../../src/lab/sweep/plan';
import { Sweep } from '../../../src/lab/sweep/sweep';
import type { PoolHandlers, PoolJob } from '../../../src/lab/worker/pool';
import { HeldFrames, HeldRuns, tiny } from '../tiny';

const setup = (values: Record<string, unknown> = {}) => {
  const { values: settled, interventions } = settle(tiny, { values });
  return { values: settled, interventions };
};
const range = { from: 2, to: 10, points: 5 };
const alone = planOf(tiny, { a: setup(), b: null }, 'rate', range, 3);
const pair = planOf(tiny, { a: setup(), b: setup({ servers: 1 }) }, 'rate', range, 3);

/** A pool whose answers come when the test says so: `opened` is 100 for each unit of the rate, and the seed. */
class HeldPool {
  jobs: readonly PoolJob[] = [];
  handlers: PoolHandlers | null = null;
  cancelled = 0;
  nowMs = 0;
  done = 0;

  carryOut(jobs: readonly PoolJob[], handlers: PoolHandlers): () => void {
    this.jobs = jobs;
    this.handlers = handlers;
    this.done = 0;
    return () => {
      this.cancelled++;
    };
  }
  answer(indexes: number[], ms = 200): void {
    for (const index of indexes) {
      this.nowMs += ms;
      const { values, seed } = this.jobs[index].setup;
      this.handlers?.onMetrics(index, { opened: 100 * Number(values.rate) + seed });
      this.handlers?.onProgress(++this.done, this.jobs.length);
    }
  }
  answerAll(): void {
    this.answer(this.jobs.map((_, index) => index).reverse());
    this.handlers?.onDone();
  }
}

function held() {
  const pool = new HeldPool();
  const sweep = new Sweep(tiny, () => pool.nowMs);
  return { pool, sweep, state: () => sweep.store.getState() };
}

describe('the plan of a sweep', () => {
  it('has the jobs of the ends and of the middle first, all seeds of a point together, both sides', () => {
    const rates = placesOf(alone).map(({ point }) => alone.points[point].a.value);
    expect(rates.slice(0, 9)).toEqual([2, 2, 2, 10, 10, 10, 6, 6, 6]);
    expect(placesOf(pair).length).toBe(2 * placesOf(alone).length);
    expect(
      placesOf(pair)
        .slice(0, 4)
        .map(({ side, run }) => side + run),
    ).toEqual(['a0', 'a1', 'a2', 'b0']);
  });

  it('has no job where a value is not possible', () => {
    const two = { ...alone, points: alone.points.map(({ a }, index) => ({ a: { ...a, isPossible: index < 2 }, b: null })) };
    expect(placesOf(two).length).toBe(6);
  });

  it('is another one with other values or seeds, not with another setup', () => {
    expect(isOtherPlan(alone, pair)).toBe(false);
    expect(isOtherPlan(planOf(tiny, alone.base, 'rate', { ...range, to: 12 }, 3), alone)).toBe(true);
    expect(isOtherPlan(planOf(tiny, alone.base, 'rate', range, 5), alone)).toBe(true);
  });

  it('takes as long as its work: twice the seeds, twice the time; more events, more time', () => {
    const events = { ...tiny, expectedEvents: (values: { rate: number }) => 1000 * values.rate };
    const plan = planOf(events, alone.base, 'rate', range, 3);
    expect(workOfPlan(events, plan)).toBe(3 * 1000 * (2 + 4 + 6 + 8 + 10));
    expect(workOfPlan(events, { ...plan, seeds: 6 })).toBe(2 * workOfPlan(events, plan));
    // 4000 events in 8 ms, over 2 workers.
    expect(msPerWork(events, setup(), 8, 2)).toBeCloseTo(0.001, 9);
    // A first run that had to load its code does not count whole.
    expect(msPerWork(events, setup(), 4000, 1)).toBe(0.005);
    expect(msPerWork(tiny, setup(), 40, 4)).toBe(10);
  });
});

describe('whether the curve is of an older setup', () => {
  it('does not depend on the swept value, though it drags others with it', () => {
    const base = { a: setup({ servers: 2, speeds: [1, 0.5] }), b: null };
    const plan = planOf(tiny, base, 'servers', { from: 1, to: 4, points: 4 }, 3);
    expect(isOlder(tiny, plan, base)).toBe(false);
    for (const { a } of plan.points) expect(isOlder(tiny, plan, { a, b: null })).toBe(false);
    expect(isOlder(tiny, plan, { a: setup({ servers: 2, speeds: [1, 1] }), b: null })).toBe(true);
  });

  it('sees another value, an intervention, and a side B that the curve does not have', () => {
    expect(isOlder(tiny, alone, { a: setup({ rate: 9 }), b: null })).toBe(false);
    expect(isOlder(tiny, alone, { a: setup({ servers: 3 }), b: null })).toBe(true);
    const crash = { atMs: 1000, verb: 'crash', targets: ['server'] };
    expect(isOlder(tiny, alone, { a: { ...setup(), interventions: [crash] }, b: null })).toBe(true);
    expect(isOlder(tiny, alone, { a: setup(), b: setup() })).toBe(true);
    expect(isOlder(tiny, pair, { a: setup(), b: null })).toBe(false);
    expect(isOlder(tiny, pair, { a: setup(), b: setup({ servers: 3 }) })).toBe(true);
  });
});

describe('a sweep under way', () => {
  it('puts every result in its place, in whichever order they come', () => {
    const { pool, sweep, state } = held();
    sweep.start(pool, pair, () => '');
    pool.answerAll();
    const curve = curveOf(tiny, state().studies.rate, 'opened');
    expect(curve.map(({ a }) => a.estimate?.mean)).toEqual([202, 402, 602, 802, 1002]);
    expect(curve.map(({ b }) => b?.estimate?.runs)).toEqual([3, 3, 3, 3, 3]);
    expect(state()).toMatchObject({ phase: 'done', done: 30, of: 30 });
    expect(pool.jobs.every(({ id, setup: { seed } }) => id === 'tiny' && seed >= 1 && seed <= 3)).toBe(true);
  });

  it('shows what has come while the rest is under way, and counts only that', () => {
    const { pool, sweep, state } = held();
    sweep.start(pool, alone, () => '');
    pool.answer([0, 2, 3]);
    const curve = curveOf(tiny, state().studies.rate, 'opened');
    expect(curve.map(({ a }) => a.came)).toEqual([2, 0, 0, 0, 1]);
    expect(curve[0].a.estimate).toMatchObject({ mean: 202, runs: 2, of: 2 });
  });

  it('keeps what has come when it is cancelled or fails', () => {
    const { pool, sweep, state } = held();
    sweep.start(pool, alone, () => '');
    pool.answer([0, 1, 2], 1);
    sweep.cancel();
    expect(pool.cancelled).toBe(1);
    expect(state().phase).toBe('cancelled');
    expect(curveOf(tiny, state().studies.rate, 'opened')[0].a.estimate?.runs).toBe(3);
    sweep.cancel();
    expect(pool.cancelled).toBe(1);
    sweep.start(pool, alone, () => '');
    pool.answer([0]);
    pool.handlers?.onFailure('It broke.');
    expect(state()).toMatchObject({ phase: 'failed', failure: 'It broke.' });
    expect(curveOf(tiny, state().studies.rate, 'opened')[0].a.came).toBe(1);
  });

  it('keeps the curves of other parameters', () => {
    const { pool, sweep, state } = held();
    sweep.start(pool, alone, () => '');
    pool.answerAll();
    sweep.start(pool, planOf(tiny, alone.base, 'servers', { from: 1, to: 4, points: 4 }, 2), () => '');
    expect(Object.keys(state().studies)).toEqual(['rate', 'servers']);
    expect(state().studies.rate.plan).toBe(alone);
  });

  it('learns from a long one how long the next takes, and nothing from a short one', () => {
    const { pool, sweep } = held();
    sweep.start(pool, alone, () => '');
    pool.answerAll();
    expect((sweep.msPerWork ?? 0) * workOfPlan(tiny, alone)).toBeCloseTo(3000, 6);
    const learnt = sweep.msPerWork;
    sweep.start(pool, planOf(tiny, alone.base, 'rate', { from: 1, to: 2, points: 2 }, 1), () => '');
    pool.answerAll();
    expect(sweep.msPerWork).toBe(learnt);
  });

  it('announces the start, every quarter and the end with its sentence', () => {
    const { pool, sweep, state } = held();
    const said: string[] = [];
    sweep.store.subscribe(() => {
      const { said: now } = state();
      if (now !== '' && said[said.length - 1] !== now) said.push(now);
    });
    sweep.start(pool, alone, ({ plan }) => `Looked at ${plan.parameter}.`);
    pool.answerAll();
    expect(said).toEqual(['Started: 15 runs.', '25 % done.', '50 % done.', '75 % done.', 'Done: 15 runs. Looked at rate.']);
  });

  it('is drawn again a few times a second, however fast the results come', () => {
    const { pool, sweep } = held();
    sweep.start(pool, planOf(tiny, alone.base, 'rate', { from: 1, to: 20, points: 33 }, 20), () => '');
    let changes = 0;
    sweep.store.subscribe(() => changes++);
    pool.answer(
      pool.jobs.map((_, index) => index),
      1,
    );
    expect(changes).toBeLessThan(25);
  });
});

describe('a point that is opened', () => {
  const opened = () => {
    const runs = new HeldRuns();
    const session = new Session({ definition: tiny, initial: { seed: 7 }, runs, frames: new HeldFrames(), nowMs: () => 0 });
    session.start();
    runs.finish();
    session.compare(true);
    runs.finish();
    session.setValue('servers', 1);
    runs.finish();
    return { session, state: session.store.getState };
  };

  it('is shown on the side it belongs to; the other side, the seed and the curve stay', () => {
    const { session, state } = opened();
    const plan = planOf(tiny, state(), 'rate', range, 3);
    openRun(session, 'b', plan.points[4].b as SweepPoint);
    expect([state().a.values.rate, state().b?.values.rate, state().b?.values.servers, state().edited, state().seed]).toEqual([
      4,
      10,
      1,
      'b',
      7,
    ]);
    openRun(session, 'a', plan.points[0].a);
    expect([state().a.values.rate, state().a.values.servers, state().b?.values.rate, state().edited]).toEqual([2, 2, 10, 'a']);
    expect(isOlder(tiny, plan, state())).toBe(false);
  });

  it('is taken back by undo', () => {
    const { session, state } = opened();
    const before = state().b?.values;
    openRun(session, 'b', planOf(tiny, state(), 'rate', range, 3).points[4].b as SweepPoint);
    session.undo();
    expect(state().b?.values).toEqual(before);
  });
});
