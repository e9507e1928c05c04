// The books of a station: who came, who left and how, and how many were inside for how long.
// Little's law holds by accounting, not by luck: ∫ N dt must equal the time spent inside, summed over all who were there.

import { type Accounts, Book, type Fate } from './accounts';
import { Level } from './level';

export class StationBooks {
  readonly book: Book;
  readonly inside = new Level();
  readonly busy = new Level();
  /** Σ time inside of those who left, in ms. */
  timeInsideMs = 0;
  /** Length of the run, known once it is closed. */
  spanMs = 0;

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

  /** Closes the levels at the horizon, counting those still inside up to it. */
  close(horizonMs: number, stillInside: Iterable<{ enteredMs: number }>): void {
    this.spanMs = horizonMs;
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
