// A finished run as distributed tracing would show it: for each request a root span of its source, below it a span for each attempt,
// visit to a part, wait, service and flight over a slow link. Ids come from the seed and the request number: the same every time.

import { keyedUniform, RandomSource } from '../kernel/random';
import { type FateName, fateNames } from '../measure/accounts';
import { RequestDrafts, type SpanStep } from './spanDrafts';
import { recordKinds, type Trace } from './trace';
import { isSampledByRatio } from './traceContext';

export type { SpanStep } from './spanDrafts';

export interface Span {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 of them. */
  readonly spanId: string;
  /** Empty for the root. */
  readonly parentSpanId: string;
  /** The part, with what it did unless that was to have the request: `servers/1 wait`. */
  readonly name: string;
  readonly step: SpanStep;
  readonly part: string;
  readonly request: number;
  /** 0 for the first. */
  readonly attempt: number;
  readonly startMs: number;
  readonly endMs: number;
  /** What became of it; undefined for waits and services, and for what was still open when the recording ended. */
  readonly fate: FateName | undefined;
  /** Still open when the recording ended: `endMs` is that end. */
  readonly isOpen: boolean;
}

export interface SpanOptions {
  /** Of the run: the ids come from it. */
  readonly seed: number;
  /** Share of the requests whose spans are kept, 0 to 1, chosen at the root as OpenTelemetry does. Default 1. */
  readonly sampledShare?: number;
}

/** Trace and span ids of a run. Request numbers up to 2^32 give different trace ids. */
export class SpanIds {
  private readonly keys: readonly number[];

  constructor(seed: number) {
    const random = new RandomSource(seed);
    this.keys = ['trace id', 'span id', 'span id, second half'].map((name) => random.key(name));
  }

  /** @param opening 0, or 1 and up for further requests of the same number, from other sources */
  traceId(request: number, opening = 0): string {
    let id = '';
    for (let word = 0; word < 4; word++) id += hexOf(keyedUniform(this.keys[0], request, 4 * opening + word));
    return withoutZeros(id);
  }

  /** @param ordinal of the span within the requests of this number, 0 for the first root */
  spanId(request: number, ordinal: number): string {
    return withoutZeros(hexOf(keyedUniform(this.keys[1], request, ordinal)) + hexOf(keyedUniform(this.keys[2], request, ordinal)));
  }
}

/** The 32 bits of a keyed uniform number, as eight digits. */
function hexOf(uniform: number): string {
  return Math.floor(uniform * 4294967296)
    .toString(16)
    .padStart(8, '0');
}

/** An id of zeros alone means none. */
function withoutZeros(id: string): string {
  return /[^0]/.test(id) ? id : `${id.slice(1)}1`;
}

/**
 * The spans of a recorded window, request by request in order of opening, the root first and each after its parent.
 * Needs a trace of detail `all`. Exact where requests visit a part once at a time; where retries overlap at one part, visits are told
 * apart by when they were due (spanDrafts.ts). Throws RangeError for a seed or share out of range.
 */
export function spansOf(trace: Trace, { seed, sampledShare = 1 }: SpanOptions): Span[] {
  if (!(sampledShare >= 0 && sampledShare <= 1)) throw new RangeError(`sampledShare must lie between 0 and 1, given ${sampledShare}.`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`The seed must be a whole number from 0 to 2^53 - 1, given ${seed}.`);
  const ids = new SpanIds(seed);
  const byRequest = new Map<number, RequestDrafts>();
  const links = new Set(trace.links.map(({ from, to }) => from * 65_536 + to));
  const firstSource = Math.max(
    0,
    trace.partList.findIndex(({ kind }) => kind === 'source'),
  );
  for (let index = 0; index < trace.count; index++) {
    const kind = trace.kinds[index];
    if (!isAboutSpans(kind)) continue;
    const request = trace.subjects[index];
    let drafts = byRequest.get(request);
    if (drafts === undefined) {
      drafts = new RequestDrafts(trace, links);
      byRequest.set(request, drafts);
      if (kind !== recordKinds.open) drafts.open(firstSource, trace.timesMs[index]);
    }
    if (kind === recordKinds.open) drafts.open(trace.parts[index], trace.timesMs[index]);
    else drafts.apply(index);
  }
  const spans: Span[] = [];
  for (const [request, drafts] of byRequest) {
    drafts.finish(trace.toMs);
    appendSpans(spans, trace, ids, request, drafts, sampledShare);
  }
  return spans;
}

function isAboutSpans(kind: number): boolean {
  return kind <= recordKinds.leave || (kind >= recordKinds.flight && kind <= recordKinds.attempt);
}

function appendSpans(spans: Span[], trace: Trace, ids: SpanIds, request: number, { drafts }: RequestDrafts, sampledShare: number): void {
  /** By ordinal of the draft. */
  const traceIds: string[] = [];
  let opening = 0;
  for (const { ordinal, step, startMs, endMs, attempt, fate, parent, part, isOpen } of drafts) {
    const traceId = parent ? traceIds[parent.ordinal] : ids.traceId(request, opening++);
    traceIds.push(traceId);
    if (!isSampledByRatio(traceId, sampledShare)) continue;
    const { name } = trace.partList[part];
    spans.push({
      traceId,
      spanId: ids.spanId(request, ordinal),
      parentSpanId: parent ? ids.spanId(request, parent.ordinal) : '',
      name: step === 'visit' ? name : `${name} ${step}`,
      step,
      part: name,
      request,
      attempt,
      startMs,
      endMs,
      fate: fate < 0 ? undefined : fateNames[fate],
      isOpen,
    });
  }
}
