// A part that answers each call after a time and with an end that the test chooses, and can be told to stop.

import { type Fate, fates } from '../../../../src/simulation/measure/accounts';
import { answer, type Call, type Part } from '../../../../src/simulation/parts/call';
import type { System } from '../../../../src/simulation/parts/system';

export class Echo implements Part {
  readonly id: number;
  readonly asked: { request: number; attempt: number; atMs: number; deadlineMs: number }[] = [];
  canceled = 0;
  inside = 0;
  private readonly handler: number;
  private readonly endings = new Map<Call, Fate>();

  /** @param afterMs NaN for an answer before `accept` returns */
  constructor(
    private readonly system: System,
    private readonly afterMs: (call: Call) => number,
    private readonly fate: (call: Call) => Fate = () => fates.completed,
    readonly name = 'echo',
  ) {
    this.id = system.register({ name, kind: 'server', label: name, concurrency: 0, queueCapacity: 0, speed: 1 });
    this.handler = system.simulation.on((index) => {
      const call = system.callAt(index);
      const ending = this.endings.get(call) as Fate;
      this.endings.delete(call);
      this.inside--;
      answer(call, ending);
    });
  }

  accept(call: Call): void {
    const { request, attempt, deadlineMs } = call;
    this.asked.push({ request, attempt, atMs: this.system.simulation.nowMs, deadlineMs });
    const afterMs = this.afterMs(call);
    const ending = this.fate(call);
    if (Number.isNaN(afterMs)) {
      answer(call, ending);
      return;
    }
    this.inside++;
    this.endings.set(call, ending);
    call.calleeTimer = this.system.simulation.schedule(afterMs, this.handler, call.index);
  }

  cancel(call: Call): void {
    this.canceled++;
    this.inside--;
    this.endings.delete(call);
    this.system.simulation.cancel(call.calleeTimer);
  }
}
