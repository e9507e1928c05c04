// A finished run, seen at any instant. The state at t is what all records up to t add up to; copies of it at intervals
// (keyframes, made when first passed) make a jump to anywhere, and so a step back, as cheap as a step forward.
// Nothing here simulates: the same trace at the same time gives the same state, whichever way the cursor came.

import { fateNames } from '../measure/accounts';
import { BusyTime } from './busyTime';
import { type PartFrame, PartReplay } from './partReplay';
import { type RequestHistory, requestHistory } from './requestHistory';
import { type Mark, partStates, recordKinds, type Trace } from './trace';

export type { PartReplay } from './partReplay';
export { landingStretches } from './requestHistory';

/** The system at the cursor. One object for all calls of `stateAt`: read it before you ask again. */
export interface ReplayState {
  readonly timeMs: number;
  /** Records up to the cursor. */
  readonly index: number;
  /** By id. */
  readonly parts: readonly PartReplay[];
  /** Requests opened so far (since the window began, when the recording began mid-run). */
  readonly opened: number;
  /** Fates, by code, of requests as their source sees them: those that left the outermost part. */
  readonly fates: Float64Array;
}

/** Records from `first` up to, not including, `end`. */
export interface RecordRange {
  first: number;
  end: number;
}

export interface Replay {
  readonly trace: Trace;
  stateAt(tMs: number): ReplayState;
  /** Number of records with a time of at most `tMs`. */
  indexAt(tMs: number): number;
  timeOfRecord(index: number): number;
  /** The records after `fromMs` up to and including `toMs`. */
  movesBetween(fromMs: number, toMs: number): RecordRange;
  /** The next instant at which something is recorded; the horizon when there is none. */
  nextEventTime(tMs: number): number;
  /** The last instant before `tMs` at which something is recorded; 0 when there is none. */
  previousEventTime(tMs: number): number;
  nextNotable(tMs: number): Mark | undefined;
  /** Work of a request in ms; NaN when it was opened outside of what is recorded. */
  workOf(request: number): number;
  /** Share of a part's places in use between two instants. */
  utilization(part: number, fromMs: number, toMs: number): number;
  readonly history: RequestHistory;
  /** Whether a part passes on what it gets without holding it. */
  passesOn(part: number): boolean;
}

interface Keyframe {
  index: number;
  opened: number;
  fates: Float64Array;
  parts: PartFrame[];
}

/** Records between two keyframes: at least so many, more when there is more to copy. */
const keyframeEvery = 1000;

export function createReplay(trace: Trace): Replay {
  return new TraceReplay(trace);
}

class TraceReplay implements Replay {
  private readonly walker: Walker;
  private readonly keyframes: Keyframe[];
  private histories: RequestHistory | undefined;
  private busyTime: BusyTime | undefined;

  constructor(readonly trace: Trace) {
    this.walker = new Walker(trace);
    this.keyframes = [this.walker.save()];
  }

  get history(): RequestHistory {
    this.histories ??= requestHistory(this.trace);
    return this.histories;
  }

  stateAt(tMs: number): ReplayState {
    const { walker } = this;
    const index = this.indexAt(tMs);
    const frame = this.keyframes[this.keyframeBefore(index)];
    if (index < walker.index || frame.index > walker.index) walker.restore(frame);
    while (walker.index < index) {
      walker.apply();
      const last = this.keyframes[this.keyframes.length - 1];
      if (walker.index >= last.index + keyframeEvery && walker.index >= last.index + walker.weight()) this.keyframes.push(walker.save());
    }
    walker.timeMs = tMs;
    return walker;
  }

