// How well a machine is: up, down, slow, paused, or warming up after a start. Servers of every kind share these fates and verbs.
// The owner keeps the work; this tells it to drop everything (crash) or to go on at another share of its speed.

import { phases } from '../kernel/calendar';
import * as sentences from '../record/sentences';
import type { SpokenValues } from '../record/spoken';
import { type LogLevel, partStates, recordKinds } from '../record/trace';
import { positive } from './options';
import type { System, Verbs } from './system';

/** What a machine does when its condition changes. */
export interface Machine {
  readonly id: number;
  readonly name: string;
  readonly inside: number;
  /** Everything inside is lost. */
  dropAll(): void;
  /** @param factor of the normal speed from now on; 0 stands still */
  changeSpeed(factor: number): void;
}

/** Just started, a machine is slow: caches are cold and nothing is compiled. Its speed climbs in ten equal steps. */
export interface WarmUp {
  /** Share of the speed at the start, above 0, at most 1. */
  fromFactor: number;
  overMs: number;
}

export interface ConditionOptions {
  warmUp?: WarmUp;
  /** Something starts it again so long after a crash, in ms. Default: nobody does. */
  restartAfterMs?: number;
}

const warmUpSteps = 10;

export class Condition {
  isUp = true;
  isPaused = false;
  /** Factor on the speed: below 1 while slow. */
  slowness = 1;
  private warmth = 1;
  /** Number of the last start: plans of an earlier life are void. */
  private life = 0;
  private readonly restored: (() => void)[] = [];

  constructor(
    private readonly system: System,
    private readonly machine: Machine,
    private readonly options: ConditionOptions = {},
  ) {
    const { warmUp, restartAfterMs } = options;
    if (restartAfterMs !== undefined) positive(machine.name, 'time to restart', restartAfterMs);
    if (warmUp === undefined) return;
    positive(machine.name, 'time to warm up', warmUp.overMs);
    if (!(warmUp.fromFactor > 0 && warmUp.fromFactor <= 1)) {
      throw new RangeError(`${machine.name} warms up from ${warmUp.fromFactor} of its speed; that must be above 0 and at most 1.`);
    }
  }

  /** Share of the normal speed at which it works now; 0 while down or paused. */
  get factor(): number {
    return this.isUp && !this.isPaused ? this.slowness * this.warmth : 0;
  }

  readonly verbs: Verbs = {
    crash: () => this.crash(),
    restore: () => this.restore(),
    restart: (given) => this.restart(given.downMs ?? this.options.restartAfterMs ?? 5000),
    slow: (given) => this.slow(given.factor ?? 0.25),
    'end slow': () => this.endSlow(),
    pause: () => this.pause(),
    'end pause': () => this.endPause(),
  };

  /** Calls somebody who waits for the machine, each time when it is back after a crash. */
  onRestored(listener: () => void): void {
    this.restored.push(listener);
  }

  crash(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.isPaused = false;
    this.life++;
    this.tell(partStates.down, 0);
    this.say('crash', 'error', sentences.crashed, sentences.crashedInside, { inside: this.machine.inside });
    this.machine.dropAll();
    if (this.options.restartAfterMs !== undefined) this.restoreIn(this.options.restartAfterMs);
  }

  /** Down now, and up again so much later. */
  restart(downMs: number): void {
    positive(this.machine.name, 'time to restart', downMs);
    this.crash();
    this.restoreIn(downMs);
  }

  /** Up, awake and at full speed; after a crash only once it is warm. */
  restore(): void {
    if (this.isUp && !this.isPaused && this.slowness === 1) return;
    const wasDown = !this.isUp;
    this.isUp = true;
    this.isPaused = false;
    this.slowness = 1;
    if (wasDown && this.options.warmUp) this.startWarmUp();
    else this.tell(partStates.up, 1);
    this.say('restore', 'info', wasDown ? sentences.back : sentences.fullSpeed);
    this.machine.changeSpeed(this.factor);
    if (wasDown) for (const listener of this.restored) listener();
  }

  /** @param factor of the normal speed, above 0 */
  slow(factor: number): void {
    if (!this.isUp) return;
    positive(this.machine.name, 'slow factor', factor);
    this.slowness = factor;
    if (!this.isPaused) this.tell(factor === 1 ? partStates.up : partStates.slow, factor);
    this.say('slow', 'warn', sentences.slow, sentences.slow, { percent: Math.round(factor * 100) });
    this.machine.changeSpeed(this.factor);
  }

  /** Stands still with all that it holds, as in a long garbage collection: it takes what comes and answers nothing. */
  pause(): void {
    if (!this.isUp || this.isPaused) return;
    this.isPaused = true;
    this.tell(partStates.paused, 0);
    this.say('slow', 'warn', sentences.standsStill);
    this.machine.changeSpeed(0);
  }

  /** Ends a slow spell and nothing else: a server that is down stays down. */
  private endSlow(): void {
    if (!this.isUp) return;
    if (!this.isPaused) this.restore();
    else this.slowness = 1;
  }

  private endPause(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.tell(this.slowness === 1 ? partStates.up : partStates.slow, this.slowness);
    this.say('restore', 'info', sentences.goesOn);
    this.machine.changeSpeed(this.factor);
  }

  private restoreIn(delayMs: number): void {
    const { simulation } = this.system;
    const { life } = this;
    simulation.at(simulation.nowMs + delayMs, () => life === this.life && this.restore(), phases.intervention);
  }

  private startWarmUp(): void {
    const { fromFactor, overMs } = this.options.warmUp as WarmUp;
    const { simulation } = this.system;
    const { life } = this;
    const startMs = simulation.nowMs;
    this.warmth = fromFactor;
    this.tell(partStates.warming, fromFactor);
    for (let step = 1; step <= warmUpSteps; step++) {
      const warmth = fromFactor + ((1 - fromFactor) * step) / warmUpSteps;
      simulation.at(startMs + (overMs * step) / warmUpSteps, () => life === this.life && this.warm(step === warmUpSteps ? 1 : warmth));
    }
  }

  private warm(warmth: number): void {
    this.warmth = warmth;
    if (this.slowness === 1 && !this.isPaused) this.tell(warmth === 1 ? partStates.up : partStates.warming, warmth);
    this.machine.changeSpeed(this.factor);
  }

  private tell(state: number, factor: number): void {
    const { simulation } = this.system;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.machine.id, state, factor);
  }

  private say(kind: 'crash' | 'restore' | 'slow', level: LogLevel, what: string, inFull = what, values?: SpokenValues): void {
    const { nowMs, recorder } = this.system.simulation;
    const { id } = this.machine;
    recorder.mark(nowMs, kind, id, what, values);
    recorder.say(nowMs, level, id, inFull, values);
  }
}
