// How a level went over time: its time-weighted mean in each of so many equal intervals.

export class LevelSeries {
  private readonly areas: Float64Array;
  private readonly lengthMs: number;
  private sinceMs = 0;
  private value = 0;
  /** The interval that `sinceMs` lies in, and where it ends. */
  private interval = 0;
  private endMs: number;

  constructor(
    private readonly horizonMs: number,
    readonly intervals: number,
  ) {
    this.areas = new Float64Array(intervals);
    this.lengthMs = horizonMs / intervals;
    this.endMs = this.lengthMs;
  }

  set(nowMs: number, value: number): void {
    const untilMs = Math.min(nowMs, this.horizonMs);
    while (this.endMs < untilMs && this.interval < this.intervals - 1) {
      this.areas[this.interval] += this.value * (this.endMs - this.sinceMs);
      this.sinceMs = this.endMs;
      this.endMs = (++this.interval + 1) * this.lengthMs;
    }
    this.areas[this.interval] += this.value * (untilMs - this.sinceMs);
    this.sinceMs = untilMs;
    this.value = value;
  }

  /** Call `set(horizonMs, …)` first, so that the last stretch counts. */
  means(): number[] {
    const means: number[] = [];
    for (let interval = 0; interval < this.intervals; interval++) means.push(this.areas[interval] / this.lengthMs);
    return means;
  }
}
