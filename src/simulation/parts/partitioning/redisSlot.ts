// The slot of a key in Redis Cluster: CRC16 of the key, or of its first {tag} when that is not empty, modulo 16384.
// Source: Redis cluster specification; CRC-16/XMODEM. Held by slots that redis-server 7.0.15 gave.

import { utf8Bytes } from '../hashes/crc32';

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

/** CRC-16/XMODEM of the UTF-8 bytes of a text. */
export function crc16(text: string): number {
  let crc = 0;
  for (const byte of utf8Bytes(text)) crc = ((crc << 8) & 0xffff) ^ table[(crc >> 8) ^ byte];
  return crc;
}

export function redisSlot(key: string): number {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % 16384;
}
