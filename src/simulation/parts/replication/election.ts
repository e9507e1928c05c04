// One node's part in elections: its term, its one vote in each, and the timer that makes it stand when the primary falls silent.
// Source: Raft, section 5.2; its author's thesis for handing over (3.10), loyal voters (4.2.3), leases (6.4.1) and asking first (9.6).

import type { EventHandle } from '../../kernel/calendar';
import { keyedUniform } from '../../kernel/random';
import { fates } from '../../measure/accounts';
import { electionTimeoutMs, type Failover } from './elections';
import { isAtLeastAsUpToDate } from './logs';
import type { Append, Vote, VoteRequest } from './messages';
import { majorityOf } from './quorums';
import type { ReplicaNode } from './replicaNode';

export type Role = 'primary' | 'candidate' | 'replica';

/** A millionth of a ms: what rounding may leave of a time that is over. */
const nothing = 1e-6;

export class Election {
  role: Role;
  term = 1;
  /** Index of whom it follows; -1: it knows of nobody. */
  leader = 0;
  private votedFor = -1;
  private readonly voters: Uint8Array;
  private draws = 0;
  /** By its own clock: when it last heard from its leader or gave its vote. */
  private heardMs = 0;
  private leaderSinceMs = -Infinity;
  private isDelayed = false;
  /** It is asking who would vote for it. */
  private isTrying = false;
  private deadlineMs = Infinity;
  private timer: EventHandle = 0;
  private timerMs = Infinity;
  private readonly handler: number;
  private readonly luck: number;

  constructor(
    private readonly node: ReplicaNode,
    private readonly failover: Failover | undefined,
    private readonly nodes: number,
  ) {
    const { simulation } = node.system;
    this.role = node.index === 0 ? 'primary' : 'replica';
    this.voters = new Uint8Array(nodes);
    this.luck = simulation.random.key(`${node.name} elections`);
    const wake = (): void => this.wake();
    this.handler = simulation.on(() => {
      this.timerMs = Infinity;
      node.whenAwake(wake);
    });
    this.hear();
    if (this.role === 'primary') this.trustLease();
  }

  /** It has heard, from its leader or by giving a vote, that there is no need to stand. */
  hear(): void {
    this.heardMs = this.node.clock.nowMs();
    this.wait();
  }

  /** Asked to stand at once: by the primary, or by hand. */
  stand(isHandover: boolean): void {
    const { node } = this;
    node.group.elections++;
    this.role = 'candidate';
    this.term = this.nextTerm();
    this.votedFor = node.index;
    this.leader = -1;
    this.wait();
    this.askForVotes(this.term, isHandover, false);
  }

  /** @returns whether the sender is its primary */
  hearAppend(from: number, { term }: Append): boolean {
    if (term < this.term || this.isDeaf()) return false;
    if (term > this.term || this.role !== 'replica') this.follow(term);
    if (this.leader !== from) {
      this.leader = from;
      this.leaderSinceMs = this.node.nowMs;
    }
    this.hear();
    return true;
  }

  hearVoteRequest(from: number, request: VoteRequest): void {
    const { isTrial, term, sentMs } = request;
    if (this.isDeaf() || (this.isLoyal(isTrial) && !request.isHandover)) return;
    const knowsEnough = this.failover?.ignoresLogs || isAtLeastAsUpToDate(request, this.node.log);
    if (isTrial) {
      const isGranted = knowsEnough && term > this.term;
      this.node.post(from, { kind: 'vote', term: isGranted ? term : this.term, sentMs, isGranted, isTrial });
      return;
    }
    this.hearTerm(term);
    const isFree = this.votedFor < 0 || this.votedFor === from;
    const isGranted = term === this.term && isFree && knowsEnough;
    if (isGranted) {
      this.votedFor = from;
      this.hear();
    }
    this.sendVote(from, { kind: 'vote', term: this.term, sentMs, isGranted, isTrial });
  }

  hearVote(from: number, { term, isGranted, sentMs, isTrial }: Vote): void {
    if (!(isTrial && isGranted)) this.hearTerm(term);
    const isWanted = isTrial ? this.isTrying && term === this.nextTerm() : this.role === 'candidate' && term === this.term;
    if (!isWanted || !isGranted) return;
    this.voters[from] = 1;
    if (!isTrial) this.node.primary.shipping.answeredMs[from] = sentMs;
    this.count(isTrial);
  }

  /** Anybody's term: a later one ends whatever it was doing. */
  hearTerm(term: number): void {
    if (term > this.term && !this.isDeaf()) this.follow(term);
  }

  /** Gives up being primary or candidate without knowing who follows. */
  stepDown(): void {
    this.follow(this.term);
  }

  /** Whether it may still act as primary by its lease. */
  holdsLease(): boolean {
    return this.failover?.fencing !== 'lease' || this.leaseLeftMs() > nothing;
  }

  crash(): void {
    this.sleep();
    if (this.role !== 'primary' || (this.failover !== undefined && this.failover.fencing !== 'none')) this.role = 'replica';
    this.leader = this.role === 'primary' ? this.node.index : -1;
  }

  /** After a restart it knows its term and its vote, for those are on its disk; for all it knows there is a leader. */
  restore(): void {
    this.hear();
  }

  sleep(): void {
    this.node.system.simulation.cancel(this.timer);
    this.timerMs = Infinity;
  }

