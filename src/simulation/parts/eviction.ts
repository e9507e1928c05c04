// What a full cache lets go. Each kind is a small machine that knows keys and their order, and nothing of calls or time,
// so that it can be held to published reference strings. Every operation takes the same time however many keys there are.

import type { Stream } from '../kernel/random';
import { wholeNumber } from './options';

export interface Eviction {
  readonly size: number;
  has(key: number): boolean;
  /** The key was asked for and is held. */
  touch(key: number): void;
  /** Holds a new key; gives the one that had to go, or -1. Does nothing when there is room for none. */
  add(key: number): number;
  /** Forgets a key; false when it was not held. */
  remove(key: number): boolean;
  clear(): void;
}

export type EvictionKind = 'least-recently-used' | 'first-in-first-out' | 'least-frequently-used' | 'random' | 'clock';

const none = -1;

/** @param stream for `random` alone: where its luck comes from */
export function createEviction(kind: EvictionKind, capacity: number, stream?: Stream): Eviction {
  wholeNumber('a cache', 'capacity', capacity, 0);
  switch (kind) {
    case 'least-recently-used':
      return new InOrder(capacity, true);
    case 'first-in-first-out':
      return new InOrder(capacity, false);
    case 'least-frequently-used':
      return new LeastFrequentlyUsed(capacity);
    case 'clock':
      return new Clock(capacity);
    case 'random':
      if (stream === undefined) throw new Error('Random eviction needs a stream of random numbers.');
      return new Random(capacity, stream);
  }
}

/** How often a sequence of keys is not held when asked for. */
export function missesOf(keys: readonly number[], eviction: Eviction): number {
  let misses = 0;
  for (const key of keys) {
    if (eviction.has(key)) eviction.touch(key);
    else {
      misses++;
      eviction.add(key);
    }
  }
  return misses;
}

/** The fewest misses that any cache can have: it knows the future and lets go what is needed last. Source: Belady, IBM Systems Journal 5(2), 1966. */
export function fewestMisses(keys: readonly number[], capacity: number): number {
  wholeNumber('a cache', 'capacity', capacity, 0);
  const nextUse = new Array<number>(keys.length);
  const seen = new Map<number, number>();
  for (let at = keys.length - 1; at >= 0; at--) {
    nextUse[at] = seen.get(keys[at]) ?? Infinity;
    seen.set(keys[at], at);
  }
  const held = new Map<number, number>();
  let misses = 0;
  keys.forEach((key, at) => {
    if (!held.has(key)) {
      misses++;
      if (held.size >= capacity) {
        let last = none;
        for (const [other, use] of held) if (last === none || use > (held.get(last) as number)) last = other;
        held.delete(last);
      }
      if (capacity === 0) return;
    }
    held.set(key, nextUse[at]);
  });
  return misses;
}

/** A Set keeps the order of insertion: its first is the next to go. */
class InOrder implements Eviction {
  private readonly keys = new Set<number>();

  constructor(
    private readonly capacity: number,
    private readonly byUse: boolean,
  ) {}

  get size(): number {
    return this.keys.size;
  }

  has(key: number): boolean {
    return this.keys.has(key);
  }

  touch(key: number): void {
    if (this.byUse && this.keys.delete(key)) this.keys.add(key);
  }

  add(key: number): number {
    if (this.capacity === 0) return none;
    let gone = none;
    if (this.keys.size >= this.capacity) {
      gone = this.keys.values().next().value as number;
      this.keys.delete(gone);
    }
    this.keys.add(key);
    return gone;
  }

  remove(key: number): boolean {
    return this.keys.delete(key);
  }

  clear(): void {
    this.keys.clear();
  }
}

