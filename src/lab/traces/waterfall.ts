// The spans of a request as rows of a waterfall: who asked whom from top to bottom, time from left to right.

import type { Span } from '@by-the-slice/simulation';
import type { RequestSpans } from './requestSpans';

interface WaterfallRow {
  span: Span;
  /** 0 for the whole request. */
  depth: number;
  ms: number;
  /** Of the whole request, 0 to 1. What goes on after its end takes it beyond. */
  share: number;
  /** Place of the bar, as shares of the width. */
  left: number;
  width: number;
}

export interface Waterfall {
  rows: WaterfallRow[];
  fromMs: number;
  /** Later than the request's end where work for it went on. */
  toMs: number;
}

/** Rows of no length are left out, but not those of parts: they tell where it went. */
export function waterfallOf({ spans, startMs, endMs }: RequestSpans): Waterfall {
  const toMs = spans.reduce((latest, span) => Math.max(latest, span.endMs), endMs);
  const wholeMs = toMs - startMs;
  const depths = new Map<string, number>();
  const rows: WaterfallRow[] = [];
  for (const span of spans) {
    const depth = (depths.get(span.parentSpanId) ?? -1) + 1;
    depths.set(span.spanId, depth);
    const ms = span.endMs - span.startMs;
    if (ms === 0 && (span.step === 'wait' || span.step === 'service')) continue;
    rows.push({
      span,
      depth,
      ms,
      share: endMs > startMs ? ms / (endMs - startMs) : 0,
      left: wholeMs > 0 ? (span.startMs - startMs) / wholeMs : 0,
      width: wholeMs > 0 ? ms / wholeMs : 0,
    });
  }
  return { rows, fromMs: startMs, toMs };
}
