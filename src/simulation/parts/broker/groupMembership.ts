// One consumer's part in its group: what it believes to own and how far it has read, and all that it says to the broker. It learns
// late that the group has gone on without it: by a heartbeat or by a commit, whichever is answered first.
// Source: Apache Kafka 3.9, the classic consumer (AbstractCoordinator, ConsumerCoordinator).

import type { EventHandle } from '../../kernel/calendar';
import { MessageWire } from '../network/messageWire';
import { type WireOptions, ways } from '../network/wire';
import type { ConsumerGroup, Fetched, Position } from './consumerGroup';
import type { HeartbeatAnswer } from './groupCoordinator';
import type { Inbox } from './inbox';

export interface MembershipOptions {
  /** Makes it a static member (KIP-345): back within the session timeout, it gets its partitions without a rebalance. */
  instanceId?: string;
  /** The wire to the broker, for all that they say to each other. Default: it takes no time. */
  wire?: WireOptions;
}

interface Question {
  number: number;
  send: () => void;
  isOld: boolean;
}

/** What it reads in a generation of the group, and from where. */
interface Place {
  generation: number;
  positions: readonly Position[];
}

type Reply<Answer> = (answer: Answer) => void;

const none = -1;

export class GroupMembership {
  /** Next offset of each partition that it believes to be its own. */
  readonly positions = new Map<number, number>();
  private readonly wire: MessageWire<() => void>;
  private readonly questions = new Map<string, Question>();
  private asked = 0;
  private id = '';
  private ids = 0;
  private generation = none;
  private needsToJoin = false;
  private isJoining = false;
  /** Its next place, which it takes with the next poll; and the latest that it took. */
  private told: Place | undefined;
  private latest: Place | undefined;
  /** When it last committed by the clock, and whether it has read on since then. */
  private committedMs = 0;
  private hasRead = false;
  private nextCommit: EventHandle = 0;
  /** What is done and was not committed while it joined; and a commit before the work, which waits for the next place. */
  private readonly uncommitted = new Map<number, number>();
  private waitsToCommit: (() => void) | undefined;
  private beat: EventHandle = 0;
  private lastRead = none;

  /** @param hurry called when there is something to do and it may be waiting for messages */
  constructor(
    private readonly consumer: { id: number; name: string },
    private readonly group: ConsumerGroup,
    private readonly inbox: Inbox,
    private readonly options: MembershipOptions,
    private readonly hurry: () => void,
  ) {
    const { log, instanceIds } = group;
    const { instanceId } = options;
    if (instanceId !== undefined) {
      if (instanceIds.has(instanceId))
        throw new RangeError(`Two consumers of ${group.name} are the instance ${instanceId}; an id is for one.`);
      instanceIds.add(instanceId);
    }
    this.wire = new MessageWire(log.system, consumer.id, log.id, options.wire ?? {}, (way, action) =>
      (way === ways.there ? log.inbox : inbox).take(action),
    );
  }

  /** A process begins that wants to join. */
  begin(): void {
    this.needsToJoin = true;
    this.committedMs = this.simulation.nowMs;
    this.hurry();
    this.heartbeat();
  }

  /** Says that it lives, and asks again what was not answered since the heartbeat before: the wire or the broker may have lost it. */
  heartbeat(): void {
    const { simulation, questions, id, generation } = this;
    const { coordinator } = this.group;
    this.stopHeartbeats();
    for (const question of questions.values()) {
      if (question.isOld) question.send();
      question.isOld = true;
    }
    if (generation !== none && !this.isJoining && !questions.has('heartbeat')) {
      this.ask<HeartbeatAnswer>(
        'heartbeat',
        (reply) => reply(coordinator.heartbeat(id, generation)),
        (answer) => this.hearOfGroup(answer),
      );
    }
    this.beat = simulation.at(simulation.nowMs + coordinator.heartbeatMs, () => this.heartbeat());
  }

