// Who must answer: a read sees the last write for certain when readers and writers must overlap, and by luck otherwise.
// Sources: Gifford, SOSP 1979; Bailis et al., "Probabilistically Bounded Staleness", VLDB 2012; data loss: Cidon et al., "Copysets",
// USENIX ATC 2013.

import { expm1, log1p } from '../kernel/math';
import { requireWhole } from './validity';

export interface Quorum {
  /** Copies, and how many must answer a read and a write. */
  replicas: number;
  readers: number;
  writers: number;
}

function check({ replicas, readers, writers }: Quorum): void {
  requireWhole('The number of replicas', replicas, 1);
  requireWhole('The number of readers', readers, 1);
  requireWhole('The number of writers', writers, 1);
  if (readers > replicas || writers > replicas) {
    throw new RangeError(`Of ${replicas} replicas, ${readers} cannot answer a read and ${writers} a write: there are not so many.`);
  }
}

/** Every read meets the last write: R + W > N. */
export function quorumsOverlap(quorum: Quorum): boolean {
  check(quorum);
  return quorum.readers + quorum.writers > quorum.replicas;
}

/** Share of the reads that see the last write when both quorums are picked by chance: 1 − C(N−W, R) / C(N, R). */
export function freshReadProbability(quorum: Quorum): number {
  check(quorum);
  return 1 - chanceOfAll(quorum.replicas - quorum.writers, quorum.replicas, quorum.readers);
}

/**
 * Probability that at least one of `chunks` pieces of data is lost when `failed` of `nodes` are gone for good and the `copies` of each
 * piece lie on nodes picked by chance. With copysets, `chunks` is their number.
 */
export function dataLossProbability({
  nodes,
  copies,
  failed,
  chunks,
}: {
  nodes: number;
  copies: number;
  failed: number;
  chunks: number;
}): number {
  requireWhole('The number of nodes', nodes, 1);
  requireWhole('The number of copies', copies, 1);
  requireWhole('The number of failed nodes', failed, 0);
  requireWhole('The number of chunks', chunks, 0);
  if (copies > nodes || failed > nodes) throw new RangeError(`${copies} copies and ${failed} failures: there are only ${nodes} nodes.`);
  const one = chanceOfAll(failed, nodes, copies);
  return chunks === 0 ? 0 : -expm1(chunks * log1p(-one));
}

/** Chance that `picked` of `total`, picked without putting back, are all among `among`: C(among, picked) / C(total, picked). */
function chanceOfAll(among: number, total: number, picked: number): number {
  let chance = 1;
  for (let index = 0; index < picked; index++) chance *= Math.max(0, among - index) / (total - index);
  return chance;
}
