// The workers of a panel: none until they are asked for, ended when the panel goes.

import { useEffect, useState } from 'react';
import { RunPool } from './pool';
import { startWorker } from './startWorker';

/** Gives the pool. Call what it gives in effects and handlers only. */
export function usePool(): () => RunPool {
  const [keep] = useState<{ pool: RunPool | null }>({ pool: null });
  useEffect(
    () => () => {
      keep.pool?.close();
      keep.pool = null;
    },
    [keep],
  );
  return () => {
    keep.pool ??= new RunPool({ start: typeof Worker === 'undefined' ? null : startWorker });
    return keep.pool;
  };
}