  stopHeartbeats(): void {
    this.simulation.cancel(this.beat);
  }

  /** With each poll: takes the place that it was told, or asks for one. @returns whether it may read now */
  takePart(): boolean {
    if (this.told !== undefined) this.takePlace(this.told);
    if (this.uncommitted.size > 0 && !this.isJoining) {
      const positions = [...this.uncommitted];
      this.uncommitted.clear();
      this.commit(positions, this.hurry);
      return false;
    }
    if (this.needsToJoin && !this.isJoining) this.rejoin();
    return !this.isJoining || this.group.coordinator.isCooperative;
  }

  /** Asks for messages; they come when there are some. */
  fetch(hear: (fetched: Fetched) => void): void {
    const { group, consumer } = this;
    const own = [...this.positions].sort((a, b) => a[0] - b[0]);
    if (own.length === 0) return;
    const after = own.findIndex(([partition]) => partition > this.lastRead);
    const inTurn = after > 0 ? [...own.slice(after), ...own.slice(0, after)] : own;
    this.ask<Fetched>(
      'fetch',
      (reply) => group.fetch(consumer.id, inTurn, reply),
      (fetched) => {
        this.simulation.cancel(this.nextCommit);
        this.hasRead = true;
        for (const [partition, offset] of fetched.positions) this.positions.set(partition, offset);
        this.lastRead = fetched.readings.at(-1)?.message.partition ?? this.lastRead;
        hear(fetched);
      },
    );
  }

  /**
   * Between two generations nobody can commit (RebalanceInProgressException). What is done is committed with the next place, as far as
   * it is still its own, and the work goes on; work that may only begin after its commit waits.
   */
  commit(positions: readonly Position[], hear: (isAccepted: boolean) => void): void {
    const commit = (): void =>
      this.sendCommit(positions, (isAccepted) => {
        if (!isAccepted) this.fence();
        hear(isAccepted);
      });
    if (!this.isJoining) commit();
    else if (this.group.options.commit === 'before') this.waitsToCommit = commit;
    else {
      for (const [partition, offset] of positions) this.uncommitted.set(partition, offset);
      hear(true);
    }
  }

  /** While it polls, when the consumer leaves committing to its client: all that earlier polls gave is done. */
  commitWhenDue(): void {
    const { simulation, group } = this;
    const dueMs = this.committedMs + (group.options.autoCommitMs ?? 5000);
    simulation.cancel(this.nextCommit);
    if (!group.commitsWithPolls || !this.hasRead || this.isJoining) return;
    if (dueMs > simulation.nowMs) this.nextCommit = simulation.at(dueMs, () => this.inbox.take(() => this.commitWhenDue()));
    else {
      this.commitLast((isAccepted) => {
        if (isAccepted) return;
        if (!this.isJoining) this.fence();
        this.hurry();
      });
    }
  }

  /** The same before it gives up its partitions, due or not. */
  commitLast(hear: (isAccepted: boolean) => void): void {
    const isWanted = this.group.commitsWithPolls && this.hasRead && this.generation !== none;
    if (isWanted) {
      this.hasRead = false;
      this.committedMs = this.simulation.nowMs;
      this.sendCommit([...this.positions], hear);
    } else hear(true);
  }

  /** Tells the group that it goes. A static member just goes: it may be back. */
  leave(): void {
    const { id } = this;
    const { coordinator } = this.group;
    if (this.options.instanceId === undefined) this.wire.send(ways.there, () => coordinator.leave(id));
    this.fence();
  }

  /** A process ends: what is on the wire is all that is left of it. */
  forget(): void {
    this.wire.dropUnsent(ways.there);
    this.stopHeartbeats();
    this.simulation.cancel(this.nextCommit);
    this.waitsToCommit = undefined;
    this.fence();
    this.needsToJoin = false;
    this.latest = undefined;
    this.lastRead = none;
    this.questions.clear();
    this.positions.clear();
  }

