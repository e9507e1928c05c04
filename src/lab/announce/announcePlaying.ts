// While a run plays: what just happened, at the herald's pace, and what came out when it has ended. A jump of the reader's tells
// nothing: who jumps asks where they are by other means.

import type { Session } from '../session/session';
import type { Voice } from './announceResults';
import { type Happening, happeningsOf } from './happenings';
import { heard } from './heard';
import { Herald, paceMs } from './herald';
import { endSentence } from './resultSentence';

interface PlayingVoice extends Voice {
  nowMs: () => number;
  timeText: (atMs: number) => string;
}

export function announcePlaying({ store, playback, definition }: Session, voice: PlayingVoice): () => void {
  const herald = new Herald();
  const known = knownHappenings(store);
  let cursorMs = playback.cursorMs();
  let wasPlaying = playback.isPlaying();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    const told = herald.take(voice.nowMs());
    if (told.length > 0) voice.say(heard(told, voice.timeText));
  };
  const stop = playback.subscribe(() => {
    const fromMs = cursorMs;
    cursorMs = playback.cursorMs();
    const isPlaying = playback.isPlaying();
    const hasEnded = wasPlaying && !isPlaying && cursorMs >= playback.horizonMs();
    const moved = (isPlaying || hasEnded) && wasPlaying && cursorMs > fromMs;
    wasPlaying = isPlaying;
    if (moved)
      herald.hear(
        known().filter(({ atMs }) => atMs > fromMs && atMs <= cursorMs),
        voice.verbosity(),
      );
    else if (cursorMs < fromMs) herald.forget();
    if (hasEnded && voice.verbosity() !== 'off') {
      // What was still to be told is in the results.
      herald.forget();
      clearTimeout(timer);
      herald.defer(voice.nowMs());
      const { resultA, resultB } = store.getState();
      if (resultA) voice.say(endSentence(definition, resultA, resultB));
      return;
    }
    tell();
    // Paused meanwhile: what waits is told all the same.
    if (!isPlaying && !herald.isEmpty) {
      clearTimeout(timer);
      timer = setTimeout(tell, paceMs);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Looked for once a run. */
function knownHappenings(store: Session['store']): () => Happening[] {
  let ofA: unknown;
  let ofB: unknown;
  let found: Happening[] = [];
  return () => {
    const { resultA, resultB } = store.getState();
    if (resultA !== ofA || resultB !== ofB) {
      [ofA, ofB] = [resultA, resultB];
      found = [...happeningsOf(resultA, 'a'), ...happeningsOf(resultB, 'b')].sort((one, other) => one.atMs - other.atMs);
    }
    return found;
  };
}
