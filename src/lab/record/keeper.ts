// The one place that touches the reader's storage. It may be full, forbidden or hold garbage: then answers last as long as the page,
// `keeps` says so, and nothing breaks. Other tabs write to the same storage, so it is read again before each change.

import type { Given } from './given';
import { type Entries, merged, readRecord, version, withAnswer } from './record';

/** The part of the browser's storage that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface RecordState {
  entries: Entries;
  /** Whether answers outlive the page. */
  keeps: boolean;
}

export const recordKey = 'by-the-slice:record';
const unreadableKey = 'by-the-slice:record:unreadable';
/** Version 1 kept every answer under a key of its own. */
export const firstVersionPrefix = 'by-the-slice:answer:';

export class Keeper {
  private state: RecordState | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    /** Throws where storage is forbidden. */
    private readonly shelf: () => Shelf,
    private readonly nowMs: () => number,
  ) {}

  readonly getState = (): RecordState => {
    this.state ??= this.load({});
    return this.state;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  answer(key: string, answer: Given | null): void {
    this.change((entries) => withAnswer(entries, key, answer, this.nowMs()));
  }

  merge(entries: Entries): void {
    this.change((known) => merged(known, entries));
  }

  replace(entries: Entries): void {
    this.change(() => entries);
  }

  /** Somebody else has written to the storage. */
  readonly lookAgain = (): void => {
    this.state = this.newest();
    this.tell();
  };

  private change(make: (entries: Entries) => Entries): void {
    this.getState();
    const next = make(this.newest().entries);
    this.state = { entries: next, keeps: this.write(next) };
    this.tell();
  }

  /** What is stored, and what could not be stored so far. */
  private newest(): RecordState {
    const { entries, keeps } = this.getState();
    const stored = this.load(entries);
    return keeps ? stored : { entries: merged(entries, stored.entries), keeps: false };
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** `fallback`: what is known when the storage cannot be asked. */
  private load(fallback: Entries): RecordState {
    try {
      const shelf = this.shelf();
      const old = firstVersionOn(shelf);
      const text = shelf.getItem(recordKey);
      const read = text === null ? null : readRecord(parsed(text));
      // A newer page than this one has written there: what it keeps must not be lost.
      if (read && 'problem' in read && read.problem === 'newer') return { entries: fallback, keeps: false };
      if (text !== null && read && 'problem' in read) shelf.setItem(unreadableKey, text.slice(0, 100_000));
      const entries = read && !('problem' in read) ? read.entries : {};
      if (Object.keys(old.entries).length === 0) return { entries, keeps: true };
      const both = merged(entries, old.entries);
      const keeps = this.write(both);
      if (keeps) for (const key of old.keys) shelf.removeItem(key);
      return { entries: both, keeps };
    } catch {
      return { entries: fallback, keeps: false };
    }
  }

  private write(entries: Entries): boolean {
    try {
      const shelf = this.shelf();
      const read = readRecord(parsed(shelf.getItem(recordKey) ?? 'null'));
      if ('problem' in read && read.problem === 'newer') return false;
      shelf.setItem(recordKey, JSON.stringify({ version, entries }));
      return true;
    } catch {
      return false;
    }
  }
}

function firstVersionOn(shelf: Shelf): { entries: Entries; keys: string[] } {
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index)).filter(
    (key): key is string => key?.startsWith(firstVersionPrefix) === true,
  );
  const answers = Object.fromEntries(keys.map((key) => [key.slice(firstVersionPrefix.length), parsed(shelf.getItem(key) ?? 'null')]));
  const read = readRecord({ version: 1, answers });
  return { entries: 'problem' in read ? {} : read.entries, keys };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
