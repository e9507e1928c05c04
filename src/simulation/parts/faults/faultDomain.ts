// Parts that share a fate: a rack with one power strip, a zone, a bad deploy. What is done to the domain is done to all of them, in
// the same instant. Copies in one domain are one copy.

import type { System, Verbs } from '../system';

export interface FaultDomainOptions {
  /** By which interventions, monkeys and random failures reach it: `racks/1`. */
  name: string;
  /** Names of parts; domains too. */
  members: readonly string[];
  /** What can be done to it. Default: crash, restore, slow and pause, with their ends. */
  verbs?: readonly string[];
}

const usualVerbs = ['crash', 'restore', 'slow', 'end slow', 'pause', 'end pause'];

/** Members that cannot do a verb are passed over; one that does not exist is skipped with a line in the log. */
export class FaultDomain {
  readonly id: number;

  constructor(system: System, { name, members, verbs = usualVerbs }: FaultDomainOptions) {
    if (members.length === 0) throw new RangeError(`The fault domain ${name} has no members.`);
    const offered: Verbs = {};
    for (const verb of verbs) {
      offered[verb] = (given) => {
        for (const member of members) {
          const known = system.verbsOf(member);
          if (known === undefined || Object.hasOwn(known, verb)) system.act(member, verb, given);
        }
      };
    }
    this.id = system.register({ name, kind: 'network', label: name, concurrency: 0, queueCapacity: 0, speed: 1 }, offered);
  }
}
