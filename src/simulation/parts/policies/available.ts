// The servers in rotation as a list, so that a policy by chance finds the n-th of them at once.

import type { Rotation } from './policy';

export class Available {
  count = 0;
  /** Their indexes, ascending; only the first `count` are meant. */
  readonly list: Int32Array;
  private readonly known: Uint8Array;

  constructor(private readonly inRotation: Rotation['inRotation']) {
    this.list = new Int32Array(inRotation.length);
    this.known = new Uint8Array(inRotation.length);
  }

  /** Looks at the rotation again; true when it has changed since the last look. */
  refresh(): boolean {
    const { inRotation, known } = this;
    let index = 0;
    while (index < known.length && known[index] === inRotation[index]) index++;
    if (index === known.length) return false;
    known.set(inRotation);
    this.count = 0;
    for (index = 0; index < known.length; index++) if (known[index]) this.list[this.count++] = index;
    return true;
  }
}
