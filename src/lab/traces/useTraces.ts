// The recorded requests of the side that is looked at, and how to write a time of its run.

import { useDeferredValue } from 'react';
import { useLensSide } from '../frame/lensSide';
import { clockText } from '../player/clockText';
import type { SideName } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';
import { type RequestTable, requestTable } from './requestTable';
import { traceSeed } from './traceSeed';

interface Traces {
  side: SideName;
  table: RequestTable | null;
  seed: number;
}

/** While a slider is dragged the frame comes first, and the list follows when there is time. */
export function useTraces(): Traces {
  const side = useLensSide();
  const result = useDeferredValue(useSessionState((state) => (side === 'b' ? state.resultB : state.resultA)));
  return { side, table: result?.trace ? requestTable(result.trace) : null, seed: traceSeed(result?.seed ?? 1, side) };
}

/** Of the other side, while there is one. */
export function useOtherTable(side: SideName): RequestTable | null {
  const result = useDeferredValue(
    useSessionState((state) => (state.resultB === null ? null : side === 'b' ? state.resultA : state.resultB)),
  );
  return result?.trace ? requestTable(result.trace) : null;
}

export function useClockText(): (ms: number) => string {
  const { definition, playback } = useSession();
  const unit = definition.clock?.unit ?? 's';
  return (ms) => clockText(ms, playback.horizonMs(), unit);
}
