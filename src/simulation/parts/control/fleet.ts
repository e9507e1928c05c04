// A fleet that grows and shrinks mid-run. Its servers are a pool made beforehand; those that are absent get no traffic, are not drawn
// and cannot be acted upon, until the fleet creates them. A new server boots before it joins the rotation; one that must go leaves the
// rotation, finishes what is inside, and is gone.

import type { EventHandle } from '../../kernel/calendar';
import { Level } from '../../measure/level';
import { recordKinds } from '../../record/trace';
import { type Balancer, outReasons } from '../balancer';
import type { Probed } from '../healthCheck';
import { wholeNumber } from '../options';
import type { System, Verbs } from '../system';

/** What a fleet needs of its servers. */
export interface FleetServer extends Probed {
  /** Requests in line, where there is one, and all that are here. */
  readonly waiting?: number;
  readonly inside: number;
  /** Share of its places in use, since measuring began. */
  utilization(): number;
}

export interface FleetOptions {
  /** Servers there are at the start; the rest of the balancer's are absent. */
  initial: number;
  /** From creation to the first request that it can take, in ms. Default 0. */
  bootMs?: number;
  /** A server that has not finished after this long is stopped with what is inside, in ms. Default 30 s, as Kubernetes. */
  drainMs?: number;
}

export type FleetMemberState = 'absent' | 'booting' | 'serving' | 'draining';

/** How often a server is looked at that must go and works for somebody who no longer waits, in ms. */
const drainCheckMs = 1000;

/** One server of the pool, whether it is there or not. */
export class FleetMember implements Probed {
  state: FleetMemberState = 'absent';
  /** When it was created last, and when it was ready; -Infinity for those of the start. */
  createdMs = -Infinity;
  readyMs = -Infinity;

  constructor(
    readonly index: number,
    readonly server: FleetServer,
  ) {}

  get id(): number {
    return this.server.id;
  }
  get name(): string {
    return this.server.name;
  }
  /** For a health check: only those that serve can be well. */
  get isUp(): boolean {
    return this.state === 'serving' && this.server.isUp;
  }
  get slowness(): number {
    return this.server.slowness;
  }
}

export class Fleet {
  readonly members: readonly FleetMember[];
  /** Servers that are there: booting, serving and draining. What they cost is the time they were there. */
  readonly existing = new Level();
  created = 0;
  removed = 0;
  private readonly bootMs: number;
  private readonly drainMs: number;
  /** Of the members, by index: what can be done to each while it is there. */
  private readonly verbs: Verbs[];
  /** Of the members, by index: when each must be gone that must go. */
  private readonly deadlines: EventHandle[] = [];
  private measuredFromMs = 0;

  /** @param servers those of the balancer, in its order */
  constructor(
    private readonly system: System,
    readonly balancer: Pick<Balancer, 'id' | 'name' | 'rotation' | 'book' | 'setOut' | 'listeners'>,
    servers: readonly FleetServer[],
    { initial, bootMs = 0, drainMs = 30_000 }: FleetOptions,
  ) {
    const { simulation } = system;
    const of = `the fleet behind ${balancer.name}`;
    if (wholeNumber(of, 'initial number of servers', initial, 0) > servers.length) {
      throw new RangeError(`${of} begins with ${initial} servers, but only ${servers.length} were made.`);
    }
    for (const ms of [bootMs, drainMs]) {
      if (!(ms >= 0 && ms < Infinity)) throw new RangeError(`A time of ${of} is ${ms} ms; it must be 0 or more, and finite.`);
    }
    this.bootMs = bootMs;
    this.drainMs = drainMs;
    this.members = servers.map((server, index) => new FleetMember(index, server));
    this.verbs = servers.map(({ name }) => ({ ...system.verbsOf(name) }));
    for (const member of this.members) {
      if (member.index < initial) member.state = 'serving';
      else this.vanish(member);
    }
    this.existing.set(0, initial);
    // When a call has ended for the balancer, its server may still hold it: it is looked at right after.
    balancer.listeners.push({
      heard: (index) => {
        const member = this.members[index];
        if (member.state === 'draining') simulation.at(simulation.nowMs, () => this.goIfDone(member));
      },
    });
    simulation.parts.push({
      name: of,
      warm: (nowMs) => {
        this.measuredFromMs = nowMs;
        this.existing.warm(nowMs);
      },
      close: (horizonMs) => this.existing.close(horizonMs),
      audit: () => this.audit(),
    });
  }

