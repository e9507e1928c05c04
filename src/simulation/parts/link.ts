// A wire between two parts. Free and instant unless it has a delay or is cut; then it holds what is under way.
// Because all traffic crosses links, a network partition is a cut link and no part needs to know of it.
// The link knows where a call is, so it also decides when a call that nobody waits for goes back to the pool.

import type { EventHandle } from '../kernel/calendar';
import type { Fate } from '../measure/accounts';
import { recordKinds } from '../record/trace';
import type { Call, Part } from './call';
import type { System } from './system';

export interface LinkOptions {
  /** One way, in ms, 0 or more. */
  delayMs?: number;
}

/** A call on the wire. `fate` is null on the way there, and what the reply says on the way back. */
interface Flight {
  call: Call;
  fate: Fate | null;
  towards: number;
  arrivalMs: number;
  arrival: EventHandle;
}

export class Link {
  readonly delayMs: number;
  /** A cut link loses whatever enters it, both ways, and nobody is told. What is under way is lost if it is still cut on arrival. */
  isCut = false;
  lost = 0;
  /** True while crossing costs nothing: the fast path. */
  isPlain: boolean;
  private readonly arrival: number;
  /** What is under way, by the call's index. */
  private readonly flights = new Map<number, Flight>();
  /** Calls that were lost, there or back, and whose caller has not given up on them. */
  private readonly lostCalls = new Set<Call>();

  constructor(
    private readonly system: System,
    readonly from: number,
    readonly target: Part,
    options: LinkOptions = {},
  ) {
    this.delayMs = options.delayMs ?? 0;
    if (!(this.delayMs >= 0 && this.delayMs < Infinity)) {
      throw new RangeError(`The delay of the link to ${target.name} is ${this.delayMs} ms; it must be 0 or more, and finite.`);
    }
    this.isPlain = this.delayMs === 0;
    const { simulation } = system;
    this.arrival = simulation.on((index) => this.arrive(index));
    simulation.recorder.describeLink(from, target.id);
    simulation.parts.push({ name: `link to ${target.name}`, snapshot: () => this.snapshot() });
  }

  send(call: Call): void {
    if (call.link !== this) call.link = this;
    call.openedMs = this.system.simulation.nowMs;
    if (this.isPlain) this.target.accept(call);
    else this.carry(call, null, this.target.id);
  }

  /**
   * The caller takes its question back. On the wire it is dropped where it is; a callee that can be reached stops working on it
   * (the news takes no time); one behind a cut works on for nobody. The call goes back to the pool as soon as nobody holds it.
   */
  cancel(call: Call): void {
    const flight = this.flights.get(call.index);
    if (flight) {
      this.system.simulation.cancel(flight.arrival);
      this.flights.delete(call.index);
    } else if (!this.lostCalls.delete(call)) {
      if (this.isCut) {
        this.forget(call);
        return;
      }
      this.target.cancel(call);
    }
    this.system.release(call);
  }

  /** The caller stops waiting and tells nobody: the question is worked on, and its answer goes nowhere. */
  forget(call: Call): void {
    call.parent = null;
    call.caller = this.system.nobody;
    if (this.lostCalls.delete(call)) this.system.release(call);
  }

  carryReply(call: Call, fate: Fate): void {
    this.carry(call, fate, this.from);
  }

  cut(): void {
    this.isCut = true;
    this.isPlain = false;
  }

  mend(): void {
    this.isCut = false;
    this.isPlain = this.delayMs === 0;
  }

  private carry(call: Call, fate: Fate | null, towards: number): void {
    if (this.isCut) {
      this.lose(call);
      return;
    }
    const { simulation } = this.system;
    const arrivalMs = simulation.nowMs + this.delayMs;
    simulation.recorder.request(simulation.nowMs, recordKinds.flight, towards, call.request, arrivalMs);
    const arrival = simulation.scheduleAt(arrivalMs, this.arrival, call.index);
    this.flights.set(call.index, { call, fate, towards, arrivalMs, arrival });
  }

  private arrive(index: number): void {
    const { call, fate } = this.flights.get(index) as Flight;
    this.flights.delete(index);
    if (this.isCut) this.lose(call);
    else if (fate === null) this.target.accept(call);
    else call.caller.reply(call, fate);
  }

  private lose(call: Call): void {
    this.lost++;
    if (call.caller === this.system.nobody) this.system.release(call);
    else this.lostCalls.add(call);
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const { call, towards, arrivalMs } of this.flights.values()) {
      recorder.snapshot(nowMs, recordKinds.flight, towards, call.request, arrivalMs);
    }
  }
}
