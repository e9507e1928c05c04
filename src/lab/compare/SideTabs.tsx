// Which side the controls change, while two are compared.

import { translate } from '@docusaurus/Translate';
import type { KeyboardEvent, ReactNode } from 'react';
import styles from '../controls/controls.module.css';
import type { SideName } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';

const words: Record<SideName, string> = {
  a: translate({ id: 'lab.compare.sideA', message: '● Side A' }),
  b: translate({ id: 'lab.compare.sideB', message: '○ Side B' }),
};

export function SideTabs(): ReactNode {
  const session = useSession();
  const comparing = useSessionState((state) => state.b !== null);
  const edited = useSessionState((state) => state.edited);
  if (!comparing) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    const next: SideName = edited === 'a' ? 'b' : 'a';
    session.edit(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-side=${next}]`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={translate({ id: 'lab.compare.side', message: 'Side to change' })}
      className={styles.sides}
      onKeyDown={onKeyDown}
    >
      {(['a', 'b'] as const).map((side) => (
        <button
          key={side}
          type="button"
          role="tab"
          aria-selected={edited === side}
          tabIndex={edited === side ? 0 : -1}
          className={`${styles.sideTab} ${styles.side}`}
          data-side={side}
          onClick={() => session.edit(side)}
        >
          {words[side]}
        </button>
      ))}
    </div>
  );
}
