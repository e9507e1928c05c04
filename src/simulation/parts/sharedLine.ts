// One line for several servers: whoever is free takes the next call. Nobody waits while a server is idle, and a server that is
// down takes nothing, because workers fetch here and nothing is pushed to them.
// With n equal servers this is the queue of M/M/n.

import { type Fate, fates } from '../measure/accounts';
import * as sentences from '../record/sentences';
import { recordKinds } from '../record/trace';
import type { Call } from './call';
import { Guard, type GuardOptions } from './client/guard';
import { Line } from './line';
import type { Link, LinkOptions } from './link';
import { wholeNumber } from './options';
import type { Server } from './server';
import type { System } from './system';

export interface SharedLineOptions extends GuardOptions {
  /** The most that may wait; Infinity by default. One more is rejected. */
  queueCapacity?: number;
  /** Calls that each server takes at once. Default 1. */
  places?: number;
}

/** Throws RangeError without servers. */
export class SharedLine extends Guard {
  longestLine = 0;
  private readonly line = new Line();
  private readonly links: Link[];
  /** Calls at each server. */
  private readonly taken: Int32Array;
  private readonly places: number;
  private readonly queueCapacity: number;
  /** Where the search for a free server begins: after the one that took last, so that all get work. */
  private from = 0;
  private isHandingOut = false;

  constructor(
    system: System,
    readonly servers: readonly Server[],
    options: SharedLineOptions = {},
    linkOptions?: LinkOptions,
  ) {
    const queueCapacity = options.queueCapacity ?? Infinity;
    super(system, { kind: 'queue', ...options }, { name: 'line', label: 'One line', queueCapacity });
    if (servers.length === 0) throw new RangeError(`${this.name} has no servers; somebody must take calls from it.`);
    this.queueCapacity = wholeNumber(this.name, 'queue capacity', queueCapacity, 0);
    this.places = wholeNumber(this.name, 'places of a server', options.places ?? 1, 1);
    this.links = servers.map((server) => system.link(this.id, server, linkOptions));
    this.taken = new Int32Array(servers.length);
    for (const server of servers) server.condition.onRestored(() => this.handOut());
  }

  /** Calls in the line. */
  get waiting(): number {
    return this.line.length;
  }

  accept(call: Call): void {
    this.enter(call);
    const server = this.line.length === 0 ? this.freeServer() : -1;
    if (server >= 0) {
      this.give(call, server);
      return;
    }
    if (this.line.length >= this.queueCapacity) {
      this.reject(call, sentences.alreadyWaiting);
      return;
    }
    this.line.push(call);
    if (this.line.length > this.longestLine) this.longestLine = this.line.length;
    const { nowMs, recorder } = this.system.simulation;
    recorder.request(nowMs, recordKinds.wait, this.id, call.request, this.line.length);
  }

  override cancel(call: Call): void {
    const { child } = call;
    if (child === null) this.line.remove(call);
    else this.taken[child.target]--;
    super.cancel(call);
    this.handOut();
  }

  reply(child: Call, fate: Fate): void {
    this.taken[child.target]--;
    const call = this.answered(child);
    // The next begins before anybody hears of this end, as at a server with places of its own.
    this.handOut();
    this.finish(call, fate === fates.lost ? fates.failed : fate);
  }

  protected override tellOf(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    if (call.child === null) recorder.snapshot(nowMs, recordKinds.wait, this.id, call.request, 0);
    else recorder.snapshot(nowMs, recordKinds.start, this.id, call.request, 0);
  }

  private handOut(): void {
    // A server may answer at once: then this is called from within.
    if (this.isHandingOut) return;
    this.isHandingOut = true;
    for (let server = this.freeServer(); server >= 0 && this.line.length > 0; server = this.freeServer())
      this.give(this.line.next(), server);
    this.isHandingOut = false;
  }

  private freeServer(): number {
    const { servers, taken, places } = this;
    for (let step = 0; step < servers.length; step++) {
      const server = (this.from + step) % servers.length;
      if (taken[server] < places && servers[server].isUp) return server;
    }
    return -1;
  }

  private give(call: Call, server: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.from = (server + 1) % this.servers.length;
    this.taken[server]++;
    recorder.request(nowMs, recordKinds.start, this.id, call.request, 0);
    const child = this.system.childOf(call);
    child.caller = this;
    child.target = server;
    call.child = child;
    this.links[server].send(child);
  }
}
