// Watches the answers that come back to a balancer and takes servers that stand out by their failures out of rotation for a while.
// Unlike a health check it costs no probes and sees what customers see; but it learns only from requests that have failed already.

import { phases } from '../kernel/calendar';
import { type Fate, fates } from '../measure/accounts';
import * as sentences from '../record/sentences';
import type { SpokenValues } from '../record/spoken';
import { type Balancer, outReasons } from './balancer';
import type { HealthCheck } from './healthCheck';
import { type Ejector, type OutlierCause, OutlierDetector, type OutlierOptions } from './outlierDetector';
import type { Listener } from './policies/policy';
import type { System } from './system';

export interface OutlierEjectionOptions extends OutlierOptions {
  /** A successful active check brings an ejected server back at once, as Envoy does by default (`successful_active_health_check_uneject_host`). */
  healthCheck?: HealthCheck;
}

/** Every end but `completed` is a failure; calls that were taken back say nothing. */
export class OutlierEjection implements Listener, Ejector {
  readonly detector: OutlierDetector;

  constructor(
    private readonly system: System,
    private readonly balancer: Balancer,
    { healthCheck, ...options }: OutlierEjectionOptions = {},
  ) {
    const { simulation } = system;
    const stream = simulation.random.stream(`outliers of ${balancer.name}`);
    this.detector = new OutlierDetector(balancer.targets.length, this, options, () => stream.next());
    balancer.listeners.push(this);
    healthCheck?.listeners.push((server, isWell) => {
      if (isWell && !balancer.isOut(server, outReasons.failedCheck)) this.detector.uneject(server, simulation.nowMs);
    });
    simulation.every(
      this.detector.options.intervalMs,
      () => this.detector.sweep(simulation.nowMs),
      this.detector.options.intervalMs,
      phases.normal,
    );
  }

  heard(server: number, fate: Fate): void {
    if (fate !== fates.abandoned) this.detector.heard(server, fate === fates.completed, this.system.simulation.nowMs);
  }

  eject(server: number, cause: OutlierCause): void {
    this.balancer.setOut(server, outReasons.ejected, true);
    this.tell(server, 'warn', sentences.ejected, { cause });
  }

  uneject(server: number): void {
    this.balancer.setOut(server, outReasons.ejected, false);
    this.tell(server, 'info', sentences.mayReturn);
  }

  private tell(server: number, level: 'warn' | 'info', what: string, values?: SpokenValues): void {
    const { nowMs, recorder } = this.system.simulation;
    const { id } = this.balancer.targets[server];
    recorder.mark(nowMs, 'health', id, what, values);
    recorder.say(nowMs, level, id, what, values);
  }
}
