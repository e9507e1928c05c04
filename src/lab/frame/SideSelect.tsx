// Of which side log and traces tell, while two are compared.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import controls from '../controls/controls.module.css';
import type { SideName } from '../session/state';
import { useSessionState } from '../session/useSession';
import { useLens } from './lens';
import { useLensSide } from './lensSide';

export function SideSelect(): ReactNode {
  const lens = useLens();
  const side = useLensSide();
  const comparing = useSessionState((state) => state.resultB !== null);
  if (!comparing) return null;
  return (
    <select
      className={controls.select}
      aria-label={translate({ id: 'lab.frame.sideShown', message: 'Side shown' })}
      value={side}
      onChange={(event) => lens.open({ side: event.currentTarget.value as SideName })}
    >
      <option value="a">{translate({ id: 'lab.frame.sideA', message: 'Side A' })}</option>
      <option value="b">{translate({ id: 'lab.frame.sideB', message: 'Side B' })}</option>
    </select>
  );
}
