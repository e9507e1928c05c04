// The picture of side A, or of both sides one over the other on one clock; and the menu of the part that the reader picked.

import type { ReactNode } from 'react';
import { useSession, useSessionState } from '../session/useSession';
import bar from './bar.module.css';

export function StagePlace(): ReactNode {
  const session = useSession();
  const failure = useSessionState((state) => (state.status === 'failed' ? state.failure : null));
  const hasResult = useSessionState((state) => state.resultA !== null);
  if (failure !== null) {
    return (
      <div className={bar.failure} role="alert">
        <p>
          The run failed: {failure}
          {hasResult ? ' The numbers below are those of the last run that finished.' : ''}
        </p>
        <button type="button" className={bar.button} onClick={() => session.retry()}>
          Run it again
        </button>
      </div>
    );
  }
  return <div className={bar.whole} />;
}
