// What the reader looks at through the four lenses of a run (picture, metrics, log, traces): the panel that is open, the request
// that is followed, the stretch of time and the part that log and traces keep to. Any place in the frame can set it.

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SideName } from '../session/state';
import { Store } from '../session/store';
import type { PanelName } from './Panels';

export interface TimeRange {
  fromMs: number;
  /** Equal to `fromMs`: that instant. */
  toMs: number;
}

interface LensState {
  panel: PanelName;
  /** Of log and traces, and of the request. Means A while nothing is compared. */
  side: SideName;
  /** Number of the request that is followed. */
  request: number | null;
  range: TimeRange | null;
  /** Name of a part: `servers/3`. */
  part: string | null;
  /** The panel that opens takes the focus, for those who came by keyboard. Cleared when it has. */
  takesFocus: boolean;
}

/** What is given is set. A time or a part takes the place of both that were there. */
interface LensWish {
  panel?: PanelName;
  side?: SideName;
  /** null: none any more. */
  request?: number | null;
  fromMs?: number;
  /** Default: the instant `fromMs`. */
  toMs?: number;
  part?: string;
  takesFocus?: boolean;
}

export class Lens {
  readonly store: Store<LensState>;

  constructor(panel: PanelName) {
    this.store = new Store<LensState>({ panel, side: 'a', request: null, range: null, part: null, takesFocus: false });
  }

  readonly open = ({ panel, side, request, fromMs, toMs, part, takesFocus = false }: LensWish): void => {
    const now = this.store.getState();
    const narrows = fromMs !== undefined || part !== undefined;
    this.store.set({
      panel: panel ?? now.panel,
      side: side ?? now.side,
      request: request === undefined ? now.request : request,
      range: narrows ? rangeOf(fromMs, toMs) : now.range,
      part: narrows ? (part ?? null) : now.part,
      takesFocus,
    });
  };
}

function rangeOf(fromMs: number | undefined, toMs: number | undefined): TimeRange | null {
  return fromMs === undefined ? null : { fromMs, toMs: Math.max(fromMs, toMs ?? fromMs) };
}

/** A stretch around an instant, wide enough to hold what led to it: a twenty-fifth of the run. */
export function around(atMs: number, horizonMs: number): { fromMs: number; toMs: number } {
  const halfMs = horizonMs / 50;
  return { fromMs: Math.max(0, atMs - halfMs), toMs: Math.min(horizonMs, atMs + halfMs) };
}

const LensContext = createContext<Lens | null>(null);
export const LensProvider = LensContext.Provider;

/** The lens of the frame around this component. */
export function useLens(): Lens {
  const lens = useContext(LensContext);
  if (!lens) throw new Error('This part stands outside of a frame.');
  return lens;
}

/** `select` must give the same value for the same state: a field. */
export function useLensState<T>(select: (state: LensState) => T): T {
  const { store } = useLens();
  const read = (): T => select(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}
