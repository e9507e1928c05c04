// The next slower or faster of the speeds that the player offers.

import { speeds } from '../session/playback';
import type { Session } from '../session/session';

export function stepSpeed({ playback }: Session, direction: 1 | -1): void {
  const now = speeds.findIndex((speed) => speed >= playback.speed());
  const next = speeds[Math.min(speeds.length - 1, Math.max(0, now + direction))];
  playback.setSpeed(next);
}
