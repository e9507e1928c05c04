// What a reader can take along: data, pictures, the command line, a tag, an embed. What makes them is fetched when the menu is
// first opened.

import { translate } from '@docusaurus/Translate';
import { type ComponentType, type ReactNode, useId, useRef, useState } from 'react';
import frame from '../frame/bar.module.css';
import { placeBelow } from '../page/placeBelow';
import type { TakePanelProps } from './TakePanel';
import styles from './take.module.css';

const widthPx = 368;
const gapPx = 14;

export function TakeMenu(): ReactNode {
  const [Panel, setPanel] = useState<ComponentType<TakePanelProps> | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDialogElement>(null);
  const id = useId();
  const label = translate({ id: 'lab.take.title', message: 'Take along' });
  const fetchPanel = (): void => {
    setFailed(false);
    import('./TakePanel').then(
      (module) => setPanel(() => module.default),
      () => setFailed(true),
    );
  };
  const place = (): void => {
    const anchor = button.current?.getBoundingClientRect();
    if (!popover.current || !anchor) return;
    placeBelow(popover.current, anchor, Math.min(widthPx, document.documentElement.clientWidth - 16));
    const room = popover.current.style.top === 'auto' ? anchor.top : window.innerHeight - anchor.bottom;
    popover.current.style.maxBlockSize = `${Math.max(160, room - gapPx)}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${frame.button} ${frame.dice}`}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-action="take"
        popoverTarget={id}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      <dialog
        ref={popover}
        id={id}
        popover="auto"
        className={styles.popover}
        aria-label={label}
        data-part="take"
        data-own-keys=""
        onBeforeToggle={(event) => {
          if (event.newState !== 'open') return;
          place();
          if (!Panel) fetchPanel();
        }}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {Panel ? (
          open ? (
            <Panel close={() => popover.current?.hidePopover()} />
          ) : null
        ) : failed ? (
          <p className={styles.told} role="alert">
            {translate({ id: 'lab.take.notLoaded', message: 'This part could not be fetched. Are you online?' })}{' '}
            <button type="button" className={frame.button} onClick={fetchPanel}>
              {translate({ id: 'lab.take.tryAgain', message: 'Try again' })}
            </button>
          </p>
        ) : (
          <p className={styles.told}>{translate({ id: 'lab.take.loading', message: 'Loading…' })}</p>
        )}
      </dialog>
    </>
  );
}
