import { expect, test } from 'vitest';
import { jumpHash } from '../../../../src/simulation/parts/partitioning/jumpHash';
import { crc16, redisSlot } from '../../../../src/simulation/parts/partitioning/redisSlot';
import { readVector } from '../../../vectors/read';

test.each(readVector<[string, number][]>('redis.slot'))('Redis puts "%s" in slot %i', (key, slot) => {
  expect(redisSlot(key)).toBe(slot);
});

test('CRC-16 has its check value', () => {
  expect(crc16('123456789')).toBe(0x31c3);
});

test('Redis hashes the UTF-8 bytes of a key', () => {
  // c3 a9; the CRC-16/XMODEM of these two bytes, from Python: binascii.crc_hqx(b'\xc3\xa9', 0)
  expect(crc16('é')).toBe(0x67c4);
  expect(redisSlot('é')).toBe(10180);
});

const jump = readVector<{ vec: [string, number[]][]; golden100: number[] }>('jump');

test.each(jump.vec)('jump hash sends key %s where the reference does', (key, buckets) => {
  expect(buckets.map((_, index) => jumpHash(BigInt(key), index + 1))).toEqual(buckets);
});

test('jump hash of the first keys into 100 buckets is that of Guava', () => {
  expect(jump.golden100.map((_, key) => jumpHash(BigInt(key), 100))).toEqual(jump.golden100);
});

test('with one more bucket a key stays or moves to the new one, one in n + 1 of a million keys', () => {
  const keys = 1_000_000;
  const buckets = 10;
  let moved = 0;
  let astray = 0;
  for (let key = 0; key < keys; key++) {
    const mixed = BigInt(key) * 0x9e3779b97f4a7c15n;
    const after = jumpHash(mixed, buckets + 1);
    if (after === jumpHash(mixed, buckets)) continue;
    moved++;
    if (after !== buckets) astray++;
  }
  expect(astray).toBe(0);
  expect(Math.abs(moved / keys - 1 / (buckets + 1))).toBeLessThan(0.002);
});

test.each([0, -1, 1.5, Number.NaN, Infinity, 2147483649])('jump hash refuses %d buckets', (buckets) => {
  expect(() => jumpHash(1n, buckets)).toThrow(RangeError);
});
