// Puts the whole experiment into the address, copies it, and shows it for those whose browser does not let a page copy. What is too long
// for a link can be saved as a file.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId, useRef, useState } from 'react';
import { linkLimits } from '../../experiments/definition/link';
import frame from '../frame/bar.module.css';
import { placeBelow } from '../page/placeBelow';
import { useSession } from '../session/useSession';
import { type LinkSize, pageAddress, sizeOf } from './address';
import styles from './share.module.css';
import { fragmentOf } from './shareLink';

export function Share(): ReactNode {
  const session = useSession();
  const [link, setLink] = useState('');
  const [size, setSize] = useState<LinkSize>('short');
  const [copied, setCopied] = useState<boolean | null>(null);
  const popover = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const fieldId = useId();
  const share = async (): Promise<void> => {
    const fragment = fragmentOf(session);
    const address = `${pageAddress(button.current)}#${fragment}`;
    const found = sizeOf(address, fragment);
    setSize(found);
    setLink(address);
    setCopied(null);
    placeBelow(popover.current, button.current?.getBoundingClientRect(), 340);
    popover.current?.showPopover();
    if (found === 'too long') return;
    putIntoAddressBar(fragment);
    setCopied(await copy(address));
  };
  return (
    <>
      <button ref={button} type="button" className={frame.button} data-action="share" onClick={() => void share()}>
        {translate({ id: 'lab.share.share', message: 'Share' })}
      </button>
      <dialog
        ref={popover}
        popover="auto"
        className={styles.popover}
        aria-label={translate({ id: 'lab.share.title', message: 'Link to this experiment' })}
      >
        {size === 'too long' ? null : (
          <>
            <label htmlFor={fieldId} className={styles.label}>
              {translate({
                id: 'lab.share.label',
                message: 'A link to exactly this: values, seed, interventions, both sides, the moment.',
              })}
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
              {outcome(copied, isOwnAddress(link))}
            </p>
          </>
        )}
        {size === 'short' ? null : <AsFile size={size} characters={link.length} />}
      </dialog>
    </>
  );
}

/** Not in a frame of another site, whose links lead into the course. */
function isOwnAddress(link: string): boolean {
  return link !== '' && link.split('#')[0] === window.location.href.split('#')[0];
}

function outcome(copied: boolean | null, isInAddressBar: boolean): string {
  if (copied === null) return '';
  if (copied && !isInAddressBar) return translate({ id: 'lab.share.copiedOnly', message: '✓ Copied.' });
  return copied
    ? translate({ id: 'lab.share.copied', message: '✓ Copied. It also stands in the address bar.' })
    : translate({ id: 'lab.share.notCopied', message: 'Your browser did not let the page copy it: copy it from the field.' });
}

/** For experiments with very many interventions. */
function AsFile({ size, characters }: { size: LinkSize; characters: number }): ReactNode {
  const session = useSession();
  const [told, setTold] = useState('');
  const save = async (): Promise<void> => {
    try {
      const { saveExperiment } = await import('../take/experimentFiles');
      setTold(saveExperiment(session).text);
    } catch {
      setTold(
        translate({ id: 'lab.share.notLoaded', message: 'The part that saves files could not be fetched. Are you online? Try again.' }),
      );
    }
  };
  const values = { characters: String(characters), most: String(linkLimits.hard), chat: String(linkLimits.chat) };
  return (
    <div className={styles.asFile} data-part="share-file">
      <p>
        {size === 'long'
          ? translate(
              {
                id: 'lab.share.long',
                message: 'The link has {characters} characters. Some chat programs cut links above {chat}: a file is safer.',
              },
              values,
            )
          : translate(
              {
                id: 'lab.share.tooLong',
                message:
                  'This experiment does not fit into a link: it would have {characters} characters, and at most {most} are read. Send it as a file. Whoever gets it opens it with “Open a file…” in the menu “Take along” (⋯).',
              },
              values,
            )}
      </p>
      <button type="button" className={frame.button} data-action="share-as-file" onClick={() => void save()}>
        {translate({ id: 'lab.share.saveFile', message: 'Save as a file' })}
      </button>
      <p className={styles.told} role="status">
        {told}
      </p>
    </div>
  );
}

/** A browser may forbid it, to a frame in another page for one. The link itself is as good without. */
function putIntoAddressBar(fragment: string): void {
  try {
    window.history.replaceState(window.history.state, '', `#${fragment}`);
  } catch {
    // The link is in the field.
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
