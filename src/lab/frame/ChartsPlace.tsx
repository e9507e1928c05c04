// The charts of the run, as a chunk of their own.

import type { ReactNode } from 'react';
import { Charts } from '../charts/Charts';
import { useSession, useSessionState } from '../session/useSession';

export default function ChartsPlace(): ReactNode {
  const { definition, playback } = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  if (!resultA) return null;
  return <Charts definition={definition} a={resultA} b={resultB} clock={playback} onSeek={(ms) => playback.seek(ms)} />;
}
