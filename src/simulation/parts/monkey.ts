// A chaos monkey: at random times it does something to a random part, and after a while puts it back.
// Its luck comes from streams named after it, so the same monkey strikes at the same moments whatever is done about it.
// Idea: Basiri et al., "Chaos Engineering", IEEE Software 33(3), 2016.

import { phases } from '../kernel/calendar';
import { log } from '../kernel/math';
import type { Stream } from '../kernel/random';
import { positive } from './options';
import type { System } from './system';

export interface MonkeyOptions {
  name?: string;
  /** Names of the parts it may strike. */
  targets: readonly string[];
  /** Mean time between two strikes in ms; the times are exponential. */
  meanBetweenMs: number;
  /** How long a part stays struck, in ms. */
  repairMs: number;
  /** What it does. Default: crash. */
  verb?: string;
  given?: Record<string, number>;
  /** Parts that one strike takes at once: 1, or more for a shared cause. */
  atOnce?: number;
  /** It waits this long before the first strike can come. */
  startMs?: number;
}

export class Monkey {
  strikes = 0;
  isStopped = false;
  private readonly times: Stream;
  private readonly choices: Stream;
  private readonly struck = new Set<string>();

  constructor(
    private readonly system: System,
    private readonly options: MonkeyOptions,
  ) {
    const name = options.name ?? 'monkey';
    positive(name, 'mean time between strikes', options.meanBetweenMs);
    positive(name, 'time to repair', options.repairMs);
    this.times = system.simulation.random.stream(`${name} times`);
    this.choices = system.simulation.random.stream(`${name} choices`);
    this.planNext(options.startMs ?? 0);
  }

  /** Ends the experiment: no more strikes, and everything struck is put back at once. */
  stop(): void {
    this.isStopped = true;
    for (const target of this.struck) this.system.act(target, 'restore');
    this.struck.clear();
  }

  private planNext(fromMs: number): void {
    const { simulation } = this.system;
    simulation.at(fromMs - log(this.times.next()) * this.options.meanBetweenMs, () => this.strike(), phases.intervention);
  }

  private strike(): void {
    const { simulation } = this.system;
    if (this.isStopped) return;
    const { targets, verb = 'crash', given = {}, repairMs, atOnce = 1 } = this.options;
    const first = this.choices.below(Math.max(1, targets.length));
    for (let offset = 0; offset < Math.min(atOnce, targets.length); offset++) {
      const target = targets[(first + offset) % targets.length];
      if (this.struck.has(target) || !this.system.act(target, verb, given)) continue;
      this.strikes++;
      this.struck.add(target);
      simulation.at(simulation.nowMs + repairMs, () => this.repair(target), phases.intervention);
    }
    this.planNext(simulation.nowMs);
  }

  private repair(target: string): void {
    if (this.struck.delete(target)) this.system.act(target, 'restore');
  }
}
