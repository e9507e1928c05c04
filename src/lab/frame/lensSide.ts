// The side that log and traces tell of: B only while there is one.

import type { SideName } from '../session/state';
import { useSessionState } from '../session/useSession';
import { useLensState } from './lens';

export function useLensSide(): SideName {
  const wanted = useLensState((state) => state.side);
  const hasB = useSessionState((state) => state.resultB !== null);
  return hasB ? wanted : 'a';
}
