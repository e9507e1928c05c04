// The future-event list: a binary heap over typed arrays, ordered by time, then phase, then insertion.
// Phases settle ties at one instant: what is done to the system comes first, then what leaves, then what enters.
// Canceling marks an entry dead; it is dropped when it reaches the top, so a cancel costs nothing in the heap.
// Most events plan another one, so the top stays vacant after a `pop` until a `push` takes it: one sift instead of two.

/** Order of events at the same instant. */
export const phases = { intervention: 0, completion: 1, normal: 2, arrival: 3, observation: 4 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** Names one scheduled event for cancel; stays valid (and harmless) after the event has happened. Never 0. */
export type EventHandle = number;

const phaseWeight = 281474976710656;
const slotLimit = 4194304;
const dead = -1;

export class Calendar {
  /** Time of the event that `pop` returned last, in ms. */
  poppedTimeMs = 0;
  poppedHandler = 0;
  poppedPayload = 0;

  private used = 0;
  private isTopVacant = false;
  private times = new Float64Array(64);
  private orders = new Float64Array(64);
  private slots = new Int32Array(64);
  private handlers = new Int32Array(64);
  private payloads = new Int32Array(64);
  private generations = new Int32Array(64).fill(1);
  private freeSlots = new Int32Array(64);
  private freeCount = 0;
  private slotCount = 0;
  private sequence = 0;

  /** Entries held, those canceled and not yet dropped among them. */
  get size(): number {
    return this.isTopVacant ? this.used - 1 : this.used;
  }

  push(timeMs: number, phase: Phase, handler: number, payload: number): EventHandle {
    const slot = this.freeCount > 0 ? this.freeSlots[--this.freeCount] : this.newSlot();
    this.handlers[slot] = handler;
    this.payloads[slot] = payload;
    const order = phase * phaseWeight + this.sequence++;
    // Entries are sifted where they lie in the arrays: numbers with fractions that are handed to a function cost garbage.
    const at = this.isTopVacant ? 0 : this.used++;
    if (at === this.times.length) this.growHeap();
    this.times[at] = timeMs;
    this.orders[at] = order;
    this.slots[at] = slot;
    if (this.isTopVacant) {
      this.isTopVacant = false;
      this.siftDown();
    } else this.siftUp(at);
    return this.generations[slot] * slotLimit + slot;
  }

  /** Makes the event not happen. Does nothing when it already has happened or was canceled. */
  cancel(handle: EventHandle): void {
    const generation = Math.floor(handle / slotLimit);
    const slot = handle - generation * slotLimit;
    if (this.generations[slot] === generation) this.handlers[slot] = dead;
  }

  /** Takes the earliest living event at or before `limitMs`; false when there is none. */
  pop(limitMs: number): boolean {
    for (;;) {
      if (this.isTopVacant) this.fillTop();
      if (this.used === 0) return false;
      const timeMs = this.times[0];
      if (timeMs > limitMs) return false;
      const slot = this.slots[0];
      this.isTopVacant = true;
      this.generations[slot]++;
      this.freeSlots[this.freeCount++] = slot;
      if (this.handlers[slot] === dead) continue;
      this.poppedTimeMs = timeMs;
      this.poppedHandler = this.handlers[slot];
      this.poppedPayload = this.payloads[slot];
      return true;
    }
  }

  private fillTop(): void {
    this.isTopVacant = false;
    const last = --this.used;
    if (last === 0) return;
    this.times[0] = this.times[last];
    this.orders[0] = this.orders[last];
    this.slots[0] = this.slots[last];
    this.siftDown();
  }

  /** Puts the entry at the top where it belongs. */
  private siftDown(): void {
    const { times, orders, slots, used } = this;
    const timeMs = times[0];
    const order = orders[0];
    const slot = slots[0];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= used) break;
      const right = child + 1;
      if (right < used && (times[right] < times[child] || (times[right] === times[child] && orders[right] < orders[child]))) child = right;
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

  private siftUp(from: number): void {
    const { times, orders, slots } = this;
    const timeMs = times[from];
    const order = orders[from];
    const slot = slots[from];
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
      throw new Error(
        `The calendar holds ${slotLimit} events at once. A model that needs more is scheduling without bound: look for an event that schedules two.`,
      );
    }
    if (this.slotCount === this.handlers.length) {
      this.handlers = grown(this.handlers, Int32Array);
      this.payloads = grown(this.payloads, Int32Array);
      this.freeSlots = grown(this.freeSlots, Int32Array);
      this.generations = grown(this.generations, Int32Array).fill(1, this.slotCount);
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
