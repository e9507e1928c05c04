// A quantity that lasts until it changes (a queue length, busy servers), weighted by how long it lasted.

import type { LevelSeries } from './levelSeries';

export class Level {
  value = 0;
  highest = 0;
  /** ∫ value dt so far, in value × ms. */
  area = 0;
  /** When set, the level is also followed over time, for a chart. */
  series: LevelSeries | undefined;
  /** Not a number at first, so that engines make it a field for fractions: a field that began whole costs garbage at each change. */
  private sinceMs = Number.NaN;

  /** @param fromMs the measurement window begins here (after a warm-up) */
  constructor(private fromMs = 0) {
    this.sinceMs = fromMs;
  }

  /** The warm-up ends: the window begins now, with the level as it is. A series goes on over the whole run. */
  warm(nowMs: number): void {
    this.set(nowMs, this.value);
    this.fromMs = nowMs;
    this.area = 0;
    this.highest = this.value;
  }

  set(nowMs: number, value: number): void {
    if (nowMs > this.sinceMs) {
      this.area += this.value * (nowMs - this.sinceMs);
      this.sinceMs = nowMs;
    }
    this.value = value;
    if (value > this.highest) this.highest = value;
    if (this.series !== undefined) this.series.set(nowMs, value);
  }

  add(nowMs: number, change: number): void {
    this.set(nowMs, this.value + change);
  }

  /** Time-weighted mean from the start of the window to `nowMs`. */
  mean(nowMs: number): number {
    const lengthMs = nowMs - this.fromMs;
    return lengthMs > 0 ? (this.area + this.value * (nowMs - this.sinceMs)) / lengthMs : this.value;
  }

  close(nowMs: number): void {
    this.set(nowMs, this.value);
  }
}
