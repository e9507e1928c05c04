// What a wire does to all that crosses it, either way: it delays, loses, doubles, lets one overtake another, and can be cut.
// A message's luck is keyed by the request it belongs to and how often that has crossed, so it is the same on both sides of a
// comparison. Links carry calls over a wire (link.ts), and parts that need no answer send messages (messageWire.ts).

import { keyedUniform } from '../../kernel/random';
import type { Bookkeeping } from '../../kernel/simulation';
import type { Draw } from '../../workload/draws';
import type { System } from '../system';
import { milliseconds, share } from './limits';

export interface WireOptions {
  /** One way, in ms, 0 or more. */
  delayMs?: number;
  /** What a message takes on top of that, in ms, 0 or more; drawn for each by itself, so that one may overtake another. */
  jitterMs?: Draw;
  /** Share of the messages that get lost, 0 to 1. */
  lossShare?: number;
  /** Share of the messages that arrive twice, 0 to 1. */
  duplicateShare?: number;
  /** Nothing overtakes, as in a TCP connection: what is early waits for what was sent before it. */
  keepsOrder?: boolean;
  /** Time to put one message on the wire (its size over the bandwidth), in ms: the next one waits that long. Default 0. */
  sendMs?: number;
}

/** There: from the end that the wire was made for, the caller's. Back: towards it. */
export const ways = { there: 0, back: 1 } as const;
export type Way = (typeof ways)[keyof typeof ways];

export abstract class Wire implements Bookkeeping {
  readonly name: string;
  readonly delayMs: number;
  /** Messages that got lost, by a cut or by luck. */
  lost = 0;
  /** True while crossing costs nothing: the fast path. */
  isPlain = true;
  /** Nothing but its delay, as long as it is not cut. */
  private isEven = true;
  private readonly cuts = new Uint8Array(2);
  /** By way: how many hold it shut from outside, and what they add to its delay and to its losses. */
  private readonly shut = new Int32Array(2);
  private readonly extraMs = new Float64Array(2);
  private readonly extraLoss = new Float64Array(2);
  /** By way: when the latest arrives, and when the last is on the wire. */
  private readonly latestMs = new Float64Array(2);
  private readonly sentMs = new Float64Array(2);
  private readonly luckKeys: readonly number[];

  constructor(
    protected readonly system: System,
    readonly from: number,
    readonly to: number,
    private readonly options: WireOptions,
    what: 'calls' | 'messages',
    /** False for a wire on which more happens than crossing. */
    private readonly mayBePlain: boolean,
  ) {
    const { recorder, random, parts } = system.simulation;
    const [start, end] = [from, to].map((id) => recorder.partList[id]?.name ?? 'nowhere');
    this.name = `link to ${end}`;
    const { delayMs = 0, lossShare = 0, duplicateShare = 0, sendMs = 0 } = options;
    this.delayMs = milliseconds(`the ${this.name}`, 'delay', delayMs);
    share(`the ${this.name}`, 'share of lost messages', lossShare);
    share(`the ${this.name}`, 'share of doubled messages', duplicateShare);
    milliseconds(`the ${this.name}`, 'time to send', sendMs);
    this.luckKeys = ['jitter', 'loss', 'doubling'].map((luck) => random.key(`${what} from ${start} to ${end}: ${luck}`));
    this.settle();
    parts.push(this);
  }

  /** Nothing gets through, one way at least. */
  get isCut(): boolean {
    return !(this.isOpen(ways.there) && this.isOpen(ways.back));
  }

  isOpen(way: Way): boolean {
    return this.cuts[way] === 0 && this.shut[way] === 0;
  }

  /** Loses whatever enters, and nobody is told; what is under way is lost if the wire is still cut on its arrival. @param way both, unless given */
  cut(way?: Way): void {
    this.setCut(1, way);
  }

  mend(way?: Way): void {
    this.setCut(0, way);
  }

  /** Somebody outside begins (1) or ceases (-1) to hold it shut one way: it stays shut until all have ceased. */
  block(way: Way, change: 1 | -1): void {
    this.shut[way] += change;
    this.settle();
  }

  /** From now on one way takes so much longer, or loses so much more; 0 ends it. */
  burden(way: Way, extraMs: number, extraLoss: number): void {
    this.extraMs[way] = extraMs;
    this.extraLoss[way] = extraLoss;
    this.settle();
  }

  /**
   * When what is sent now arrives; Infinity when it gets lost.
   * @param request with `crossing`, names the message: its luck depends on nothing else
   * @param size of the message, as a multiple of the usual one
   */
  protected arrivalMs(way: Way, request: number, crossing: number, size = 1): number {
    const { options, extraMs } = this;
    let { nowMs } = this.system.simulation;
    if (!this.isOpen(way)) return Infinity;
    if (this.isEven) return nowMs + this.delayMs;
    if (options.sendMs) this.sentMs[way] = nowMs = Math.max(nowMs, this.sentMs[way]) + options.sendMs * size;
    const luck = crossing * 2 + way;
    const lossShare = 1 - (1 - (options.lossShare ?? 0)) * (1 - this.extraLoss[way]);
    if (lossShare > 0 && keyedUniform(this.luckKeys[1], request, luck) < lossShare) return Infinity;
    nowMs += this.delayMs + extraMs[way];
    if (options.jitterMs) {
      nowMs += milliseconds(`the ${this.name}`, 'jitter', options.jitterMs(keyedUniform(this.luckKeys[0], request, luck), request));
    }
    if (options.keepsOrder) this.latestMs[way] = nowMs = Math.max(nowMs, this.latestMs[way]);
    return nowMs;
  }

  /** When the message that was sent last is on the wire. */
  protected leavesMs(way: Way): number {
    return Math.max(this.system.simulation.nowMs, this.sentMs[way]);
  }

  protected clearBuffer(way: Way): void {
    this.sentMs[way] = 0;
  }

  /** Whether a message comes twice: it then crosses once more, with a luck of its own. */
  protected isDoubled(way: Way, request: number, crossing: number): boolean {
    const { duplicateShare } = this.options;
    return duplicateShare !== undefined && keyedUniform(this.luckKeys[2], request, crossing * 2 + way) < duplicateShare;
  }

  private setCut(value: 0 | 1, way?: Way): void {
    if (way === undefined) this.cuts.fill(value);
    else this.cuts[way] = value;
    this.settle();
  }

  private settle(): void {
    const { options, extraMs, extraLoss } = this;
    const hasLuck = options.jitterMs !== undefined || (options.lossShare ?? 0) > 0 || (options.duplicateShare ?? 0) > 0;
    const hasBurden = extraMs[0] + extraMs[1] + extraLoss[0] + extraLoss[1] > 0;
    // A wire that keeps order must know the latest arrival also while nothing makes them uneven.
    this.isEven = !(hasLuck || hasBurden || options.keepsOrder || options.sendMs);
    this.isPlain = this.mayBePlain && this.isEven && this.delayMs === 0 && !this.isCut;
  }
}
