// A wire between two parts, for calls and their answers. Free and instant unless it has a delay or is cut; then it holds what is
// under way. Because all traffic crosses links, a network partition is a cut link and no part needs to know of it.
// The link knows where a call is, so it also decides when a call that nobody waits for goes back to the pool.

import type { EventHandle } from '../kernel/calendar';
import type { Fate } from '../measure/accounts';
import { recordKinds } from '../record/trace';
import type { Call, Part } from './call';
import { Crossings } from './network/crossings';
import { type Way, Wire, type WireOptions, ways } from './network/wire';
import type { System } from './system';

export interface LinkOptions extends WireOptions {
  /** A caller's word that it no longer wants an answer travels as all else does. Default: it takes no time and is never lost. */
  cancelTravels?: boolean;
}

/** A call on the wire. `fate` is null on the way there, and what the reply says on the way back. */
interface Flight {
  call: Call;
  fate: Fate | null;
  towards: number;
  arrivalMs: number;
  arrival: EventHandle;
}

export class Link extends Wire {
  private readonly arrival: number;
  private readonly cancelArrival: number;
  /** What is under way, by the call's index. */
  private readonly flights = new Map<number, Flight>();
  /** Words that a call is no longer wanted, under way to the callee, by the call's index. */
  private readonly cancels = new Map<number, EventHandle>();
  /** Calls that were lost, there or back, and whose caller has not given up on them. */
  private readonly lostCalls = new Set<Call>();
  private readonly crossings: readonly Crossings[] | undefined;
  private readonly cancelTravels: boolean;

  constructor(
    system: System,
    from: number,
    readonly target: Part,
    options: LinkOptions = {},
  ) {
    const cancelTravels = options.cancelTravels ?? false;
    super(system, from, target.id, options, 'calls', !cancelTravels);
    this.cancelTravels = cancelTravels;
    const { jitterMs, lossShare, duplicateShare } = options;
    this.crossings = jitterMs || lossShare || duplicateShare ? [new Crossings(), new Crossings()] : undefined;
    const { simulation } = system;
    this.arrival = simulation.on((index) => this.arrive(index));
    this.cancelArrival = simulation.on((index) => this.arriveCancel(index));
    simulation.recorder.describeLink(from, target.id);
  }

  send(call: Call): void {
    if (call.link !== this) call.link = this;
    call.openedMs = this.system.simulation.nowMs;
    if (this.isPlain) this.target.accept(call);
    else this.carry(call, null, ways.there);
  }

  /**
   * The caller takes its question back. On the wire it is dropped where it is; a callee that can be reached stops working on it
   * (the news takes no time, unless the link says that it travels); one behind a cut works on for nobody.
   * The call goes back to the pool as soon as nobody holds it.
   */
  cancel(call: Call): void {
    const flight = this.flights.get(call.index);
    const isAnswered = flight !== undefined && flight.fate !== null;
    if (this.cancelTravels && !isAnswered && !this.lostCalls.has(call)) {
      this.sendCancel(call);
      return;
    }
    if (flight) {
      this.system.simulation.cancel(flight.arrival);
      this.flights.delete(call.index);
    } else if (!this.lostCalls.delete(call)) {
      if (!this.isOpen(ways.there)) {
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

  /** The call, or the answer to it, got lost on the way: nothing more will come. */
  hasLost(call: Call): boolean {
    return this.lostCalls.has(call);
  }

  carryReply(call: Call, fate: Fate): void {
    // The answer and the word that it is not wanted pass each other.
    this.dropCancel(call);
    this.carry(call, fate, ways.back);
  }

  /** What is under way, for a recording that begins mid-run. */
  snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const { call, towards, arrivalMs } of this.flights.values()) {
      recorder.snapshot(nowMs, recordKinds.flight, towards, call.request, arrivalMs);
    }
  }

  private carry(call: Call, fate: Fate | null, way: Way): void {
    const { request } = call;
    const crossing = this.crossings === undefined ? 0 : 2 * this.crossings[way].next(request);
    let arrivalMs = this.arrivalMs(way, request, crossing);
    if (this.isDoubled(way, request, crossing)) {
      const secondMs = this.arrivalMs(way, request, crossing + 1);
      // The first to arrive is the call; a second one is worked on for nobody, and a second reply is not heard.
      if (fate === null && Math.max(arrivalMs, secondMs) < Infinity) this.launch(this.copyOf(call), null, Math.max(arrivalMs, secondMs));
      arrivalMs = Math.min(arrivalMs, secondMs);
    }
    if (arrivalMs === Infinity) this.lose(call);
    else this.launch(call, fate, arrivalMs);
  }

  private launch(call: Call, fate: Fate | null, arrivalMs: number): void {
    const { simulation } = this.system;
    const towards = fate === null ? this.to : this.from;
    simulation.recorder.request(simulation.nowMs, recordKinds.flight, towards, call.request, arrivalMs);
    const arrival = simulation.scheduleAt(arrivalMs, this.arrival, call.index);
    this.flights.set(call.index, { call, fate, towards, arrivalMs, arrival });
  }

  private arrive(index: number): void {
    const { call, fate } = this.flights.get(index) as Flight;
    this.flights.delete(index);
    if (!this.isOpen(fate === null ? ways.there : ways.back)) this.lose(call);
    else if (fate === null) this.target.accept(call);
    else call.caller.reply(call, fate);
  }

  private copyOf(call: Call): Call {
    const copy = this.system.childOf(call);
    copy.parent = null;
    copy.caller = this.system.nobody;
    copy.link = this;
    copy.openedMs = call.openedMs;
    return copy;
  }

  private lose(call: Call): void {
    this.lost++;
    if (call.caller === this.system.nobody) {
      this.dropCancel(call);
      this.system.release(call);
    } else this.lostCalls.add(call);
  }

  private sendCancel(call: Call): void {
    this.forget(call);
    const crossing = this.crossings === undefined ? 0 : 2 * this.crossings[ways.there].next(call.request);
    const arrivalMs = this.arrivalMs(ways.there, call.request, crossing);
    if (arrivalMs === Infinity) return;
    this.cancels.set(call.index, this.system.simulation.scheduleAt(arrivalMs, this.cancelArrival, call.index));
  }

  /** It may come too late, or, where messages overtake, too soon: then there is nothing yet to stop. */
  private arriveCancel(index: number): void {
    this.cancels.delete(index);
    if (!this.isOpen(ways.there) || this.flights.has(index)) return;
    const call = this.system.callAt(index);
    this.target.cancel(call);
    this.system.release(call);
  }

  private dropCancel({ index }: Call): void {
    const arrival = this.cancels.get(index);
    if (arrival === undefined) return;
    this.system.simulation.cancel(arrival);
    this.cancels.delete(index);
  }
}
