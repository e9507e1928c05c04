// A sum over about the last so many ms, kept in slices: the slice being written and the full ones before it. A slice ends with the
// first look after its time, so the window slides in jumps. Source: twitter/util WindowedAdder, as Finagle's retry budget uses it.

export class SlidingSum {
  private readonly sliceMs: number;
  /** Slices that are over; `oldest` is overwritten next. */
  private readonly full: Float64Array;
  private oldest = 0;
  private writing = 0;
  private sum = 0;
  private sinceMs: number;

  /** @param rangeMs whole ms, at least `slices`. @param slices whole, 2 or more */
  constructor(rangeMs: number, slices: number, nowMs: number) {
    this.sliceMs = Math.floor(rangeMs / slices);
    this.full = new Float64Array(slices - 1);
    this.sinceMs = Math.floor(nowMs);
  }

  add(nowMs: number, amount: number): void {
    this.slide(nowMs);
    this.writing += amount;
    this.sum += amount;
  }

  total(nowMs: number): number {
    this.slide(nowMs);
    return this.sum;
  }

  private slide(nowMs: number): void {
    const elapsedMs = Math.floor(nowMs) - this.sinceMs;
    if (elapsedMs < this.sliceMs) return;
    this.keep(this.writing);
    this.writing = 0;
    // Slices in which nobody looked are empty.
    for (let skipped = Math.min(Math.floor(elapsedMs / this.sliceMs) - 1, this.full.length); skipped > 0; skipped--) this.keep(0);
    this.sinceMs = Math.floor(nowMs);
  }

  private keep(amount: number): void {
    this.sum -= this.full[this.oldest];
    this.full[this.oldest] = amount;
    this.oldest = (this.oldest + 1) % this.full.length;
  }
}
