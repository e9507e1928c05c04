// A choice of the reader's that outlives the page, if the browser lets it. Storage that is full or forbidden changes nothing but
// that: the choice holds until the page goes.

export interface Stored<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** `read` turns whatever is found there, by anybody's hand, into a choice. */
export function stored<T>(key: string, read: (found: unknown) => T, storage: () => Storage): Stored<T> {
  let value: T | undefined;
  const listeners = new Set<() => void>();
  const load = (): T => {
    try {
      return read(JSON.parse(storage().getItem(key) ?? 'null'));
    } catch {
      return read(null);
    }
  };
  return {
    get() {
      value ??= load();
      return value;
    },
    set(next) {
      value = next;
      try {
        storage().setItem(key, JSON.stringify(next));
      } catch {
        // It holds for this page.
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
