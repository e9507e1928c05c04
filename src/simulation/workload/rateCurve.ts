// Demand that changes with the hour: a rate that runs straight from point to point and repeats. Arrivals invert its integral
// (no thinning), so that a steeper day stretches the same sequence of requests.

import { cos, log } from '../kernel/math';
import type { Stream } from '../kernel/random';
import type { ArrivalProcess } from './arrivals';

export interface RatePoint {
  atMs: number;
  perSecond: number;
}

/** From point to point in a straight line; after `periodMs` it begins again. The first point is at 0. */
export interface RateCurve {
  readonly points: readonly RatePoint[];
  readonly periodMs: number;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Throws RangeError unless points ascend from 0 to less than `periodMs` and each rate is a number from 0 up. */
export function rateCurve(points: readonly RatePoint[], periodMs: number): RateCurve {
  if (points.length === 0 || points[0].atMs !== 0) throw new RangeError('A rate curve has at least one point, and the first is at 0 ms.');
  points.forEach(({ atMs, perSecond }, index) => {
    const next = index + 1 < points.length ? points[index + 1].atMs : periodMs;
    if (!(next > atMs && next < Infinity)) {
      throw new RangeError(`Point ${index + 1} of the rate curve is at ${atMs} ms and the next at ${next} ms; times must ascend.`);
    }
    if (!(perSecond >= 0 && perSecond < Infinity)) {
      throw new RangeError(`The rate at ${atMs} ms is ${perSecond} per second; it must be a number from 0 up.`);
    }
  });
  return { points, periodMs };
}

/** Requests per second at an instant. */
export function rateAt({ points, periodMs }: RateCurve, tMs: number): number {
  const inPeriod = tMs - Math.floor(tMs / periodMs) * periodMs;
  let index = points.length - 1;
  while (points[index].atMs > inPeriod) index--;
  const from = points[index];
  const end = index + 1 < points.length ? points[index + 1] : { atMs: periodMs, perSecond: points[0].perSecond };
  return from.perSecond + ((end.perSecond - from.perSecond) * (inPeriod - from.atMs)) / (end.atMs - from.atMs);
}

/** Mean over a period, per second. */
export function meanRate({ points, periodMs }: RateCurve): number {
  let area = 0;
  points.forEach(({ atMs, perSecond }, index) => {
    const end = points[index + 1] ?? { atMs: periodMs, perSecond: points[0].perSecond };
    area += ((perSecond + end.perSecond) / 2) * (end.atMs - atMs);
  });
  return area / periodMs;
}

export interface DayCurveOptions {
  quietPerSecond: number;
  peakPerSecond: number;
  /** Hour of the peak, 0 to 24. Default 19: dinner. The quietest hour is 12 hours off. */
  peakHour?: number;
  /** Length of a day; shorter for an experiment that has no patience. Default 24 h. */
  lengthMs?: number;
}

const dayPoints = 48;

/** A day as a cosine between the quiet and the peak rate, in 48 straight pieces. */
export function dayCurve({ quietPerSecond, peakPerSecond, peakHour = 19, lengthMs = dayMs }: DayCurveOptions): RateCurve {
  const middle = (quietPerSecond + peakPerSecond) / 2;
  const swing = (peakPerSecond - quietPerSecond) / 2;
  const points = Array.from({ length: dayPoints }, (_, index) => ({
    atMs: (lengthMs * index) / dayPoints,
    perSecond: Math.max(0, middle + swing * cos(2 * Math.PI * (index / dayPoints - peakHour / 24))),
  }));
  return rateCurve(points, lengthMs);
}

/** The same curve as people live it `hoursEast` of Greenwich: their noon comes earlier. For curves of a day. */
export function inTimeZone(curve: RateCurve, hoursEast: number): RateCurve {
  const { points, periodMs } = curve;
  const shiftMs = (hoursEast / 24) * periodMs;
  const shifted = points.map(({ atMs, perSecond }) => {
    const moved = atMs - shiftMs;
    return { atMs: moved - Math.floor(moved / periodMs) * periodMs, perSecond };
  });
  shifted.sort((a, b) => a.atMs - b.atMs);
  if (shifted[0].atMs > 0) shifted.unshift({ atMs: 0, perSecond: rateAt(curve, shiftMs) });
  return rateCurve(shifted, periodMs);
}

/** Demand that follows the sun: the curves of many places on one clock, added up. All must have the same period. */
export function sumOfCurves(curves: readonly RateCurve[]): RateCurve {
  const { periodMs } = curves[0];
  if (curves.some((curve) => curve.periodMs !== periodMs)) throw new RangeError('Curves to add up must have the same period.');
  const times = [...new Set(curves.flatMap(({ points }) => points.map(({ atMs }) => atMs)))].sort((a, b) => a - b);
  return rateCurve(
    times.map((atMs) => ({ atMs, perSecond: curves.reduce((sum, curve) => sum + rateAt(curve, atMs), 0) })),
    periodMs,
  );
}

/** Poisson arrivals whose rate follows the curve (a non-homogeneous Poisson process). Source: Çinlar, Introduction to Stochastic Processes (1975), chapter 4. */
export function curveArrivals(curve: RateCurve, stream: Stream): ArrivalProcess {
  return new CurveArrivals(curve, stream);
}

class CurveArrivals implements ArrivalProcess {
  private readonly startsMs: Float64Array;
  private readonly perMs: Float64Array;
  private readonly canArrive: boolean;
  private period = 0;
  private piece = 0;
  /** How far into the piece the last arrival was. */
  private insideMs = 0;

  constructor(
    private readonly curve: RateCurve,
    private readonly stream: Stream,
  ) {
    const { points, periodMs } = curve;
    this.startsMs = Float64Array.from([...points.map(({ atMs }) => atMs), periodMs]);
    this.perMs = Float64Array.from([...points, points[0]].map(({ perSecond }) => perSecond / 1000));
    this.canArrive = points.some(({ perSecond }) => perSecond > 0);
  }

  nextMs(): number {
    if (!this.canArrive) return Infinity;
    let needed = -log(this.stream.next());
    for (;;) {
      const { piece, insideMs } = this;
      const lengthMs = this.startsMs[piece + 1] - this.startsMs[piece];
      const slope = (this.perMs[piece + 1] - this.perMs[piece]) / lengthMs;
      const rate = this.perMs[piece] + slope * insideMs;
      const restMs = lengthMs - insideMs;
      const available = (rate + 0.5 * slope * restMs) * restMs;
      if (needed <= available && available > 0) {
        // The root of rate·x + slope·x²/2 = needed, written so that nothing cancels.
        const stepMs = (2 * needed) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * needed)));
        this.insideMs = Math.min(lengthMs, insideMs + stepMs);
        return this.period * this.curve.periodMs + this.startsMs[piece] + this.insideMs;
      }
      needed -= available;
      this.nextPiece();
    }
  }

  private nextPiece(): void {
    this.insideMs = 0;
    if (++this.piece < this.startsMs.length - 1) return;
    this.piece = 0;
    this.period++;
  }
}
