// One number that two runs share only if every event of both was the same, to the last bit of its time.
// It is streamed over all events, recorded or not, so it is equal for every recording window.

const floatView = new Float64Array(1);
const wordView = new Int32Array(floatView.buffer);

/** Streaming 64-bit digest (two interleaved MurmurHash3-style lanes). Little-endian, as every engine that runs the course. */
export class TraceHash {
  private first = 0x9747b28c | 0;
  private second = 0x3c6ef372 | 0;

  add(timeMs: number, head: number, subject: number, value: number): void {
    floatView[0] = timeMs;
    let first = Math.imul(this.first ^ wordView[0], 0xcc9e2d51);
    let second = Math.imul(this.second ^ wordView[1], 0x1b873593);
    floatView[0] = value;
    first = Math.imul(((first << 15) | (first >>> 17)) ^ wordView[0] ^ head, 0x85ebca6b);
    second = Math.imul(((second << 13) | (second >>> 19)) ^ wordView[1] ^ subject, 0xc2b2ae35);
    this.first = ((first << 13) | (first >>> 19)) + second;
    this.first |= 0;
    this.second = ((second << 17) | (second >>> 15)) ^ first;
  }

  /** Sixteen hexadecimal digits. */
  digest(): string {
    return hex(finish(this.first)) + hex(finish(this.second ^ Math.imul(this.first, 0x27d4eb2f)));
  }
}

function finish(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** Sixteen-digit digest of a text: for model hashes and cache keys, not for security. */
export function hashOfText(text: string): string {
  const hash = new TraceHash();
  for (let index = 0; index < text.length; index++) hash.add(index, text.charCodeAt(index), index, 0);
  return hash.digest();
}
