// What comes to a process: seen to at once while it is awake, found later when it stands still, gone when it is down.

import type { Condition } from '../condition';

export class Inbox {
  private kept: (() => void)[] = [];

  constructor(private readonly condition: Pick<Condition, 'isUp' | 'isPaused'>) {}

  take(action: () => void): void {
    if (this.condition.isPaused) this.kept.push(action);
    else if (this.condition.isUp) action();
  }

  /** It goes on. What it then does may stop it again. */
  wake(): void {
    const { kept } = this;
    this.kept = [];
    for (const action of kept) this.take(action);
  }

  clear(): void {
    this.kept = [];
  }
}
