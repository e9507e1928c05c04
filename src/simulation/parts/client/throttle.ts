// A client that turns requests away itself, by chance, while the part it asks refuses many: see adaptiveThrottle.ts.

import { keyedUniform } from '../../kernel/random';
import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import type { Call } from '../call';
import type { System } from '../system';
import { AdaptiveThrottle, type AdaptiveThrottleOptions } from './adaptiveThrottle';
import { Guard, type GuardOptions } from './guard';

export interface ThrottleOptions extends GuardOptions, AdaptiveThrottleOptions {
  /** Which answers show that the part took the request. Default: only completed ones. */
  isAccepted?: (fate: Fate, call: Call) => boolean;
}

export class Throttle extends Guard {
  readonly throttle: AdaptiveThrottle;
  private readonly isAccepted: (fate: Fate, call: Call) => boolean;
  private readonly luckKey: number;

  /** Throws RangeError as `AdaptiveThrottle` does. */
  constructor(system: System, options: ThrottleOptions = {}) {
    super(system, options, { name: 'throttle', label: 'Throttle' });
    const { simulation } = system;
    this.throttle = new AdaptiveThrottle(options, simulation.nowMs);
    this.isAccepted = options.isAccepted ?? ((fate) => fate === fates.completed);
    this.luckKey = simulation.random.key(`${this.name} luck`);
  }

  accept(call: Call): void {
    this.enter(call);
    if (this.throttle.allows(this.nowMs, keyedUniform(this.luckKey, call.request, call.attempt))) this.ask(call);
    else this.reject(call, sentences.manyRefused);
  }

  reply(child: Call, fate: Fate): void {
    const call = this.answered(child);
    if (this.isAccepted(fate, call)) this.throttle.accepted(this.nowMs);
    this.finish(call, fate);
  }
}
