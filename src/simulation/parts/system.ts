// The system under study: a simulation and the parts in it, found by name, with the pool of their calls.
// Interventions reach parts here: each part offers verbs, and a verb is carried out before other events of its instant.

import { phases } from '../kernel/calendar';
import { Simulation, type SimulationOptions } from '../kernel/simulation';
import type { PartDescription } from '../record/trace';
import { Call, type Part } from './call';
import { Link, type LinkOptions } from './link';

/** Something done to the system at a time, from outside. */
export interface Intervention {
  atMs: number;
  /** When given, the part is restored then. */
  untilMs?: number;
  verb: string;
  /** Names of parts. One that does not exist is skipped and shown as skipped. */
  targets: string[];
  arguments?: Record<string, number>;
}

/** What a part can have done to it. */
export type Verbs = Record<string, (given: Record<string, number>) => void>;

export class System {
  readonly simulation: Simulation;
  /** `index:target` of the interventions whose target or verb was not there when their time came. */
  readonly skipped: string[] = [];
  private readonly calls: Call[] = [];
  private readonly free: Call[] = [];
  private readonly verbsByName = new Map<string, Verbs>();

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

  /** A blank call from the pool. */
  newCall(): Call {
    const call = this.free.pop();
    if (call) return call;
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
    call.parent = parent;
    return call;
  }

  /** Gives a call back. Its caller does so once it has the reply or has canceled it. */
  release(call: Call): void {
    call.parent = null;
    call.child = null;
    call.place = -1;
    this.free.push(call);
  }

  callAt(index: number): Call {
    return this.calls[index];
  }

  verbsOf(name: string): Verbs | undefined {
    return this.verbsByName.get(name);
  }

  /** Plans interventions; call it before the run. */
  intervene(interventions: readonly Intervention[]): void {
    interventions.forEach((intervention, index) => {
      this.simulation.at(intervention.atMs, () => this.carryOut(intervention, index, intervention.verb), phases.intervention);
      if (intervention.untilMs !== undefined) {
        this.simulation.at(intervention.untilMs, () => this.carryOut(intervention, index, 'restore'), phases.intervention);
      }
    });
  }

  private carryOut(intervention: Intervention, index: number, verb: string): void {
    for (const target of intervention.targets) {
      const action = this.verbsByName.get(target)?.[verb];
      if (action) action(intervention.arguments ?? {});
      else {
        this.skipped.push(`${index}:${target}`);
        const { simulation } = this;
        simulation.recorder.say(simulation.nowMs, 'warn', -1, `Skipped: ${verb} ${target} (there is no such part, or it cannot do that).`);
      }
    }
  }
}
