// One polite live region: what a run gave, and what happens while it plays, at a pace that can be listened to.

import { type ReactNode, useEffect, useState } from 'react';
import { clockText } from '../player/clockText';
import { marksOf } from '../player/steps';
import type { Session } from '../session/session';
import { useSession } from '../session/useSession';
import styles from './announce.module.css';
import { resultSentence } from './resultSentence';

const restMs = 900;
const paceMs = 3000;

export function Announcer(): ReactNode {
  const session = useSession();
  const [text, setText] = useState('');
  useEffect(() => announceResults(session, setText), [session]);
  useEffect(() => announceMarks(session, setText), [session]);
  return (
    <div className={styles.hidden} role="status" aria-live="polite" data-part="announcer">
      {text}
    </div>
  );
}

/** After the reader's hand has come to rest; not for the first run, which the page shows anyway. */
function announceResults({ store, definition }: Session, say: (text: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = store.getState().resultA;
  const stop = store.subscribe(() => {
    const { resultA, resultB, status, failure } = store.getState();
    if (status === 'failed' && failure) say(`The run failed. ${failure}`);
    if (status !== 'idle' || resultA === told || !resultA) return;
    const isFirst = told === null;
    told = resultA;
    clearTimeout(timer);
    if (!isFirst) timer = setTimeout(() => say(resultSentence(definition, resultA, resultB)), restMs);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function announceMarks({ store, playback, definition }: Session, say: (text: string) => void): () => void {
  let lastCursorMs = playback.cursorMs();
  let lastSaidMs = -Infinity;
  return playback.subscribe(() => {
    const cursorMs = playback.cursorMs();
    const fromMs = lastCursorMs;
    lastCursorMs = cursorMs;
    if (!playback.isPlaying() || cursorMs <= fromMs || performance.now() - lastSaidMs < paceMs) return;
    const { resultA, resultB } = store.getState();
    const mark = marksOf(resultA, resultB).findLast(({ atMs }) => atMs > fromMs && atMs <= cursorMs);
    if (!mark) return;
    lastSaidMs = performance.now();
    say(
      `${clockText(mark.atMs, playback.horizonMs(), definition.clock?.unit ?? 's')}: ${mark.text}${mark.side === 'b' ? ', on side B' : ''}.`,
    );
  });
}
