// Asks each server at an interval whether it is well, and takes it out of rotation after so many failures in a row.
// The window in which a dead server still gets traffic is interval × threshold: that is what this part teaches.
// A probe is a word at the door that costs nothing, or a real call that waits in the line like any other.

import { type EventHandle, phases } from '../kernel/calendar';
import { type Fate, fates } from '../measure/accounts';
import * as sentences from '../record/sentences';
import { type Balancer, outReasons } from './balancer';
import type { Call, Caller, Part } from './call';
import type { Link, LinkOptions } from './link';
import { positive, wholeNumber } from './options';
import type { System } from './system';

export interface HealthCheckOptions {
  /** Between two probes of the same server, in ms. */
  intervalMs: number;
  /** A probe with no answer after this long has failed. Default: the interval. */
  timeoutMs?: number;
  /** What a probe costs a server at full speed, in ms. Default 1. */
  probeMs?: number;
  /** Failures in a row that take a server out. Default 3. */
  failuresToRemove?: number;
  /** Successes in a row that bring it back. Default 2. */
  successesToReturn?: number;
  /**
   * Probes are calls over links of their own: they wait, take a place, and are refused, lost or late like requests. Servers must be
   * parts then. They count in the books of the servers, not in those of customers and balancer. Default: they are not.
   */
  asTraffic?: LinkOptions;
  /** Whether it checks from the start. Default true. See `turn`. */
  isOn?: boolean;
}

/** What a probe sees of a server. */
export interface Probed {
  readonly id: number;
  readonly name: string;
  readonly isUp: boolean;
  readonly slowness: number;
}

/** Probes are numbered from here as if they were requests: far above those of any run that is looked at. */
export const firstProbeRequest = 1_000_000;

/** Unless probes are traffic, a probe's verdict falls when it is sent: it takes no time in the run and no place at the server. */
export class HealthCheck implements Caller {
  removals = 0;
  /** Hear of each verdict, after it has taken effect. */
  readonly listeners: ((server: number, isWell: boolean) => void)[] = [];
  private readonly failures: Int32Array;
  private readonly successes: Int32Array;
  private readonly links: Link[] = [];
  private isOn: boolean;
  private intervalMs: number;
  private readonly timeoutMs: number | undefined;
  private readonly probeMs: number;
  private failuresToRemove: number;
  /** When each server was probed first, how often since, and the probe to come. */
  private readonly firstsMs: Float64Array;
  private readonly counts: Int32Array;
  private readonly nexts: EventHandle[] = [];
  private readonly probeHandler: number;
  private readonly successesToReturn: number;
  private readonly timeoutHandler: number;
  private probes = 0;

  constructor(
    private readonly system: System,
    private readonly balancer: Balancer,
    private readonly servers: readonly Probed[],
    options: HealthCheckOptions,
  ) {
    const { simulation } = system;
    const name = 'a health check';
    this.failuresToRemove = wholeNumber(name, 'number of failures to remove a server', options.failuresToRemove ?? 3, 1);
    this.successesToReturn = wholeNumber(name, 'number of successes to return a server', options.successesToReturn ?? 2, 1);
    this.intervalMs = positive(name, 'interval', options.intervalMs);
    this.timeoutMs = options.timeoutMs === undefined ? undefined : positive(name, 'timeout', options.timeoutMs);
    this.probeMs = positive(name, 'cost of a probe', options.probeMs ?? 1);
    this.failures = new Int32Array(servers.length);
    this.successes = new Int32Array(servers.length);
    this.firstsMs = new Float64Array(servers.length);
    this.counts = new Int32Array(servers.length);
    this.isOn = options.isOn ?? true;
    this.probeHandler = simulation.on((index) => this.probeAndPlan(index));
    this.timeoutHandler = simulation.on((index) => this.timeOut(index));
    simulation.recorder.levelIndex('in rotation');
    if (options.asTraffic !== undefined) {
      this.links = servers.map((server) => system.link(balancer.id, asPart(server), options.asTraffic));
    }
    if (this.isOn) this.begin();
  }

  /** Another interval from now on; the next round of probes begins now. */
  setInterval(intervalMs: number): void {
    this.intervalMs = positive('a health check', 'interval', intervalMs);
    if (this.isOn) this.begin();
  }

  /** How many failures in a row take a server out from now on. */
  setFailuresToRemove(failures: number): void {
    this.failuresToRemove = wholeNumber('a health check', 'number of failures to remove a server', failures, 1);
  }

