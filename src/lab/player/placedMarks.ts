// Which marks the timeline draws: no two signs of a side on one spot. What tells most has its own place, and what happened near it
// is told with it.

import { markSigns } from './markSigns';
import type { SideMark } from './steps';

export interface PlacedMark extends SideMark {
  /** What happened so near that its sign would cover this one, in order of time. */
  near: SideMark[];
}

/** As many signs as fit side by side on the timeline of a small screen. */
const spots = 28;

/** In order of time, as `marks` are. */
export function placedMarks(marks: readonly SideMark[], horizonMs: number): PlacedMark[] {
  const apartMs = horizonMs / spots;
  const placed: PlacedMark[] = [];
  const inTurn = Object.keys(markSigns).flatMap((kind) => marks.filter((mark) => mark.kind === kind));
  for (const mark of inTurn) {
    const neighbor = nearest(placed, mark);
    if (neighbor && Math.abs(neighbor.atMs - mark.atMs) < apartMs) neighbor.near.push(mark);
    else placed.push({ ...mark, near: [] });
  }
  for (const { near } of placed) near.sort(byTime);
  return placed.sort(byTime);
}

function nearest(placed: readonly PlacedMark[], { side, atMs }: SideMark): PlacedMark | null {
  let found: PlacedMark | null = null;
  for (const other of placed) {
    if (other.side === side && (found === null || Math.abs(other.atMs - atMs) < Math.abs(found.atMs - atMs))) found = other;
  }
  return found;
}

function byTime(one: SideMark, other: SideMark): number {
  return one.atMs - other.atMs;
}
