// Kafka's partition of a record with a key: murmur2 without its sign bit, modulo the partitions. More partitions move nearly every key.
// Source: Apache Kafka 3.9, BuiltInPartitioner.partitionForKey.

import { kafkaMurmur2, type TextOrBytes } from '../hashes/murmur';
import { wholeNumber } from '../options';

/** @param partitions a whole number from 1 to a million, else RangeError */
export function kafkaPartition(key: TextOrBytes, partitions: number): number {
  return (kafkaMurmur2(key) & 0x7fffffff) % wholeNumber('the topic', 'number of partitions', partitions, 1);
}
