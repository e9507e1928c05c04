// Placements as real systems compute them from the name of a key: Envoy's Maglev table, Kafka's partitions, PostgreSQL's hash partitions,
// Cassandra's tokens. Kafka and PostgreSQL take a remainder, so with another number of shards nearly every key has another place.

import { maglevHost, maglevTable } from '../hashes/envoyMaglev';
import { cassandraToken, kafkaMurmur2 } from '../hashes/murmur';
import { xxHash64 } from '../hashes/xxHash';
import { kafkaPartition } from './kafkaPartition';
import { postgresPartition } from './postgresPartition';
import { randomTokens, tokenOwner, tokenRing } from './tokenRing';

export const systemSchemes = ['maglev', 'kafka', 'postgres', 'cassandra'] as const;
export type SystemScheme = (typeof systemSchemes)[number];

interface SystemPlacer {
  /** The rule for shards with these numbers: from the name of a key to the place of its shard in the list. */
  rule(shards: readonly number[], options: { pointsPerShard: number; seed: number }): (key: string) => number;
  /** Where a key stands in the order that the system sees, 0 to 1. */
  position(key: string): number;
}

const maglevSlots = 65537;
const postgresSteps = 67_108_864;

export const systemPlacers: Record<SystemScheme, SystemPlacer> = {
  maglev: {
    rule(shards) {
      const table = maglevTable(
        shards.map((shard) => ({ name: `shard ${shard}`, weight: 1 })),
        maglevSlots,
      );
      return (key) => maglevHost(xxHash64(key), table);
    },
    position: (key) => Number(xxHash64(key) % BigInt(maglevSlots)) / maglevSlots,
  },
  kafka: {
    rule: (shards) => (key) => kafkaPartition(key, shards.length),
    position: (key) => (kafkaMurmur2(key) & 0x7fffffff) / 2147483648,
  },
  postgres: {
    rule: (shards) => (key) => postgresPartition(key, shards.length),
    position: (key) => postgresPartition(key, postgresSteps) / postgresSteps,
  },
  cassandra: {
    rule(shards, { pointsPerShard, seed }) {
      const ring = tokenRing(shards.map((shard) => randomTokens(`shard ${shard}`, pointsPerShard, seed)));
      return (key) => tokenOwner(cassandraToken(key), ring);
    },
    position: (key) => (Number(cassandraToken(key) >> 11n) + 4503599627370496) / 9007199254740992,
  },
};
