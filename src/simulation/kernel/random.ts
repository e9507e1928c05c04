// One seed, many named streams. A stream's name alone decides its numbers, so adding a part never shifts another's luck.
// `Stream` is sequential (sfc32): one draw a request makes it common to both sides of a comparison, request by request.
// `keyedUniform` has no state: the number of (stream, request, attempt), whoever asks and however often.

const toUnit = 1 / 4503599627370496;

function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of a text, for stream names (FNV-1a, finished with MurmurHash3's mixer). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return mix(hash);
}

/**
 * A sequence of uniform numbers in (0, 1) with 52 bits: the middles of 2^52 equal intervals, so neither u nor 1 - u is ever 0.
 * Source: Chris Doty-Humphrey, PractRand, generator sfc32.
 */
export class Stream {
  /** a, b, c and the counter. A typed array, because integers beyond 31 bits are slow as fields in some engines. */
  private readonly state: Int32Array;

  constructor(seed: number, name: string) {
    const named = hashText(name);
    const a = mix(seed ^ named);
    const b = mix(Math.imul(seed, 0x9e3779b1) + named);
    const c = mix(named ^ 0x2545f491 ^ Math.floor(seed / 4294967296));
    this.state = Int32Array.of(a, b, c, 1);
    for (let warm = 0; warm < 6; warm++) this.next();
  }

  /** The next uniform number, never 0 and never 1. */
  next(): number {
    const { state } = this;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    const counter = state[3];
    const high = (a + b + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = (a + b + counter + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = ((c << 21) | (c >>> 11)) + low;
    state[3] = counter + 2;
    return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) * toUnit;
  }

  /** The next numbers, as many as fit: quicker than one by one, and the same. */
  fill(out: Float64Array): void {
    const { state } = this;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let counter = state[3];
    for (let index = 0; index < out.length; index++) {
      const high = (a + b + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + high) | 0;
      const low = (a + b + counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + low) | 0;
      counter = (counter + 2) | 0;
      out[index] = ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) * toUnit;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }

  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}

/** The uniform number in (0, 1) of a key: 32 bits, the same whenever it is asked for. */
export function keyedUniform(streamKey: number, first: number, second = 0): number {
  let hash = mix(streamKey ^ Math.imul(first + 1, 0x9e3779b1));
  hash = mix((hash + Math.imul(second + 1, 0x85ebca77)) ^ 0x27d4eb2f);
  return (hash + 0.5) / 4294967296;
}

/** Hands out the streams of one seed. */
export class RandomSource {
  constructor(readonly seed: number) {}

  stream(name: string): Stream {
    return new Stream(this.seed, name);
  }

  /** Key for `keyedUniform`. */
  key(name: string): number {
    return mix(hashText(name) ^ mix(this.seed) ^ Math.imul(Math.floor(this.seed / 4294967296), 0x9e3779b1));
  }
}
