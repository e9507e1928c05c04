// The smallest store that will do: a value, and who wants to know when it changes.

export class Store<S> {
  private readonly listeners = new Set<() => void>();

  constructor(private state: S) {}

  readonly getState = (): S => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: Partial<S>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
