// The log of a run as structured records: what the parts said, the signs on the timeline as events, and, as in an access log, the end of
// every request. Records of requests carry the ids of their trace, so that tools can jump from one to the other.

import type { Span } from './spans';
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

/** The lines of the log and the marks, by time; of one instant the lines first, each list in its own order. */
export function logRecords({ log, marks, partList }: Trace): LogRecord[] {
  const nameOf = (part: number): string => (part < 0 ? '' : partList[part].name);
  const records: LogRecord[] = log.map(({ atMs, level, part, text }) => ({
    timeMs: atMs,
    severity: level,
    part: nameOf(part),
    body: text,
    attributes: {},
  }));
  for (const { atMs, kind, part, text } of marks) {
    records.push({ timeMs: atMs, severity: 'info', part: nameOf(part), body: text, eventName: `simulation.${kind}`, attributes: {} });
  }
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
