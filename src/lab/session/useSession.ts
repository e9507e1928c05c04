// Sessions in React: a component says what it needs and is drawn again only when that changes.

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Session } from './session';
import type { SessionState } from './state';

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** The session of the frame around this component. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This part stands outside of a frame.');
  return session;
}

/** `select` must give the same value for the same state: a field, or a number or text made from fields. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  const { store } = useSession();
  const read = (): T => select(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** As above, of the cursor: asked at most ten times a second while playing, and at once when the reader moves it. */
export function usePlayback<T>(select: (playback: Session['playback']) => T): T {
  const { playback } = useSession();
  const read = (): T => select(playback);
  return useSyncExternalStore(playback.subscribeCalmly, read, read);
}
