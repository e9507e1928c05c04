// Parts that fail and are mended by chance, each by a stream of its own that is named after it: adding a part, or a policy that
// copes better, moves no failure of another. In the long run a part is up for the share MTTF / (MTTF + MTTR) of the time.

import { type EventHandle, phases } from '../../kernel/calendar';
import type { Stream } from '../../kernel/random';
import { type Draw, exponentialDraw } from '../../workload/draws';
import { positive } from '../options';
import type { System } from '../system';
import { undo } from './undo';

export interface RandomFailuresOptions {
  name?: string;
  /** Names of the parts. */
  targets: readonly string[];
  /** Time to the next failure, in ms: the mean of an exponential, or drawn. */
  untilFailureMs: number | Draw;
  /** Time to repair, likewise. */
  untilRepairMs: number | Draw;
  /** What a failure is. Default: crash. */
  verb?: string;
  given?: Record<string, number>;
  /** All is well until then, and nobody's time runs. Default 0. */
  startMs?: number;
}

/** One part's life. */
interface Life {
  target: string;
  luck: Stream;
  failures: number;
  isFailed: boolean;
  /** When it failed last, and how long it had been failed before. */
  sinceMs: number;
  failedMs: number;
  next: EventHandle;
}

export class RandomFailures {
  private readonly lives: Life[];
  private readonly draws: readonly Draw[];
  private readonly startMs: number;

  constructor(
    private readonly system: System,
    private readonly options: RandomFailuresOptions,
  ) {
    const { name = 'failures', startMs = 0 } = options;
    this.draws = [options.untilFailureMs, options.untilRepairMs].map((time, index) =>
      typeof time === 'number' ? exponentialDraw(positive(name, index === 0 ? 'mean time to failure' : 'mean time to repair', time)) : time,
    );
    this.startMs = startMs;
    const { simulation } = system;
    this.lives = options.targets.map((target) => {
      const luck = simulation.random.stream(`${name} ${target}`);
      return { target, luck, failures: 0, isFailed: false, sinceMs: 0, failedMs: 0, next: 0 };
    });
    for (const life of this.lives) this.planNext(life, startMs);
  }

  /** Failures so far: of one part, or of all. */
  failures(target?: string): number {
    return this.chosen(target).reduce((sum, life) => sum + life.failures, 0);
  }

  /** Share of the time since `startMs` in which a part, or the mean part, was not failed; NaN before. */
  availability(target?: string): number {
    const { nowMs } = this.system.simulation;
    const lives = this.chosen(target);
    const failedMs = lives.reduce((sum, life) => sum + life.failedMs + (life.isFailed ? nowMs - life.sinceMs : 0), 0);
    return 1 - failedMs / (lives.length * (nowMs - this.startMs));
  }

  /** Nothing fails any more, and what is failed is mended at once. */
  stop(): void {
    for (const life of this.lives) {
      this.system.simulation.cancel(life.next);
      if (life.isFailed) this.turn(life);
    }
  }

  private chosen(target: string | undefined): readonly Life[] {
    return target === undefined ? this.lives : this.lives.filter((life) => life.target === target);
  }

  private planNext(life: Life, fromMs: number): void {
    const timeMs = this.draws[life.isFailed ? 1 : 0](life.luck.next(), life.failures);
    if (!(timeMs >= 0)) throw new RangeError(`A time drawn for ${life.target} is ${timeMs} ms; it must be 0 or more.`);
    if (timeMs === Infinity) return;
    life.next = this.system.simulation.at(
      fromMs + timeMs,
      () => {
        this.turn(life);
        this.planNext(life, this.system.simulation.nowMs);
      },
      phases.intervention,
    );
  }

  private turn(life: Life): void {
    const { nowMs } = this.system.simulation;
    const { verb = 'crash', given = {} } = this.options;
    life.isFailed = !life.isFailed;
    if (life.isFailed) {
      life.failures++;
      life.sinceMs = nowMs;
      this.system.act(life.target, verb, given);
    } else {
      life.failedMs += nowMs - life.sinceMs;
      undo(this.system, life.target, verb);
    }
  }
}
