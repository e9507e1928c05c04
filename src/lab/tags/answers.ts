// What the reader answered, kept in the browser and nowhere else. Where storage is forbidden, it lasts as long as the page.

import { useSyncExternalStore } from 'react';

export type Given = { type: 'number'; value: number } | { type: 'choice'; choice: string } | { type: 'goal' };

const prefix = 'by-the-slice:answer:';
const known = new Map<string, Given | null>();
const listeners = new Set<() => void>();

/** The answer stored under `key`; null before the first one, and while the page is being built. */
export function useAnswer(key: string): Given | null {
  return useSyncExternalStore(
    subscribe,
    () => answerTo(key),
    () => null,
  );
}

export function giveAnswer(key: string, answer: Given | null): void {
  known.set(key, answer);
  try {
    if (answer) localStorage.setItem(prefix + key, JSON.stringify(answer));
    else localStorage.removeItem(prefix + key);
  } catch {
    // Forbidden or full: the answer is kept for this page only.
  }
  for (const listener of listeners) listener();
}

function answerTo(key: string): Given | null {
  let answer = known.get(key);
  if (answer === undefined) {
    answer = read(key);
    known.set(key, answer);
  }
  return answer;
}

function read(key: string): Given | null {
  try {
    return asAnswer(JSON.parse(localStorage.getItem(prefix + key) ?? 'null'));
  } catch {
    return null;
  }
}

/** Storage may hold anything: an older version's, or somebody's own. */
function asAnswer(raw: unknown): Given | null {
  if (raw === null || typeof raw !== 'object' || !('type' in raw)) return null;
  if (raw.type === 'number' && 'value' in raw && typeof raw.value === 'number' && Number.isFinite(raw.value))
    return { type: 'number', value: raw.value };
  if (raw.type === 'choice' && 'choice' in raw && typeof raw.choice === 'string') return { type: 'choice', choice: raw.choice };
  return raw.type === 'goal' ? { type: 'goal' } : null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
