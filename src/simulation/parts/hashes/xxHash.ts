// xxHash64: fast and well mixed, four lanes of 64 bits at a time. Envoy hashes keys and hosts with it.
// Source: Yann Collet, "xxHash fast digest algorithm", specification 0.1.1.

import { utf8Bytes } from './crc32';
import { add64, foldRight64, multiply64, read32, read64, rotateLeft64, unsigned64, type Word64, word64, xor64 } from './word64';

const prime1 = word64(0x9e3779b185ebca87n);
const prime2 = word64(0xc2b2ae3d27d4eb4fn);
const prime3 = word64(0x165667b19e3779f9n);
const prime4 = word64(0x85ebca77c2b2ae63n);
const prime5 = word64(0x27d4eb2f165667c5n);
const laneStarts = [word64(0x60ea27eeadc0b5d6n), prime2, word64(), word64(-0x9e3779b185ebca87n)];
const laneTurns = [1, 7, 12, 18];

const lanes = [word64(), word64(), word64(), word64()];
const input = word64();

/** @param text hashed as UTF-8 bytes, or bytes as they are  @param seed 64 bits, unsigned  @returns 64 bits, unsigned */
export function xxHash64(text: string | ArrayLike<number>, seed: bigint | number = 0): bigint {
  const hash = word64(BigInt(seed));
  xxHash64Into(hash, typeof text === 'string' ? utf8Bytes(text) : text);
  return unsigned64(hash);
}

/** The same without BigInt: `hash` holds the seed and then the result. */
export function xxHash64Into(hash: Word64, bytes: ArrayLike<number>): void {
  let at = 0;
  if (bytes.length < 32) add64(hash, prime5);
  else at = hashStripes(hash, bytes);
  input[0] = bytes.length;
  input[1] = 0;
  add64(hash, input);
  for (; at + 8 <= bytes.length; at += 8) {
    read64(input, bytes, at);
    mixLane(input);
    mixInto(hash, 27, prime1, prime4);
  }
  if (at + 4 <= bytes.length) {
    input[0] = read32(bytes, at);
    input[1] = 0;
    multiply64(input, prime1);
    mixInto(hash, 23, prime2, prime3);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    input[0] = bytes[at];
    input[1] = 0;
    multiply64(input, prime5);
    mixInto(hash, 11, prime1, undefined);
  }
  foldRight64(hash, 33);
  multiply64(hash, prime2);
  foldRight64(hash, 29);
  multiply64(hash, prime3);
  foldRight64(hash, 32);
}

/** All whole stripes of 32 bytes, a quarter of each to a lane; says how many bytes that took. */
function hashStripes(hash: Word64, bytes: ArrayLike<number>): number {
  let at = 0;
  for (let index = 0; index < 4; index++) {
    lanes[index].set(hash);
    add64(lanes[index], laneStarts[index]);
  }
  while (at + 32 <= bytes.length) {
    for (const lane of lanes) {
      read64(input, bytes, at);
      multiply64(input, prime2);
      add64(lane, input);
      rotateLeft64(lane, 31);
      multiply64(lane, prime1);
      at += 8;
    }
  }
  hash.fill(0);
  for (let index = 0; index < 4; index++) {
    input.set(lanes[index]);
    rotateLeft64(input, laneTurns[index]);
    add64(hash, input);
  }
  for (const lane of lanes) {
    mixLane(lane);
    xor64(hash, lane);
    multiply64(hash, prime1);
    add64(hash, prime4);
  }
  return at;
}

function mixLane(lane: Word64): void {
  multiply64(lane, prime2);
  rotateLeft64(lane, 31);
  multiply64(lane, prime1);
}

function mixInto(hash: Word64, bits: number, factor: Word64, addend: Word64 | undefined): void {
  xor64(hash, input);
  rotateLeft64(hash, bits);
  multiply64(hash, factor);
  if (addend !== undefined) add64(hash, addend);
}
