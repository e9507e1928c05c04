// A circuit breaker in front of a part: it asks while the circuit is closed, and answers "rejected" at once while it is open, so that
// the callers do not wait for a part that fails anyway and the part gets air. What it decides by is a circuit: circuitBreaker.ts.

import type { EventHandle } from '../../kernel/calendar';
import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import { partStates, recordKinds } from '../../record/trace';
import type { Call } from '../call';
import type { System } from '../system';
import type { Circuit, CircuitState } from './circuit';
import { CircuitBreaker, type CircuitOptions } from './circuitBreaker';
import { Guard, type GuardOptions } from './guard';

export interface BreakerOptions extends GuardOptions, CircuitOptions {
  /** What decides. Default: a `CircuitBreaker` with these options, which mean nothing to another circuit. */
  circuit?: Circuit;
  /** What an answer says about the part. Default: every end but completed is a failure. A call that is taken back says nothing. */
  verdict?: (fate: Fate, call: Call) => 'success' | 'failure' | 'nothing';
}

/** Values of the level `circuit` in a trace. */
export const circuitLevels: Record<CircuitState, number> = {
  closed: 0,
  open: 1,
  'half-open': 2,
  disabled: 3,
  'forced-open': 4,
  'metrics-only': 5,
};

/** What a state is called in the log and on the timeline. */
const toldStates: Record<CircuitState, string> = {
  closed: sentences.circuitClosed,
  open: sentences.circuitIsOpen,
  'half-open': sentences.circuitHalfOpen,
  disabled: sentences.circuitDisabled,
  'forced-open': sentences.circuitForcedOpen,
  'metrics-only': sentences.circuitMetricsOnly,
};

export class Breaker extends Guard {
  readonly circuit: Circuit;
  /** Times that the circuit opened. */
  opened = 0;
  private readonly verdict: (fate: Fate, call: Call) => 'success' | 'failure' | 'nothing';
  private readonly level: number;
  private readonly dueHandler: number;
  private shown: CircuitState = 'closed';
  private dueMs = Infinity;
  private due: EventHandle = 0;

  /** Throws RangeError as `CircuitBreaker` does. */
  constructor(system: System, options: BreakerOptions = {}) {
    super(
      system,
      options,
      { name: 'breaker', label: 'Circuit breaker' },
      {
        'force open': () => this.turn('forced-open'),
        disable: () => this.turn('disabled'),
        restore: () => this.turn('closed'),
      },
    );
    const { simulation } = system;
    this.circuit = options.circuit ?? new CircuitBreaker(options, simulation.nowMs);
    this.verdict = options.verdict ?? ((fate) => (fate === fates.completed ? 'success' : 'failure'));
    this.level = simulation.recorder.levelIndex('circuit');
    this.dueHandler = simulation.on(() => {
      this.circuit.elapse(this.nowMs);
      this.show();
    });
  }

  accept(call: Call): void {
    this.enter(call);
    const isLetThrough = this.circuit.tryAcquire(this.nowMs);
    this.show();
    if (isLetThrough) this.ask(call);
    else this.reject(call, sentences.circuitOpen);
  }

  override cancel(call: Call): void {
    this.circuit.release(this.nowMs);
    this.show();
    super.cancel(call);
  }

  reply(child: Call, fate: Fate): void {
    const { nowMs, circuit } = this;
    const durationMs = nowMs - child.openedMs;
    const call = this.answered(child);
    const verdict = this.verdict(fate, call);
    if (verdict === 'nothing') circuit.release(nowMs);
    else circuit.record(nowMs, durationMs, verdict === 'failure');
    this.show();
    this.finish(call, fate);
  }

  protected override warm(nowMs: number): void {
    super.warm(nowMs);
    this.opened = 0;
  }

  private turn(state: CircuitState): void {
    if (this.circuit.state !== state) this.circuit.transitionTo(state, this.nowMs);
    this.show();
  }

  /** Tells of a change of state, and plans the next one that comes unasked. */
  private show(): void {
    const { circuit, shown } = this;
    const { simulation } = this.system;
    if (circuit.dueMs !== this.dueMs) {
      simulation.cancel(this.due);
      this.dueMs = circuit.dueMs;
      if (this.dueMs < Infinity) this.due = simulation.scheduleAt(this.dueMs, this.dueHandler);
    }
    const { state } = circuit;
    if (state === shown) return;
    this.shown = state;
    if (state === 'open') this.opened++;
    const { nowMs, recorder } = simulation;
    const isShut = state === 'open' || state === 'forced-open';
    const partState = isShut ? partStates.removedFromRotation : state === 'half-open' ? partStates.warming : partStates.up;
    recorder.coarse(nowMs, recordKinds.state, this.id, partState, isShut ? 0 : 1);
    recorder.coarse(nowMs, recordKinds.level, this.id, this.level, circuitLevels[state]);
    const told = toldStates[state];
    recorder.mark(nowMs, 'health', this.id, sentences.circuitIs, { state: told });
    const why = recorder.wantsText && state === 'open' ? circuit.why(nowMs) : '';
    const what = why === '' ? sentences.circuitIs : sentences.circuitIsWhy;
    recorder.say(nowMs, isShut ? 'warn' : 'info', this.id, what, { state: told, why });
  }
}
