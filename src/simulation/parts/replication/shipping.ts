// A primary's view of its replicas: how far each has come, and what to send it next. While all goes well everything new is sent once,
// without waiting for answers; a replica that says it cannot follow is asked step by step where the logs still agree.
// Source: Raft, section 5.3, with the probing of etcd's implementation (raft/tracker, v3.5).

import type { Append, Appended, Message } from './messages';
import { reachedBy } from './quorums';
import type { ReplicaLog } from './replicaLog';

export class Shipping {
  /** By node: how far its log is known to agree, and how far it is known to have applied. The primary's own entries are its own. */
  readonly stored: Float64Array;
  readonly applied: Float64Array;
  /** By node: what the primary's clock showed when it sent the latest message that was answered. */
  readonly answeredMs: Float64Array;
  private readonly next: Float64Array;
  /** By node: number of the latest message that it could follow. */
  private readonly followed: Float64Array;
  private sent = 0;
  private readonly isProbing: Uint8Array;

  constructor(
    private readonly self: number,
    nodes: number,
    private readonly log: ReplicaLog,
    startMs: number,
    private readonly send: (to: number, message: Message, size: number) => void,
  ) {
    this.stored = new Float64Array(nodes);
    this.applied = new Float64Array(nodes);
    this.answeredMs = new Float64Array(nodes).fill(startMs);
    this.next = new Float64Array(nodes).fill(1);
    this.followed = new Float64Array(nodes);
    this.isProbing = new Uint8Array(nodes);
  }

  /** A term as primary begins: nothing is known of anybody. */
  begin(): void {
    this.stored.fill(0);
    this.applied.fill(0);
    this.next.fill(this.log.length + 1);
    this.isProbing.fill(1);
  }

  /** The primary itself has come so far. */
  setOwn(position: number): void {
    this.stored[this.self] = position;
    this.applied[this.self] = position;
  }

  /** Sends a replica what it lacks, or only a heartbeat. @returns whether it now has, or has under way, all there is */
  ship(to: number, term: number, sentMs: number, withEntries: boolean): boolean {
    const { log } = this;
    const first = this.next[to];
    const sends = withEntries && !this.isProbing[to] && first <= log.length;
    const writes = sends ? log.writes.slice(first - 1) : [];
    const terms = sends ? log.terms.slice(first - 1) : [];
    if (sends) this.next[to] = log.length + 1;
    const [number, position] = [++this.sent, first - 1];
    const append: Append = { kind: 'append', term, number, sentMs, position, write: log.at(position), writes, terms };
    this.send(to, append, Math.max(1, writes.length));
    return this.next[to] > log.length && !this.isProbing[to];
  }

  /** @returns what to send it now: another question where the logs agree, entries that it lacks, or nothing */
  hear(from: number, { isAccepted, position, stored, applied, number, sentMs }: Appended): 'question' | 'entries' | 'nothing' {
    if (sentMs > this.answeredMs[from]) this.answeredMs[from] = sentMs;
    const isOld = number <= this.followed[from];
    if (isAccepted) {
      if (!isOld) this.followed[from] = number;
      if (stored > this.stored[from]) this.stored[from] = stored;
      if (applied > this.applied[from]) this.applied[from] = applied;
      if (this.isProbing[from] && stored >= this.next[from] - 1) this.isProbing[from] = 0;
      if (this.next[from] <= this.stored[from]) this.next[from] = this.stored[from] + 1;
      return !this.isProbing[from] && this.next[from] <= this.log.length ? 'entries' : 'nothing';
    }
    if (isOld || (this.isProbing[from] && position !== this.next[from] - 1)) return 'nothing';
    this.isProbing[from] = 1;
    this.next[from] = Math.min(position - 1, stored) + 1;
    // It may have had more, and lost its disk.
    this.stored[from] = Math.min(this.stored[from], this.next[from] - 1);
    this.applied[from] = Math.min(this.applied[from], this.stored[from]);
    return 'question';
  }

  /** When it sent what so many nodes have answered, itself among them. */
  answeredBy(copies: number): number {
    return reachedBy(copies, this.answeredMs);
  }

  /** How far so many nodes have come, the primary among them. */
  reached(copies: number, after: 'stored' | 'applied'): number {
    return reachedBy(copies, after === 'stored' ? this.stored : this.applied);
  }
}
