// How a level went over time: its time-weighted mean in each of so many equal intervals.

export class LevelSeries {
  private readonly areas: Float64Array;
  private readonly lengthMs: number;
  private sinceMs = 0;
  private value = 0;

  constructor(
    private readonly horizonMs: number,
    readonly intervals: number,
  ) {
    this.areas = new Float64Array(intervals);
    this.lengthMs = horizonMs / intervals;
  }

  set(nowMs: number, value: number): void {
    let fromMs = this.sinceMs;
    const untilMs = Math.min(nowMs, this.horizonMs);
    while (fromMs < untilMs && this.value !== 0) {
      const interval = Math.min(this.intervals - 1, Math.floor(fromMs / this.lengthMs));
      const endMs = interval === this.intervals - 1 ? untilMs : Math.min(untilMs, (interval + 1) * this.lengthMs);
      if (endMs <= fromMs) {
        fromMs = (interval + 1) * this.lengthMs + this.lengthMs * 1e-9;
        continue;
      }
      this.areas[interval] += this.value * (endMs - fromMs);
      fromMs = endMs;
    }
    this.sinceMs = untilMs;
    this.value = value;
  }

  /** Call `set(horizonMs, …)` first, so that the last stretch counts. */
  means(): number[] {
    return Array.from(this.areas, (area) => area / this.lengthMs);
  }
}
