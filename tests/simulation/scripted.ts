// Systems whose every arrival and every piece of work is given, for tests by exact schedule.

import type { Fate } from '../../src/simulation/measure/accounts';
import type { Call, Part } from '../../src/simulation/parts/call';
import { Source } from '../../src/simulation/parts/source';
import { System } from '../../src/simulation/parts/system';
import type { RecordWindow } from '../../src/simulation/record/trace';
import { replayedArrivals } from '../../src/simulation/workload/arrivals';

export interface Ending {
  request: number;
  atMs: number;
  responseMs: number;
  fate: Fate;
  waitMs: number;
}

export interface Script {
  arrivals: readonly number[];
  /** Work of each request in ms; one number for all. */
  works: readonly number[] | number;
  /** Key of each request; default: all 0. */
  keys?: readonly number[];
}

/** A system that notices when a call is given back twice: a call in the pool twice would be two requests at once. */
export class WatchedSystem extends System {
  private readonly pooled = new Set<Call>();

  override newCall(): Call {
    const call = super.newCall();
    this.pooled.delete(call);
    return call;
  }

  override release(call: Call): void {
    if (this.pooled.has(call)) throw new Error(`Call ${call.index} of request ${call.request} was given back twice.`);
    this.pooled.add(call);
    super.release(call);
  }
}

export function newSystem(record: RecordWindow = { detail: 'all' }, seed = 1): WatchedSystem {
  return new WatchedSystem({ seed, record });
}

/** Sends the scripted requests to a part and collects how each ended. */
export function sendScript(system: System, script: Script, part: Part): { source: Source; endings: Ending[] } {
  const endings: Ending[] = [];
  const { works, keys } = script;
  let nextWork = 0;
  let nextKey = 0;
  const source = new Source(system, {
    arrivals: replayedArrivals(script.arrivals),
    workMs: () => (typeof works === 'number' ? works : (works[nextWork++] ?? 1)),
    key: keys === undefined ? undefined : () => keys[nextKey++] ?? 0,
    onEnd: (call, fate, responseMs) =>
      endings.push({ request: call.request, atMs: system.simulation.nowMs, responseMs, fate, waitMs: call.startedMs - call.enteredMs }),
  }).to(part);
  return { source, endings };
}

/** Runs and checks the books. */
export function finish(system: System, horizonMs: number): void {
  system.simulation.runUntil(horizonMs);
  system.simulation.audit();
}

/** A part that does what a test tells it to. */
export class Probe implements Part {
  readonly id: number;
  readonly accepted: { call: Call; atMs: number }[] = [];
  readonly canceled: { call: Call; atMs: number }[] = [];

  constructor(
    private readonly system: System,
    readonly name = 'probe',
    private readonly whenAccepted: (call: Call) => void = () => {},
  ) {
    this.id = system.register({ name, kind: 'server', label: name, concurrency: 0, queueCapacity: 0, speed: 1 });
  }

  accept(call: Call): void {
    this.accepted.push({ call, atMs: this.system.simulation.nowMs });
    this.whenAccepted(call);
  }

  cancel(call: Call): void {
    this.canceled.push({ call, atMs: this.system.simulation.nowMs });
  }
}
