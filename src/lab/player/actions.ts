// What the player's buttons and keys do.

import type { Session } from '../session/session';
import { type Direction, marksOf, nearestEventTime, nearestMark } from './steps';

export function togglePlay({ playback }: Session): void {
  if (playback.isPlaying()) playback.pause();
  else playback.play();
}

export function stepEvent({ playback, store }: Session, direction: Direction): void {
  playback.pause();
  const { resultA, resultB } = store.getState();
  const time = nearestEventTime([resultA, resultB], playback.cursorMs(), direction);
  if (time !== null) playback.seek(time);
}

export function stepMark({ playback, store }: Session, direction: Direction): void {
  playback.pause();
  const { resultA, resultB } = store.getState();
  const mark = nearestMark(marksOf(resultA, resultB), playback.cursorMs(), direction);
  if (mark) playback.seek(mark.atMs);
}

export function jump({ playback }: Session, shareOfRun: number): void {
  playback.seek(playback.cursorMs() + shareOfRun * playback.horizonMs());
}

export function toStart({ playback }: Session): void {
  playback.seek(0);
}

export function toEnd({ playback }: Session): void {
  playback.pause();
  playback.seek(playback.horizonMs());
}
