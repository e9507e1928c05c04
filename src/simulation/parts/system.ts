// The system under study: a simulation and the parts in it, found by name, with the pool of their calls.
// Interventions reach parts here: each part offers verbs, and a verb is carried out before other events of its instant.

import { phases } from '../kernel/calendar';
import { Simulation, type SimulationOptions } from '../kernel/simulation';
import * as sentences from '../record/sentences';
import type { SpokenValues } from '../record/spoken';
import type { PartDescription } from '../record/trace';
import { Call, type Caller, type Part } from './call';
import { Link, type LinkOptions } from './link';
import { Setting } from './setting';

/** Something done to the system at a time, from outside. */
export interface Intervention {
  atMs: number;
  /** When given, what was done is undone then: a crash ends, or the slowness, but not what another intervention did. */
  untilMs?: number;
  /** What a part offers; or `set`, for which the targets are names of settings and `arguments.value` is the new value. */
  verb: string;
  /** Names of parts. One that does not exist is skipped and shown as skipped. */
  targets: string[];
  arguments?: Record<string, number>;
}

/** What a part can have done to it. A verb is undone by `end <verb>` where the part has one, otherwise by `restore`. */
export type Verbs = Record<string, (given: Record<string, number>) => void>;

export class System {
  readonly simulation: Simulation;
  /** `index:target` of the interventions whose target or verb was not there when their time came. */
  readonly skipped: string[] = [];
  /** Caller of a call that nobody waits for any more: takes the reply and gives the call back. */
  readonly nobody: Caller = { reply: (call) => this.release(call) };
  private readonly calls: Call[] = [];
  /** Indices of the calls that nobody uses: numbers, because storing references costs time. */
  private free = new Int32Array(64);
  private freeCount = 0;
  private requests = 0;
  private readonly verbsByName = new Map<string, Verbs>();
  private readonly settings = new Map<string, Setting>();

  constructor(options: SimulationOptions) {
    this.simulation = new Simulation(options);
  }

  /** Gives the part its number and its place in the picture. */
  register(description: Omit<PartDescription, 'id'>, verbs: Verbs = {}): number {
    if (this.verbsByName.has(description.name)) throw new Error(`Two parts are named ${description.name}; a name is for one part.`);
    this.verbsByName.set(description.name, verbs);
    return this.simulation.recorder.describePart(description);
  }

  link(from: number, target: Part, options?: LinkOptions): Link {
    return new Link(this, from, target, options);
  }

  /** Number for a new request: from 0, in the order in which they come, whoever sends them. */
  nextRequest(): number {
    return this.requests++;
  }

  /** A blank call from the pool. */
  newCall(): Call {
    if (this.freeCount > 0) {
      const call = this.calls[this.free[--this.freeCount]];
      // A store costs more than a look, and few calls have a deadline.
      if (call.deadlineMs !== Infinity) call.deadlineMs = Infinity;
      return call;
    }
    const made = new Call(this.calls.length);
    this.calls.push(made);
    return made;
  }

  /** A call for a question that helps to answer `parent`. */
  childOf(parent: Call): Call {
    const call = this.newCall();
    call.request = parent.request;
    call.attempt = parent.attempt;
    call.client = parent.client;
    call.key = parent.key;
    call.workMs = parent.workMs;
    call.requestClass = parent.requestClass;
    if (parent.deadlineMs !== Infinity) call.deadlineMs = parent.deadlineMs;
    call.parent = parent;
    return call;
  }

  /** Gives a call back to the pool. Its caller does so once it has the reply. */
  release(call: Call): void {
    call.parent = null;
    call.child = null;
    if (this.freeCount === this.free.length) this.growFree();
    this.free[this.freeCount++] = call.index;
  }

  private growFree(): void {
    const free = new Int32Array(this.free.length * 2);
    free.set(this.free);
    this.free = free;
  }

  callAt(index: number): Call {
    return this.calls[index];
  }

  verbsOf(name: string): Verbs | undefined {
    return this.verbsByName.get(name);
  }

  /** Writes into the description of each part what can be done to it. Call it when all parts are made. */
  describeVerbs(): void {
    for (const part of this.simulation.recorder.partList) {
      const verbs = Object.keys(this.verbsByName.get(part.name) ?? {});
      part.verbs = verbs.filter((verb) => !verb.startsWith('end '));
    }
  }

  /**
   * Something that may be set in the middle of the run, such as an arrival rate: `set` reaches it by name.
   * @param value at the start. @param set carries a change out; a change to the same value is none
   */
  setting(name: string, value: number, set: (value: number) => void): void {
    if (this.settings.has(name)) throw new Error(`Two settings are named ${name}; a name is for one setting.`);
    this.settings.set(name, new Setting(value, set));
  }

  /** Plans interventions; call it before the run. */
  intervene(interventions: readonly Intervention[]): void {
    interventions.forEach((intervention, index) => {
      this.simulation.at(intervention.atMs, () => this.carryOut(intervention, index, intervention.verb), phases.intervention);
      if (intervention.untilMs !== undefined) {
        this.simulation.at(intervention.untilMs, () => this.undo(intervention, index), phases.intervention);
      }
    });
  }

  /** Does something to a part by name. False, with a line in the log, when there is no such part or it cannot do that. */
  act(target: string, verb: string, given: Record<string, number> = {}): boolean {
    const verbs = this.verbsByName.get(target);
    if (verbs && Object.hasOwn(verbs, verb)) {
      verbs[verb](given);
      return true;
    }
    this.saySkipped(sentences.skipped, { verb, target });
    return false;
  }

  private saySkipped(what: string, values: SpokenValues): void {
    const { simulation } = this;
    simulation.recorder.say(simulation.nowMs, 'warn', -1, what, values);
  }

  private change(target: string, index: number, value: number | undefined): boolean {
    const setting = this.settings.get(target);
    if (setting !== undefined && value !== undefined) setting.change(index, value);
    else this.saySkipped(sentences.skippedSetting, { target });
    return setting !== undefined && value !== undefined;
  }

  private carryOut(intervention: Intervention, index: number, verb: string): void {
    for (const target of intervention.targets) {
      const isDone =
        verb === 'set' ? this.change(target, index, intervention.arguments?.value) : this.act(target, verb, intervention.arguments);
      if (!isDone) this.skipped.push(`${index}:${target}`);
    }
  }

  /** Only what was done can be undone: a target that was skipped stays skipped, once. */
  private undo(intervention: Intervention, index: number): void {
    for (const target of intervention.targets) {
      if (intervention.verb === 'set') {
        this.settings.get(target)?.end(index);
        continue;
      }
      const verbs = this.verbsByName.get(target);
      if (verbs === undefined || this.skipped.includes(`${index}:${target}`)) continue;
      const ending = `end ${intervention.verb}`;
      this.act(target, Object.hasOwn(verbs, ending) ? ending : 'restore');
    }
  }
}
