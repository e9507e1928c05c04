// Undo and redo. Changes to the same thing in quick succession, as when a slider is dragged, are one step.

const deepest = 100;
const sameStepMs = 700;

export class History<T> {
  private readonly past: T[] = [];
  private future: T[] = [];
  private lastTopic = '';
  private lastAtMs = -Infinity;

  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Call before a change, with what stands now. */
  remember(now: T, topic: string, atMs: number): void {
    const same = topic === this.lastTopic && atMs - this.lastAtMs < sameStepMs;
    this.lastTopic = topic;
    this.lastAtMs = atMs;
    this.future = [];
    if (same) return;
    this.past.push(now);
    if (this.past.length > deepest) this.past.shift();
  }

  undo(now: T): T | undefined {
    const before = this.past.pop();
    if (before !== undefined) this.future.push(now);
    this.lastTopic = '';
    return before;
  }

  redo(now: T): T | undefined {
    const after = this.future.pop();
    if (after !== undefined) this.past.push(now);
    this.lastTopic = '';
    return after;
  }
}
