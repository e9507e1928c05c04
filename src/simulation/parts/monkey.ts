// A chaos monkey: at random times it does something to a random part, and after a while puts it back.
// Its luck comes from streams named after it, so the same monkey strikes at the same moments whatever is done about it.
// Idea: Basiri et al., "Chaos Engineering", IEEE Software 33(3), 2016.

import { phases } from '../kernel/calendar';
import { log } from '../kernel/math';
import type { Stream } from '../kernel/random';
import { undo } from './faults/undo';
import { positive } from './options';
import type { System } from './system';

/** Something that a monkey may do. */
export interface Mischief {
  verb: string;
  given?: Record<string, number>;
  /** How often, relative to the others; above 0. Default 1. */
  weight?: number;
}

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
  /** Several things that it may do, one at each strike, instead of `verb`. */
  repertoire?: readonly Mischief[];
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
  private readonly whims: Stream;
  private readonly repertoire: readonly Mischief[];
  private readonly weightSum: number;
  /** What was done to each part that is struck. */
  private readonly struck = new Map<string, string>();

  constructor(
    private readonly system: System,
    private readonly options: MonkeyOptions,
  ) {
    const { name = 'monkey', verb = 'crash', given, repertoire = [{ verb, given }] } = options;
    positive(name, 'mean time between strikes', options.meanBetweenMs);
    positive(name, 'time to repair', options.repairMs);
    if (repertoire.length === 0) throw new RangeError(`${name} has nothing to do: its repertoire is empty.`);
    this.repertoire = repertoire;
    this.weightSum = repertoire.reduce((sum, { verb: what, weight = 1 }) => sum + positive(name, `weight of ${what}`, weight), 0);
    this.times = system.simulation.random.stream(`${name} times`);
    this.choices = system.simulation.random.stream(`${name} choices`);
    this.whims = system.simulation.random.stream(`${name} whims`);
    this.planNext(options.startMs ?? 0);
  }

  /** Ends the experiment: no more strikes, and everything struck is put back at once. */
  stop(): void {
    this.isStopped = true;
    for (const [target, verb] of this.struck) undo(this.system, target, verb);
    this.struck.clear();
  }

  private planNext(fromMs: number): void {
    const { simulation } = this.system;
    simulation.at(fromMs - log(this.times.next()) * this.options.meanBetweenMs, () => this.strike(), phases.intervention);
  }

  private strike(): void {
    const { simulation } = this.system;
    if (this.isStopped) return;
    const { targets, repairMs, atOnce = 1 } = this.options;
    const first = this.choices.below(Math.max(1, targets.length));
    const { verb, given = {} } = this.chooseMischief();
    for (let offset = 0; offset < Math.min(atOnce, targets.length); offset++) {
      const target = targets[(first + offset) % targets.length];
      if (this.struck.has(target) || !this.system.act(target, verb, given)) continue;
      this.strikes++;
      this.struck.set(target, verb);
      simulation.at(simulation.nowMs + repairMs, () => this.repair(target, verb), phases.intervention);
    }
    this.planNext(simulation.nowMs);
  }

  /** One number a strike, so that a longer repertoire moves no strike. */
  private chooseMischief(): Mischief {
    let left = this.whims.next() * this.weightSum;
    for (const mischief of this.repertoire) {
      left -= mischief.weight ?? 1;
      if (left < 0) return mischief;
    }
    return this.repertoire[this.repertoire.length - 1];
  }

  private repair(target: string, verb: string): void {
    if (this.struck.delete(target)) undo(this.system, target, verb);
  }
}
