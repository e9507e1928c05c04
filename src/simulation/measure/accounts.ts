// What became of everything that was opened. The books must balance: opened = the sum of the fates + still open.

/** How a request can end. `failed`: an error reply. `lost`: accepted, then gone. */
export const fates = { completed: 0, rejected: 1, abandoned: 2, timedOut: 3, failed: 4, lost: 5 } as const;
export type FateName = keyof typeof fates;
export type Fate = (typeof fates)[FateName];
export const fateNames = Object.keys(fates) as FateName[];

export type Accounts = { opened: number; open: number } & Record<FateName, number>;

export class Book {
  opened = 0;
  readonly counts = new Float64Array(fateNames.length);

  constructor(readonly name: string) {}

  close(fate: Fate): void {
    this.counts[fate]++;
  }

  /** The warm-up ends: the `open` that are still here count as opened, and nobody has left. */
  warm(open: number): void {
    this.opened = open;
    this.counts.fill(0);
  }

  /** Counted, not derived: the caller says how many it still holds. Throws when the books do not balance. */
  accounts(open: number): Accounts {
    let closed = 0;
    for (const count of this.counts) closed += count;
    if (this.opened !== closed + open) {
      throw new Error(`The accounts of ${this.name} do not balance: ${this.opened} opened, ${closed} closed and ${open} still open.`);
    }
    const result = { opened: this.opened, open } as Accounts;
    for (const name of fateNames) result[name] = this.counts[fates[name]];
    return result;
  }
}