  /** On: it begins to probe and knows nothing yet. Off: nobody says any more that a server is ill, so those it took out come back. */
  turn(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    this.failures.fill(0);
    this.successes.fill(0);
    if (isOn) this.begin();
    else {
      for (const next of this.nexts) this.system.simulation.cancel(next);
      for (let index = 0; index < this.servers.length; index++) {
        if (this.balancer.isOut(index, outReasons.failedCheck)) this.setOut(index, false);
      }
    }
  }

  /** A round from now on: the servers are probed one after the other, evenly over the interval. */
  private begin(): void {
    const { simulation } = this.system;
    const { servers, intervalMs, firstsMs, counts, nexts } = this;
    for (let index = 0; index < servers.length; index++) {
      firstsMs[index] = simulation.nowMs + (intervalMs * (index + 1)) / servers.length;
      counts[index] = 0;
      if (nexts[index] !== undefined) simulation.cancel(nexts[index]);
      nexts[index] = simulation.scheduleAt(firstsMs[index], this.probeHandler, index, phases.normal);
    }
  }

  /** At multiples of the interval, so that rounding does not add up. */
  private probeAndPlan(index: number): void {
    this.probe(index);
    const atMs = this.firstsMs[index] + ++this.counts[index] * this.intervalMs;
    this.nexts[index] = this.system.simulation.scheduleAt(atMs, this.probeHandler, index, phases.normal);
  }

  private get patienceMs(): number {
    return this.timeoutMs ?? this.intervalMs;
  }

  reply(probe: Call, fate: Fate): void {
    this.system.simulation.cancel(probe.timer);
    const { target } = probe;
    this.system.release(probe);
    this.judge(target, fate === fates.completed);
  }

  private probe(index: number): void {
    if (this.links.length > 0) {
      this.send(index);
      return;
    }
    const server = this.servers[index];
    this.judge(index, server.isUp && this.probeMs / server.slowness <= this.patienceMs);
  }

  private send(index: number): void {
    const { simulation } = this.system;
    const probe = this.system.newCall();
    probe.request = firstProbeRequest + this.probes++;
    probe.attempt = 0;
    probe.client = 0;
    probe.key = 0;
    probe.requestClass = 0;
    probe.workMs = this.probeMs;
    probe.caller = this;
    probe.target = index;
    probe.timer = simulation.schedule(this.patienceMs, this.timeoutHandler, probe.index);
    this.links[index].send(probe);
  }

  /** Nobody tells the server that the question has lost its meaning. */
  private timeOut(index: number): void {
    const probe = this.system.callAt(index);
    const { target } = probe;
    probe.link.forget(probe);
    this.judge(target, false);
  }

  private judge(index: number, isWell: boolean): void {
    // The answer to a probe of before it was turned off.
    if (!this.isOn) return;
    const { balancer, failures, successes } = this;
    const isRemoved = balancer.isOut(index, outReasons.failedCheck);
    if (isWell) {
      failures[index] = 0;
      successes[index]++;
      if (isRemoved && successes[index] >= this.successesToReturn) this.setOut(index, false);
    } else {
      successes[index] = 0;
      failures[index]++;
      // One that is out for another reason, such as being absent, is not this part's business, unless it was ejected.
      const counts = balancer.rotation.inRotation[index] || balancer.isOut(index, outReasons.ejected);
      if (!isRemoved && counts && failures[index] >= this.failuresToRemove) this.setOut(index, true);
    }
    for (const listener of this.listeners) listener(index, isWell);
  }

  private setOut(index: number, isOut: boolean): void {
    const { simulation } = this.system;
    const { id } = this.servers[index];
    const inRotation = !isOut;
    this.balancer.setOut(index, outReasons.failedCheck, isOut);
    if (isOut) this.removals++;
    simulation.recorder.mark(simulation.nowMs, 'health', id, inRotation ? sentences.inRotation : sentences.outOfRotation);
    simulation.recorder.say(simulation.nowMs, inRotation ? 'info' : 'warn', id, inRotation ? sentences.checkIn : sentences.checkOut);
  }
}

function asPart(server: Probed): Part {
  const part = server as Probed & Partial<Part>;
  if (part.accept === undefined || part.cancel === undefined) {
    throw new TypeError(`${server.name} takes no calls, so probes of it cannot be traffic.`);
  }
  return part as Part;
}
