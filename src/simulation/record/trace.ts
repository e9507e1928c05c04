// The trace: what happened, when, at which part, to which request. Columns of numbers, so that a worker can hand it over
// without copying. Parts write to a Recorder; it hashes every record and keeps those inside the window asked for.
// Recording never influences the model: nothing in a run can read it.

import { type Columns, copyOfColumns, giveBackColumns, newColumns, takeColumns } from './columns';
import type { Said, SpokenValues } from './spoken';
import { TraceHash } from './traceHash';

/** What a record tells. `subject` and `value` mean what the comment says. */
export const recordKinds = {
  /** A request came into being at a source. subject: request, value: its work in ms. */
  open: 0,
  /** A request reached a part. subject: request, value: id of the part it came from (-1: from outside). */
  enter: 1,
  /** It joined the line of the part. subject: request, value: place in the line. */
  wait: 2,
  /** Its service began. subject: request, value: expected service time in ms. */
  start: 3,
  /** It left the part. subject: request, value: fate code. */
  leave: 4,
  /** The part changed state. subject: state code, value: factor on its speed (0 while paused). */
  state: 5,
  /** A level of the part changed. subject: index of the level's name in `levelNames`, value: the level. */
  level: 6,
  /** Something worth a sign on the timeline. subject: index into `marks`. */
  mark: 7,
  /** A line of the log. subject: index into `log`. */
  log: 8,
  /** A part came into being (1) or went (0). value: 1 or 0. */
  exists: 9,
  /** A request is on a wire until `value` (ms). subject: request, part: where it is going. */
  flight: 10,
  /** The planned end of its service moved. subject: request, value: service time left in ms. */
  replan: 11,
  /** Its service was interrupted for a more urgent one: it is in the line again. subject: request, value: work left in ms at speed 1. */
  interrupt: 12,
  /** An attempt of a client began or ended. subject: request, value: 16 × its number (0 first), plus 1 + fate code when it ended. */
  attempt: 13,
} as const;
export type RecordKind = (typeof recordKinds)[keyof typeof recordKinds];

export const partStates = { up: 0, down: 1, slow: 2, removedFromRotation: 3, paused: 4, warming: 5 } as const;

/** What a part is, for the picture and for interventions. */
export interface PartDescription {
  id: number;
  /** Unique, with a slash for members of a fleet: `servers/3`. Counted from 1. */
  name: string;
  kind: PartKind;
  /** Words for the reader: `Server 3`. */
  label: string;
  /** How many are served at once; 0 for parts that hold nothing. */
  concurrency: number;
  /** Most that may wait. */
  queueCapacity: number;
  /** Relative speed at the start. */
  speed: number;
  /** What can be done to it by an intervention, where whoever records has asked the system. */
  verbs?: string[];
}
export type PartKind = 'source' | 'client' | 'balancer' | 'server' | 'cache' | 'database' | 'queue' | 'network' | 'monkey';

export interface LinkDescription {
  from: number;
  to: number;
}

export type MarkKind = 'crash' | 'restore' | 'slow' | 'rejection' | 'saturation' | 'health' | 'flush' | 'hypothesis' | 'note';
export interface Mark extends Said {
  atMs: number;
  kind: MarkKind;
}

export type LogLevel = 'info' | 'warn' | 'error';
export interface LogLine extends Said {
  atMs: number;
  level: LogLevel;
}

/** Which records to keep. Unless the figures are all that is wanted, the hash covers every one, kept or not. */
export interface RecordWindow {
  /**
   * figures: no records and no hash, only what parts measure; quickest, for replications. none: nothing but the hash.
   * coarse: states, levels, marks and log. all: everything from `fromMs` to `toMs`, coarse elsewhere.
   */
  detail: 'figures' | 'none' | 'coarse' | 'all';
  fromMs?: number;
  toMs?: number;
}

/** A finished recording. Plain data: it can cross to another thread. */
export interface Trace extends Columns {
  count: number;
  partList: PartDescription[];
  links: LinkDescription[];
  levelNames: string[];
  marks: Mark[];
  log: LogLine[];
  /** The window in which every request is recorded. */
  fromMs: number;
  toMs: number;
  horizonMs: number;
}

const logLimit = 100_000;
const markLimit = 2_000;

/** Records are written to a buffer first, three doubles each: time, value, and kind, part and subject in one. */
const bufferRoom = 3 * 256;
const twoTo32 = 4294967296;

export class Recorder {
  readonly partList: PartDescription[] = [];
  readonly links: LinkDescription[] = [];
  readonly levelNames: string[] = [];
  readonly marks: Mark[] = [];
  readonly log: LogLine[] = [];
  private readonly buffer = new Float64Array(bufferRoom);
  private readonly bufferHalves = new Int32Array(this.buffer.buffer);
  private buffered = 0;
  private readonly hash = new TraceHash();
  /** Whether records are wanted. Where much happens, a part looks before it hands numbers over. */
  readonly isHashed: boolean;
  private readonly keepsCoarse: boolean;
  private readonly fromMs: number;
  private readonly toMs: number;
  private logCount = 0;
  private markCount = 0;

  private count = 0;
  private columns: Columns;

  constructor(window: RecordWindow) {
    this.isHashed = window.detail !== 'figures';
    this.keepsCoarse = this.isHashed && window.detail !== 'none';
    this.fromMs = window.detail === 'all' ? (window.fromMs ?? 0) : Infinity;
    this.toMs = window.detail === 'all' ? (window.toMs ?? Infinity) : -Infinity;
    this.columns = this.keepsCoarse ? takeColumns() : newColumns(0);
  }

