// When and by whom Redis replaces a primary that failed: the delay before a replica of a Redis Cluster stands for election, whether its
// data are fresh enough, and the replica that Redis Sentinel picks.
// Source: redis.io, Redis cluster specification; redis 7.4, src/cluster_legacy.c (clusterHandleSlaveFailover) and src/sentinel.c.

import { milliseconds } from '../network/limits';
import { wholeNumber } from '../options';

/**
 * Time from the primary's failure being agreed on to a replica asking for votes, in ms: half a second for the news to spread, up to
 * half a second by chance, and a second for each replica that has more data.
 * @param uniform in [0, 1)
 */
export function redisElectionDelayMs(uniform: number, rank: number): number {
  wholeNumber('a replica', 'rank', rank, 0);
  return 500 + Math.floor(uniform * 500) + rank * 1000;
}

/** Rank of a replica: how many of the others hold more. */
export function redisRank(offset: number, others: Iterable<number>): number {
  let rank = 0;
  for (const other of others) if (other > offset) rank++;
  return rank;
}

/** How long a replica collects votes, and how long after that beginning it may stand again, in ms. */
export function redisElectionTimes(nodeTimeoutMs: number): { votingMs: number; retryMs: number } {
  const votingMs = Math.max(2000, 2 * milliseconds('a Redis Cluster', 'node timeout', nodeTimeoutMs));
  return { votingMs, retryMs: 2 * votingMs };
}

export interface ReplicaFreshness {
  /** How long the replica has been without its primary. */
  disconnectedMs: number;
  /** Default 15 s. */
  nodeTimeoutMs?: number;
  /** cluster-replica-validity-factor; 0: any age will do. Default 10. */
  validityFactor?: number;
  /** repl-ping-replica-period. Default 10 s. */
  pingPeriodMs?: number;
}

/** Whether a replica's data are fresh enough for it to stand at all. */
export function redisMayStand({
  disconnectedMs,
  nodeTimeoutMs = 15_000,
  validityFactor = 10,
  pingPeriodMs = 10_000,
}: ReplicaFreshness): boolean {
  const ageMs = disconnectedMs > nodeTimeoutMs ? disconnectedMs - nodeTimeoutMs : disconnectedMs;
  return validityFactor === 0 || ageMs <= pingPeriodMs + nodeTimeoutMs * validityFactor;
}

/** What Sentinel knows of a replica. Times are ages in ms. */
export interface SentinelReplica {
  /** replica-priority: smaller goes first, 0 never. Default 100. */
  priority?: number;
  /** How much of the primary's data it has processed. */
  offset: number;
  runId: string;
  isDown?: boolean;
  isDisconnected?: boolean;
  sinceAnswerMs?: number;
  sinceInfoMs?: number;
  withoutPrimaryMs?: number;
}

const pingMs = 1000;
const infoMs = 10_000;

/**
 * Index of the replica that Sentinel promotes, or -1: of those that are well, by priority, then most data, then smallest run id.
 * @param primaryDownMs how long the primary has been subjectively down; 0 when it is not
 * @param downAfterMs down-after-milliseconds. Default 30 s
 */
export function sentinelChoice(replicas: readonly SentinelReplica[], primaryDownMs: number, downAfterMs = 30_000): number {
  const isPrimaryDown = primaryDownMs > 0;
  const isFit = ({ priority = 100, ...replica }: SentinelReplica): boolean =>
    !replica.isDown &&
    !replica.isDisconnected &&
    priority !== 0 &&
    (replica.sinceAnswerMs ?? 0) <= 5 * pingMs &&
    (replica.sinceInfoMs ?? 0) <= (isPrimaryDown ? 5 * pingMs : 3 * infoMs) &&
    (replica.withoutPrimaryMs ?? 0) <= primaryDownMs + 10 * downAfterMs;
  let best = -1;
  replicas.forEach((replica, index) => {
    if (isFit(replica) && (best < 0 || goesBefore(replica, replicas[best]))) best = index;
  });
  return best;
}

function goesBefore(a: SentinelReplica, b: SentinelReplica): boolean {
  const [first, second] = [a.priority ?? 100, b.priority ?? 100];
  if (first !== second) return first < second;
  if (a.offset !== b.offset) return a.offset > b.offset;
  return a.runId.toLowerCase() < b.runId.toLowerCase();
}
