// One number that two runs share only if every event of both was the same, to the last bit of its time.
// It is streamed over all events, recorded or not, so it is equal for every recording window.

const floatView = new Float64Array(1);
const wordView = new Int32Array(floatView.buffer);

/**
 * Streaming 64-bit digest: two 32-bit lanes in the manner of MurmurHash3, each word of a record multiplied into one of them
 * and each lane into the other. Every step can be undone, so two runs that differ once stay different unless a later difference
 * cancels it by chance. Little-endian, as every engine that runs the course.
 */
export class TraceHash {
  private readonly lanes = Int32Array.of(0x9747b28c, 0x3c6ef372);
  private lastTimeMs = 0;

  add(timeMs: number, head: number, subject: number, value: number): void {
    // Most records share their instant with the one before; the instant is hashed when it changes.
    if (timeMs !== this.lastTimeMs) this.addTime(timeMs);
    floatView[0] = value;
    const first = Math.imul(this.lanes[0] ^ wordView[0] ^ Math.imul(subject, 0x9e3779b1), 0xcc9e2d51);
    const second = Math.imul(this.lanes[1] ^ wordView[1] ^ Math.imul(head, 0x85ebca77), 0x1b873593);
    this.lanes[0] = ((first << 15) | (first >>> 17)) + second;
    this.lanes[1] = ((second << 13) | (second >>> 19)) ^ this.lanes[0];
  }

  private addTime(timeMs: number): void {
    this.lastTimeMs = timeMs;
    floatView[0] = timeMs;
    const first = Math.imul(this.lanes[0] ^ wordView[0], 0x85ebca6b);
    const second = Math.imul(this.lanes[1] ^ wordView[1], 0xc2b2ae35);
    this.lanes[0] = ((first << 13) | (first >>> 19)) + second;
    this.lanes[1] = ((second << 17) | (second >>> 15)) ^ this.lanes[0];
  }

  /** Sixteen hexadecimal digits. */
  digest(): string {
    const [first, second] = this.lanes;
    return hex(finish(first)) + hex(finish(second ^ Math.imul(first, 0x27d4eb2f)));
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
