// How a group finds out that its primary is gone, and who follows it. Knobs as data; the machinery is election.ts.

import { milliseconds } from '../network/limits';
import { positive, wholeNumber } from '../options';
import { majorityOf } from './quorums';

/**
 * What keeps an old primary from doing harm.
 * - none: nothing; it goes on until somebody stops it, and clients believe whoever they heard last.
 * - epoch: terms; nobody obeys, and nobody is led to, a primary of an earlier term, and it steps down as soon as it hears of a later one.
 * - lease: terms, and it stops by itself when it has not heard from enough others for a while; they elect nobody meanwhile.
 * - kill: terms, and the new primary has the old one switched off before it serves.
 */
export type Fencing = 'none' | 'epoch' | 'lease' | 'kill';

export interface FailoverOptions {
  /** A replica stands for election when it has heard nothing for a time drawn evenly between these, in ms. Raft: 150 to 300. */
  timeoutMs: readonly [least: number, most: number];
  /** Votes that make a primary, its own included. Default: a majority. 1: each decides for itself. */
  votes?: number;
  /** Default: epoch. */
  fencing?: Fencing;
  /** How long a primary trusts its lease; by its own clock. Default: the least timeout. */
  leaseMs?: number;
  /** How long it takes to switch the old primary off. Default 0. */
  killMs?: number;
  /** Between the timeout and the candidacy, in ms, by a number in (0, 1) and how many other replicas have more. Default: none. */
  candidacyDelayMs?: (uniform: number, rank: number) => number;
  /** A vote is on the voter's disk before it is sent: how long that takes, in ms. Default 0. */
  voteMs?: number;
  /** It first asks who would vote for it, and stands only if enough would: one that was cut off disturbs nobody. Default: false. */
  asksFirst?: boolean;
  /** Votes are given to whoever asks first, whatever its log holds. Default: false. */
  ignoresLogs?: boolean;
  /** After a change of the primary nobody stands for so long, in ms: against flapping. Default 0. */
  restMs?: number;
  /** The first node gets its place back when it has been up to date for so long, in ms. Default: never. */
  failBackAfterMs?: number;
}

/** A failover's knobs, complete and checked. */
export type Failover = Required<Omit<FailoverOptions, 'candidacyDelayMs' | 'failBackAfterMs'>> &
  Pick<FailoverOptions, 'candidacyDelayMs' | 'failBackAfterMs'>;

/** A number from `least` to `most`, in ms, for a uniform one in (0, 1). Throws RangeError unless 0 < least <= most. */
export function electionTimeoutMs(uniform: number, [least, most]: readonly [number, number]): number {
  if (!(least > 0 && most >= least && most < Infinity)) {
    throw new RangeError(`An election timeout lies between ${least} and ${most} ms; the first must be above 0 and the second no less.`);
  }
  return least + uniform * (most - least);
}

export function completeFailover(name: string, options: FailoverOptions, nodes: number): Failover {
  electionTimeoutMs(0, options.timeoutMs);
  const votes = wholeNumber(name, 'number of votes', options.votes ?? majorityOf(nodes), 1);
  if (votes > nodes) throw new RangeError(`A primary of ${name} needs ${votes} votes; there are only ${nodes} nodes.`);
  if (options.failBackAfterMs !== undefined) milliseconds(name, 'time to fail back', options.failBackAfterMs);
  return {
    ...options,
    votes,
    fencing: options.fencing ?? 'epoch',
    leaseMs: positive(name, 'lease', options.leaseMs ?? options.timeoutMs[0]),
    voteMs: milliseconds(name, 'time to write a vote', options.voteMs ?? 0),
    killMs: milliseconds(name, 'time to kill', options.killMs ?? 0),
    asksFirst: options.asksFirst ?? false,
    ignoresLogs: options.ignoresLogs ?? false,
    restMs: milliseconds(name, 'rest', options.restMs ?? 0),
  };
}
