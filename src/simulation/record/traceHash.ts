// One number that two runs share only if every event of both was the same, to the last bit of its time.
// It is streamed over all events, recorded or not, so it is equal for every recording window.

/**
 * Streaming 64-bit digest of records of three 64-bit words, in the manner of MurmurHash3: each word has a pair of 32-bit lanes of
 * its own, which a processor mixes side by side. A step can be undone, so two runs that differ once stay different unless a later
 * difference cancels it by chance.
 */
export class TraceHash {
  private readonly lanes = Int32Array.of(0x9747b28c, 0x3c6ef372, 0x165667b1, 0x2545f491, 0x68e31da4, 0x1b56c4e9);

  /** @param halves six for each record @param count how many of them to take */
  add(halves: Int32Array, count: number): void {
    const { lanes } = this;
    let [a, b, c, d, e, f] = lanes;
    for (let at = 0; at < count; at += 6) {
      a = Math.imul(a ^ halves[at], 0xcc9e2d51);
      b = Math.imul(b ^ halves[at + 1], 0x1b873593);
      c = Math.imul(c ^ halves[at + 2], 0x85ebca6b);
      d = Math.imul(d ^ halves[at + 3], 0xc2b2ae35);
      e = Math.imul(e ^ halves[at + 4], 0x9e3779b1);
      f = Math.imul(f ^ halves[at + 5], 0x85ebca77);
      a = (((a << 15) | (a >>> 17)) + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      c = (((c << 15) | (c >>> 17)) + d) | 0;
      d = ((d << 13) | (d >>> 19)) ^ c;
      e = (((e << 15) | (e >>> 17)) + f) | 0;
      f = ((f << 13) | (f >>> 19)) ^ e;
    }
    lanes[0] = a;
    lanes[1] = b;
    lanes[2] = c;
    lanes[3] = d;
    lanes[4] = e;
    lanes[5] = f;
  }

  /** Sixteen hexadecimal digits, of all that was added so far. */
  digest(): string {
    let first = 0;
    let second = 0;
    for (const lane of this.lanes) {
      first = finish(Math.imul(first, 0x9e3779b1) ^ lane);
      second = finish(Math.imul(second ^ first, 0x27d4eb2f) + lane);
    }
    return hex(first) + hex(second);
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
  const halves = new Int32Array(6);
  for (let index = 0; index < text.length; index++) {
    halves[0] = index;
    halves[1] = text.charCodeAt(index);
    hash.add(halves, 6);
  }
  return hash.digest();
}
