// A replica applies what is in its log one entry after the other. If that takes longer than the primary needs to write, it falls
// behind however fast the network is: the usual cause of replication lag.

import { type EventHandle, phases } from '../../kernel/calendar';
import type { ReplicaNode } from './replicaNode';

export class Applying {
  private event: EventHandle = 0;
  private isBusy = false;
  private endMs = 0;
  /** Of the entry at hand, in ms at full speed, while the machine stands still. */
  private leftMs = 0;
  private rate = 1;
  private readonly handler: number;

  constructor(private readonly node: ReplicaNode) {
    this.handler = node.system.simulation.on(() => this.finishOne());
  }

  /** Something new is there: goes on unless it is at it already. */
  goOn(): void {
    const { log, group } = this.node;
    if (!group.standby.isApplying || this.isBusy || log.applied >= log.length) return;
    if (group.applyMs === 0) this.applyAll();
    else {
      this.isBusy = true;
      this.plan(group.applyMs);
    }
  }

  /** All at once: what a primary has taken, or what was still to be applied when one is made. */
  applyAll(): void {
    const { log } = this.node;
    while (log.applied < log.length) log.applyNext();
  }

  /** How long the rest would take, in ms. */
  restMs(): number {
    const { log, group } = this.node;
    return ((log.length - log.applied) * group.applyMs) / this.rate;
  }

  changeSpeed(factor: number): void {
    if (this.isBusy) {
      const { simulation } = this.node.system;
      const leftMs = this.rate > 0 ? (this.endMs - simulation.nowMs) * this.rate : this.leftMs;
      simulation.cancel(this.event);
      this.rate = factor;
      this.plan(leftMs);
    } else this.rate = factor;
  }

  private plan(leftMs: number): void {
    this.leftMs = leftMs;
    if (this.rate === 0) return;
    const { simulation } = this.node.system;
    this.endMs = simulation.nowMs + leftMs / this.rate;
    this.event = simulation.scheduleAt(this.endMs, this.handler, 0, phases.completion);
  }

  private finishOne(): void {
    const { log, group } = this.node;
    this.isBusy = false;
    // Whatever it was working on may have been cut off meanwhile.
    if (log.applied >= log.length) return;
    log.applyNext();
    if (group.acknowledgement.after === 'applied') this.node.reportApplied();
    this.goOn();
  }
}
