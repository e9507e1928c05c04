import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TryLink } from '../../../src/experiments/definition/twin';
import { type FrameApi, registerFrame } from '../../../src/lab/page/frames';
import { forgetWishes, showInExperiment } from '../../../src/lab/tags/guidance';
import { signOn } from '../../../src/lab/tags/onPage';

const link = (experiment: string, speed: number): TryLink => ({
  experiment,
  setup: { values: { speed }, seed: 1, interventions: [] },
  sets: [],
  fragment: `x=1;id=${experiment}`,
});

class Still {
  querySelector = (): null => null;
  scrollIntoView(): void {}
}

/** A page with the tag of an experiment; gives how to leave it. */
function openPage(id: string): () => void {
  const signOff = signOn(id, { element: new Still() as unknown as HTMLElement, wake: () => {} });
  return () => {
    signOff();
    forgetWishes(id);
  };
}

/** Its frame comes alive. */
function frameLives(id: string): { speeds: unknown[]; signOff: () => void } {
  const speeds: unknown[] = [];
  const session = { definition: { id }, store: { getState: () => ({ message: null }) } };
  const api = { session, apply: ({ values }: { values: { speed: number } }) => void speeds.push(values.speed) };
  return { speeds, signOff: registerFrame(id, api as unknown as FrameApi) };
}

beforeEach(() => {
  vi.stubGlobal('document', { querySelectorAll: () => [] });
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('sets a frame that comes alive later', () => {
  const leave = openPage('one');
  expect(showInExperiment(link('one', 2), 'says')).toBe(true);
  const frame = frameLives('one');
  expect(frame.speeds).toEqual([2]);
  frame.signOff();
  leave();
});

it('does not touch the next page when its own was left before the frame lived', () => {
  const leave = openPage('one');
  showInExperiment(link('one', 2), 'says');
  leave();
  const leaveNext = openPage('one');
  const frame = frameLives('one');
  expect(frame.speeds).toEqual([]);
  showInExperiment(link('one', 3), 'says');
  expect(frame.speeds).toEqual([3]);
  frame.signOff();
  leaveNext();
});

it('does what was asked last when two wishes wait for one frame, and leaves those for other experiments alone', () => {
  const leaves = [openPage('one'), openPage('two')];
  showInExperiment(link('one', 2), 'says');
  showInExperiment(link('two', 5), 'says');
  showInExperiment(link('one', 3), 'says');
  leaves[0]();
  const [one, two] = [frameLives('one'), frameLives('two')];
  expect(one.speeds).toEqual([]);
  expect(two.speeds).toEqual([5]);
  one.signOff();
  two.signOff();
  leaves[1]();
  const leave = openPage('one');
  showInExperiment(link('one', 4), 'says');
  showInExperiment(link('one', 6), 'says');
  const again = frameLives('one');
  expect(again.speeds).toEqual([6]);
  again.signOff();
  leave();
});

it('does nothing on a page without the experiment', () => {
  expect(showInExperiment(link('absent', 1), 'says')).toBe(false);
});
