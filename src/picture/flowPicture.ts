// From a recording to a picture at any instant: what the stage, the static twin and the export all use.

import { createReplay, landingStretches, type Replay, type ReplayState, type Trace } from '@by-the-slice/simulation';
import { describeFlow, drawFlow, type FlowDescription, mostMovesPerSecond, type Side } from './flow';
import { describePart, describeState } from './flow/describe';
import { linkRates, Moves } from './flow/moves';
import type { SceneOptions } from './scene';
import type { Shape, Size } from './shapes';

export interface View {
  size: Size;
  /** Simulated ms that pass in a second of watching. */
  msPerSecond: number;
  side?: Side;
  /** Nobody is shown on the way: for readers who asked for less motion. */
  isStill?: boolean;
}

/** How long a dot is on its way, in seconds of watching: less where many are, so that those who wait are seen first. */
const longestFlightSeconds = 0.45;
const shortestFlightSeconds = 0.2;
const mostOnTheWay = 8;
/** Utilization and rates are means over this many seconds of watching, and change this many times in it. */
const recentSeconds = 1;
const updatesPerStretch = 4;

export class FlowPicture {
  readonly replay: Replay;
  readonly description: FlowDescription;
  private readonly moves: Moves;
  private readonly utilization: Float64Array;
  private readonly sizeOf: (request: number) => number;
  private utilizationAtMs = Number.NaN;
  private utilizationOverMs = 0;
  private rates: Float64Array | undefined;

  constructor(trace: Trace, scene?: SceneOptions) {
    this.replay = createReplay(trace);
    this.description = describeFlow(trace, scene);
    this.moves = new Moves(this.replay);
    this.utilization = new Float64Array(trace.partList.length);
    const { replay } = this;
    this.sizeOf = (request) => {
      const { workVaries, meanWorkMs } = replay.history;
      const size = workVaries ? replay.workOf(request) / meanWorkMs : 1;
      return size >= 0 ? size : 1;
    };
  }

  stateAt(tMs: number): ReplayState {
    return this.replay.stateAt(tMs);
  }

  shapesAt(tMs: number, { size, msPerSecond, side, isStill = false }: View): Shape[] {
    const state = this.replay.stateAt(tMs);
    const movesPerSecond = this.movesPerSecond(tMs, msPerSecond);
    this.lookBack(tMs, msPerSecond);
    const moves = isStill ? [] : this.moves.at(tMs, flightSecondsOf(movesPerSecond) * msPerSecond);
    return drawFlow(this.description, state, moves, {
      size,
      side,
      movesPerSecond,
      rates: this.rates,
      utilization: this.utilization,
      sizeOf: this.sizeOf,
    });
  }

  describeAt(tMs: number): string {
    return describeState(this.description, this.replay.stateAt(tMs));
  }

  describePartAt(tMs: number, part: number): string {
    return describePart(this.description, this.replay.stateAt(tMs).parts[part]);
  }

  /**
   * About how many requests come to a server in a second of watching: the mean up to now, never of what is still to come, so that
   * the picture of the past stays as it was when the future is changed. A power of two, so that it seldom changes.
   */
  movesPerSecond(tMs: number, msPerSecond: number): number {
    const { fromMs, toMs } = this.replay.trace;
    if (toMs <= fromMs) return 0;
    const stretchMs = (toMs - fromMs) / landingStretches;
    const stretches = Math.min(landingStretches, Math.floor((tMs - fromMs) / stretchMs));
    if (stretches < 1) return 0;
    const landings = this.replay.history.landings[stretches - 1];
    return landings === 0 ? 0 : nearestPowerOfTwo((landings / (stretches * stretchMs)) * msPerSecond);
  }

  /** Recent means, at round times so that their digits can be read. */
  private lookBack(tMs: number, msPerSecond: number): void {
    const overMs = recentSeconds * msPerSecond;
    const stepMs = overMs / updatesPerStretch;
    const atMs = Math.floor(tMs / stepMs) * stepMs;
    if (atMs === this.utilizationAtMs && overMs === this.utilizationOverMs) return;
    this.utilizationAtMs = atMs;
    this.utilizationOverMs = overMs;
    for (const { id } of this.replay.trace.partList) this.utilization[id] = this.replay.utilization(id, atMs - overMs, atMs);
    this.rates = linkRates(this.replay, atMs, overMs);
  }
}

function nearestPowerOfTwo(value: number): number {
  let power = 1;
  while (power * Math.SQRT2 < value) power *= 2;
  return power;
}

/** Above the limit flows are drawn, and only a sample of the dots. */
function flightSecondsOf(movesPerSecond: number): number {
  if (movesPerSecond > mostMovesPerSecond) return longestFlightSeconds;
  return Math.max(shortestFlightSeconds, Math.min(longestFlightSeconds, mostOnTheWay / movesPerSecond));
}
