// The log of a run as structured records: what the parts said, the signs on the timeline as events, and, as in an access log, the end of
// every request. Records of requests carry the ids of their trace, so that tools can jump from one to the other.

import type { Span } from './spans';
import { type Said, saidText } from './spoken';
import type { LogLevel, Trace } from './trace';

/** A number is a double; a whole number that must stay one is a bigint. */
export type AttributeValue = string | number | boolean | bigint;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface LogRecord {
  readonly timeMs: number;
  readonly severity: LogLevel;
  /** Name of the part; empty when none is concerned. */
  readonly part: string;
  readonly body: string;
  /** For events: what kind of thing happened. */
  readonly eventName?: string;
  readonly attributes: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
}

/**
 * The lines of the log and the marks, by time; of one instant the lines first, each list in its own order. The body calls parts by
 * their labels, as a reader knows them, the record by their names; what was filled into the body stands in the attributes too. With
 * `spans`, lines about a request carry the ids of its trace.
 */
export function logRecords({ log, marks, partList }: Trace, spans: readonly Span[] = []): LogRecord[] {
  const roots = new Map(spans.filter(({ step }) => step === 'request').map((span) => [span.request, span]));
  const common = (said: Said) => {
    const root = said.request === undefined ? undefined : roots.get(said.request);
    return {
      part: partList[said.part]?.name ?? '',
      body: saidText(said, partList),
      attributes: { ...said.values, ...(said.request === undefined ? {} : { request: BigInt(said.request) }) },
      ...(root ? { traceId: root.traceId, spanId: root.spanId } : {}),
    };
  };
  const records: LogRecord[] = log.map((line) => ({ timeMs: line.atMs, severity: line.level, ...common(line) }));
  for (const mark of marks) records.push({ timeMs: mark.atMs, severity: 'info', eventName: `simulation.${mark.kind}`, ...common(mark) });
  return records.sort((a, b) => a.timeMs - b.timeMs);
}

/** One record for each request that ended, from the root spans, in order of their end. A request not served well is a warning. */
export function requestRecords(spans: readonly Span[]): LogRecord[] {
  const ended = spans.filter(({ step, fate }) => step === 'request' && fate !== undefined);
  return ended
    .sort((a, b) => a.endMs - b.endMs)
    .map(({ request, part, startMs, endMs, fate, traceId, spanId }) => ({
      timeMs: endMs,
      severity: fate === 'completed' ? 'info' : 'warn',
      part,
      body: `Request ${request} ${fate} after ${Math.round((endMs - startMs) * 1000) / 1000} ms.`,
      attributes: { request: BigInt(request), responseMs: endMs - startMs, fate: fate as string },
      traceId,
      spanId,
    }));
}