  private get simulation() {
    return this.group.log.system.simulation;
  }

  private hearOfGroup(answer: HeartbeatAnswer): void {
    if (answer === 'well') return;
    if (answer === 'unknown') this.fence();
    this.needsToJoin = true;
    this.hurry();
  }

  private takePlace(place: Place): void {
    const { positions } = this;
    this.told = undefined;
    this.latest = place;
    this.isJoining = false;
    this.generation = place.generation;
    const before = positions.size;
    const kept = place.positions.filter(([partition]) => positions.has(partition)).length;
    const own = place.positions.map(([partition, offset]) => [partition, positions.get(partition) ?? offset] as const);
    positions.clear();
    for (const [partition, offset] of own) positions.set(partition, offset);
    // What it has let go of can now be given to somebody else.
    if (kept < before) this.needsToJoin = true;
    this.commitNow();
  }

  private commitNow(): void {
    const { waitsToCommit } = this;
    this.waitsToCommit = undefined;
    waitsToCommit?.();
  }

  private sendCommit(positions: readonly Position[], hear: (isAccepted: boolean) => void): void {
    const { group, id, generation } = this;
    const own = positions.filter(([partition]) => this.positions.has(partition));
    this.ask<boolean>('commit', (reply) => reply(group.commit(id, generation, own)), hear);
  }

  private rejoin(): void {
    const isEager = !this.group.coordinator.isCooperative;
    this.needsToJoin = false;
    this.isJoining = true;
    if (this.generation === none) {
      this.positions.clear();
      this.id = this.ids++ === 0 ? this.consumer.name : `${this.consumer.name}#${this.ids}`;
    }
    if (isEager || this.generation === none) this.questions.delete('fetch');
    this.commitLast((isAccepted) => {
      if (!isAccepted) {
        this.fence();
        this.rejoin();
      } else {
        if (isEager) this.positions.clear();
        this.askForPlace();
      }
    });
  }

  private askForPlace(): void {
    const { id, generation, latest, group } = this;
    const { coordinator, committed, log } = group;
    const partitions = coordinator.isCooperative ? [...this.positions.keys()] : (latest?.positions ?? []).map(([partition]) => partition);
    const owned = partitions.map((partition) => ({ topic: log.name, partition }));
    const request = { id, generation, owned, ownedGeneration: latest?.generation, instanceId: this.options.instanceId };
    const ask = (reply: Reply<Place | 'unknown'>): void =>
      coordinator.join(request, (told) => {
        if (told === 'unknown') reply(told);
        else
          reply({ generation: told.generation, positions: told.partitions.map((partition) => [partition, committed[partition]] as const) });
      });
    this.ask<Place | 'unknown'>('join', ask, (place) => {
      if (place === 'unknown') {
        this.fence();
        this.hurry();
        return;
      }
      this.told = place;
      if (this.waitsToCommit === undefined) this.hurry();
      else this.takePlace(place);
    });
  }

  /** Of each kind one question is open: a newer one makes the answer to the last one void. */
  private ask<Answer>(kind: string, question: (reply: Reply<Answer>) => void, hear: Reply<Answer>): void {
    const number = this.asked++;
    const heard = (answer: Answer): void => {
      if (this.questions.get(kind)?.number !== number) return;
      this.questions.delete(kind);
      hear(answer);
    };
    const reply = (answer: Answer): void => void this.wire.send(ways.back, () => heard(answer));
    const send = (): void => void this.wire.send(ways.there, () => question(reply));
    this.questions.set(kind, { number, send, isOld: false });
    send();
  }

  /** The group goes on without it. */
  private fence(): void {
    this.generation = none;
    this.needsToJoin = true;
    this.isJoining = false;
    this.told = undefined;
    this.questions.delete('join');
    this.questions.delete('heartbeat');
    this.uncommitted.clear();
    this.commitNow();
  }
}
