// A line of waiting calls: a ring that grows. First come first served takes the head, last come first served the tail.
// What a server needs of any line is `WaitingLine`; orderedLine.ts is the other kind.

import type { Call } from './call';

export interface WaitingLine extends Iterable<Call> {
  readonly length: number;
  push(call: Call): void;
  /** Takes out whoever is served next. There must be one. */
  next(): Call;
  /** Takes one call out, wherever it stands; false when it is not there. */
  remove(call: Call): boolean;
}

export class Line implements WaitingLine {
  length = 0;
  private ring: (Call | undefined)[] = new Array(16);
  private head = 0;

  push(call: Call): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.head + this.length++) & (this.ring.length - 1)] = call;
  }

  constructor(private readonly lastCome = false) {}

  next(): Call {
    return this.lastCome ? this.pop() : this.shift();
  }

  /** The call that came first. */
  shift(): Call {
    const call = this.ring[this.head] as Call;
    this.ring[this.head] = undefined;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.length--;
    return call;
  }

  /** The call that came last. */
  pop(): Call {
    const at = (this.head + --this.length) & (this.ring.length - 1);
    const call = this.ring[at] as Call;
    this.ring[at] = undefined;
    return call;
  }

  remove(call: Call): boolean {
    const mask = this.ring.length - 1;
    for (let place = 0; place < this.length; place++) {
      if (this.ring[(this.head + place) & mask] !== call) continue;
      for (let at = place; at < this.length - 1; at++) this.ring[(this.head + at) & mask] = this.ring[(this.head + at + 1) & mask];
      this.ring[(this.head + --this.length) & mask] = undefined;
      return true;
    }
    return false;
  }

  *[Symbol.iterator](): Iterator<Call> {
    for (let place = 0; place < this.length; place++) yield this.ring[(this.head + place) & (this.ring.length - 1)] as Call;
  }

  private grow(): void {
    const calls = [...this];
    this.ring = new Array(this.ring.length * 2);
    this.head = 0;
    calls.forEach((call, place) => {
      this.ring[place] = call;
    });
  }
}
