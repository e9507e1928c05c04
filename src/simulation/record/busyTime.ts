// How busy a part was between any two instants: the area under "places in use", summed up once as far as somebody looks,
// then two look-ups.

import { fates } from '../measure/accounts';
import { recordKinds, type Trace } from './trace';

interface Curve {
  length: number;
  /** When the number of places in use changed. */
  timesMs: Float64Array;
  /** Place-milliseconds used up to then, and places in use from then on. */
  areas: Float64Array;
  busy: Int32Array;
}

export class BusyTime {
  private readonly curves: Curve[];
  private readonly served: number[][];
  /** By part: how many attempts of each request wait. */
  private readonly inLine: Map<number, number>[];
  /** Records that the curves know of. */
  private known = 0;

  constructor(private readonly trace: Trace) {
    const { count, kinds, parts, partList, fromMs } = trace;
    const starts = new Uint32Array(partList.length);
    for (let index = 0; index < count; index++) if (kinds[index] === recordKinds.start) starts[parts[index]]++;
    this.curves = Array.from(starts, (most) => emptyCurve(fromMs, 2 * most + 1));
    this.served = partList.map(() => []);
    this.inLine = partList.map(() => new Map());
  }

  /** Share of the part's places that was in use on the mean; 0 for parts without places. */
  utilization(part: number, fromMs: number, toMs: number): number {
    const { concurrency } = this.trace.partList[part];
    const startMs = Math.max(fromMs, this.trace.fromMs);
    const endMs = Math.min(toMs, this.trace.toMs);
    if (concurrency < 1 || !(endMs > startMs)) return 0;
    this.sumUpTo(endMs);
    return (areaAt(this.curves[part], endMs) - areaAt(this.curves[part], startMs)) / ((endMs - startMs) * concurrency);
  }

  /** Nobody has looked beyond the last cursor, so no more is summed up. */
  private sumUpTo(untilMs: number): void {
    const { count, kinds, parts, subjects, values, timesMs } = this.trace;
    for (; this.known < count && timesMs[this.known] <= untilMs; this.known++) {
      const index = this.known;
      const part = parts[index];
      const request = subjects[index];
      const served = this.served[part];
      const waits = this.inLine[part];
      switch (kinds[index]) {
        case recordKinds.wait:
          joinLine(waits, request);
          break;
        case recordKinds.start:
          leaveLine(waits, request);
          served.push(request);
          step(this.curves[part], timesMs[index], 1);
          break;
        case recordKinds.interrupt:
          if (takeOut(served, request)) step(this.curves[part], timesMs[index], -1);
          joinLine(waits, request);
          break;
        case recordKinds.leave:
          if (endsService(values[index], served, waits, request)) step(this.curves[part], timesMs[index], -1);
          break;
      }
    }
  }
}

/** Who gives up does so in the line, even while an earlier attempt of the same request is served; see `PartReplay.leave`. */
function endsService(fate: number, served: number[], inLine: Map<number, number>, request: number): boolean {
  if ((fate === fates.abandoned || fate === fates.rejected) && leaveLine(inLine, request)) return false;
  if (fate === fates.rejected) return false;
  if (takeOut(served, request)) return true;
  leaveLine(inLine, request);
  return false;
}

function joinLine(inLine: Map<number, number>, request: number): void {
  inLine.set(request, (inLine.get(request) ?? 0) + 1);
}

/** False where it does not wait. Several attempts of one request may be in line. */
function leaveLine(inLine: Map<number, number>, request: number): boolean {
  if (inLine.size === 0) return false;
  const attempts = inLine.get(request) ?? 0;
  if (attempts > 1) inLine.set(request, attempts - 1);
  else inLine.delete(request);
  return attempts > 0;
}

/** Those in service are few and in no order. */
function takeOut(served: number[], request: number): boolean {
  const at = served.indexOf(request);
  if (at < 0) return false;
  served[at] = served[served.length - 1];
  served.pop();
  return true;
}

function emptyCurve(fromMs: number, room: number): Curve {
  const curve = { length: 1, timesMs: new Float64Array(room), areas: new Float64Array(room), busy: new Int32Array(room) };
  curve.timesMs[0] = fromMs;
  return curve;
}

function step(curve: Curve, nowMs: number, change: number): void {
  const { length, timesMs, areas, busy } = curve;
  const last = length - 1;
  timesMs[length] = nowMs;
  areas[length] = areas[last] + busy[last] * (nowMs - timesMs[last]);
  busy[length] = busy[last] + change;
  curve.length++;
}

function areaAt({ length, timesMs, areas, busy }: Curve, atMs: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (timesMs[middle] <= atMs) low = middle;
    else high = middle - 1;
  }
  return areas[low] + busy[low] * Math.max(0, atMs - timesMs[low]);
}
