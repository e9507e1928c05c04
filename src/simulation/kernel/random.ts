// One seed, many named streams. A stream's name alone decides its numbers, so adding a part never shifts another's luck.
// `Stream` is sequential (sfc32): one draw a request makes it common to both sides of a comparison, request by request.
// `keyedUniform` has no state: the number of (stream, request, attempt), whoever asks and however often.

const toUnit = 1 / 9007199254740992;

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
 * A sequence of uniform numbers in (0, 1) with 53 bits.
 * Source: Chris Doty-Humphrey, PractRand, generator sfc32.
 */
export class Stream {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, name: string) {
    const named = hashText(name);
    this.a = mix(seed ^ named) | 0;
    this.b = mix(Math.imul(seed, 0x9e3779b1) + named) | 0;
    this.c = mix(named ^ 0x2545f491 ^ Math.floor(seed / 4294967296)) | 0;
    for (let warm = 0; warm < 12; warm++) this.bits();
  }

  /** The next uniform number, never 0 and never 1. */
  next(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low + 0.5) * toUnit;
  }

  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  private bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum;
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
    return mix(hashText(name) ^ mix(this.seed));
  }
}
