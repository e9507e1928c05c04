import { describe, expect, test } from 'vitest';
import { utf8Bytes } from '../../../../src/simulation/parts/hashes/crc32';
import { cassandraToken, kafkaMurmur2, murmur3, murmur3First64, murmur64 } from '../../../../src/simulation/parts/hashes/murmur';
import { xxHash64 } from '../../../../src/simulation/parts/hashes/xxHash';
import { kafkaPartition } from '../../../../src/simulation/parts/partitioning/kafkaPartition';
import { readVector } from '../../../vectors/read';

const recorded = readVector<{ rows: [string, string[], number, string, number, string][] }>('hashes.recorded').rows;
const named = recorded.map((row) => [`${utf8Bytes(row[0]).length} bytes`, ...row] as const);

test.each(readVector<[string, number, string][]>('xxh64'))('xxHash64 of "%s" with seed %i', (text, seed, hash) => {
  expect(xxHash64(text, seed)).toBe(BigInt(hash));
});

describe.each(named)('a text of %s, with letters beyond ASCII or not', (_, text, xx, murmur3Of32, murmur3Of128, kafka, cassandra) => {
  test('has the hashes that libxxhash, Guava, Kafka and Cassandra give it', () => {
    expect([0n, 1n, 12345678901234567890n].map((seed) => String(xxHash64(text, seed)))).toEqual(xx);
    expect(murmur3(text)).toBe(murmur3Of32);
    expect(BigInt.asIntN(64, murmur3First64(text))).toBe(BigInt(murmur3Of128));
    expect(kafkaMurmur2(text)).toBe(kafka);
    expect(cassandraToken(text)).toBe(BigInt(cassandra));
  });
});

test('bytes are hashed like the text that they spell', () => {
  const bytes = new TextEncoder().encode('语 and 😀 make many bytes, more than thirty-two of them');
  const text = new TextDecoder().decode(bytes);
  for (const hash of [xxHash64, murmur3, murmur64, cassandraToken, kafkaMurmur2]) expect(hash(bytes)).toBe(hash(text));
});

test('a text becomes the bytes that a browser would send, also where half a letter is missing', () => {
  for (const text of ['', 'aé€😀', '\ud800', '\udc00a', 'a\ud83d', '\udfff\ud800\udc00\uffff', '\u07ff\u0800\ud7ff\ue000']) {
    expect(utf8Bytes(text)).toEqual([...new TextEncoder().encode(text)]);
  }
});

test.each(readVector<[string, number][]>('murmur3_32'))('murmur3 of "%s"', (text, hash) => {
  expect(murmur3(text)).toBe(hash);
});

const tokens = readVector<{ rows: [string, string][]; bytes: [string, string][] }>('cassandra.token');

test.each(tokens.rows)('the token of "%s" in Cassandra', (text, token) => {
  expect(cassandraToken(text)).toBe(BigInt(token));
});

test.each(tokens.bytes)('the token of the bytes %s in Cassandra', (described, token) => {
  const [, digits, count] = /^hex:(..)X(\d+)$/.exec(described) as RegExpExecArray;
  expect(cassandraToken(new Array(Number(count)).fill(Number.parseInt(digits, 16)))).toBe(BigInt(token));
});

const kafka = readVector<{ official: Record<string, number>; more: [string, number, number, number, number][] }>('kafka.murmur2');

test.each(Object.entries(kafka.official))("Kafka's murmur2 of %s", (key, hash) => {
  expect(kafkaMurmur2(key)).toBe(hash);
});

test.each(kafka.more)('Kafka sends the key "%s" to its partition of 3, 6 and 12', (key, hash, of3, of6, of12) => {
  expect(kafkaMurmur2(key)).toBe(hash);
  expect([3, 6, 12].map((partitions) => kafkaPartition(key, partitions))).toEqual([of3, of6, of12]);
});

test.each([0, -1, 1.5, Number.NaN, Infinity])('Kafka refuses %d partitions', (partitions) => {
  expect(() => kafkaPartition('a', partitions)).toThrow(RangeError);
});

test('a seed that is no whole number is refused', () => {
  expect(() => xxHash64('a', 0.5)).toThrow(RangeError);
});
