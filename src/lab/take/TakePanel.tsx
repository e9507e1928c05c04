// The inside of the menu: rows of things to take, what became of the last one, and the way back in for a file.

import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { pageAddress } from '../share/address';
import { openFile, saveExperiment } from './experimentFiles';
import type { Told } from './handing';
import { type Offer, type OfferGroup, offersOf } from './offers';
import styles from './take.module.css';
import { takenFrom } from './taken';

export interface TakePanelProps {
  close: () => void;
}

/** Of the line under the frame on a page of its own. */
const embedLinePx = 56;

export default function TakePanel({ close }: TakePanelProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<Told | null>(null);
  const offers = useOffers(root);
  useEffect(() => root.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const take = async (row: string, id: string): Promise<void> => {
    setTold(null);
    setTold(
      await carriedOut(
        offers()
          .flatMap(({ rows }) => rows)
          .find((one) => one.id === row)
          ?.offers.find((one) => one.id === id),
      ),
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only add to Tab, which works everywhere in it
    <div ref={root} onKeyDown={moveFocus}>
      {offers().map(({ title, rows }) => (
        <section key={title} aria-label={title} className={styles.group}>
          <p className={styles.title}>{title}</p>
          {rows.map(({ id: row, label, offers: forms }) => (
            <div key={row} className={styles.row} data-take={row}>
              <span>{label}</span>
              <span className={styles.forms}>
                {forms.map(({ id, name }) => (
                  <button
                    key={id}
                    type="button"
                    className={styles.button}
                    aria-label={`${label}: ${name}`}
                    data-take-form={id}
                    onClick={() => void take(row, id)}
                  >
                    {name}
                  </button>
                ))}
              </span>
            </div>
          ))}
        </section>
      ))}
      <Files onTold={setTold} close={close} />
      <Cite />
      <Outcome told={told} />
    </div>
  );
}

/** Read at every click: the run on screen may be another by then. */
function useOffers(root: RefObject<HTMLElement | null>): () => OfferGroup[] {
  const session = useSession();
  const { siteConfig } = useDocusaurusContext();
  const version = String(siteConfig.customFields?.version ?? '');
  // Redrawn when the run or the cursor changes.
  useSessionState((state) => state.resultA);
  useSessionState((state) => state.resultB);
  usePlayback((clock) => clock.cursorMs());
  return () => {
    const taken = takenFrom(session);
    if (!taken) return [];
    const frame = root.current?.closest<HTMLElement>('section[data-experiment]');
    const { id } = session.definition;
    return offersOf(taken, {
      page: pageAddress(root.current),
      embed: new URL(`${siteConfig.baseUrl}embed/${id}/`, window.location.href).href,
      heightPx: (frame?.offsetHeight ?? 1000) + embedLinePx,
      version,
    });
  };
}

async function carriedOut(offer: Offer | undefined): Promise<Told> {
  try {
    if (offer) return await offer.take();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      text: translate(
        { id: 'lab.take.failed', message: 'This could not be made: {reason} The run itself is not affected; the other forms may work.' },
        { reason },
      ),
    };
  }
  return { text: translate({ id: 'lab.take.gone', message: 'It is no longer there: the experiment has changed meanwhile.' }) };
}

function Files({ onTold, close }: { onTold: (told: Told) => void; close: () => void }): ReactNode {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const refusal = await openFile(session, file);
    if (input.current) input.current.value = '';
    if (refusal === null) close();
    else onTold({ text: refusal });
  };
  const label = translate({ id: 'lab.take.file', message: 'This experiment as a file' });
  return (
    <section className={styles.group} aria-label={translate({ id: 'lab.take.files', message: 'Put away and bring back' })}>
      <p className={styles.title}>{translate({ id: 'lab.take.files', message: 'Put away and bring back' })}</p>
      <div className={styles.row} data-take="file">
        <span>{label}</span>
        <span className={styles.forms}>
          <button
            type="button"
            className={styles.button}
            aria-label={translate({ id: 'lab.take.saveFileLabel', message: 'Save this experiment as a file' })}
            data-take-form="save"
            onClick={() => onTold(saveExperiment(session))}
          >
            {translate({ id: 'lab.take.saveFile', message: 'Save' })}
          </button>
          <button
            type="button"
            className={styles.button}
            aria-label={translate({ id: 'lab.take.openFileLabel', message: 'Open a file with an experiment' })}
            data-take-form="open"
            onClick={() => input.current?.click()}
          >
            {translate({ id: 'lab.take.openFile', message: 'Open a file…' })}
          </button>
        </span>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        data-part="take-file"
        onChange={(event) => void open(event.currentTarget.files?.[0])}
      />
    </section>
  );
}

function Outcome({ told }: { told: Told | null }): ReactNode {
  const fieldId = useId();
  return (
    <div className={styles.outcome} data-told={told ? '' : undefined}>
      <p className={styles.told} role="status" data-part="take-told">
        {told?.text}
      </p>
      {told?.byHand === undefined ? null : (
        <>
          <label htmlFor={fieldId} className={styles.hidden}>
            {translate({ id: 'lab.take.byHand', message: 'The text' })}
          </label>
          <textarea
            id={fieldId}
            readOnly
            rows={3}
            className={styles.text}
            value={told.byHand}
            data-part="take-text"
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      )}
    </div>
  );
}

function Cite(): ReactNode {
  const repository = String(useDocusaurusContext().siteConfig.customFields?.repository ?? '');
  return (
    <p className={styles.cite}>
      <a href={`${repository}/blob/main/CITATION.cff`} target="_blank" rel="noopener noreferrer">
        {translate({ id: 'lab.take.citeCourse', message: 'How to cite the course' })}
      </a>
    </p>
  );
}

/** Besides Tab: up and down from button to button. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(now + step + buttons.length) % buttons.length]?.focus();
}
