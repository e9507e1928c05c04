// How a trace travels with a request: the headers traceparent and tracestate of W3C Trace Context (Level 2, github.com/w3c/trace-context
// at acab820, whose test suite decides), and which traces are kept: head sampling as OpenTelemetry's TraceIdRatioBased does it.

export interface TraceParent {
  /** 0 to 254. Above 0 only what version 0 knows was read. */
  readonly version: number;
  /** 32 lower-case hexadecimal digits, not all 0. */
  readonly traceId: string;
  /** 16 of them: the span that the caller is in. */
  readonly parentId: string;
  /** 0 to 255. Bit 0: sampled. Bit 1: the last 14 digits of the trace id are random. */
  readonly flags: number;
}

export const traceFlags = { sampled: 1, random: 2 } as const;

export interface TraceStateMember {
  readonly key: string;
  readonly value: string;
}

/** What a part gets to know from the headers of a request. */
export interface TraceContext {
  /** undefined: there was none, or none to be trusted, and a new trace begins. */
  readonly parent: TraceParent | undefined;
  /** Leftmost first; empty with a new trace. */
  readonly state: readonly TraceStateMember[];
}

const parentFormat = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/s;
const blanksAround = /^[ \t]+|[ \t]+$/g;
const memberFormat = /^([a-z0-9][a-z0-9_\-*/@]{0,255})=([\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e])$/;
const mostMembers = 32;

/** Reads the value of a traceparent header, blanks around it allowed; undefined when it must be ignored. */
export function parseTraceParent(header: string): TraceParent | undefined {
  const found = parentFormat.exec(header.replace(blanksAround, ''));
  if (!found) return undefined;
  const [, version, traceId, parentId, flags, more] = found;
  // Version 0 has exactly four fields; later ones may have more.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (!/[^0]/.test(traceId) || !/[^0]/.test(parentId)) return undefined;
  return { version: Number.parseInt(version, 16), traceId, parentId, flags: Number.parseInt(flags, 16) };
}

/**
 * The header to send on: always version 00, with the flags that it knows (sampled, random). Throws RangeError for ids that are not 32 and
 * 16 lower-case hexadecimal digits with one above 0, or flags outside 0 to 255.
 */
export function formatTraceParent({ traceId, parentId, flags }: Omit<TraceParent, 'version'>): string {
  if (!(Number.isInteger(flags) && flags >= 0 && flags <= 255))
    throw new RangeError(`Trace flags are a whole number from 0 to 255, given ${flags}.`);
  const header = `00-${traceId}-${parentId}-0${flags & 3}`;
  if (parseTraceParent(header) === undefined || header.length !== 55) {
    throw new RangeError(`A trace id has 32 and a span id 16 lower-case hexadecimal digits, not all 0; given ${traceId} and ${parentId}.`);
  }
  return header;
}

/**
 * Reads tracestate headers, joined in order. Empty members are skipped, of members with one key the first counts. undefined, to discard all
 * of it, when a member breaks the grammar (keys of 1 to 256, values of 1 to 256 characters) or there are more than 32.
 */
export function parseTraceState(...headers: readonly string[]): TraceStateMember[] | undefined {
  const members = new Map<string, string>();
  let count = 0;
  for (const text of headers.join(',').split(',')) {
    const member = text.replace(blanksAround, '');
    if (member === '') continue;
    const found = memberFormat.exec(member);
    if (!found || ++count > mostMembers) return undefined;
    if (!members.has(found[1])) members.set(found[1], found[2]);
  }
  return Array.from(members, ([key, value]) => ({ key, value }));
}

export function formatTraceState(members: readonly TraceStateMember[]): string {
  return members.map(({ key, value }) => `${key}=${value}`).join(',');
}

/** Puts a member in front, in place of one with its key; of more than 32 the last goes. Throws RangeError when it breaks the grammar. */
export function withTraceState(members: readonly TraceStateMember[], key: string, value: string): TraceStateMember[] {
  if (!memberFormat.test(`${key}=${value}`))
    throw new RangeError(`A tracestate member must be a key and a value by the grammar, given ${key}=${value}.`);
  return [{ key, value }, ...members.filter((member) => member.key !== key)].slice(0, mostMembers);
}

/**
 * The whole decision for a request that came in: header names in any case; without exactly one valid traceparent a new trace begins and
 * tracestate is discarded; a bad tracestate alone does no harm.
 */
export function readTraceContext(headers: Iterable<readonly [name: string, value: string]>): TraceContext {
  const parents: string[] = [];
  const states: string[] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === 'traceparent') parents.push(value);
    else if (lower === 'tracestate') states.push(value);
  }
  const parent = parents.length === 1 ? parseTraceParent(parents[0]) : undefined;
  return { parent, state: (parent && parseTraceState(...states)) ?? [] };
}

/** Headers to send on from a span of the trace that came in. */
export function writeTraceContext({ parent, state }: TraceContext, spanId: string, isSampled: boolean): [name: string, value: string][] {
  if (parent === undefined) return [];
  const flags = (parent.flags & traceFlags.random) | (isSampled ? traceFlags.sampled : 0);
  const headers: [string, string][] = [['traceparent', formatTraceParent({ traceId: parent.traceId, parentId: spanId, flags })]];
  if (state.length > 0) headers.push(['tracestate', formatTraceState(state)]);
  return headers;
}

const twoTo63 = 4294967296 * 2147483648;

/**
 * Whether a trace belongs to the share that is kept: its last 16 digits without their lowest bit, against share · 2^63. Whoever asks
 * gets one answer, and a larger share keeps all that a smaller one keeps. A share of 1 or more keeps all, of 0 or less none.
 * Source: TraceIDRatioBased of opentelemetry-go 1.x (the specification leaves the hash to the implementation).
 */
export function isSampledByRatio(traceId: string, share: number): boolean {
  if (share >= 1) return true;
  if (!(share > 0)) return false;
  return BigInt(`0x${traceId.slice(16)}`) >> 1n < BigInt(Math.trunc(share * twoTo63));
}
