// 64-bit whole numbers in two 32-bit halves. Hashes of whole tables are made of them: BigInt would be ten times slower and make garbage.
// Every function changes its first word in place, modulo 2^64.

/** The low half, then the high half. */
export type Word64 = Int32Array;

export function word64(value = 0n): Word64 {
  return Int32Array.of(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
}

/** The value as an unsigned number. */
export function unsigned64(word: Word64): bigint {
  return (BigInt(word[1] >>> 0) << 32n) | BigInt(word[0] >>> 0);
}

export function add64(word: Word64, other: Word64): void {
  const low = (word[0] >>> 0) + (other[0] >>> 0);
  word[1] += other[1] + (low > 0xffffffff ? 1 : 0);
  word[0] = low;
}

export function xor64(word: Word64, other: Word64): void {
  word[0] ^= other[0];
  word[1] ^= other[1];
}

/** By 16-bit digits, so that no product passes 2^53. */
export function multiply64(word: Word64, other: Word64): void {
  const a = word[0];
  const b = other[0];
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const first = a1 * b0 + (Math.imul(a0, b0) >>> 16);
  const second = a0 * b1 + (first & 0xffff);
  const carried = a1 * b1 + (first >>> 16) + (second >>> 16);
  word[1] = carried + Math.imul(word[1], b) + Math.imul(a, other[1]);
  word[0] = Math.imul(a, b);
}

/** @param bits 1 to 63, not 32 */
export function rotateLeft64(word: Word64, bits: number): void {
  const swapped = bits > 32 ? 1 : 0;
  const low = word[swapped];
  const high = word[1 - swapped];
  word[0] = (low << bits) | (high >>> (32 - bits));
  word[1] = (high << bits) | (low >>> (32 - bits));
}

/** Lays the upper bits over the lower ones, `word ^= word >>> bits`. @param bits 1 to 63 */
export function foldRight64(word: Word64, bits: number): void {
  if (bits >= 32) {
    word[0] ^= word[1] >>> (bits - 32);
    return;
  }
  word[0] ^= (word[0] >>> bits) | (word[1] << (32 - bits));
  word[1] ^= word[1] >>> bits;
}

/** Eight bytes, the lowest first. */
export function read64(word: Word64, bytes: ArrayLike<number>, at: number): void {
  word[0] = read32(bytes, at);
  word[1] = read32(bytes, at + 4);
}

/** Four bytes, the lowest first. */
export function read32(bytes: ArrayLike<number>, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** Remainder of the unsigned value. @param divisor a whole number from 1 to 2^26 */
export function modulo64(word: Word64, divisor: number): number {
  return (((word[1] >>> 0) % divisor) * (4294967296 % divisor) + ((word[0] >>> 0) % divisor)) % divisor;
}
