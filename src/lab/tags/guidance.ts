// Never two guidance devices at once. What guides a reader is an open explanation (of a prediction, a question, a goal), the message
// in a frame about what was set up there, and the live progress of a goal. The rule:
// - of all explanations of a page one is open: they are <details> of one name, so the browser sees to it, even without scripts;
// - a message in a frame folds the explanation, and an explanation that opens takes the message away;
// - of several goals one shows its progress: the first, until the reader goes to the experiment for another.

import { useEffect, useSyncExternalStore } from 'react';
import type { TryLink } from '../../experiments/definition/twin';
import { type FrameApi, whenFrame } from '../page/frames';
import { goTo } from './onPage';

/** Name of every explanation's <details>. */
export const explanationName = 'guidance';

/** The frame that was last told to show a message. */
let told: FrameApi | null = null;

/** What waits for a frame that does not live yet, by experiment. The last wish counts. */
const waitingWishes = new Map<string, () => void>();

/** Sets the experiment of this page to a state, and says there what was set up. False when it is not on this page. */
export function showInExperiment(link: TryLink, message: string): boolean {
  // Before scrolling: what folds above the experiment would move it.
  foldExplanations();
  if (!goTo(link.experiment)) return false;
  const { sideB, ...setup } = link.setup;
  waitingWishes.get(link.experiment)?.();
  const forget = whenFrame(link.experiment, (frame) => {
    if (told !== frame) dismissMessage();
    frame.apply({ ...setup, sideB: sideB ?? null }, { message });
    told = frame;
  });
  waitingWishes.set(link.experiment, forget);
  return true;
}

/** The experiment leaves the page: what was wished of it here is not meant for the next page that shows it. */
export function forgetWishes(experiment: string): void {
  waitingWishes.get(experiment)?.();
  waitingWishes.delete(experiment);
  if (told?.session.definition.id === experiment) told = null;
}

/** An explanation has opened. */
export function dismissMessage(): void {
  if (told && told.session.store.getState().message !== null) told.session.dismissNotices();
  told = null;
}

function foldExplanations(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(`details[name="${explanationName}"][open]`)) details.open = false;
}

const goalsOnPage: string[] = [];
let chosenGoal: string | null = null;
const goalListeners = new Set<() => void>();

/** Whether this goal is the one that shows its progress. */
export function useFollowedGoal(key: string): boolean {
  useEffect(() => {
    goalsOnPage.push(key);
    tellGoals();
    return () => {
      goalsOnPage.splice(goalsOnPage.indexOf(key), 1);
      if (chosenGoal === key) chosenGoal = null;
      tellGoals();
    };
  }, [key]);
  return useSyncExternalStore(
    watchGoals,
    () => (chosenGoal ?? goalsOnPage[0]) === key,
    () => false,
  );
}

export function followGoal(key: string): void {
  chosenGoal = key;
  tellGoals();
}

function watchGoals(listener: () => void): () => void {
  goalListeners.add(listener);
  return () => goalListeners.delete(listener);
}

function tellGoals(): void {
  for (const listener of goalListeners) listener();
}