  /** One happening to one request at one part. Short, so that it costs little wherever it is written. */
  request(timeMs: number, kind: RecordKind, part: number, subject: number, value: number): void {
    if (!this.isHashed) return;
    const { buffer, buffered } = this;
    buffer[buffered] = timeMs;
    buffer[buffered + 1] = value;
    buffer[buffered + 2] = (kind + (part << 4)) * twoTo32 + subject;
    this.buffered = buffered + 3;
    if (buffered === bufferRoom - 3) this.flush();
  }

  /** A state, level or existence: kept in the coarse trace too. */
  coarse(timeMs: number, kind: RecordKind, part: number, subject: number, value: number): void {
    this.request(timeMs, kind, part, subject, value);
  }

  /** Tells the window's beginning what is already there. Not hashed: it is no happening. */
  snapshot(timeMs: number, kind: RecordKind, part: number, subject: number, value: number): void {
    this.flush();
    this.makeRoom(1);
    const at = this.count++;
    this.columns.timesMs[at] = timeMs;
    this.columns.kinds[at] = kind;
    this.columns.parts[at] = part;
    this.columns.subjects[at] = subject;
    this.columns.values[at] = value;
  }

  describePart(part: Omit<PartDescription, 'id'>): number {
    const id = this.partList.length;
    this.partList.push({ id, ...part });
    return id;
  }

  describeLink(from: number, to: number): void {
    if (!this.links.some((link) => link.from === from && link.to === to)) this.links.push({ from, to });
  }

  levelIndex(name: string): number {
    const known = this.levelNames.indexOf(name);
    return known >= 0 ? known : this.levelNames.push(name) - 1;
  }

  /** `text` and `values` as in `Said`: they are put together when somebody reads them. */
  mark(atMs: number, kind: MarkKind, part: number, text: string, values?: SpokenValues): void {
    this.request(atMs, recordKinds.mark, part + 1, this.markCount++, 0);
    if (this.keepsCoarse && this.marks.length < markLimit) this.marks.push({ atMs, kind, part, text, ...(values ? { values } : {}) });
  }

  /** As `mark`; `request`: the one that the line is about. */
  say(atMs: number, level: LogLevel, part: number, text: string, values?: SpokenValues, request = -1): void {
    this.request(atMs, recordKinds.log, part + 1, this.logCount++, 0);
    if (!this.keepsCoarse || this.log.length >= logLimit) return;
    const line: LogLine = { atMs, level, part, text };
    if (values) line.values = values;
    if (request >= 0) line.request = request;
    this.log.push(line);
  }

  /** Whether log lines are wanted at all: gathering values for nobody costs time. */
  get wantsText(): boolean {
    return this.keepsCoarse;
  }

  /** Where a window that opens mid-run begins, or -1. */
  get snapshotAtMs(): number {
    return this.fromMs > 0 && this.fromMs < Infinity ? this.fromMs : -1;
  }

  /** The hash of all that happened. Throws when the run was made for its figures alone: it has none. */
  digest(): string {
    if (!this.isHashed)
      throw new Error("This run keeps figures only, so it has no trace hash; record with detail 'none' or more to get one.");
    this.flush();
    return this.hash.digest();
  }

  finish(horizonMs: number): Trace {
    this.flush();
    const { count, columns } = this;
    this.columns = copyOfColumns(columns, count, count);
    giveBackColumns(columns);
    return {
      count,
      ...this.columns,
      partList: this.partList,
      links: this.links,
      levelNames: this.levelNames,
      marks: this.marks,
      log: this.log,
      fromMs: Math.max(0, Math.min(this.fromMs, horizonMs)),
      toMs: Math.min(horizonMs, Math.max(0, this.toMs)),
      horizonMs,
    };
  }

  /** Hashes what is in the buffer and keeps what was asked for. */
  private flush(): void {
    const { buffer, buffered } = this;
    this.hash.add(this.bufferHalves, 2 * buffered);
    this.buffered = 0;
    if (!this.keepsCoarse) return;
    this.makeRoom(buffered / 3);
    const { timesMs, kinds, parts, subjects, values } = this.columns;
    let { count } = this;
    for (let at = 0; at < buffered; at += 3) {
      const timeMs = buffer[at];
      const head = Math.floor(buffer[at + 2] / twoTo32);
      const kind = (head & 15) as RecordKind;
      const subject = buffer[at + 2] - head * twoTo32;
      if (!this.isKept(timeMs, kind, subject)) continue;
      timesMs[count] = timeMs;
      kinds[count] = kind;
      // The part of a mark or a line is written with 1 more, for those that concern no part.
      parts[count] = isText(kind) ? Math.max(0, (head >> 4) - 1) : head >> 4;
      subjects[count] = subject;
      values[count] = buffer[at + 1];
      count++;
    }
    this.count = count;
  }

  private isKept(timeMs: number, kind: RecordKind, subject: number): boolean {
    if (isText(kind)) return subject < (kind === recordKinds.mark ? markLimit : logLimit);
    return isCoarse(kind) || (timeMs >= this.fromMs && timeMs <= this.toMs);
  }

  private makeRoom(more: number): void {
    const { columns, count } = this;
    let room = columns.timesMs.length;
    if (count + more <= room) return;
    while (count + more > room) room = Math.max(1024, 2 * room);
    this.columns = copyOfColumns(columns, count, room);
  }
}

function isText(kind: RecordKind): boolean {
  return kind === recordKinds.mark || kind === recordKinds.log;
}

/** Kept outside the window too. */
function isCoarse(kind: RecordKind): boolean {
  return kind === recordKinds.state || kind === recordKinds.level || kind === recordKinds.exists;
}
