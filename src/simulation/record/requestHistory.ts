// The records of each request, joined: from any record to the one before and after it of the same request.
// And the work of each request, as told when it was opened. Found in one pass over the trace. What a picture of a moment is drawn
// by must not hang on what comes after it: two runs that part at a moment look alike until then.

import { recordKinds, type Trace } from './trace';

export interface RequestHistory {
  /** Index of the record before of the same request, or -1. */
  previous: Int32Array;
  /** Index of the next record of the same request, or -1. */
  next: Int32Array;
  /** By request, in ms; NaN when it was opened outside of what is recorded. */
  workMs: Float64Array;
  /** Times that a request came to a part that serves, up to the end of each of `landingStretches` equal stretches of what is recorded. */
  landings: Uint32Array;
  /** Of the first requests. */
  meanWorkMs: number;
  /** Least and greatest work of these differ. */
  workVaries: boolean;
  /** Longest time on a wire, in ms. */
  longestFlightMs: number;
}

export const landingStretches = 1024;
/** So many requests tell how large one is. */
const firstRequests = 200;

/** Whether a record is about a request (the others are about a part). */
function isAboutRequest(kind: number): boolean {
  return kind <= recordKinds.leave || kind === recordKinds.flight || kind === recordKinds.interrupt;
}

export function requestHistory(trace: Trace): RequestHistory {
  const { count, kinds, subjects, values, timesMs } = trace;
  let requests = 0;
  for (let index = 0; index < count; index++) {
    if (isAboutRequest(kinds[index]) && subjects[index] >= requests) requests = subjects[index] + 1;
  }
  const previous = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const last = new Int32Array(requests).fill(-1);
  const workMs = new Float64Array(requests).fill(Number.NaN);
  let opened = 0;
  const landings = new Uint32Array(landingStretches);
  const serves = Uint8Array.from(trace.partList, ({ concurrency }) => (concurrency > 0 ? 1 : 0));
  const stretchesPerMs = landingStretches / (trace.toMs - trace.fromMs);
  let sumMs = 0;
  let leastMs = Infinity;
  let greatestMs = -Infinity;
  let longestFlightMs = 0;
  for (let index = 0; index < count; index++) {
    const kind = kinds[index];
    if (!isAboutRequest(kind)) continue;
    const request = subjects[index];
    const before = last[request];
    last[request] = index;
    previous[index] = before;
    if (before >= 0) next[before] = index;
    if (kind === recordKinds.enter && serves[trace.parts[index]] === 1) {
      landings[Math.min(landingStretches - 1, Math.max(0, Math.floor((timesMs[index] - trace.fromMs) * stretchesPerMs)))]++;
    }
    if (kind === recordKinds.open) {
      const work = values[index];
      workMs[request] = work;
      if (opened === firstRequests) continue;
      opened++;
      sumMs += work;
      if (work < leastMs) leastMs = work;
      if (work > greatestMs) greatestMs = work;
    } else if (kind === recordKinds.flight && values[index] - timesMs[index] > longestFlightMs)
      longestFlightMs = values[index] - timesMs[index];
  }
  for (let stretch = 1; stretch < landingStretches; stretch++) landings[stretch] += landings[stretch - 1];
  return {
    previous,
    next,
    workMs,
    landings,
    meanWorkMs: opened > 0 ? sumMs / opened : Number.NaN,
    workVaries: greatestMs > leastMs,
    longestFlightMs,
  };
}
