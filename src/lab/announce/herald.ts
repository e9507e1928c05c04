// Keeps messages to a pace that can be listened to: what happens in between waits, and is told together. Knows no page; the
// caller brings the time.

import type { Verbosity } from '../keys/keySettings';
import { type Happening, isImportant } from './happenings';

/** Between two messages, in the page's time. */
export const paceMs = 3000;

export class Herald {
  private waiting: Happening[] = [];
  private lastMs = -Infinity;

  hear(happenings: readonly Happening[], verbosity: Verbosity): void {
    if (verbosity === 'off') return;
    this.waiting.push(...(verbosity === 'everything' ? happenings : happenings.filter(isImportant)));
  }

  /** What is to be told now: nothing while the last message still sounds. */
  take(nowMs: number): Happening[] {
    if (this.waiting.length === 0 || nowMs - this.lastMs < paceMs) return [];
    this.lastMs = nowMs;
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }

  /** The page has said something else, which needs its time too. */
  defer(nowMs: number): void {
    this.lastMs = nowMs;
  }

  /** The reader is somewhere else in the run: what waited is no news there. */
  forget(): void {
    this.waiting = [];
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }
}
