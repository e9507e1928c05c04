// Who is in a consumer group, and who reads what. A member that joins, leaves or falls silent makes a rebalance: all members must ask
// to join again, and when the last has done so (or its time is over) a new generation begins, in which each is told its partitions.
// Source: Apache Kafka 3.9, the classic group protocol (GroupCoordinator, DelayedJoin, InitialDelayedJoin). JoinGroup and SyncGroup are
// one exchange here, since nobody's client computes the assignment.

import type { EventHandle } from '../../kernel/calendar';
import { Level } from '../../measure/level';
import * as sentences from '../../record/sentences';
import type { SpokenValues } from '../../record/spoken';
import { milliseconds } from '../network/limits';
import { positive } from '../options';
import type { GroupMember, TopicPartition } from '../partitioning/groupAssignors';
import { type GroupAssignorName, groupAssignors } from './cooperativeAssignor';
import type { PartitionedLog } from './partitionedLog';

export interface CoordinatorOptions {
  /** Default: range, as Kafka's. */
  assignor?: GroupAssignorName;
  /** A member that is not heard of for so long is out of the group, in ms. Default 45 s. */
  sessionTimeoutMs?: number;
  /** How often a member says that it lives, in ms. Default 3 s. */
  heartbeatMs?: number;
  /** Longest time between two polls of a member, and the longest that a rebalance waits for one, in ms. Default 5 minutes. */
  maxPollIntervalMs?: number;
  /** How long the first rebalance of an empty group waits for more members, in ms. Default 3 s. */
  initialRebalanceDelayMs?: number;
}

/** What a consumer says when it asks to join. The assignor asks what it owned. */
export type JoinRequest = Omit<GroupMember, 'topics' | 'generation'> & {
  /** The generation in which it owned that. */
  ownedGeneration: number | undefined;
  /** Of which it is a member, -1 for none. */
  generation: number;
};

export interface GroupGeneration {
  generation: number;
  partitions: readonly number[];
}

export type HeartbeatAnswer = 'well' | 'rebalancing' | 'unknown';

interface Member {
  asked: JoinRequest;
  /** Answers its wish to join; undefined while it has none. */
  reply: ((told: GroupGeneration) => void) | undefined;
  generation: number;
  partitions: readonly number[];
  session: EventHandle;
}

export class GroupCoordinator {
  /** 0 before the first assignment. */
  generation = 0;
  /** 1 from the cause of a rebalance until everybody is told: its area is the time spent on them. */
  readonly rebalancing = new Level();
  rebalances = 0;
  readonly heartbeatMs: number;
  readonly maxPollIntervalMs: number;
  readonly isCooperative: boolean;
  private readonly members = new Map<string, Member>();
  private readonly sessionTimeoutMs: number;
  private readonly initialDelayMs: number;
  /** An empty group still waits for more members, and one has come since it last looked. */
  private isGathering = false;
  private hasGrown = false;
  /** Some partition is given to nobody until who read it asks to join again; should he come back as another, he would not know. */
  private isHandingOver = false;
  private deadline: EventHandle = 0;

  constructor(
    private readonly name: string,
    private readonly log: PartitionedLog,
    private readonly options: CoordinatorOptions,
  ) {
    this.sessionTimeoutMs = positive(name, 'session timeout', options.sessionTimeoutMs ?? 45_000);
    this.heartbeatMs = positive(name, 'time between heartbeats', options.heartbeatMs ?? 3000);
    if (this.heartbeatMs >= this.sessionTimeoutMs) {
      throw new RangeError(
        `Members of ${name} send a heartbeat every ${this.heartbeatMs} ms; that must be less than the session timeout, ${this.sessionTimeoutMs} ms.`,
      );
    }
    this.maxPollIntervalMs = positive(name, 'longest time between polls', options.maxPollIntervalMs ?? 300_000);
    this.initialDelayMs = milliseconds(name, 'delay of the first rebalance', options.initialRebalanceDelayMs ?? 3000);
    const { assignor = 'range' } = options;
    if (!Object.hasOwn(groupAssignors, assignor)) {
      throw new RangeError(`The assignor of ${name} is ${assignor}; known are ${Object.keys(groupAssignors).join(', ')}.`);
    }
    this.isCooperative = assignor === 'cooperative-sticky';
  }

  /** Partitions of each member, by its id. */
  assignment(): Record<string, readonly number[]> {
    return Object.fromEntries([...this.members].map(([id, { partitions }]) => [id, partitions]));
  }

  /**
   * The answer comes when the rebalance is over; asking again for the same does no harm. Who believes to be a member and is not any
   * more hears so at once (UNKNOWN_MEMBER_ID): others may have read on where it was, so it must forget that and come as a new one.
   */
  join(asked: JoinRequest, reply: (told: GroupGeneration | 'unknown') => void): void {
    if (asked.generation >= 0 && !this.members.has(asked.id)) {
      reply('unknown');
      return;
    }
    const member = this.members.get(asked.id) ?? this.returning(asked) ?? this.admit(asked);
    const isStable = this.rebalancing.value === 0;
    member.asked = asked;
    // The answer was lost; or a member that is known by its instance comes back in time: nobody else need know.
    const isKnown = member.generation > asked.generation && member.generation === this.generation;
    if (isStable && isKnown && !this.isHandingOver) {
      this.renew(member);
      reply({ generation: this.generation, partitions: member.partitions });
      return;
    }
    member.reply = reply;
    if (isStable) this.prepare();
    else this.completeIfAll();
  }

