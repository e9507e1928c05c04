// A system given as data: which parts there are and who asks whom. What a reader drew on a canvas becomes a run.
// Parts are built from the back: a part exists before those that ask it, so a circle is found and named.

import type { Part } from './call';
import { wholeNumber } from './options';
import type { System } from './system';

/** One part, or a fleet of equal ones. */
export interface PartPlan {
  /** Unique. Members of a fleet are named `name/1`, `name/2`, … */
  name: string;
  /** Key of the builder. */
  kind: string;
  /** How many, 1 or more. Default 1. */
  count?: number;
  /** Names of the parts that it asks; a fleet's name stands for all its members. */
  asks?: readonly string[];
  /** What its builder reads. */
  options?: Readonly<Record<string, number | string | boolean>>;
}

/** What a builder is given: the parts that this one asks are there already. */
export interface Building {
  system: System;
  name: string;
  options: Readonly<Record<string, number | string | boolean>>;
  asked: readonly Part[];
}

export type Builder = (building: Building) => Part;

const mostParts = 1000;

/** The parts by name; a fleet's name gives its members. */
export type Topology = ReadonlyMap<string, readonly Part[]>;

/** Throws RangeError, with the part's name, when a kind or name is unknown or used twice, or parts ask each other in a circle. */
export function buildTopology(system: System, plans: readonly PartPlan[], builders: Readonly<Record<string, Builder>>): Topology {
  const planned = new Map<string, PartPlan>();
  let total = 0;
  for (const plan of plans) {
    if (planned.has(plan.name)) throw new RangeError(`Two parts are named ${plan.name}; a name is for one part.`);
    if (!Object.hasOwn(builders, plan.kind)) {
      throw new RangeError(`${plan.name} is a ${plan.kind}, which nobody can build; known are ${Object.keys(builders).join(', ')}.`);
    }
    total += wholeNumber(plan.name, 'number of parts', plan.count ?? 1, 1);
    planned.set(plan.name, plan);
  }
  if (total > mostParts) throw new RangeError(`The system has ${total} parts; at most ${mostParts} can be built.`);
  const built = new Map<string, readonly Part[]>();
  for (const { name } of plans) build(system, name, planned, builders, built, []);
  return built;
}

function build(
  system: System,
  name: string,
  planned: ReadonlyMap<string, PartPlan>,
  builders: Readonly<Record<string, Builder>>,
  built: Map<string, readonly Part[]>,
  askedBy: readonly string[],
): readonly Part[] {
  const done = built.get(name);
  if (done) return done;
  const plan = planned.get(name);
  if (!plan) {
    throw new RangeError(`${askedBy[askedBy.length - 1]} asks ${name}, which is no part; known are ${[...planned.keys()].join(', ')}.`);
  }
  if (askedBy.includes(name)) {
    const circle = [...askedBy.slice(askedBy.indexOf(name)), name].join(' → ');
    throw new RangeError(`Parts ask each other in a circle: ${circle}. A request would never come back.`);
  }
  const asked = (plan.asks ?? []).flatMap((other) => build(system, other, planned, builders, built, [...askedBy, name]));
  const parts = memberNames(plan).map((member) => builders[plan.kind]({ system, name: member, options: plan.options ?? {}, asked }));
  built.set(name, parts);
  return parts;
}

function memberNames({ name, count }: PartPlan): string[] {
  return count === undefined ? [name] : Array.from({ length: count }, (_, index) => `${name}/${index + 1}`);
}
