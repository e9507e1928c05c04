// How busy a part was between any two instants: the area under "places in use", summed up once, then two look-ups.

import { recordKinds, type Trace } from './trace';

interface Curve {
  /** When the number of places in use changed. */
  timesMs: number[];
  /** Place-milliseconds used up to then, and places in use from then on. */
  areas: number[];
  busy: number[];
}

export class BusyTime {
  private readonly curves: Curve[];

  constructor(private readonly trace: Trace) {
    this.curves = trace.partList.map(() => ({ timesMs: [trace.fromMs], areas: [0], busy: [0] }));
    const { count, kinds, parts, subjects, timesMs } = trace;
    const served = trace.partList.map(() => new Map<number, number>());
    for (let index = 0; index < count; index++) {
      const kind = kinds[index];
      if (kind !== recordKinds.start && kind !== recordKinds.leave) continue;
      const here = served[parts[index]];
      const places = here.get(subjects[index]) ?? 0;
      if (kind === recordKinds.start) {
        here.set(subjects[index], places + 1);
        step(this.curves[parts[index]], timesMs[index], 1);
      } else if (places > 0) {
        if (places === 1) here.delete(subjects[index]);
        else here.set(subjects[index], places - 1);
        step(this.curves[parts[index]], timesMs[index], -1);
      }
    }
  }

  /** Share of the part's places that was in use on the mean; 0 for parts without places. */
  utilization(part: number, fromMs: number, toMs: number): number {
    const { concurrency } = this.trace.partList[part];
    const startMs = Math.max(fromMs, this.trace.fromMs);
    const endMs = Math.min(toMs, this.trace.toMs);
    if (concurrency < 1 || !(endMs > startMs)) return 0;
    return (areaAt(this.curves[part], endMs) - areaAt(this.curves[part], startMs)) / ((endMs - startMs) * concurrency);
  }
}

function step(curve: Curve, nowMs: number, change: number): void {
  const last = curve.timesMs.length - 1;
  curve.timesMs.push(nowMs);
  curve.areas.push(curve.areas[last] + curve.busy[last] * (nowMs - curve.timesMs[last]));
  curve.busy.push(curve.busy[last] + change);
}

function areaAt({ timesMs, areas, busy }: Curve, atMs: number): number {
  let low = 0;
  let high = timesMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (timesMs[middle] <= atMs) low = middle;
    else high = middle - 1;
  }
  return areas[low] + busy[low] * Math.max(0, atMs - timesMs[low]);
}
