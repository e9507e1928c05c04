// Asks each server at an interval whether it is well, and takes it out of rotation after so many failures in a row.
// The window in which a dead server still gets traffic is interval × threshold: that is what this part teaches.

import { phases } from '../kernel/calendar';
import { recordKinds } from '../record/trace';
import type { Balancer } from './balancer';
import { wholeNumber } from './options';
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
}

/** What a probe sees of a server. */
export interface Probed {
  readonly id: number;
  readonly name: string;
  readonly isUp: boolean;
  readonly slowness: number;
}

/** A probe's verdict falls when it is sent: the probes themselves take no time in the run and no place at the server. */
export class HealthCheck {
  removals = 0;
  private readonly failures: Int32Array;
  private readonly successes: Int32Array;
  private readonly levelInRotation: number;

  constructor(
    private readonly system: System,
    private readonly balancer: Balancer,
    private readonly servers: readonly Probed[],
    private readonly options: HealthCheckOptions,
  ) {
    const { simulation } = system;
    wholeNumber('a health check', 'number of failures to remove a server', options.failuresToRemove ?? 3, 1);
    wholeNumber('a health check', 'number of successes to return a server', options.successesToReturn ?? 2, 1);
    this.failures = new Int32Array(servers.length);
    this.successes = new Int32Array(servers.length);
    this.levelInRotation = simulation.recorder.levelIndex('in rotation');
    servers.forEach((_, index) => {
      const firstMs = (options.intervalMs * (index + 1)) / servers.length;
      simulation.every(options.intervalMs, () => this.probe(index), firstMs, phases.normal);
    });
  }

  private probe(index: number): void {
    const server = this.servers[index];
    const { options } = this;
    const answerMs = (options.probeMs ?? 1) / server.slowness;
    const isWell = server.isUp && answerMs <= (options.timeoutMs ?? options.intervalMs);
    if (isWell) {
      this.failures[index] = 0;
      this.successes[index]++;
      if (!this.balancer.rotation.inRotation[index] && this.successes[index] >= (options.successesToReturn ?? 2)) this.turn(index, true);
    } else {
      this.successes[index] = 0;
      this.failures[index]++;
      if (this.balancer.rotation.inRotation[index] && this.failures[index] >= (options.failuresToRemove ?? 3)) this.turn(index, false);
    }
  }

  private turn(index: number, inRotation: boolean): void {
    const { simulation } = this.system;
    const { name, id } = this.servers[index];
    this.balancer.rotation.inRotation[index] = inRotation ? 1 : 0;
    if (!inRotation) this.removals++;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.level, id, this.levelInRotation, inRotation ? 1 : 0);
    const sentence = inRotation ? `${name} is back in rotation` : `${name} taken out of rotation`;
    simulation.recorder.mark(simulation.nowMs, 'health', id, sentence);
    simulation.recorder.say(simulation.nowMs, inRotation ? 'info' : 'warn', id, `Health check: ${sentence}.`);
  }
}
