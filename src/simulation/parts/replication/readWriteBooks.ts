// What became of every read and of every write, each in a book of its own.

import { type Accounts, Book, type Fate } from '../../measure/accounts';
import type { History } from './history';

export class ReadWriteBooks {
  private readonly books: readonly [reads: Book, writes: Book];
  private readonly inside: [reads: number, writes: number] = [0, 0];

  constructor(name: string) {
    this.books = [new Book(`reads of ${name}`), new Book(`writes of ${name}`)];
  }

  open(isWrite: boolean): void {
    this.books[isWrite ? 1 : 0].opened++;
    this.inside[isWrite ? 1 : 0]++;
  }

  close(isWrite: boolean, fate: Fate): void {
    this.books[isWrite ? 1 : 0].close(fate);
    this.inside[isWrite ? 1 : 0]--;
  }

  reads(): Accounts {
    return this.books[0].accounts(this.inside[0]);
  }

  writes(): Accounts {
    return this.books[1].accounts(this.inside[1]);
  }

  /** The warm-up ends, for these books and for what they count of a history. */
  warm(history: History): void {
    history.warm();
    this.books.forEach((book, kind) => void book.warm(this.inside[kind]));
  }

  /** Throws when one does not balance. */
  audit(): void {
    this.reads();
    this.writes();
  }
}
