// CRC-32 as zip, PNG and nginx compute it (IEEE 802.3, reflected polynomial 0xEDB88320). Texts are taken as UTF-8 bytes.

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Starts at 0xffffffff; `crc32Final` ends it. */
export const crc32Start = 0xffffffff;

export function crc32Update(crc: number, bytes: ArrayLike<number>): number {
  let next = crc;
  for (let index = 0; index < bytes.length; index++) next = table[(next ^ bytes[index]) & 255] ^ (next >>> 8);
  return next;
}

export function crc32Final(crc: number): number {
  return (crc ^ 0xffffffff) >>> 0;
}

export function crc32(text: string): number {
  return crc32Final(crc32Update(crc32Start, utf8Bytes(text)));
}

/** UTF-8 without the browser's encoder: the package knows no browser. A lone surrogate becomes U+FFFD. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      code = text.codePointAt(index) as number;
      if (code > 0xffff) index++;
      else code = 0xfffd;
    }
    if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
