// One side, or two under the same requests.

import type { ReactNode } from 'react';
import bar from '../frame/bar.module.css';
import { useSession, useSessionState } from '../session/useSession';

export function CompareToggle(): ReactNode {
  const session = useSession();
  const comparing = useSessionState((state) => state.b !== null);
  return (
    <fieldset className={bar.compare} aria-label="Compare">
      <button type="button" aria-pressed={!comparing} onClick={() => session.compare(false)}>
        A
      </button>
      <button type="button" aria-pressed={comparing} data-action="compare" onClick={() => session.compare(true)}>
        A vs B
      </button>
    </fieldset>
  );
}
