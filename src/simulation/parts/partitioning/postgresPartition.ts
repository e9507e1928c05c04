// PostgreSQL's PARTITION BY HASH: which remainder a row has, bit for bit.
// Each column is hashed to 64 bits with a seed of its own, the hashes of several columns are combined, and the modulus does the rest.
// Sources: PostgreSQL 15, hashfn.c (after Bob Jenkins, lookup3, 2006), hashfunc.c, partbounds.c; held by rows that 15.18 placed.

import { utf8Bytes } from '../hashes/crc32';
import { add64, modulo64, read32, unsigned64, type Word64, word64, xor64 } from '../hashes/word64';

/** A value of a partition key: smallint, integer or bigint; text; boolean; bytes for uuid and bytea. */
export type PostgresValue = number | bigint | string | boolean | ArrayLike<number> | null;

/** HASH_PARTITION_SEED, and what hash_combine64 adds. */
const partitionSeed = word64(0x7a5b22367996dcfdn);
const combination = word64(0x49a0f4dd15e5a8e3n);

/**
 * The remainder of a row: it lives in the partition FOR VALUES WITH (MODULUS m, REMAINDER this).
 * @param key one value, or a list for a partition key of several columns
 * @param modulus a whole number from 1 to 2^26
 * @throws RangeError for another modulus, and for a number that no bigint column can hold
 */
export function postgresPartition(key: PostgresValue | readonly PostgresValue[], modulus: number): number {
  if (!Number.isInteger(modulus) || modulus < 1 || modulus > 67_108_864) {
    throw new RangeError(`The modulus is ${modulus}; it must be a whole number from 1 to 67,108,864.`);
  }
  const row = word64();
  hashRow(row, Array.isArray(key) ? key : [key as PostgresValue]);
  return modulo64(row, modulus);
}

/** The 64-bit hash of one value with a seed, as `hashtextextended`, `hashint8extended` and their like give it; unsigned. */
export function postgresHash(value: NonNullable<PostgresValue>, seed = 0n): bigint {
  const hash = word64(seed);
  hashValue(hash, value);
  return unsigned64(hash);
}

/** A null adds nothing: a row of nulls alone has remainder 0. */
function hashRow(row: Word64, values: readonly PostgresValue[]): void {
  const hash = word64();
  const shifted = word64();
  for (const value of values) {
    if (value === null) continue;
    hash.set(partitionSeed);
    hashValue(hash, value);
    add64(hash, combination);
    shifted[0] = 0;
    shifted[1] = row[0] << 22;
    add64(hash, shifted);
    shifted[0] = (row[0] >>> 7) | (row[1] << 25);
    shifted[1] = row[1] >>> 7;
    add64(hash, shifted);
    xor64(row, hash);
  }
}

function hashValue(hash: Word64, value: NonNullable<PostgresValue>): void {
  if (typeof value === 'string') hashBytes(hash, utf8Bytes(value));
  else if (typeof value === 'object') hashBytes(hash, value);
  else hashBytes(hash, bytesOfInteger(BigInt(value)));
}

/** Integers of all widths hash alike: the upper half of a bigint is laid over the lower one so that small numbers stay as they are. */
function bytesOfInteger(value: bigint): number[] {
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`A key is ${value}; a bigint column holds 64 bits.`);
  const [low, high] = word64(value);
  const folded = low ^ (high < 0 ? ~high : high);
  return [folded & 255, (folded >>> 8) & 255, (folded >>> 16) & 255, folded >>> 24];
}

/** hash_bytes_extended: `hash` holds the seed and then the result. A seed of 0 is none. */
function hashBytes(hash: Word64, bytes: ArrayLike<number>): void {
  state.fill(0x9e3779b9 + 3923095 + bytes.length);
  if (hash[0] !== 0 || hash[1] !== 0) {
    state[0] += hash[1];
    state[1] += hash[0];
    mix();
  }
  let at = 0;
  for (; at + 12 <= bytes.length; at += 12) {
    for (let part = 0; part < 3; part++) state[part] += read32(bytes, at + part * 4);
    mix();
  }
  // The lowest byte of the last word is kept for the length.
  for (let rest = 0; at + rest < bytes.length; rest++) state[rest >> 2] += bytes[at + rest] << ((rest < 8 ? rest : rest + 1) * 8);
  finish();
  hash[0] = state[2];
  hash[1] = state[1];
}

const state = new Int32Array(3);
const mixTurns = [4, 6, 8, 16, 19, 4];
const finishTurns = [14, 11, 25, 16, 4, 14, 24];

function mix(): void {
  for (let step = 0; step < 6; step++) {
    const to = step % 3;
    const from = (step + 2) % 3;
    const other = (step + 1) % 3;
    state[to] -= state[from];
    state[to] ^= rotate(state[from], mixTurns[step]);
    state[from] += state[other];
  }
}

function finish(): void {
  for (let step = 0; step < 7; step++) {
    const to = (step + 2) % 3;
    const from = (step + 1) % 3;
    state[to] ^= state[from];
    state[to] -= rotate(state[from], finishTurns[step]);
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
