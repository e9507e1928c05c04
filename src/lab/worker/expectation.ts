// What to expect of runs of this length: the same setting under twenty seeds, one at a time in a second worker, so that
// it never delays what the reader asked for. A change of the setting drops it.

import { claimSeeds } from '../../experiments/definition/claimSeeds';
import type { Setup } from '../../experiments/definition/result';
import { Line, type LineOptions } from './line';
import type { Values } from './messages';

/** Lowest and highest of the runs that had a value. */
export interface Expected {
  low: number;
  high: number;
  mean: number;
  /** How many runs had a value, of how many. */
  runs: number;
  of: number;
}
export type Expectations = Record<string, Expected>;

export class ExpectationRunner {
  private readonly line: Line;
  private waitingSetup: { id: string; setup: Setup; deliver: (expected: Expectations) => void } | null = null;
  private working = false;
  private round = 0;
  private ticket = 0;
  private closed = false;

  constructor(
    options: LineOptions,
    private readonly seeds: readonly number[] = claimSeeds,
  ) {
    this.line = new Line(options);
  }

  start(id: string, setup: Setup, deliver: (expected: Expectations) => void): void {
    this.round++;
    this.waitingSetup = { id, setup, deliver };
    if (!this.working) void this.work();
  }

  drop(): void {
    this.round++;
    this.waitingSetup = null;
  }

  close(): void {
    this.closed = true;
    this.drop();
    this.line.close();
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.waitingSetup && !this.closed) {
      const { id, setup, deliver } = this.waitingSetup;
      this.waitingSetup = null;
      const round = this.round;
      const found: Values[] = [];
      for (const seed of this.seeds) {
        const reply = await this.line.ask({
          kind: 'measure',
          ticket: ++this.ticket,
          requests: [{ id, setup: { ...setup, seed } }],
        });
        if (round !== this.round || reply.kind !== 'measured') break;
        found.push(reply.metrics[0]);
      }
      if (round === this.round && found.length === this.seeds.length) deliver(expectationsOf(found));
    }
    this.working = false;
  }
}

function expectationsOf(runs: readonly Values[]): Expectations {
  const expectations: Expectations = {};
  for (const id of Object.keys(runs[0] ?? {})) {
    const values = runs.map((run) => run[id]).filter((value): value is number => value !== null && Number.isFinite(value));
    if (values.length < 2) continue;
    let [low, high, sum] = [Infinity, -Infinity, 0];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    expectations[id] = { low, high, mean: sum / values.length, runs: values.length, of: runs.length };
  }
  return expectations;
}
