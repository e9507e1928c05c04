// One part at the cursor: its state, who waits, who is served and where, and what has come of all who left.
// It mirrors what the part did: the lowest free place is taken, and slowness stretches the work that is left.

import { fateNames, fates } from '../measure/accounts';
import { RequestLine } from './requestLine';
import { type PartDescription, partStates } from './trace';

const free = -1;

/** Copy of a part, for a keyframe. */
export interface PartFrame {
  exists: boolean;
  state: number;
  speedFactor: number;
  entered: number;
  waiting: Uint32Array;
  holding: Uint32Array;
  serving: readonly number[];
  startedMs: readonly number[];
  endsMs: readonly number[];
  counts: Float64Array;
  levels: Float64Array;
}

export class PartReplay {
  exists = true;
  /** Code of `partStates`. */
  state: number = partStates.up;
  /** Share of its normal speed: 1 unless slow, 0 when down. */
  speedFactor = 1;
  /** Requests that reached it so far. */
  entered = 0;
  /** In the line, first come first. */
  readonly waiting = new RequestLine();
  /** Here without a line or a place: asked for at a cache, waited for by a client. */
  readonly holding = new RequestLine();
  /** Request at each place of service, or -1. As long as the most places used so far. */
  readonly serving: number[] = [];
  /** When the service at each place began, and when its own work is to end (earlier than the cursor: it waits for another part). */
  readonly startedMs: number[] = [];
  readonly endsMs: number[] = [];
  /** Places in use. */
  busy = 0;
  /** Requests that left so far, by fate code. */
  readonly counts = new Float64Array(fateNames.length);
  /** By index of the name; NaN until first told. */
  readonly levels: Float64Array;

  constructor(
    readonly part: PartDescription,
    levelCount: number,
    /** A balancer holds nothing: it passes on at once. */
    readonly passesOn: boolean,
  ) {
    this.levels = new Float64Array(levelCount).fill(Number.NaN);
  }

  /** Requests here in any way. */
  get inside(): number {
    return this.waiting.length + this.busy + this.holding.length;
  }

  enter(request: number): void {
    this.entered++;
    if (!this.passesOn) this.holding.push(request);
  }

  wait(request: number): void {
    this.holding.remove(request);
    this.waiting.push(request);
  }

  interrupt(request: number): void {
    if (this.giveUpPlace(request)) this.waiting.push(request);
  }

  start(request: number, nowMs: number, serviceMs: number): void {
    if (!this.holding.remove(request)) this.waiting.remove(request);
    let place = 0;
    while (place < this.serving.length && this.serving[place] !== free) place++;
    this.serving[place] = request;
    this.startedMs[place] = nowMs;
    this.endsMs[place] = this.speedFactor === 0 ? Infinity : nowMs + serviceMs;
    this.busy++;
  }

  replan(request: number, nowMs: number, leftMs: number): void {
    const place = this.serving.indexOf(request);
    if (place >= 0) this.endsMs[place] = nowMs + leftMs;
  }

  leave(request: number, fate: number): void {
    this.counts[fate]++;
    if (this.passesOn || this.holding.remove(request)) return;
    const gaveUp = fate === fates.abandoned || fate === fates.rejected;
    if (gaveUp && this.waiting.remove(request)) return;
    if (!this.giveUpPlace(request)) this.waiting.remove(request);
  }

  turn(state: number, factor: number, nowMs: number): void {
    const before = this.speedFactor;
    this.state = state;
    this.speedFactor = factor;
    // Of a part that was down nothing is left; one that was paused tells of every service that goes on.
    if (before === 0 || before === factor || state === partStates.down) return;
    for (let place = 0; place < this.serving.length; place++) {
      if (this.serving[place] !== free && this.endsMs[place] > nowMs)
        this.endsMs[place] = factor === 0 ? Infinity : nowMs + ((this.endsMs[place] - nowMs) * before) / factor;
    }
  }

  private giveUpPlace(request: number): boolean {
    const place = this.serving.indexOf(request);
    if (place < 0) return false;
    this.serving[place] = free;
    this.busy--;
    return true;
  }

  save(): PartFrame {
    return {
      exists: this.exists,
      state: this.state,
      speedFactor: this.speedFactor,
      entered: this.entered,
      waiting: this.waiting.toArray(),
      holding: this.holding.toArray(),
      serving: this.serving.slice(),
      startedMs: this.startedMs.slice(),
      endsMs: this.endsMs.slice(),
      counts: this.counts.slice(),
      levels: this.levels.slice(),
    };
  }

  restore(frame: PartFrame): void {
    this.exists = frame.exists;
    this.state = frame.state;
    this.speedFactor = frame.speedFactor;
    this.entered = frame.entered;
    this.waiting.fill(frame.waiting);
    this.holding.fill(frame.holding);
    copyInto(this.serving, frame.serving);
    copyInto(this.startedMs, frame.startedMs);
    copyInto(this.endsMs, frame.endsMs);
    this.busy = 0;
    for (const request of this.serving) if (request !== free) this.busy++;
    this.counts.set(frame.counts);
    this.levels.set(frame.levels);
  }
}

function copyInto(target: number[], source: readonly number[]): void {
  target.length = source.length;
  for (let index = 0; index < source.length; index++) target[index] = source[index];
}
