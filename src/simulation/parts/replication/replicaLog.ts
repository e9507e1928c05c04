// What a node has: the writes in their order, and the values that they add up to as far as it has applied them.
// Entries are numbers of writes, each with the term of the primary that took it. Positions count from 1; 0 is before the first.

import type { LogEnd } from './logs';

export class ReplicaLog implements LogEnd {
  readonly writes: number[] = [];
  readonly terms: number[] = [];
  /** So many entries, from the first, are in the values. */
  applied = 0;
  /** Number of the last write of each key. */
  private readonly values = new Map<number, number>();

  /** @param keyOf key of a write by its number */
  constructor(private readonly keyOf: (write: number) => number) {}

  get length(): number {
    return this.writes.length;
  }

  get lastTerm(): number {
    return this.terms[this.length - 1] ?? 0;
  }

  /** The write at a position, or -1. */
  at(position: number): number {
    return this.writes[position - 1] ?? -1;
  }

  append(write: number, term: number): void {
    this.writes.push(write);
    this.terms.push(term);
  }

  /** The last write of a key that it has applied, or -1. */
  read(key: number): number {
    return this.values.get(key) ?? -1;
  }

  applyNext(): number {
    const write = this.writes[this.applied++];
    this.values.set(this.keyOf(write), write);
    return write;
  }

  /**
   * Takes over the entries that follow a position from another log; those that differ are cut off, and all after them.
   * @returns how many were cut off, or -1 when it does not have that write at that position and so can take nothing
   */
  follow(position: number, write: number, writes: readonly number[], terms: readonly number[]): number {
    if (position > this.length || (position > 0 && this.at(position) !== write)) return -1;
    let cut = 0;
    for (let index = 0; index < writes.length; index++) {
      const place = position + index;
      if (this.writes[place] === writes[index]) continue;
      if (place < this.length) cut += this.cutTo(place);
      this.append(writes[index], terms[index]);
    }
    return cut;
  }

  /** Where the primary should try next when it was refused at a position: before the term in which the logs part. */
  placeToTry(position: number): number {
    if (position > this.length) return this.length;
    const term = this.terms[position - 1];
    let before = position - 1;
    while (before > 0 && this.terms[before - 1] === term) before--;
    return before;
  }

  /** Loses everything from a position on; values that it had applied are worked out anew. @returns how many entries went */
  cutTo(length: number): number {
    const cut = this.length - length;
    this.writes.length = length;
    this.terms.length = length;
    if (this.applied <= length) return cut;
    this.applied = 0;
    this.values.clear();
    while (this.applied < length) this.applyNext();
    return cut;
  }
}
