// What can be done to a part, at the time of the cursor. Opens where the part is; Escape or a click elsewhere closes it.

import type { PartDescription } from '@by-the-slice/simulation';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { verbsFor } from '../controls/verbs';
import { type Anchor, placeBelow } from '../page/placeBelow';
import { clockText } from '../player/clockText';
import type { SideName } from '../session/state';
import { useSession } from '../session/useSession';
import bar from './bar.module.css';

export interface PartMenuProps {
  part: PartDescription;
  side: SideName;
  anchor: Anchor;
  /** Where the focus goes back to. */
  from: HTMLElement | null;
  onClose: () => void;
}

export function PartMenu({ part, side, anchor, from, onClose }: PartMenuProps): ReactNode {
  const { definition, playback, ...session } = useSessionParts();
  const popover = useRef<HTMLDivElement>(null);
  useEffect(() => {
    playback.pause();
    placeBelow(popover.current, anchor, 224);
    if (!popover.current?.matches(':popover-open')) popover.current?.showPopover();
    popover.current?.querySelector('button')?.focus();
  }, [anchor, playback]);
  const time = clockText(playback.cursorMs(), playback.horizonMs(), definition.clock?.unit ?? 's');
  const verbs = verbsFor(part.kind);
  const close = (): void => {
    const { activeElement } = document;
    // A click elsewhere has taken the focus there, and there it stays.
    if (activeElement === null || activeElement === document.body || popover.current?.contains(activeElement)) from?.focus();
    onClose();
  };
  return (
    <div
      ref={popover}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={`${part.label} at ${time}`}
      data-part="part-menu"
      className={bar.menu}
      onToggle={(event) => {
        if (event.newState === 'closed') close();
      }}
      onKeyDown={moveFocus}
    >
      <p className={bar.menuTitle} aria-hidden="true">
        {part.label}
      </p>
      {verbs.length === 0 ? (
        <button type="button" role="menuitem" aria-disabled="true" className={bar.menuItem} onClick={() => popover.current?.hidePopover()}>
          Nothing can be done to it.
        </button>
      ) : null}
      {verbs.map((words) => (
        <button
          key={words.verb}
          type="button"
          role="menuitem"
          className={bar.menuItem}
          data-verb={words.verb}
          onClick={() => {
            session.act(side, { verb: words.verb, targets: [part.name], ...(words.arguments ? { arguments: words.arguments } : {}) });
            popover.current?.hidePopover();
          }}
        >
          {words.label} <span className={bar.menuTime}>at {time}</span>
        </button>
      ))}
    </div>
  );
}

function useSessionParts() {
  const session = useSession();
  const act = (side: SideName, intervention: Parameters<typeof session.intervene>[0]): void => {
    session.edit(side);
    session.intervene(intervention);
  };
  return { definition: session.definition, playback: session.playback, act };
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const direction = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (direction === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const now = items.indexOf(document.activeElement as HTMLElement);
  items[(now + direction + items.length) % items.length]?.focus();
}
