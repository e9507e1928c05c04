// A line in which the smallest key is served next, whoever came first among equals: a binary heap.
// Short jobs first, urgent jobs first: what the key is decides.

import type { Call } from './call';
import type { WaitingLine } from './line';

interface Waiting {
  call: Call;
  key: number;
  /** Order of equal keys. A call that is put back keeps its place by when it came. */
  cameMs: number;
  sequence: number;
}

export class OrderedLine implements WaitingLine {
  private readonly heap: Waiting[] = [];
  private sequence = 0;

  /** @param keyOf smaller goes first; it must not change while the call waits */
  constructor(private readonly keyOf: (call: Call) => number) {}

  get length(): number {
    return this.heap.length;
  }

  push(call: Call): void {
    this.heap.push({ call, key: this.keyOf(call), cameMs: call.enteredMs, sequence: this.sequence++ });
    this.siftUp(this.heap.length - 1);
  }

  next(): Call {
    return this.takeAt(0);
  }

  remove(call: Call): boolean {
    const at = this.heap.findIndex((waiting) => waiting.call === call);
    if (at < 0) return false;
    this.takeAt(at);
    return true;
  }

  /** In the order in which they will be served if nobody else comes. */
  *[Symbol.iterator](): Iterator<Call> {
    for (const { call } of [...this.heap].sort((a, b) => (isBefore(a, b) ? -1 : 1))) yield call;
  }

  private takeAt(at: number): Call {
    const { heap } = this;
    const { call } = heap[at];
    const last = heap.pop() as Waiting;
    if (at < heap.length) {
      heap[at] = last;
      this.siftDown(at);
      this.siftUp(at);
    }
    return call;
  }

  private siftUp(from: number): void {
    const { heap } = this;
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[parent])) return;
      [heap[at], heap[parent]] = [heap[parent], heap[at]];
      at = parent;
    }
  }

  private siftDown(from: number): void {
    const { heap } = this;
    for (let at = from; ; ) {
      let child = 2 * at + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], heap[at])) return;
      [heap[at], heap[child]] = [heap[child], heap[at]];
      at = child;
    }
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  if (a.key !== b.key) return a.key < b.key;
  return a.cameMs !== b.cameMs ? a.cameMs < b.cameMs : a.sequence < b.sequence;
}
