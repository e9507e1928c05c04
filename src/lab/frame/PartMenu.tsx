// What can be done to a part, at the time of the cursor. Opens where the part is; Escape or a click elsewhere closes it.

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { done, type VerbWords, verbsFor } from '../controls/verbs';
import { type Anchor, placeBelow } from '../page/placeBelow';
import { clockText } from '../player/clockText';
import type { SideName } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';
import bar from './bar.module.css';
import { RequestsHere } from './RequestsHere';

interface PartMenuProps {
  part: PartDescription;
  side: SideName;
  anchor: Anchor;
  /** Where the focus goes back to. */
  from: HTMLElement | null;
  onClose: () => void;
}

export function PartMenu({ part, side, anchor, from, onClose }: PartMenuProps): ReactNode {
  const session = useSession();
  const { definition, playback } = session;
  const compares = useSessionState((state) => state.b !== null);
  const [asFork, setAsFork] = useState(false);
  const popover = useRef<HTMLDivElement>(null);
  useEffect(() => {
    playback.pause();
    placeBelow(popover.current, anchor, 224);
    if (!popover.current?.matches(':popover-open')) popover.current?.showPopover();
    popover.current?.querySelector('button')?.focus();
  }, [anchor, playback]);
  const time = clockText(playback.cursorMs(), playback.horizonMs(), definition.clock?.unit ?? 's');
  const title = translate({ id: 'lab.frame.partMenu', message: '{part} at {time}' }, { part: part.label, time });
  const verbs = verbsFor(part);
  const act = (words: VerbWords): void => {
    if (asFork && !compares) session.fork(done(words, part));
    else {
      session.edit(side);
      session.intervene(done(words, part));
    }
    popover.current?.hidePopover();
  };
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
      aria-label={title}
      data-part="part-menu"
      className={bar.menu}
      onToggle={(event) => {
        if (event.newState === 'closed') close();
      }}
      onKeyDown={moveFocus}
    >
      <p className={bar.menuTitle} aria-hidden="true">
        {title}
      </p>
      {verbs.length === 0 ? (
        <button type="button" role="menuitem" aria-disabled="true" className={bar.menuItem} onClick={() => popover.current?.hidePopover()}>
          {translate({ id: 'lab.frame.nothingToDo', message: 'Nothing can be done to it.' })}
        </button>
      ) : null}
      {verbs.map((words) => (
        <button
          key={words.verb}
          type="button"
          role="menuitem"
          className={bar.menuItem}
          title={words.help}
          data-verb={words.verb}
          onClick={() => act(words)}
        >
          {words.label ?? words.name}
        </button>
      ))}
      {compares || verbs.length === 0 ? null : (
        <button
          type="button"
          role="menuitemcheckbox"
          aria-checked={asFork}
          className={`${bar.menuItem} ${bar.menuCheck}`}
          data-as-fork=""
          onClick={() => setAsFork(!asFork)}
        >
          {translate({ id: 'lab.frame.asFork', message: 'As a second future' })}
          <span className={bar.menuBox} aria-hidden="true">
            {asFork ? '✓' : ''}
          </span>
        </button>
      )}
      <RequestsHere part={part} side={side} onChoose={() => popover.current?.hidePopover()} />
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const direction = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (direction === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const now = items.indexOf(document.activeElement as HTMLElement);
  items[(now + direction + items.length) % items.length]?.focus();
}
