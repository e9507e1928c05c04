// One request in full: its spans as distributed tracing would show them, and where its time went. Made from its own records alone,
// when somebody looks at it.

import { recordKinds, type Span, spansOf, type Trace } from '@by-the-slice/simulation';
import type { RequestTable } from './requestTable';

/** What a request can spend time on. other: between attempts, or where nothing is recorded of it. */
export type Doing = 'wait' | 'service' | 'flight' | 'other';

interface Stretch {
  doing: Doing;
  /** Name of the part; of a flight, where it leads. */
  part: string;
  ms: number;
  /** Its longest piece. */
  fromMs: number;
  toMs: number;
}

export interface RequestSpans {
  row: number;
  number: number;
  startMs: number;
  endMs: number;
  /** The root first, each after its parent. */
  spans: readonly Span[];
  attempts: number;
  /** By what it did and where, the longest first. They add up to the whole. */
  stretches: readonly Stretch[];
}

/** Lists are scrolled: those seen last are kept. */
const mostKept = 400;
const known = new WeakMap<RequestTable, Map<string, RequestSpans>>();

export function requestSpans(table: RequestTable, row: number, seed: number): RequestSpans {
  const kept = known.get(table) ?? new Map<string, RequestSpans>();
  known.set(table, kept);
  const key = `${row} ${seed}`;
  let found = kept.get(key);
  if (!found) {
    found = makeSpans(table, row, seed);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, found);
  }
  return found;
}

function makeSpans(table: RequestTable, row: number, seed: number): RequestSpans {
  const spans = spansOf(recordsOf(table, row), { seed });
  const [startMs, endMs] = [table.startMs[row], table.endMs[row]];
  const attempts = 1 + spans.reduce((most, { step, attempt }) => (step === 'attempt' ? Math.max(most, attempt) : most), 0);
  return { row, number: table.numbers[row], startMs, endMs, spans, attempts, stretches: stretchesOf(spans, startMs, endMs) };
}

/** A trace that holds nothing but this request. */
function recordsOf({ trace, records, first }: RequestTable, row: number): Trace {
  const own = records.subarray(first[row], first[row + 1]);
  return {
    ...trace,
    count: own.length,
    timesMs: Float64Array.from(own, (index) => trace.timesMs[index]),
    kinds: Uint8Array.from(own, (index) => trace.kinds[index]),
    parts: Uint16Array.from(own, (index) => trace.parts[index]),
    subjects: Uint32Array.from(own, (index) => trace.subjects[index]),
    values: Float64Array.from(own, (index) => trace.values[index]),
  };
}

/** At every instant the request is where its latest span is: who asks another part is with that one. */
function stretchesOf(spans: readonly Span[], startMs: number, endMs: number): Stretch[] {
  const edges = [...new Set([startMs, endMs, ...spans.flatMap((span) => [span.startMs, span.endMs])])]
    .filter((atMs) => atMs >= startMs && atMs <= endMs)
    .sort((a, b) => a - b);
  const stretches = new Map<string, Stretch>();
  let piece = { key: '', fromMs: startMs };
  for (let edge = 0; edge + 1 < edges.length; edge++) {
    const [fromMs, toMs] = [edges[edge], edges[edge + 1]];
    const span = spans.findLast((one) => isDoing(one) && one.startMs <= fromMs && one.endMs >= toMs);
    const doing: Doing = span ? (span.step as Doing) : 'other';
    const part = span?.part ?? '';
    const key = `${doing} ${part}`;
    if (piece.key !== key) piece = { key, fromMs };
    const stretch = stretches.get(key);
    if (!stretch) stretches.set(key, { doing, part, ms: toMs - fromMs, fromMs, toMs });
    else {
      stretch.ms += toMs - fromMs;
      if (toMs - piece.fromMs > stretch.toMs - stretch.fromMs) Object.assign(stretch, { fromMs: piece.fromMs, toMs });
    }
  }
  return [...stretches.values()].sort((a, b) => b.ms - a.ms);
}

function isDoing({ step }: Span): boolean {
  return step === 'wait' || step === 'service' || step === 'flight';
}

/** Where the request is at an instant: its innermost span then. */
export function spanAt({ spans }: RequestSpans, atMs: number): Span | undefined {
  return spans.findLast(({ startMs, endMs, isOpen }) => startMs <= atMs && (atMs < endMs || (isOpen && atMs <= endMs)));
}

/** Requests that were at a part between two instants: 1 by row. A balancer holds a request until it is answered. */
export function rowsAtPart({ trace, rowOf, count, endMs, startMs }: RequestTable, part: number, fromMs: number, toMs: number): Uint8Array {
  const isThere = new Uint8Array(count);
  const sinceMs = new Float64Array(count).fill(Number.NaN);
  /** Retries of one request may be at one part at once. */
  const visits = new Uint8Array(count);
  const isHeld = (trace.partList[part]?.concurrency ?? 0) > 0;
  const isSource = trace.partList[part]?.kind === 'source';
  const note = (row: number, untilMs: number): void => {
    if (sinceMs[row] <= toMs && untilMs > fromMs) isThere[row] = 1;
    sinceMs[row] = Number.NaN;
  };
  for (let index = 0; index < trace.count && !isSource; index++) {
    if (trace.parts[index] !== part) continue;
    const kind = trace.kinds[index];
    if (kind === recordKinds.enter) {
      const row = rowOf[trace.subjects[index]];
      if (visits[row]++ === 0) sinceMs[row] = trace.timesMs[index];
    } else if (kind === recordKinds.leave) {
      const row = rowOf[trace.subjects[index]];
      if (visits[row] > 0 && --visits[row] === 0) note(row, trace.timesMs[index]);
    }
  }
  for (let row = 0; row < count; row++) {
    if (isSource) sinceMs[row] = startMs[row];
    if (!Number.isNaN(sinceMs[row])) note(row, isHeld ? trace.toMs + 1 : endMs[row]);
  }
  return isThere;
}
