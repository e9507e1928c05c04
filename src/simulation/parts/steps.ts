// Answers a call by asking others one after the other: what a request passes through inside a machine, or services called in turn.
// The call is here until the last step is done. A step that fails ends it, and those after it are never asked.

import { type Fate, fates } from '../measure/accounts';
import type { Call, Part } from './call';
import { Guard, type GuardOptions } from './client/guard';
import { Condition, type ConditionOptions, type Machine } from './condition';
import type { Link, LinkOptions } from './link';
import type { Server } from './server';
import type { System, Verbs } from './system';

export interface Step {
  part: Part;
  link?: LinkOptions;
  /** Work that the call means at this step, in ms at speed 1. Default: the call's own. */
  workMs?: (call: Call) => number;
  /** Whether the call needs the step. Default: it does. */
  isNeeded?: (call: Call) => boolean;
}

export interface StepsOptions extends GuardOptions, ConditionOptions {
  /** Servers that slow down and stand still with it, such as the resources of one machine. */
  resources?: readonly Server[];
}

/** Throws RangeError without steps. */
export class Steps extends Guard implements Machine {
  readonly condition: Condition;
  private readonly links: Link[];
  private readonly resources: readonly Server[];

  constructor(
    system: System,
    private readonly steps: readonly Step[],
    options: StepsOptions = {},
  ) {
    const verbs: Verbs = {};
    super(system, { kind: 'balancer', ...options }, { name: 'steps', label: 'Steps' }, verbs);
    if (steps.length === 0) throw new RangeError(`${this.name} has no steps; it needs at least one part to ask.`);
    this.links = steps.map(({ part, link }) => system.link(this.id, part, link));
    this.resources = options.resources ?? [];
    this.condition = new Condition(system, this, options);
    Object.assign(verbs, this.condition.verbs);
  }

  accept(call: Call): void {
    this.enter(call);
    if (!this.condition.isUp) {
      this.finish(call, fates.failed);
      return;
    }
    this.goOn(call, 0);
  }

  reply(child: Call, fate: Fate): void {
    const next = child.target + 1;
    const call = this.answered(child);
    if (fate === fates.completed) this.goOn(call, next);
    else this.finish(call, fate === fates.lost ? fates.failed : fate);
  }

  /** A crash: whoever is inside is lost, and the steps stop working on it. */
  dropAll(): void {
    // One by one: whoever hears of a loss may take back other calls that are still in here.
    for (let call = this.first(); call !== undefined; call = this.first()) {
      this.drop(call);
      this.finish(call, fates.lost);
    }
  }

  changeSpeed(factor: number): void {
    for (const resource of this.resources) resource.changeSpeed(factor * resource.slowness);
  }

  private first(): Call | undefined {
    return this.held.values().next().value;
  }

  private goOn(call: Call, from: number): void {
    const { steps } = this;
    let at = from;
    while (at < steps.length && steps[at].isNeeded?.(call) === false) at++;
    if (at === steps.length) {
      this.finish(call, fates.completed);
      return;
    }
    const child = this.system.childOf(call);
    child.caller = this;
    child.target = at;
    const { workMs } = steps[at];
    if (workMs !== undefined) child.workMs = workMs(call);
    call.child = child;
    this.links[at].send(child);
  }
}
