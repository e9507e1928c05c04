// The Murmur family, as four systems use it: Kafka's murmur2, MurmurHash64A of Envoy's older ring, murmur3 for 32 bits,
// and the first half of murmur3 for 128 bits, which is Cassandra's token. Source: Austin Appleby, SMHasher (public domain).
// Texts are hashed as UTF-8 bytes.

import { utf8Bytes } from './crc32';
import { add64, foldRight64, multiply64, read32, read64, rotateLeft64, unsigned64, type Word64, word64, xor64 } from './word64';

export type TextOrBytes = string | ArrayLike<number>;

const bytesOf = (text: TextOrBytes): ArrayLike<number> => (typeof text === 'string' ? utf8Bytes(text) : text);

/** Kafka's murmur2 of a record's key. @returns 32 bits, signed as Java prints them */
export function kafkaMurmur2(key: TextOrBytes): number {
  const bytes = bytesOf(key);
  const factor = 0x5bd1e995;
  const whole = bytes.length & ~3;
  let hash = 0x9747b28c ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(read32(bytes, at), factor);
    word = Math.imul(word ^ (word >>> 24), factor);
    hash = Math.imul(hash, factor) ^ word;
  }
  if (whole < bytes.length) hash = Math.imul(hash ^ readTail(bytes, whole), factor);
  hash = Math.imul(hash ^ (hash >>> 13), factor);
  return hash ^ (hash >>> 15);
}

/** MurmurHash3_x86_32. @returns 32 bits, signed */
export function murmur3(text: TextOrBytes, seed = 0): number {
  const bytes = bytesOf(text);
  const whole = bytes.length & ~3;
  let hash = seed | 0;
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(read32(bytes, at));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= scramble(readTail(bytes, whole)) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** The last one to three bytes, the lowest first. */
function readTail(bytes: ArrayLike<number>, from: number): number {
  let tail = 0;
  for (let at = bytes.length - 1; at >= from; at--) tail = (tail << 8) | bytes[at];
  return tail;
}

const factor64 = word64(0xc6a4a7935bd1e995n);

/** MurmurHash64A, with Envoy's seed unless another is given. `hash` receives the result. */
export function murmur64Into(hash: Word64, bytes: ArrayLike<number>, seed = 0xc70f6907): void {
  hash[0] = bytes.length;
  hash[1] = 0;
  multiply64(hash, factor64);
  hash[0] ^= seed;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    read64(block, bytes, at);
    multiply64(block, factor64);
    foldRight64(block, 47);
    multiply64(block, factor64);
    xor64(hash, block);
    multiply64(hash, factor64);
  }
  if (at < bytes.length) {
    xorTail(hash, bytes, at, bytes.length, false);
    multiply64(hash, factor64);
  }
  foldRight64(hash, 47);
  multiply64(hash, factor64);
  foldRight64(hash, 47);
}

/** MurmurHash64A (murmurHash2 of libstdc++), as Envoy's `MURMUR_HASH_2`. @returns 64 bits, unsigned */
export function murmur64(text: TextOrBytes, seed = 0xc70f6907): bigint {
  const hash = word64();
  murmur64Into(hash, bytesOf(text), seed);
  return unsigned64(hash);
}

const first = word64(0x87c37b91114253d5n);
const second = word64(0x4cf5ad432745937fn);
const five = word64(5n);
const afterFirst = word64(0x52dce729n);
const afterSecond = word64(0x38495ab5n);
const finish1 = word64(0xff51afd7ed558ccdn);
const finish2 = word64(0xc4ceb9fe1a85ec53n);

const block = word64();

/** The first 64 of MurmurHash3_x64_128's bits, seed 0. @returns 64 bits, unsigned */
export function murmur3First64(text: TextOrBytes): bigint {
  return murmur128(bytesOf(text), false);
}

/**
 * The token of Cassandra's Murmur3Partitioner for a partition key of one column. Cassandra takes the last bytes as signed, so for
 * texts that are not ASCII it differs from murmur3. (Its empty key, which no single column can have, is 0 here as in the drivers.)
 * @returns 64 bits, signed; never the least number, which Cassandra keeps for itself
 */
export function cassandraToken(key: TextOrBytes): bigint {
  const token = BigInt.asIntN(64, murmur128(bytesOf(key), true));
  return token === -0x8000000000000000n ? 0x7fffffffffffffffn : token;
}

/** @param isSigned whether one of the last bytes that is 128 or more counts as negative, and so changes all bits above it */
function murmur128(bytes: ArrayLike<number>, isSigned: boolean): bigint {
  const a = word64();
  const b = word64();
  let at = 0;
  for (; at + 16 <= bytes.length; at += 16) {
    read64(block, bytes, at);
    mixHalf(a, first, 31, second);
    advance(a, 27, b, afterFirst);
    read64(block, bytes, at + 8);
    mixHalf(b, second, 33, first);
    advance(b, 31, a, afterSecond);
  }
  block.fill(0);
  xorTail(block, bytes, at + 8, bytes.length, isSigned);
  mixHalf(b, second, 33, first);
  block.fill(0);
  xorTail(block, bytes, at, Math.min(at + 8, bytes.length), isSigned);
  mixHalf(a, first, 31, second);
  a[0] ^= bytes.length;
  b[0] ^= bytes.length;
  add64(a, b);
  add64(b, a);
  finish(a);
  finish(b);
  add64(a, b);
  return unsigned64(a);
}

function mixHalf(half: Word64, before: Word64, bits: number, after: Word64): void {
  multiply64(block, before);
  rotateLeft64(block, bits);
  multiply64(block, after);
  xor64(half, block);
}

function advance(half: Word64, bits: number, other: Word64, addend: Word64): void {
  rotateLeft64(half, bits);
  add64(half, other);
  multiply64(half, five);
  add64(half, addend);
}

function finish(half: Word64): void {
  foldRight64(half, 33);
  multiply64(half, finish1);
  foldRight64(half, 33);
  multiply64(half, finish2);
  foldRight64(half, 33);
}

/** Lays up to eight bytes over a word, the lowest first. */
function xorTail(word: Word64, bytes: ArrayLike<number>, from: number, end: number, isSigned: boolean): void {
  for (let at = from; at < end; at++) {
    const place = at - from;
    const byte = isSigned ? (bytes[at] << 24) >> 24 : bytes[at];
    word[place >> 2] ^= byte << (place * 8);
    if (byte < 0 && place < 4) word[1] ^= -1;
  }
}
