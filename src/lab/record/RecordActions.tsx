// The record as a file, in and out, and how to begin anew. What happened is said in one line, with the way back.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useRef, useState } from 'react';
import type { Entries } from './record';
import styles from './record.module.css';
import { fileName, largestFile, readFile, writeFile } from './recordFile';
import { keeper } from './useRecord';

interface Said {
  text: string;
  /** What stood before, for undo. */
  before?: Entries;
}

export function RecordActions({ entries }: { entries: Entries }): ReactNode {
  const [said, setSaid] = useState<Said | null>(null);
  const [asks, setAsks] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const count = Object.keys(entries).length;
  const clear = (): void => {
    keeper.replace({});
    setAsks(false);
    setSaid({ text: translate({ id: 'lab.record.cleared', message: 'Your record is empty now.' }), before: entries });
  };
  return (
    <section className={styles.actions} aria-label={translate({ id: 'lab.record.actions', message: 'Keep, bring or clear your record' })}>
      <button type="button" disabled={count === 0} onClick={() => download(entries)}>
        {translate({ id: 'lab.record.export', message: 'Save as a file' })}
      </button>
      <button type="button" onClick={() => file.current?.click()}>
        {translate({ id: 'lab.record.import', message: 'Add a file' })}
      </button>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={translate({ id: 'lab.record.chooseFile', message: 'A file with a record' })}
        onChange={async ({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) setSaid(await bringIn(chosen, entries));
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      {asks ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, these are two buttons
        <span className={styles.confirm} role="group" aria-label={translate({ id: 'lab.record.confirm', message: 'Clear your record?' })}>
          {translate({ id: 'lab.record.confirmCount', message: 'Clear all {count} answers?' }, { count })}
          <button type="button" onClick={clear}>
            {translate({ id: 'lab.record.yesClear', message: 'Clear them' })}
          </button>
          {/* biome-ignore lint/a11y/noAutofocus: the button that asked is gone, and the harmless answer comes first */}
          <button type="button" autoFocus onClick={() => setAsks(false)}>
            {translate({ id: 'lab.record.keep', message: 'Keep them' })}
          </button>
        </span>
      ) : (
        <button type="button" disabled={count === 0} onClick={() => setAsks(true)}>
          {translate({ id: 'lab.record.clear', message: 'Clear…' })}
        </button>
      )}
      <p className={styles.said} role="status">
        {said?.text}
        {said?.before ? (
          <button
            type="button"
            onClick={() => {
              keeper.replace(said.before as Entries);
              setSaid({ text: translate({ id: 'lab.record.undone', message: 'Your record is as it was.' }) });
            }}
          >
            {translate({ id: 'lab.record.undo', message: 'Undo' })}
          </button>
        ) : null}
      </p>
    </section>
  );
}

function download(entries: Entries): void {
  const address = URL.createObjectURL(new Blob([writeFile(entries)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function bringIn(file: File, before: Entries): Promise<Said> {
  if (file.size > largestFile)
    return {
      text: translate({ id: 'lab.record.tooLarge', message: 'This file is too large to be a record. Your own record is as it was.' }),
    };
  const read = readFile(await file.text().catch(() => ''));
  if (typeof read === 'string') return { text: read };
  keeper.merge(read.entries);
  const count = Object.keys(read.entries).length;
  const added = translate(
    {
      id: 'lab.record.added',
      message: 'Answers in the file: {count}. They are in your record now; of two first answers the earlier counts.',
    },
    { count },
  );
  const left =
    read.left === 0
      ? ''
      : ` ${translate({ id: 'lab.record.leftOut', message: 'Entries that could not be read and were left out: {left}.' }, { left: read.left })}`;
  return { text: added + left, before };
}
