// The record in React: one keeper for all pages. While a page is being built nobody has answered anything.

import { useSyncExternalStore } from 'react';
import type { Given } from './given';
import { Keeper, type RecordState } from './keeper';

export const keeper = new Keeper(
  () => window.localStorage,
  () => Date.now(),
);

const unanswered: RecordState = { entries: {}, keeps: true };
let watchers = 0;

/** Answers given in another tab arrive here too. */
function subscribe(listener: () => void): () => void {
  if (watchers++ === 0) window.addEventListener('storage', keeper.lookAgain);
  const stop = keeper.subscribe(listener);
  return () => {
    stop();
    if (--watchers === 0) window.removeEventListener('storage', keeper.lookAgain);
  };
}

export function useRecord(): RecordState {
  return useSyncExternalStore(subscribe, keeper.getState, () => unanswered);
}

/** The answer that stands under `key`; null before the first one, and while it is given again. */
export function useAnswer(key: string): Given | null {
  const read = (): Given | null => {
    const { entries } = keeper.getState();
    return Object.hasOwn(entries, key) ? entries[key].now : null;
  };
  return useSyncExternalStore(subscribe, read, () => null);
}

export function useKeeps(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => keeper.getState().keeps,
    () => true,
  );
}

export function giveAnswer(key: string, answer: Given | null): void {
  keeper.answer(key, answer);
}
