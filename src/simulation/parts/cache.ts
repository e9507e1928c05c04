// A cache in front of a slower part: a key it holds is answered at once, any other is asked for and kept.
// Least recently used or first in first out goes when it is full. A crashed cache holds nothing and lets every call through.

import { type Fate, fates } from '../measure/accounts';
import { StationBooks } from '../measure/station';
import { partStates, recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
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
  eviction?: 'least-recently-used' | 'first-in-first-out';
}

export class Cache implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  hits = 0;
  misses = 0;
  isUp = true;
  /** Expiry in ms by key, in order of eviction: a Map keeps insertion order. */
  private readonly kept = new Map<number, number>();
  private readonly held = new Set<Call>();
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
    this.books = new StationBooks(this.name);
    this.levelKeys = simulation.recorder.levelIndex('keys');
    this.hitHandler = simulation.on((index) => this.finish(this.system.callAt(index), fates.completed));
    this.id = system.register(
      { name: this.name, kind: 'cache', label: options.label ?? 'Cache', concurrency: 0, queueCapacity: 0, speed: 1 },
      { flush: () => this.flush('flushed'), crash: () => this.crash(), restore: () => this.restore() },
    );
    simulation.parts.push({
      name: this.name,
      snapshot: () => this.snapshot(),
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
    if (this.isUp && this.has(call.key)) {
      this.hits++;
      call.calleeTimer = simulation.schedule(this.options.hitMs, this.hitHandler, call.index);
    } else this.fetch(call);
  }

  cancel(call: Call): void {
    const { child } = call;
    if (child) {
      call.child = null;
      child.link.cancel(child);
    } else this.system.simulation.cancel(call.calleeTimer);
    this.leave(call, fates.abandoned);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.system.release(child);
    call.child = null;
    if (fate === fates.completed && this.isUp) this.keep(call.key);
    this.finish(call, fate);
  }

  /** Share of calls answered from memory; NaN before the first. */
  hitRatio(): number {
    return this.hits / (this.hits + this.misses);
  }

  private fetch(call: Call): void {
    this.misses++;
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.source.send(child);
  }

  private has(key: number): boolean {
    const expiresMs = this.kept.get(key);
    if (expiresMs === undefined) return false;
    if (expiresMs <= this.system.simulation.nowMs) {
      this.kept.delete(key);
      this.recordSize();
      return false;
    }
    if (this.options.eviction !== 'first-in-first-out') {
      this.kept.delete(key);
      this.kept.set(key, expiresMs);
    }
    return true;
  }

  private keep(key: number): void {
    const { capacity, eviction, timeToLiveMs = Infinity } = this.options;
    if (capacity < 1) return;
    const sizeBefore = this.kept.size;
    // Kept already (two asked at once): fresh again, but first in first out goes by when it first came.
    if (eviction !== 'first-in-first-out') this.kept.delete(key);
    if (!this.kept.has(key) && this.kept.size >= capacity) this.kept.delete(this.kept.keys().next().value as number);
    this.kept.set(key, this.system.simulation.nowMs + timeToLiveMs);
    if (this.kept.size !== sizeBefore) this.recordSize();
  }

  private recordSize(): void {
    const { simulation } = this.system;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.level, this.id, this.levelKeys, this.kept.size);
  }

  private flush(what: string): void {
    const { simulation } = this.system;
    const lost = this.kept.size;
    this.kept.clear();
    this.recordSize();
    simulation.recorder.mark(simulation.nowMs, 'flush', this.id, `${this.name} ${what}`);
    simulation.recorder.say(simulation.nowMs, 'warn', this.id, `${this.name} ${what}: ${lost} keys gone.`);
  }

  private crash(): void {
    if (!this.isUp) return;
    const { simulation } = this.system;
    this.isUp = false;
    simulation.recorder.coarse(simulation.nowMs, recordKinds.state, this.id, partStates.down, 0);
    this.flush('crashed');
    // What was being answered from memory must now be asked for.
    for (const call of [...this.held]) {
      if (call.child !== null || !this.held.has(call)) continue;
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
    simulation.recorder.mark(simulation.nowMs, 'restore', this.id, `${this.name} is back, empty`);
    simulation.recorder.say(simulation.nowMs, 'info', this.id, `${this.name} is back, empty.`);
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

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    for (const call of this.held) recorder.snapshot(nowMs, recordKinds.enter, this.id, call.request, -1);
  }
}
