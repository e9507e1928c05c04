// Puts the whole experiment into the address, copies it, and shows it for those whose browser does not let a page copy.

import { type ReactNode, useId, useRef, useState } from 'react';
import frame from '../frame/bar.module.css';
import { placeBelow } from '../page/placeBelow';
import { useSession } from '../session/useSession';
import styles from './share.module.css';
import { fragmentOf } from './shareLink';

export function Share(): ReactNode {
  const session = useSession();
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState<boolean | null>(null);
  const popover = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const fieldId = useId();
  const share = async (): Promise<void> => {
    const address = new URL(window.location.href);
    address.hash = fragmentOf(session);
    window.history.replaceState(window.history.state, '', address);
    setLink(address.href);
    setCopied(null);
    placeBelow(popover.current, button.current?.getBoundingClientRect(), 340);
    popover.current?.showPopover();
    setCopied(await copy(address.href));
  };
  return (
    <>
      <button ref={button} type="button" className={frame.button} data-action="share" onClick={() => void share()}>
        Share
      </button>
      <dialog ref={popover} popover="auto" className={styles.popover} aria-label="Link to this experiment">
        <label htmlFor={fieldId} className={styles.label}>
          A link to exactly this: values, seed, interventions, both sides, the moment.
        </label>
        <input
          id={fieldId}
          readOnly
          className={styles.link}
          value={link}
          data-part="share-link"
          onFocus={(event) => event.currentTarget.select()}
        />
        <p className={styles.told} role="status">
          {copied === null
            ? ''
            : copied
              ? '✓ Copied. It also stands in the address bar.'
              : 'Your browser did not let the page copy it: copy it from the field.'}
        </p>
      </dialog>
    </>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
