// Asks each server at an interval whether it is well, and takes it out of rotation after so many failures in a row.
// The window in which a dead server still gets traffic is interval × threshold: that is what this part teaches.
// A probe is a word at the door that costs nothing, or a real call that waits in the line like any other.

import { phases } from '../kernel/calendar';
import { type Fate, fates } from '../measure/accounts';
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
  private readonly timeoutMs: number;
  private readonly probeMs: number;
  private readonly failuresToRemove: number;
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
    this.timeoutMs = positive(name, 'timeout', options.timeoutMs ?? options.intervalMs);
    this.probeMs = positive(name, 'cost of a probe', options.probeMs ?? 1);
    this.failures = new Int32Array(servers.length);
    this.successes = new Int32Array(servers.length);
    this.timeoutHandler = simulation.on((index) => this.timeOut(index));
    simulation.recorder.levelIndex('in rotation');
    if (options.asTraffic !== undefined) {
      this.links = servers.map((server) => system.link(balancer.id, asPart(server), options.asTraffic));
    }
    servers.forEach((_, index) => {
      const firstMs = (options.intervalMs * (index + 1)) / servers.length;
      simulation.every(options.intervalMs, () => this.probe(index), firstMs, phases.normal);
    });
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
    this.judge(index, server.isUp && this.probeMs / server.slowness <= this.timeoutMs);
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
    probe.timer = simulation.schedule(this.timeoutMs, this.timeoutHandler, probe.index);
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
    const { balancer, failures, successes } = this;
    const isRemoved = balancer.isOut(index, outReasons.failedCheck);
    if (isWell) {
      failures[index] = 0;
      successes[index]++;
      if (isRemoved && successes[index] >= this.successesToReturn) this.turn(index, true);
    } else {
      successes[index] = 0;
      failures[index]++;
      // One that is out for another reason, such as being absent, is not this part's business, unless it was ejected.
      const counts = balancer.rotation.inRotation[index] || balancer.isOut(index, outReasons.ejected);
      if (!isRemoved && counts && failures[index] >= this.failuresToRemove) this.turn(index, false);
    }
    for (const listener of this.listeners) listener(index, isWell);
  }

  private turn(index: number, inRotation: boolean): void {
    const { simulation } = this.system;
    const { name, id } = this.servers[index];
    this.balancer.setOut(index, outReasons.failedCheck, !inRotation);
    if (!inRotation) this.removals++;
    const sentence = inRotation ? `${name} is back in rotation` : `${name} taken out of rotation`;
    simulation.recorder.mark(simulation.nowMs, 'health', id, sentence);
    simulation.recorder.say(simulation.nowMs, inRotation ? 'info' : 'warn', id, `Health check: ${sentence}.`);
  }
}

function asPart(server: Probed): Part {
  const part = server as Probed & Partial<Part>;
  if (part.accept === undefined || part.cancel === undefined) {
    throw new TypeError(`${server.name} takes no calls, so probes of it cannot be traffic.`);
  }
  return part as Part;
}