  /** Servers that are to stay: booting or serving. */
  get size(): number {
    let size = 0;
    for (const { state } of this.members) if (state === 'booting' || state === 'serving') size++;
    return size;
  }

  /** Time that servers have been there since measuring began, booting and draining included, in server × ms: what a cloud would bill. */
  serverMs(): number {
    const { nowMs } = this.system.simulation;
    return this.existing.mean(nowMs) * (nowMs - this.measuredFromMs);
  }

  /** Creates or removes servers until so many are to stay. It stops short when the pool is used up. */
  resize(wanted: number): void {
    wholeNumber(`the fleet behind ${this.balancer.name}`, 'wanted number of servers', wanted, 0);
    for (let missing = wanted - this.size; missing > 0; missing--) {
      const member = this.members.find(({ state }) => state === 'absent');
      if (member === undefined) return;
      this.create(member);
    }
    for (let spare = this.size - wanted; spare > 0; spare--) this.drain(this.firstToGo());
  }

  private create(member: FleetMember): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    this.created++;
    member.state = 'booting';
    member.createdMs = nowMs;
    this.existing.add(nowMs, 1);
    recorder.coarse(nowMs, recordKinds.exists, member.id, 0, 1);
    simulation.at(nowMs + this.bootMs, () => {
      if (member.state === 'booting' && member.createdMs === nowMs) this.join(member);
    });
  }

  private join(member: FleetMember): void {
    member.state = 'serving';
    member.readyMs = this.system.simulation.nowMs;
    Object.assign(this.system.verbsOf(member.name) as Verbs, this.verbs[member.index]);
    // It may have crashed, or run slow, when it was here before.
    this.verbs[member.index].restore?.({});
    this.balancer.setOut(member.index, outReasons.absent, false);
  }

  /** As Kubernetes chooses: those not ready yet, those that are down, the youngest. */
  private firstToGo(): FleetMember {
    const rank = ({ state, isUp }: FleetMember): number => (state === 'booting' ? 0 : isUp ? 2 : 1);
    const staying = this.members.filter(({ state }) => state === 'booting' || state === 'serving');
    return staying.reduce((first, member) => {
      const difference = rank(member) - rank(first);
      const isYounger = member.readyMs !== first.readyMs ? member.readyMs > first.readyMs : member.createdMs >= first.createdMs;
      return difference < 0 || (difference === 0 && isYounger) ? member : first;
    });
  }

  private drain(member: FleetMember): void {
    const { simulation } = this.system;
    member.state = 'draining';
    this.balancer.setOut(member.index, outReasons.absent, true);
    this.deadlines[member.index] = simulation.at(simulation.nowMs + this.drainMs, () => this.stop(member));
    this.goIfDone(member);
  }

  /** A server goes when the balancer waits for nothing from it and it holds nothing of anybody else. */
  private goIfDone(member: FleetMember): void {
    if (member.state !== 'draining' || this.balancer.rotation.outstanding[member.index] > 0) return;
    const { simulation } = this.system;
    if (member.server.inside === 0) this.go(member);
    // Nobody will hear of the end of what it holds.
    else simulation.at(simulation.nowMs + drainCheckMs, () => this.goIfDone(member));
  }

  private stop(member: FleetMember): void {
    this.verbs[member.index].crash?.({});
    this.go(member);
  }

  private go(member: FleetMember): void {
    const { simulation } = this.system;
    simulation.cancel(this.deadlines[member.index]);
    this.removed++;
    this.existing.add(simulation.nowMs, -1);
    this.vanish(member);
  }

  private vanish(member: FleetMember): void {
    const { balancer, system } = this;
    const { simulation } = system;
    member.state = 'absent';
    balancer.setOut(member.index, outReasons.absent, true);
    // What was held against it is not held against its successor.
    balancer.setOut(member.index, outReasons.failedCheck, false);
    balancer.setOut(member.index, outReasons.ejected, false);
    const verbs = system.verbsOf(member.name) as Verbs;
    for (const verb of Object.keys(verbs)) delete verbs[verb];
    simulation.recorder.coarse(simulation.nowMs, recordKinds.exists, member.id, 0, 0);
  }

  private audit(): void {
    const there = this.members.filter(({ state }) => state !== 'absent').length;
    if (there !== this.existing.value) throw new Error(`A fleet counts ${this.existing.value} servers, but ${there} are there.`);
  }
}
