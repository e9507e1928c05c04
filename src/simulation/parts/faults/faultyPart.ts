// Stands before a part and spoils some of its calls: refuses them, turns good answers into errors, or holds them up. A gray failure
// for any part, at the percentages that fault injection in a proxy has. Which calls are hit is keyed by request, so that it is the
// same on both sides of a comparison. Idea: the fault filter of the Envoy proxy (abort and delay); Huang et al., "Gray Failure", HotOS 2017.

import { keyedUniform } from '../../kernel/random';
import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Draw } from '../../workload/draws';
import { answer, type Call, type Caller, type Part } from '../call';
import type { Link, LinkOptions } from '../link';
import { Crossings } from '../network/crossings';
import { share } from '../network/limits';
import type { System } from '../system';

export interface FaultyPartOptions {
  name: string;
  label?: string;
  /** Share of the calls that get an error at once; the part behind never sees them. Default 0. */
  failShare?: number;
  /** Share of the good answers that become errors: the work is done all the same. Default 0. */
  spoilShare?: number;
  /** Share of the calls that are held up, and for how long before they go on, in ms. Default: none. */
  delayShare?: number;
  delayMs?: Draw;
}

const kinds = ['fail', 'spoil', 'delay'] as const;
const toldShares = [sentences.shareToFail, sentences.shareToSpoil, sentences.shareToDelay] as const;

/** Verbs: fail, spoil and delay, each with `share`; `end …` puts the share back to what it was built with; restore does so for all. */
export class FaultyPart implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  /** Calls that were hit, by kind of fault. */
  readonly hits = { fail: 0, spoil: 0, delay: 0 };
  private readonly shares: Float64Array;
  private readonly keys: readonly number[];
  private readonly crossings = new Crossings();
  private readonly held = new Set<Call>();
  private readonly delayed: number;
  private readonly link: Link;

  constructor(
    private readonly system: System,
    target: Part,
    private readonly options: FaultyPartOptions,
    linkOptions?: LinkOptions,
  ) {
    const { simulation } = system;
    const { name, label = options.name, failShare = 0, spoilShare = 0, delayShare = 0 } = options;
    this.name = name;
    const normal = [failShare, spoilShare, delayShare].map((value, index) => share(name, `share of calls to ${kinds[index]}`, value));
    if (delayShare > 0 && options.delayMs === undefined) throw new RangeError(`${name} holds calls up, but delayMs does not say how long.`);
    this.shares = Float64Array.from(normal);
    this.keys = kinds.map((kind) => simulation.random.key(`${name} ${kind}`));
    this.books = new StationBooks(name);
    this.delayed = simulation.on((index) => this.pass(system.callAt(index)));
    const verbs = Object.fromEntries(
      kinds.flatMap((kind, index) => [
        [kind, (given: Record<string, number>) => this.set(index, given.share ?? 1)],
        [`end ${kind}`, () => this.set(index, normal[index])],
      ]),
    );
    const restore = (): void => normal.forEach((value, index) => void this.set(index, value));
    this.id = system.register({ name, kind: 'network', label, concurrency: 0, queueCapacity: 0, speed: 1 }, { ...verbs, restore });
    this.link = system.link(this.id, target, linkOptions);
    simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => this.books.warm(nowMs, this.held),
      close: (horizonMs) => this.books.close(horizonMs, this.held),
      audit: () => this.books.audit(),
    });
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    this.books.enter(simulation.nowMs);
    call.enteredMs = simulation.nowMs;
    this.held.add(call);
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    call.place = this.crossings.next(call.request);
    if (this.isHit(0, call)) this.finish(call, fates.failed);
    else if (this.options.delayMs !== undefined && this.isHit(2, call)) {
      const delayMs = this.options.delayMs(keyedUniform(this.keys[2], call.request, 2 * call.place + 1), call.request);
      call.calleeTimer = simulation.schedule(delayMs, this.delayed, call.index);
    } else this.pass(call);
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
    this.finish(call, fate === fates.completed && this.isHit(1, call) ? fates.failed : fate);
  }

  private pass(call: Call): void {
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.link.send(child);
  }

  private isHit(kind: number, { request, place }: Call): boolean {
    const isHit = keyedUniform(this.keys[kind], request, 2 * place) < this.shares[kind];
    if (isHit) this.hits[kinds[kind]]++;
    return isHit;
  }

  private set(kind: number, value: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.shares[kind] = share(this.name, `share of calls to ${kinds[kind]}`, value);
    const percent = { percent: Math.round(value * 1000) / 10 };
    recorder.mark(nowMs, value > 0 ? 'slow' : 'restore', this.id, toldShares[kind], percent);
    recorder.say(nowMs, value > 0 ? 'warn' : 'info', this.id, toldShares[kind], percent);
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
