// One polite live region: what the reader's change gave, what happens while a run plays, and on demand the state of the whole.

import { type ReactNode, useEffect, useState } from 'react';
import { keySettings } from '../keys/keySettings';
import { clockText } from '../player/clockText';
import { useSession } from '../session/useSession';
import styles from './announce.module.css';
import { announcePlaying } from './announcePlaying';
import { announceResults } from './announceResults';

interface Said {
  text: string;
  /** Two messages alike are two messages. */
  number: number;
}

export function Announcer(): ReactNode {
  const session = useSession();
  const [said, setSaid] = useState<Said>({ text: '', number: 0 });
  useEffect(() => {
    const say = (text: string): void => setSaid(({ number }) => ({ text, number: number + 1 }));
    const nowMs = (): number => performance.now();
    const verbosity = () => keySettings.get().verbosity;
    const timeText = (atMs: number): string => clockText(atMs, session.playback.horizonMs(), session.definition.clock?.unit ?? 's');
    const stops = [announceResults(session, { say, verbosity }), announcePlaying(session, { say, verbosity, nowMs, timeText })];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session]);
  return (
    <div className={styles.hidden} role="status" aria-live="polite" data-part="announcer">
      <span key={said.number}>{said.text}</span>
    </div>
  );
}
