// What nodes of a replica group tell each other. Every message carries its sender's term: how a node that was away finds out.

export interface Append {
  kind: 'append';
  term: number;
  /** Counts what the sender has sent as primary. */
  number: number;
  /** What the sender's clock showed. */
  sentMs: number;
  /** The entries follow this write at this position. None: a heartbeat. */
  position: number;
  write: number;
  writes: readonly number[];
  terms: readonly number[];
}

export interface Appended {
  kind: 'appended';
  term: number;
  /** Of the message that this answers. */
  number: number;
  sentMs: number;
  position: number;
  isAccepted: boolean;
  /** When accepted: how far the logs are known to agree. When not: where to try next. */
  stored: number;
  applied: number;
}

export interface VoteRequest {
  kind: 'voteRequest';
  term: number;
  sentMs: number;
  length: number;
  lastTerm: number;
  /** The primary itself has asked for this election. */
  isHandover: boolean;
  /** It only asks who would vote for it; nobody's term changes. */
  isTrial: boolean;
}

export interface Vote {
  kind: 'vote';
  term: number;
  sentMs: number;
  isGranted: boolean;
  isTrial: boolean;
}

/** The primary asks a replica to take over. */
export interface TakeOver {
  kind: 'takeOver';
  term: number;
}

export type Message = Append | Appended | VoteRequest | Vote | TakeOver;
