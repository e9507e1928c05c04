// How a log forgets: by whole segments, the oldest first, by age or by size. So it may keep far more than its limit, and what is
// written to a segment late keeps all of it.
// Source: Apache Kafka 3.9, UnifiedLog.deleteOldSegments and LogSegment.shouldRoll, for a log without replicas or remote storage.

/** A stretch of one partition's log. */
export interface LogSegment {
  /** Offset of its first message. */
  readonly baseOffset: number;
  bytes: number;
  /** When its first and its latest message were written, in ms; NaN while it has none. */
  firstMs: number;
  latestMs: number;
}

export interface LogRetentionRules {
  /** A segment goes when its latest message is older, in ms; Infinity for never (Kafka's -1). Default 7 days. */
  retentionMs?: number;
  /** Segments go while the partition would still hold so many bytes without them; Infinity for never. Default Infinity. */
  retentionBytes?: number;
  /** A message begins a new segment when the first one of the last segment is older, in ms. Default 7 days. */
  segmentMs?: number;
  /** A message begins a new segment when the last one would become larger. Default 1 GiB. */
  segmentBytes?: number;
}

const sevenDaysMs = 604_800_000;

/** Fills in Kafka's defaults. @throws RangeError for a limit that is no number from 0 up (sizes of segments: above 0) */
export function logRetentionRules(name: string, rules: LogRetentionRules): Required<LogRetentionRules> {
  const { retentionMs = sevenDaysMs, retentionBytes = Infinity, segmentMs = sevenDaysMs, segmentBytes = 1_073_741_824 } = rules;
  const result = { retentionMs, retentionBytes, segmentMs, segmentBytes };
  for (const [rule, value] of Object.entries(result)) {
    const isSegment = rule.startsWith('segment');
    if (!(isSegment ? value > 0 : value >= 0)) {
      throw new RangeError(`${rule} of ${name} is ${value}; it must be a number ${isSegment ? 'above 0' : 'from 0 up'}, or Infinity.`);
    }
  }
  return result;
}

/** Whether a message of so many bytes, written now, begins a new segment. */
export function beginsSegment(
  last: LogSegment,
  bytes: number,
  nowMs: number,
  { segmentMs, segmentBytes }: Required<LogRetentionRules>,
): boolean {
  return last.bytes > segmentBytes - bytes || (last.bytes > 0 && nowMs - last.firstMs > segmentMs);
}

/**
 * How many of the oldest segments go now: those wholly before `startOffset`, then by size, then by age; each rule ends at the first
 * segment that may stay. The last segment can go too, unless it is empty: whoever deletes it begins a new one.
 * @param startOffset messages before it were deleted by hand
 */
export function expiredSegments(
  segments: readonly LogSegment[],
  nowMs: number,
  { retentionMs, retentionBytes }: Required<LogRetentionRules>,
  startOffset = 0,
): number {
  const mayGo = segments.length > 0 && segments[segments.length - 1].bytes === 0 ? segments.length - 1 : segments.length;
  let gone = 0;
  while (gone < mayGo && gone + 1 < segments.length && segments[gone + 1].baseOffset <= startOffset) gone++;
  let excess = -retentionBytes;
  for (let at = gone; at < segments.length; at++) excess += segments[at].bytes;
  while (gone < mayGo && excess >= segments[gone].bytes) excess -= segments[gone++].bytes;
  while (gone < mayGo && nowMs - segments[gone].latestMs > retentionMs) gone++;
  return gone;
}
