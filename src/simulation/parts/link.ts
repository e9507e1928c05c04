// A wire between two parts. Free and instant unless it has a delay or is cut; then it holds what is under way.
// Because all traffic crosses links, a network partition is a cut link and no part needs to know of it.

import type { EventHandle } from '../kernel/calendar';
import type { Fate } from '../measure/accounts';
import { recordKinds } from '../record/trace';
import type { Call, Part } from './call';
import type { System } from './system';

export interface LinkOptions {
  /** One way, in ms, 0 or more. */
  delayMs?: number;
}

export class Link {
  delayMs: number;
  /** A cut link loses whatever enters it, both ways, and nobody is told. */
  isCut = false;
  lost = 0;
  /** True while crossing costs nothing: the fast path. */
  isPlain: boolean;
  private readonly arrival: number;
  /** Calls under way on this wire, by index: the planned arrival and, for a reply, its fate. */
  private readonly flights = new Map<number, { arrival: EventHandle; fate: Fate | null }>();

  constructor(
    private readonly system: System,
    readonly from: number,
    readonly target: Part,
    options: LinkOptions = {},
  ) {
    this.delayMs = options.delayMs ?? 0;
    if (!(this.delayMs >= 0)) throw new RangeError(`The delay of the link to ${target.name} is ${this.delayMs} ms; it must be 0 or more.`);
    this.isPlain = this.delayMs === 0;
    const { simulation } = system;
    this.arrival = simulation.on((index) => this.arrive(index));
    simulation.recorder.describeLink(from, target.id);
  }

  send(call: Call): void {
    call.link = this;
    call.openedMs = this.system.simulation.nowMs;
    if (this.isPlain) {
      this.target.accept(call);
      return;
    }
    this.carry(call, null, this.target.id);
  }

  /** Tells the callee that no answer is wanted. A call still on the wire is dropped where it is. */
  cancel(call: Call): void {
    const flight = this.flights.get(call.index);
    if (flight) {
      this.system.simulation.cancel(flight.arrival);
      this.flights.delete(call.index);
      return;
    }
    if (!this.isCut) this.target.cancel(call);
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
      this.lost++;
      return;
    }
    const { simulation } = this.system;
    simulation.recorder.request(simulation.nowMs, recordKinds.flight, towards, call.request, simulation.nowMs + this.delayMs);
    this.flights.set(call.index, { arrival: simulation.schedule(this.delayMs, this.arrival, call.index), fate });
  }

  private arrive(index: number): void {
    const call = this.system.callAt(index);
    const fate = this.flights.get(index)?.fate ?? null;
    this.flights.delete(index);
    if (this.isCut) this.lost++;
    else if (fate === null) this.target.accept(call);
    else call.caller.reply(call, fate);
  }
}
