// The state of the frame in words, at its head: read when somebody comes by ear, and said again on demand (key d). Nobody sees
// it; those who see have the picture.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session } from '../session/session';
import { type Arrangement, arrangementOf } from '../session/state';
import { useSession } from '../session/useSession';
import styles from './announce.module.css';
import { changeSentence } from './changeSentence';
import { type StateSummary, stateSummary } from './stateSummary';

const restMs = 400;

export function Summary(): ReactNode {
  const session = useSession();
  const [summary, setSummary] = useState<StateSummary>(() => summaryOf(session, null));
  const [asked, setAsked] = useState('');
  const lastChange = useRef<string | null>(null);
  useEffect(() => {
    const update = (): void => setSummary(summaryOf(session, lastChange.current));
    const stop = followChanges(session, (change) => {
      if (change !== null) lastChange.current = change;
      update();
    });
    update();
    return stop;
  }, [session]);
  const describe = (): void => {
    const now = summaryOf(session, lastChange.current);
    setSummary(now);
    // Said again although nothing changed: an empty message lies between.
    setAsked('');
    requestAnimationFrame(() => setAsked([now.stage, now.setup, now.lastChange, now.results].join(' ')));
  };
  return (
    <div className={styles.hidden} data-part="summary">
      {[summary.stage, summary.setup, summary.lastChange, summary.results, summary.ways].map((sentence, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: each kind of sentence has its place
        sentence === '' ? null : <p key={index}>{sentence}</p>,
      )}
      <button type="button" tabIndex={-1} data-action="describe" onClick={describe}>
        {translate({ id: 'lab.announce.describe', message: 'Describe the state now' })}
      </button>
      <p role="status">{asked}</p>
    </div>
  );
}

function summaryOf({ definition, store, playback }: Session, lastChange: string | null): StateSummary {
  const moment = { cursorMs: playback.cursorMs(), horizonMs: playback.horizonMs(), isPlaying: playback.isPlaying() };
  return stateSummary(definition, store.getState(), moment, lastChange);
}

/** After every change has come to rest; with the sentence on it when the setup changed. Not while a run plays. */
function followChanges({ definition, store, playback }: Session, onRest: (change: string | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: Arrangement = arrangementOf(store.getState());
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const after = arrangementOf(store.getState());
      const change = changeSentence(definition, before, after, playback.horizonMs(), store.getState().resultA?.trace?.partList);
      before = after;
      onRest(change);
    }, restMs);
  };
  const stops = [store.subscribe(later), playback.subscribe(() => (playback.isPlaying() ? undefined : later()))];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
