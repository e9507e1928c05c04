// When a write counts as done: the whole difference between kinds of replication. The primary always has it; the question is how many
// replicas must have it too before the client hears yes.
// PostgreSQL's synchronous_commit: local is asynchronous, on and remote_write are synchronous (storing takes no time here),
// remote_apply waits for `applied`. MySQL's semi-synchronous replication falls back (rpl_semi_sync_source_timeout, 10 s).

import { positive, wholeNumber } from '../options';

export interface Acknowledgement {
  /** Replicas whose word the primary waits for; 0 is asynchronous. */
  replicas: number;
  /** What they must have done: put it in their log, or applied it, so that whoever reads there sees it. Default: stored. */
  after?: 'stored' | 'applied';
  /** When a write has waited so long, all that wait are answered, and the primary goes on alone until the replicas have caught up. */
  fallBackAfterMs?: number;
}

export const asynchronous: Acknowledgement = { replicas: 0 };

/** As MySQL: so many replicas must have stored it, but nobody waits longer than the timeout. */
export function semiSynchronous(replicas = 1, fallBackAfterMs = 10_000): Acknowledgement {
  return { replicas, fallBackAfterMs };
}

/** So many replicas, however long it takes. */
export function synchronous(replicas: number, after: 'stored' | 'applied' = 'stored'): Acknowledgement {
  return { replicas, after };
}

export function checkAcknowledgement(name: string, { replicas, fallBackAfterMs }: Acknowledgement, nodes: number): void {
  wholeNumber(name, 'number of replicas to wait for', replicas, 0);
  if (replicas > nodes - 1) throw new RangeError(`${name} waits for ${replicas} replicas; of ${nodes} nodes at most ${nodes - 1} are.`);
  if (fallBackAfterMs !== undefined) positive(name, 'time to fall back', fallBackAfterMs);
}
