// The latest calls of a circuit breaker: so many calls, or those of so much time. A ring of buckets, of one call or of one slice of
// the clock each, and their sum. Source: resilience4j 2.3.0, FixedSizeSlidingWindowMetrics and SlidingTimeWindowMetrics.

const fields = 4;

export class SlidingWindow {
  /** Calls, failed, slow, slow and failed. */
  readonly sums = new Int32Array(fields);
  private readonly buckets: Int32Array;
  private head = 0;
  private slice: number;

  /** @param size buckets, whole, 1 or more. @param sliceMs of a bucket; 0 for one call each. @param originMs when a slice began */
  constructor(
    private readonly size: number,
    private readonly sliceMs: number,
    nowMs: number,
    private readonly originMs = 0,
  ) {
    this.buckets = new Int32Array(fields * size);
    this.slice = sliceMs > 0 ? this.sliceAt(nowMs) : 0;
  }

  record(nowMs: number, isFailure: boolean, isSlow: boolean): void {
    if (this.sliceMs > 0) this.moveTo(nowMs);
    else this.turn();
    this.count(0);
    if (isFailure) this.count(1);
    if (isSlow) this.count(2);
    if (isFailure && isSlow) this.count(3);
  }

  /** Forgets the slices that are too old now. */
  moveTo(nowMs: number): void {
    if (this.sliceMs === 0) return;
    const slice = this.sliceAt(nowMs);
    for (let steps = Math.min(this.size, slice - this.slice); steps > 0; steps--) this.turn();
    this.slice = slice;
  }

  private sliceAt(nowMs: number): number {
    const { originMs, sliceMs } = this;
    const slice = Math.floor((nowMs - originMs) / sliceMs);
    // What a rounded division took for the end of a slice may be the beginning of the next.
    return originMs + (slice + 1) * sliceMs <= nowMs ? slice + 1 : slice;
  }

  /** The oldest bucket becomes the newest. */
  private turn(): void {
    this.head = (this.head + 1) % this.size;
    for (let field = 0; field < fields; field++) {
      this.sums[field] -= this.buckets[fields * this.head + field];
      this.buckets[fields * this.head + field] = 0;
    }
  }

  private count(field: number): void {
    this.buckets[fields * this.head + field]++;
    this.sums[field]++;
  }
}