  private follow(term: number): void {
    const wasPrimary = this.role === 'primary';
    if (term > this.term) {
      this.term = term;
      this.votedFor = -1;
    }
    this.role = 'replica';
    this.leader = -1;
    if (wasPrimary) {
      this.wait();
      this.node.primary.stop(fates.failed);
    }
  }

  /** Until it stands, or stands again. */
  private wait(): void {
    this.isTrying = false;
    this.isDelayed = false;
    if (this.failover === undefined) return;
    const timeoutMs = electionTimeoutMs(keyedUniform(this.luck, this.draws++), this.failover.timeoutMs);
    this.wakeAt(this.node.nowMs + this.node.clock.truly(timeoutMs));
  }

  private askFirst(): void {
    this.leader = -1;
    this.wait();
    this.isTrying = true;
    this.askForVotes(this.nextTerm(), false, true);
  }

  private askForVotes(term: number, isHandover: boolean, isTrial: boolean): void {
    const { node } = this;
    const { length, lastTerm } = node.log;
    this.voters.fill(0);
    this.voters[node.index] = 1;
    const request: VoteRequest = { kind: 'voteRequest', term, sentMs: node.clock.nowMs(), length, lastTerm, isHandover, isTrial };
    for (let to = 0; to < this.nodes; to++) if (to !== node.index) node.post(to, request);
    this.count(isTrial);
  }

  private sendVote(to: number, vote: Vote): void {
    const { node } = this;
    const { simulation } = node.system;
    const voteMs = this.failover?.voteMs ?? 0;
    if (voteMs === 0) node.post(to, vote);
    else simulation.at(simulation.nowMs + voteMs, () => node.whenAwake(() => node.post(to, vote)));
  }

  private count(isTrial: boolean): void {
    let votes = 0;
    for (const vote of this.voters) votes += vote;
    if (votes < (this.failover?.votes ?? 1)) return;
    if (isTrial) this.stand(false);
    else this.win();
  }

  private win(): void {
    this.role = 'primary';
    // Votes of a trial that is still on its way come too late.
    this.isTrying = false;
    this.leader = this.node.index;
    this.leaderSinceMs = this.node.nowMs;
    this.node.primary.begin();
    this.trustLease();
  }

  /** It is primary from now on: it looks again when the lease would be over. */
  private trustLease(): void {
    if (this.failover?.fencing === 'lease') this.wakeAt(this.node.nowMs + this.node.clock.truly(this.failover.leaseMs));
  }

  /** Where nobody needs a majority two might win the same term, so each has terms of its own. */
  private nextTerm(): number {
    if ((this.failover?.votes ?? 1) >= majorityOf(this.nodes)) return this.term + 1;
    return (Math.floor(this.term / this.nodes) + 1) * this.nodes + this.node.index;
  }

  /** A primary without fencing listens to nobody. */
  private isDeaf(): boolean {
    return this.role === 'primary' && this.node.group.isUnfenced;
  }

  /** Whoever has heard from a leader lately helps nobody else to its place: with leases, and when it is asked what it would do. */
  private isLoyal(isTrial: boolean): boolean {
    if (this.failover === undefined || !(isTrial || this.failover.fencing === 'lease')) return false;
    if (this.role === 'primary') return this.holdsLease();
    return this.node.clock.nowMs() - this.heardMs < this.failover.timeoutMs[0] - nothing;
  }

  /** By its own clock: since enough others have answered something that it sent. */
  private leaseLeftMs(): number {
    const { votes, leaseMs } = this.failover as Failover;
    const { shipping } = this.node.primary;
    const nowMs = this.node.clock.nowMs();
    shipping.answeredMs[this.node.index] = nowMs;
    return shipping.answeredBy(votes) + leaseMs - nowMs;
  }

  private wakeAt(atMs: number): void {
    const { simulation } = this.node.system;
    this.deadlineMs = atMs;
    if (atMs >= this.timerMs) return;
    simulation.cancel(this.timer);
    this.timerMs = atMs;
    this.timer = simulation.scheduleAt(atMs, this.handler);
  }

  /** The timer is moved seldom: when it fires too early, it is set again. */
  private wake(): void {
    if (this.role === 'primary') this.watchLease();
    else if (this.deadlineMs > this.node.nowMs) this.wakeAt(this.deadlineMs);
    else this.timeOut();
  }

  private watchLease(): void {
    if (this.failover?.fencing !== 'lease') return;
    const leftMs = this.leaseLeftMs();
    if (leftMs > nothing) this.wakeAt(this.node.nowMs + this.node.clock.truly(leftMs));
    else this.stepDown();
  }

  private timeOut(): void {
    const { restMs, candidacyDelayMs } = this.failover as Failover;
    const { nowMs, group } = this.node;
    const restedMs = this.leaderSinceMs + restMs;
    if (restedMs > nowMs) this.wakeAt(restedMs);
    else if (candidacyDelayMs !== undefined && !this.isDelayed) {
      this.isDelayed = true;
      const uniform = keyedUniform(this.luck, this.draws++, 1);
      this.wakeAt(nowMs + this.node.clock.truly(candidacyDelayMs(uniform, group.rankOf(this.node.index))));
    } else {
      if (this.leader >= 0) group.noteSuspicion(this.leader);
      if (this.failover?.asksFirst) this.askFirst();
      else this.stand(false);
    }
  }
}
