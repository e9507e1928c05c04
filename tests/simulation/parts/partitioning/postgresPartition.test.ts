import { expect, test } from 'vitest';
import { type PostgresValue, postgresHash, postgresPartition } from '../../../../src/simulation/parts/partitioning/postgresPartition';
import { readVector } from '../../../vectors/read';

const vector = readVector<{ int_mod4_keys_0_31: string; text_mod4: Record<string, number> }>('pg.hash');

test('the integers from 0 to 31 lie in the partitions where PostgreSQL 15.18 put them, as numbers and as bigints', () => {
  const keys = Array.from({ length: 32 }, (_, key) => key);
  expect(keys.map((key) => postgresPartition(key, 4)).join('')).toBe(vector.int_mod4_keys_0_31);
  expect(keys.map((key) => postgresPartition(BigInt(key), 4)).join('')).toBe(vector.int_mod4_keys_0_31);
});

test.each(Object.entries(vector.text_mod4))('the text "%s" lies in partition %i of 4', (text, remainder) => {
  expect(postgresPartition(text, 4)).toBe(remainder);
});

interface Recorded {
  text: [string, string, string][];
  integers: [string, string, string][];
  rows: [(string | boolean | null)[], number, number][];
}
const recorded = readVector<Recorded>('pg.hash.recorded');
const unsigned = (value: string) => BigInt.asUintN(64, BigInt(value));

test('texts of any length, and beyond ASCII, have the 64-bit hash of hashtextextended', () => {
  for (const [text, seed, hash] of recorded.text) expect([text, postgresHash(text, unsigned(seed))]).toEqual([text, unsigned(hash)]);
});

test('integers of all widths and signs have the 64-bit hash of hashint8extended', () => {
  for (const [value, seed, hash] of recorded.integers) {
    expect([value, postgresHash(BigInt(value), unsigned(seed))]).toEqual([value, unsigned(hash)]);
  }
});

/** Columns of the recorded rows: integer, text, bigint, boolean, uuid. */
const readers: ((value: string) => PostgresValue)[] = [
  Number,
  String,
  BigInt,
  Boolean,
  (uuid) => (uuid.replaceAll('-', '').match(/../g) as string[]).map((byte) => Number.parseInt(byte, 16)),
];

test('rows of five columns, with nulls among them, lie where PostgreSQL put them', () => {
  for (const [row, modulus, remainder] of recorded.rows) {
    const key = row.map((value, column) => (typeof value === 'string' ? readers[column](value) : value));
    expect([row, postgresPartition(key, modulus)]).toEqual([row, remainder]);
  }
});

test('a row of nulls lies in partition 0', () => {
  expect(postgresPartition([null, null], 7)).toBe(0);
  expect(postgresPartition(null, 7)).toBe(0);
});

test.each([0, -1, 1.5, Number.NaN, Infinity, 67_108_865])('a modulus of %d is refused', (modulus) => {
  expect(() => postgresPartition(1, modulus)).toThrow('The modulus is');
});

test('numbers that no column can hold are refused', () => {
  for (const key of [1.5, Number.NaN, Infinity, 2n ** 63n]) expect(() => postgresPartition(key, 4)).toThrow(RangeError);
});
