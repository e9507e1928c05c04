// What a reader can set about keys and spoken messages. Kept for the next visit.

import { useSyncExternalStore } from 'react';
import { type Stored, stored } from './stored';

export const verbosities = ['everything', 'important', 'off'] as const;
export type Verbosity = (typeof verbosities)[number];

interface KeySettings {
  /** Single characters are shortcuts. */
  characters: boolean;
  /** How much is told while a run plays. */
  verbosity: Verbosity;
}

export function readKeySettings(found: unknown): KeySettings {
  const given = (found !== null && typeof found === 'object' ? found : {}) as Record<string, unknown>;
  return {
    characters: given.characters !== false,
    verbosity: verbosities.find((verbosity) => verbosity === given.verbosity) ?? 'everything',
  };
}

export const keySettings = stored('by-the-slice:keys', readKeySettings, () => window.localStorage);

/** In a part of the live frame, which no server draws. */
export function useStored<T>({ subscribe, get }: Stored<T>): T {
  return useSyncExternalStore(subscribe, get, get);
}
