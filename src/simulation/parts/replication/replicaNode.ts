// One machine of a replica group. As primary it takes writes, ships them, and answers when enough replicas have them (primary.ts);
// as replica it follows the primary's log, applies it entry by entry, and may be read. Who is primary is for elections (election.ts).

import { fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import type { Call } from '../call';
import type { System } from '../system';
import { Applying } from './applying';
import { Election } from './election';
import type { Append, Appended, Message } from './messages';
import { Primary } from './primary';
import type { ReplicaGroup } from './replicaGroup';
import { ReplicaLog } from './replicaLog';
import { StoreNode, type StoreNodeOptions } from './storeNode';

/** Verbs: those of every node that stores; promote (it stands for election at once); destroy (it crashes and its disk is gone). */
export class ReplicaNode extends StoreNode {
  readonly log: ReplicaLog;
  readonly applying: Applying;
  readonly election: Election;
  readonly primary: Primary;
  /** Entries that it had and had to give up for those of another primary. */
  cutOff = 0;
  /** The latest word of its primary that it could follow, and how far their logs agree. */
  private told = { number: 0, sentMs: 0 };
  private agreed = 0;

  constructor(
    system: System,
    readonly group: ReplicaGroup,
    index: number,
    options: StoreNodeOptions,
  ) {
    super(system, `${group.name}/${index + 1}`, index, options, { promote: () => this.promote(), destroy: () => this.destroy() });
    this.log = new ReplicaLog((write) => group.history.keys[write]);
    this.applying = new Applying(this);
    this.primary = new Primary(this);
    this.election = new Election(this, group.failover, group.size);
  }

  /** @param size as a multiple of the usual message */
  post(to: number, message: Message, size = 1): void {
    this.group.post(this.index, to, message, size);
  }

  receive(from: number, message: Message): void {
    if (this.condition.isPaused) this.whenAwake(() => this.hear(from, message));
    else if (this.isUp) this.hear(from, message);
  }

  /** Tells its primary how far it has applied. */
  reportApplied(): void {
    const { leader, term } = this.election;
    if (leader < 0 || leader === this.index) return;
    const applied = Math.min(this.log.applied, this.agreed);
    const { number, sentMs } = this.told;
    this.post(leader, { kind: 'appended', term, number, sentMs, position: this.agreed, isAccepted: true, stored: this.agreed, applied });
  }

  protected override serve(call: Call): void {
    const operation = this.group.history.operationOf(call);
    if (operation?.isWrite ?? this.group.isWrite(call)) this.primary.write(call, operation);
    else this.primary.read(call, operation);
  }

  protected override crashed(): void {
    this.group.dropUnsent(this.index);
    this.election.crash();
    this.primary.stop(fates.lost);
    this.applying.changeSpeed(0);
  }

  protected override restored(): void {
    this.election.restore();
    this.primary.restore();
  }

  protected override speedChanged(factor: number): void {
    this.applying.changeSpeed(factor);
  }

  protected override waiting(): Iterable<Call> {
    return this.primary.waiting();
  }

  protected override giveUp(call: Call): void {
    this.primary.giveUp(call);
  }

  private hear(from: number, message: Message): void {
    const { election } = this;
    switch (message.kind) {
      case 'append':
        this.follow(from, message);
        break;
      case 'appended':
        election.hearTerm(message.term);
        if (message.term === election.term) this.primary.hear(from, message);
        break;
      case 'voteRequest':
        election.hearVoteRequest(from, message);
        break;
      case 'vote':
        election.hearVote(from, message);
        break;
      case 'takeOver':
        if (message.term === election.term && election.role !== 'primary') election.stand(true);
    }
  }

  private follow(from: number, append: Append): void {
    const { log, election } = this;
    const { position, write, writes, terms, number, sentMs } = append;
    const reply: Appended = { kind: 'appended', term: 0, number, sentMs, position, isAccepted: false, stored: position, applied: 0 };
    if (election.hearAppend(from, append)) {
      const before = log.length;
      const cut = log.follow(position, write, writes, terms);
      if (cut < 0) reply.stored = log.placeToTry(position);
      else {
        this.cutOff += cut;
        if (cut > 0) this.say('warn', sentences.givesUpEntries, { count: cut });
        this.noteCopies(before - cut, from);
        this.applying.goOn();
        this.told = append;
        this.agreed = reply.stored = position + writes.length;
        reply.applied = Math.min(log.applied, reply.stored);
        reply.isAccepted = true;
      }
    }
    reply.term = election.term;
    this.post(from, reply);
  }

  private noteCopies(after: number, from: number): void {
    const { nodes, history } = this.group;
    for (let position = after + 1; position <= this.log.length; position++) {
      this.noteCopy(history.requests[this.log.at(position)], nodes[from].id);
    }
  }

  private promote(): void {
    this.whenAwake(() => this.election.role !== 'primary' && this.election.stand(false));
  }

  private destroy(): void {
    this.condition.crash();
    this.log.cutTo(0);
    this.say('warn', sentences.lostDisk);
  }
}
