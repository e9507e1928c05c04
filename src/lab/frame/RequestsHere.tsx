// In a part's menu: the requests that are at it at the cursor, as a list. What a click on a dot gives, for those who use keys.

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { SideName } from '../session/state';
import { useSession } from '../session/useSession';
import bar from './bar.module.css';
import { useLens } from './lens';

interface RequestsHereProps {
  part: PartDescription;
  side: SideName;
  /** Closes the menu. */
  onChoose: () => void;
}

export function RequestsHere({ part, side, onChoose }: RequestsHereProps): ReactNode {
  const { playback } = useSession();
  const lens = useLens();
  const open = (): void => {
    onChoose();
    lens.open({ panel: 'traces', side, request: null, fromMs: playback.cursorMs(), part: part.name, takesFocus: true });
  };
  return (
    <button type="button" role="menuitem" className={bar.menuItem} data-action="requests-here" onClick={open}>
      {translate({ id: 'lab.frame.requestsHere', message: 'Requests here' })}
    </button>
  );
}
