// A small ? that opens a sentence. A button and a popover of the browser's own: it works by keyboard and touch,
// Escape or a click elsewhere closes it, and no box that scrolls can cut it off.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId, useRef, useState } from 'react';
import { placeBelow } from '../page/placeBelow';
import styles from './toggletip.module.css';

/** `label`: what is explained ("Arrival rate"). `sign`: in place of the question mark. */
export function Toggletip({ label, sign = '?', children }: { label: string; sign?: ReactNode; children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const id = useId();
  return (
    <span className={styles.root}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={translate({ id: 'lab.controls.about', message: 'About {what}' }, { what: label })}
        aria-expanded={open}
        popoverTarget={id}
      >
        <span aria-hidden="true">{sign}</span>
      </button>
      <span
        ref={bubble}
        id={id}
        popover="auto"
        role="status"
        className={styles.bubble}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') placeBelow(bubble.current, button.current?.getBoundingClientRect(), 280);
        }}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open ? children : null}
      </span>
    </span>
  );
}