  indexAt(tMs: number): number {
    const { timesMs, count } = this.trace;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timesMs[middle] <= tMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  timeOfRecord(index: number): number {
    return this.trace.timesMs[index];
  }

  movesBetween(fromMs: number, toMs: number): RecordRange {
    return { first: this.indexAt(fromMs), end: this.indexAt(toMs) };
  }

  nextEventTime(tMs: number): number {
    const index = this.indexAt(tMs);
    return index < this.trace.count ? this.trace.timesMs[index] : this.trace.horizonMs;
  }

  previousEventTime(tMs: number): number {
    const { timesMs } = this.trace;
    let index = this.indexAt(tMs);
    while (index > 0 && timesMs[index - 1] >= tMs) index--;
    return index > 0 ? timesMs[index - 1] : 0;
  }

  nextNotable(tMs: number): Mark | undefined {
    return this.trace.marks.find((mark) => mark.atMs > tMs);
  }

  workOf(request: number): number {
    return this.history.workMs[request] ?? Number.NaN;
  }

  utilization(part: number, fromMs: number, toMs: number): number {
    this.busyTime ??= new BusyTime(this.trace);
    return this.busyTime.utilization(part, fromMs, toMs);
  }

  passesOn(part: number): boolean {
    return this.walker.parts[part].passesOn;
  }

  private keyframeBefore(index: number): number {
    let low = 0;
    let high = this.keyframes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.keyframes[middle].index <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Goes through the records one by one. */
class Walker implements ReplayState {
  timeMs = 0;
  index = 0;
  opened = 0;
  readonly fates = new Float64Array(fateNames.length);
  readonly parts: PartReplay[];
  private readonly isOutermost: boolean[];

  constructor(private readonly trace: Trace) {
    this.parts = trace.partList.map(
      (part) => new PartReplay(part, trace.levelNames.length, part.kind === 'balancer' || part.kind === 'network'),
    );
    this.isOutermost = outermostParts(trace, this.parts);
    for (const part of partsMadeMidRun(trace)) this.parts[part].exists = false;
  }

  apply(): void {
    const { trace, index } = this;
    const kind = trace.kinds[index];
    const subject = trace.subjects[index];
    const value = trace.values[index];
    const part = this.parts[trace.parts[index]];
    this.index++;
    switch (kind) {
      case recordKinds.open:
        this.opened++;
        break;
      case recordKinds.enter:
        part.enter(subject);
        break;
      case recordKinds.wait:
        part.wait(subject);
        break;
      case recordKinds.start:
        part.start(subject, trace.timesMs[index], value);
        break;
      case recordKinds.interrupt:
        part.interrupt(subject);
        break;
      case recordKinds.replan:
        part.replan(subject, trace.timesMs[index], value);
        break;
      case recordKinds.leave:
        part.leave(subject, value);
        if (this.isOutermost[part.part.id]) this.fates[value]++;
        break;
      case recordKinds.state:
        part.turn(subject, subject === partStates.down ? 0 : value, trace.timesMs[index]);
        break;
      case recordKinds.level:
        part.levels[subject] = value;
        break;
      case recordKinds.exists:
        part.exists = value === 1;
        break;
    }
  }

  /** Numbers that a copy would take. */
  weight(): number {
    let weight = this.parts.length * 8;
    for (const part of this.parts) weight += part.waiting.length + part.holding.length + 3 * part.serving.length;
    return weight;
  }

  save(): Keyframe {
    return { index: this.index, opened: this.opened, fates: this.fates.slice(), parts: this.parts.map((part) => part.save()) };
  }

  restore(frame: Keyframe): void {
    this.index = frame.index;
    this.opened = frame.opened;
    this.fates.set(frame.fates);
    for (let id = 0; id < this.parts.length; id++) this.parts[id].restore(frame.parts[id]);
  }
}

/** Parts whose answer is the source's answer: reached from it through nothing but parts that pass on. */
function outermostParts({ partList, links }: Trace, parts: readonly PartReplay[]): boolean[] {
  const isOutermost = partList.map(() => false);
  const open = partList.filter(({ kind }) => kind === 'source').map(({ id }) => id);
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const link of links) {
      if (link.from !== from || isOutermost[link.to]) continue;
      isOutermost[link.to] = true;
      if (parts[link.to].passesOn) open.push(link.to);
    }
  }
  return isOutermost;
}

/** Those whose first word about existing is that they came into being. */
function partsMadeMidRun({ count, kinds, parts, values }: Trace): Set<number> {
  const made = new Set<number>();
  const known = new Set<number>();
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== recordKinds.exists || known.has(parts[index])) continue;
    known.add(parts[index]);
    if (values[index] === 1) made.add(parts[index]);
  }
  return made;
}
