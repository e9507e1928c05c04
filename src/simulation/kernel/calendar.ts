// The future-event list: a binary heap over typed arrays, ordered by time, then phase, then insertion.
// Phases settle ties at one instant: what is done to the system comes first, then what leaves, then what enters.
// Canceling marks an entry dead; it is dropped when it reaches the top, so a cancel costs nothing in the heap.

/** Order of events at the same instant. */
export const phases = { intervention: 0, completion: 1, normal: 2, arrival: 3, observation: 4 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** Names one scheduled event for cancel; stays valid (and harmless) after the event has happened. */
export type EventHandle = number;

const phaseWeight = 281474976710656;
const slotLimit = 4194304;
const dead = -1;

export class Calendar {
  size = 0;
  /** Time of the event that `pop` returned last, in ms. */
  poppedTimeMs = 0;
  poppedHandler = 0;
  poppedPayload = 0;

  private times = new Float64Array(64);
  private orders = new Float64Array(64);
  private slots = new Int32Array(64);
  private handlers = new Int32Array(64);
  private payloads = new Int32Array(64);
  private generations = new Float64Array(64);
  private freeSlots = new Int32Array(64);
  private freeCount = 0;
  private slotCount = 0;
  private sequence = 0;

  push(timeMs: number, phase: Phase, handler: number, payload: number): EventHandle {
    const slot = this.freeCount > 0 ? this.freeSlots[--this.freeCount] : this.newSlot();
    this.handlers[slot] = handler;
    this.payloads[slot] = payload;
    if (this.size === this.times.length) this.growHeap();
    this.siftUp(this.size++, timeMs, phase * phaseWeight + this.sequence++, slot);
    return this.generations[slot] * slotLimit + slot;
  }

  /** Makes the event not happen. Does nothing when it already has happened or was canceled. */
  cancel(handle: EventHandle): void {
    const slot = handle % slotLimit;
    if (this.generations[slot] === (handle - slot) / slotLimit) this.handlers[slot] = dead;
  }

  /** Takes the earliest living event at or before `limitMs`; false when there is none. */
  pop(limitMs: number): boolean {
    while (this.size > 0) {
      const timeMs = this.times[0];
      if (timeMs > limitMs) return false;
      const slot = this.slots[0];
      const handler = this.handlers[slot];
      this.removeTop();
      this.generations[slot]++;
      this.freeSlots[this.freeCount++] = slot;
      if (handler === dead) continue;
      this.poppedTimeMs = timeMs;
      this.poppedHandler = handler;
      this.poppedPayload = this.payloads[slot];
      return true;
    }
    return false;
  }

  private removeTop(): void {
    const last = --this.size;
    if (last === 0) return;
    const { times, orders, slots } = this;
    const timeMs = times[last];
    const order = orders[last];
    const slot = slots[last];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && (times[right] < times[child] || (times[right] === times[child] && orders[right] < orders[child]))) child = right;
      if (times[child] > timeMs || (times[child] === timeMs && orders[child] > order)) break;
      times[hole] = times[child];
      orders[hole] = orders[child];
      slots[hole] = slots[child];
      hole = child;
    }
    times[hole] = timeMs;
    orders[hole] = order;
    slots[hole] = slot;
  }

  private siftUp(from: number, timeMs: number, order: number, slot: number): void {
    const { times, orders, slots } = this;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent] < timeMs || (times[parent] === timeMs && orders[parent] < order)) break;
      times[hole] = times[parent];
      orders[hole] = orders[parent];
      slots[hole] = slots[parent];
      hole = parent;
    }
    times[hole] = timeMs;
    orders[hole] = order;
    slots[hole] = slot;
  }

  private newSlot(): number {
    if (this.slotCount === slotLimit) {
      throw new Error(`The calendar holds ${slotLimit} events at once. A model that needs more is scheduling without bound: look for an event that schedules two.`);
    }
    if (this.slotCount === this.handlers.length) {
      this.handlers = grown(this.handlers, Int32Array);
      this.payloads = grown(this.payloads, Int32Array);
      this.freeSlots = grown(this.freeSlots, Int32Array);
      this.generations = grown(this.generations, Float64Array);
    }
    return this.slotCount++;
  }

  private growHeap(): void {
    this.times = grown(this.times, Float64Array);
    this.orders = grown(this.orders, Float64Array);
    this.slots = grown(this.slots, Int32Array);
  }
}

type NumberArray = Float64Array | Int32Array;

function grown<T extends NumberArray>(from: T, kind: new (length: number) => T): T {
  const to = new kind(from.length * 2);
  to.set(from);
  return to;
}