/** Fewest uses go first, and among equals the one used longest ago. Uses are forgotten with the key. */
class LeastFrequentlyUsed implements Eviction {
  private readonly uses = new Map<number, number>();
  /** Keys by number of uses, each set in order of the last use. */
  private readonly byUses = new Map<number, Set<number>>();
  private fewest = 1;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.uses.size;
  }

  has(key: number): boolean {
    return this.uses.has(key);
  }

  touch(key: number): void {
    const uses = this.uses.get(key);
    if (uses === undefined) return;
    this.take(key, uses);
    if (this.fewest === uses && !this.byUses.has(uses)) this.fewest = uses + 1;
    this.put(key, uses + 1);
  }

  add(key: number): number {
    if (this.capacity === 0) return none;
    let gone = none;
    if (this.uses.size >= this.capacity) {
      while (!this.byUses.has(this.fewest)) this.fewest++;
      gone = (this.byUses.get(this.fewest) as Set<number>).values().next().value as number;
      this.remove(gone);
    }
    this.fewest = 1;
    this.put(key, 1);
    return gone;
  }

  remove(key: number): boolean {
    const uses = this.uses.get(key);
    if (uses === undefined) return false;
    this.take(key, uses);
    this.uses.delete(key);
    return true;
  }

  clear(): void {
    this.uses.clear();
    this.byUses.clear();
    this.fewest = 1;
  }

  private put(key: number, uses: number): void {
    this.uses.set(key, uses);
    const keys = this.byUses.get(uses);
    if (keys === undefined) this.byUses.set(uses, new Set([key]));
    else keys.add(key);
  }

  private take(key: number, uses: number): void {
    const keys = this.byUses.get(uses) as Set<number>;
    keys.delete(key);
    if (keys.size === 0) this.byUses.delete(uses);
  }
}

/** Keys in a circle, each with a mark that a use sets; a hand goes round, takes marks away and lets go the first without. Source: Corbató 1968. */
class Clock implements Eviction {
  private readonly places = new Map<number, number>();
  private readonly keys: number[] = [];
  private readonly isMarked: boolean[] = [];
  private readonly empty: number[] = [];
  private hand = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.places.size;
  }

  has(key: number): boolean {
    return this.places.has(key);
  }

  touch(key: number): void {
    const place = this.places.get(key);
    if (place !== undefined) this.isMarked[place] = true;
  }

  add(key: number): number {
    if (this.capacity === 0) return none;
    let gone = none;
    let place: number;
    if (this.empty.length > 0) place = this.empty.pop() as number;
    else if (this.keys.length < this.capacity) place = this.keys.length;
    else {
      while (this.isMarked[this.hand]) {
        this.isMarked[this.hand] = false;
        this.hand = (this.hand + 1) % this.capacity;
      }
      place = this.hand;
      this.hand = (this.hand + 1) % this.capacity;
      gone = this.keys[place];
      this.places.delete(gone);
    }
    this.keys[place] = key;
    this.isMarked[place] = true;
    this.places.set(key, place);
    return gone;
  }

  remove(key: number): boolean {
    const place = this.places.get(key);
    if (place === undefined) return false;
    this.places.delete(key);
    this.isMarked[place] = false;
    this.keys[place] = none;
    this.empty.push(place);
    return true;
  }

  clear(): void {
    this.places.clear();
    this.keys.length = 0;
    this.isMarked.length = 0;
    this.empty.length = 0;
    this.hand = 0;
  }
}

/** Any key goes, each as likely. */
class Random implements Eviction {
  private readonly places = new Map<number, number>();
  private readonly keys: number[] = [];

  constructor(
    private readonly capacity: number,
    private readonly stream: Stream,
  ) {}

  get size(): number {
    return this.keys.length;
  }

  has(key: number): boolean {
    return this.places.has(key);
  }

  touch(): void {}

  add(key: number): number {
    if (this.capacity === 0) return none;
    let gone = none;
    if (this.keys.length >= this.capacity) {
      gone = this.keys[this.stream.below(this.keys.length)];
      this.remove(gone);
    }
    this.places.set(key, this.keys.push(key) - 1);
    return gone;
  }

  remove(key: number): boolean {
    const place = this.places.get(key);
    if (place === undefined) return false;
    const last = this.keys.pop() as number;
    this.places.delete(key);
    if (last !== key) {
      this.keys[place] = last;
      this.places.set(last, place);
    }
    return true;
  }

  clear(): void {
    this.places.clear();
    this.keys.length = 0;
  }
}
