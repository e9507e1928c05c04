// A border between two sets of parts that can be closed: a network partition. It finds the wires that cross it by the names of the
// parts at their ends, so no part needs to know of it. Closed one way only, it makes the partial failures that confuse detectors.
// Idea: Alquraan et al., "An Analysis of Network-Partitioning Failures in Cloud Systems", OSDI 2018.

import * as sentences from '../../record/sentences';
import type { SpokenValues } from '../../record/spoken';
import type { System } from '../system';
import { milliseconds, share } from './limits';
import { type Way, Wire, ways } from './wire';

export interface NetworkPartitionOptions {
  /** By which interventions reach it. */
  name: string;
  /** Names of parts; the name of a fleet stands for all its members. */
  between: readonly string[];
  /** Default: everybody else. */
  and?: readonly string[];
  /** Stops only what goes from the first set to the second. */
  isOneWay?: boolean;
}

/**
 * Verbs: partition (nothing crosses), delay with `ms` and lose with `share` (of what crosses), each undone by its `end …`;
 * restore ends them all. A wire made while the border is closed is not held by it. Borders that burden the same wire do not add up:
 * the last one counts.
 */
export class NetworkPartition {
  readonly id: number;
  readonly name: string;
  private readonly closed: [Wire, Way][] = [];

  constructor(
    private readonly system: System,
    private readonly options: NetworkPartitionOptions,
  ) {
    this.name = options.name;
    if (options.between.length === 0 || options.and?.length === 0) {
      throw new RangeError(`The network partition ${this.name} has an empty side; each side needs the name of a part.`);
    }
    this.id = system.register(
      { name: this.name, kind: 'network', label: this.name, concurrency: 0, queueCapacity: 0, speed: 1 },
      {
        partition: () => this.close(),
        'end partition': () => this.open(),
        delay: ({ ms = 100 }) => this.burden(milliseconds(this.name, 'added delay', ms), 0),
        'end delay': () => this.burden(0, 0),
        lose: ({ share: lost = 0.1 }) => this.burden(0, share(this.name, 'share of lost messages', lost)),
        'end lose': () => this.burden(0, 0),
        restore: () => {
          this.open();
          this.burden(0, 0);
        },
      },
    );
  }

  get isClosed(): boolean {
    return this.closed.length > 0;
  }

  close(): void {
    if (this.isClosed) return;
    for (const [wire, way] of this.crossing()) {
      wire.block(way, 1);
      this.closed.push([wire, way]);
    }
    this.say('error', 'crash', sentences.closed);
  }

  open(): void {
    if (!this.isClosed) return;
    for (const [wire, way] of this.closed) wire.block(way, -1);
    this.closed.length = 0;
    this.say('info', 'restore', sentences.openAgain);
  }

  private burden(extraMs: number, extraLoss: number): void {
    for (const [wire, way] of this.crossing()) wire.burden(way, extraMs, extraLoss);
    if (extraMs + extraLoss > 0) this.say('warn', 'slow', sentences.burdened, { extraMs, percent: extraLoss * 100 });
    else this.say('warn', 'slow', sentences.asEver);
  }

  /** Every wire across the border, with the ways that it concerns. */
  private *crossing(): Iterable<[Wire, Way]> {
    const { between, and, isOneWay } = this.options;
    const { parts, recorder } = this.system.simulation;
    const isIn = (names: readonly string[] | undefined, id: number): boolean => {
      const { name } = recorder.partList[id];
      return names === undefined ? !isIn(between, id) : names.some((one) => name === one || name.startsWith(`${one}/`));
    };
    for (const wire of parts) {
      if (!(wire instanceof Wire)) continue;
      const { from, to } = wire;
      const leaves = isIn(between, from) && isIn(and, to);
      const enters = isIn(and, from) && isIn(between, to);
      if (leaves || (enters && !isOneWay)) yield [wire, ways.there];
      if (enters || (leaves && !isOneWay)) yield [wire, ways.back];
    }
  }

  private say(level: 'info' | 'warn' | 'error', kind: 'crash' | 'restore' | 'slow', what: string, values?: SpokenValues): void {
    const { nowMs, recorder } = this.system.simulation;
    recorder.mark(nowMs, kind, this.id, what, values);
    recorder.say(nowMs, level, this.id, what, values);
  }
}
