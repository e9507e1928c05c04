// One side, or two under the same requests.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import bar from '../frame/bar.module.css';
import { useSession, useSessionState } from '../session/useSession';

export function CompareToggle(): ReactNode {
  const session = useSession();
  const comparing = useSessionState((state) => state.b !== null);
  return (
    <fieldset className={bar.compare} aria-label={translate({ id: 'lab.compare.compare', message: 'Compare' })}>
      <button type="button" aria-pressed={!comparing} onClick={() => session.compare(false)}>
        A
      </button>
      <button type="button" aria-pressed={comparing} data-action="compare" onClick={() => session.compare(true)}>
        {translate({ id: 'lab.compare.both', message: 'A vs B', description: 'A button: two sides' })}
      </button>
    </fieldset>
  );
}
