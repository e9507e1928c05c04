// Cassandra's ring of tokens: a node owns the keys from the token before its own, not included, up to its own. With several tokens
// (virtual nodes) each, a node that joins takes a little from everybody. Replicas are the next different nodes around the ring.
// Sources: Apache Cassandra 4.1, Murmur3Partitioner, SimpleStrategy, num_tokens.

import { cassandraToken } from '../hashes/murmur';
import { firstAtOrAfter } from '../hashes/ring';
import { xxHash64 } from '../hashes/xxHash';
import { wholeNumber } from '../options';

/** Tokens ascending, each with the number of its node. */
export interface TokenRing {
  tokens: BigInt64Array;
  nodes: Int32Array;
}

/** @param tokensOfNodes the tokens of each node, 64 bits, signed. @throws RangeError for a token that two nodes claim */
export function tokenRing(tokensOfNodes: readonly (readonly bigint[])[]): TokenRing {
  const points = tokensOfNodes.flatMap((tokens, node) => tokens.map((token) => ({ token: BigInt.asIntN(64, token), node })));
  points.sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0));
  points.forEach(({ token }, index) => {
    if (index > 0 && token === points[index - 1].token) throw new RangeError(`Token ${token} is claimed twice; a token has one owner.`);
  });
  return { tokens: BigInt64Array.from(points, ({ token }) => token), nodes: Int32Array.from(points, ({ node }) => node) };
}

/** One token for each node, at equal distances from the least: what operators computed before there were virtual nodes. */
export function evenTokens(nodes: number): bigint[][] {
  const step = 0x10000000000000000n / BigInt(wholeNumber('the ring', 'number of nodes', nodes, 1));
  return Array.from({ length: nodes }, (_, node) => [step * BigInt(node) - 0x8000000000000000n]);
}

/** Tokens of a node with virtual nodes, by chance but always the same for a name and a seed. @param count `num_tokens`, 16 by default in 4.1 */
export function randomTokens(name: string, count = 16, seed = 0): bigint[] {
  wholeNumber(name, 'number of tokens', count, 1);
  return Array.from({ length: count }, (_, index) => BigInt.asIntN(64, xxHash64(`${name} ${index}`, seed)));
}

/** The node that owns a token; -1 on an empty ring. */
export function tokenOwner(token: bigint, { tokens, nodes }: TokenRing): number {
  return nodes.length === 0 ? -1 : nodes[firstAtOrAfter(tokens, token)];
}

/** The nodes that keep a key, the owner first: SimpleStrategy. Fewer than `copies` when the ring has fewer nodes. */
export function tokenReplicas(key: string, ring: TokenRing, copies: number): number[] {
  wholeNumber('the keyspace', 'replication factor', copies, 1);
  const replicas: number[] = [];
  const { tokens, nodes } = ring;
  const start = nodes.length === 0 ? 0 : firstAtOrAfter(tokens, cassandraToken(key));
  for (let step = 0; step < nodes.length && replicas.length < copies; step++) {
    const node = nodes[(start + step) % nodes.length];
    if (!replicas.includes(node)) replicas.push(node);
  }
  return replicas;
}