  leave(id: string): void {
    const member = this.members.get(id);
    if (member !== undefined) this.remove(id, member, sentences.memberLeft);
  }

  heartbeat(id: string, generation: number): HeartbeatAnswer {
    if (!this.hears(id, generation)) return 'unknown';
    return this.rebalancing.value === 0 ? 'well' : 'rebalancing';
  }

  /** Whether somebody is a member of this generation; then its session lasts anew. */
  hears(id: string, generation: number): boolean {
    const member = this.members.get(id);
    if (member === undefined || generation !== this.generation) return false;
    this.renew(member);
    return true;
  }

  /** The broker is there again: nobody is blamed for what it did not hear. */
  awoke(): void {
    for (const member of this.members.values()) this.renew(member);
    if (this.rebalancing.value === 1 && !this.isGathering) this.awaitAll();
  }

  private get simulation() {
    return this.log.system.simulation;
  }

  private admit(asked: JoinRequest): Member {
    const member: Member = { asked, reply: undefined, generation: -1, partitions: [], session: 0 };
    this.members.set(asked.id, member);
    if (this.generation === 0) this.hasGrown = true;
    return member;
  }

  /** A static member takes the place of its former self, whose id is then unknown. */
  private returning({ id, instanceId }: JoinRequest): Member | undefined {
    if (instanceId === undefined) return undefined;
    for (const [former, member] of this.members) {
      if (member.asked.instanceId !== instanceId) continue;
      this.members.delete(former);
      this.members.set(id, member);
      return member;
    }
    return undefined;
  }

  private renew(member: Member): void {
    const { simulation } = this;
    simulation.cancel(member.session);
    member.session = simulation.at(simulation.nowMs + this.sessionTimeoutMs, () => {
      // Who waits for the rebalance need not speak; and a broker that does not hear cannot know.
      if (member.reply === undefined && this.log.isAwake) this.remove(member.asked.id, member, sentences.memberSilent);
    });
  }

  private remove(id: string, member: Member, what: string): void {
    this.simulation.cancel(member.session);
    this.members.delete(id);
    this.say('warn', what, { member: id });
    if (this.rebalancing.value === 0) this.prepare();
    else this.completeIfAll();
  }

  private prepare(): void {
    const { simulation, maxPollIntervalMs } = this;
    this.rebalancing.set(simulation.nowMs, 1);
    this.isGathering = this.members.size > 0 && [...this.members.values()].every(({ generation }) => generation < 0);
    if (this.isGathering) this.gather(this.initialDelayMs, Math.max(0, maxPollIntervalMs - this.initialDelayMs));
    else {
      this.awaitAll();
      this.completeIfAll();
    }
  }

  private awaitAll(): void {
    const { simulation, maxPollIntervalMs } = this;
    simulation.cancel(this.deadline);
    this.deadline = simulation.at(simulation.nowMs + maxPollIntervalMs, () => this.log.isAwake && this.giveUpOnAbsent());
  }

  private gather(delayMs: number, leftMs: number): void {
    const { simulation } = this;
    this.hasGrown = false;
    this.deadline = simulation.at(simulation.nowMs + delayMs, () => {
      if (this.hasGrown && leftMs > 0) {
        const nextMs = Math.min(this.initialDelayMs, leftMs);
        this.gather(nextMs, Math.max(0, leftMs - delayMs));
        return;
      }
      this.isGathering = false;
      this.giveUpOnAbsent();
    });
  }

  /** The time of the rebalance is over. A static member keeps its place until its session ends. */
  private giveUpOnAbsent(): void {
    for (const [id, member] of this.members) {
      if (member.reply !== undefined || member.asked.instanceId !== undefined) continue;
      this.simulation.cancel(member.session);
      this.members.delete(id);
      this.say('warn', sentences.memberLate, { member: id });
    }
    this.complete();
  }

  private completeIfAll(): void {
    if (this.isGathering) return;
    for (const { reply } of this.members.values()) if (reply === undefined) return;
    this.complete();
  }

  private complete(): void {
    const { simulation, generation } = this;
    simulation.cancel(this.deadline);
    this.generation = generation + 1;
    this.rebalances++;
    this.rebalancing.set(simulation.nowMs, 0);
    const { name, partitions } = this.log;
    const asking = [...this.members.values()].map(({ asked }) => ({ ...asked, topics: [name], generation: asked.ownedGeneration }));
    const assignment = groupAssignors[this.options.assignor ?? 'range'](asking, { [name]: partitions.length });
    let left = partitions.length;
    for (const assigned of assignment.values()) left -= assigned.length;
    this.isHandingOver = left > 0;
    for (const [id, member] of this.members) {
      const { reply } = member;
      member.partitions = (assignment.get(member.asked.id) as TopicPartition[]).map(({ partition }) => partition);
      member.generation = this.generation;
      member.reply = undefined;
      this.renew(member);
      reply?.({ generation: this.generation, partitions: member.partitions });
      const partitions = member.partitions.join(', ') || '–';
      this.say('info', sentences.memberReads, { generation: this.generation, member: id, partitions });
    }
  }

  private say(level: 'info' | 'warn', what: string, values: SpokenValues): void {
    const { nowMs, recorder } = this.simulation;
    const withGroup = { group: this.name, ...values };
    recorder.mark(nowMs, 'health', this.log.id, what, withGroup);
    recorder.say(nowMs, level, this.log.id, what, withGroup);
  }
}
