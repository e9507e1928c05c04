import { afterEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/lab/session/session';
import type { RawArrangement } from '../../src/lab/session/state';
import { HeldFrames, HeldRuns, tiny } from './tiny';

function open(initial: RawArrangement = {}) {
  const runs = new HeldRuns();
  const frames = new HeldFrames();
  let nowMs = 0;
  const session = new Session({ definition: tiny, initial, runs, frames, nowMs: () => nowMs });
  const later = (ms: number): void => {
    nowMs += ms;
  };
  session.start();
  return { session, runs, frames, later, state: session.store.getState };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a session', () => {
  it('begins paused, with the cursor inside the run, and shows the first result', () => {
    const { session, runs, state } = open();
    expect(state().status).toBe('starting');
    runs.finish();
    expect(state().status).toBe('idle');
    expect(state().resultA?.metrics.opened.value).toBeGreaterThan(0);
    expect(session.playback.cursorMs()).toBe(3500);
    expect(session.playback.isPlaying()).toBe(false);
  });

  it('keeps the old result on screen until the new one has come', () => {
    const { session, runs, state } = open();
    runs.finish();
    const first = state().resultA;
    session.setValue('rate', 8);
    expect(state().status).toBe('running');
    expect(state().resultA).toBe(first);
    runs.finish();
    expect(state().resultA?.values.rate).toBe(8);
    expect(state().inputAtMs).toBe(0);
  });

  it('shows a result on the way, and is idle only with the newest', () => {
    const { session, runs, state } = open();
    runs.finish();
    session.setValue('rate', 8);
    session.setValue('rate', 9);
    runs.finish(1);
    expect(state().resultA?.values.rate).toBe(8);
    expect(state().status).toBe('running');
    runs.finish(2);
    expect(state().resultA?.values.rate).toBe(9);
    expect(state().status).toBe('idle');
  });

  it('brings values into range and says so', () => {
    const { session, state } = open();
    session.setValue('rate', 999);
    expect(state().a.values.rate).toBe(20);
    expect(state().notices[0].text).toContain('Rate');
    session.dismissNotices();
    expect(state().notices).toEqual([]);
  });

  it('lets a list follow its length', () => {
    const { session, state } = open();
    session.setValue('servers', 4);
    expect(state().a.values.speeds).toEqual([1, 1, 1, 1]);
  });

  it('undoes and redoes; a dragged slider is one step', () => {
    const { session, later, state } = open();
    session.setValue('rate', 5);
    later(100);
    session.setValue('rate', 6);
    later(100);
    session.setValue('rate', 7);
    later(5000);
    session.setSeed(9);
    session.undo();
    expect(state().seed).toBe(1);
    expect(state().a.values.rate).toBe(7);
    session.undo();
    expect(state().a.values.rate).toBe(4);
    expect(state().canUndo).toBe(false);
    session.redo();
    session.redo();
    expect(state()).toMatchObject({ seed: 9, canRedo: false });
    expect(state().a.values.rate).toBe(7);
  });

  it('adds an intervention at the cursor and leaves the past as it was', () => {
    const { session, runs, state } = open();
    runs.finish();
    const before = state().resultA;
    session.playback.seek(4000);
    session.intervene({ verb: 'crash', targets: ['server'] });
    expect(state().a.interventions).toEqual([{ verb: 'crash', targets: ['server'], atMs: 4000 }]);
    runs.finish();
    const after = state().resultA;
    const past = (result: typeof before): number[] => [...(result?.trace?.timesMs ?? [])].filter((time) => time < 4000);
    expect(past(after)).toEqual(past(before));
    expect(after?.traceHash).not.toBe(before?.traceHash);
    expect(after?.marks[0]).toMatchObject({ kind: 'crash', atMs: 4000 });
    session.editIntervention(0, { atMs: 6000 });
    expect(state().a.interventions[0].atMs).toBe(6000);
    session.removeIntervention(0);
    expect(state().a.interventions).toEqual([]);
  });

  it('sets times to a thousandth of a ms, so that links stay short', () => {
    const { session, runs, state } = open();
    runs.finish();
    session.playback.seek(4000 + 1 / 3);
    session.intervene({ verb: 'crash', targets: ['server'], untilMs: 5000 + 2 / 3 });
    expect(state().a.interventions[0]).toMatchObject({ atMs: 4000.333, untilMs: 5000.667 });
    session.editIntervention(0, { atMs: 100 / 3 });
    expect(state().a.interventions[0].atMs).toBe(33.333);
    runs.finish();
    session.fork({ verb: 'crash', targets: ['server'] });
    expect(state().fromMs).toBe(4000.333);
    expect(state().b?.interventions[1].atMs).toBe(4000.333);
    session.actFrom(2000 / 3);
    expect(state().fromMs).toBe(666.667);
  });

  it('compares: side B starts as A and meets the same requests; only what changed is run', () => {
    const { session, runs, state } = open();
    runs.finish();
    session.compare(true);
    expect(state().edited).toBe('b');
    runs.finish();
    expect(state().resultB?.traceHash).toBe(state().resultA?.traceHash);
    session.setValue('rate', 10);
    expect(runs.jobs.at(-1)?.requests.map(({ setup }) => setup.values.rate)).toEqual([10]);
    runs.finish();
    expect(state().a.values.rate).toBe(4);
    expect(state().resultB?.values.rate).toBe(10);
    session.setSeed(5);
    expect(runs.jobs.at(-1)?.requests.map(({ setup }) => setup.seed)).toEqual([5, 5]);
    session.compare(false);
    expect(state()).toMatchObject({ b: null, resultB: null, edited: 'a' });
  });

  it('takes a state from outside over its first setup, and resets to it', () => {
    const { session, state } = open({ values: { order: 'last', rate: 6 }, seed: 3 });
    session.setValue('servers', 3);
    session.apply({ values: { rate: 9 }, cursorMs: 5000 }, { message: 'Look at the line.' });
    expect(state().a.values).toMatchObject({ order: 'last', rate: 9, servers: 2 });
    expect(state()).toMatchObject({ seed: 3, message: 'Look at the line.' });
    expect(session.playback.cursorMs()).toBe(5000);
    session.reset();
    expect(state().a.values.rate).toBe(6);
    expect(state().message).toBe(null);
  });

  it('turns a failed run into a message and can go on', () => {
    const { session, runs, state } = open();
    runs.jobs[0].onFailure('The books do not balance.');
    expect(state()).toMatchObject({ status: 'failed', failure: 'The books do not balance.' });
    session.setValue('rate', 5);
    runs.finish();
    expect(state()).toMatchObject({ status: 'idle', failure: null });
  });

  it('applies a scenario and forgets its name at the next change', () => {
    const { session, state } = open();
    session.applyScenario('Busy');
    expect(state()).toMatchObject({ scenario: 'Busy' });
    expect(state().a.values.rate).toBe(12);
    session.setValue('rate', 13);
    expect(state().scenario).toBe(null);
  });

  it('keeps the cursor at the same share of a longer run', () => {
    const { session, runs } = open();
    runs.finish();
    session.playback.seek(5000);
    session.setValue('seconds', 100);
    runs.finish();
    expect(session.playback.cursorMs()).toBe(50_000);
  });

  it('rehearses once, when the reader’s hand first rests', () => {
    vi.useFakeTimers();
    const { session, runs } = open();
    runs.finish();
    vi.advanceTimersByTime(100);
    session.setValue('rate', 8);
    vi.advanceTimersByTime(1000);
    expect(runs.rehearsed, 'before the newest run is there').toBe(0);
    runs.finish();
    vi.advanceTimersByTime(1000);
    expect(runs.rehearsed).toBe(1);
    session.setValue('rate', 9);
    runs.finish();
    vi.advanceTimersByTime(1000);
    expect(runs.rehearsed).toBe(1);
  });

  it('closes what it opened', () => {
    const { session, runs, frames } = open();
    runs.finish();
    session.playback.play();
    expect(frames.waiting).toBe(1);
    session.close();
    expect(frames.waiting).toBe(0);
    expect(runs.closed).toBe(true);
  });
});
