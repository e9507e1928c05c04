// The books of a station: who came, who left and how, and how many were inside for how long.
// Little's law holds by accounting, not by luck: ∫ N dt must equal the time spent inside, summed over all who were there.

import { type Accounts, Book, type Fate } from './accounts';
import { Level } from './level';

export class StationBooks {
  readonly book: Book;
  readonly inside = new Level();
  readonly busy = new Level();
  /** Σ time inside of those who left, in ms, as far as it lies in the window of measurement. */
  timeInsideMs = 0;
  /** Length of the window, known once it is closed: the run without its warm-up. */
  spanMs = 0;
  private fromMs = 0;

  constructor(name: string) {
    this.book = new Book(name);
  }

  enter(nowMs: number): void {
    this.book.opened++;
    this.inside.set(nowMs, this.inside.value + 1);
  }

  leave(nowMs: number, enteredMs: number, fate: Fate): void {
    this.book.close(fate);
    this.timeInsideMs += nowMs - enteredMs;
    this.inside.set(nowMs, this.inside.value - 1);
  }

  /** The warm-up ends: from now on everything is counted anew, and those still inside have been here for no time. */
  warm(nowMs: number, stillInside: Iterable<{ enteredMs: number }>): void {
    this.book.warm(this.inside.value);
    this.inside.warm(nowMs);
    this.busy.warm(nowMs);
    this.fromMs = nowMs;
    // What they spent here before is taken off now; it comes back when they leave.
    this.timeInsideMs = 0;
    for (const call of stillInside) this.timeInsideMs -= nowMs - call.enteredMs;
  }

  /** Closes the levels at the horizon, counting those still inside up to it. */
  close(horizonMs: number, stillInside: Iterable<{ enteredMs: number }>): void {
    this.spanMs = horizonMs - this.fromMs;
    for (const call of stillInside) this.timeInsideMs += horizonMs - call.enteredMs;
    this.inside.close(horizonMs);
    this.busy.close(horizonMs);
  }

  accounts(): Accounts {
    return this.book.accounts(this.inside.value);
  }

  /** Throws unless the accounts balance and ∫ N dt = Σ time inside to 1e-9 (Little's law, clipped to the window). */
  audit(): void {
    this.accounts();
    const { area } = this.inside;
    const difference = Math.abs(area - this.timeInsideMs);
    if (difference > 1e-9 * Math.max(1, area)) {
      throw new Error(
        `Little's law fails at ${this.book.name}: the level's area is ${area} ms, the times inside add up to ${this.timeInsideMs} ms.`,
      );
    }
  }
}
