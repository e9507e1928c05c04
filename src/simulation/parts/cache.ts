// A cache in front of a slower part: a key it holds is answered at once, any other is asked for and kept.
// A crashed cache holds nothing and lets every call through. Coalescing: of several who ask for a missing key at once, one asks
// the source and all share its answer. A key that is a little stale may still be served while it is fetched anew (RFC 5861).

import { type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import * as sentences from '../record/sentences';
import { partStates, recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import { createEviction, type Eviction, type EvictionKind } from './eviction';
import type { Link, LinkOptions } from './link';
import { wholeNumber } from './options';
import type { System } from './system';

export interface CacheOptions {
  name?: string;
  label?: string;
  /** Keys it can hold, 0 or more. */
  capacity: number;
  /** Time to answer from memory, in ms. */
  hitMs: number;
  /** How long a key stays good, in ms. Default: for ever. */
  timeToLiveMs?: number;
  /** What a full cache lets go. Default: least recently used. */
  eviction?: EvictionKind;
  /** Of several who ask for the same missing key at once, one asks the source. Default false. */
  coalesces?: boolean;
  /** So long after its time to live a key is still served, while it is fetched anew, in ms. Default 0. */
  staleWhileRevalidateMs?: number;
  /** So long after its time to live a key is still served when the source fails, in ms. Default 0. */
  staleIfErrorMs?: number;
}

/** Notes in `call.place`: asks for itself, or waits together with others. */
const alone = -1;
const shared = 0;

export class Cache implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  /** Calls answered from memory, those with a stale key among them. */
  hits = 0;
  /** Calls that had to wait for the source, those that waited for another's question among them. */
  misses = 0;
  coalesced = 0;
  staleServed = 0;
  isUp = true;
  private readonly kept: Eviction;
  /** When each kept key is no longer fresh, in ms. */
  private readonly expiresMs = new Map<number, number>();
  private readonly held = new Set<Call>();
  /** By key: who waits for the same answer. The first is the one who asked. */
  private readonly waiting = new Map<number, Call[]>();
  /** Keys that are fetched anew although nobody waits. */
  private readonly refreshing = new Set<number>();
  private source!: Link;
  private readonly hitHandler: number;
  private readonly levelKeys: number;

  constructor(
    private readonly system: System,
    private readonly options: CacheOptions,
  ) {
    const { simulation } = system;
    this.name = options.name ?? 'cache';
    wholeNumber(this.name, 'capacity', options.capacity, 0);
    if (!(options.hitMs >= 0)) throw new RangeError(`The hit time of ${this.name} is ${options.hitMs} ms; it must be 0 or more.`);
    for (const graceMs of [options.staleWhileRevalidateMs ?? 0, options.staleIfErrorMs ?? 0]) {
      if (!(graceMs >= 0)) throw new RangeError(`A stale key of ${this.name} is served for ${graceMs} ms; it must be 0 or more.`);
    }
    this.kept = createEviction(
      options.eviction ?? 'least-recently-used',
      options.capacity,
      simulation.random.stream(`${this.name} eviction`),
    );
    this.books = new StationBooks(this.name);
    this.levelKeys = simulation.recorder.levelIndex('keys');
    this.hitHandler = simulation.on((index) => this.finish(this.system.callAt(index), fates.completed));
    this.id = system.register(
      { name: this.name, kind: 'cache', label: options.label ?? 'Cache', concurrency: 0, queueCapacity: 0, speed: 1 },
      { flush: () => this.flush(sentences.flushed, sentences.flushedKeys), crash: () => this.crash(), restore: () => this.restore() },
    );
    simulation.parts.push({
      name: this.name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => this.books.close(horizonMs, this.held),
      audit: () => this.books.audit(),
    });
  }

  /** Where a key comes from that the cache does not hold. */
  fillsFrom(part: Part, options?: LinkOptions): this {
    this.source = this.system.link(this.id, part, options);
    return this;
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    this.books.enter(simulation.nowMs);
    call.enteredMs = simulation.nowMs;
    this.held.add(call);
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    call.place = alone;
    const staleMs = this.isUp ? this.staleness(call.key) : Infinity;
    if (staleMs > (this.options.staleWhileRevalidateMs ?? 0)) {
      this.fetch(call);
      return;
    }
    this.kept.touch(call.key);
    if (staleMs > 0) this.refresh(call);
    this.answerFromMemory(call);
  }

  cancel(call: Call): void {
    const { child } = call;
    if (call.place !== alone) this.leaveShared(call);
    else if (child) {
      call.child = null;
      child.link.cancel(child);
    } else this.system.simulation.cancel(call.calleeTimer);
    this.leave(call, fates.abandoned);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent;
    const { key } = child;
    this.system.release(child);
    if (fate === fates.completed && this.isUp) this.keep(key);
    if (call === null) {
      this.refreshing.delete(key);
      return;
    }
    call.child = null;
    const isShared = call.place !== alone;
    const all = isShared ? (this.waiting.get(key) as Call[]) : [call];
    if (isShared) this.waiting.delete(key);
    // Everybody is out of the line before anybody hears: who hears may ask again at once.
    for (const one of all) one.place = alone;
    for (const one of all) this.conclude(one, fate);
  }

  /** Share of calls answered from memory; NaN before the first. */
  hitRatio(): number {
    return this.hits / (this.hits + this.misses);
  }

  private answerFromMemory(call: Call): void {
    this.hits++;
    call.calleeTimer = this.system.simulation.schedule(this.options.hitMs, this.hitHandler, call.index);
  }

  /** The source has answered for this call. */
  private conclude(call: Call, fate: Fate): void {
    const { staleIfErrorMs = 0 } = this.options;
    const helps = fate !== fates.completed && staleIfErrorMs > 0 && this.isUp && this.staleness(call.key) <= staleIfErrorMs;
    if (helps) this.staleServed++;
    this.finish(call, helps ? fates.completed : fate);
  }

  private fetch(call: Call): void {
    this.misses++;
    if (this.options.coalesces && this.isUp) {
      const others = this.waiting.get(call.key);
      call.place = shared;
      if (others !== undefined) {
        this.coalesced++;
        others.push(call);
        return;
      }
      this.waiting.set(call.key, [call]);
    }
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.source.send(child);
  }

  /** Asks for a stale key anew, on behalf of nobody, unless that is under way. */
  private refresh(call: Call): void {
    this.staleServed++;
    if (this.refreshing.has(call.key)) return;
    this.refreshing.add(call.key);
    const child = this.system.childOf(call);
    child.parent = null;
    child.caller = this;
    this.source.send(child);
  }

  /** One of those who wait together gives up; when it was the one who asked, the next takes over its question. */
  private leaveShared(call: Call): void {
    const all = this.waiting.get(call.key) as Call[];
    all.splice(all.indexOf(call), 1);
    const { child } = call;
    call.child = null;
    if (child === null) return;
    const [next] = all;
    if (next === undefined) {
      this.waiting.delete(call.key);
      child.link.cancel(child);
    } else {
      next.child = child;
      child.parent = next;
    }
  }

  /** For how long a key has been stale, in ms; 0 while it is fresh, Infinity when it is not held (any more). */
  private staleness(key: number): number {
    const expiresMs = this.expiresMs.get(key);
    if (expiresMs === undefined) return Infinity;
    const { staleWhileRevalidateMs = 0, staleIfErrorMs = 0 } = this.options;
    const { nowMs } = this.system.simulation;
    if (nowMs < expiresMs) return 0;
    const lateMs = nowMs - expiresMs;
    if (lateMs < Math.max(staleWhileRevalidateMs, staleIfErrorMs)) return lateMs > 0 ? lateMs : Number.MIN_VALUE;
    this.kept.remove(key);
    this.expiresMs.delete(key);
    this.recordSize();
    return Infinity;
  }

  private keep(key: number): void {
    const { timeToLiveMs = Infinity } = this.options;
    const sizeBefore = this.kept.size;
    // Kept already (two asked at once): fresh again, but first in first out goes by when it first came.
    if (this.kept.has(key)) this.kept.touch(key);
    else {
      const gone = this.kept.add(key);
      if (gone >= 0) this.expiresMs.delete(gone);
    }
    if (this.kept.has(key)) this.expiresMs.set(key, this.system.simulation.nowMs + timeToLiveMs);
    if (this.kept.size !== sizeBefore) this.recordSize();
  }

  private recordSize(): void {
    const { simulation } = this.system;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.level, this.id, this.levelKeys, this.kept.size);
  }

  private flush(what: string, inFull: string): void {
    const { simulation } = this.system;
    const keys = this.kept.size;
    this.kept.clear();
    this.expiresMs.clear();
    this.recordSize();
    simulation.recorder.mark(simulation.nowMs, 'flush', this.id, what);
    simulation.recorder.say(simulation.nowMs, 'warn', this.id, inFull, { keys });
  }

  private crash(): void {
    if (!this.isUp) return;
    const { simulation } = this.system;
    this.isUp = false;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.down, 0);
    this.flush(sentences.crashed, sentences.crashedKeys);
    // What was being answered from memory must now be asked for.
    for (const call of [...this.held]) {
      if (call.child !== null || call.place !== alone || !this.held.has(call)) continue;
      simulation.cancel(call.calleeTimer);
      this.hits--;
      this.fetch(call);
    }
  }

  private restore(): void {
    if (this.isUp) return;
    const { simulation } = this.system;
    this.isUp = true;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.up, 1);
    simulation.recorder.mark(simulation.nowMs, 'restore', this.id, sentences.backEmpty);
    simulation.recorder.say(simulation.nowMs, 'info', this.id, sentences.backEmpty);
  }

  private finish(call: Call, fate: Fate): void {
    this.leave(call, fate);
    answer(call, fate);
  }

  private leave(call: Call, fate: Fate): void {
    const { simulation } = this.system;
    this.held.delete(call);
    this.books.leave(simulation.nowMs, call.enteredMs, fate);
    simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }

  private warm(nowMs: number): void {
    this.books.warm(nowMs, this.held);
    this.hits = 0;
    this.misses = 0;
    this.coalesced = 0;
    this.staleServed = 0;
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const call of this.held) recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
  }
}
